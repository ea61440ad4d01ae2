//! Bracketed passages inside a paragraph: "… on Monday. (Also read: Old bridge closed)".
//!
//! Only a label with a headline goes, brackets and the space before them included: a bracket says
//! where the passage ends, which nothing else inside a paragraph does.

use std::ops::Range;

use memchr::memchr2;

use super::mark::{Stand, marks};
use super::passages::Passage;
use super::phrases::Anchor;
use super::prefilter::may_start;
use crate::rules::Rule;

/// A passage in brackets has at most this many bytes.
const LONGEST: usize = 400;

/// The bracketed passages inside the text's `line`, which is not one passage as a whole.
pub fn passages(text: &str, line: Range<usize>) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut at = line.start;
    while let Some(open) =
        memchr2(b'(', b'[', &text.as_bytes()[at..line.end]).map(|found| at + found)
    {
        at = open + 1;
        let Some(end) = closing(text, open, line.end) else {
            continue;
        };
        if let Some(kind) = label_kind(&text[open + 1..end - 1]) {
            let before = &text[line.start..open];
            let start = line.start + before.trim_end().len();
            passages.push(Passage {
                kind,
                span: start..end,
            });
            at = end;
        }
    }
    passages
}

/// Whether a label with a headline stands in the bracket that opens at `open`.
pub fn opens_label(text: &str, open: usize) -> bool {
    let is_label = |end| label_kind(&text[open + 1..end - 1]).is_some();
    closing(text, open, text.len()).is_some_and(is_label)
}

/// Where the bracket that opens at `open` has closed, if it does so soon.
fn closing(text: &str, open: usize, line_end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let close = if bytes[open] == b'(' { b')' } else { b']' };
    let end = line_end.min(open + LONGEST);
    memchr::memchr(close, &bytes[open..end]).map(|found| open + found + 1)
}

/// The kind of the label inside the brackets, if a headline follows it.
fn label_kind(inside: &str) -> Option<Rule> {
    if !may_start(inside) {
        return None;
    }
    marks(inside)
        .into_iter()
        .find(|mark| {
            mark.kind == Rule::B201
                && match mark.anchor {
                    Anchor::Label => {
                        mark.stand == Stand::Before
                            || mark.stand == Stand::Within
                                && mark.rest.starts_with(char::is_uppercase)
                    }
                    Anchor::Heading => mark.stand == Stand::Before,
                    _ => false,
                }
        })
        .map(|mark| mark.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracketed_label_goes_with_its_headline() {
        let text = "It reopened on Monday. (Also Read: Old bridge closed) Ships pass (see map).";
        let found = passages(text, 0..text.len());
        assert_eq!(found.len(), 1);
        assert_eq!(
            &text[found[0].span.clone()],
            " (Also Read: Old bridge closed)"
        );
        for kept in [
            "He read it (also reading the note)",
            "It is (related) to",
            "((((",
            "[1] (2)",
            "(Also read",
        ] {
            assert!(passages(kept, 0..kept.len()).is_empty(), "{kept}");
        }
    }
}
