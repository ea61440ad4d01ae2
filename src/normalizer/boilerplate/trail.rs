//! Breadcrumbs above the article: "Home › News › Local", told by their signs, not by their words.

use memchr::{memchr2_iter, memchr3};

use super::mark::{Stand, marks};
use super::shape::Shape;
use crate::rules::Rule;

/// The signs between a trail's steps, and how many steps make a trail: a slash or a bar also parts
/// two words of a headline.
const SIGNS: [(&str, usize); 6] = [
    (" > ", 2),
    (" \u{203a} ", 2),
    (" \u{bb} ", 2),
    (" \u{2192} ", 3),
    (" / ", 3),
    (" | ", 3),
];

/// A step has at most this many letters and words; the last may be the article's own headline.
const STEP_LETTERS: u32 = 24;
const STEP_WORDS: u32 = 3;

/// A trail has at most this many bytes.
const LONGEST: usize = 600;

/// A trail has at most this many letters.
const TRAIL_LETTERS: u32 = 200;

/// How many steps are a trail with any sign if the first is "Home" in some language.
const FROM_HOME: usize = 2;

/// Whether the line is a trail of sections, as it stands above an article.
pub fn is_trail(line: &str) -> bool {
    if line.len() > LONGEST || !may_hold_sign(line.as_bytes()) {
        return false;
    }
    SIGNS.iter().any(|&(sign, fewest)| {
        if !line.contains(sign) {
            return false;
        }
        let steps: Vec<Shape> = line.split(sign).take(8).map(Shape::of).collect();
        let Some((last, sections)) = steps.split_last() else {
            return false;
        };
        let is_section = |step: &Shape| {
            step.letters > 0
                && step.letters <= STEP_LETTERS
                && step.words <= STEP_WORDS
                && step.digits == 0
                && !step.stopped
        };
        let enough = || {
            steps.len() >= fewest
                || steps.len() >= FROM_HOME && line.split(sign).next().is_some_and(is_home)
        };
        enough()
            && sections.iter().all(is_section)
            && !last.stopped
            && (1..=TRAIL_LETTERS).contains(&last.letters)
    })
}

/// Whether any sign is there: every article's first lines are asked. Those beyond ASCII are looked for by their
/// first bytes, which letters of most scripts have not.
fn may_hold_sign(line: &[u8]) -> bool {
    let is_sign = |at: usize| {
        let signs = ["\u{bb}", "\u{203a}", "\u{2192}"];
        signs
            .iter()
            .any(|sign| line[at..].starts_with(sign.as_bytes()))
    };
    memchr3(b'>', b'/', b'|', line).is_some() || memchr2_iter(0xC2, 0xE2, line).any(is_sign)
}

fn is_home(step: &str) -> bool {
    let step = step.trim();
    marks(step)
        .iter()
        .any(|mark| mark.kind == Rule::B218 && mark.stand == Stand::Alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_seen() {
        for (sign, _) in SIGNS {
            assert!(may_hold_sign(sign.as_bytes()), "{sign}");
        }
        assert!(!may_hold_sign("“It’s here” – or not…".as_bytes()));
    }

    #[test]
    fn trails_of_any_language() {
        for trail in [
            "Home > News > Local",
            "Startseite \u{203a} Regional",
            "होम / देश / पुराना पुल वसंत तक बंद रहेगा",
            "ホーム > ニュース",
            "News | Politics | Elections",
            "Главная / Общество",
        ] {
            assert!(is_trail(trail), "{trail}");
        }
        for line in [
            "AC / DC",
            "Ann Lee | Harbour Times",
            "2 > 1",
            "10:15 | 22.11.2024 | Local",
            "The mayor > the council, she wrote on the wall > and left",
            "It is open. > Again",
            "",
        ] {
            assert!(!is_trail(line), "{line}");
        }
    }
}
