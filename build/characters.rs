//! The table of characters that the Unicode step has to look at, as classes of one byte.

use std::fmt::Write;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use crate::invisible::invisible;

/// Characters of one block of the table: those that share all but the last byte of their UTF-8.
const BLOCK: u32 = 64;

/// The table as Rust: `CLASSES[CLASS_BLOCK_OF[c >> 6]][c & 0x3F]` for every character.
pub fn to_rust() -> String {
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut block_of = Vec::new();
    for first in (0..0x11_0000).step_by(BLOCK as usize) {
        let codes = first..first + BLOCK;
        let block = codes
            .map(|code| char::from_u32(code).map_or(0, class))
            .collect();
        let known = blocks.iter().position(|other| *other == block);
        block_of.push(known.unwrap_or(blocks.len()));
        if known.is_none() {
            blocks.push(block);
        }
    }
    let mut rust = String::new();
    let _ = writeln!(
        rust,
        "static CLASS_BLOCK_OF: [u8; {}] = {block_of:?};",
        block_of.len()
    );
    let _ = writeln!(
        rust,
        "static CLASSES: [[u8; {BLOCK}]; {}] = {blocks:?};",
        blocks.len()
    );
    rust
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
