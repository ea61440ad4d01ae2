//! Pages: a text of any size in pieces, so that memory stays flat however large it is.
//!
//! An article is far smaller than a page and is always seen whole. A larger text is cut where a
//! line with something on it ends, at places that depend on the text alone and never on how it
//! arrives: cleaning it whole and cleaning it from a pipe give the same.

use crate::rules::RuleSet;

/// Bytes of the longest text that is cleaned in one piece. Longer than any article of the corpora
/// looked at (the longest had 190 KB), short enough that a page and its copies stay in a core's cache.
pub const PAGE_BYTES: usize = 256 * 1024;

/// Bytes of a page that is damage throughout. What is known of each place of it takes a hundred times
/// the place's own size, and a page as short as this one has evidence in plenty.
pub(crate) const DENSE_PAGE_BYTES: usize = PAGE_BYTES / 8;

/// A longer page with more places to look at than this is damage throughout: one place in 32 bytes.
/// A page of articles a tenth of which are damaged has a tenth as many.
pub(crate) const DENSE_PLACES: usize = PAGE_BYTES / 32;

/// Length of the first page of `bytes` in bytes, if a page has at most `most`, or `None` if more bytes are
/// needed to tell. `ended` says that none follow.
pub(crate) fn page_length(bytes: &[u8], most: usize, ended: bool) -> Option<usize> {
    if bytes.len() <= most {
        return ended.then_some(bytes.len());
    }
    Some(first_page(bytes, most))
}

/// Length of the first page of more than `most` bytes, if a page has at most so many.
pub(crate) fn first_page(bytes: &[u8], most: usize) -> usize {
    let window = &bytes[..most];
    after_line(window)
        .or_else(|| before_space(window))
        .or_else(|| in_word(window))
        .or_else(|| memchr::memrchr(b' ', &window[1..]).map(|at| at + 1))
        .unwrap_or_else(|| at_character(bytes, most))
}

/// Behind the last line of the window that has something on it, so that the blank lines behind
/// it are seen together with what follows them.
fn after_line(window: &[u8]) -> Option<usize> {
    let lines = memchr::memrchr(b'\n', window)? + 1;
    let content = window[..lines].trim_ascii_end().len();
    match memchr::memchr(b'\n', &window[content..]) {
        Some(at) if content > 0 => Some(content + at + 1),
        // Nothing but blank lines.
        _ => Some(lines),
    }
}

/// Before the last space that stands between two ASCII characters: a space beside others may be
/// part of mojibake.
fn before_space(window: &[u8]) -> Option<usize> {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let mut spaces = memchr::memrchr_iter(b' ', window).filter(|&at| at > 0);
    spaces.find(|&at| is_word(window.get(at - 1)) && is_word(window.get(at + 1)))
}

/// Between the last two ASCII letters that stand together: no misread character spans them.
fn in_word(window: &[u8]) -> Option<usize> {
    let letters = |pair: &[u8]| pair.iter().all(u8::is_ascii_alphanumeric);
    window.windows(2).rposition(letters).map(|at| at + 1)
}

/// Where a character begins, not far before the end of the window, and not inside a CR LF.
fn at_character(bytes: &[u8], window: usize) -> usize {
    let nearby = || (window - 8..=window).rev();
    let begins = |at: &usize| bytes[*at] & 0xC0 != 0x80;
    let apart = nearby().find(|at| begins(at) && bytes[at - 1] != b'\r');
    // Bytes that are not UTF-8 may have no boundary: any place is as good then.
    apart.or_else(|| nearby().find(begins)).unwrap_or(window)
}

/// What stands round the page that a step looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// What stands before it in the cleaned text.
    pub before: Before,
    /// Whether the text ends with it.
    pub ends: bool,
    /// The rules that a comment on the line before says to ignore on its first line.
    pub ignored: RuleSet,
}

/// What stands before a page in the cleaned text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing: the text begins with the page.
    Start,
    /// A line end.
    Line,
    /// A blank line.
    BlankLine,
    /// The first part of the line the page begins with.
    MidLine,
}

impl Surroundings {
    /// A page that is the whole text.
    #[cfg(test)]
    pub(crate) const NONE: Surroundings = Surroundings {
        before: Before::Start,
        ends: true,
        ignored: RuleSet::NONE,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> &str {
        &text[..page_length(text.as_bytes(), PAGE_BYTES, true).expect("the text ends")]
    }

    #[test]
    fn an_article_is_one_page() {
        let text = "line\n".repeat(PAGE_BYTES / 5);
        assert_eq!(page(&text), text);
        assert_eq!(
            page_length(text.as_bytes(), PAGE_BYTES, false),
            None,
            "more may follow"
        );
    }

    #[test]
    fn a_page_ends_with_a_line_and_the_next_begins_with_the_blank_lines() {
        let lines = "a line of some length\n".repeat(PAGE_BYTES / 22);
        let text = format!("{lines}\n \n\n{lines}");
        assert_eq!(page(&text), lines);
    }

    #[test]
    fn one_long_line_is_cut_before_a_space_or_else_between_characters() {
        let words = "word ".repeat(PAGE_BYTES);
        assert_eq!(&words[page(&words).len()..][..5], " word");
        let damage = "aÃŠb".repeat(PAGE_BYTES);
        assert!(page(&damage).ends_with('b') && page(&damage).len() > PAGE_BYTES - 6);
        let thai = "\u{E01}".repeat(PAGE_BYTES);
        assert!(page(&thai).len() > PAGE_BYTES - 8);
        let dashes = "â€” ".repeat(PAGE_BYTES);
        assert!(page(&dashes).ends_with('”') && page(&dashes).len() > PAGE_BYTES - 9);
        let blank = "\n".repeat(PAGE_BYTES * 2);
        assert_eq!(page(&blank).len(), PAGE_BYTES);
    }
}
