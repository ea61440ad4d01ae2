//! What a line says by itself: the phrases on it, and how they stand.
//!
//! A mark is evidence, not yet a verdict: what stands around the line decides with it.

use super::decoration::{is_bare, separated, unclosed, undecorated};
use super::phrases::{self, Anchor, Found};
use super::prefilter::{may_end, may_start};
use crate::rules::Rule;

/// How many bytes of a line are searched for cues: prompts are shorter.
const CUE_WINDOW: usize = 1_000;

/// A name of at most this many bytes is an agency's initials.
const INITIALS: usize = 4;

/// How a phrase stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Nothing else is on the line.
    Alone,
    /// Nothing else but a separator after it: "Also read:".
    Open,
    /// A separator and something more: "Also read: Old bridge closed".
    Before,
    /// Something more without a separator: "Follow us on social media".
    Within,
    /// Something before it, nothing after it.
    Last,
}

/// A phrase on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'t> {
    /// The kind of boilerplate it belongs to.
    pub kind: Rule,
    /// How it ought to stand.
    pub anchor: Anchor,
    /// How it does stand.
    pub stand: Stand,
    /// What stands after it, or before it if it is last.
    pub rest: &'t str,
    /// Whether brackets stand round the whole line.
    pub bracketed: bool,
    /// How many words the phrase has.
    pub words: usize,
    /// Whether it is so short that some article has it as a line of its own: "Beta", a grade of "AA".
    pub doubtful: bool,
}

/// The phrases at the start and at the end of a line, white space trimmed, the longest first.
pub fn marks(line: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    if may_start(line) {
        let text = undecorated(line);
        for found in phrases::starting(text) {
            let (phrase, after) = text.split_at(found.end);
            let (stand, rest) = match stand_before(after) {
                // A row may end in what parts it from the rest: "Fot. A. Nyman", "圖／A. Nyman".
                (Stand::Within, rest) if phrase.ends_with(['.', '/', '／', ',', '，']) => {
                    (Stand::Before, rest)
                }
                stand => stand,
            };
            marks.push(Mark {
                kind: found.kind,
                anchor: found.anchor,
                stand,
                rest,
                bracketed: is_bracketed(line),
                words: found.words,
                doubtful: is_doubtful(phrase),
            });
        }
    }
    if may_end(line) {
        let text = unclosed(line);
        for found in phrases::ending(text) {
            let (rest, phrase) = text.split_at(found.end);
            if !is_spelt_as_name(phrase) {
                continue;
            }
            marks.push(Mark {
                kind: found.kind,
                anchor: found.anchor,
                stand: if is_bare(rest) {
                    Stand::Alone
                } else {
                    Stand::Last
                },
                rest: rest.trim_end(),
                bracketed: false,
                words: found.words,
                doubtful: is_doubtful(phrase),
            });
        }
    }
    marks
}

/// The cues anywhere in a line.
pub fn cues(line: &str) -> Vec<Found> {
    phrases::cues(searched(line))
}

/// The kind of prompt that a phrase in the line tells, wherever it stands.
pub fn telling(line: &str) -> Option<Rule> {
    Some(phrases::telling(searched(line))?.kind)
}

fn searched(line: &str) -> &str {
    let mut end = line.len().min(CUE_WINDOW);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

fn stand_before(rest: &str) -> (Stand, &str) {
    match separated(rest) {
        Some(after) if is_bare(after) => (Stand::Open, ""),
        Some(after) => (Stand::Before, after),
        None if is_bare(rest) => (Stand::Alone, ""),
        None => (Stand::Within, rest.trim_start()),
    }
}

/// Whether a few letters are an agency's initials and not another word's: "(AFP)", not "(ePA)".
fn is_spelt_as_name(phrase: &str) -> bool {
    let mixed = phrase.chars().any(char::is_lowercase) && phrase.chars().any(char::is_uppercase);
    phrase.len() > INITIALS || !mixed
}

/// Whether a few letters are neither three or more initials ("AFP") nor a word that no other language
/// has.
fn is_doubtful(phrase: &str) -> bool {
    let initials = phrase.len() > 2 && !phrase.contains(|c: char| c.is_ascii_lowercase());
    phrase.is_ascii() && phrase.len() <= INITIALS && !initials
}

/// Whether the line is one bracketed passage: "(Also read: …)".
fn is_bracketed(line: &str) -> bool {
    line.starts_with(['(', '[', '（', '［', '【']) && line.ends_with([')', ']', '）', '］', '】'])
}
