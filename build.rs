//! Builds the phrase table and the table of suspicious neighbours at compile time: starting up must
//! not cost a millisecond, and a pipe starts the program once a file.
//!
//! Reads every `src/data/phrases/LANGUAGE.tsv`, folds the phrases as matching does, sorts them and
//! writes them as a Rust table with the two bitmaps of the prefilter. The modules that fold and hash
//! are the library's own, so that the two cannot drift apart.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "build/characters.rs"]
mod characters;
#[path = "build/spellings.rs"]
mod spellings;
#[path = "build/touch.rs"]
mod touch;

/// The modules of the library that are used at compile time, too.
#[path = "src/normalizer/boilerplate"]
#[allow(dead_code)]
mod shared {
    pub mod edges;
    pub mod fold;
    pub mod rows;
}

/// The module of the normalizer that says what nobody sees.
#[path = "src/normalizer/unicode/invisible.rs"]
#[allow(dead_code)]
mod invisible;

/// The modules of the reader that say which neighbours are suspicious.
#[path = "src/reader"]
#[allow(dead_code, unused_imports)]
mod reader {
    #[path = "language/mod.rs"]
    pub mod language;
    pub mod rows;
    #[path = "repair"]
    pub mod repair {
        pub mod charset;
        pub mod glyph;
        pub mod odd;
        pub mod touch;
    }
}

use shared::edges::{BITS, GATE_BITS};
use shared::fold::fold_char;
use shared::rows::{Row, rows};
use spellings::{end_gate, end_hashes, start_gate, start_hashes};

const PHRASES: &str = "src/data/phrases";

fn main() {
    println!("cargo::rerun-if-changed={PHRASES}");
    for code in [
        "build.rs",
        "build",
        "src/normalizer/boilerplate/edges.rs",
        "src/normalizer/boilerplate/fold.rs",
        "src/normalizer/boilerplate/rows.rs",
        "src/normalizer/unicode/invisible.rs",
        "src/reader/language",
        "src/reader/rows.rs",
        "src/reader/repair/charset.rs",
        "src/reader/repair/glyph.rs",
        "src/reader/repair/odd.rs",
        "src/reader/repair/touch.rs",
        "src/data/charsets",
        "src/data/model",
    ] {
        println!("cargo::rerun-if-changed={code}");
    }
    let mut table = Table::default();
    for path in phrase_files() {
        let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for row in rows(&file) {
            table.add(&row);
        }
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    fs::write(out.join("phrases.rs"), table.to_rust()).expect("OUT_DIR can be written");
    fs::write(out.join("characters.rs"), characters::to_rust()).expect("OUT_DIR can be written");
    fs::write(out.join("touch.rs"), touch::to_rust()).expect("OUT_DIR can be written");
}

fn phrase_files() -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(PHRASES)
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
    gate: BTreeSet<usize>,
    cues: BTreeSet<usize>,
    tells: BTreeSet<usize>,
}

impl Table {
    fn add(&mut self, row: &Row) {
        let folded: String = row.phrase.chars().filter_map(fold_char).collect();
        let (kind, anchor) = (row.kind.to_owned(), row.anchor.to_owned());
        match row.anchor {
            "inside" => {
                self.tells.extend(start_hashes(row.phrase).as_flattened());
                self.inside.insert((folded, kind, anchor));
            }
            "cue" => {
                self.cues.extend(start_hashes(row.phrase).as_flattened());
                self.anywhere.insert((folded, kind, anchor));
            }
            "place" | "agency" => {
                self.in_datelines.insert((folded, kind, anchor));
            }
            "end" => {
                self.ends.extend(end_hashes(row.phrase).as_flattened());
                self.gate.extend(end_gate(row.phrase));
                self.at_end
                    .insert((folded.chars().rev().collect(), kind, anchor));
            }
            _ => {
                self.starts.extend(start_hashes(row.phrase).as_flattened());
                self.gate.extend(start_gate(row.phrase));
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
            for (folded, kind, anchor) in rows {
                let anchor = anchor[..1].to_uppercase() + &anchor[1..];
                let kind = kind.replace('-', "_").to_uppercase();
                let _ = writeln!(
                    rust,
                    "    Phrase {{ text: {folded:?}, kind: kinds::{kind}, anchor: Anchor::{anchor} }},"
                );
            }
            rust.push_str("];\n");
        }
        for (name, size, bits) in [
            ("STARTS", BITS, &self.starts),
            ("ENDS", BITS, &self.ends),
            ("CUES", BITS, &self.cues),
            ("TELLS", BITS, &self.tells),
            ("GATE", GATE_BITS, &self.gate),
        ] {
            let mut words = vec![0u64; size / 64];
            for bit in bits {
                words[bit / 64] |= 1 << (bit % 64);
            }
            let _ = writeln!(rust, "static {name}: &[u64; {}] = &{words:?};", words.len());
        }
        rust
    }
}
