//! Rules: what a character is to its neighbours, as it is defined. The compiler tabulates it.

/// What a character is, as far as its neighbours care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Space,
    Digit,
    /// A small letter.
    Lower,
    /// A capital.
    Upper,
    /// A letter of a script without case.
    Letter,
    /// A mark that sits on a letter.
    Mark,
    /// A Thai vowel that is written before its consonant.
    ThaiBefore,
    /// A Thai vowel or tone that must follow a consonant.
    ThaiAfter,
    /// An opening quotation mark, which some languages close with.
    Quote,
    /// A low or inverted opening mark, which never follows a letter.
    Open,
    /// A closing quotation mark.
    Close,
    /// A dash, ellipsis or ASCII punctuation: at home anywhere.
    Plain,
    /// A trademark-like sign, which may follow a capital word.
    Trade,
    /// An ordinal, degree or copyright sign.
    Ordinal,
    Currency,
    /// Any other sign: mathematics, fractions, spacing accents.
    Sign,
    /// A box-drawing or block character.
    Box,
    Control,
    /// An emoji or a picture: people set them anywhere.
    Emoji,
    /// Everything of which nothing is known.
    Other,
    /// U+FFFD.
    Lost,
}

use Kind::*;

/// The scripts that some rule names.
pub(crate) const LATIN: u8 = 1;
pub(crate) const GREEK: u8 = 2;
pub(crate) const CYRILLIC: u8 = 3;
pub(crate) const ARMENIAN: u8 = 4;
pub(crate) const HEBREW: u8 = 5;
pub(crate) const ARABIC: u8 = 6;
pub(crate) const THAI: u8 = 30;
pub(crate) const LAO: u8 = 31;
pub(crate) const BURMESE: u8 = 33;
pub(crate) const HANGUL: u8 = 35;
pub(crate) const KHMER: u8 = 37;
/// Hanzi and kana.
pub(crate) const HAN: u8 = 38;

/// Whether a script's letters are those that the multi-byte charsets hold.
pub(crate) fn is_wide(script: u8) -> bool {
    matches!(script, HANGUL | HAN)
}

/// Whether a script sets its words and marks without spaces between them.
pub(crate) fn is_unspaced(script: u8) -> bool {
    matches!(script, LAO | BURMESE | KHMER) || is_wide(script)
}

/// A script, as far as it must not change within a word; 0 for what belongs to any.
pub(crate) fn script(c: char) -> u8 {
    match c as u32 {
        0x41..=0x5A | 0x61..=0x7A => LATIN,
        0xAA | 0xBA | 0xB5 | 0xD7 | 0xF7 => 0,
        0xC0..=0x24F | 0x1E00..=0x1EFF => LATIN,
        0x250..=0x2AF => LATIN,
        0x370..=0x3FF | 0x1F00..=0x1FFF => GREEK,
        0x400..=0x52F => CYRILLIC,
        0x530..=0x58F => ARMENIAN,
        0x590..=0x5FF | 0xFB1D..=0xFB4F => HEBREW,
        0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => ARABIC,
        0x700..=0x74F => 7,
        0x780..=0x7FF => 8,
        c @ 0x900..=0xDFF => 9 + ((c - 0x900) >> 7) as u8,
        0xE00..=0xE7F => THAI,
        0xE80..=0xEFF => LAO,
        0xF00..=0xFFF => 32,
        0x1000..=0x109F => BURMESE,
        0x10A0..=0x10FF => 34,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => HANGUL,
        0x1200..=0x139F => 36,
        0x1780..=0x17FF => KHMER,
        0x3005 | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F => HAN,
        _ => 0,
    }
}

/// The kind of a character.
pub(crate) fn kind(c: char) -> Kind {
    match c as u32 {
        0x09..=0x0D | 0x20 | 0xA0 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x3000 => Space,
        0x30..=0x39 | 0x660..=0x669 | 0x6F0..=0x6F9 | 0xE50..=0xE59 => Digit,
        0x41..=0x5A => Upper,
        0x61..=0x7A => Lower,
        0x00..=0x7F => Plain,
        0x80..=0x9F => Control,
        0xA1 | 0xBF | 0x201A | 0x201E => Open,
        0xAB | 0xBB | 0x2018 | 0x201C | 0x2039 | 0x203A | 0x201B | 0x201F => Quote,
        0x2019 | 0x201D | 0x2032 | 0x2033 => Close,
        0xA2..=0xA5 | 0x20A0..=0x20CF | 0xE3F => Currency,
        0xA9 | 0xAA | 0xB0 | 0xBA => Ordinal,
        0xAE | 0x2122 | 0x2120 => Trade,
        // Modifier letters, as in Hawai\u{2BB}i, stand where a mark does, and the dotted circle for any letter.
        0xAD
        | 0xB7
        | 0x2B0..=0x2C5
        | 0x3001..=0x3004
        | 0x3006..=0x303F
        | 0xFF01..=0xFF0F
        | 0xFF1A..=0xFF20
        | 0xFF3B..=0xFF40
        | 0xFF5B..=0xFF65
        | 0x2010..=0x2015
        | 0x2026
        | 0x25CC
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x60C
        | 0x61B
        | 0x61F
        | 0x5BE
        | 0x5F3
        | 0x5F4
        | 0x640 => Plain,
        0x2020 | 0x2021 => Trade,
        0xA6..=0xA8
        | 0xAC
        | 0xAF
        | 0xB1..=0xB4
        | 0xB6
        | 0xB8
        | 0xB9
        | 0xBC..=0xBE
        | 0xD7
        | 0xF7 => Sign,
        0x2C6..=0x2DD
        | 0x2022
        | 0x2030
        | 0x2031
        | 0x2044
        | 0x2070..=0x209F
        | 0x2100..=0x2121
        | 0x2123..=0x21FF
        | 0x2200..=0x23FF
        | 0x384
        | 0x385 => Sign,
        0xB5 => Lower,
        0x300..=0x36F
        | 0x483..=0x489
        | 0x591..=0x5BD
        | 0x5BF..=0x5C7
        | 0x610..=0x61A
        | 0x64B..=0x65F
        | 0x670
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F => Mark,
        0xE40..=0xE44 => ThaiBefore,
        0xE30..=0xE3A | 0xE45 | 0xE47..=0xE4E => ThaiAfter,
        0x2500..=0x25FF => Box,
        0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF => Emoji,
        0xFFFD => Lost,
        // Marks that Thai sets between verses.
        0xE4F | 0xE5A | 0xE5B => Sign,
        0xC0..=0x24F | 0x370..=0x58F | 0x10A0..=0x10FF | 0x1E00..=0x1FFF => {
            if c.is_uppercase() {
                Upper
            } else if c.is_lowercase() {
                Lower
            } else {
                Letter
            }
        }
        _ if script(c) != 0 => Letter,
        _ => Other,
    }
}
