//! Survey: one walk over a text, which notes every place that a pass has to look at.
//!
//! Most of a text needs nobody's attention, and being told so is what most of the time goes into. So
//! all passes share one walk: each character is looked up once, for its class, and each pair of
//! neighbours, for the reasons to look at it. Stretches of plain prose are passed over many bytes at
//! a time. What is left is a short list of places, and the passes read that instead of the text.

pub(crate) mod look;
pub(crate) mod plain;
mod walk;

use std::ops::Range;

use crate::wide;
use plain::Plain;
use walk::Walk;

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
        Survey::of_few(text, usize::MAX).unwrap_or_default()
    }

    /// Walks over a text as long as there are no more places to look at than `most`; `None` if there are.
    pub(crate) fn of_few(text: &str, most: usize) -> Option<Survey> {
        wide::survey(text, most)
    }

    /// The walk itself, which [`wide`] has compiled twice; `plain_length` tells how many bytes of a kind of plain
    /// prose a text begins with.
    #[inline(always)]
    pub(crate) fn walk(
        text: &str,
        most: usize,
        plain_length: impl Fn(Plain, &[u8]) -> usize,
    ) -> Option<Survey> {
        Walk::of(text).through(most, plain_length)
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
            // A few characters, which are looked up one by one.
            let few = Survey::walk(&text[from..end + behind], usize::MAX, |_, _| 0);
            for (at, why) in few.unwrap_or_default().spots {
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
    pub(crate) fn spots(&self, reasons: u8) -> impl Iterator<Item = Spot> + Clone {
        let spots = self.spots.iter().map(|&(at, why)| Spot {
            at: at as usize,
            why,
        });
        spots.filter(move |spot| spot.why & reasons != 0)
    }
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
    fn a_walk_ends_where_there_are_too_many_places() {
        let text = "The mayor donâ€™t know. ".repeat(1000);
        let whole = Survey::of(&text);
        let places = whole.places();
        assert!(places >= 1000, "{places}");
        assert_eq!(Survey::of_few(&text, places).as_ref(), Some(&whole));
        assert_eq!(Survey::of_few(&text, places / 2), None);
        assert_eq!(Survey::of_few("", 0), Some(Survey::default()));
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
