//! The page as lines: where each line with something on it stands, and what a blank line parts.
//!
//! Only whether lines are parted by blank ones counts, never by how many: the white-space step
//! collapses them later, and cleaning twice must equal cleaning once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr;

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is written on it, without white space at the ends.
    pub content: Range<usize>,
    /// The whole line, line end included.
    pub whole: Range<usize>,
    /// Whether a blank line stands between this line and the one before.
    pub parted: bool,
}

/// A text and its lines.
#[derive(Debug)]
pub struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// Its lines in order, blank ones left out.
    pub lines: Vec<Line>,
    /// How often each line stands on the page; counted when it is first asked for, which few pages do.
    counts: OnceCell<HashMap<&'t str, usize>>,
}

impl<'t> Page<'t> {
    /// Splits a text into lines.
    pub fn new(text: &'t str) -> Page<'t> {
        let mut lines = Vec::new();
        let mut parted = false;
        let mut start = 0;
        while start < text.len() {
            let end =
                memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at + 1);
            let line = &text[start..end];
            let trimmed = line.trim_start();
            let from = end - trimmed.len();
            let content = from..from + trimmed.trim_end().len();
            if content.is_empty() {
                parted = true;
            } else {
                let parted_here = std::mem::take(&mut parted) && !lines.is_empty();
                lines.push(Line {
                    content,
                    whole: start..end,
                    parted: parted_here,
                });
            }
            start = end;
        }
        Page {
            text,
            lines,
            counts: OnceCell::new(),
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// What is written on a line; nothing past the last one.
    pub fn content(&self, line: usize) -> &'t str {
        self.lines
            .get(line)
            .map_or("", |line| &self.text[line.content.clone()])
    }

    /// Whether the same is written on another line, too.
    pub fn repeats(&self, line: usize) -> bool {
        let counts = self.counts.get_or_init(|| {
            let mut counts = HashMap::with_capacity(self.len());
            for line in 0..self.len() {
                *counts.entry(self.content(line)).or_insert(0) += 1;
            }
            counts
        });
        counts
            .get(self.content(line))
            .is_some_and(|&count| count > 1)
    }

    /// Whether a blank line stands between this line and the one before it.
    pub fn parted(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.parted)
    }

    /// The bytes of a run of lines, from the first one's start to the last one's line end.
    pub fn span(&self, lines: Range<usize>) -> Range<usize> {
        match (
            self.lines.get(lines.start),
            lines
                .end
                .checked_sub(1)
                .and_then(|last| self.lines.get(last)),
        ) {
            (Some(first), Some(last)) => first.whole.start..last.whole.end,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_but_do_not_count() {
        let one = Page::new("a\n\nb\nc");
        let many = Page::new("\n \r\na\r\n\t\n\n\nb \nc\n\n");
        for page in [&one, &many] {
            let seen: Vec<_> = (0..page.len())
                .map(|i| (page.content(i), page.parted(i)))
                .collect();
            assert_eq!(seen, [("a", false), ("b", true), ("c", false)]);
        }
        assert_eq!(&many.text[many.span(0..2)], "a\r\n\t\n\n\nb \n");
        assert_eq!(many.span(0..0), 0..0);
    }
}
