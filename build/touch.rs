//! Suspicious neighbours: `touch::fires` of every pair of characters, in little. Characters that fire
//! with the same neighbours are of one class.

use std::collections::BTreeMap;

use crate::look;
use crate::reader::repair::charsets::glyph;
use crate::reader::repair::sound::odd;
use crate::reader::repair::touch::{self, fires, may_be_lone};

/// Why two neighbours are worth a look.
fn reasons(a: char, b: char) -> u8 {
    let damage = if fires(a, b) { look::DAMAGE } else { 0 };
    let lone = if may_be_lone(a, b) { look::LONE } else { 0 };
    damage | lone
}

/// What decides how a character fires that is neither ASCII nor a glyph.
type Kind = (u8, u8, bool, bool);

fn kind(c: char) -> Kind {
    let (wide, rare) = (touch::is_wide(c), touch::is_wide(c) && touch::is_rare(c));
    (odd::kind(c) as u8, odd::script(c), wide, rare)
}

/// Whether a character may fire in a way of its own. General punctuation does so by the character, not
/// by the kind.
fn is_single(c: char) -> bool {
    c.is_ascii() || glyph::id(c) != 0 || ('\u{2000}'..='\u{206F}').contains(&c)
}

/// The classes of characters by their neighbours.
pub struct Touch {
    /// Of those that may fire in a way of their own.
    single: BTreeMap<char, usize>,
    /// One character of each kind of the others.
    kinds: BTreeMap<Kind, char>,
    /// One character of each class.
    samples: Vec<char>,
    /// The class of all characters beyond U+FFFF.
    astral: usize,
}

fn class_of(c: char, single: &BTreeMap<char, usize>, kinds: &BTreeMap<Kind, char>) -> usize {
    let known = if is_single(c) { &c } else { &kinds[&kind(c)] };
    single[known]
}

impl Touch {
    pub fn new() -> Touch {
        let chars = || (0..0x1_0000).filter_map(char::from_u32);
        let mut kinds: BTreeMap<Kind, char> = BTreeMap::new();
        for c in chars().filter(|&c| !is_single(c)) {
            kinds.entry(kind(c)).or_insert(c);
        }
        let telling: Vec<char> = chars()
            .filter(|&c| is_single(c))
            .chain(kinds.values().copied())
            .collect();
        let mut classes: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        let mut single = BTreeMap::new();
        let mut samples = Vec::new();
        for &c in &telling {
            let before = telling.iter().map(|&other| reasons(other, c));
            let behind = telling.iter().map(|&other| reasons(c, other));
            let next = classes.len();
            let class = *classes
                .entry(before.chain(behind).collect())
                .or_insert(next);
            if class == next {
                samples.push(c);
            }
            single.insert(c, class);
        }
        // GRINNING FACE stands for them.
        let astral = class_of('\u{1F600}', &single, &kinds);
        Touch {
            single,
            kinds,
            samples,
            astral,
        }
    }

    pub fn class(&self, c: char) -> usize {
        if c > '\u{FFFF}' {
            return self.astral;
        }
        class_of(c, &self.single, &self.kinds)
    }

    /// Why characters of these classes, side by side, are worth a look.
    pub fn reasons(&self, before: usize, class: usize) -> u8 {
        reasons(self.samples[before], self.samples[class])
    }
}
