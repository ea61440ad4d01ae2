//! Survey: one walk over a text, which notes every place that a pass has to look at.
//!
//! Most of a text needs nobody's attention, and being told so is what most of the time goes into. So
//! all passes share one walk: each character is looked up once, for its class, and each pair of
//! neighbours, for the reasons to look at it. Stretches of plain prose are passed over many bytes at
//! a time. What is left is a short list of places, and the passes read that instead of the text.

pub(crate) mod look;
pub(crate) mod plain;

use std::ops::Range;

use crate::scan::place;
use crate::wide;
use plain::Plain;

// BLOCK_OF, BLOCKS and LOOKS.
include!(concat!(env!("OUT_DIR"), "/looks.rs"));

/// A character that is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its byte offset.
    pub(crate) at: usize,
    /// Why it is, as bits of [`look`].
    pub(crate) why: u8,
}

/// What there is to look at in a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// Where, and why: narrow, since in damaged text it is every other character.
    spots: Vec<(u32, u8)>,
    /// Every reason that a spot has.
    reasons: u8,
}

impl Survey {
    /// Walks over a text.
    pub(crate) fn of(text: &str) -> Survey {
        wide::survey(text)
    }

    /// The walk itself, which [`wide`] has compiled twice; `plain_length` tells how many bytes of a kind of plain
    /// prose a text begins with.
    #[inline(always)]
    pub(crate) fn walk(text: &str, plain_length: impl Fn(Plain, &[u8]) -> usize) -> Survey {
        let mut survey = Survey::default();
        let bytes = text.as_bytes();
        let mut rest = bytes;
        let mut last = class_of_ascii(b'\n');
        // Notes the character that `rest` begins with, if one of its class is worth a look here.
        let mut pass = |rest: &[u8], last: u8, class: u8| {
            let why = LOOKS[usize::from(last)][usize::from(class)];
            if why != 0 {
                survey.note(bytes.len() - rest.len(), why);
            }
            class
        };
        while let [first, ..] = rest {
            if first.is_ascii() {
                last = pass(rest, last, class_of_ascii(*first));
                // In many scripts a single space parts two words: no stretch begins with it.
                let length = if rest.iter().take(2).all(|&byte| plain::is_ascii(byte)) {
                    plain_length(Plain::Ascii, rest)
                } else {
                    1
                };
                let (stretch, behind) = rest.split_at(length);
                if let [.., _, end] = stretch {
                    last = class_of_ascii(*end);
                }
                rest = behind;
            }
            // Most characters stand in runs of one length.
            while let [lead @ 0xC0..0xE0, second, behind @ ..] = rest {
                last = pass(rest, last, class_of_two(*lead, *second));
                let plain = Plain::of_two(*lead).map_or(0, |kind| plain_length(kind, rest));
                (last, rest) = behind_plain(rest, plain).unwrap_or((last, behind));
            }
            while let [lead @ 0xE0..0xF0, second, third, behind @ ..] = rest {
                last = pass(rest, last, class_of_three(*lead, *second, *third));
                let plain =
                    Plain::of_three(*lead, *second).map_or(0, |kind| plain_length(kind, rest));
                (last, rest) = behind_plain(rest, plain).unwrap_or((last, behind));
            }
            while let [0xF0..=0xFF, _, _, _, behind @ ..] = rest {
                last = pass(rest, last, class_at(rest));
                rest = behind;
            }
        }
        survey
    }

    /// The survey of `text`, which edits made of the text that this is the survey of. They are in order:
    /// the bytes there that each replaced, and how many it put in their place. A spot is one by its
    /// character and the one before it, so that all but those beside an edit stay.
    pub(crate) fn edited(&self, text: &str, edits: &[(Range<usize>, usize)]) -> Survey {
        let mut survey = Survey::default();
        let mut spots = self.spots.iter().copied().peekable();
        // How far the text is ahead of the one before it, and up to where it is looked at again.
        let (mut ahead, mut looked) = (0, 0);
        let now = |at: u32, ahead: usize| (at as usize).wrapping_add(ahead);
        for (span, length) in edits {
            while let Some((at, why)) = spots.next_if(|&(at, _)| (at as usize) < span.start) {
                survey.note(now(at, ahead), why);
            }
            // What was edited, and the character behind it.
            while spots.next_if(|&(at, _)| at as usize <= span.end).is_some() {}
            let start = span.start.wrapping_add(ahead);
            let before = text[..start].chars().next_back().map_or(0, char::len_utf8);
            let end = start + length;
            let behind = text[end..].chars().next().map_or(0, char::len_utf8);
            let from = start - before;
            for (at, why) in Survey::of(&text[from..end + behind]).spots {
                if from + at as usize >= start.max(looked) {
                    survey.note(from + at as usize, why);
                }
            }
            looked = end + behind;
            ahead = ahead.wrapping_add(*length).wrapping_sub(span.len());
        }
        for (at, why) in spots {
            survey.note(now(at, ahead), why);
        }
        survey
    }

    #[cold]
    fn note(&mut self, at: usize, why: u8) {
        self.spots.push((at as u32, why));
        self.reasons |= why;
    }

    /// How many characters are worth a look.
    pub(crate) fn places(&self) -> usize {
        self.spots.len()
    }

    /// Whether any character is worth a look for one of these reasons.
    pub(crate) fn has(&self, reasons: u8) -> bool {
        self.reasons & reasons != 0
    }

    /// The characters that are worth a look for one of these reasons, in order.
    pub(crate) fn spots(&self, reasons: u8) -> impl Iterator<Item = Spot> {
        let spots = self.spots.iter().map(|&(at, why)| Spot {
            at: at as usize,
            why,
        });
        spots.filter(move |spot| spot.why & reasons != 0)
    }
}

#[inline]
fn class_of_ascii(byte: u8) -> u8 {
    let block = BLOCK_OF[usize::from(byte >> 6)];
    BLOCKS[usize::from(block)][usize::from(byte & 0x3F)]
}

/// The class of a character of two bytes.
#[inline]
fn class_of_two(lead: u8, second: u8) -> u8 {
    let block = BLOCK_OF[usize::from(lead & 0x1F)];
    BLOCKS[usize::from(block)][usize::from(second & 0x3F)]
}

/// The class of a character of three bytes.
#[inline]
fn class_of_three(lead: u8, second: u8, third: u8) -> u8 {
    let block = BLOCK_OF[usize::from(lead & 0x0F) << 6 | usize::from(second & 0x3F)];
    BLOCKS[usize::from(block)][usize::from(third & 0x3F)]
}

/// The class of the character beyond ASCII that `bytes` begin with.
#[inline]
fn class_at(bytes: &[u8]) -> u8 {
    let (block, low, _) = place(bytes);
    BLOCKS[usize::from(BLOCK_OF[block])][low]
}

/// What follows so many bytes of plain prose, if there are any, and the class of the character before it.
#[inline(always)]
fn behind_plain(rest: &[u8], length: usize) -> Option<(u8, &[u8])> {
    let (prose, behind) = rest.split_at_checked(length)?;
    let last = match *prose {
        [] => return None,
        [.., byte @ ..0x80] => class_of_ascii(byte),
        [.., lead @ 0xC0..0xE0, second] => class_of_two(lead, second),
        [.., lead, second, third] => class_of_three(lead, second, third),
        _ => return None,
    };
    Some((last, behind))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::look::{DAMAGE, FORM, LONE};
    use super::*;
    use crate::reader::repair::touch;

    fn reasons(text: &str, at: usize) -> u8 {
        let survey = Survey::of(text);
        let mut spots = survey.spots(u8::MAX);
        spots.find(|spot| spot.at == at).map_or(0, |spot| spot.why)
    }

    #[test]
    fn suspicious_neighbours_are_noted() {
        let all = || ('\0'..='\u{FFFF}').chain(['\u{1F600}']);
        for a in [
            'a', 'E', '?', ' ', '\u{C3}', '\u{E2}', '\u{20AC}', '\u{440}', '\u{E42}', '\u{9225}',
        ] {
            for b in all() {
                for (a, b) in [(a, b), (b, a)] {
                    let text: String = [a, b].iter().collect();
                    let noted = reasons(&text, a.len_utf8());
                    assert_eq!(noted & DAMAGE != 0, touch::fires(a, b), "{a:?} {b:?}");
                    let lone = touch::may_be_lone(a, b);
                    assert_eq!(noted & LONE != 0, lone, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn what_form_c_changes_is_noted() {
        for c in '\0'..=char::MAX {
            for mark in ['a', '\u{327}', '\u{301}', '\u{E38}', '\u{E48}', '\u{94D}'] {
                let text: String = ['a', c, mark].iter().collect();
                let changes = text.nfc().collect::<String>() != text;
                assert!(!changes || Survey::of(&text).has(FORM), "{text:?}");
            }
        }
    }

    #[test]
    fn a_survey_follows_edits() {
        let text =
            "na\u{EF}ve \u{E2}\u{20AC}\u{2122} & \u{C3}\u{A9}? plain words \u{FFFD}\u{440}\u{E42}";
        let survey = Survey::of(text);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let afters = ["", "a", "?", "\u{E2}", "\u{2122}x", "plain", "\u{A9}\u{C3}"];
        for (first, &start) in places.iter().enumerate() {
            for &end in &places[first..places.len().min(first + 4)] {
                for &next in places.iter().filter(|&&next| next >= end) {
                    for (at, &after) in afters.iter().enumerate() {
                        let other = afters[(at + next) % afters.len()];
                        let edited = [
                            &text[..start],
                            after,
                            &text[end..next],
                            other,
                            &text[next..],
                        ];
                        let edits = [(start..end, after.len()), (next..next, other.len())];
                        let edited = edited.concat();
                        assert_eq!(
                            survey.edited(&edited, &edits),
                            Survey::of(&edited),
                            "{edited}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn stretches_are_passed_over_to_where_they_end() {
        // Every kind of character at every place in stretches of every kind.
        for fill in [
            "a",
            "\u{201C}We\u{2019}ve, \u{2014} \u{201D} ",
            "\u{440}",
            "\u{E01} ",
        ] {
            let before = fill.repeat(100);
            let starts = before.char_indices().map(|(at, _)| at);
            for start in starts.filter(|at| before.len() - at < 120) {
                for (c, why) in [
                    ('\u{FFFD}', DAMAGE),
                    ('\u{7}', FORM),
                    ('?', look::ESCAPE),
                    ('\u{2028}', look::BREAK),
                    ('\u{E9}', look::ACCENT),
                ] {
                    let text = format!("{}{c}{before}", &before[start..]);
                    let at = before.len() - start;
                    assert_ne!(
                        reasons(&text, at) & why,
                        0,
                        "{c:?} behind {at} bytes of {fill}"
                    );
                }
            }
        }
    }
}
