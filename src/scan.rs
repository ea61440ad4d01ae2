//! Scan: where a character stands in a table, and where it ends in a text.
//!
//! A table of characters holds a row for each block of 64, which in UTF-8 share all but the last byte.

use std::ops::Range;

/// Where a table of blocks has the character that `bytes` begin with, beyond ASCII: its block, its
/// place there, and its length in bytes.
#[inline]
pub(crate) fn place(bytes: &[u8]) -> (usize, usize, usize) {
    let low = |byte: u8| usize::from(byte & 0x3F);
    match *bytes {
        [lead @ ..0xE0, last, ..] => (usize::from(lead & 0x1F), low(last), 2),
        [lead @ ..0xF0, second, last, ..] => {
            (usize::from(lead & 0x0F) << 6 | low(second), low(last), 3)
        }
        [lead, second, third, last, ..] => {
            let plane = usize::from(lead & 0x07) << 12;
            (plane | low(second) << 6 | low(third), low(last), 4)
        }
        _ => (0, 0, 1),
    }
}

/// How many bytes of ASCII there are from the start: eight at a time, since in damaged text they are few.
#[inline]
pub(crate) fn ascii_length(bytes: &[u8]) -> usize {
    const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks();
    for (number, &word) in words.iter().enumerate() {
        let others = u64::from_le_bytes(word) & HIGHEST_BITS;
        if others != 0 {
            return number * size_of::<u64>() + others.trailing_zeros() as usize / 8;
        }
    }
    let ascii = rest.iter().take_while(|byte| byte.is_ascii());
    bytes.len() - rest.len() + ascii.count()
}

/// The line that the byte at `at` is on, without its line end.
pub(crate) fn line_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |length| at + length);
    start..end
}

/// The end of a character at this byte offset or before it.
pub(crate) fn boundary_before(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places
        .find(|&place| text.is_char_boundary(place))
        .unwrap_or(0)
}

/// The end of a character at this byte offset or behind it.
pub(crate) fn boundary_after(text: &str, at: usize) -> usize {
    let mut places = at..text.len();
    places
        .find(|&place| text.is_char_boundary(place))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_place() {
        for c in '\u{80}'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            let code = c as usize;
            assert_eq!(place(bytes), (code >> 6, code & 0x3F, bytes.len()));
        }
    }

    #[test]
    fn ascii_is_measured_to_the_byte() {
        for length in 0..40 {
            let mut text = "a".repeat(length);
            assert_eq!(ascii_length(text.as_bytes()), length);
            text += "\u{E9}aaaaaaaaa";
            assert_eq!(ascii_length(text.as_bytes()), length);
        }
    }
}
