//! Builds the tables of the program at compile time: starting up must not cost a millisecond, and a
//! pipe starts the program once a file.

use std::path::Path;
use std::{env, fs};

mod blocks;
mod kinds;
mod letters;
mod looks;
mod phrases;
mod spellings;
mod touch;

/// The modules of the library that are used at compile time, too.
#[path = "../src/normalizer/boilerplate"]
#[allow(dead_code)]
mod shared {
    pub mod edges;
    pub mod fold;
    pub mod rows;
}

/// The module that says why a place is worth a look.
#[path = "../src/survey/look.rs"]
mod look;

/// The module of the normalizer that says what nobody sees.
#[path = "../src/normalizer/unicode/invisible.rs"]
#[allow(dead_code)]
mod invisible;

/// The modules of the reader that say which neighbours are suspicious.
#[path = "../src/reader"]
#[allow(dead_code, unused_imports)]
mod reader {
    #[path = "language/mod.rs"]
    pub mod language;
    pub mod letters {
        mod rules;
        pub use rules::*;
    }
    pub mod rows;
    #[path = "repair"]
    pub mod repair {
        pub mod charsets {
            pub mod charset;
            pub mod glyph;
        }
        pub mod sound {
            pub mod kind {
                mod rules;
                pub use rules::*;
            }
            pub mod odd;
        }
        pub mod touch;
    }
}

/// What the tables are made from.
const SOURCES: [&str; 18] = [
    "build",
    "src/data/charsets",
    "src/data/emoji.tsv",
    "src/data/model",
    "src/data/phrases",
    "src/normalizer/boilerplate/edges.rs",
    "src/normalizer/boilerplate/fold.rs",
    "src/normalizer/boilerplate/rows.rs",
    "src/normalizer/unicode/invisible.rs",
    "src/reader/language",
    "src/reader/letters/rules.rs",
    "src/reader/repair/charsets/charset.rs",
    "src/reader/repair/charsets/glyph.rs",
    "src/reader/repair/sound/kind/rules.rs",
    "src/reader/repair/sound/odd.rs",
    "src/reader/repair/touch.rs",
    "src/reader/rows.rs",
    "src/survey/look.rs",
];

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script tells cargo"
)]
fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, table) in [
        ("kinds.rs", kinds::to_rust()),
        ("letters.rs", letters::to_rust()),
        ("looks.rs", looks::to_rust()),
        ("phrases.rs", phrases::to_rust()),
    ] {
        fs::write(Path::new(&out).join(name), table).expect("OUT_DIR can be written");
    }
}
