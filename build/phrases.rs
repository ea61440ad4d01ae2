//! The phrase table: every `src/data/phrases/LANGUAGE.tsv`, folded as matching does and sorted, with
//! the bitmaps of the prefilter. The modules that fold and hash are the library's own, so that the two
//! cannot drift apart.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use crate::shared::edges::{Bitmap, pair};
use crate::shared::fold::fold_char;
use crate::shared::rows::{Row, rows};
use crate::spellings::{end_hashes, gates, start_hashes};

const FOLDER: &str = "src/data/phrases";

/// The table as Rust.
pub fn to_rust() -> String {
    let mut table = Table::default();
    for path in phrase_files() {
        let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for row in rows(&file) {
            table.add(&row);
        }
    }
    table.to_rust()
}

fn phrase_files() -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(FOLDER)
        .expect("the phrase folder is there")
        .map(|entry| {
            entry
                .expect("the phrase folder can be read")
                .path()
                .display()
                .to_string()
        })
        .filter(|path| path.ends_with(".tsv"))
        .collect();
    files.sort();
    files
}

/// The rows by where they stand on a line, each once however many languages share it.
#[derive(Default)]
struct Table {
    at_start: BTreeSet<(String, String, String)>,
    at_end: BTreeSet<(String, String, String)>,
    anywhere: BTreeSet<(String, String, String)>,
    inside: BTreeSet<(String, String, String)>,
    in_datelines: BTreeSet<(String, String, String)>,
    starts: BTreeSet<usize>,
    ends: BTreeSet<usize>,
    cues: BTreeSet<usize>,
    tells: BTreeSet<usize>,
    /// A word of each phrase that may stand anywhere, as it begins.
    words: BTreeSet<String>,
}

impl Table {
    fn add(&mut self, row: &Row) {
        let folded: String = row.phrase.chars().filter_map(fold_char).collect();
        let (kind, anchor) = (row.kind.to_owned(), row.anchor.to_owned());
        match row.anchor {
            "inside" => {
                self.tells.extend(start_hashes(row.phrase).as_flattened());
                self.tells.extend(gates(row.phrase));
                self.words.extend(longest_word(row.phrase));
                self.inside.insert((folded, kind, anchor));
            }
            "cue" => {
                self.cues.extend(start_hashes(row.phrase).as_flattened());
                self.cues.extend(gates(row.phrase));
                self.anywhere.insert((folded, kind, anchor));
            }
            "place" | "agency" => {
                self.in_datelines.insert((folded, kind, anchor));
            }
            "end" => {
                self.ends.extend(end_hashes(row.phrase).as_flattened());
                self.at_end
                    .insert((folded.chars().rev().collect(), kind, anchor));
            }
            _ => {
                self.starts.extend(start_hashes(row.phrase).as_flattened());
                self.at_start.insert((folded, kind, anchor));
            }
        }
    }

    fn to_rust(&self) -> String {
        let mut rust = String::new();
        for (name, rows) in [
            ("AT_START", &self.at_start),
            ("AT_END", &self.at_end),
            ("ANYWHERE", &self.anywhere),
            ("INSIDE", &self.inside),
            ("IN_DATELINES", &self.in_datelines),
        ] {
            let _ = writeln!(rust, "static {name}: &[Phrase] = &[");
            let mut all = String::new();
            for (folded, kind, anchor) in rows {
                let anchor = anchor[..1].to_uppercase() + &anchor[1..];
                let kind = kind.replace('-', "_").to_uppercase();
                let (start, length) = (all.len(), folded.len());
                all.push_str(folded);
                let _ = writeln!(
                    rust,
                    "    Phrase {{ start: {start}, length: {length}, kind: kinds::{kind}, anchor: Anchor::{anchor} }},"
                );
            }
            rust.push_str("];\n");
            let _ = writeln!(rust, "static {name}_TEXTS: &str = {all:?};");
            let texts = rows.iter().map(|(folded, _, _)| folded.as_str());
            let _ = writeln!(
                rust,
                "static {name}_FIRSTS: &[(u64, usize)] = &{:?};",
                firsts(texts.clone())
            );
            let single: String = texts.filter(|text| text.chars().count() == 1).collect();
            let single: Vec<char> = single.chars().collect();
            let _ = writeln!(rust, "static {name}_SINGLE: &[char] = &{single:?};");
        }
        let words: Vec<&String> = self.words.iter().collect();
        let _ = writeln!(rust, "static WORDS: &[&str] = &{words:?};");
        for (name, bits) in [
            ("STARTS", &self.starts),
            ("ENDS", &self.ends),
            ("CUES", &self.cues),
            ("TELLS", &self.tells),
        ] {
            let mut words = vec![0u64; size_of::<Bitmap>() / 8];
            for bit in bits {
                words[bit / 64] |= 1 << (bit % 64);
            }
            let _ = writeln!(rust, "static {name}: &[u64; {}] = &{words:?};", words.len());
        }
        rust
    }
}

/// How the longest word of a phrase begins, in the cases that newspapers use.
fn longest_word(phrase: &str) -> Vec<String> {
    let words = phrase.split(' ').map(|word| word.chars().count());
    let longest = words.max().expect("no phrase is empty");
    let word = phrase
        .split(' ')
        .find(|word| word.chars().count() == longest)
        .expect("one word is the longest");
    // A few letters tell words apart as well as all do, and whether those behind them are capitals is all one.
    let lower: String = word.to_lowercase().chars().take(6).collect();
    let upper = lower.to_uppercase();
    let first = upper.chars().take(1);
    vec![first.chain(lower.chars().skip(1)).collect(), upper, lower]
}

/// The first two characters of sorted texts, each pair with the number of the first text that begins so;
/// the second is NUL where there is but one.
fn firsts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(u64, usize)> {
    let mut firsts: Vec<(u64, usize)> = Vec::new();
    for (row, text) in texts.enumerate() {
        let mut chars = text.chars();
        let first = chars.next().expect("no phrase is empty");
        let first = pair(first, chars.next().unwrap_or('\0'));
        if firsts.last().is_none_or(|&(last, _)| last != first) {
            firsts.push((first, row));
        }
    }
    firsts
}
