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

/// Characters of ASCII that are taken together.
const STRIDE: usize = 16;

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
    /// Whether there are question marks in a row, or one within a word or before it, as bytes that were lost leave them.
    pub(crate) asks: bool,
}

impl Cells {
    pub(crate) fn new(text: &str) -> Cells {
        let bytes = text.as_bytes();
        let room = text.len() + STRIDE;
        let mut chars: Vec<char> = vec!['\0'; room];
        let mut offsets: Vec<u32> = vec![0; room];
        let mut ids = vec![glyph::NONE; room];
        let mut marks = Vec::new();
        let (mut at, mut next) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            if !byte.is_ascii() {
                let c = text[at..].chars().next().unwrap_or_default();
                marks.push(next as u32);
                chars[next] = c;
                offsets[next] = at as u32;
                ids[next] = glyph::id(c);
                at += c.len_utf8();
                next += 1;
                continue;
            }
            // All of a stride, though only so many count: that costs less than to stop where they end.
            let stride = stride(&bytes[at..]);
            let plain = ascii_length(&stride).min(bytes.len() - at);
            let cells = next..next + STRIDE;
            for (c, byte) in chars[cells.clone()].iter_mut().zip(stride) {
                *c = char::from(byte);
            }
            for (ahead, offset) in offsets[cells].iter_mut().enumerate() {
                *offset = (at + ahead) as u32;
            }
            let ends_line = |byte: u8| byte == b'\n';
            if stride
                .iter()
                .fold(false, |any, &byte| any | ends_line(byte))
            {
                let ends = (0..plain).filter(|&ahead| ends_line(stride[ahead]));
                marks.extend(ends.map(|ahead| (next + ahead) as u32));
            }
            at += plain;
            next += plain;
        }
        chars.truncate(next);
        offsets.truncate(next);
        ids.truncate(next);
        offsets.push(at as u32);
        Cells {
            odds: odd::count_marked(&chars, &marks),
            asks: memchr::memchr_iter(b'?', bytes).any(|at| asks(bytes, at)),
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

/// Whether a question mark asks nothing: another follows, small letters stand on both sides, or it opens a word.
fn asks(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let behind = bytes.get(at + 1).copied().unwrap_or(b'\n');
    behind == b'?'
        || behind.is_ascii_lowercase() && before.is_some_and(|byte| byte.is_ascii_lowercase())
        || behind.is_ascii_alphabetic() && before.is_none_or(|byte| byte.is_ascii_whitespace())
}

/// The first bytes, and zeros where there are none.
fn stride(bytes: &[u8]) -> [u8; STRIDE] {
    match bytes.first_chunk() {
        Some(&stride) => stride,
        None => std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0)),
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
            "It rained all day,\nand then\nthe ca\u{E9}, which is longer than a stride or two.\n",
            "Sixteen letters.\u{E9}Sixteen letters.\nSixteen letters.",
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
