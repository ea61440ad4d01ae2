//! Tables of characters, as `scan::place` finds them: a row for each block of 64, equal rows once.

use std::fmt::Write;

/// Characters of a block: those that share all but the last byte of their UTF-8.
const BLOCK: u32 = 64;

/// Two tables as Rust, for all code points below `end`: which row each block has, and the rows. What
/// `entry` gives for a code point, or for a surrogate, is of the type `kind`.
pub fn to_rust(
    index: &str,
    rows: &str,
    kind: &str,
    end: u32,
    mut entry: impl FnMut(Option<char>) -> String,
) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut block_of = Vec::new();
    for first in (0..end).step_by(BLOCK as usize) {
        let codes = first..first + BLOCK;
        let entries: Vec<String> = codes.map(|code| entry(char::from_u32(code))).collect();
        let block = format!("[{}]", entries.join(", "));
        let known = blocks.iter().position(|other| *other == block);
        block_of.push(known.unwrap_or(blocks.len()));
        if known.is_none() {
            blocks.push(block);
        }
    }
    let mut rust = String::new();
    let _ = writeln!(
        rust,
        "static {index}: [u16; {}] = {block_of:?};",
        block_of.len()
    );
    let count = blocks.len();
    let blocks = blocks.join(",\n    ");
    let _ = writeln!(
        rust,
        "static {rows}: [[{kind}; {BLOCK}]; {count}] = [\n    {blocks}\n];"
    );
    rust
}
