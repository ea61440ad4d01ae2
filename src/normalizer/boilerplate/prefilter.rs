//! Which lines are worth a look: a bitmap on the first four bytes of a line, and one on the last four.
//!
//! Clean text must pay almost nothing for thousands of phrases. A hash of four bytes and one bit
//! decide on a line; what passes is compared with the phrases that begin so.

use super::decoration::{unclosed, undecorated};
use super::fold::fold_char;

/// Bits in a bitmap: 8 KB, which stays in the first-level cache.
const BITS: usize = 1 << 16;

/// How many bytes of a line's edge are hashed.
const EDGE: usize = 4;

/// The bitmaps.
pub struct Prefilter {
    starts: Box<[u64; BITS / 64]>,
    ends: Box<[u64; BITS / 64]>,
}

impl Prefilter {
    /// Lets no line through.
    pub fn new() -> Prefilter {
        Prefilter {
            starts: Box::new([0; BITS / 64]),
            ends: Box::new([0; BITS / 64]),
        }
    }

    /// Lets lines through that start with this phrase.
    pub fn expect_start(&mut self, phrase: &str) {
        for spelling in spellings(&mut phrase.chars()) {
            set(&mut self.starts, hash(start_bytes(&spelling)));
        }
    }

    /// Lets lines through that end with this phrase.
    pub fn expect_end(&mut self, phrase: &str) {
        for spelling in spellings(&mut phrase.chars().rev()) {
            let forwards: String = spelling.chars().rev().collect();
            set(&mut self.ends, hash(end_bytes(&forwards)));
        }
    }

    /// Whether a line, white space trimmed, may start with a phrase.
    pub fn may_start(&self, line: &str) -> bool {
        get(&self.starts, hash(start_bytes(undecorated(line))))
    }

    /// Whether a line, white space trimmed, may end with a phrase.
    pub fn may_end(&self, line: &str) -> bool {
        get(&self.ends, hash(end_bytes(unclosed(line))))
    }
}

/// The edge of a phrase in every case and spelling that folding makes equal.
fn spellings(chars: &mut dyn Iterator<Item = char>) -> Vec<String> {
    let mut edges = vec![String::new()];
    while edges[0].len() < EDGE {
        let Some(c) = chars.next() else { break };
        let variants = variants(c);
        let shorter = std::mem::take(&mut edges);
        for edge in &shorter {
            for &variant in &variants {
                let mut longer = String::with_capacity(EDGE + 4);
                longer.push_str(edge);
                longer.push(variant);
                edges.push(longer);
            }
        }
    }
    edges
}

/// A character and those that fold to the same; ASCII case the hash ignores.
fn variants(c: char) -> Vec<char> {
    match fold_char(c) {
        None => vec![c],
        Some('i') => vec!['i', 'İ', 'ı'],
        Some('\'') => vec!['\'', '\u{2019}', '\u{2018}'],
        Some('-') => vec!['-', '\u{2013}', '\u{2014}'],
        Some(' ') => vec![' ', '\u{a0}'],
        Some(folded) if folded.is_ascii() => vec![folded],
        Some(folded) => {
            let mut variants = vec![c, folded];
            variants.extend(folded.to_uppercase());
            variants.extend(others(folded).chars());
            variants.sort_unstable();
            variants.dedup();
            variants
        }
    }
}

/// The letters besides capitals that fold to this one.
fn others(folded: char) -> &'static str {
    match folded {
        'ا' => "\u{0622}\u{0623}\u{0625}",
        'ي' => "\u{06cc}",
        'ك' => "\u{06a9}",
        'α' => "άΆ",
        'ε' => "έΈ",
        'η' => "ήΉ",
        'ι' => "ίΊ",
        'ο' => "όΌ",
        'υ' => "ύΎ",
        'ω' => "ώΏ",
        'е' => "ёЁ",
        _ => "",
    }
}

fn start_bytes(line: &str) -> u32 {
    let bytes = line.as_bytes();
    match bytes.first_chunk::<EDGE>() {
        Some(&edge) => u32::from_le_bytes(edge),
        None => bytes
            .iter()
            .rev()
            .fold(0, |edge, &byte| edge << 8 | u32::from(byte)),
    }
}

fn end_bytes(line: &str) -> u32 {
    let bytes = line.as_bytes();
    match bytes.last_chunk::<EDGE>() {
        Some(&edge) => u32::from_be_bytes(edge),
        None => bytes
            .iter()
            .fold(0, |edge, &byte| edge << 8 | u32::from(byte)),
    }
}

/// A bit for four bytes, ASCII case aside.
fn hash(edge: u32) -> usize {
    ((edge | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

fn set(bits: &mut [u64; BITS / 64], bit: usize) {
    bits[bit / 64] |= 1 << (bit % 64);
}

fn get(bits: &[u64; BITS / 64], bit: usize) -> bool {
    bits[bit / 64] & 1 << (bit % 64) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_passes() {
        let mut prefilter = Prefilter::new();
        for phrase in [
            "Also read",
            "Διαβάστε επίσης",
            "Читайте также",
            "اقرأ أيضا",
            "L'article",
            "更多",
        ] {
            prefilter.expect_start(phrase);
        }
        prefilter.expect_end("Getty Images");
        for line in [
            "ALSO READ: more",
            "  • Also Read",
            "👉 also read",
            "ΔΙΑΒΑΣΤΕ",
            "ЧИТАЙТЕ ТАКЖЕ",
            "إقرأ",
            "L\u{2019}article",
            "更多",
        ] {
            assert!(prefilter.may_start(line), "{line}");
        }
        assert!(prefilter.may_end("Photo by A. Nyman | GETTY IMAGES"));
        assert!(!prefilter.may_start("The council voted"));
        assert!(!prefilter.may_end("the council."));
        assert!(!prefilter.may_start(""));
    }
}
