//! Repair over data: what is restored, what stays as it is, and what is known to fail.
//!
//! `fixtures/repair/CLAIM.txt` and `fixtures/known-failures/CLAIM.txt` hold rows "damaged ⟶ repaired",
//! `fixtures/keep/CLAIM.txt` lines that are sound. Characters that cannot be seen are `\u{HEX}`.

use std::fs;
use std::path::Path;

use artclean::reader::repair::repair;
use artclean::{Certainty, replay};

/// Between what was damaged and what it was: a long arrow.
const ARROW: &str = " \u{27F6} ";

/// The lines of all files of a folder, with the file's name.
fn lines(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder);
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            lines.push((name.clone(), line.to_owned()));
        }
    }
    assert!(!lines.is_empty());
    lines
}

/// Undoes `\u{HEX}`.
fn plain(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_once('}').unwrap();
        plain.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
        plain.push_str(rest);
    }
    plain
}

/// The text repaired; every edit must replay, in order.
fn repaired(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in repair(text) {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.after);
        if let (Some(how), false) = (&edit.repair, edit.certainty == Certainty::Lost) {
            let again = replay(&text[edit.span.clone()], &how.steps);
            assert_eq!(again.as_deref(), Some(&*edit.after), "{how:?}");
        }
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

fn rows(folder: &str) -> Vec<(String, String, String)> {
    let row = |(name, line): (String, String)| {
        let (damaged, truth) = line.split_once(ARROW).unwrap();
        (name, plain(damaged), plain(truth))
    };
    lines(folder).into_iter().map(row).collect()
}

#[test]
fn damage_is_repaired_and_every_edit_replays() {
    for (name, damaged, truth) in rows("repair") {
        assert_eq!(repaired(&damaged), truth, "{name}");
    }
}

#[test]
fn what_is_repaired_stays_repaired() {
    for (name, damaged, truth) in rows("repair").into_iter().chain(rows("known-failures")) {
        let once = repaired(&damaged);
        assert_eq!(repaired(&once), once, "{name}");
        assert_eq!(repaired(&truth), truth, "{name}");
    }
}

#[test]
fn sound_text_stays() {
    for (name, line) in lines("keep") {
        let line = plain(&line);
        assert_eq!(repaired(&line), line, "{name}");
    }
}

#[test]
fn known_failures_still_fail() {
    for (name, damaged, truth) in rows("known-failures") {
        assert_ne!(
            repaired(&damaged),
            truth,
            "{name}: move the row to fixtures/repair"
        );
    }
}
