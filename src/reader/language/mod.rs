//! Language model: what a letter costs after the letters before it, in 75 languages and more.
//!
//! Some damage loses bytes for good; then several letters fit and only the language can say which was
//! meant. The repair asks here, and it asks whether a whole re-reading looks like any language at all.
//! Everything is looked up in place in tables that `tools/model` built; nothing is made at start-up.
//!
//! Costs are in sixteenths of a bit ([`BIT`]); lower is likelier; costs of independent events add up.
//!
//! ```
//! use artclean::reader::language::{self, EDGE, Language};
//! let greek = Language::from_code("el").expect("Greek is known");
//! // "χώ_α": rho makes "χώρα" (country), upsilon with tonos makes nothing.
//! let word = |letter| [EDGE, 'χ', 'ώ', letter, 'α', EDGE];
//! assert!(greek.word_cost(&word('ρ')) < greek.word_cost(&word('ύ')));
//! ```

mod detect;
mod emoji;
#[cfg(test)]
mod evaluation;
mod fill;
mod plausibility;
mod script;
mod table;
mod words;

use super::letters::{Part, lower, part};
use table::Table;

pub(crate) use detect::detect_plain;
pub use detect::{Guess, MOST_GUESSES, detect};
pub use emoji::emoji_cost;
pub use plausibility::{Plausibility, case_cost, commonness, plausibility};
pub use words::Word;

/// One bit in the unit of every cost here.
pub const BIT: u16 = 16;

/// The edge of a word: stands before its first and after its last letter.
pub const EDGE: char = ' ';

/// What a letter costs that the language never has.
pub const UNSEEN: u16 = 20 * BIT;

/// A language the model knows, by its number in the tables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Language(u8);

impl Language {
    /// All languages at once, every script with the same share.
    pub const POOLED: Language = Language(0);

    /// Every language the model knows. (Number 0 is all of them pooled.)
    pub fn all() -> impl Iterator<Item = Language> {
        (1..table::languages()).map(Language)
    }

    /// The language with this code: ISO 639-1, and "zh-TW" for traditional Chinese.
    pub fn from_code(code: &str) -> Option<Language> {
        table::by_code(code)
    }

    /// The code, as [`Language::from_code`] takes it.
    pub fn code(self) -> &'static str {
        table::code(self)
    }

    /// How many letters back it looks: four in most languages, two where a character is a word or a syllable,
    /// six where a letter takes several characters.
    pub fn reach(self) -> usize {
        Table::of(self).reach
    }

    /// Cost of `next` after `before`, both as they stand (case is folded here; see [`case_cost`]).
    ///
    /// `before` holds the letters of the same word, nearest last, with [`EDGE`] in front of the word's
    /// first letter; only the last [`Language::reach`] count. `next` may be [`EDGE`] (the word ends). A character that
    /// is neither letter nor mark counts as an edge.
    pub fn cost(self, before: &[char], next: char) -> u16 {
        let table = Table::of(self);
        let mut folded = [EDGE; table::ORDER];
        let mut from = folded.len();
        for &c in before.iter().rev().take(table.reach) {
            from -= 1;
            let c = fold(c);
            if let Some(place) = folded.get_mut(from) {
                *place = c;
            }
            if c == EDGE {
                break;
            }
        }
        table.cost(folded.get(from..).unwrap_or_default(), fold(next))
    }

    /// Cost of a whole word, case pattern included. `word` has its [`EDGE`]s, or lacks them where it is
    /// only a part of a word.
    pub fn word_cost(self, word: &[char]) -> u32 {
        let mut sum = 0;
        for (at, &next) in word.iter().enumerate().skip(1) {
            let before = word
                .get(at.saturating_sub(table::ORDER)..at)
                .unwrap_or_default();
            sum += u32::from(self.cost(before, next));
            sum += before
                .last()
                .map_or(0, |&last| u32::from(case_cost(last, next)));
        }
        sum
    }
}

/// Whether a character can be part of a word here: letters, marks, and the joiners of Persian and Indic scripts.
#[inline]
pub fn is_letter(c: char) -> bool {
    part(c) != Part::Edge
}

/// Lower case, one character for one; whatever cannot be part of a word is an edge.
fn fold(c: char) -> char {
    match part(c) {
        Part::Edge => EDGE,
        Part::Small => c,
        Part::Capital => lower(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_ends_a_word() {
        for (c, folded) in [
            ('b', 'b'),
            ('B', 'b'),
            ('\u{130}', 'i'),           // LATIN CAPITAL LETTER I WITH DOT ABOVE
            ('\u{BC1}', '\u{BC1}'),     // TAMIL VOWEL SIGN U
            ('\u{200C}', '\u{200C}'),   // ZERO WIDTH NON-JOINER
            ('\u{FE0F}', EDGE),         // VARIATION SELECTOR-16
            ('\u{10400}', '\u{10428}'), // DESERET CAPITAL LETTER LONG I
            ('\u{1F600}', EDGE),
            ('5', EDGE),
        ] {
            assert_eq!(fold(c), folded, "{c:?}");
            assert_eq!(is_letter(c), folded != EDGE, "{c:?}");
        }
    }
}
