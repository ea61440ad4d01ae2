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

// BLOCK_OF, BLOCKS, LOOKS and QUIET.
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
        let mut walk = Walk {
            survey: Survey::default(),
            length: text.len(),
            rest: text.as_bytes(),
            last: class_of_ascii(b'\n'),
        };
        while let Some(&first) = walk.rest.first() {
            let kind = match walk.rest {
                [byte, next, ..] if plain::is_ascii(*byte) && plain::is_ascii(*next) => {
                    Some(Plain::Ascii)
                }
                [lead, second, ..] => Plain::opened_by(*lead, *second),
                _ => None,
            };
            match kind.map_or(0, |kind| plain_length(kind, walk.rest)) {
                0 => walk.run(first),
                length => walk.pass_plain(length),
            }
        }
        walk.survey
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

/// A walk over a text: what is left of it, and the class of the character before.
struct Walk<'t> {
    survey: Survey,
    /// Bytes of the text.
    length: usize,
    rest: &'t [u8],
    last: u8,
}

impl Walk<'_> {
    /// Passes over plain prose, of which only the first character and the one before it are looked at.
    #[inline(always)]
    fn pass_plain(&mut self, length: usize) {
        let (prose, behind) = self.rest.split_at(length);
        self.look(0, class_at(prose));
        self.last = class_before(prose);
        self.rest = behind;
    }

    /// Passes over characters that are as long as the first is: most stand in such runs.
    #[inline(always)]
    fn run(&mut self, first: u8) {
        match first {
            0..0x80 => {
                self.look(0, class_of_ascii(first));
                self.rest = &self.rest[1..];
            }
            0x80..0xE0 => self.run_of(usize::MAX, |&[lead, second]| {
                matches!(lead, 0xC0..0xE0).then(|| class_of_two(lead, second))
            }),
            0xE0..0xF0 => self.run_of_three(),
            0xF0.. => self.run_of(usize::MAX, |four: &[u8; 4]| {
                (four[0] >= 0xF0).then(|| class_at(four))
            }),
        }
    }

    /// Passes over characters of three bytes; where none of them is worth a look among the others, over many at once.
    #[inline(always)]
    fn run_of_three(&mut self) {
        const TOGETHER: usize = 4;
        loop {
            let (some, _) = self.rest.as_chunks::<{ 3 * TOGETHER }>();
            let (mut quiet, mut is_beside) = (0, 1);
            for characters in some {
                let (characters, _) = characters.as_chunks();
                if !are_quiet(characters, &mut is_beside) {
                    break;
                }
                quiet += 3 * TOGETHER;
            }
            if quiet > 0 {
                self.pass_plain(quiet);
            }
            let is_three = |three: &[u8; 3]| is_lead_of_three(three[0]);
            self.run_of(TOGETHER, |three| {
                is_three(three).then(|| class_of_three(three))
            });
            if self.rest.first_chunk().is_none_or(|three| !is_three(three)) {
                return;
            }
        }
    }

    /// Passes over characters as long as `class` tells theirs, but not over more than `most`.
    #[inline(always)]
    fn run_of<const LENGTH: usize>(
        &mut self,
        most: usize,
        class: impl Fn(&[u8; LENGTH]) -> Option<u8>,
    ) {
        let (characters, _) = self.rest.as_chunks::<LENGTH>();
        let mut passed = 0;
        for character in characters.iter().take(most) {
            let Some(class) = class(character) else { break };
            self.look(passed, class);
            passed += LENGTH;
        }
        self.rest = &self.rest[passed..];
    }

    /// Notes the character of a class so many bytes further on, if it is worth a look.
    #[inline(always)]
    fn look(&mut self, ahead: usize, class: u8) {
        let why = LOOKS[usize::from(self.last)][usize::from(class)];
        if why != 0 {
            self.survey.note(self.length - self.rest.len() + ahead, why);
        }
        self.last = class;
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

fn is_lead_of_three(byte: u8) -> bool {
    byte & 0xF0 == 0xE0
}

/// The block of a character of three bytes.
#[inline]
fn block_of_three(&[lead, second, _]: &[u8; 3]) -> usize {
    // What marks the lead and the second byte as such is beyond the bits that count, or taken away.
    ((usize::from(lead) << 6) + usize::from(second)).wrapping_sub(0x80) & 0x3FF
}

/// The class of a character of three bytes.
#[inline]
fn class_of_three(three: &[u8; 3]) -> u8 {
    let block = BLOCK_OF[block_of_three(three)];
    BLOCKS[usize::from(block)][usize::from(three[2] & 0x3F)]
}

/// Whether these are characters of three bytes of which none is worth a look. `is_beside` is 1 if the one before may
/// stand beside any such, and then says so of the last.
#[inline(always)]
fn are_quiet(characters: &[[u8; 3]], is_beside: &mut u64) -> bool {
    // No shortcuts: a look-up costs less than a branch.
    let (mut quiet, mut leads) = (1, true);
    for three in characters {
        let (beside, among) = QUIET[block_of_three(three)];
        let beside = beside >> (three[2] & 0x3F);
        quiet &= among >> (three[2] & 0x3F) & (beside | *is_beside);
        leads &= is_lead_of_three(three[0]);
        *is_beside = beside;
    }
    leads & (quiet & 1 == 1)
}

/// The class of the character that `bytes` begin with.
#[inline]
fn class_at(bytes: &[u8]) -> u8 {
    match *bytes {
        [] => 0,
        [byte @ ..0x80, ..] => class_of_ascii(byte),
        _ => {
            let (block, low, _) = place(bytes);
            BLOCKS[usize::from(BLOCK_OF[block])][low]
        }
    }
}

/// The class of the last character of plain prose.
#[inline]
fn class_before(prose: &[u8]) -> u8 {
    match *prose {
        [.., byte @ ..0x80] => class_of_ascii(byte),
        [.., lead @ 0xC0..0xE0, second] => class_of_two(lead, second),
        [.., lead, second, third] => class_of_three(&[lead, second, third]),
        _ => 0,
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

    /// The survey of a text of which each character is looked up.
    fn looked_up(text: &str) -> Survey {
        let mut survey = Survey::default();
        let mut last = class_of_ascii(b'\n');
        for (at, _) in text.char_indices() {
            let class = class_at(&text.as_bytes()[at..]);
            match LOOKS[usize::from(last)][usize::from(class)] {
                0 => {}
                why => survey.note(at, why),
            }
            last = class;
        }
        survey
    }

    #[test]
    fn nothing_is_missed_in_what_is_passed_over() {
        let pieces = [
            "\u{7684}",
            "\u{9225}",
            "\u{7F79}",
            "\u{60A3}",
            "\u{3002}",
            "\u{3042}",
            "\u{D55C}",
            "\u{C15D}",
            "\u{E01}",
            "\u{E40}",
            "\u{E31}",
            "\u{E48}",
            "\u{E38}",
            "\u{915}",
            "\u{94D}",
            "\u{93C}",
            "\u{1F00}",
            "\u{2019}",
            "\u{201D}",
            "\u{440}",
            "\u{420}",
            "\u{451}",
            "\u{E9}",
            "\u{1F600}",
            "a",
            "?",
            " ",
            "\n",
        ];
        for before in 0..5 {
            for &a in &pieces {
                for &b in &pieces {
                    for fill in ["\u{7684}", "\u{E01}", "\u{440}", "\u{915}", "a"] {
                        let text =
                            [&fill.repeat(before), a, b, &fill.repeat(40), b, fill, a].concat();
                        assert_eq!(Survey::of(&text), looked_up(&text), "{text}");
                    }
                }
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
