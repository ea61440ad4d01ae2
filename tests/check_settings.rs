//! `artclean.toml` and comments in code: what is allowed, and how the command line stands to it.

mod common;

use std::fs;

use common::{artclean, parts, run};

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Each row: settings, command line, what a check of the tree below finds.
#[test]
fn settings_say_what_is_found() {
    let all = "a.md b.rs sub/c.md sub/d.txt";
    for (settings, args, found) in [
        ("", &[][..], all),
        ("exclude = ['sub/']", &[], "a.md b.rs"),
        ("exclude = ['*.md', '!a.md']", &[], "a.md b.rs sub/d.txt"),
        ("exclude = ['/c.md']", &[], all),
        (
            "exclude = ['sub/']",
            &["--exclude", "*.rs"],
            "a.md sub/c.md sub/d.txt",
        ),
        ("allow = ['โ€”']", &[], "b.rs sub/d.txt"),
        ("allow-patterns = ['isn\\S+t']", &[], "a.md sub/c.md"),
        (
            "[[files]]\nglobs = ['*.md']\nallow = ['โ€”']",
            &[],
            "b.rs sub/d.txt",
        ),
        (
            "[[files]]\nglobs = ['sub/*']\nallow-patterns = ['.*']",
            &[],
            "a.md b.rs",
        ),
        (
            "[[files]]\nglobs = ['/*.md', 'd.txt']\nignore = ['E1']",
            &[],
            "b.rs sub/c.md",
        ),
        ("select = ['W']", &[], ""),
        ("select = ['W']", &["--select", "E101"], all),
        ("ignore = ['E1']", &[], ""),
        ("ignore = ['E1']", &["--ignore", "W"], all),
        ("only = ['whitespace']", &[], ""),
        ("only = ['whitespace']", &["--skip", "unicode"], all),
        ("ignore = ['E1']", &["--no-config"], all),
        (
            "ignore = ['E1']",
            &["--config", "other/some.toml"],
            "a.md b.rs sub/c.md",
        ),
    ] {
        let folder = folder(&[
            ("artclean.toml", settings),
            ("a.md", "harbour โ€” closed\n"),
            ("b.rs", "// it isnâ€™t\n"),
            ("sub/c.md", "harbour โ€” closed\n"),
            ("sub/d.txt", "it isnâ€™t\n"),
            (
                "other/some.toml",
                "exclude = ['d.txt']\n[[files]]\nglobs = ['none']\n",
            ),
        ]);
        let args = [&["--check", "--format", "json", "."], args].concat();
        let (_, out, err) = parts(&run(folder.path(), &args));
        let files: Vec<String> = out
            .lines()
            .map(|line| {
                let finding: serde_json::Value = serde_json::from_str(line).unwrap();
                finding["path"].as_str().unwrap()[2..].to_owned()
            })
            .collect();
        assert_eq!(files.join(" "), found, "{settings} {args:?} {err}");
    }
}

#[test]
fn settings_are_found_upward() {
    let folder = folder(&[
        (
            "artclean.toml",
            "allow = ['โ€”']\n[[files]]\nglobs = ['/sub/x.md']\nignore = ['E']",
        ),
        ("sub/deep/a.md", "harbour โ€” closed\n"),
        ("sub/x.md", "isnâ€™t\n"),
    ]);
    let below = folder.path().join("sub/deep");
    let (code, out, _) = parts(&run(&below, &["--check", "a.md", "../x.md"]));
    assert_eq!((code, out.as_str()), (0, ""));
    let (code, _, _) = parts(&run(&below, &["--check", "--no-config", "a.md"]));
    assert_eq!(code, 1);
}

#[test]
fn what_is_allowed_is_not_cleaned_either() {
    let text = "harbour โ€” closed, it isnâ€™t\n";
    let folder = folder(&[("artclean.toml", "allow = ['โ€”']"), ("a.txt", text)]);
    run(folder.path(), &["-w", "a.txt"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("a.txt")).unwrap(),
        "harbour โ€” closed, it isn’t\n"
    );
}

#[test]
fn a_charset_is_named_for_some_files() {
    let folder = folder(&[(
        "artclean.toml",
        "[[files]]\nglobs = ['*.cyr']\ncharset = 'windows-1251'",
    )]);
    let bytes = encoding_rs::WINDOWS_1251.encode("Порт закрыт\n").0;
    for name in ["a.cyr", "a.txt"] {
        fs::write(folder.path().join(name), &bytes).unwrap();
    }
    assert_eq!(
        run(folder.path(), &["--check", "a.cyr"]).status.code(),
        Some(0),
        "it is as it should be"
    );
    assert_eq!(
        run(folder.path(), &["--check", "a.txt"]).status.code(),
        Some(1),
        "it was guessed"
    );
    let (_, out, _) = parts(&run(folder.path(), &["a.cyr"]));
    assert_eq!(out, "Порт закрыт\n");
    let (_, out, _) = parts(&run(
        folder.path(),
        &["--charset", "windows-1252", "--only", "whitespace", "a.cyr"],
    ));
    assert!(out.starts_with("Ïîðò"), "the command line wins: {out}");
}

#[test]
fn what_means_nothing_is_an_error_with_its_line() {
    for (settings, hint) in [
        (
            "strict = true\n\nexclud = []\n",
            "artclean.toml:3: unknown field `exclud`",
        ),
        ("allow = [\n  'a',\n  7,\n]\n", "artclean.toml:3: "),
        (
            "select = [\n  'E1',\n  'Q9',\n]\n",
            "artclean.toml:1: no rule is called Q9",
        ),
        (
            "keep = ['adverts']\n",
            "artclean.toml:1: no kind of boilerplate is called adverts",
        ),
        (
            "skip = ['magic']\n",
            "artclean.toml:1: no pass is called magic",
        ),
        (
            "charset = 'klingon'\n",
            "artclean.toml:1: no charset is called klingon",
        ),
        (
            "\nallow-patterns = ['(']\n",
            "artclean.toml:2: no regular expression",
        ),
        (
            "[[files]]\nglobs = ['a']\nselect = ['E']\n",
            "artclean.toml:3: unknown field `select`",
        ),
        (
            "[[files]]\nallow = ['a']\n",
            "artclean.toml:1: missing field `globs`",
        ),
        ("exclude = ['a{']\n", "a{"),
        ("= 1", "artclean.toml:1: "),
    ] {
        let folder = folder(&[("artclean.toml", settings), ("a.txt", "fine\n")]);
        let (code, out, err) = parts(&run(folder.path(), &["--check", "a.txt"]));
        assert_eq!((code, out.as_str()), (2, ""), "{settings}");
        assert!(
            err.contains(hint) && err.lines().count() == 1,
            "{settings}: {err}"
        );
    }
}

#[test]
fn show_settings_prints_what_applies() {
    let folder = folder(&[(
        "artclean.toml",
        "select = ['E', 'U']\nallow = ['โ€”']\n[[files]]\nglobs = ['*.md']\nignore = ['E9']\n",
    )]);
    let (code, out, _) = parts(&run(
        folder.path(),
        &["--show-settings", "--select", "E1", "--strict"],
    ));
    assert_eq!(code, 0);
    let (from, settings) = out.split_once('\n').unwrap();
    assert!(
        from.starts_with("# from ") && from.ends_with("artclean.toml"),
        "{from}"
    );
    let shown = "select = [\"E1\"]\nstrict = true\nallow = [\"โ€”\"]\n\n[[files]]\nglobs = [\"*.md\"]\nignore = [\"E9\"]\n";
    assert_eq!(settings, shown);
}

#[test]
fn comments_count_in_code_and_not_in_prose() {
    let text = "x = 'isnâ€™t' # artclean: ignore\n# artclean: ignore-next-line\ny = 'isnâ€™t'\nz = 'isnâ€™t'\n";
    for (name, lines) in [
        ("a.py", "4"),
        ("a.md", "4"),
        ("a.txt", "1 3 4"),
        ("a", "1 3 4"),
    ] {
        let folder = folder(&[(name, text)]);
        let (_, out, _) = parts(&run(
            folder.path(),
            &["--check", "--format", "concise", name],
        ));
        let found: Vec<_> = out
            .lines()
            .map(|line| line.split(':').nth(1).unwrap())
            .collect();
        assert_eq!(found.join(" "), lines, "{name}");
        // Standard input goes by its name.
        let mut child = artclean(folder.path())
            .args(["--check", "--stdin-filename", name, "-"])
            .stdin(fs::File::open(folder.path().join(name)).unwrap())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn artcleans_own_files_are_not_checked() {
    let folder = folder(&[
        (
            "artclean.toml",
            "baseline = 'known.json'\n[[files]]\nglobs = ['a']\nallow = ['isnâ€™t']\n",
        ),
        ("known.json", "{\"version\":1,\"known\":[]}\n"),
    ]);
    let (code, out, err) = parts(&run(folder.path(), &["--check", ".", "artclean.toml"]));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let (code, _, _) = parts(&run(
        folder.path(),
        &["--check", "--no-config", "artclean.toml"],
    ));
    assert_eq!(code, 1, "a file like any other where it does not apply");
}
