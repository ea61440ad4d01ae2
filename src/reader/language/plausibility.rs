//! Whether a text looks like any language at all: letter groups pooled over all of them.
//!
//! One legacy charset read as another leaves no trace but nonsense; hundreds of re-readings are judged, so
//! this has to be cheap. Every script has the same share in the pool, whoever writes in it.

use super::{BIT, EDGE, Language, UNSEEN, fold, table::Table};

/// How much a text looks like any language at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Plausibility {
    /// How many letters and marks were judged.
    pub letters: u32,
    /// Their cost in all, whatever the language, with case pattern and word ends.
    pub cost: u32,
}

impl Plausibility {
    /// Mean cost of a letter; 0 if there are none.
    pub fn per_letter(self) -> u16 {
        self.cost
            .checked_div(self.letters)
            .map_or(0, |cost| u16::try_from(cost).unwrap_or(u16::MAX))
    }
}

/// Judges `text` by letter groups pooled over all languages: cheap enough for hundreds of candidates.
///
/// Prose comes to about 3 to 5 bits a letter (Han 9 to 10), one charset read as another to much more.
///
/// ```
/// use artclean::reader::language::plausibility;
/// let (meant, misread) = (plausibility("Привет, мир"), plausibility("Ïðèâåò, ìèð"));
/// assert!(meant.per_letter() + 16 < misread.per_letter());
/// ```
pub fn plausibility(text: &str) -> Plausibility {
    let pool = Table::of(Language(0));
    let mut seen = Plausibility::default();
    let (mut last, mut before) = (EDGE, [EDGE; 2]);
    let mut start = 1; // where the letters of this word begin in `before`
    for c in text.chars() {
        let folded = fold(c);
        if folded == EDGE && before[1] == EDGE {
            continue;
        }
        seen.cost += u32::from(pool.cost(before.get(start..).unwrap_or_default(), folded));
        if folded == EDGE {
            (last, before, start) = (EDGE, [EDGE; 2], 1);
            continue;
        }
        seen.letters += 1;
        seen.cost += u32::from(case_cost(last, c));
        (last, before, start) = (c, [before[1], folded], 0);
    }
    seen
}

/// Cost of a Han, kana or Hangul character by how common it is in Chinese, Japanese or Korean text,
/// whichever knows it best; [`UNSEEN`] for any other.
///
/// Running text averages about 9 to 10 bits, mojibake made of rare characters 14 and more.
///
/// ```
/// use artclean::reader::language::commonness;
/// assert!(commonness('的') < commonness('鈥'));
/// ```
pub fn commonness(c: char) -> u16 {
    let codes: &[&str] = match c {
        '\u{3040}'..='\u{30FF}' => &["ja"],
        '\u{AC00}'..='\u{D7A3}' => &["ko"],
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => &["zh", "zh-TW", "ja"],
        _ => return UNSEEN,
    };
    let costs = codes
        .iter()
        .filter_map(|code| Language::from_code(code))
        .map(|l| Table::of(l).cost(&[], c));
    costs.min().unwrap_or(UNSEEN)
}

/// Cost of the case of `next` after `before` ([`EDGE`] at a word's start); 0 where there is no case.
///
/// A capital begins about one word in eight of news text, and rarely stands inside one.
pub fn case_cost(before: char, next: char) -> u16 {
    if next.is_ascii_lowercase() || !next.is_uppercase() {
        return if before.is_uppercase() && next.is_lowercase() {
            BIT / 4
        } else {
            0
        };
    }
    if before.is_lowercase() {
        9 * BIT
    } else if before.is_uppercase() {
        3 * BIT
    } else {
        3 * BIT
    }
}
