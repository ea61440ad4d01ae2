//! Word: wide characters in a row, which are sound as soon as one of them is.
//!
//! A run is damage only as far as its word goes: where that goes on undecoded it is hanzi that someone wrote.
//! So one character that is part of UTF-8 in no charset clears all of its word, however rare its neighbours are.

use super::super::charsets::pairs;
use super::super::sound::odd;
use super::{fits, is_wide};

/// How many characters are looked at on either side: sound words have one that tells among the first few.
const REACH: usize = 32;

/// Whether the wide characters in a row that stand around a place are sound, however rare they are.
pub(crate) fn is_sound(text: &str, at: usize) -> bool {
    let Some(script) = text[at..].chars().next().map(odd::script) else {
        return false;
    };
    if !odd::is_wide(script) {
        return false;
    }
    let is_of_word = |c: &char| odd::script(*c) == script;
    // Digits and letters beside a word tell of signs in it, and marks of lost bytes.
    let parts = |c: Option<char>| {
        c.is_none_or(|c| !c.is_alphanumeric() && !is_wide(c) && !matches!(c, '?' | '\u{FFFD}'))
    };
    let mut before = text[..at].chars().rev().peekable();
    let mut behind = text[at..].chars().peekable();
    let mut word = Vec::with_capacity(2 * REACH);
    for _ in 0..REACH {
        word.extend(before.next_if(is_of_word));
        word.extend(behind.next_if(is_of_word));
    }
    let ends = |next: Option<char>| next.as_ref().is_some_and(is_of_word) || parts(next);
    ends(before.next())
        && ends(behind.next())
        && pairs::all().all(|pairs| word.iter().any(|&c| !fits(pairs, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sound_character_clears_its_word() {
        let sound = |before: &str, behind: &str| is_sound(&[before, behind].concat(), before.len());
        // Rare hanzi in words of common ones: "suffering from cancer", "muddle-headed".
        assert!(sound(
            "\u{FF0C}\u{5144}\u{5F1F}\u{7F79}",
            "\u{60A3}\u{5927}\u{80A0}\u{764C}\u{8005}\u{3002}"
        ));
        assert!(sound(
            "\u{540E}\u{6765}\u{751F}\u{6D3B}\u{53C8}\u{6D51}",
            "\u{6D51}\u{5669}\u{5669}\u{FF0C}"
        ));
        // Damage: what signs and letters are read as, beside Latin letters or by itself.
        for (before, behind) in [
            ("don\u{9225}", "\u{6A9B}"),
            ("\u{9225}", "\u{6E2E}e"),
            ("", "\u{7ED7}"),
            ("\u{93BC}\u{6EC5}", "\u{50A8}"),
            ("\u{934F}\u{60E7}", "\u{7D11}?"),
        ] {
            assert!(!sound(before, behind), "{before}{behind}");
        }
    }
}
