//! Cells: the text of a round, a character a cell, and where in it damage can be.
//!
//! Every step of a round looks at the same cells. Most hold ASCII, which is no damage by itself and
//! makes no odd pair; so the marks are walked, which are few, and not the cells.

use std::ops::Range;

use super::charsets::glyph;
use super::sound::odd;
use crate::scan::ascii_length;

/// The byte that each character of a text begins at, and the end of the text. Narrow, as all that is kept
/// for each character of a page is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Places(Vec<u32>);

impl Places {
    pub(crate) fn of(text: &str) -> Places {
        let ends = std::iter::once(text.len());
        let begins = text.char_indices().map(|(at, _)| at);
        Places(begins.chain(ends).map(|at| at as u32).collect())
    }

    /// The bytes of some characters.
    pub(crate) fn span(&self, chars: Range<usize>) -> Range<usize> {
        self.0[chars.start] as usize..self.0[chars.end] as usize
    }

    /// The character that begins at a byte.
    pub(crate) fn char_at(&self, byte: usize) -> usize {
        self.0.partition_point(|&other| (other as usize) < byte)
    }
}

/// The text as the steps see it.
pub(crate) struct Cells {
    pub(crate) chars: Vec<char>,
    pub(crate) places: Places,
    /// Which glyph each character is.
    pub(crate) ids: Vec<u16>,
    /// Where line ends and characters beyond ASCII stand: between them nothing can be damaged.
    pub(crate) marks: Vec<u32>,
    /// Odd pairs of neighbours.
    pub(crate) odds: u32,
    /// Whether there are question marks in a row, as bytes that were lost leave them.
    pub(crate) asks: bool,
}

impl Cells {
    pub(crate) fn new(text: &str) -> Cells {
        let mut chars = Vec::with_capacity(text.len());
        let mut offsets: Vec<u32> = Vec::with_capacity(text.len() + 1);
        let mut ids = Vec::with_capacity(text.len());
        let mut marks = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let next = chars.len();
            if c.is_ascii() {
                let plain = ascii_length(&text.as_bytes()[at..]);
                let plain = &text.as_bytes()[at..at + plain];
                let ends = memchr::memchr_iter(b'\n', plain);
                marks.extend(ends.map(|end| (next + end) as u32));
                chars.extend(plain.iter().map(|&byte| char::from(byte)));
                offsets.extend(at as u32..(at + plain.len()) as u32);
                ids.resize(chars.len(), glyph::NONE);
                at += plain.len();
            } else {
                marks.push(next as u32);
                chars.push(c);
                offsets.push(at as u32);
                ids.push(glyph::id(c));
                at += c.len_utf8();
            }
        }
        offsets.push(at as u32);
        Cells {
            odds: odd::count_marked(&chars, &marks),
            asks: memchr::memmem::find(text.as_bytes(), b"??").is_some(),
            chars,
            places: Places(offsets),
            ids,
            marks,
        }
    }

    /// The characters beyond ASCII.
    pub(crate) fn beyond_ascii(&self) -> impl Iterator<Item = char> {
        let marks = self.marks.iter();
        marks.map(|&at| self.chars[at as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_cell() {
        for text in [
            "",
            "a\nb",
            "\u{E2}\u{20AC}\u{2122}",
            "it\u{2019}s\n\u{1F600} 5 \u{B0}C\n",
        ] {
            let cells = Cells::new(text);
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(cells.chars, chars);
            assert_eq!(cells.places, Places::of(text));
            let ids: Vec<u16> = chars.iter().map(|&c| glyph::id(c)).collect();
            assert_eq!(cells.ids, ids);
            let marked = |&(_, &c): &(usize, &char)| !c.is_ascii() || c == '\n';
            let marks = chars.iter().enumerate().filter(marked);
            let marks: Vec<u32> = marks.map(|(at, _)| at as u32).collect();
            assert_eq!(cells.marks, marks);
            assert_eq!(cells.odds, odd::count(chars.iter().copied()), "{text:?}");
        }
    }
}
