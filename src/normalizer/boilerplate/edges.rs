//! The edges of lines and phrases: their first and last bytes, hashed to a bit.
//!
//! Used when the bitmaps are built and when lines are looked up in them. A phrase is found by its
//! first eight, six or four bytes, as long as it is; a shorter one with
//! what may follow it. One bitmap serves all lengths.

use std::collections::BTreeSet;

use super::fold::fold_char;

/// Bits in a bitmap: 32 KB, which stays in the first-level cache.
pub const BITS: usize = 1 << 18;

/// How many bytes are hashed, longest first.
const EDGES: [usize; 3] = [8, 6, 4];

/// How many bytes of a line's end are hashed for a phrase shorter than the shortest edge.
const SHORT_END: usize = 2;

/// The bits of all spellings of a phrase that opens a line.
pub fn start_hashes(phrase: &str) -> Vec<[usize; 2]> {
    let spellings = spellings(phrase, false);
    let mut edges: Vec<u64> = spellings
        .iter()
        .map(|spelling| start_edge(spelling))
        .collect();
    for spelling in spellings
        .iter()
        .filter(|spelling| spelling.len() < EDGES[2])
    {
        // A short phrase with something after it.
        edges.extend([" ", ":", "|"].map(|after| start_edge(&(spelling.clone() + after))));
    }
    edges.into_iter().map(hash).collect()
}

/// The bits of all spellings of a phrase that closes a line.
pub fn end_hashes(phrase: &str) -> Vec<[usize; 2]> {
    let forwards = |backwards: &String| backwards.chars().rev().collect::<String>();
    let spellings = spellings(phrase, true);
    let edges = spellings
        .iter()
        .map(|spelling| end_edge(&forwards(spelling)));
    edges.map(hash).collect()
}

/// The bits of a line's first bytes, one for each length of edge.
pub fn start_bits(line: &str) -> [[usize; 2]; 3] {
    let bytes = line.as_bytes();
    let word = match bytes.first_chunk::<8>() {
        Some(&word) => u64::from_le_bytes(word),
        None => padded(bytes),
    };
    [word, word & 0xFFFF_FFFF_FFFF, word & 0xFFFF_FFFF].map(hash)
}

/// The bits of a line's last bytes, one for each length of edge.
pub fn end_bits(line: &str) -> [[usize; 2]; 3] {
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

/// Two bits for up to eight bytes, ASCII case aside: with two, thousands of phrases leave a bitmap
/// that lets one line in a hundred through by chance.
fn hash(word: u64) -> [usize; 2] {
    let folded = word | 0x2020_2020_2020_2020;
    let mixed = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let bits = BITS.trailing_zeros();
    [
        mixed >> (64 - bits),
        (mixed >> (64 - 2 * bits)) % BITS as u64,
    ]
    .map(|bit| bit as usize)
}

/// The edge of a phrase in the cases and spellings that newspapers use and folding makes equal.
fn spellings(phrase: &str, from_end: bool) -> BTreeSet<String> {
    let bare: String = phrase.chars().filter(|&c| fold_char(c).is_some()).collect();
    let mut spellings = BTreeSet::new();
    for written in [phrase, &bare] {
        let lower = written.to_lowercase();
        let capital: String = written
            .chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .collect();
        let rest: String = written.chars().skip(1).collect();
        let upper = written.to_uppercase();
        for case in [
            written.to_owned(),
            upper.replace('I', "İ"),
            upper.chars().map(unaccented).collect(),
            upper,
            capital + &rest.to_lowercase(),
            lower,
        ] {
            let chars: Vec<char> = case.chars().collect();
            if from_end {
                spell(&mut chars.into_iter().rev(), &mut spellings);
            } else {
                spell(&mut chars.into_iter(), &mut spellings);
            }
        }
    }
    spellings
}

/// Adds the edges that letters with several spellings give.
fn spell(chars: &mut dyn Iterator<Item = char>, spellings: &mut BTreeSet<String>) {
    let mut edges = vec![String::new()];
    for c in chars {
        if edges.iter().all(|edge| edge.len() >= EDGES[0]) {
            break;
        }
        let spelt = |edge: &String| {
            other_spellings(c)
                .chars()
                .chain([c])
                .map(|c| format!("{edge}{c}"))
                .collect::<Vec<_>>()
        };
        edges = edges.iter().flat_map(spelt).collect();
    }
    spellings.extend(edges);
}

/// The characters that fold to the same one, case and accents aside.
fn other_spellings(c: char) -> &'static str {
    match c {
        '\'' | '\u{2019}' => "\'\u{2019}\u{2018}",
        '-' | '\u{2013}' => "-\u{2013}\u{2014}",
        ' ' => "\u{a0}",
        'ا' | 'أ' | 'إ' | 'آ' => "اأإآ",
        'ي' | 'ی' | 'ى' => "يیى",
        'ك' | 'ک' => "كک",
        'ё' => "е",
        _ => "",
    }
}

/// A Greek capital as headlines in capitals write it.
fn unaccented(c: char) -> char {
    match c {
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' => 'Υ',
        'Ώ' => 'Ω',
        c => c,
    }
}
