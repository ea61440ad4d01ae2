//! Oddness: which neighbours never stand together in sound prose.
//!
//! Being decodable is no evidence: sound words decode too. What gives mojibake away is that it puts
//! characters side by side that no writer does: a letter before a currency sign, a small letter
//! before a capital with an accent, two scripts in one word. The count of such pairs tells damaged
//! runs from natural ones, and must fall when a run is repaired.

pub(crate) use super::kind::{
    ARABIC, ARMENIAN, CYRILLIC, GREEK, HANGUL, HEBREW, Kind, LATIN, THAI, is_unspaced, is_wide,
    kind, script,
};
use Kind::*;

fn is_letter(kind: Kind) -> bool {
    matches!(kind, Lower | Upper | Letter | ThaiBefore | ThaiAfter)
}

/// Whether these two never touch in sound prose. Two ASCII characters are never odd.
pub(crate) fn odd(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return false;
    }
    let (ka, kb) = (kind(a), kind(b));
    if ka == Control || kb == Control {
        return true;
    }
    if kb == Mark {
        return script(b) != 0 && script(a) != script(b);
    }
    if matches!(ka, Lost | Mark) || kb == Lost {
        return false;
    }
    if is_letter(ka) && is_letter(kb) {
        let (sa, sb) = (script(a), script(b));
        if sa != sb && sa != 0 && sb != 0 {
            return true;
        }
        return matches!(
            (ka, kb),
            (Lower, Upper) | (ThaiBefore, ThaiBefore | ThaiAfter)
        );
    }
    if ka == ThaiBefore || kb == ThaiAfter {
        return true;
    }
    if is_letter(ka) {
        return match kb {
            Sign if a.is_ascii() && is_power(b) => false,
            Open | Currency | Sign | Other => true,
            Ordinal => !a.is_ascii() || b == '\u{A9}',
            Box => true,
            _ => false,
        };
    }
    if is_letter(kb) {
        return match ka {
            Trade | Sign | Other => ka != Other && kb != Upper || !b.is_ascii(),
            Ordinal => kb != Upper || !b.is_ascii(),
            Box => true,
            Close => a != '\u{2019}' && a != '\u{2032}' && !is_unspaced(script(b)),
            Currency => !b.is_ascii(),
            _ => false,
        };
    }
    match (ka, kb) {
        (Currency, Quote | Open | Close | Trade | Ordinal | Sign | Box) => true,
        (Currency, Plain) => !b.is_ascii(),
        (Quote | Open | Close | Plain, Currency) => !a.is_ascii() && ka != Quote && ka != Plain,
        (Sign, Sign) => is_spacing_accent(a) || is_spacing_accent(b),
        (Sign, Ordinal | Trade | Open | Box) => true,
        (Ordinal | Trade | Box | Open, Sign) => true,
        (Ordinal, Ordinal | Open | Quote) => true,
        (Open, Open | Close | Ordinal | Trade) => true,
        (Box, Ordinal | Trade | Currency | Quote | Close | Open) => true,
        (Quote | Close | Ordinal | Trade | Open, Box) => true,
        _ => false,
    }
}

/// Whether a sign is one of those that stand behind units: "km²".
fn is_power(c: char) -> bool {
    matches!(c, '\u{B2}' | '\u{B3}' | '\u{B9}')
}

/// Signs of Latin-1 and the Mac that never stand in pairs.
fn is_spacing_accent(c: char) -> bool {
    matches!(
        c as u32,
        0xA6..=0xA8 | 0xAC | 0xAF | 0xB1..=0xB4 | 0xB6 | 0xB8 | 0xB9 | 0xBC..=0xBE | 0xD7 | 0xF7 | 0x2C6..=0x2DD
    )
}

/// How many odd pairs there are among the neighbours, and marks that open or part in mid-word.
pub(crate) fn count(mut chars: impl Iterator<Item = char>) -> u32 {
    let Some(mut last) = chars.next() else {
        return 0;
    };
    let mut before = last;
    let mut odds = 0;
    for c in chars {
        odds += u32::from(is_odd(before, last, c));
        (before, last) = (last, c);
    }
    odds
}

/// The same, of characters of which all beyond ASCII are among the marked ones.
pub(crate) fn count_marked(chars: &[char], marks: &[u32]) -> u32 {
    /// More pairs than a text of one language has many of.
    const SLOTS: usize = 64;
    // A text has the same few pairs again and again.
    let mut kept = [(['\0'; 2], false); SLOTS];
    let mut ends_odd = |at: usize| {
        let Some(pair) = at.checked_sub(1).and_then(|last| chars.get(last..=at)) else {
            return false;
        };
        let pair = [pair[0], pair[1]];
        let number = u32::from(pair[0])
            .wrapping_mul(7)
            .wrapping_add(pair[1].into());
        let slot = &mut kept[number as usize % SLOTS];
        if slot.0 != pair {
            *slot = (pair, odd(pair[0], pair[1]));
        }
        slot.1 || parts_word(chars[at.saturating_sub(2)], pair[0], pair[1])
    };
    let places = marks.iter().map(|&at| at as usize);
    let odds = places.filter(|&at| !chars[at].is_ascii()).map(|at| {
        let follows = chars.get(at + 1).is_some_and(char::is_ascii);
        u32::from(ends_odd(at)) + u32::from(follows && ends_odd(at + 1))
    });
    odds.sum()
}

/// Whether the last two of these are an odd pair, or the middle one parts a word. What is odd is so by a
/// character beyond ASCII.
#[inline]
fn is_odd(before: char, last: char, c: char) -> bool {
    let plain = last.is_ascii() && c.is_ascii();
    !plain && (odd(last, c) || parts_word(before, last, c))
}

/// Whether a no-break space or a guillemet parts an accented capital from a small letter, a
/// no-break space from a space, or a sign that letter from another.
fn parts_word(before: char, mark: char, after: char) -> bool {
    let parts = matches!(mark, '\u{A0}' | '\u{AB}' | '\u{BB}')
        && !before.is_ascii()
        && kind(before) == Upper
        && (kind(after) == Lower || mark == '\u{A0}' && after == ' ');
    // The letter that C3 is in windows-1252, and a sign no word has inside.
    let tilde = before == '\u{C3}'
        && matches!(
            mark,
            '\u{2018}' | '\u{201C}' | '\u{2122}' | '\u{2020}' | '\u{2021}' | '\u{2022}'
        )
        && is_letter(kind(after));
    parts || tilde
}
