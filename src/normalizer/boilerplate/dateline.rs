//! The dateline an article opens with: "NEW DELHI, Nov 22 (Reuters) - ", "BERLIN (dpa) – ".
//!
//! A dateline is told by everything before its dash, colon or bracket: places, agencies, a date and
//! little else. One word that is none of these makes it a sentence, so that "London – a city of
//! bridges –" stays. Places and agencies are rows of the phrase files; months need not be known, a
//! word beside a day is one.

use super::opening::{Opening, Word, is_of_word};
use super::page::Page;
use super::passages::{Passage, Taken};
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
