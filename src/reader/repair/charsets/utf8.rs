//! UTF-8, one character at a time, over bytes that may have been lost or altered.

/// The most bytes of one character: two halves of a surrogate pair, each written as a character.
pub(crate) const MOST: usize = 6;

/// What surrogates begin with.
pub(crate) const SURROGATE_LEAD: u8 = 0xED;

/// A lead byte and room for the rest.
pub(crate) fn led(lead: u8) -> [u8; MOST] {
    let mut bytes = [0; MOST];
    bytes[0] = lead;
    bytes
}

/// The character of two surrogates that were written as characters, as CESU-8 does.
pub(crate) fn surrogates(bytes: [u8; MOST]) -> Option<char> {
    let [0xED, high @ 0xA0..=0xAF, a, 0xED, low @ 0xB0..=0xBF, b] = bytes else {
        return None;
    };
    if !continues(a) || !continues(b) {
        return None;
    }
    let half = |middle: u8, last: u8| u32::from(middle & 0x0F) << 6 | u32::from(last & 0x3F);
    char::from_u32(0x10000 + (half(high, a) << 10) + half(low, b))
}

/// The bytes as text, surrogate pairs written as characters included, if they are sound.
pub(crate) fn decode_cesu8(mut bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    while let Some((&lead, _)) = bytes.split_first() {
        let pair = bytes.first_chunk().and_then(|six| surrogates(*six));
        let len = match pair {
            Some(_) => MOST,
            None => length(lead).max(1),
        };
        let (first, rest) = bytes.split_at_checked(len)?;
        text.push(match pair {
            Some(c) => c,
            None if lead < 0x80 => char::from(lead),
            None => decode(first)?,
        });
        bytes = rest;
    }
    Some(text)
}

/// How many bytes a lead byte announces; 0 if it is none.
#[inline]
pub(crate) fn length(lead: u8) -> usize {
    match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 0,
    }
}

/// The block of 64 code points of a character, by all its bytes but the last.
pub(crate) fn block(bytes: &[u8]) -> u32 {
    let bits = |byte: u8| u32::from(byte & 0x3F);
    match *bytes {
        [lead] => u32::from(lead & 0x1F),
        [lead, second] => u32::from(lead & 0x0F) << 6 | bits(second),
        [lead, second, third] => u32::from(lead & 0x07) << 12 | bits(second) << 6 | bits(third),
        _ => 0,
    }
}

/// Whether a byte continues a character.
#[inline]
pub(crate) fn continues(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// The character that whole, valid bytes stand for.
#[inline]
pub(crate) fn decode(bytes: &[u8]) -> Option<char> {
    let (&lead, rest) = bytes.split_first()?;
    if length(lead) != bytes.len() || !rest.iter().all(|&b| continues(b)) {
        return None;
    }
    character(bytes)
}

/// The character of bytes of which the first announces so many, and all others continue it.
#[inline]
pub(crate) fn character(bytes: &[u8]) -> Option<char> {
    let (&lead, rest) = bytes.split_first()?;
    let mut value = u32::from(lead) & (0x7F >> bytes.len());
    for &byte in rest {
        value = value << 6 | u32::from(byte & 0x3F);
    }
    let least = [0, 0, 0x80, 0x800, 0x10000][bytes.len()];
    if value < least {
        None
    } else {
        char::from_u32(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard_library() {
        for c in (0x80..=0x10FFFF).filter_map(char::from_u32) {
            let mut buffer = [0; 4];
            assert_eq!(decode(c.encode_utf8(&mut buffer).as_bytes()), Some(c));
        }
        for bytes in [
            &[0xC0, 0x80][..],
            &[0xE0, 0x80, 0x80],
            &[0xED, 0xA0, 0x80],
            &[0xF4, 0x90, 0x80, 0x80],
            &[0xC3],
        ] {
            assert_eq!(decode(bytes), None);
        }
    }

    #[test]
    fn surrogates_make_one_character() {
        let face = [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x8D];
        assert_eq!(surrogates(face), Some('\u{1F60D}'));
        assert_eq!(surrogates([0xED, 0xB8, 0x8D, 0xED, 0xA0, 0xBD]), None);
        let text = [b"a\xC3\xA9", &face[..]].concat();
        assert_eq!(decode_cesu8(&text).as_deref(), Some("a\u{E9}\u{1F60D}"));
        assert_eq!(decode_cesu8(&face[..3]), None);
    }
}
