//! The table of characters that the Unicode step has to look at, as classes of one byte.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use crate::blocks;
use crate::invisible::invisible;

/// The table as Rust.
pub fn to_rust() -> String {
    let entry = |c: Option<char>| c.map_or(0, class).to_string();
    blocks::to_rust("CLASS_BLOCK_OF", "CLASSES", "u8", 0x11_0000, entry)
}

/// 0 for a character that stays whatever stands around it, 1 for a mark that only another mark before
/// it can displace, 2 for anything else.
fn class(c: char) -> u8 {
    if invisible(c).is_some() || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes {
        2
    } else {
        u8::from(canonical_combining_class(c) != 0)
    }
}
