//! Lost: U+FFFD inside words, and in prose between them.

use super::report;
use crate::edit::Edit;
use crate::rules::Rule;

/// Letters beside U+FFFD that make it part of a word: in prose, and in code, where a test may write
/// any two.
const LETTERS_IN_PROSE: usize = 2;
const LETTERS_IN_CODE: usize = 3;

/// U+FFFD inside words, and in prose between them, all of it among the `losses`. By itself, in quotes or
/// among signs it is what somebody meant to write.
pub(super) fn find(text: &str, losses: impl Iterator<Item = usize>, code: bool) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut at = 0;
    for start in losses {
        if start < at || !text[start..].starts_with('\u{FFFD}') {
            continue;
        }
        let end = text.len() - text[start..].trim_start_matches('\u{FFFD}').len();
        at = end;
        let needed = if code {
            LETTERS_IN_CODE
        } else {
            LETTERS_IN_PROSE
        };
        let (before, after) = (&text[..start], &text[end..]);
        let in_word = letters_before(before) + letters_after(after) >= needed
            && (!code || !in_table(before, after));
        let between = |needed| {
            let before = before.strip_suffix(' ').map_or(0, letters_before);
            before >= needed && after.strip_prefix(' ').map_or(0, letters_after) >= needed
        };
        if !(in_word || !code && between(needed)) {
            continue;
        }
        found.push(report(text, Rule::E901, start..end));
    }
    found
}

/// Whether what is quoted or spaced apart here is too long for a word: a charset's table, say.
fn in_table(before: &str, after: &str) -> bool {
    /// Characters of the longest word, and of what is written together with it, on either side.
    const LONGEST: usize = 40;
    let is_edge = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
    let before = before.chars().rev().take_while(|&c| !is_edge(c));
    let after = after.chars().take_while(|&c| !is_edge(c));
    before.take(LONGEST).count() == LONGEST || after.take(LONGEST).count() == LONGEST
}

/// Letters of the word that ends here, as many as matter.
fn letters_before(text: &str) -> usize {
    word(text.chars().rev())
}

/// Letters of the word that begins here, as many as matter.
fn letters_after(text: &str) -> usize {
    word(text.chars())
}

fn word(chars: impl Iterator<Item = char>) -> usize {
    let in_word = |c: &char| c.is_alphanumeric() || *c == '\u{FFFD}';
    let letters = chars.take_while(in_word).filter(|c| *c != '\u{FFFD}');
    letters.take(LETTERS_IN_CODE).count()
}

#[cfg(test)]
mod tests {
    use super::super::told;

    #[test]
    fn lost_characters_in_words_are_told() {
        for text in [
            "The caf\u{FFFD} is open",
            "Jos\u{FFFD} went",
            "the town \u{FFFD} or what is left \u{2013} of it",
        ] {
            assert_eq!(told(text, false), [("E901", "\u{FFFD}")], "{text}");
        }
        assert_eq!(told("name: Andr\u{FFFD} Lef\u{FFFD}vre", true).len(), 2);
    }

    #[test]
    fn lost_characters_that_are_meant_are_not() {
        for text in [
            "let c = '\u{FFFD}';",
            "return \"\u{FFFD}\"",
            "the sign \u{FFFD}.",
            "[\\w\u{FFFC}-\u{FFFD}]",
            "assert_eq!(lossy(b\"Foo\\xFDBar\"), \"Foo\u{FFFD}Bar\");",
            "what cannot be decoded is shown as wor\u{FFFD}d",
            "t: 'abcdefghijklmnopqrstuvwxyz\u{FFFD}\u{FFFD}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefgh'",
        ] {
            assert_eq!(told(text, true), [], "{text}");
        }
        assert_eq!(told("It stands for U+FFFD \u{FFFD} and nothing", false), []);
    }
}
