//! What artclean tells about itself.

mod common;

use artclean::{Cleaner, Options, Pass, Rule};
use common::{parts, pipe, run};

#[test]
fn every_rule_is_listed_and_explained_in_full() {
    let (code, list, _) = parts(&pipe(&["--list-rules"], b""));
    assert_eq!(code, 0);
    for rule in artclean::Rule::ALL {
        let row = format!("{}  {}", rule.code(), rule.name());
        assert!(list.lines().any(|line| line.starts_with(&row)), "{row}");
        for wanted in [rule.code(), rule.name()] {
            let (code, text, _) = parts(&pipe(&["--explain", wanted], b""));
            assert_eq!(code, 0);
            assert!(
                text.starts_with(&format!("# {} {}\n", rule.code(), rule.name())),
                "{text}"
            );
        }
        // The boilerplate family is explained by kind, elsewhere.
        if !rule.is_boilerplate() {
            for heading in [
                "## What it finds",
                "## Why it matters",
                "## Example",
                "## How to allow it",
            ] {
                let text = rule.explanation();
                assert!(text.contains(heading), "{rule} has no {heading}");
            }
        }
    }
}

#[test]
fn man_page_and_completions() {
    for (what, has) in [
        ("man", ".TH artclean 1"),
        ("bash", "_artclean()"),
        ("zsh", "#compdef artclean"),
        ("fish", "complete -c artclean"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let (code, out, err) = parts(&pipe(&["--generate", what], b""));
        assert_eq!((code, err.as_str()), (0, ""), "{what}");
        assert!(out.contains(has), "{what}");
        for flag in ["write-baseline", "stdin-filename"] {
            assert!(out.replace('\\', "").contains(flag), "{what} has no {flag}");
        }
    }
}

#[test]
fn what_stays_broken_is_found_as_its_rule_says() {
    for rule in [Rule::E901, Rule::E902, Rule::E903] {
        let example = rule
            .explanation()
            .lines()
            .find_map(|line| line.trim().strip_prefix("Found: "));
        let text = example.unwrap().replace("<U+FFFD>", "\u{FFFD}") + "\n";
        let cleaner = Cleaner::new(Options {
            passes: vec![Pass::Repair],
            ..Options::default()
        });
        let article = cleaner.clean_text(&text);
        assert!(
            article.left().any(|finding| finding.rule == rule),
            "{rule}: {text}"
        );
        // Told once more, and no more than that, where it is cleaned again.
        let again = cleaner.clean_text(&article.text);
        assert_eq!(again.text, article.text);
        assert_eq!(again.edits.len(), article.left().count(), "{rule}");
    }
}

#[test]
fn what_stays_broken_is_reported_and_fails_the_check() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Mrs M\u{FFFD}ller is out.\n").unwrap();
    std::fs::write(folder.path().join("a.rs"), "let c = '\u{FFFD}';\n").unwrap();
    let out = run(folder.path(), &["--check", "--format", "json", "."]);
    assert_eq!(out.status.code(), Some(1));
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.contains("\"rule\":\"E901\"") && text.contains("a.txt"),
        "{text}"
    );
}
