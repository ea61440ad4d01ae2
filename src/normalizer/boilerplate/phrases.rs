//! The phrases newspapers print around their articles, read once from `src/data/phrases/`.
//!
//! One file a language, one row a phrase: kind, anchoring, phrase. Nobody is asked for the
//! language: all rows are tried on every line, so that a row is only as safe as it is in every
//! other language; the tests look for conflicts.

use std::sync::LazyLock;

use super::fold::{Folded, fold_char};
use super::prefilter::Prefilter;
use crate::rules::Rule;

macro_rules! languages {
    ($($name:literal)*) => {
        /// Every phrase file there is: the language's tag and the file's text.
        pub const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../data/phrases/", $name, ".tsv"))),)*
        ];
    };
}
include!("../../data/phrases/languages.rs");

/// How a phrase must stand on its line to mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Anchor {
    /// It is the whole line, which is proof enough.
    Line,
    /// It is the whole line, which needs company: other boilerplate beside it, or the article's edge.
    Weak,
    /// It stands alone over headlines, or before a separator and one headline.
    Label,
    /// It stands alone over several headlines; a word as common as "Trending".
    Heading,
    /// It opens a short line that stands over headlines: "More from the north".
    Opener,
    /// It opens a prompt: "Follow us on …".
    Start,
    /// It opens a prompt or a sentence: "Follow …"; a cue further on tells.
    Lead,
    /// It tells a prompt of its kind from a sentence, wherever it stands in the line.
    Cue,
    /// It tells a prompt wherever it stands in one of the last lines.
    Inside,
    /// It closes the line: "… | Getty Images".
    End,
}

impl Anchor {
    /// The name in the phrase files.
    fn named(name: &str) -> Option<Anchor> {
        Some(match name {
            "line" => Anchor::Line,
            "weak" => Anchor::Weak,
            "label" => Anchor::Label,
            "heading" => Anchor::Heading,
            "opener" => Anchor::Opener,
            "start" => Anchor::Start,
            "lead" => Anchor::Lead,
            "cue" => Anchor::Cue,
            "inside" => Anchor::Inside,
            "end" => Anchor::End,
            _ => return None,
        })
    }
}

/// One row of a phrase file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'f> {
    /// The kind of boilerplate.
    pub kind: Rule,
    /// How it must stand.
    pub anchor: Anchor,
    /// The phrase as printed.
    pub phrase: &'f str,
}

/// Reads a phrase file; a row that is none is left out (the tests let none through).
pub fn rows(file: &str) -> impl Iterator<Item = Row<'_>> {
    // Rows are sorted by kind, so that a kind's name is mostly that of the row before.
    let mut last = ("", None);
    file.lines().filter_map(move |line| {
        let (kind, rest) = line.split_once('\t')?;
        let (anchor, phrase) = rest.split_once('\t')?;
        if last.0 != kind {
            last = (kind, kind_named(kind));
        }
        Some(Row {
            kind: last.1?,
            anchor: Anchor::named(anchor)?,
            phrase,
        })
    })
}

/// The boilerplate rule of this name.
fn kind_named(name: &str) -> Option<Rule> {
    let mut rules = Rule::ALL.iter().copied();
    rules.find(|rule| rule.name() == name && rule.is_boilerplate())
}

/// A phrase found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The kind of boilerplate.
    pub kind: Rule,
    /// How it must stand.
    pub anchor: Anchor,
    /// How many folded characters it has.
    pub chars: usize,
    /// Whether it has several words.
    pub wordy: bool,
}

/// The rows of all files, folded, in buckets by how they begin.
pub struct Phrases {
    /// Sorted by key; one key's phrases stand together.
    at_start: Vec<Phrase>,
    /// The same, spelled backwards, for phrases that close a line.
    at_end: Vec<Phrase>,
    /// The same for phrases that stand anywhere in a line.
    anywhere: Vec<Phrase>,
    /// The folded characters of all phrases.
    letters: Vec<char>,
    /// Which line starts and line ends are worth a look.
    pub prefilter: Prefilter,
}

struct Phrase {
    key: Key,
    kind: Rule,
    anchor: Anchor,
    from: u32,
    chars: u16,
}

/// The first three folded characters; a phrase of two has a gap.
type Key = [char; 3];

/// All phrases, read at first use: well under a millisecond.
pub static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(FILES));

impl Phrases {
    fn read(files: &[(&str, &str)]) -> Phrases {
        let mut phrases = Phrases {
            at_start: Vec::new(),
            at_end: Vec::new(),
            anywhere: Vec::new(),
            letters: Vec::new(),
            prefilter: Prefilter::new(),
        };
        for row in files.iter().flat_map(|(_, file)| rows(file)) {
            let from = phrases.letters.len();
            phrases
                .letters
                .extend(row.phrase.chars().filter_map(fold_char));
            match row.anchor {
                Anchor::Cue | Anchor::Inside => {}
                Anchor::End => {
                    phrases.letters[from..].reverse();
                    phrases.prefilter.expect_end(row.phrase);
                }
                _ => phrases.prefilter.expect_start(row.phrase),
            }
            let letters = &phrases.letters[from..];
            let phrase = Phrase {
                key: key(letters),
                kind: row.kind,
                anchor: row.anchor,
                from: from as u32,
                chars: letters.len() as u16,
            };
            match row.anchor {
                Anchor::Cue | Anchor::Inside => phrases.anywhere.push(phrase),
                Anchor::End => phrases.at_end.push(phrase),
                _ => phrases.at_start.push(phrase),
            }
        }
        phrases.at_start.sort_by_key(|phrase| phrase.key);
        phrases.at_end.sort_by_key(|phrase| phrase.key);
        phrases.anywhere.sort_by_key(|phrase| phrase.key);
        phrases
    }

    /// The phrases the folded line starts with, the longest ones first.
    pub fn starting(&self, line: &Folded) -> Vec<Found> {
        self.matching(&self.at_start, line, 0)
    }

    /// The phrases the folded line ends with, given its characters backwards.
    pub fn ending(&self, backwards: &Folded) -> Vec<Found> {
        self.matching(&self.at_end, backwards, 0)
    }

    /// The cues and tell-tale phrases anywhere in the folded line.
    pub fn within(&self, line: &Folded) -> Vec<Found> {
        let mut found = Vec::new();
        let mut before = ' ';
        for (at, &c) in line.chars.iter().enumerate() {
            if !before.is_alphanumeric() || is_unparted(c) {
                found.extend(self.matching(&self.anywhere, line, at));
            }
            before = c;
        }
        found
    }

    fn matching(&self, table: &[Phrase], folded: &Folded, from: usize) -> Vec<Found> {
        let line = &folded.chars[from..];
        let capitals = &folded.capitals[from..];
        let mut found = Vec::new();
        let long = key(line);
        let short = [long[0], long[1], GAP];
        for key in [long, short] {
            let first = table.partition_point(|phrase| phrase.key < key);
            for phrase in table[first..].iter().take_while(|phrase| phrase.key == key) {
                let letters = &self.letters[phrase.from as usize..][..phrase.chars as usize];
                if line.starts_with(letters)
                    && (ends_a_word(letters, &line[letters.len()..])
                        || is_hump(capitals, letters.len()))
                {
                    found.push(Found {
                        kind: phrase.kind,
                        anchor: phrase.anchor,
                        chars: letters.len(),
                        wordy: is_wordy(letters),
                    });
                }
            }
            if long == short {
                break;
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.chars));
        found
    }
}

/// Whether a phrase has several words: a space in it, or four characters of a script without spaces.
fn is_wordy(letters: &[char]) -> bool {
    letters.contains(&' ') || (letters.len() >= 4 && letters.iter().all(|&c| is_unparted(c)))
}

/// What stands in a key where the phrase has ended.
const GAP: char = '\0';

fn key(letters: &[char]) -> Key {
    let at = |i: usize| letters.get(i).copied().unwrap_or(GAP);
    [at(0), at(1), at(2)]
}

/// Whether a word ends between the phrase and what follows it, in scripts that part words; an
/// apostrophe inside a word ("editor's") does not end it.
fn ends_a_word(phrase: &[char], after: &[char]) -> bool {
    let Some(&next) = after.first() else {
        return true;
    };
    let Some(&last) = phrase.last() else {
        return true;
    };
    let inside = next == '\'' && after.get(1).is_some_and(|c| c.is_alphanumeric());
    !(last.is_alphanumeric() && (next.is_alphanumeric() || inside))
        || is_unparted(last)
        || is_unparted(next)
        || is_visarga(next)
}

/// Whether a capital follows a small letter: two words run together, as in "captionWho".
fn is_hump(capitals: &[bool], at: usize) -> bool {
    at > 0 && capitals.get(at) == Some(&true) && capitals.get(at - 1) == Some(&false)
}

/// The visarga signs of Devanagari, Bengali and Gujarati, which are typed for a colon.
fn is_visarga(c: char) -> bool {
    matches!(c, '\u{0903}' | '\u{0983}' | '\u{0a83}')
}

/// A character of a script that does not part words by spaces: Thai, Lao, Burmese, Khmer, kana,
/// ideographs.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
