//! Scan: what every look through a whole text is made of, at the speed of reading.
//!
//! Most of a text is stretches of plain ASCII, passed over many bytes at a time, and characters whose
//! class a table knows. A table holds a row for each block of 64 characters, which in UTF-8 share all
//! but the last byte.

/// Bytes that are looked at together: two registers of SSE2, which the compiler makes of the loop.
const STRIDE: usize = 32;

/// How many bytes from the start are plain. The first must be. `is_plain` should have no branches.
#[inline]
pub(crate) fn plain_length(bytes: &[u8], is_plain: impl Fn(u8) -> bool) -> usize {
    // In many scripts a single space parts two words: no stride is tried for it.
    if bytes.get(1).is_none_or(|&byte| !is_plain(byte)) {
        return 1;
    }
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    let all_plain =
        |stride: &[u8; STRIDE]| stride.iter().fold(true, |all, &byte| all & is_plain(byte));
    let whole = strides
        .iter()
        .take_while(|stride| all_plain(stride))
        .count();
    let broken = strides.get(whole).map_or(rest, |stride| stride.as_slice());
    whole * STRIDE + broken.iter().take_while(|&&byte| is_plain(byte)).count()
}

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
    fn plain_stretches_end_where_they_end() {
        let is_plain = |byte: u8| byte == b'a';
        for length in 1..100 {
            let text = "a".repeat(length);
            assert_eq!(plain_length(text.as_bytes(), is_plain), length);
            let text = text + "-" + &"a".repeat(100);
            assert_eq!(plain_length(text.as_bytes(), is_plain), length);
        }
    }

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
