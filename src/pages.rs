//! Pages: a text of any size in pieces, so that memory stays flat however large it is.
//!
//! An article is far smaller than a page and is always seen whole. A larger text is cut where a
//! line with something on it ends, at places that depend on the text alone and never on how it
//! arrives: cleaning it whole and cleaning it from a pipe give the same.

use encoding_rs::Encoding;

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

/// Length of the first page of `bytes`, which are more than `most`, if a page has at most so many.
pub(crate) fn first_page(bytes: &[u8], most: usize) -> usize {
    let window = &bytes[..most];
    after_line(window)
        .or_else(|| before_space(window))
        .or_else(|| in_word(window))
        .or_else(|| memchr::memrchr(b' ', &window[1..]).map(|at| at + 1))
        .unwrap_or_else(|| at_character(bytes, most))
}

/// The same of bytes in UTF-16, in which no line end can be seen without reading them.
pub(crate) fn first_page_of_utf16(bytes: &[u8], most: usize, order: &'static Encoding) -> usize {
    let (text, _) = order.decode_without_bom_handling(&bytes[..most / 2 * 2]);
    // What comes last may be half of a character.
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    let page = &text[..first_page(text.as_bytes(), text.len() - last)];
    2 * page.encode_utf16().count()
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
    use encoding_rs::{UTF_16BE, UTF_16LE};

    use super::*;

    fn page(text: &str) -> &str {
        &text[..first_page(text.as_bytes(), PAGE_BYTES)]
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

    #[test]
    fn a_page_of_utf16_ends_where_that_of_its_text_would() {
        for unit in ["\u{7530}\u{A0A}\n", "a line\n\n", "\u{1F30A} ", "\u{1F30A}"] {
            let text = unit.repeat(PAGE_BYTES / unit.len());
            let units = || text.encode_utf16();
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            for most in 1000..1020 {
                let length = first_page_of_utf16(&little, most, UTF_16LE);
                assert_eq!(length, first_page_of_utf16(&big, most, UTF_16BE));
                assert!(length + 32 > most && length <= most, "{length} of {most}");
                let page = UTF_16LE.decode_without_bom_handling(&little[..length]).0;
                assert!(text.starts_with(&*page), "{unit:?} cut at {length}");
                assert!(!unit.contains("\n") || page.ends_with('\n'));
            }
        }
    }
}
