//! The edges of the article: the lines before its first prose and after its last.
//!
//! A label such as "Share" or a bare date means little between two paragraphs and much above the
//! first or below the last. A page without prose has no edges: there every line may be content.

use std::ops::Range;

use super::mark::{Stand, cues, marks};
use super::page::Page;
use super::phrases::Anchor;
use super::shape::Shape;

/// The most lines above the first prose that count as the head.
pub const HEAD_LINES: usize = 12;

/// The most lines below the last prose that count as the tail.
const TAIL_LINES: usize = 30;

/// Where the edges lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones {
    /// The lines above the first prose.
    pub head: Range<usize>,
    /// The lines below the last prose.
    pub tail: Range<usize>,
}

impl Zones {
    /// Finds the edges of a page, looking at no more lines than they can have.
    pub fn of(page: &Page) -> Zones {
        let head = (0..page.len().min(HEAD_LINES + 1)).find(|&at| is_body(page, at));
        let last = page.len().saturating_sub(TAIL_LINES + 1);
        let tail = (last..page.len()).rev().find(|&at| is_body(page, at));
        Zones {
            head: 0..head.unwrap_or(0),
            tail: tail.map_or(page.len(), |at| at + 1)..page.len(),
        }
    }

    /// Whether the line is in the head or the tail.
    pub fn at_edge(&self, line: usize) -> bool {
        self.head.contains(&line) || self.tail.contains(&line)
    }
}

/// Whether the line is the article's prose, as opposed to a prompt as long as a paragraph.
fn is_body(page: &Page, at: usize) -> bool {
    let line = page.content(at);
    Shape::of(line).is_prose()
        && !marks(line).iter().any(|mark| match mark.anchor {
            Anchor::Line => mark.stand != Stand::Within,
            Anchor::Start => true,
            Anchor::Lead => cues(line).iter().any(|cue| cue.kind == mark.kind),
            Anchor::Label => mark.stand == Stand::Before,
            _ => false,
        })
}
