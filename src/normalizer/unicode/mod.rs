//! Unicode: normalization form C, and away with characters that nobody sees.
//!
//! What steers the writing of a script stays: joiners, which Persian, Indian scripts and emoji are
//! spelled with; zero width spaces, which divide words in Thai, Lao, Khmer and Burmese; and
//! direction marks in a text that has right-to-left letters.

pub(crate) mod invisible;

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::edit::Edit;
use crate::rules::Rule;
use crate::survey::look::FORM;
use crate::survey::{Spot, Survey};
use invisible::{Invisible, invisible};

/// What `text` needs to be in form C and free of invisible and control characters, in order.
pub(crate) fn unicode(text: &str, survey: &Survey) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut right_to_left = None;
    // Up to here clusters are settled.
    let mut settled = 0;
    for Spot { at, .. } in survey.spots(FORM) {
        let Some(c) = text[at..].chars().next().filter(|_| at >= settled) else {
            continue;
        };
        let end = at + c.len_utf8();
        if let Some(kind) = invisible(c) {
            let mut is_right_to_left =
                || *right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left));
            let rule = match kind {
                Invisible::Control => Rule::U303,
                Invisible::ByteOrderMark if !is_mentioned(text, at, end) => Rule::E108,
                Invisible::ZeroWidthSpace if !divides_words(text, at, end) => Rule::U302,
                Invisible::Format => Rule::U302,
                Invisible::Direction if !is_right_to_left() => Rule::U302,
                _ => continue,
            };
            edits.push(Edit::delete(rule, at..end));
            // What follows is looked at again once it is gone.
            settled = end;
        } else if joins(text, at, c) {
            let cluster = cluster(text, settled, at);
            let normal: String = text[cluster.clone()].nfc().collect();
            settled = cluster.end;
            if normal != text[cluster.clone()] {
                edits.push(Edit::replace(Rule::U301, cluster, normal));
            }
        }
    }
    edits
}

/// Whether form C may change the character at `at` or what it stands behind.
fn joins(text: &str, at: usize, c: char) -> bool {
    // A letter that may join the one before it, as in Bengali and Tamil, seldom does.
    let alone = is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
        && canonical_combining_class(c) == 0;
    let before = || text[..at].chars().next_back();
    !alone || before().is_some_and(|before| !is_starter(before) || compose(before, c).is_some())
}

/// Whether a character never joins the one before it.
fn is_starter(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The characters round `at` that form C may make others of, none before `from`: a starter and all
/// up to the next. So each cluster can be normalized alone.
fn cluster(text: &str, from: usize, at: usize) -> Range<usize> {
    let mut before = text[from..at].char_indices().rev();
    let start = before
        .find(|&(_, c)| is_starter(c))
        .map_or(from, |(start, _)| from + start);
    let mut behind = text[at..].char_indices().skip(1);
    let end = behind
        .find(|&(_, c)| is_starter(c))
        .map_or(text.len(), |(end, _)| at + end);
    start..end
}

/// Byte order marks inside the text, the one thing that a check looks for here: found at the speed of
/// reading.
pub(crate) fn stray_boms(text: &str) -> Vec<Edit> {
    memchr::memmem::find_iter(text.as_bytes(), "\u{FEFF}")
        .map(|at| at..at + '\u{FEFF}'.len_utf8())
        .filter(|span| !is_mentioned(text, span.start, span.end))
        .map(|span| Edit::delete(Rule::E108, span))
        .collect()
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
        draft.apply(unicode(text, &Survey::of(text)), |_| ());
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
    fn form_c_is_the_librarys() {
        let seen = |c: &char| invisible(*c).is_none();
        let all: Vec<char> = ('\0'..=char::MAX).filter(seen).collect();
        // Marks of several classes, letters they join with, Hangul and Indic parts, and letters that
        // form C takes apart or replaces.
        let telling: Vec<char> = "ae\u{301}\u{323}\u{327}\u{345}\u{5B0}\u{64B}\u{651}\u{93C}\u{915}\u{958}\u{9C7}\u{9BE}\u{BC6}\u{BBE}\u{E38}\u{E48}\u{1100}\u{1161}\u{11A8}\u{AC00}\u{212B}\u{2126}\u{340}\u{344}\u{F71}\u{F73}\u{1D15E}"
            .chars()
            .collect();
        let check =
            |text: String| assert_eq!(cleaned(&text), text.nfc().collect::<String>(), "{text:?}");
        for &c in &all {
            check(['a', c, '\u{301}', c, ' '].iter().collect());
        }
        for &a in &telling {
            for &b in &telling {
                for &c in &telling {
                    check([' ', a, b, c, a].iter().collect());
                }
            }
        }
    }

    #[test]
    fn a_check_finds_the_marks_that_cleaning_takes_away() {
        for text in [
            "a\u{FEFF}b\u{FEFF}",
            "'\u{FEFF}' \u{FEFF}",
            "a",
            "\u{200B}\u{FEFF}",
        ] {
            let mut all = unicode(text, &Survey::of(text));
            all.retain(|edit| edit.rule == Rule::E108);
            assert_eq!(stray_boms(text), all, "{text:?}");
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
