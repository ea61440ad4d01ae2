//! The table of what can be part of a word.

use crate::blocks;
use crate::reader::letters::part;

/// The table as Rust.
pub fn to_rust() -> String {
    let entry = |c: Option<char>| format!("Part::{:?}", part(c.unwrap_or('\0')));
    blocks::to_rust("PART_BLOCK_OF", "PARTS", "Part", 0x1_0000, entry)
}
