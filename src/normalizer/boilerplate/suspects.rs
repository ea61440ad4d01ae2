//! Whether a text holds anything worth a closer look.
//!
//! Most lines are the article's, and most texts clean. One pass over the lines, with one bit each
//! for a line's first and last bytes, decides that nothing on the page can be boilerplate; only then
//! are lines kept, measured and weighed.

use super::captions::credit_closes;
use super::closing::prompts;
use super::dates::is_date_line;
use super::decoration::trimmed;
use super::inline;
use super::mark::{cues, marks, telling};
use super::phrases::Anchor;
use super::prefilter::{may_end, may_start};
use super::tail::SEARCHED_LINES;
use super::trail::is_trail;
use super::unmarked::FIRST_LINES;
use super::zones::HEAD_LINES;
use crate::lines::Lines;

/// Whether any line of the text, or any bracket in it, may be boilerplate.
///
/// What is asked of the first and of the last lines only is asked of no more of them than the steps
/// look at: as long as nothing is taken, those are the page's own first and last.
pub fn any(text: &str, lines: &Lines) -> bool {
    let mut start = 0;
    let mut passed = 0;
    for end in lines.feeds.iter().copied().chain([text.len()]) {
        let whole = start..end;
        start = end + 1;
        // Every other line of most texts is blank.
        if whole.is_empty() {
            continue;
        }
        let line = trimmed(&text[whole]);
        if line.is_empty() {
            continue;
        }
        if says_something(line)
            || passed < HEAD_LINES && is_date_line(line)
            || passed < FIRST_LINES && is_trail(line)
        {
            return true;
        }
        passed += 1;
    }
    let mut last = text
        .trim_end()
        .rsplit('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(SEARCHED_LINES)
        .peekable();
    last.peek().is_some_and(|line| prompts(line).is_some())
        || last.any(|line| telling(line).is_some())
        || lines
            .brackets
            .iter()
            .any(|&open| inline::opens_label(text, open))
}

#[inline]
fn says_something(line: &str) -> bool {
    (may_start(line) || may_end(line)) && says_a_phrase(line) || credit_closes(line)
}

fn says_a_phrase(line: &str) -> bool {
    let mut cued = None;
    marks(line).iter().any(|mark| match mark.anchor {
        // Sentences open so, too: only a cue further on makes it worth a look.
        Anchor::Lead => cued
            .get_or_insert_with(|| cues(line))
            .iter()
            .any(|cue| cue.kind == mark.kind),
        _ => true,
    })
}
