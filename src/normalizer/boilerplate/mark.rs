//! What a line says by itself: the phrases on it, and how they stand.
//!
//! A mark is evidence, not yet a verdict: what stands around the line decides with it.

use super::decoration::{is_bare, separated, undecorated};
use super::fold::{Folded, fold};
use super::phrases::{Anchor, Found, PHRASES};
use crate::rules::Rule;

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
    /// Whether brackets stand round all of it.
    pub bracketed: bool,
}

/// The phrases on a line, white space trimmed, the longest first.
pub fn marks(line: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    if PHRASES.prefilter.may_start(line) {
        let text = undecorated(line);
        let bracketed = is_bracketed(line, text);
        let folded = fold(text);
        for found in PHRASES.starting(&folded) {
            let rest = &text[end_of(&folded, found)..];
            let (stand, rest) = stand_before(rest);
            marks.push(Mark {
                kind: found.kind,
                anchor: found.anchor,
                stand,
                rest,
                bracketed,
            });
        }
    }
    if PHRASES.prefilter.may_end(line) {
        marks.extend(marks_at_end(line));
    }
    marks
}

/// Where in the text the phrase ends.
fn end_of(folded: &Folded, found: Found) -> usize {
    found
        .chars
        .checked_sub(1)
        .and_then(|last| folded.ends.get(last))
        .copied()
        .unwrap_or(0)
}

fn stand_before(rest: &str) -> (Stand, &str) {
    match separated(rest) {
        _ if rest.is_empty() => (Stand::Alone, rest),
        Some(after) if is_bare(after) => (Stand::Open, ""),
        Some(after) => (Stand::Before, after),
        None if is_bare(rest) => (Stand::Alone, ""),
        None => (Stand::Within, rest.trim_start()),
    }
}

/// Whether the line is one bracketed passage: "(Also read: …)".
fn is_bracketed(line: &str, text: &str) -> bool {
    line.len() > text.len()
        && line.starts_with(['(', '[', '（', '［', '【'])
        && line.ends_with([')', ']', '）', '］', '】'])
}

fn marks_at_end(line: &str) -> Vec<Mark<'_>> {
    let text = super::decoration::unclosed(line);
    let backwards = super::fold::fold_backwards(text);
    PHRASES
        .ending(&backwards)
        .into_iter()
        .map(|found| {
            let from = backwards.ends[found.chars - 1];
            let rest = text[..from].trim_end();
            Mark {
                kind: found.kind,
                anchor: found.anchor,
                stand: if rest.is_empty() {
                    Stand::Alone
                } else {
                    Stand::Last
                },
                rest,
                bracketed: false,
            }
        })
        .collect()
}
