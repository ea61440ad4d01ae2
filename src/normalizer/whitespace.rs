//! White space: trailing blanks, line ends, runs of blank lines, one final newline. Indentation and
//! the spaces inside a line stay as the newsroom set them.

use crate::edit::Edit;
use crate::rules::Rule;

/// Blank lines that may stand in a row.
const BLANK_LINES: usize = 1;

/// The white space that `text` is better without, in order.
pub(crate) fn whitespace(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    // Blank lines since the last line with something on it; at the start of the text none may stand.
    let mut blank = BLANK_LINES;
    // Where the run of blank lines that is too many began.
    let mut surplus = 0;
    for line in Lines::new(text) {
        if line.start == line.content_end {
            blank += 1;
            if blank <= BLANK_LINES {
                tidy(text, &line, &mut edits);
                surplus = line.end;
            }
            continue;
        }
        if blank > BLANK_LINES && surplus < line.start {
            edits.push(Edit::delete(Rule::W403, surplus..line.start));
        }
        blank = 0;
        tidy(text, &line, &mut edits);
        surplus = line.end;
    }
    end_of_text(text, surplus, &mut edits);
    edits
}

/// A line of the text, as byte offsets.
struct Line {
    start: usize,
    /// Past the last character that is not white space.
    content_end: usize,
    /// Past the last character before the line end.
    break_start: usize,
    /// Past the line end.
    end: usize,
}

/// Lines that end in LF, CR LF, CR, or one of Unicode's line ends.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Lines { text, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let start = self.at;
        let (length, break_length) = line_break(rest).unwrap_or((rest.len(), 0));
        let break_start = start + length;
        self.at = break_start + break_length;
        let content_end = start + self.text[start..break_start].trim_end().len();
        Some(Line {
            start,
            content_end,
            break_start,
            end: self.at,
        })
    }
}

/// Where the first line end of `text` stands and how long it is, in bytes.
fn line_break(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        // E2 80 A8 and E2 80 A9 are LINE SEPARATOR and PARAGRAPH SEPARATOR.
        let at = from + memchr::memchr3(b'\n', b'\r', 0xE2, &bytes[from..])?;
        match &bytes[at..] {
            [b'\r', b'\n', ..] => return Some((at, 2)),
            [b'\n' | b'\r', ..] => return Some((at, 1)),
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return Some((at, 3)),
            _ => from = at + 1,
        }
    }
}

/// Edits for the end of one line that stays.
fn tidy(text: &str, line: &Line, edits: &mut Vec<Edit>) {
    if line.content_end < line.break_start {
        edits.push(Edit::delete(Rule::W401, line.content_end..line.break_start));
    }
    let line_end = &text[line.break_start..line.end];
    if !line_end.is_empty() && line_end != "\n" {
        edits.push(Edit::replace(Rule::W402, line.break_start..line.end, "\n"));
    }
}

/// Edits for what stands behind the last line that has something on it.
fn end_of_text(text: &str, surplus: usize, edits: &mut Vec<Edit>) {
    let content = text.trim_end();
    if content.is_empty() {
        edits.clear();
        if !text.is_empty() {
            edits.push(Edit::delete(Rule::W403, 0..text.len()));
        }
        return;
    }
    let _ = surplus;
    let tail = &text[content.len()..];
    if tail == "\n" {
        return;
    }
    edits.retain(|edit| edit.span.end <= content.len());
    if tail.is_empty() {
        edits.push(Edit::replace(Rule::W404, text.len()..text.len(), "\n"));
        return;
    }
    // What is left of the last line goes for one reason, the blank lines behind it for another.
    let (blanks, break_length) = line_break(tail).unwrap_or((tail.len(), 0));
    let line_start = content.len();
    if blanks > 0 {
        edits.push(Edit::delete(Rule::W401, line_start..line_start + blanks));
    }
    let (from, to) = (line_start + blanks, line_start + blanks + break_length);
    match &tail[blanks..blanks + break_length] {
        "" => edits.push(Edit::replace(Rule::W404, to..to, "\n")),
        "\n" => {}
        _ => edits.push(Edit::replace(Rule::W402, from..to, "\n")),
    }
    if to < text.len() {
        edits.push(Edit::delete(Rule::W403, to..text.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Draft;

    fn cleaned(text: &str) -> String {
        let mut draft = Draft::new(text);
        draft.apply(&whitespace(text));
        draft.text().to_owned()
    }

    #[test]
    fn white_space() {
        for (before, after) in [
            ("", ""),
            (" \n\t\n", ""),
            ("a", "a\n"),
            ("a\n", "a\n"),
            ("a \t\nb\u{A0}\n", "a\nb\n"),
            ("a\r\nb\rc\u{2028}d\u{2029}", "a\nb\nc\nd\n"),
            ("a\n\n\n \nb", "a\n\nb\n"),
            ("\n\n a\n", " a\n"),
            ("a\n\n\n\n", "a\n"),
            ("a  \r\n  \r\n\r\n", "a\n"),
            ("  • a\n    • b\n", "  • a\n    • b\n"),
            ("a \u{3000}", "a\n"),
        ] {
            assert_eq!(cleaned(before), after, "{before:?}");
            assert_eq!(cleaned(after), after, "{after:?} must stay");
        }
    }
}
