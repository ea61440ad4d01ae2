//! Excerpt: the line a finding is on, with where the caret goes, in columns of a terminal.

use unicode_width::UnicodeWidthStr;

use crate::article::Finding;
use crate::writer::visible::visible;

/// Code points of context shown on either side of the damage; with the damage between them they fit
/// a line of a terminal.
const CONTEXT: usize = 30;

/// Code points of the damage that are shown; a caret longer than a line points at nothing.
const LONGEST: usize = 60;

/// A line of text with a stretch of it pointed out, safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, cut to what stands near the damage.
    pub line: String,
    /// Columns of a terminal before the damage.
    pub indent: usize,
    /// Columns of a terminal that the damage takes up.
    pub width: usize,
}

/// Finds the excerpts of ascending findings in one walk over a text.
#[derive(Debug)]
pub struct Excerpts<'t> {
    text: &'t str,
    /// The line that `start` begins, counted from 1.
    line: usize,
    start: usize,
    /// A place on that line: its column, counted from 1, and its offset.
    column: usize,
    at: usize,
}

impl<'t> Excerpts<'t> {
    /// Excerpts of the text that the findings were made in, decoded.
    pub fn new(text: &'t str) -> Self {
        Excerpts {
            text,
            line: 1,
            start: 0,
            column: 1,
            at: 0,
        }
    }

    /// The excerpt of a finding that does not begin before the last one asked for.
    pub fn of(&mut self, finding: &Finding) -> Option<Excerpt> {
        self.walk_to(finding.line, finding.column)?;
        let length = if finding.last_line == finding.line {
            finding.last_column.saturating_sub(finding.column)
        } else {
            usize::MAX
        };
        let rest = self.text[self.at..].lines().next().unwrap_or_default();
        let damaged = &rest[..offset(rest, length)];
        Some(excerpt(
            &self.text[self.start..self.at],
            damaged,
            &rest[damaged.len()..],
        ))
    }

    fn walk_to(&mut self, line: usize, column: usize) -> Option<()> {
        while self.line < line {
            let from = self.at.max(self.start);
            self.start = from + memchr::memchr(b'\n', &self.text.as_bytes()[from..])? + 1;
            (self.line, self.column, self.at) = (self.line + 1, 1, self.start);
        }
        if self.line > line || self.column > column {
            return None;
        }
        self.at += offset(&self.text[self.at..], column - self.column);
        self.column = column;
        Some(())
    }
}

/// The offset of the code point at `index`, or the end.
fn offset(text: &str, index: usize) -> usize {
    text.char_indices()
        .nth(index)
        .map_or(text.len(), |(at, _)| at)
}

fn excerpt(before: &str, damaged: &str, after: &str) -> Excerpt {
    let skipped = before
        .char_indices()
        .rev()
        .nth(CONTEXT)
        .map_or(0, |(at, c)| at + c.len_utf8());
    let near = if skipped == 0 {
        before.trim_start()
    } else {
        &before[skipped..]
    };
    let (pointed_at, tail) = damaged.split_at(offset(damaged, LONGEST));
    let following = if tail.is_empty() { after } else { "" };
    let shown = offset(following, CONTEXT);
    let cut = !tail.is_empty() || shown < following.len();

    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    let head = format!("{}{}", ellipsis(skipped > 0), on_one_line(near));
    let middle = on_one_line(pointed_at);
    let rest = on_one_line(&following[..shown]);
    // A combining mark has no width of its own, but belongs to the column before it.
    let end = [head.as_str(), &middle].concat().width();
    let indent = head.width().min(end.saturating_sub(1));
    Excerpt {
        line: [&head, &middle, &rest, ellipsis(cut)].concat(),
        indent,
        width: (end - indent).max(1),
    }
}

/// `text` made visible, tabs as spaces: they have no width that could be counted on.
fn on_one_line(text: &str) -> String {
    let parts: Vec<_> = text
        .trim_end_matches(['\n', '\r'])
        .split('\t')
        .map(visible)
        .collect();
    parts.join("    ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each damaged run is between brackets in the source; the caret must stand under it.
    #[test]
    fn the_caret_stands_under_the_damage() {
        for (before, damaged, after, indent, width) in [
            ("a strategic ", "โ€”", " move", 12, 3),
            // Wide characters take two columns.
            ("日本語", "ã€‚", "次", 6, 3),
            ("", "日本", "", 0, 4),
            // A combining acute accent takes none.
            ("cafe\u{301} ", "Ã©", "", 5, 2),
            // Joined emoji take the place of one.
            ("👩\u{200D}👧 ", "â€”", "", 3, 3),
            ("⚖\u{FE0F} ", "â€”", "", 3, 3),
            // What cannot be seen is written out.
            ("", "\u{9B}", "31m", 0, 8),
            ("a\u{202E}", "Ã©", "", 9, 2),
            // Indentation goes, a tab inside is four spaces.
            ("\t\tx\t", "Ã©", "", 5, 2),
            // A mark alone is pointed at where its base stands.
            ("e", "\u{301}", "", 0, 1),
            ("", "", "end", 0, 1),
        ] {
            let excerpt = excerpt(before, damaged, after);
            assert_eq!(
                (excerpt.indent, excerpt.width),
                (indent, width),
                "{:?}",
                excerpt.line
            );
        }
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let excerpt = excerpt(&"a".repeat(100), &"é".repeat(100), &"b".repeat(100));
        assert_eq!(
            excerpt.line,
            format!("…{}{}…", "a".repeat(30), "é".repeat(60))
        );
        assert_eq!((excerpt.indent, excerpt.width), (31, 60));
    }
}
