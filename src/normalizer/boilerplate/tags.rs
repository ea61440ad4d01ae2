//! A label of tags on a line of its own, and the lists of tags under it.

use std::ops::Range;

use super::mark::{Mark, Stand};
use super::page::Page;
use super::phrases::Anchor;
use super::shape::Shape;
use crate::rules::Rule;

/// The most lines of tags under a label.
const MOST_LINES: usize = 15;

/// A tag on a line of its own has at most this many letters.
const TAG_LETTERS: u32 = 30;

/// The fewest commas that make a line a list of tags, and the most letters between two.
const LIST_COMMAS: u32 = 2;
const LETTERS_A_TAG: u32 = 30;

/// The lines that go with the label of tags on line `at`, which nothing else stands on.
pub fn passage(page: &Page, at: usize, mark: &Mark) -> Option<Range<usize>> {
    let alone = matches!(mark.stand, Stand::Alone | Stand::Open);
    if mark.kind != Rule::B210 || mark.anchor != Anchor::Start || !alone {
        return None;
    }
    let mut end = at + 1;
    while end < page.len() && end - at <= MOST_LINES && is_list(page.content(end)) {
        end += 1;
    }
    if end == at + 1 {
        // Single tags, one a line, are told from headings only at the end of the text.
        while end < page.len() && end - at <= MOST_LINES && is_tag(page.content(end)) {
            end += 1;
        }
        if end < page.len() {
            return None;
        }
    }
    (end > at + 1).then_some(at..end)
}

fn is_list(line: &str) -> bool {
    let commas = line
        .chars()
        .filter(|c| matches!(c, ',' | '，' | '、' | '،' | ';' | '#'))
        .count() as u32;
    let shape = Shape::of(line);
    // "Snap counts, stats, and notes: Week 11" is a headline.
    let has_colon = line.contains([':', '：']);
    !has_colon
        && commas >= LIST_COMMAS
        && !shape.stopped
        && shape.letters <= (commas + 1) * LETTERS_A_TAG
}

fn is_tag(line: &str) -> bool {
    let shape = Shape::of(line);
    shape.letters <= TAG_LETTERS && !shape.stopped
}
