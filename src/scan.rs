//! Scan: where a character stands in a table, and where it ends in a text.
//!
//! A table of characters holds a row for each block of 64, which in UTF-8 share all but the last byte.

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
}
