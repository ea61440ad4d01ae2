//! `--diff`: all that cleaning would do, byte for byte, as `patch` and `git apply` take it.

mod common;

use std::fs;

use common::{parts, run};

/// The diff of a file of this name and content, which `-w` then changes until there is none.
fn diff(name: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let output = run(folder.path(), &["--diff", name]);
    assert_eq!(output.status.code(), Some(1), "{name}: {bytes:?}");
    run(folder.path(), &["-w", name]);
    assert_ne!(fs::read(folder.path().join(name)).unwrap(), bytes);
    assert_eq!(
        parts(&run(folder.path(), &["--diff", name])),
        (0, String::new(), String::new())
    );
    output.stdout
}

/// As text, in which `\xE9` is the byte.
fn shown(diff: &[u8]) -> String {
    let chunks = diff.utf8_chunks();
    chunks
        .map(|chunk| format!("{}{}", chunk.valid(), chunk.invalid().escape_ascii()))
        .collect()
}

#[test]
fn what_reading_the_bytes_changes_is_told() {
    assert_eq!(
        shown(&diff(
            "a.txt",
            b"Le caf\xE9 est ferm\xE9 depuis la derni\xE8re ann\xE9e.\n"
        )),
        "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n\
         -Le caf\\xe9 est ferm\\xe9 depuis la derni\\xe8re ann\\xe9e.\n\
         +Le café est fermé depuis la dernière année.\n"
    );
    assert_eq!(
        shown(&diff("a.txt", "\u{FEFF}one\ntwo\n".as_bytes())),
        "--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n-\u{FEFF}one\n+one\n two\n"
    );
    let wide: Vec<u8> = "\u{FEFF}clean\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        shown(&diff("a.txt", &wide)),
        "Binary files a.txt (UTF-16LE) and a.txt (UTF-8) differ\n"
    );
}

#[test]
fn a_carriage_return_inside_a_line_ends_none() {
    assert_eq!(
        shown(&diff("a.txt", b"a \rb\nc \n")),
        "--- a.txt\n+++ a.txt\n@@ -1,2 +1,3 @@\n-a \rb\n-c \n+a\n+b\n+c\n"
    );
    assert_eq!(
        shown(&diff("a.txt", b"a\nb\r")),
        "--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n a\n-b\r\n\\ No newline at end of file\n+b\n"
    );
}

#[test]
fn a_tab_ends_a_name_with_a_space() {
    assert_eq!(
        shown(&diff("a b.txt", b"a \n")),
        "--- a b.txt\t\n+++ a b.txt\t\n@@ -1 +1 @@\n-a \n+a\n"
    );
}

#[test]
fn a_record_that_is_not_utf8_stays_as_it_is() {
    let before = b"{\"text\":\"a  \"}\n{\"text\":\"caf\xE9\"}\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), before).unwrap();
    let output = run(folder.path(), &["--diff", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        shown(&output.stdout),
        "--- a.jsonl\n+++ a.jsonl\n@@ -1,2 +1,2 @@\n-{\"text\":\"a  \"}\n+{\"text\":\"a\\n\"}\n {\"text\":\"caf\\xe9\"}\n"
    );
}
