//! Bytes: mojibake of which single bytes are left, first or last ones of characters.

use std::ops::Range;

use super::super::controls;
use super::super::sound::odd::{self, Kind};
use super::report;
use crate::edit::Edit;
use crate::rules::Rule;

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

/// Runs of which the lead bytes of a script are left and little else; all of them at `accents`.
pub(super) fn leads(text: &str, accents: impl Iterator<Item = usize> + Clone) -> Vec<Edit> {
    /// The leads as bits, by the low bits of the byte they end in.
    const ENDS: u64 = {
        let (mut ends, mut script) = (0, 0);
        while script < LEADS.len() {
            let mut lead = 0;
            while lead < LEADS[script].len() {
                ends |= 1 << (LEADS[script][lead] as u32 & 0x3F);
                lead += 1;
            }
            script += 1;
        }
        ends
    };
    let bytes = text.as_bytes();
    let is_lead =
        |&at: &usize| bytes[at] == FIRST_OF_LEADS && ENDS >> (bytes[at + 1] & 0x3F) & 1 == 1;
    let mut places = accents.filter(is_lead);
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(start) = places.find(|&at| at >= end) {
        end = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |length| start + length);
        // Of whatever script: few lines with accents have so many.
        let others = places.clone().take_while(|&at| at < end);
        if others.take(MANY_LEADS - 1).count() < MANY_LEADS - 1 {
            continue;
        }
        let line = &text[start..end];
        let run = LEADS.iter().find_map(|leads| leads_of(line, leads));
        found.extend(run.map(|run| report(text, Rule::E903, start + run.start..start + run.end)));
    }
    found
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

/// First and last bytes of characters with a question mark in the place of what stood between them, "â?¬"; all of them
/// at `accents`.
pub(super) fn asked(text: &str, accents: impl Iterator<Item = usize>) -> Vec<Edit> {
    /// What such runs begin with: a letter that was misread twice, the signs of the euro and of trade marks.
    const BEGINNINGS: [&str; 3] = ["\u{C3}?\u{C2}", "\u{E2}?\u{AC}", "\u{E2}?\u{A2}"];
    let mut found = Vec::new();
    let mut end = 0;
    for start in accents {
        let rest = &text[start..];
        if start < end || !BEGINNINGS.iter().any(|begun| rest.starts_with(begun)) {
            continue;
        }
        let behind = rest.trim_start_matches(|c: char| !c.is_ascii() || c == '?');
        let run = rest[..rest.len() - behind.len()].trim_end_matches('?');
        end = start + run.len();
        found.push(report(text, Rule::E903, start..end));
    }
    found
}

/// Controls that are some bytes of characters, the others gone; all of them among the `losses`.
pub(super) fn controls_left(text: &str, losses: impl Iterator<Item = usize>) -> Vec<Edit> {
    /// Controls of the longest row that is looked at; longer ones are tables.
    const LONGEST: usize = 3;
    let mut found = Vec::new();
    let mut end = 0;
    for at in losses {
        if at < end || !text[at..].starts_with(controls::is_control) {
            continue;
        }
        let row = text[at..].chars().take_while(|&c| controls::is_control(c));
        let row: Vec<char> = row.take(LONGEST + 1).collect();
        end = at + row.iter().map(|c| c.len_utf8()).sum::<usize>();
        let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
        let touches = [before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphabetic);
        if touches && row.len() <= LONGEST && controls::is_of_broken(before, &row, after) {
            found.push(report(text, Rule::E903, at..end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::told;

    #[test]
    fn last_bytes_without_the_first_are_told() {
        let text = "said Vito Mule\u{80}\u{99} and \"\u{80}\u{99}\"";
        assert_eq!(told(text, true), [("E903", "\u{80}\u{99}")]);
        let text = "이 옵\u{85}\u{98}을 \u{93}통화\u{94} 주";
        assert_eq!(told(text, true), [("E903", "\u{85}\u{98}")]);
    }

    #[test]
    fn question_marks_between_bytes_are_told() {
        let text = "It\u{C3}?\u{C2}\u{A2}\u{E2}?\u{AC}\u{E2}?\u{A2}s \u{E2}?\u{AC}5?";
        let runs = [
            ("E903", "\u{C3}?\u{C2}\u{A2}\u{E2}?\u{AC}\u{E2}?\u{A2}"),
            ("E903", "\u{E2}?\u{AC}"),
        ];
        assert_eq!(told(text, true), runs);
        assert_eq!(told("Le forêt? À quoi \u{E2}? \u{AC} \u{E2}?", false), []);
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
