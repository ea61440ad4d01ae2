//! White space: trailing blanks, line ends, runs of blank lines, one final newline. Indentation and
//! the spaces inside a line stay as the newsroom set them.

use crate::edit::{Draft, Edit};
use crate::pages::{Before, Surroundings};
use crate::rules::Rule;
use crate::survey::look::BREAK;

/// The white space that a text is better without, in order. Where `around` says that more text
/// follows, one blank line at its end stays for what comes.
pub(crate) fn whitespace(draft: &Draft<'_>, around: Surroundings) -> Vec<Edit> {
    if !draft.survey().has(BREAK) && is_tidy(draft.text(), &draft.lines().feeds, around) {
        Vec::new()
    } else {
        untidy(draft.text(), around)
    }
}

/// The same, line by line.
fn untidy(text: &str, around: Surroundings) -> Vec<Edit> {
    let mut edits = Vec::new();
    // Whether a blank line may stand where we are: behind a line, not at the start, and one only.
    let mut may_be_blank = around.before == Before::Line;
    let mut continues = around.before == Before::MidLine;
    // The blank lines too many that are being passed over begin here.
    let mut surplus = 0;
    for line in Lines::new(text) {
        let is_blank = line.start == line.content_end && !continues;
        continues = false;
        if is_blank && !may_be_blank {
            continue;
        }
        if surplus < line.start {
            edits.push(Edit::delete(Rule::W403, surplus..line.start));
        }
        may_be_blank = !is_blank;
        surplus = line.end;
        let unfinished = line.break_start == line.end;
        if unfinished && !around.ends {
            break;
        }
        tidy(text, &line, &mut edits);
    }
    if surplus < text.len() {
        edits.push(Edit::delete(Rule::W403, surplus..text.len()));
    }
    if around.ends {
        end_of_text(text, around.before, edits)
    } else {
        edits
    }
}

/// Whether nothing is to do in a text whose lines end in line feeds, told by what stands before each of
/// them: sound text costs no more.
fn is_tidy(text: &str, line_feeds: &[usize], around: Surroundings) -> bool {
    if around.before == Before::MidLine {
        return false;
    }
    // One blank line may stand behind a line of the page before.
    let blank = text
        .strip_prefix('\n')
        .filter(|_| around.before == Before::Line);
    let first = blank.unwrap_or(text).lines().next().unwrap_or_default();
    let begins = !first.trim_end().is_empty();
    // One line feed at the end of the text; at the end of a page, there may be half a line.
    let ends = match text.strip_suffix('\n') {
        Some(line) => !around.ends || !line.ends_with('\n'),
        None => !around.ends && !text.ends_with(char::is_whitespace),
    };
    begins && ends && line_feeds.iter().all(|&at| is_tidy_before(text, at))
}

/// Whether a line feed stands neither behind white space nor behind two others.
fn is_tidy_before(text: &str, at: usize) -> bool {
    match &text.as_bytes()[..at] {
        [.., b'\n', b'\n'] => false,
        [] | [.., b'\n' | b'!'..=b'~'] => true,
        _ => !text[..at].ends_with(char::is_whitespace),
    }
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
    /// Whether Unicode's line ends are among them. In nearly every text they are not, and curly
    /// quotation marks, which begin with the same byte, need no look.
    has_separators: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let has =
            |separator: &str| memchr::memmem::find(text.as_bytes(), separator.as_bytes()).is_some();
        Lines {
            text,
            at: 0,
            has_separators: has("\u{2028}") || has("\u{2029}"),
        }
    }

    /// Where the line end of the line at `at` stands, from there, and how long it is, in bytes.
    fn line_break(&self) -> Option<(usize, usize)> {
        let rest = &self.text[self.at..];
        if self.has_separators {
            return line_break(rest);
        }
        let at = memchr::memchr2(b'\n', b'\r', rest.as_bytes())?;
        let both = rest[at..].starts_with("\r\n");
        Some((at, 1 + usize::from(both)))
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
        let (length, break_length) = self.line_break().unwrap_or((rest.len(), 0));
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

/// `edits`, changed so that the text ends in one line end and no blank line.
fn end_of_text(text: &str, before: Before, mut edits: Vec<Edit>) -> Vec<Edit> {
    let content = text.trim_end().len();
    if content == 0 && before != Before::MidLine {
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![Edit::delete(Rule::W403, 0..text.len())]
        };
    }
    let (blanks, break_length) = line_break(&text[content..]).unwrap_or((text.len() - content, 0));
    let line_end = content + blanks + break_length;
    edits.retain(|edit| edit.span.start < line_end);
    if break_length == 0 {
        edits.push(Edit::replace(Rule::W404, line_end..line_end, "\n"));
    } else if line_end < text.len() {
        edits.push(Edit::delete(Rule::W403, line_end..text.len()));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let mut draft = Draft::new(text);
        let edits = whitespace(&draft, Surroundings::NONE);
        draft.apply(edits, |_| ());
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

    #[test]
    fn what_is_tidy_needs_nothing() {
        use Before::{BlankLine, Line, MidLine, Start};
        let pieces = ["", "a", "\n", " ", "\u{A0}", "\r", "\u{2028}", "\u{201D}"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            let longer = texts
                .iter()
                .flat_map(|text| pieces.map(|piece| format!("{text}{piece}")));
            texts = longer.collect();
        }
        for text in &texts {
            for before in [Start, Line, BlankLine, MidLine] {
                for ends in [false, true] {
                    let around = Surroundings {
                        before,
                        ends,
                        ..Surroundings::NONE
                    };
                    let draft = Draft::new(text);
                    if whitespace(&draft, around).is_empty() {
                        assert_eq!(untidy(text, around), [], "{text:?} {before:?} {ends}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_knows_what_stands_round_it() {
        use Before::{BlankLine, Line, MidLine, Start};
        for (before, text, ends, after) in [
            (Start, "\n\na\n", false, "a\n"),
            (Line, "\n\na\n", false, "\na\n"),
            (BlankLine, "\n\na\n", false, "a\n"),
            (MidLine, "\n\na\n", false, "\n\na\n"),
            (MidLine, "  \n\n\na\n", false, "\n\na\n"),
            (Line, "a \nb \n\n\n", false, "a\nb\n\n"),
            (Line, "a \nb ", false, "a\nb "),
            (Line, "\n\n", false, "\n"),
            (Line, "\n\n", true, ""),
            (MidLine, " ", true, "\n"),
            (MidLine, "a", true, "a\n"),
        ] {
            let mut draft = Draft::new(text);
            let around = Surroundings {
                before,
                ends,
                ..Surroundings::NONE
            };
            let edits = whitespace(&draft, around);
            draft.apply(edits, |_| ());
            assert_eq!(draft.text(), after, "{before:?} {text:?} {ends}");
        }
    }
}
