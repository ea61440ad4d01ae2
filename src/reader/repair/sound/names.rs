//! Names: words that a misreading does not yield by chance.
//!
//! `src/data/names.tsv` lists them; the language model holds their hashes.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::reader::language::{Language, Word};

/// The letters beyond ASCII of the charset that English is written in.
pub(crate) const WESTERN: RangeInclusive<char> = '\u{C0}'..='\u{FF}';
/// Letters of the shortest name that proves anything.
const LETTERS: usize = 4;
/// As many letters as no name has: a text may be one word without end.
const LONGEST: usize = 32;

/// Whether these letters are a name, or a loanword, that many languages write alike.
pub(crate) fn is_name(letters: &[char]) -> bool {
    let start = Word::start(Language::POOLED);
    letters.len() >= LETTERS
        && !letters.iter().all(char::is_ascii)
        && letters
            .iter()
            .fold(start, |word, &c| word.written(c))
            .is_known()
}

/// Whether these letters are a name, or a word of a language that English borrows from.
pub(crate) fn is_borrowed(word: &[char]) -> bool {
    /// Languages whose words and names stand in English text.
    static LENDERS: LazyLock<Vec<Language>> = LazyLock::new(|| {
        let codes = "en fr es pt de it nl sv da nb fi is pl cs sk hu ro hr sl tr lt lv";
        codes.split(' ').filter_map(Language::from_code).collect()
    });
    let is_in = |&language: &Language| Word::folding(language, word).is_known();
    is_name(word) || word.len() >= LETTERS && LENDERS.iter().any(is_in)
}

/// Which of these letters beyond ASCII make a name between others.
pub(crate) fn completions(
    before: &[char],
    letters: impl Iterator<Item = char>,
    behind: &[char],
) -> impl Iterator<Item = char> {
    let written = |word: Word, &c: &char| word.written(c);
    let begun = before.iter().fold(Word::start(Language::POOLED), written);
    let long = before.len() + 1 + behind.len() >= LETTERS;
    // No capital stands behind a small letter, in any of them, but for what Irish puts before one.
    let inside = before.len() > 1 && before.last().is_some_and(|c| c.is_lowercase());
    letters.filter(move |&letter| {
        let may_stand = || !(letter.is_ascii() || inside && letter.is_uppercase());
        let whole = || behind.iter().fold(begun.written(letter), written);
        long && may_stand() && whole().is_known()
    })
}

/// Whether a letter of Western Europe makes a name between these.
pub(crate) fn is_completed(before: &[char], behind: &[char]) -> bool {
    completions(before, WESTERN, behind).next().is_some()
}

/// The letters that end a text, and those that begin one, as far as a word goes.
pub(crate) fn around<'c>(before: &'c [char], behind: &'c [char]) -> (&'c [char], &'c [char]) {
    let letters = |c: &&char| c.is_alphabetic();
    let left = before.iter().rev().take(LONGEST).take_while(letters);
    let right = behind.iter().take(LONGEST).take_while(letters);
    let (left, right) = (left.count(), right.count());
    (&before[before.len() - left..], &behind[..right])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name and what it is each.
    const ROWS: &str = include_str!("../../../data/names.tsv");

    fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
        let lines = ROWS.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| line.split_once('\t').expect("two columns"))
    }

    #[test]
    fn every_row_is_known() {
        assert!(
            rows().map(|(name, _)| name).is_sorted_by(|a, b| a < b),
            "sorted, no row twice"
        );
        for (name, what) in rows() {
            assert!(
                matches!(what, "place" | "person" | "name" | "loanword"),
                "{what}"
            );
            let letters: Vec<char> = name.chars().collect();
            assert!(letters.iter().any(|c| !c.is_ascii()), "{name}");
            let turned = |pair: &[char]| {
                pair[0].is_lowercase() && pair[1].is_uppercase() && !pair[1].is_ascii()
            };
            assert!(!letters[1..].windows(2).any(turned), "{name}");
            assert!(
                letters.len() < LETTERS || is_name(&letters),
                "{name}: build words.bin again"
            );
        }
    }

    #[test]
    fn what_is_none_is_none() {
        for word in [
            "Skoda",
            "\u{161}koda",
            "Dvo\u{159}\u{ED}k",
            "caf\u{E8}",
            "\u{141}\u{F3}d",
        ] {
            assert!(!is_name(&word.chars().collect::<Vec<_>>()), "{word}");
        }
    }
}
