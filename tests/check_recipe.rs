//! The recipes of the README do what they say.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{parts, run};

const DOC: &str = include_str!("../README.md");

/// The first block of code in this language below a heading.
fn recipe(heading: &str, language: &str) -> &'static str {
    let below = DOC
        .split_once(&format!("\n### {heading}\n"))
        .expect(heading)
        .1;
    let block = below
        .split_once(&format!("\n```{language}\n"))
        .expect(language)
        .1;
    block.split_once("\n```").expect("the block ends").0
}

/// Runs a script in `folder`, with artclean on the path as after an installation.
fn sh(folder: &Path, script: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_artclean"));
    let path = std::env::var("PATH").unwrap();
    Command::new("sh")
        .args(["-c", script])
        .current_dir(folder)
        .env(
            "PATH",
            format!("{}:{path}", binary.parent().unwrap().display()),
        )
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap()
}

#[test]
fn the_shell_recipe_fails_on_damage_and_shows_the_repair() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "sound — text\n").unwrap();
    fs::write(folder.path().join("image.png"), b"\x89PNG\0\xFF").unwrap();
    fs::write(folder.path().join("untracked.md"), "isnâ€™t\n").unwrap();
    let (code, _, err) = parts(&sh(folder.path(), "git init -q && git add a.md image.png"));
    assert_eq!(code, 0, "{err}");
    let script = recipe("Plain shell", "sh");
    let (code, out, err) = parts(&sh(folder.path(), script));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");

    fs::write(folder.path().join("b.md"), "it isnâ€™t\n").unwrap();
    sh(folder.path(), "git add b.md");
    let (code, out, err) = parts(&sh(folder.path(), script));
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("b.md:1:7: E101"), "{out}");
    assert!(out.contains("\n-it isnâ€™t\n+it isn’t\n"), "{out}");
    assert!(!out.contains("untracked"), "{out}");
}

#[test]
fn the_baseline_recipe_makes_damage_known() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "it isnâ€™t\n").unwrap();
    let script = format!("set -e\n{}", recipe("Damage that is there already", "sh"));
    assert_eq!(sh(folder.path(), &script).status.code(), Some(0));
}

#[test]
fn the_settings_and_comments_of_the_page_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    let settings = recipe("Damage that is meant", "toml");
    fs::write(folder.path().join("artclean.toml"), settings).unwrap();
    fs::write(
        folder.path().join("known-damage.json"),
        "{\"version\":1,\"known\":[]}",
    )
    .unwrap();
    fs::create_dir_all(folder.path().join("tests/encoding")).unwrap();
    fs::create_dir_all(folder.path().join("legacy")).unwrap();
    for (name, bytes) in [
        ("a.py", recipe("Damage that is meant", "python").as_bytes()),
        ("tests/encoding/a.txt", "it isnâ€™t".as_bytes()),
        ("legacy/a.c", b"/* caf\xE9 */"),
        ("b.txt", "cafÃ© MOJIBAKE = itâ€™s".as_bytes()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let (code, out, err) = parts(&run(folder.path(), &["--check", "."]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(
        run(folder.path(), &["--check", "--no-config", "."])
            .status
            .code(),
        Some(1)
    );
}
