//! The edges of a phrase in every spelling that folding makes equal, as bits of a bitmap.

use std::collections::BTreeSet;

use crate::shared::edges::{self, Bits, END, hash, padded};
use crate::shared::fold::fold_char;

/// How many bytes are hashed, longest first.
const EDGES: [usize; 4] = [8, 6, 4, 3];

/// How many bytes of a line's end are hashed for a phrase shorter than the shortest edge.
const SHORT_END: usize = 2;

/// The bits of all spellings of a phrase that opens a line.
pub fn start_hashes(phrase: &str) -> Vec<Bits> {
    start_edges(phrase).into_iter().map(hash).collect()
}

/// The bits of the gate for them.
pub fn gates(phrase: &str) -> Vec<usize> {
    let edges = start_edges(phrase).into_iter();
    edges.map(|edge| edges::gates(edge)[0]).collect()
}

/// The edges of all spellings of a phrase that opens a line or stands anywhere.
fn start_edges(phrase: &str) -> Vec<u64> {
    let spellings = spellings(phrase, false);
    let mut edges: Vec<u64> = spellings
        .iter()
        .map(|spelling| start_edge(spelling))
        .collect();
    for spelling in spellings
        .iter()
        .filter(|spelling| spelling.len() < EDGES[2])
    {
        // A short phrase with something after it; a sign such as © stands before anything.
        edges.extend([" ", ":", "|"].map(|after| start_edge(&(spelling.clone() + after))));
        if !spelling.ends_with(char::is_alphanumeric) {
            edges.extend(
                (b'0'..=b'z').map(|after| start_edge(&format!("{spelling}{}", after as char))),
            );
        }
    }
    edges
}

/// The bits of all spellings of a phrase that closes a line.
pub fn end_hashes(phrase: &str) -> Vec<Bits> {
    let forwards = |backwards: &String| backwards.chars().rev().collect::<String>();
    let spellings = spellings(phrase, true);
    let edges = spellings
        .iter()
        .map(|spelling| end_edge(&forwards(spelling)));
    edges.map(hash).collect()
}

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
            title(&lower),
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

/// Every word with a capital, as in headlines.
fn title(lower: &str) -> String {
    let mut starts = true;
    let capitals = lower.chars().flat_map(|c| {
        let is_first = std::mem::replace(&mut starts, !c.is_alphanumeric());
        let upper = is_first.then(|| c.to_uppercase());
        let same = (!is_first).then_some(c);
        upper.into_iter().flatten().chain(same)
    });
    capitals.collect()
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
        '/' => "／",
        ',' => "，",
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
