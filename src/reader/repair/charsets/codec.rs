//! Codec: charsets by the name a [`Step`](super::super::Step) gives them, so that every step replays.

use super::super::entities;
use super::{charset, glyph, pairs, utf8};

/// The name of UTF-8.
pub(crate) const UTF8: &str = "UTF-8";

/// The name of UTF-8 in which each surrogate is written as a character.
pub(crate) const CESU8: &str = "CESU-8";

/// What an encoder writes for a character that the charset does not have; a step then replaces it.
pub(crate) const SUBSTITUTE: u8 = 0x1A;

/// The name of a single-byte charset as a misreading: `+1252` where windows-1252 fills its gaps.
pub(crate) fn misreading(charset: usize, hybrid: bool) -> &'static str {
    let charset = &charset::CHARSETS[charset];
    if hybrid { charset.filled } else { charset.name }
}

/// The name of the charset itself, whether or not windows-1252 fills its gaps.
pub(crate) fn without_filling(name: &str) -> &str {
    name.strip_suffix("+1252").unwrap_or(name)
}

fn single(name: &str) -> Option<usize> {
    charset::named(without_filling(name))
}

/// The text as bytes of a charset; what the charset lacks becomes [`SUBSTITUTE`].
pub(crate) fn encode(text: &str, name: &str) -> Option<Vec<u8>> {
    if name == UTF8 {
        return Some(text.as_bytes().to_vec());
    }
    if let Some(pairs) = pairs::named(name) {
        return Some(pairs.encode(text, SUBSTITUTE));
    }
    let charset = single(name)?;
    Some(
        text.chars()
            .map(|c| {
                if c.is_ascii() {
                    return c as u8;
                }
                match glyph::byte(charset, glyph::id(c)) {
                    0 => SUBSTITUTE,
                    byte => byte,
                }
            })
            .collect(),
    )
}

/// The bytes read as a charset, if they are sound in it.
pub(crate) fn decode(bytes: &[u8], name: &str) -> Option<String> {
    if name == UTF8 {
        return std::str::from_utf8(bytes).ok().map(str::to_owned);
    }
    if name == CESU8 {
        return utf8::decode_cesu8(bytes);
    }
    if pairs::is_one(name) {
        return pairs::decode(name, bytes);
    }
    let charset = &charset::CHARSETS[single(name)?];
    bytes.iter().map(|&byte| charset.read(byte)).collect()
}

/// The text without the escapes of one notation.
pub(crate) fn unescape(text: &str, what: &str) -> Option<String> {
    entities::undo(text, what)
}
