//! The dateline an article opens with: "NEW DELHI, Nov 22 (Reuters) - ", "BERLIN (dpa) – ".
//!
//! A dateline is told by everything before its dash, colon or bracket: places, agencies, a date and
//! little else. One word that is none of these makes it a sentence, so that "London – a city of
//! bridges –" stays. Places and agencies are rows of the phrase files; months need not be known, a
//! word beside a day is one.

use super::page::Page;
use super::passages::{Passage, Taken};
use super::phrases::{Anchor, dateline_names};
use super::shape::Shape;
use crate::rules::Rule;

/// A dateline opens one of the first paragraphs: the first is often a summary of the article.
const PARAGRAPHS: usize = 2;

/// The paragraphs are looked for among this many first lines; above them stand headlines and dates.
const FIRST_LINES: usize = 12;

/// A dateline has at most this many characters.
const LONGEST: usize = 90;

/// What follows a dateline has at least this many letters.
const SENTENCE_LETTERS: u32 = 20;

/// The most words of a dateline that are neither place nor agency nor date: a town that no table
/// has, a reporter between brackets, a state behind a comma.
const UNKNOWN_WORDS: u32 = 4;

/// The datelines of the first paragraphs that stay.
pub fn passages(page: &Page, taken: &Taken) -> Vec<Passage> {
    let stays = |&line: &usize| taken.kind(line).is_none();
    (0..page.len().min(FIRST_LINES))
        .filter(stays)
        .filter(|&line| is_paragraph(page.content(line)))
        .take(PARAGRAPHS)
        .filter_map(|line| {
            let content = &page.lines[line].content;
            let length = dateline(page.content(line))?;
            Some(Passage {
                kind: Rule::B216,
                span: content.start..content.start + length,
            })
        })
        .collect()
}

/// Whether a line is a paragraph with its dateline and without: what goes must not change what is
/// looked at next.
fn is_paragraph(line: &str) -> bool {
    let shape = Shape::of(line);
    shape.is_prose() || shape.stopped && shape.letters >= SENTENCE_LETTERS
}

/// How many bytes of a line are its dateline, the space after it included.
pub fn dateline(line: &str) -> Option<usize> {
    let mut opening = Opening::default();
    let mut found: Option<End> = None;
    let mut at = 0;
    for _ in 0..LONGEST {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        let sign = (!is_of_word(c)).then_some(c);
        match sign {
            Some(sign) => {
                let joined = line[..at].chars().next_back().is_some_and(is_of_word);
                opening.read_sign(sign, joined);
                at += sign.len_utf8();
            }
            None => at += opening.read_word(rest),
        }
        if opening.is_sentence() {
            break;
        }
        let further = found.as_ref().is_none_or(|found| {
            // "(Agency) - ROME, 20 Nov - " goes on with names, "(Seoul=Agency) A Reporter = " with
            // the reporter's; "(AP) – Ann Lee – who" is the article.
            found.unknown == opening.unknown || matches!(sign, Some('=' | '＝'))
        });
        if further && let Some(end) = end_of_dateline(line, at, &opening, found.is_some()) {
            found = Some(End {
                at: end,
                unknown: opening.unknown,
            });
        }
    }
    found.map(|end| end.at)
}

/// Where a dateline may end, and how many unknown words it has.
struct End {
    at: usize,
    unknown: u32,
}

/// Where the dateline ends if what has been read up to `at` is one.
fn end_of_dateline(line: &str, at: usize, opening: &Opening, goes_on: bool) -> Option<usize> {
    let before = &line[..at];
    let after = &line[at..];
    let spaced = after.starts_with(char::is_whitespace);
    let is_end = match before.chars().next_back()? {
        '-' | '\u{2013}' | '\u{2014}' => spaced || before.ends_with("--"),
        ':' | '：' | '|' | '=' | '＝' => opening.bracket.is_none(),
        // "МОСКВА, 20 ноября. /ТАСС/. …", "STOCKHOLM (TT) …", "【ワシントン＝山田太郎】…"
        ')' | ']' | '）' | '］' | '】' | '/' => {
            opening.names_set_off && opening.bracket.is_none()
        }
        // "МОСКВА, 20 ноя – РИА Новости. …"
        '.' => goes_on && opening.last == Some(Word::Name),
        // Chinese wires: "新华社北京11月20日电" means "wired on the 20th".
        '电' | '電' => before.ends_with("日电") || before.ends_with("日電"),
        _ => false,
    };
    let is_wire = is_end && before.ends_with(['电', '電']) && opening.date;
    if !is_end || !(is_wire || opening.is_dateline()) {
        return None;
    }
    let rest = after.trim_start_matches(|c: char| c.is_whitespace() || ENDS.contains(&c));
    let rest = without_reporter(rest);
    opens_sentence(rest).then(|| line.len() - rest.len())
}

/// What may stand between a dateline and its article.
const ENDS: [char; 14] = [
    '.', '-', '\u{2013}', '\u{2014}', ':', '：', '=', '＝', '|', ')', '）', ']', '］', '】',
];

/// The text without the reporter in brackets who follows a Chinese dateline: "…日电（记者张三）".
fn without_reporter(text: &str) -> &str {
    let bracketed = text
        .strip_prefix('（')
        .and_then(|inside| inside.split_once('）'));
    match bracketed {
        Some((reporter, rest)) if reporter.chars().count() < 20 => rest.trim_start(),
        _ => text,
    }
}

/// Whether an article goes on here: "Paris – the city of light" does not part place and news.
fn opens_sentence(rest: &str) -> bool {
    rest.starts_with(|c: char| !c.is_lowercase()) && Shape::of(rest).letters >= SENTENCE_LETTERS
}

/// What the words of a line's opening are.
#[derive(Debug, Default)]
struct Opening {
    places: u32,
    agencies: u32,
    /// Whether a name stands in brackets or between slashes, as agencies do.
    names_set_off: bool,
    /// A day with a word beside it.
    date: bool,
    /// The closing sign of the bracket that is open.
    bracket: Option<char>,
    /// Whether a comma or slash stands behind the first name.
    comma: bool,
    /// Words that are no known name: capitalized or of a script without capitals, and small ones.
    unknown: u32,
    small: u32,
    /// Whether the first word is in capitals.
    capitals: bool,
    words: u32,
    last: Option<Word>,
}

/// What the last word was, for the date it may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Name,
    Unknown,
    Small,
    Day,
    Month,
}

impl Opening {
    /// Reads the name, number or word that the text starts with; how many bytes it has.
    fn read_word(&mut self, text: &str) -> usize {
        self.words += 1;
        if let Some(name) = dateline_names(text).into_iter().next() {
            if name.anchor == Anchor::Place {
                self.places += 1;
            } else {
                self.agencies += 1;
            }
            self.names_set_off |= self.bracket.is_some();
            self.last = Some(Word::Name);
            return name.end;
        }
        let is_digit = text.starts_with(char::is_numeric);
        let end = text
            .find(|c: char| !is_of_word(c) || c.is_numeric() != is_digit)
            .unwrap_or(text.len());
        let word = &text[..end];
        if is_digit {
            self.read_number(word);
        } else {
            self.read_other(word);
        }
        end
    }

    fn read_number(&mut self, digits: &str) {
        if digits.chars().count() > 2 {
            // A year; what is no year makes no dateline, but does no harm either.
            return;
        }
        match self.last {
            Some(Word::Unknown) => self.unknown -= 1,
            Some(Word::Small) => self.small -= 1,
            _ => {
                self.last = Some(Word::Day);
                return;
            }
        }
        self.date = true;
        self.last = Some(Word::Month);
    }

    fn read_other(&mut self, word: &str) {
        let is_small = word.starts_with(char::is_lowercase);
        let link = word.chars().count() <= 2;
        self.last = match self.last {
            // "20 de noviembre", "20th of November", "11月20日".
            Some(Word::Day | Word::Month) if link => {
                self.date = true;
                self.last
            }
            Some(Word::Day) => {
                self.date = true;
                Some(Word::Month)
            }
            _ if is_small => {
                self.small += 1;
                Some(Word::Small)
            }
            _ => {
                self.unknown += 1;
                self.capitals |= self.words == 1 && in_capitals(word);
                Some(Word::Unknown)
            }
        };
    }

    /// Reads a sign; `joined` to the word before it or not.
    fn read_sign(&mut self, sign: char, joined: bool) {
        match sign {
            '/' if joined && self.bracket.is_none() => self.comma = true,
            '(' | '（' => self.bracket = Some(')'),
            '[' | '［' => self.bracket = Some(']'),
            '【' => self.bracket = Some('】'),
            '/' if self.bracket.is_none() => self.bracket = Some('/'),
            ')' | '）' | ']' | '］' | '】' | '/' => self.bracket = None,
            ',' | '，' | '、' | '،' | '|' => self.comma = true,
            _ => {}
        }
        if !sign.is_whitespace() && sign != '.' {
            self.last = None;
        }
    }

    /// Whether too many words are no part of a dateline, whatever follows.
    fn is_sentence(&self) -> bool {
        self.unknown > UNKNOWN_WORDS || self.small > 1
    }

    fn is_dateline(&self) -> bool {
        let alone = self.unknown == 0 && self.small == 0;
        if self.names_set_off {
            // "Budapest, november 20., szerda (MTI) - ": a weekday may stand by the date.
            return self.unknown <= UNKNOWN_WORDS && (self.small == 0 || self.date);
        }
        match (self.places + self.agencies > 0, self.date) {
            (true, true) => self.small == 0 && self.unknown <= 2,
            // "Aspen, Colorado" needs the comma, and a name that is known.
            (true, false) => alone || self.comma && self.small == 0 && self.unknown <= 2,
            (false, true) => self.capitals && self.small == 0 && self.unknown <= 3,
            (false, false) => false,
        }
    }
}

fn in_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Whether a character belongs to a word: no white space, no punctuation. Vowel signs do.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || !(c.is_ascii()
            || c.is_whitespace()
            || matches!(
                c,
                // Latin-1 signs, general punctuation, ideographic and fullwidth signs.
                '\u{a1}'..='\u{bf}' | '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{2bff}'
                    | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}'
            )
            || matches!(c, '।' | '॥' | '۔' | '،' | '؛' | '؟'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_of_many_languages() {
        // A row is a dateline, a tab and its article; one without a dateline begins with the tab.
        for row in include_str!("../../../fixtures/datelines.tsv").lines() {
            let (expected, article) = row.split_once('\t').expect("a tab");
            let line = format!("{expected}{article}");
            let found = dateline(&line).map_or("", |end| &line[..end]);
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn any_opening_is_read_to_a_limit() {
        for line in [
            "(".repeat(1000),
            "Berlin ".repeat(1000),
            "20 ".repeat(1000),
            "日电".repeat(1000),
        ] {
            dateline(&line);
        }
    }
}
