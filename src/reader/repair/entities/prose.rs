//! Prose: whether escapes of bytes stand where a program left them, or where somebody writes of code.
//!
//! `Trump\xe2\x80\x99s` is what is left of bytes that were printed in place of text. `"caf\xc3\xa9"` is what
//! an article on programming shows, and sound.

use super::super::page::Patch;
use crate::scan::{boundary_before, line_around};

/// What an escape between two letters says for prose; one beside a letter, or between spaces, says 1.
const INSIDE_WORD: usize = 2;
/// As much has to be said for prose.
const LEAST: usize = 2;
/// So many times as much as is said for code.
const TIMES: usize = 2;

/// What literals stand between.
const MARKS: [char; 3] = ['\'', '"', '`'];
/// Bytes before an escape in which its word begins, if any does.
const WORD: usize = 40;

/// Whether there are escapes of bytes among what was found, in the order of the text, and they do not stand
/// in prose.
pub(super) fn is_code(text: &str, found: &[Patch]) -> bool {
    let (mut prose, mut code, mut of_bytes) = (0, 0, false);
    let (mut line, mut line_is_code) = (0..0, false);
    for patch in found {
        let source = &text[patch.span.clone()];
        if !source.is_ascii() {
            continue;
        }
        of_bytes |= has_bytes(source);
        if patch.span.start >= line.end {
            line = line_around(text, patch.span.start);
            line_is_code = is_in_bytes(&text[line.clone()]);
        }
        let near = boundary_before(text, patch.span.start.saturating_sub(WORD));
        let (before, behind) = (&text[near..patch.span.start], &text[patch.span.end..]);
        if line_is_code || is_quoted(before, behind) {
            code += 1;
            continue;
        }
        let sides = [before.chars().next_back(), behind.chars().next()];
        let letters = sides.iter().flatten().filter(|c| c.is_alphabetic());
        prose += match letters.count() {
            2 => INSIDE_WORD,
            1 => 1,
            _ => usize::from(sides == [Some(' '); 2]),
        };
    }
    of_bytes && (prose < LEAST || prose <= TIMES * code)
}

/// Whether any escape in it is one of a byte: no code writes UTF-8 as `\u`.
fn has_bytes(source: &str) -> bool {
    let pairs = source.as_bytes().windows(2);
    pairs
        .filter(|pair| pair[0] == b'\\')
        .any(|pair| pair[1] != b'u')
}

/// Whether what stands between these is in a literal: its word begins or ends with a quotation mark of
/// ASCII, as in `b'caf\xc3\xa9'`.
fn is_quoted(before: &str, behind: &str) -> bool {
    let parts = |c: char| c.is_whitespace() || matches!(c, '(' | ',' | '=');
    let word = before.rsplit(parts).next().unwrap_or_default();
    word.trim_start_matches(['b', 'u', 'r', 'f'])
        .starts_with(MARKS)
        || before.ends_with(MARKS)
        || behind.starts_with(MARKS)
}

/// Whether a literal of bytes begins on the line. At its very start it is all of an article that was printed.
fn is_in_bytes(line: &str) -> bool {
    ["b'", "b\""].iter().any(|opening| {
        let mut at = line.match_indices(opening).map(|(at, _)| at);
        at.any(|at| at > 0 && !line[..at].ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use crate::reader::repair::repaired;

    #[test]
    fn bytes_that_were_printed_are_text_again() {
        for (text, want) in [
            (
                r"The baker\xe2\x80\x99s oven burned.",
                "The baker’s oven burned.",
            ),
            (r"a caf\xc3\xa9 \xe2\x80\x93 or two", "a café – or two"),
            (r"a caf\303\251 \342\200\223 or two", "a café – or two"),
            (
                r"b'The ferry\xe2\x80\x99s last trip.\nIt didn\xe2\x80\x99t sail.'",
                r"b'The ferry’s last trip.\nIt didn’t sail.'",
            ),
            // Of what was read wrongly before it was printed, letters stay as they are.
            (
                "It wasnâ\\x80\\x99t the \"cafÃ\\xa9\".",
                "It wasn’t the \"café\".",
            ),
        ] {
            assert_eq!(repaired(text), want, "{text}");
        }
    }

    #[test]
    fn code_keeps_its_escapes() {
        for text in [
            r#"print("caf\xc3\xa9") and b'na\xc3\xafve' are two literals."#,
            r"    b'-- Signed by Andr\xc3\xa9.',\n    b'-- Signed by Ren\xc3\xa9.',",
            r#"git shows "caf\303\251.txt" and "r\303\251sum\303\251.pdf"."#,
            r"The sign is \xe2\x82\xac in UTF-8 and \xa4 in ISO-8859-15.",
            r"Copied to C:\xampp\xa0\200\bin and C:\xe2\x80.",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
