//! Whether a text holds anything worth a closer look.
//!
//! Most lines are the article's, and most texts clean. One pass over the lines, with one bit each
//! for a line's first and last bytes, decides that nothing on the page can be boilerplate; only then
//! are lines kept, measured and weighed.

use memchr::memchr_iter;

use super::captions::credit_closes;
use super::closing::prompts;
use super::dates::is_date_line;
use super::inline;
use super::mark::{cues, marks, telling};
use super::phrases::Anchor;

/// The first lines, blank ones included, that may be dates above the article.
const DATED_LINES: usize = 40;

/// The last lines that may hold a tell-tale phrase.
const LAST_LINES: usize = 8;

/// Whether any line of the text, or any bracket in it, may be boilerplate.
pub fn any(text: &str) -> bool {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for (number, end) in ends.enumerate() {
        let line = text[start..end].trim();
        start = end + 1;
        if line.is_empty() {
            continue;
        }
        if says_something(line) || number < DATED_LINES && is_date_line(line) {
            return true;
        }
    }
    let last = text
        .trim_end()
        .rsplit('\n')
        .filter(|line| !line.trim().is_empty())
        .take(LAST_LINES);
    last.into_iter().any(holds_prompt) || !inline::passages(text, 0..text.len()).is_empty()
}

fn says_something(line: &str) -> bool {
    let mut cued = None;
    marks(line).iter().any(|mark| match mark.anchor {
        // Sentences open so, too: only a cue further on makes it worth a look.
        Anchor::Lead => cued
            .get_or_insert_with(|| cues(line))
            .iter()
            .any(|cue| cue.kind == mark.kind),
        _ => true,
    }) || credit_closes(line)
}

fn holds_prompt(line: &str) -> bool {
    telling(line).is_some() || prompts(line.trim()).is_some()
}
