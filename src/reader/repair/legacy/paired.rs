//! Paired: windows-1252 that was read in a charset of two bytes, which took the letter behind a sign or an accented
//! letter for the second one ("It抯", "M鰃lich").
//!
//! East Asian text has few such characters, and none inside a Latin word. What they are read as has to make sense in
//! its place.

use super::super::Step;
use super::super::cells::Cells;
use super::super::charsets::codec;
use super::super::charsets::pairs::{self, Pairs};
use super::super::lost::english;
use super::super::page::Patch;
use super::super::sharing::Repairs;
use super::super::sound::{names, odd};
use crate::edit::Certainty;
use crate::reader::language::{Language, Word, detect_plain};
use crate::rules::Rule;

/// The charset that the text was meant in.
const MEANT: &str = "windows-1252";
/// How many of them stand side by side: "élève" has two.
const MOST_ADJACENT: usize = 2;
/// The points of what proves it, a contraction or a known word; of what only speaks for it; and of what makes none.
const PROVEN: i32 = 2;
const LIKELY: i32 = 1;
const SENSELESS: i32 = -2;

/// The characters that are a byte of windows-1252 and the letter behind it.
pub(crate) fn find(cells: &Cells) -> Vec<Patch> {
    let chars = &cells.chars;
    let marks = cells.marks.iter().map(|&at| at as usize);
    let wide: Vec<usize> = marks
        .filter(|&at| odd::is_wide(odd::script(chars[at])))
        .collect();
    let is_letter = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
    let in_word = |run: &[usize]| {
        let (first, last) = (run[0], run[run.len() - 1]);
        run.len() <= MOST_ADJACENT && (is_letter(first.wrapping_sub(1)) || is_letter(last + 1))
    };
    let mut runs = wide.chunk_by(|&one, &next| one + 1 == next);
    if wide.is_empty() || !runs.all(in_word) {
        return Vec::new();
    }
    let language = detect_plain(chars);
    let mut best = None;
    let mut most = PROVEN - 1;
    for pairs in pairs::all() {
        let Some(reading) = Reading::new(pairs, chars, &wide) else {
            continue;
        };
        let points = reading.points(language);
        if points > most {
            (most, best) = (points, Some(reading));
        }
    }
    let Some(reading) = best else {
        return Vec::new();
    };
    let mut repairs = Repairs::default();
    let patch = |(&at, &place): (&usize, &usize)| Patch {
        span: cells.places.span(at..at + 1),
        after: reading.chars[place..place + 2].iter().collect(),
        rule: Rule::E103,
        certainty: Certainty::Inferred,
        repair: repairs.share(
            reading.charset,
            vec![
                Step::Encode(reading.charset.into()),
                Step::Decode(MEANT.into()),
            ],
        ),
    };
    wide.iter().zip(&reading.signs).map(patch).collect()
}

/// A text with its wide characters read as two of windows-1252.
struct Reading {
    charset: &'static str,
    chars: Vec<char>,
    /// Where the first of each two is.
    signs: Vec<usize>,
}

impl Reading {
    /// `None` if one of them is something else in this charset.
    fn new(pairs: &Pairs, chars: &[char], wide: &[usize]) -> Option<Reading> {
        let mut reading = Reading {
            charset: pairs.name,
            chars: Vec::with_capacity(chars.len() + wide.len()),
            signs: Vec::with_capacity(wide.len()),
        };
        let mut passed = 0;
        for &at in wide {
            let read = codec::decode(&pairs.code(chars[at]).to_be_bytes(), MEANT)?;
            let mut read = read.chars();
            let sign = read.next().filter(|sign| !sign.is_ascii())?;
            let letter = read.next().filter(|letter| letter.is_alphabetic())?;
            reading.chars.extend(&chars[passed..at]);
            reading.signs.push(reading.chars.len());
            reading.chars.extend([sign, letter]);
            passed = at + 1;
        }
        reading.chars.extend(&chars[passed..]);
        Some(reading)
    }

    /// What it makes of the text.
    fn points(&self, language: Option<Language>) -> i32 {
        let points = self.signs.iter().map(|&at| self.points_at(at, language));
        points.sum()
    }

    fn points_at(&self, at: usize, language: Option<Language>) -> i32 {
        /// Letters of the longest word that French and Italian elide: "l’", "qu’", "dell’".
        const ELIDED: usize = 4;
        let (before, behind) = (&self.chars[..at], &self.chars[at + 1..]);
        let (stem, tail) = names::around(before, behind);
        let (own, letters) = (stem.iter().copied(), tail.iter().copied());
        let sign = self.chars[at];
        match sign {
            '\u{2019}' if english::is_contraction(own.clone(), letters.clone()) => PROVEN,
            '\u{2019}' if english::may_contract(own, letters) => LIKELY,
            '\u{2019}' if (1..=ELIDED).contains(&stem.len()) => LIKELY,
            '\u{2018}' | '\u{201C}' if stem.is_empty() => LIKELY,
            '\u{2013}' | '\u{2014}' | '\u{2026}' => LIKELY,
            _ if sign.is_alphabetic() => {
                let word = stem.iter().chain([&sign]).chain(tail);
                let is_known = |language| Word::folding(language, word).is_known();
                if language.is_some_and(is_known) {
                    PROVEN
                } else {
                    0
                }
            }
            _ => SENSELESS,
        }
    }
}
