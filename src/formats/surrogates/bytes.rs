//! Bytes: surrogates that are written as bytes (CESU-8), which no UTF-8 has.

/// `line` with each surrogate that is written as bytes made an escape, and nothing else changed;
/// `None` where other bytes are not UTF-8.
pub(crate) fn as_escapes(line: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(line.len() + 64);
    let mut rest = line;
    while !rest.is_empty() {
        let (sound, bad) = match std::str::from_utf8(rest) {
            Ok(sound) => (sound, 0),
            Err(error) => {
                let (sound, _) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(sound).ok()?, 3)
            }
        };
        text.push_str(sound);
        rest = &rest[sound.len()..];
        if bad > 0 {
            let unit = surrogate_bytes(rest)?;
            text.push_str(&format!("\\u{unit:04x}"));
            rest = &rest[bad..];
        }
    }
    Some(text)
}

/// Bytes of `line` that an offset into [`as_escapes`] of it stands for.
pub(crate) fn offset_before_escaping(line: &[u8], escaped: usize) -> usize {
    let (mut at, mut length) = (0, 0);
    while length < escaped && at < line.len() {
        if surrogate_bytes(&line[at..]).is_some() {
            (at, length) = (at + 3, length + 6);
        } else {
            (at, length) = (at + 1, length + 1);
        }
    }
    at
}

/// The surrogate that `bytes` begin with, each of its halves written as a character.
pub(super) fn surrogate_bytes(bytes: &[u8]) -> Option<u16> {
    match *bytes {
        [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..] => {
            Some(0xD000 | (u16::from(second & 0x3F) << 6) | u16::from(third & 0x3F))
        }
        _ => None,
    }
}
