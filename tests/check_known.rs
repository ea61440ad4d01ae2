//! Known damage: a baseline lets it pass, and nothing else.

mod common;

use std::fs;
use std::path::Path;

use common::{parts, run};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A folder whose damage is known in `known.json`.
fn known() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "one โ€” two โ€” three\n");
    write(folder.path(), "sub/b é.txt", "isnâ€™t\n");
    let (code, out, err) = parts(&run(
        folder.path(),
        &["--check", "--write-baseline", "known.json", "."],
    ));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(
        err.contains("3 places of damage known from now on in known.json"),
        "{err}"
    );
    folder
}

fn check(folder: &Path, paths: &[&str]) -> (i32, String, String) {
    let args = [
        &["--check", "--format", "concise", "--baseline", "known.json"],
        paths,
    ]
    .concat();
    parts(&run(folder, &args))
}

#[test]
fn known_damage_passes_wherever_it_moves_to() {
    let folder = known();
    let (code, out, err) = check(folder.path(), &["."]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(
        err.contains("no damage") && err.contains("3 places known"),
        "{err}"
    );
    write(
        folder.path(),
        "a.txt",
        "a new line\n\none โ€” two\n\nโ€” three\n",
    );
    for paths in [
        &["."][..],
        &["a.txt"],
        &["./sub/../a.txt"],
        &[folder.path().to_str().unwrap()],
    ] {
        assert_eq!(check(folder.path(), paths).0, 0, "{paths:?}");
    }
    // From another folder the paths are still those beside the baseline.
    let args = [
        "--check",
        "--baseline",
        "../known.json",
        "../a.txt",
        "b é.txt",
    ];
    assert_eq!(
        run(&folder.path().join("sub"), &args).status.code(),
        Some(0)
    );
}

#[test]
fn new_damage_fails() {
    for (name, text, found) in [
        (
            "a.txt",
            "one โ€” two โ€” three โ€” four\n",
            "a.txt:1:23: E101",
        ),
        ("a.txt", "one โ€” two isnâ€™t\n", "a.txt:1:16: E101"),
        ("c.txt", "one โ€” two\n", "c.txt:1:5: E101"),
    ] {
        let folder = known();
        write(folder.path(), name, text);
        let (code, out, err) = check(folder.path(), &["."]);
        assert_eq!((code, out.lines().count()), (1, 1), "{text} {out} {err}");
        assert!(out.contains(found), "{out}");
    }
}

#[test]
fn what_is_no_longer_needed_is_told() {
    let folder = known();
    write(folder.path(), "a.txt", "one — two โ€” three\n");
    fs::remove_dir_all(folder.path().join("sub")).unwrap();
    let (code, _, err) = check(folder.path(), &["a.txt"]);
    assert_eq!(code, 0);
    assert!(
        err.contains("a.txt: 1 place in the baseline is no longer there"),
        "{err}"
    );
    assert!(
        err.contains("sub/b%20%C3%A9.txt: 1 place"),
        "the file is gone: {err}"
    );

    // What was not looked at is not called obsolete.
    let folder = known();
    let (_, _, err) = check(folder.path(), &["a.txt"]);
    assert!(!err.contains("no longer"), "{err}");
}

#[test]
fn the_file_is_stable_and_its_diffs_are_small() {
    let folder = known();
    let read = || fs::read_to_string(folder.path().join("known.json")).unwrap();
    let first = read();
    assert!(serde_json::from_str::<serde_json::Value>(&first).is_ok());
    assert!(first.is_ascii(), "no damaged text in it: {first}");
    let again = |paths: &[&str]| {
        run(
            folder.path(),
            &[&["--check", "--write-baseline", "known.json"], paths].concat(),
        )
    };
    again(&["."]);
    assert_eq!(read(), first);
    // A part of the files tells nothing about the others.
    again(&["a.txt"]);
    assert_eq!(read(), first);
    write(folder.path(), "c.txt", "isnâ€™t\n");
    again(&["."]);
    let second = read();
    let added: Vec<_> = second
        .lines()
        .filter(|line| !first.contains(line.trim_end_matches(',')))
        .collect();
    assert_eq!(added.len(), 1, "{second}");
    assert!(added[0].contains("\"path\":\"c.txt\""), "{added:?}");
    // Cleaning all leaves nothing to know.
    run(folder.path(), &["-w", "--only", "repair", "."]);
    again(&["."]);
    assert_eq!(read(), "{\"version\":1,\"known\":[]}\n");
}

#[test]
fn a_baseline_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "fine\n");
    write(folder.path(), "other.json", "{\"version\":9,\"known\":[]}");
    for (file, hint) in [
        ("missing.json", "missing.json: cannot be read as a baseline"),
        ("a.txt", "a.txt: no baseline"),
        ("other.json", "it has version 9"),
    ] {
        let (code, _, err) = parts(&run(
            folder.path(),
            &["--check", "--baseline", file, "a.txt"],
        ));
        assert_eq!(code, 2, "{file}");
        assert!(
            err.contains(hint) && err.contains("--write-baseline"),
            "{err}"
        );
    }
}
