//! The page to look at. What a browser makes of it is looked at by `.ci/report_in_browser.py`.

mod common;

use std::fs;

use common::{parts, run};

#[test]
fn the_page_tells_what_a_batch_did_worst_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("in")).unwrap();
    fs::write(path("in/fine.txt"), "Nothing happened.\n").unwrap();
    fs::write(path("in/mended.txt"), "the harbour â€” closed\n").unwrap();
    fs::write(path("in/lost.txt"), "the old M\u{FFFD}ller is gone\n").unwrap();
    fs::write(path("in/cut.txt"), b"caf\xC3\xA9 cut sh\xC3").unwrap();
    fs::write(
        path("in/<img src=x>.txt"),
        "</style><script>alert(1)</script> â€” \u{202E}x\n",
    )
    .unwrap();
    fs::write(
        path("in/records.jsonl"),
        "{\"text\":\"one â€” two\"}\n{\"text\":\"caf\\udce9 â€” two\"}\n",
    )
    .unwrap();
    let (code, _, err) = parts(&run(
        folder.path(),
        &["-o", "out", "--report", "in/report.html", "in"],
    ));
    assert_eq!(code, 2, "{err}");
    let page = fs::read_to_string(path("in/report.html")).unwrap();
    assert!(page.contains("<b>6</b><span>files</span>"), "{page}");
    let place = |text: &str| {
        page.find(text)
            .unwrap_or_else(|| panic!("{text} is missing"))
    };
    assert!(place("in/records.jsonl</span>") < place("in/mended.txt</span>"));
    assert!(!page.contains("fine.txt"));
    assert!(page.contains("the harbour <del>â€”</del><ins>—</ins> closed"));
    assert!(page.contains("record 2, line 1"));
    assert!(page.contains("What failed") && page.contains("in/cut.txt: "));
    // Nothing of the articles is markup, and nothing steers the reader's eye.
    assert!(page.contains("in/&lt;img src=x&gt;.txt") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains('\u{202E}'));
    assert_eq!(page.matches("<script>").count(), 1);

    // The page is no input of the next run, though it lies among the files.
    let (_, _, err) = parts(&run(
        folder.path(),
        &["-o", "out", "--report", "in/report.html", "in"],
    ));
    assert!(!err.contains("report.html"), "{err}");
}

#[test]
fn a_page_is_of_cleaning_not_of_a_check() {
    let folder = tempfile::tempdir().unwrap();
    for mode in ["--check", "--diff"] {
        let (code, _, err) = parts(&run(folder.path(), &[mode, "--report", "r.html", "."]));
        assert_eq!(code, 2);
        assert!(err.contains("--report shows what cleaning did"), "{err}");
    }
}

#[test]
fn a_page_that_cannot_be_written_is_trouble() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Rain.\n").unwrap();
    let (code, out, err) = parts(&run(
        folder.path(),
        &["--report", "no/such/report.html", "a.txt"],
    ));
    assert_eq!((code, out.as_str()), (2, "Rain.\n"));
    assert!(
        err.contains("no/such/report.html: cannot be written"),
        "{err}"
    );
}
