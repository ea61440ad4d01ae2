//! The edges of lines and phrases: their first and last four bytes, hashed to a bit.
//!
//! Used when the bitmaps are built and when lines are looked up in them.

use super::fold::fold_char;

/// Bits in a bitmap: 8 KB, which stays in the first-level cache.
pub const BITS: usize = 1 << 16;

/// How many bytes of a line's edge are hashed.
const EDGE: usize = 4;

/// The bits of all spellings of a phrase that opens a line.
pub fn start_hashes(phrase: &str) -> Vec<usize> {
    let spellings = spellings(&mut phrase.chars());
    spellings
        .iter()
        .map(|spelling| start_hash(spelling))
        .collect()
}

/// The bits of all spellings of a phrase that closes a line.
pub fn end_hashes(phrase: &str) -> Vec<usize> {
    let spellings = spellings(&mut phrase.chars().rev());
    let forwards = |spelling: &String| spelling.chars().rev().collect::<String>();
    spellings
        .iter()
        .map(|spelling| end_hash(&forwards(spelling)))
        .collect()
}

/// The bit of a line's first bytes.
pub fn start_hash(line: &str) -> usize {
    hash(start_bytes(line))
}

/// The bit of a line's last bytes.
pub fn end_hash(line: &str) -> usize {
    hash(end_bytes(line))
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
