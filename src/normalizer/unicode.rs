//! Unicode: normalization form C, and away with characters that nobody sees.
//!
//! What steers the writing of a script stays: joiners, which Persian, Indian scripts and emoji are
//! spelled with; zero width spaces, which divide words in Thai, Lao, Khmer and Burmese; and
//! direction marks in a text that has right-to-left letters.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::edit::Edit;
use crate::rules::{Rule, RuleSet};

/// What `text` needs to be in form C and free of invisible and control characters, in order, as far as
/// `rules` ask for it.
pub(crate) fn unicode(text: &str, rules: RuleSet) -> Vec<Edit> {
    let others = [Rule::U301, Rule::U302, Rule::U303];
    if !others.into_iter().any(|rule| rules.contains(rule)) {
        return stray_boms(text);
    }
    let mut edits = invisible(text);
    if may_not_be_nfc(text) {
        edits.extend(not_nfc(text));
        edits.sort_by_key(|edit| edit.span.start);
        // A cluster that is rewritten anyhow leaves out what is taken away in it at the next look.
        edits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    }
    edits
}

/// Whether a byte can belong to a character that form C may change: everything below U+0300 is safe.
fn may_not_be_nfc(text: &str) -> bool {
    /// The first byte of U+0300 in UTF-8.
    const FIRST_COMBINING: u8 = 0xCC;
    text.bytes().any(|byte| byte >= FIRST_COMBINING)
        && is_nfc_quick(text.chars()) != IsNormalized::Yes
}

/// The clusters that are not in form C. A cluster begins at a character that never joins the one
/// before it, so each can be normalized alone.
fn not_nfc(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    let mut suspect = false;
    let ends = text
        .char_indices()
        .map(|(at, c)| (at, Some(c)))
        .chain([(text.len(), None)]);
    for (at, character) in ends {
        let quick = character.map_or(IsNormalized::Yes, |c| is_nfc_quick(std::iter::once(c)));
        let begins = character
            .is_none_or(|c| canonical_combining_class(c) == 0 && quick == IsNormalized::Yes);
        if begins {
            if suspect {
                let cluster = &text[start..at];
                let normal: String = cluster.nfc().collect();
                if normal != cluster {
                    edits.push(Edit::replace(Rule::U301, start..at, normal));
                }
            }
            start = at;
            suspect = false;
        } else {
            suspect = true;
        }
    }
    edits
}

/// Byte order marks inside the text, the one thing that a check looks for here: found at the speed of
/// reading.
fn stray_boms(text: &str) -> Vec<Edit> {
    memchr::memmem::find_iter(text.as_bytes(), "\u{FEFF}")
        .map(|at| at..at + '\u{FEFF}'.len_utf8())
        .filter(|span| !is_mentioned(text, span.start, span.end))
        .map(|span| Edit::delete(Rule::E108, span))
        .collect()
}

/// The characters that nobody sees and nothing needs.
fn invisible(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut right_to_left = None;
    for (at, character) in suspects(text) {
        let end = at + character.len_utf8();
        let rule = match character {
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' => Rule::U303,
            '\u{FEFF}' if !is_mentioned(text, at, end) => Rule::E108,
            // ZERO WIDTH SPACE
            '\u{200B}' if !divides_words(text, at, end) => Rule::U302,
            // SOFT HYPHEN, WORD JOINER, FUNCTION APPLICATION to INVISIBLE PLUS, deprecated format
            // characters, INTERLINEAR ANNOTATION ANCHOR to TERMINATOR
            '\u{AD}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}' => Rule::U302,
            '\u{200E}'
            | '\u{200F}'
            | '\u{61C}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => {
                if *right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left)) {
                    continue;
                }
                Rule::U302
            }
            _ => continue,
        };
        edits.push(Edit::delete(rule, at..end));
    }
    edits
}

/// The characters among which the invisible ones are, found by the bytes they can begin with.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char)> {
    let is_suspect = |byte: u8| matches!(byte, 0x00..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF);
    text.bytes()
        .enumerate()
        .filter(move |&(_, byte)| is_suspect(byte))
        .filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

/// Whether a zero width space stands between letters of a script that divides words with it.
fn divides_words(text: &str, start: usize, end: usize) -> bool {
    // Thai, Lao, Tibetan, Burmese; Khmer; and the scripts of East Asia, whose typesetters break lines with it.
    let unspaced = |c: char| matches!(c, '\u{E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}');
    text[..start].chars().next_back().is_some_and(unspaced)
        || text[end..].chars().next().is_some_and(unspaced)
}

/// Whether a character stands alone between two quotation marks of code, as where a program looks for
/// it: there it is meant.
fn is_mentioned(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    before.is_some_and(|c| matches!(c, '"' | '\'' | '`')) && before == text[end..].chars().next()
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Draft;

    fn cleaned(text: &str) -> String {
        let mut draft = Draft::new(text);
        draft.apply(&unicode(text, RuleSet::ALL));
        draft.text().to_owned()
    }

    #[test]
    fn goes() {
        for (before, after) in [
            ("cafe\u{301} noir", "café noir"),
            ("a\u{301}\u{323}b", "\u{1EA1}\u{301}b"),
            ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
            ("co\u{AD}operate", "cooperate"),
            ("a\u{200B}b\u{2060}", "ab"),
            ("left\u{200E} to right", "left to right"),
            ("bell\u{7} and feed\u{C}", "bell and feed"),
            ("in the\u{FEFF} middle", "in the middle"),
            ("\"\u{FEFF}quoted\"", "\"quoted\""),
        ] {
            assert_eq!(cleaned(before), after, "{before:?}");
        }
    }

    #[test]
    fn a_check_finds_the_marks_that_cleaning_takes_away() {
        let alone = RuleSet::NONE.with(Rule::E108);
        for text in [
            "a\u{FEFF}b\u{FEFF}",
            "'\u{FEFF}' \u{FEFF}",
            "a",
            "\u{200B}\u{FEFF}",
        ] {
            let mut all = unicode(text, RuleSet::ALL);
            all.retain(|edit| edit.rule == Rule::E108);
            assert_eq!(unicode(text, alone), all, "{text:?}");
        }
    }

    #[test]
    fn stays() {
        for text in [
            "tab\tand\r\nline end",
            "strip('\u{FEFF}')",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "👩\u{200D}👩\u{200D}👧 ⚖\u{FE0F}",
            "ภาษา\u{200B}ไทย",
            "\u{200F}שלום! \u{202B}",
            "“curly” — dashes… \u{A0}and spaces",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
