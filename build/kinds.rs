//! The table of what each character is to its neighbours.

use crate::blocks;
use crate::reader::repair::sound::kind::{kind, script};

/// The table as Rust.
pub fn to_rust() -> String {
    let entry = |c: Option<char>| {
        let c = c.unwrap_or('\0');
        format!("(Kind::{:?}, {})", kind(c), script(c))
    };
    blocks::to_rust("KIND_BLOCK_OF", "KINDS", "(Kind, u8)", 0x2_0000, entry)
}
