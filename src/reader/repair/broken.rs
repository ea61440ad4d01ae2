//! Broken: damage that no repair is known for. It is reported, never papered over.
//!
//! Each kind is found by its place only: U+FFFD, question marks and capitals stand in sound text too.

use std::ops::Range;

use super::controls;
use super::odd::{self, Kind};
use super::topic::{self, Topic};
use crate::edit::{Certainty, Edit};
use crate::rules::Rule;

/// Letters beside U+FFFD that make it part of a word: in prose, and in code, where a test may write
/// any two.
const LETTERS_IN_PROSE: usize = 2;
const LETTERS_IN_CODE: usize = 3;

/// What a word with a question mark in it counts, and one that English contracts there, and what is
/// needed: a space is forgotten now and then, in the same text seldom twice.
const INSIDE: u32 = 1;
const CONTRACTION: u32 = 2;
const NEEDED: u32 = 3;
/// Letters of a word that a question mark stands in.
const LETTERS_OF_QUESTION: usize = 3;

/// Characters that UTF-8 lead bytes of one script are in windows-1252.
const LEADS: [&[char]; 4] = [
    // Cyrillic.
    &['\u{D0}', '\u{D1}'],
    // Greek.
    &['\u{CE}', '\u{CF}'],
    // Arabic.
    &['\u{D8}', '\u{D9}', '\u{DA}', '\u{DB}'],
    // The scripts of India and Southeast Asia.
    &['\u{E0}'],
];
/// The first byte of them all in UTF-8.
const FIRST_OF_LEADS: u8 = 0xC3;
/// Leads on a line from which on they can be no word's capitals.
const MANY_LEADS: usize = 4;
/// Bytes that a lead, what is left of its character and a space take in UTF-8 at the most.
const LONGEST_LEFT: usize = 10;

/// The damage of `text` that is beside the `repairs`, which are in order. `code` says that the text is
/// no prose.
pub(crate) fn find(text: &str, repairs: &[Edit], code: bool) -> Vec<Edit> {
    let mut found = lost(text, code);
    if !code {
        found.extend(questions(text));
    }
    found.extend(leads(text));
    found.extend(tails(text));
    found.retain(|edit| {
        let next = repairs.partition_point(|repair| repair.span.end <= edit.span.start);
        repairs
            .get(next)
            .is_none_or(|repair| repair.span.start >= edit.span.end)
            && !(edit.rule == Rule::E901 && topic::is_near(text, &edit.span, Topic::Loss))
    });
    found
}

fn report(text: &str, rule: Rule, span: Range<usize>) -> Edit {
    Edit {
        certainty: Certainty::Lost,
        ..Edit::replace(rule, span.clone(), &text[span])
    }
}

/// U+FFFD inside words, and in prose between them. By itself, in quotes or among signs it is what
/// somebody meant to write.
fn lost(text: &str, code: bool) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut at = 0;
    for start in memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}") {
        if start < at {
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
        let in_word = letters_before(before) + letters_after(after) >= needed;
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

/// Words of letters with question marks among them, where several of a text have some.
fn questions(text: &str) -> Vec<Edit> {
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
        let start = end - behind.len();
        if is_questioned(word) {
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

/// Runs of which the lead bytes of a script are left and little else.
fn leads(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(FIRST_OF_LEADS, &bytes[at..]) {
        let start = at + next;
        let end =
            memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        let spans = has_many_leads(line)
            .then(|| LEADS.iter().find_map(|leads| leads_of(line, leads)))
            .flatten();
        found.extend(spans.map(|run| report(text, Rule::E903, start + run.start..start + run.end)));
        at = end;
    }
    found
}

/// Whether a line has leads enough, of whatever script: few lines with accents do.
fn has_many_leads(line: &str) -> bool {
    let is_lead =
        |at: usize| line[at..].starts_with(|c| LEADS.iter().any(|leads| leads.contains(&c)));
    let places = memchr::memchr_iter(FIRST_OF_LEADS, line.as_bytes());
    places
        .filter(|&at| is_lead(at))
        .nth(MANY_LEADS - 1)
        .is_some()
}

/// From the first of these leads on a line to the last, if that is no language.
fn leads_of(line: &str, leads: &[char]) -> Option<Range<usize>> {
    let mut places = line.match_indices(leads).map(|(at, _)| at);
    let first = places.next()?;
    let mut last = first;
    let count = 1 + places.inspect(|&at| last = at).count();
    let run = first..last + leads[0].len_utf8();
    // A lead and what is left of the character are a few bytes; this spares counting the letters of
    // prose that has such letters here and there.
    if count < MANY_LEADS || run.len() > count * LONGEST_LEFT {
        return None;
    }
    let beside =
        |c: char| matches!(odd::kind(c), Kind::Sign | Kind::Currency) || odd::script(c) > 1;
    let letters = line[run.clone()]
        .chars()
        .filter(|c| c.is_alphabetic())
        .count();
    // Half of its letters, and beside them signs, or letters that had both their bytes.
    (2 * count > letters && line[run.clone()].contains(beside)).then_some(run)
}

/// Controls that are the last bytes of general punctuation, its first byte gone.
fn tails(text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "\u{80}") {
        let is_control = |c: &char| ('\u{80}'..='\u{9F}').contains(c);
        let row: Vec<char> = text[at..].chars().take_while(is_control).take(3).collect();
        if controls::is_tail(&row) && letters_before(&text[..at]) > 0 {
            found.push(report(text, Rule::E903, at..at + 2 * '\u{80}'.len_utf8()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, code: bool) -> Vec<(&'static str, &str)> {
        let found = find(text, &[], code);
        let told = found
            .into_iter()
            .map(|edit| (edit.rule.code(), &text[edit.span]));
        told.collect()
    }

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
        ] {
            assert_eq!(told(text, true), [], "{text}");
        }
        assert_eq!(told("It stands for U+FFFD \u{FFFD} and nothing", false), []);
    }

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
            "(colou?r|flavou?r|hono?r) matches",
            "c?t d?g b?d",
        ] {
            assert_eq!(told(text, text.starts_with('(')), [], "{text}");
        }
    }

    #[test]
    fn last_bytes_without_the_first_are_told() {
        let text = "said Vito Mule\u{80}\u{99} and \"\u{80}\u{99}\"";
        assert_eq!(told(text, true), [("E903", "\u{80}\u{99}")]);
    }

    #[test]
    fn lead_bytes_without_the_rest_are_told() {
        let text = "\u{D0} \u{D0}\u{BE} \u{D0} \u{D0}\u{D0}";
        assert_eq!(told(text, false), [("E903", text)]);
        let text = "\u{D0} \u{43E} \u{D0} \u{D0}\u{D0}";
        assert_eq!(told(text, false), [("E903", text)]);
        for text in [
            "\u{D0}\u{F3}r\u{F0}ur og \u{D0}j\u{FA}pivogur",
            "\u{D1}ust \u{D1} \u{D1} \u{D1}u",
            "O \u{D8} \u{D8} \u{D8} \u{D8} \u{B1}",
            "\u{D8}l, br\u{F8}d \u{D8} \u{D8} og sm\u{F8}r",
        ] {
            assert_eq!(told(text, false), [], "{text}");
        }
    }
}
