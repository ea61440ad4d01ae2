//! The edges of lines and phrases: their first and last bytes, hashed to a bit.
//!
//! Used when the bitmaps are built and when lines are looked up in them. A phrase is found by its
//! first eight, six or four bytes, as long as it is; a shorter one is found only where it is the
//! whole line. One bitmap serves all lengths.

use super::fold::fold_char;

/// Bits in a bitmap: 16 KB, which stays in the first-level cache.
pub const BITS: usize = 1 << 17;

/// How many bytes are hashed, longest first.
const EDGES: [usize; 3] = [8, 6, 4];

/// How many bytes of a line's end are hashed for a phrase shorter than the shortest edge.
const SHORT_END: usize = 2;

/// The most spellings of one edge; beyond, the remaining letters keep the phrase's own spelling.
const MOST_SPELLINGS: usize = 4_096;

/// The bits of all spellings of a phrase that opens a line.
pub fn start_hashes(phrase: &str) -> Vec<usize> {
    let spellings = spellings(&mut phrase.chars());
    spellings
        .iter()
        .map(|spelling| hash(start_edge(spelling)))
        .collect()
}

/// The bits of all spellings of a phrase that closes a line.
pub fn end_hashes(phrase: &str) -> Vec<usize> {
    let spellings = spellings(&mut phrase.chars().rev());
    let forwards = |spelling: &String| spelling.chars().rev().collect::<String>();
    spellings
        .iter()
        .map(|spelling| hash(end_edge(&forwards(spelling))))
        .collect()
}

/// The bits of a line's first bytes, one for each length of edge.
pub fn start_bits(line: &str) -> [usize; 3] {
    let bytes = line.as_bytes();
    let word = match bytes.first_chunk::<8>() {
        Some(&word) => u64::from_le_bytes(word),
        None => padded(bytes),
    };
    [word, word & 0xFFFF_FFFF_FFFF, word & 0xFFFF_FFFF].map(hash)
}

/// The bits of a line's last bytes, one for each length of edge.
pub fn end_bits(line: &str) -> [usize; 3] {
    let bytes = line.as_bytes();
    let word = match bytes.last_chunk::<8>() {
        Some(&word) => u64::from_be_bytes(word),
        None => bytes
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    [word & 0xFFFF_FFFF_FFFF, word & 0xFFFF_FFFF, word & 0xFFFF].map(|word| hash(word | END))
}

/// What tells an end from a start in the hash.
const END: u64 = 1 << 63;

/// The longest edge a phrase has, as a number.
fn start_edge(spelling: &str) -> u64 {
    let bytes = spelling.as_bytes();
    let edge = EDGES.iter().copied().find(|&edge| edge <= bytes.len());
    padded(&bytes[..edge.unwrap_or(bytes.len())])
}

fn end_edge(spelling: &str) -> u64 {
    let bytes = spelling.as_bytes();
    let edges = [EDGES[1], EDGES[2], SHORT_END];
    let edge = edges.iter().copied().find(|&edge| edge <= bytes.len());
    let last = &bytes[bytes.len() - edge.unwrap_or(bytes.len())..];
    last.iter()
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
        | END
}

/// The bytes as a little-endian number.
fn padded(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// A bit for up to eight bytes, ASCII case aside.
fn hash(word: u64) -> usize {
    let folded = word | 0x2020_2020_2020_2020;
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS.trailing_zeros())) as usize
}

/// The edge of a phrase in every case and spelling that folding makes equal.
fn spellings(chars: &mut dyn Iterator<Item = char>) -> Vec<String> {
    let mut edges = vec![String::new()];
    for c in chars {
        let variants = variants(c, edges.len());
        let shorter = std::mem::take(&mut edges);
        for edge in shorter {
            if edge.len() >= EDGES[0] {
                edges.push(edge);
                continue;
            }
            for variant in &variants {
                edges.push(edge.clone() + variant);
            }
        }
        if edges.iter().all(|edge| edge.len() >= EDGES[0]) {
            break;
        }
    }
    edges
}

/// A character and those that fold to the same; ASCII case the hash ignores.
fn variants(c: char, spellings: usize) -> Vec<String> {
    let folded = fold_char(c);
    let chars: Vec<char> = match folded {
        _ if spellings > MOST_SPELLINGS => vec![c],
        None => return vec![c.to_string(), String::new()],
        Some('i') => vec!['i', 'İ', 'ı'],
        Some('\'') => vec!['\'', '\u{2019}', '\u{2018}'],
        Some('-') => vec!['-', '\u{2013}', '\u{2014}'],
        Some(' ') => vec![' ', '\u{a0}'],
        Some(folded) if folded.is_ascii() => vec![folded],
        Some(folded) => [c, folded]
            .into_iter()
            .chain(folded.to_uppercase())
            .chain(others(folded).chars())
            .collect(),
    };
    let mut variants: Vec<String> = chars.into_iter().map(String::from).collect();
    variants.sort_unstable();
    variants.dedup();
    variants
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
