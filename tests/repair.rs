//! Repair over data: what is restored, what stays as it is, and what is known to fail.
//!
//! `fixtures/repair/CLAIM.txt` and `fixtures/known-failures/CLAIM.txt` hold rows "damaged ⟶ repaired",
//! `fixtures/keep/CLAIM.txt` lines that are sound. Characters that cannot be seen are `\u{HEX}`.

use std::fs;
use std::path::Path;

use artclean::reader::repair::repair;
use artclean::{Certainty, Step, replay};

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

/// The steps that damage a text again, if they are nothing but one reading after another.
fn backwards(steps: &[Step]) -> Option<Vec<Step>> {
    let turned = steps.iter().rev().map(|step| match step {
        Step::Encode(charset) => Some(Step::Decode(charset.clone())),
        Step::Decode(charset) => Some(Step::Encode(charset.clone())),
        _ => None,
    });
    turned.collect()
}

/// Analysis by synthesis: what a proven repair says of how the text was damaged, done to the repaired
/// text, gives the damage again.
#[test]
fn damaged_again_by_what_was_explained_it_is_the_same_damage() {
    let mut explained = 0;
    for (name, damaged, _) in rows("repair") {
        for edit in repair(&damaged) {
            let (Some(how), Certainty::Proven) = (&edit.repair, edit.certainty) else {
                continue;
            };
            // Where windows-1252 fills the gaps of a charset, no one charset reads it so again.
            let again = backwards(&how.steps).and_then(|steps| replay(&edit.after, &steps));
            // Raw controls stand for bytes whatever the charset is, in the text and in what a round leaves of it.
            let is_control = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
            let mut rounds = (0..how.steps.len())
                .filter_map(|steps| replay(&damaged[edit.span.clone()], &how.steps[..steps]));
            let controls = rounds.any(|text| text.contains(is_control));
            if let (Some(again), false) = (again, controls) {
                assert_eq!(again, damaged[edit.span.clone()], "{name}: {how:?}");
                explained += 1;
            }
        }
    }
    assert!(
        explained >= 40,
        "only {explained} edits could be turned round"
    );
}

/// Sound words misread through every charset come back, whatever language they are in.
#[test]
fn words_misread_once_come_back() {
    let texts = [
        "Die Bürgermeisterin öffnete die Straße „früher als geplant“ – und zählte 5 °C.",
        "Městská rada včera schválila nový plán přístavu a příští týden začne výstavba.",
        "Городской совет вчера принял новый план развития порта на ближайшие десять лет.",
        "Το δημοτικό συμβούλιο ενέκρινε χθες το νέο σχέδιο για το λιμάνι της πόλης.",
    ];
    for charset in [
        "iso-8859-1",
        "macintosh",
        "koi8-r",
        "ibm437",
        "ibm850",
        "ibm866",
        "x-mac-cyrillic",
    ] {
        for text in texts {
            let misread = [Step::Encode("UTF-8".into()), Step::Decode(charset.into())];
            // ISO-8859-1 has no glyphs in 80–9F; its controls stand for themselves there.
            let Some(damaged) = replay(text, &misread) else {
                continue;
            };
            assert_eq!(repaired(&damaged), text, "{charset}");
        }
    }
}
