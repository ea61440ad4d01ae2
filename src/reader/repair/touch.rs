//! Touch: which two neighbours make a text worth a closer look.
//!
//! Nearly all damage puts characters side by side that no writer does, so sound text is passed over
//! by looking at pairs alone. The compiler tabulates [`fires`] for every pair of the Basic
//! Multilingual Plane (`build/touch.rs`).

use super::charsets::glyph;
use super::sound::kind;
use super::sound::odd::{self, Kind};
use crate::reader::language::{self, BIT};

/// From this cost on a hanzi, kana or hangul is rare: hardly one in a hundred characters of sound
/// Chinese, Japanese and Korean text, and most of what misreading makes.
const RARE: u16 = 13 * BIT;

/// Whether two neighbours may be the work of a misreading.
pub(crate) fn fires(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return false;
    }
    if [a, b].into_iter().any(is_never_meant) {
        return true;
    }
    let glyphs = [a, b].into_iter().any(|c| glyph::id(c) != 0);
    glyphs && odd::odd(a, b)
        || is_led_on(a, b)
        || opens_character(a, b)
        || is_bare_lead(a, b)
        || is_swallowed(a, b)
}

/// Whether a character that a multi-byte charset has may stand by itself among ASCII: a sign of its own, or
/// a letter behind a capital.
pub(crate) fn may_be_lone(a: char, b: char) -> bool {
    is_wide(b) && (a == ' ' && is_rare(b) || a.is_ascii_uppercase())
}

/// The first two bytes of signs and of emoji, and of accented Latin letters where their glyphs are
/// Latin: they look like sound letters in some charset.
fn opens_character(a: char, b: char) -> bool {
    // Where the lead's glyph is a sign or a box, a letter or sign behind it makes no word.
    let accents = (('\u{C2}'..='\u{C5}').contains(&a) || odd::script(a) == 0)
        && !a.is_ascii()
        && !b.is_ascii();
    // Two letters of another script than Latin make words in all of them.
    let signs = odd::script(a) <= odd::LATIN || odd::script(a) != odd::script(b);
    let cyrillic = odd::script(a) == odd::CYRILLIC;
    let letter = odd::script(b) != 0;
    // Only Macedonian has it, and not behind a capital.
    let dze = matches!(b, '\u{405}' | '\u{455}');
    let (a, b) = (glyph::id(a), glyph::id(b));
    (0..glyph::COUNT).any(|k| match (glyph::byte(k, a), glyph::inner_byte(k, b)) {
        (0xE2, 0x80) | (0xF0, 0x9F) => true,
        (0xE2, 0x81..=0x9F) => signs,
        // The end of the check mark: its first two bytes are letters of one word.
        (0x9C, 0x85) if cyrillic => !letter,
        // Signs that stand before a figure; no alphabet has these capitals side by side.
        (0xC2, 0xA2..=0xA9) if cyrillic => true,
        (0xC2, 0xBD..=0xBE) if cyrillic => dze,
        (0xC2..=0xC5, 0x80..=0xBF) => accents,
        _ => false,
    })
}

/// A letter of another script and a dash close behind it: Cyrillic in a charset of the Mac, where
/// dashes are lead bytes.
fn is_led_on(a: char, b: char) -> bool {
    odd::script(a) > odd::LATIN && matches!(b, '\u{2013}' | '\u{2014}')
}

/// C1 controls and U+FFFD.
fn is_never_meant(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '\u{FFFD}')
}

/// C2 or C3 as Latin charsets show it, and a no-break space or what later steps made of one.
fn is_bare_lead(a: char, b: char) -> bool {
    let is_letter = matches!(odd::kind(b), Kind::Upper | Kind::Lower);
    match a {
        '\u{C2}' | '\u{C3}' | '\u{102}' => b == '\u{A0}' || b.is_ascii() && !is_letter,
        '\u{C4}' | '\u{C5}' => b == '\u{A0}',
        _ => false,
    }
}

/// What misreading through a multi-byte charset leaves: rare characters side by side, or beside the
/// letter or the mark that is left of what they swallowed.
fn is_swallowed(a: char, b: char) -> bool {
    match (is_wide(a), is_wide(b)) {
        (true, true) => is_rare(a) && is_rare(b),
        (true, false) => is_rare(a) && (b.is_ascii_lowercase() || b == '?'),
        (false, true) => a.is_ascii_lowercase() || a == '?' && is_rare(b),
        (false, false) => false,
    }
}

/// Whether a multi-byte charset has it for two bytes, or for one that may be half of a pair. None has
/// the parts that a hangul is composed of.
pub(crate) fn is_wide(c: char) -> bool {
    match c {
        '\u{1100}'..='\u{11FF}' => false,
        '\u{E000}'..='\u{F8FF}' | '\u{FF61}'..='\u{FF9F}' => true,
        _ => matches!(odd::script(c), odd::HANGUL | kind::HAN),
    }
}

pub(crate) fn is_rare(c: char) -> bool {
    language::commonness(c) >= RARE
}
