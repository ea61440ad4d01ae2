//! Questions: question marks in the place of letters and apostrophes.

use std::ops::Range;

use super::report;
use crate::edit::Edit;
use crate::rules::Rule;

/// What a word with a question mark in it counts, and one that English contracts there, and what is
/// needed: a space is forgotten now and then, in the same text seldom twice.
const INSIDE: u32 = 1;
const CONTRACTION: u32 = 2;
const NEEDED: u32 = 3;
/// Letters of a word that a question mark stands in.
const LETTERS_OF_QUESTION: usize = 3;

/// Words of letters with question marks among them, where several of a text have some.
pub(super) fn find(text: &str) -> Vec<Edit> {
    let mut words: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'?', &text.as_bytes()[at..]) {
        let mark = at + next;
        let start = text[..mark].rfind(char::is_whitespace).map_or(0, |space| {
            space + text[space..].chars().next().map_or(1, char::len_utf8)
        });
        let end = text[mark..]
            .find(char::is_whitespace)
            .map_or(text.len(), |length| mark + length);
        at = end.max(mark + 1);
        let edge = |c: char| !c.is_alphabetic();
        let behind = text[start..end].trim_start_matches(edge);
        let word = behind.trim_end_matches(edge);
        // In commands and addresses a question mark parts words.
        let opens = |c: char| matches!(c, '"' | '\'' | '(' | '[' | '-' | '?') || c as u32 >= 0x80;
        let led = text[start..end - behind.len()].chars().all(opens);
        let start = end - behind.len();
        if led && is_questioned(word) {
            words.push((word, start..start + word.len()));
        }
    }
    let mut distinct: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let points = |word: &&str| {
        if is_contraction(word) {
            CONTRACTION
        } else {
            INSIDE
        }
    };
    if distinct.iter().map(points).sum::<u32>() < NEEDED {
        return Vec::new();
    }
    let found = words.into_iter();
    found
        .map(|(_, span)| report(text, Rule::E902, span))
        .collect()
}

/// Whether question marks stand in a word where small letters do.
fn is_questioned(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let letters = chars.iter().filter(|c| c.is_alphabetic()).count();
    let plain = |c: &char| c.is_alphabetic() || matches!(c, '?' | '\'' | '\u{2019}' | '-');
    let inside = chars.windows(3).filter(|three| three[1] == '?');
    let mut any = false;
    for three in inside {
        any = true;
        if !three[0].is_alphabetic() || !three[2].is_lowercase() {
            return false;
        }
    }
    any && letters >= LETTERS_OF_QUESTION && chars.iter().all(plain) && !word.contains("??")
}

/// "It?s", "don?t" and their like.
fn is_contraction(word: &str) -> bool {
    let parts = word.split_once('?');
    parts.is_some_and(|(start, end)| match end {
        "t" => start.ends_with('n'),
        _ => matches!(end, "s" | "re" | "ve" | "ll" | "m"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::told;

    #[test]
    fn question_marks_in_words_are_told_where_several_are() {
        assert_eq!(
            told("It?s a na?ve plan", false),
            [("E902", "It?s"), ("E902", "na?ve")]
        );
        assert_eq!(
            told("\u{201C}We don?t,\u{201D} said Bill. It?s late.", false).len(),
            2
        );
        for text in [
            "Did you see it?then go. Or not?just wait",
            "See a.example/page?id=1, page?q and what?not",
            "Who? Me? You?",
            "Type :s?old?new and :gs?old?new or :s?one?two to change it",
            "(colou?r|flavou?r|hono?r) matches",
            "c?t d?g b?d",
        ] {
            assert_eq!(told(text, text.starts_with('(')), [], "{text}");
        }
    }
}
