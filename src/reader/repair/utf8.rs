//! UTF-8, one character at a time, over bytes that may have been lost or altered.

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
}
