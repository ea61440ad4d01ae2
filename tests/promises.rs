//! What popular tools get wrong and artclean does not.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Output, Stdio};

use common::{artclean, fixtures, parts, pipe, run, tree};

const DAMAGED: &str = "the harbour โ€” closed\n";
const REPAIRED: &str = "the harbour — closed\n";

/// 1. A write that fails leaves the file whole.
#[test]
fn a_failed_write_leaves_the_file_whole() {
    for (args, told) in [
        ("-w a.txt", "a.txt: cannot be written, and is as it was"),
        ("--learn site.toml a.txt", "site.toml: cannot be written"),
        ("--report page.html a.txt", "page.html: cannot be written"),
        (
            "--check --write-baseline known.json a.txt",
            "known.json: cannot be written",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), DAMAGED).unwrap();
        let output = std::process::Command::new("sh")
            .args([
                "-c",
                &format!("ulimit -f 0; exec \"$0\" {args}"),
                env!("CARGO_BIN_EXE_artclean"),
            ])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{args}: {output:?}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains(told),
            "{args}: {output:?}"
        );
        assert_eq!(
            tree(folder.path()),
            [("a.txt".into(), DAMAGED.as_bytes().to_vec())],
            "{args}: nothing lost, nothing left behind"
        );
    }
}

/// 2. `--write` follows links, keeps mode and owner, leaves an unchanged file's mtime alone, and
///    tells of hard links.
#[test]
fn a_replaced_file_stays_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("real.txt"), DAMAGED).unwrap();
    fs::set_permissions(at("real.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    if fs::metadata(at("real.txt")).unwrap().uid() == 0 {
        // Only root may give a file away, and then cleaning must not take it back.
        std::os::unix::fs::chown(at("real.txt"), Some(12345), Some(54321)).unwrap();
    }
    let before = fs::metadata(at("real.txt")).unwrap();
    symlink("real.txt", at("link.txt")).unwrap();
    fs::hard_link(at("real.txt"), at("other.txt")).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    // One that is cleaned whole, one page by page, one by the record.
    let unchanged = ["clean.txt", "large.txt", "clean.jsonl"].map(|name| {
        let content = match name {
            "clean.jsonl" => "{\"text\":\"fine\\n\"}\n".to_owned(),
            "large.txt" => REPAIRED.repeat(50_000),
            _ => REPAIRED.to_owned(),
        };
        fs::write(at(name), content).unwrap();
        let file = fs::File::options().write(true).open(at(name)).unwrap();
        file.set_modified(long_ago).unwrap();
        (at(name), file.metadata().unwrap().ino())
    });

    let (code, _, err) = parts(&run(
        folder.path(),
        &["-w", "link.txt", "clean.txt", "large.txt", "clean.jsonl"],
    ));
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("3 unchanged"), "{err}");
    assert!(err.contains("1 other name (hard links)"), "{err}");
    assert!(fs::symlink_metadata(at("link.txt")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(at("real.txt")).unwrap(), REPAIRED);
    assert_eq!(fs::read_to_string(at("other.txt")).unwrap(), DAMAGED);
    let after = fs::metadata(at("real.txt")).unwrap();
    assert_eq!(
        (after.mode(), after.uid(), after.gid()),
        (before.mode(), before.uid(), before.gid())
    );
    for (path, inode) in unchanged {
        let clean = fs::metadata(&path).unwrap();
        let found = (clean.modified().unwrap(), clean.ino());
        assert_eq!(found, (long_ago, inode), "{}", path.display());
    }
}

/// 3. A missing file is named, the others are checked, and trouble outranks damage.
#[test]
fn one_missing_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), REPAIRED).unwrap();
    fs::write(folder.path().join("bad.txt"), DAMAGED).unwrap();
    let (code, out, err) = parts(&run(
        folder.path(),
        &["--check", "missing.txt", "good.txt", "bad.txt"],
    ));
    assert_eq!(code, 2);
    assert!(err.contains("missing.txt: no such file"), "{err}");
    assert!(
        out.contains("bad.txt:1:13: E101") && !out.contains("good.txt"),
        "{out}"
    );
    assert_eq!(
        run(folder.path(), &["--check", "bad.txt"]).status.code(),
        Some(1)
    );
    assert_eq!(
        run(folder.path(), &["--check", "good.txt"]).status.code(),
        Some(0)
    );
}

/// What a run comes to whose reader goes away at once.
fn into_closed_pipe(folder: &Path, args: &[&str]) -> Output {
    let mut child = artclean(folder)
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

/// 4. A closed pipe is no error.
#[test]
fn a_closed_pipe_is_met_with_silence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("big.txt"), DAMAGED.repeat(200_000)).unwrap();
    for args in [
        &["big.txt"][..],
        &["--check", "big.txt"],
        &["--check", "--format", "sarif", "big.txt"],
        &["--diff", "big.txt"],
        &["--explain", "E101"],
        &["--help"],
    ] {
        let output = into_closed_pipe(folder.path(), args);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

/// 4. Nor does it hide what was found before.
#[test]
fn a_closed_pipe_leaves_the_exit_code_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("many.txt"), DAMAGED.repeat(20_000)).unwrap();
    let record = format!("{{\"text\":\"{}\"}}\n", DAMAGED.trim_end());
    fs::write(path("many.jsonl"), record.repeat(20_000) + "no json\n").unwrap();
    let concise = ["--check", "--format", "concise"];
    for (args, code) in [
        (&["many.txt"][..], 0),
        (&["nosuch", "many.txt"], 2),
        (&["--diff", "many.txt"], 1),
        (&["--diff", "many.txt", "many.txt"], 1),
        (&["--diff", "many.jsonl"], 2),
        (&[&concise[..], &["many.txt"]].concat(), 1),
        (&[&concise[..], &["nosuch", "many.txt"]].concat(), 2),
        (&["--list-rules"], 0),
    ] {
        let output = into_closed_pipe(folder.path(), args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
}

/// 5. Names that are not UTF-8 and control characters survive machine formats and stay off terminals.
#[test]
fn odd_names_and_controls_are_shown_never_sent() {
    let folder = tempfile::tempdir().unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"odd\xFF\x1b[31m.txt");
    fs::write(folder.path().join(odd), format!("\u{9b}31m {DAMAGED}")).unwrap();
    let (code, out, _) = parts(&run(folder.path(), &["--check", "."]));
    assert_eq!(code, 1);
    assert!(
        out.contains("<U+001B>") && !out.contains('\u{1b}') && !out.contains('\u{9b}'),
        "{out}"
    );
    let output = run(folder.path(), &["--check", "--format", "json", "."]);
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    // base64 of "./odd\xFF\x1b[31m.txt"
    assert_eq!(first["path_bytes"], "Li9vZGT/G1szMW0udHh0");
    let output = run(folder.path(), &["--format", "json", "."]);
    let article: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(article["path_bytes"], "Li9vZGT/G1szMW0udHh0");
}

/// What artclean with these arguments sends to a terminal, which sends line feeds on as CR LF.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &std::path::Path, args: &str) -> String {
    let command = format!("'{}' {args}", env!("CARGO_BIN_EXE_artclean"));
    let output = std::process::Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("script runs, which util-linux has");
    String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n")
}

/// 5. A terminal gets no raw control from any form of output; a file gets every byte all the same.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_nothing_raw_and_a_file_everything() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    let odd = "\u{9B}31m\u{202E}\u{200B}";
    write("a.txt", &format!("{odd} {DAMAGED}"));
    write(
        "bad.jsonl",
        &format!("no {odd} \u{1B}[31m json\r\n{{\"text\":1,\"x\":\"{odd}\"}}\n"),
    );
    let record = |text: &str| format!("{{\"text\":\"{text}\",\"x\":\"{odd}\"}}\n");
    write("a.jsonl", &record("a  "));
    write("artclean.toml", &format!("allow = [\"x{odd}\"]\n"));
    for args in [
        "--only whitespace a.txt",
        "--diff a.txt",
        "--format json a.txt",
        "--format json a.jsonl",
        "a.jsonl",
        "bad.jsonl",
        "--from jsonl bad.jsonl",
        "--show-settings",
    ] {
        let out = on_a_terminal(folder.path(), args);
        let raw = |c: char| c.is_control() && c != '\n' || "\u{202E}\u{200B}".contains(c);
        assert!(!out.is_empty() && !out.contains(raw), "{args}: {out:?}");
    }
    let json = on_a_terminal(folder.path(), "--only whitespace --format json a.txt");
    let article: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(article["text"].as_str().unwrap().starts_with(odd), "{json}");
    on_a_terminal(folder.path(), "-w a.jsonl");
    let written = fs::read_to_string(folder.path().join("a.jsonl")).unwrap();
    assert_eq!(written, record("a\\n"));
}

/// 6. Bytes of a legacy charset are read as such, and bytes that mean nothing leave the file alone.
#[test]
fn bytes_never_become_replacement_characters() {
    let (_, out, _) = parts(&pipe(&[], b"d\xE9j\xE0 vu\n"));
    assert_eq!(out, "déjà vu\n");
    let folder = tempfile::tempdir().unwrap();
    let bytes = b"\xEF\xBB\xBFsound \xE2\x80\x94 and a cut one \xE2\x80 here\n";
    fs::write(folder.path().join("a.txt"), bytes).unwrap();
    let (code, _, err) = parts(&run(folder.path(), &["-w", "a.txt"]));
    assert_eq!(code, 2);
    assert!(
        err.contains("a.txt: byte 27 means nothing in UTF-8"),
        "{err}"
    );
    assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), bytes);
}

/// 7. Check, diff and write come from one list of edits, and writing leaves nothing to say.
#[test]
fn writing_leaves_nothing_to_check_or_diff() {
    let folder = tempfile::tempdir().unwrap();
    let all = fixtures("articles");
    for (name, bytes, _) in &all {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let diff = run(folder.path(), &["--diff", "."]);
    assert_eq!(diff.status.code(), Some(1));
    assert_eq!(run(folder.path(), &["-w", "."]).status.code(), Some(0));
    for (name, _, expected) in &all {
        assert_eq!(
            &fs::read(folder.path().join(name)).unwrap(),
            expected,
            "{name}"
        );
    }
    for args in [&["--check", "."], &["--diff", "."]] {
        let (code, out, _) = parts(&run(folder.path(), args));
        assert_eq!((code, out.as_str()), (0, ""), "{args:?}");
    }
    let before = tree(folder.path());
    let (_, _, err) = parts(&run(folder.path(), &["-w", "."]));
    assert!(
        err.starts_with(&format!("artclean: 0 cleaned, {} unchanged", all.len())),
        "{err}"
    );
    assert_eq!(tree(folder.path()), before);
}
