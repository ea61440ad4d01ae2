//! What artclean tells about itself.

mod common;

use common::{parts, pipe};

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
