//! A label and the headlines under it, down to where prose resumes.
//!
//! The label alone says little about where the passage ends; the shape of the lines under it does:
//! headlines have no full stop, prose has. What keeps the article safe is what ends a run: prose, a
//! blank line in a list that was tight, a short heading over prose, too many lines.

use std::ops::Range;

use super::mark::{Mark, Stand};
use super::page::Page;
use super::phrases::Anchor;
use super::shape::Shape;

/// The most headlines a label takes with it while the article goes on after them. "Also read" blocks
/// have one to six; longer runs are the article's own list.
const MOST_WITHIN: usize = 8;

/// The most headlines a label takes with it when nothing follows them.
const MOST_AT_END: usize = 60;

/// A line of at most this many letters right before prose is that prose's heading, not a headline.
const HEADING: u32 = 24;

/// A headline on the label's own line has at most this many letters.
const ON_LABEL_LINE: u32 = 170;

/// The words an opener may have after its phrase: "More from the north of the county".
const OPENER_WORDS: u32 = 6;

/// The lines that go with the label on line `at`, if they are a passage of related headlines.
pub fn passage(page: &Page, at: usize, mark: &Mark) -> Option<Range<usize>> {
    match (mark.anchor, mark.stand) {
        (Anchor::Label, Stand::Alone | Stand::Open) => Some(at..headlines_end(page, at)),
        (Anchor::Heading, Stand::Alone | Stand::Open) => {
            let end = headlines_end(page, at);
            let enough = if end == page.len() { 1 } else { 2 };
            (end - at > enough).then_some(at..end)
        }
        (Anchor::Heading, Stand::Before) => {
            Shape::of(mark.rest).is_headline().then_some(at..at + 1)
        }
        (Anchor::Label, Stand::Within) if mark.bracketed => Some(at..at + 1),
        (Anchor::Label, Stand::Before) => is_headline_after_label(mark).then_some(at..at + 1),
        (Anchor::Label, Stand::Within) => {
            (is_headline_after_label(mark) && is_set_off(mark)).then_some(at..at + 1)
        }
        (Anchor::Opener, _) => {
            let rest = Shape::of(mark.rest);
            let end = headlines_end(page, at);
            (rest.words <= OPENER_WORDS && !rest.stopped && end - at > 2).then_some(at..end)
        }
        _ => None,
    }
}

/// Where the headlines under the label on line `at` end.
fn headlines_end(page: &Page, at: usize) -> usize {
    let first = at + 1;
    let tight = first < page.len() && !page.parted(first);
    let mut end = first;
    while end < page.len()
        && end - at <= MOST_AT_END
        && !(tight && end > first && page.parted(end))
        && Shape::of(page.content(end)).is_headline()
    {
        end += 1;
    }
    if end == page.len() {
        return end;
    }
    if end - first > MOST_WITHIN {
        return first;
    }
    let last = Shape::of(page.content(end - 1));
    if end > first && last.letters <= HEADING && Shape::of(page.content(end)).is_prose() {
        end -= 1;
    }
    end
}

/// Whether what stands after the label can be a headline.
fn is_headline_after_label(mark: &Mark) -> bool {
    let rest = Shape::of(mark.rest);
    rest.letters > 0 && rest.letters <= ON_LABEL_LINE
}

/// Whether a headline without a separator is set off from its label by its capital: "Also Read Old
/// bridge closed", but not "See also the treaty". Scripts without case are not told apart so.
fn is_set_off(mark: &Mark) -> bool {
    let rest = Shape::of(mark.rest);
    rest.is_headline()
        && mark
            .rest
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "'\"“‘".contains(c))
}
