//! Gaps: punctuation of which the damage left nothing at all, in a text that shows how it came about.
//!
//! Of "—", UTF-8 E2 80 94, a double-byte charset that makes no pair of these bytes and drops them leaves
//! nothing. Where the rounds before have shown that the text went through such a charset, a place where
//! English cannot do without a sign is where one was: two spaces between two words, "dont", a quotation
//! that is opened and never closed. A sign whose last byte makes a pair with the letter behind it would
//! have left that pair, so that its gap is none.

use std::sync::Arc;

use super::Step;
use super::cells::Places;
use super::charsets::pairs::{self, Pairs};
use super::known::Known;
use super::lost::english;
use super::page::Patch;
use super::traces::is_english;
use crate::edit::{Certainty, Repair};
use crate::rules::Rule;

const APOSTROPHE: char = '\u{2019}';
const OPEN: char = '\u{201C}';
const CLOSE: char = '\u{201D}';
/// The most words of "the minister’s office said".
const LONGEST_TAG: usize = 8;

/// The signs that are missing in `text`, which `known` says how it was damaged.
pub(crate) fn find(text: &str, known: &Known) -> Vec<Patch> {
    let Some(pairs) = pairs::wanted(|name| known.has(name)).find(|pairs| drops_signs(pairs)) else {
        return Vec::new();
    };
    let chars: Vec<char> = text.chars().collect();
    if !is_english(&chars) {
        return Vec::new();
    }
    let mut gaps = dashes(&chars);
    gaps.extend(years(&chars));
    gaps.extend(contractions(&chars));
    gaps.extend(quotations(&chars));
    gaps.retain(|gap| {
        let [.., last] = gap.sign.to_string().into_bytes()[..] else {
            return false;
        };
        let behind = chars
            .get(gap.at)
            .map_or(b'\n', |&c| u8::try_from(c).unwrap_or(0xE2));
        !pairs.is_assigned(last, behind)
    });
    gaps.sort_by_key(|gap| gap.at);
    gaps.dedup_by_key(|gap| gap.at);
    let places = Places::of(text);
    gaps.iter()
        .map(|gap| gap.patch(&chars, &places, pairs))
        .collect()
}

/// Whether a charset makes nothing of the first two bytes of signs.
fn drops_signs(pairs: &Pairs) -> bool {
    !pairs.is_assigned(0xE2, 0x80)
}

/// A place between two characters, and the sign that stood there.
struct Gap {
    at: usize,
    sign: char,
}

impl Gap {
    /// The sign with the character before it: an edit covers something.
    fn patch(&self, chars: &[char], places: &Places, pairs: &Pairs) -> Patch {
        let before = self.at.saturating_sub(1);
        let after: String = chars[before..self.at].iter().chain([&self.sign]).collect();
        Patch {
            span: places.span(before..self.at),
            after: after.clone(),
            rule: Rule::E102,
            certainty: Certainty::Inferred,
            repair: Arc::new(Repair {
                charset: pairs.name.into(),
                steps: vec![Step::Write(after)],
            }),
        }
    }
}

/// Between two spaces that part words of a sentence. One that ended a sentence may have had an emoji.
fn dashes(chars: &[char]) -> Vec<Gap> {
    let spaced = |dash: char| chars.windows(3).any(|three| three == [' ', dash, ' ']);
    let sign = match (spaced('\u{2013}'), spaced('\u{2014}')) {
        (true, false) => '\u{2013}',
        _ => '\u{2014}',
    };
    let word = |c: char| c.is_alphanumeric();
    let fours = chars.windows(4).enumerate();
    let gaps = fours.filter(|(_, four)| four[1..3] == [' '; 2] && word(four[0]) && word(four[3]));
    gaps.map(|(at, _)| Gap { at: at + 2, sign }).collect()
}

/// Between two years without anything between them.
fn years(chars: &[char]) -> Vec<Gap> {
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let eights = chars.windows(8).enumerate().filter(|(at, eight)| {
        let year = |digits: &[char]| matches!(digits, ['1', '5'..='9', ..] | ['2', '0', ..]);
        eight.iter().all(char::is_ascii_digit)
            && !digit(at.checked_sub(1))
            && !digit(Some(at + 8))
            && year(&eight[..4])
            && year(&eight[4..])
            && eight[..4] < eight[4..]
    });
    eights
        .map(|(at, _)| Gap {
            at: at + 4,
            sign: '\u{2013}',
        })
        .collect()
}

/// In "dont" and "citys" and their like, which are no words but by an apostrophe.
fn contractions(chars: &[char]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut at = 0;
    for word in chars.split(|c| !c.is_alphabetic()) {
        let tail = english::bare_contraction(word).or_else(|| english::bare_possessive(word));
        if let Some(tail) = tail {
            gaps.push(Gap {
                at: at + word.len() - tail,
                sign: APOSTROPHE,
            });
        }
        at += word.len() + 1;
    }
    gaps
}

/// Before "the minister said", where a quotation is open that is never closed.
fn quotations(chars: &[char]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let opens = chars.iter().enumerate().filter(|&(_, &c)| c == OPEN);
    for (at, _) in opens {
        let rest = &chars[at + 1..];
        let end = rest.iter().position(|&c| matches!(c, OPEN | '\n'));
        let rest = &rest[..end.unwrap_or(rest.len())];
        if rest.contains(&CLOSE) {
            continue;
        }
        let stops = rest
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c, ',' | '!' | '?'));
        let mut stops = stops.map(|(stop, _)| stop + 1);
        let tagged = stops.find(|&stop| rest.get(stop) == Some(&' ') && is_tag(&rest[stop + 1..]));
        gaps.extend(tagged.map(|stop| Gap {
            at: at + 1 + stop,
            sign: CLOSE,
        }));
    }
    gaps
}

/// Whether a text goes on by saying who said it.
fn is_tag(chars: &[char]) -> bool {
    let end = chars
        .iter()
        .position(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?'));
    let clause: String = chars[..end.unwrap_or(chars.len())].iter().collect();
    let words: Vec<&str> = clause.split_whitespace().collect();
    words.len() <= LONGEST_TAG
        && words.len() > 1
        && [words.first(), words.last()]
            .into_iter()
            .flatten()
            .any(|word| english::is_saying(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, charset: &str) -> String {
        let mut known = Known::default();
        known.add(&[Patch {
            span: 0..0,
            after: String::new(),
            rule: Rule::E101,
            certainty: Certainty::Proven,
            repair: Arc::new(Repair {
                charset: charset.to_owned().into(),
                steps: Vec::new(),
            }),
        }]);
        let mut after = text.to_owned();
        for patch in find(text, &known).into_iter().rev() {
            after.replace_range(patch.span, &patch.after);
        }
        after
    }

    #[test]
    fn what_english_cannot_do_without_comes_back() {
        assert_eq!(
            filled(
                "“I know, she said. “We dont go, the mayor of the citys boys said. It was cold  and wet in the years 20192024.",
                "big5"
            ),
            "“I know,” she said. “We don’t go,” the mayor of the city’s boys said. It was cold — and wet in the years 2019–2024.",
        );
    }

    #[test]
    fn what_would_have_left_something_is_no_gap() {
        // In EUC-KR the last byte of the apostrophe makes a hangul with the letter behind it.
        let text = "The people of the town dont know it, and they will not be told.";
        assert_eq!(filled(text, "euc-kr"), text);
        // GBK makes a hanzi of the first two bytes of every sign.
        let text = "They waited  and waited in the rain, and dont know why.";
        assert_eq!(filled(text, "gbk"), text);
        // Other languages set their signs in other ways.
        let text = "Der Rat hat die neue Ordnung  und den Plan nicht gebilligt.";
        assert_eq!(filled(text, "big5"), text);
        // Here two spaces part sentences, and the quotation is closed.
        let text =
            "“It is late,” she said.  The men of the town went home, the story says. He cant wont.";
        assert_eq!(filled(text, "euc-kr"), text);
    }
}
