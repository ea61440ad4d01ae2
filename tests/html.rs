//! Web pages: the article in them, its charset, what they say about it, and pages made to hurt.

mod common;

use std::fs;
use std::path::Path;

use common::{fixtures_of, parts, pipe, run};

#[test]
fn every_page_becomes_its_article() {
    for (name, bytes, expected) in fixtures_of("pages", "html") {
        let expected = String::from_utf8(expected).expect("UTF-8");
        assert_eq!(
            parts(&pipe(&[], &bytes)),
            (0, expected, String::new()),
            "{name}"
        );
    }
}

#[test]
fn what_a_page_says_about_its_article_goes_to_json() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let (code, out, _) = parts(&run(&page, &["--format", "json", "ferry.html"]));
    assert_eq!(code, 0);
    let article: serde_json::Value = serde_json::from_str(&out).unwrap();
    for (field, value) in [
        ("title", "Ferry stays in port"),
        ("byline", "Ann Lee"),
        ("date", "2026-03-04"),
        ("site", "Harbour Times"),
        ("language", "en"),
        ("charset", "UTF-8"),
    ] {
        assert_eq!(article[field], value, "{field}");
    }
    let kinds: Vec<_> = article["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "heading",
            "paragraph",
            "heading",
            "paragraph",
            "list_item",
            "list_item",
            "paragraph"
        ]
    );
    // A text says nothing about itself.
    let (_, out, _) = parts(&pipe(&["--format", "json"], b"Rain.\n"));
    assert!(!out.contains("\"title\""), "{out}");
}

#[test]
fn a_page_is_copied_as_text_and_never_cleaned_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let page = include_bytes!("../fixtures/pages/ferry.html");
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/a.html"), page).unwrap();
    assert_eq!(
        run(folder.path(), &["-o", "out", "in"]).status.code(),
        Some(0)
    );
    let text = fs::read_to_string(folder.path().join("out/a.txt")).unwrap();
    assert_eq!(text, include_str!("../fixtures/pages/ferry.expected.txt"));

    let (code, _, err) = parts(&run(folder.path(), &["-w", "in/a.html"]));
    assert_eq!(code, 2);
    assert!(
        err.contains("is a web page") && err.contains("--output"),
        "{err}"
    );
    let (code, _, err) = parts(&run(folder.path(), &["-w", "in"]));
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("1 web page skipped"), "{err}");
    assert_eq!(fs::read(folder.path().join("in/a.html")).unwrap(), page);

    fs::write(folder.path().join("in/a.txt"), "Rain.\n").unwrap();
    let (code, _, err) = parts(&run(folder.path(), &["-o", "both", "in"]));
    assert_eq!(code, 2);
    assert!(err.contains("would both become"), "{err}");
    assert!(!folder.path().join("both").exists());
}

#[test]
fn pages_that_are_none_or_made_to_hurt_are_told_and_cost_nothing_else() {
    let paragraph =
        "<p>It rained all day in the old harbour, and nobody went out, said the mayor.</p>";
    let nested = |depth: usize, tag: &str| {
        let (open, close) = (
            format!("<{tag}>").repeat(depth),
            format!("</{tag}>").repeat(depth),
        );
        format!(
            "<html><body>{open}{}{close}</body></html>",
            paragraph.repeat(5)
        )
    };
    let deep = nested(3000, "div");
    // Parsed, each of these would take minutes.
    let (deeper, wide) = (
        nested(100_000, "div"),
        format!("<p{}>", " a".repeat(100_000)),
    );
    for (page, told) in [
        ("<html></html>", "no article was found"),
        ("<!doctype html>", "no article was found"),
        (deep.as_str(), "nests elements more than 1000 deep"),
        (deeper.as_str(), "nests elements more than 1000 deep"),
        (wide.as_str(), "has more than 2000 attributes"),
    ] {
        let (code, out, err) = parts(&pipe(&["--from", "html"], page.as_bytes()));
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(told) && err.lines().count() == 1, "{err}");
    }
    for page in [
        nested(400, "div"),
        nested(400, "b"),
        // Nobody ends what formats each line, which then stands in all before it.
        format!(
            "<html><body>{}",
            format!("<b><FONT color=red>{}<br>", &paragraph[3..]).repeat(1500)
        ),
        nested(100_000, "i"),
        format!("<html>{}", paragraph.repeat(3)),
        format!("<html><body><table><tr><td>{}", paragraph.repeat(3)),
        format!("{}<html", paragraph.repeat(3)),
    ] {
        let (code, out, err) = parts(&pipe(&["--from", "html"], page.as_bytes()));
        assert_eq!((code, err.as_str()), (0, ""), "{page}");
        assert!(out.contains("It rained all day"), "{out}");
    }
}

#[test]
fn a_page_is_read_in_the_charset_it_means() {
    let page = |meta: &str, dash: &[u8]| {
        let mut page =
            format!("<html><head>{meta}</head><body><p>It rained all day in the old harbour ")
                .into_bytes();
        page.extend(dash);
        page.extend(b" and nobody went out, said the mayor on Monday.</p></body></html>");
        page
    };
    for (meta, dash) in [
        ("", "—".as_bytes()),
        ("<meta charset=windows-1252>", b"\x97".as_slice()),
        // Declared wrongly, and wrong in a way the repair undoes.
        ("<meta charset=iso-8859-1>", "—".as_bytes()),
        ("<meta charset=utf-8>", b"\x97".as_slice()),
    ] {
        let (code, out, err) = parts(&pipe(&["--from", "html"], &page(meta, dash)));
        assert_eq!((code, err.as_str()), (0, ""), "{meta}");
        assert!(out.contains("harbour — and nobody"), "{meta}: {out}");
    }
}
