//! Cells: the text of a round, a character a cell, and where in it damage can be.
//!
//! Every step of a round looks at the same cells. Most hold ASCII, which is no damage by itself and
//! makes no odd pair; so the marks are walked, which are few, and not the cells.

use encoding_rs::Encoding;

use super::glyph;
use super::odd;

/// The text as the steps see it.
pub(crate) struct Cells {
    pub(crate) chars: Vec<char>,
    /// The byte that each character begins at, and the end of the text.
    pub(crate) offsets: Vec<usize>,
    /// Which glyph each character is.
    pub(crate) ids: Vec<u16>,
    /// Where line ends and characters beyond ASCII stand: between them nothing can be damaged.
    pub(crate) marks: Vec<u32>,
    /// Odd pairs of neighbours.
    pub(crate) odds: u32,
}

impl Cells {
    pub(crate) fn new(text: &str) -> Cells {
        let mut chars = Vec::with_capacity(text.len());
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let mut ids = Vec::with_capacity(text.len());
        let mut marks = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let next = chars.len();
            if c.is_ascii() {
                let plain = Encoding::ascii_valid_up_to(&text.as_bytes()[at..]);
                let plain = &text.as_bytes()[at..at + plain];
                let ends = memchr::memchr_iter(b'\n', plain);
                marks.extend(ends.map(|end| (next + end) as u32));
                chars.extend(plain.iter().map(|&byte| char::from(byte)));
                offsets.extend(at..at + plain.len());
                ids.resize(chars.len(), glyph::NONE);
                at += plain.len();
            } else {
                marks.push(next as u32);
                chars.push(c);
                offsets.push(at);
                ids.push(glyph::id(c));
                at += c.len_utf8();
            }
        }
        offsets.push(at);
        Cells {
            odds: odd::count(chars.iter().copied()),
            chars,
            offsets,
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
            let (offsets, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
            assert_eq!(cells.chars, chars);
            assert_eq!(cells.offsets, [offsets, vec![text.len()]].concat());
            let ids: Vec<u16> = chars.iter().map(|&c| glyph::id(c)).collect();
            assert_eq!(cells.ids, ids);
            let marked = |&(_, &c): &(usize, &char)| !c.is_ascii() || c == '\n';
            let marks = chars.iter().enumerate().filter(marked);
            let marks: Vec<u32> = marks.map(|(at, _)| at as u32).collect();
            assert_eq!(cells.marks, marks);
        }
    }
}
