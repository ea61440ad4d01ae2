//! The table of suspicious neighbours: `touch::fires` of every pair of characters, in little.
//!
//! Characters that fire with the same neighbours are of one class. So a character costs a look-up of
//! its class, and a pair one bit of the class's row.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::blocks;
use crate::reader::repair::touch::{self, fires};
use crate::reader::repair::{glyph, odd};

/// The most classes: as many as a byte tells apart, so that no look-up has a bound to check.
const ROW: usize = 256;

/// What decides how a character fires that is neither ASCII nor a glyph.
type Kind = (u8, u8, bool, bool);

fn kind(c: char) -> Kind {
    let (wide, rare) = (touch::is_wide(c), touch::is_wide(c) && touch::is_rare(c));
    (odd::kind(c) as u8, odd::script(c), wide, rare)
}

fn is_glyph(c: char) -> bool {
    glyph::id(c) != 0
}

/// The tables as Rust.
pub fn to_rust() -> String {
    // General punctuation goes by the character, not by the kind.
    let is_single = |c: char| c.is_ascii() || is_glyph(c) || ('\u{2000}'..='\u{206F}').contains(&c);
    let chars = || (0..0x10000).filter_map(char::from_u32);
    let mut kinds: BTreeMap<Kind, char> = BTreeMap::new();
    for c in chars().filter(|&c| !is_single(c)) {
        kinds.entry(kind(c)).or_insert(c);
    }
    // All characters that may fire in a way of their own, and one of each kind of the others.
    let samples: Vec<char> = chars()
        .filter(|&c| is_single(c))
        .chain(kinds.values().copied())
        .collect();

    let mut classes: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    let mut class_of: BTreeMap<char, usize> = BTreeMap::new();
    let mut first_of: Vec<char> = Vec::new();
    for &c in &samples {
        let before = samples.iter().map(|&other| fires(other, c));
        let behind = samples.iter().map(|&other| fires(c, other));
        let next = classes.len();
        let class = *classes
            .entry(before.chain(behind).collect())
            .or_insert(next);
        if class == next {
            first_of.push(c);
        }
        class_of.insert(c, class);
    }
    let class = |c: char| class_of[if is_single(c) { &c } else { &kinds[&kind(c)] }];

    assert!(
        first_of.len() <= ROW,
        "{} classes are too many",
        first_of.len()
    );
    let mut rows = vec![vec![false; ROW]; ROW];
    for (row, &a) in rows.iter_mut().zip(&first_of) {
        for (cell, &b) in row.iter_mut().zip(&first_of) {
            *cell = fires(a, b);
        }
    }

    let entry = |c: Option<char>| c.map_or(0, class).to_string();
    let mut rust = blocks::to_rust("BLOCK_OF", "BLOCKS", "u8", 0x1_0000, entry);
    let _ = writeln!(rust, "static FIRES: [[bool; {ROW}]; {ROW}] = {rows:?};");
    // GRINNING FACE stands for all characters beyond U+FFFF.
    let astral = class_of[&kinds[&kind('\u{1F600}')]];
    let _ = writeln!(rust, "const ASTRAL: u8 = {astral};");
    rust
}
