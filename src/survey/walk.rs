//! Walk: over a text, character by character where nothing passes over many at once.

use super::Survey;
use super::plain::{self, Plain};
use crate::scan::place;

// BLOCK_OF, BLOCKS, LOOKS and QUIET.
include!(concat!(env!("OUT_DIR"), "/looks.rs"));

/// A walk over a text: what is left of it, and the class of the character before.
pub(super) struct Walk<'t> {
    survey: Survey,
    /// Bytes of the text.
    length: usize,
    rest: &'t [u8],
    last: u8,
}

impl<'t> Walk<'t> {
    #[inline(always)]
    pub(super) fn of(text: &'t str) -> Self {
        Walk {
            survey: Survey::default(),
            length: text.len(),
            rest: text.as_bytes(),
            last: class_of_ascii(b'\n'),
        }
    }

    /// Walks to the end; `None` if more than `most` places are noted on the way. `plain_length` tells how many bytes
    /// of a kind of plain prose a text begins with.
    #[inline(always)]
    pub(super) fn through(
        mut self,
        most: usize,
        plain_length: impl Fn(Plain, &[u8]) -> usize,
    ) -> Option<Survey> {
        while let Some(&first) = self.rest.first() {
            if self.survey.places() > most {
                return None;
            }
            let kind = match self.rest {
                [byte, next, ..] if plain::is_ascii(*byte) && plain::is_ascii(*next) => {
                    Some(Plain::Ascii)
                }
                [lead, second, ..] => Plain::opened_by(*lead, *second),
                _ => None,
            };
            match kind.map_or(0, |kind| plain_length(kind, self.rest)) {
                0 => self.run(first),
                length => self.pass_plain(length),
            }
        }
        (self.survey.places() <= most).then_some(self.survey)
    }

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

/// What the first bytes of characters of three bytes have in common, in these bits.
const LEAD_OF_THREE: u8 = 0xE0;
const HIGH_BITS: u8 = 0xF0;

fn is_lead_of_three(byte: u8) -> bool {
    byte & HIGH_BITS == LEAD_OF_THREE
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
    let (mut quiet, mut other) = (1, 0);
    for three in characters {
        let (beside, among) = QUIET[block_of_three(three)];
        let beside = beside >> (three[2] & 0x3F);
        quiet &= among >> (three[2] & 0x3F) & (beside | *is_beside);
        other |= three[0] ^ LEAD_OF_THREE;
        *is_beside = beside;
    }
    (other & HIGH_BITS == 0) & (quiet & 1 == 1)
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
    use super::*;

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
}
