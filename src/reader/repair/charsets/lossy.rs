//! Lossy: every UTF-8 character that what is left of one can have been.

use super::super::Step;
use super::super::cells::Cells;
use super::super::lost::lattice::in_bits;
use super::super::lost::prior::prior;
use super::channel::{Bytes, Channel, EURO, FIRST};
use super::charset::CHARSETS;
use super::forms;
use super::glyph;
use super::utf8::{self, MOST};
use crate::reader::language::{Language, is_letter};

/// How a byte of a character is (or is not) there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trace {
    /// Its glyph stands there.
    Glyph,
    /// Nothing is left of it.
    Gone,
    /// So many characters stand for it that are not its glyph.
    Altered(u8),
    /// The same, and they stand for no other byte.
    Form(u8),
}

impl Trace {
    /// The step that puts `byte` where it belongs, at the byte `at`; none where its glyph is there.
    pub(crate) fn step(self, at: usize, byte: u8) -> Option<Step> {
        match self {
            Trace::Glyph => None,
            Trace::Gone => Some(Step::Restore { at, byte }),
            Trace::Altered(used) | Trace::Form(used) => Some(Step::Replace {
                at,
                len: usize::from(used),
                byte,
            }),
        }
    }
}

/// A character that fits what is left at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guess {
    pub(crate) c: char,
    pub(crate) end: usize,
    pub(crate) bytes: [u8; MOST],
    pub(crate) traces: [Trace; MOST],
    pub(crate) len: u8,
    /// Bytes without their glyph.
    pub(crate) missing: u8,
}

impl Guess {
    /// One of which the first byte is known alone, and what stands for it ends at `end`.
    pub(crate) fn led(lead: u8, end: usize) -> Guess {
        Guess {
            c: '\0',
            end,
            bytes: utf8::led(lead),
            traces: [Trace::Glyph; MOST],
            len: utf8::length(lead) as u8,
            missing: 0,
        }
    }

    /// How many bytes are not told by what stands for them.
    pub(crate) fn lost(&self) -> u8 {
        self.lost_before(self.len.into())
    }

    /// The same, of the first bytes.
    fn lost_before(&self, depth: usize) -> u8 {
        let told = |trace: &&Trace| matches!(trace, Trace::Glyph | Trace::Form(_));
        (depth - self.traces[..depth].iter().filter(told).count()) as u8
    }

    /// Whether no more than one byte is told, by its glyph or a form of more than a letter or figure.
    pub(crate) fn is_bare(&self) -> bool {
        let told = |trace: &&Trace| matches!(trace, Trace::Glyph | Trace::Form(2..));
        let traces = &self.traces[..self.len.into()];
        traces.iter().filter(told).count() <= 1
    }

    /// Whether all bytes are told by what stands for them, and some are not by their glyph.
    pub(crate) fn is_spelled(&self) -> bool {
        self.missing > 0 && self.lost() == 0
    }
}

/// The second byte of dashes, quotation marks and the ellipsis.
const GENERAL_PUNCTUATION: u8 = 0x80;
/// How many characters are tried in the place of one with lost bytes.
const MOST_GUESSES: usize = 128;
/// Less likely than every character that a lost byte is completed to, on the scale of the prior.
pub(crate) const LEAST: i32 = -200;
/// A charset that loses no more continuation bytes than this leaves few characters that fit.
const FEW_LOST: u32 = 8;

/// The most bytes of one character that may be missing: of letters one, of signs and emoji two; of
/// hanzi and hangul two, if a mark stands for each or few bytes can be lost.
fn most_missing(channel: &Channel, guess: &Guess, marked: bool) -> u8 {
    let few = || channel.lost.continuing().len() <= FEW_LOST;
    match guess.bytes[0] {
        0xE2 | 0xEF | 0xF0.. => 2,
        0xE3..=0xED if marked || few() => 2,
        _ if marked && matches!(guess.traces[0], Trace::Altered(_)) => 2,
        _ => 1,
    }
}

/// What a lost byte costs a guess, on the scale of the prior, and one that left something.
const GONE_COST: i32 = 25;
const ALTERED_COST: i32 = 15;
/// The same where other forms are seen.
const FORM_COST: i32 = 3;

/// What the bytes without their glyph cost a guess; `formed` if the text has forms without doubt.
pub(crate) fn cost(guess: &Guess, formed: bool) -> i32 {
    let of = |trace: &Trace| match trace {
        Trace::Glyph => 0,
        Trace::Gone => GONE_COST,
        Trace::Form(_) if formed => FORM_COST,
        Trace::Altered(_) | Trace::Form(_) => ALTERED_COST,
    };
    guess.traces.iter().map(of).sum()
}

/// Whether the first two bytes of punctuation or of an emoji are there.
pub(crate) fn begins_sign(guess: &Guess) -> bool {
    /// What dashes, quotation marks and the ellipsis begin with, and what emoji do.
    const BEGINNINGS: [[u8; 2]; 2] = [[0xE2, 0x80], [0xF0, 0x9F]];
    let [first, second, ..] = guess.bytes;
    BEGINNINGS.contains(&[first, second]) && guess.traces[..2] == [Trace::Glyph; 2]
}

/// All characters that fit at `at`, where the lead byte's glyph stands; into `guesses`.
pub(crate) fn guesses(channel: &Channel, cells: &Cells, at: usize, guesses: &mut Vec<Guess>) {
    guesses.clear();
    let lead = channel.byte(cells.ids[at]);
    if utf8::length(lead) == 0 {
        return;
    }
    walk(channel, cells, 1, &mut Guess::led(lead, at + 1), guesses);
    for form in forms::leading(channel.charset, &cells.chars[at..]) {
        let mut guess = Guess::led(form.byte, at + form.used);
        guess.missing = 1;
        guess.traces[0] = form.trace();
        walk(channel, cells, 1, &mut guess, guesses);
    }
}

/// All characters that fit at `at`, where the lead byte is lost; into `guesses`.
pub(crate) fn headless(channel: &Channel, cells: &Cells, at: usize, guesses: &mut Vec<Guess>) {
    guesses.clear();
    let marked = matches!(cells.chars[at], '\u{FFFD}' | '?');
    let continued = utf8::continues(channel.inner(cells.ids[at]));
    let can_be = marked || channel.drops && continued;
    if !can_be {
        return;
    }
    for lead in channel.lost.iter() {
        if utf8::length(lead) == 0 || lead == 0xE0 {
            continue;
        }
        let mut guess = Guess::led(lead, at + usize::from(marked));
        guess.missing = 1;
        guess.traces[0] = if marked {
            Trace::Altered(1)
        } else {
            Trace::Gone
        };
        walk(channel, cells, 1, &mut guess, guesses);
    }
}

/// What follows E2 in punctuation, currency signs, the trade mark, and the emoji there: of signs that
/// lost two bytes only these are common enough to be told.
pub(crate) const COMMON_SIGNS: [u8; 7] = [0x80, 0x82, 0x84, 0x98, 0x9A, 0x9C, 0x9D];

fn walk(channel: &Channel, cells: &Cells, depth: usize, guess: &mut Guess, found: &mut Vec<Guess>) {
    if depth == usize::from(guess.len) {
        let bytes = &guess.bytes[..depth];
        if let Some(c) = utf8::decode(bytes)
            && (guess.missing == 0
                || prior(c).is_some()
                    && !contradicts(channel, guess)
                    && !forms::is_accent(channel.charset, &cells.chars[guess.end..]))
        {
            found.push(Guess { c, ..*guess });
        }
        return;
    }
    let (at, len) = (guess.end, guess.len);
    // Of a sign that lost both, only those met everywhere are worth a guess.
    let both = depth == 2 && guess.bytes[0] == 0xE2 && guess.traces[1] != Trace::Glyph;
    let hopeless = both && guess.bytes[1] != GENERAL_PUNCTUATION;
    let mut take = |guess: &mut Guess, byte: u8, trace: Trace, used: usize| {
        let saved = (guess.end, guess.missing);
        guess.bytes[depth] = byte;
        guess.traces[depth] = trace;
        guess.end = at + used;
        guess.missing += u8::from(trace != Trace::Glyph);
        walk(channel, cells, depth + 1, guess, found);
        (guess.end, guess.missing) = saved;
    };
    let here = cells.chars.get(at).copied();
    if let Some(c) = here {
        let byte = channel.inner(cells.ids[at]);
        if utf8::continues(byte) {
            take(guess, byte, Trace::Glyph, 1);
        }
        let other = glyph::other_byte(channel.charset, cells.ids[at]);
        // Where the byte is lost, no glyph of windows-1252 stands for it.
        if utf8::continues(other) && other != byte && !channel.lost.has(other) {
            take(guess, other, Trace::Glyph, 1);
        }
        let marked = matches!(c, '\u{FFFD}' | '?');
        let may_lack = guess.lost_before(depth) < most_missing(channel, guess, marked);
        let rest = &cells.chars[at..];
        if !hopeless {
            match c {
                ' ' if may_lack
                    && utf8::continues(channel.nbsp)
                    && !forms::is_accent(channel.charset, rest) =>
                {
                    // No figure stands behind a letter, "à 20 h", and no word behind a bullet.
                    let is_last = depth + 1 == usize::from(len);
                    let behind = |c: &char| {
                        c.is_ascii_digit() && is_last
                            || c.is_ascii_alphabetic() && guess.bytes[0] == 0xE2
                    };
                    if !cells.chars.get(at + 1).is_some_and(behind) {
                        take(guess, channel.nbsp, Trace::Altered(1), 1);
                    }
                    // One of two spaces in a row is dropped by what tidies white space.
                    take(guess, channel.nbsp, Trace::Gone, 0);
                }
                '\u{FFFD}' | '?' if may_lack => {
                    let lost = channel.lost.continuing().iter();
                    for byte in lost.filter(|&b| useful(len, depth, b)) {
                        take(guess, byte, Trace::Altered(1), 1);
                    }
                }
                _ if forms::may_begin(rest) => {
                    for form in forms::inside(channel.charset, rest) {
                        let trace = form.trace();
                        if may_lack || matches!(trace, Trace::Form(_)) {
                            take(guess, form.byte, trace, form.used);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    if !hopeless && guess.lost_before(depth) < most_missing(channel, guess, false) {
        let lost = if channel.drops {
            channel.lost
        } else {
            Bytes::default()
        };
        let is_rare = || guess.bytes[0] == 0xE2 && !COMMON_SIGNS.contains(&guess.bytes[1]);
        let lost = if depth == 2 && guess.missing > 0 && is_rare() {
            Bytes::default()
        } else {
            lost
        };
        for byte in lost.continuing().iter().filter(|&b| useful(len, depth, b)) {
            take(guess, byte, Trace::Gone, 0);
        }
        // Of the signs that have one second, only ⭐ and ⭕ are met.
        let is_star = || {
            let last = cells.ids.get(at).map_or(0, |&id| channel.inner(id));
            matches!(last, 0x90 | 0x95)
        };
        if utf8::continues(channel.shy) && (guess.bytes[0] != 0xE2 || depth != 1 || is_star()) {
            take(guess, channel.shy, Trace::Gone, 0);
        }
    }
}

/// Whether one byte has a glyph of windows-1252 and another is lost that would have one, too.
fn contradicts(channel: &Channel, guess: &Guess) -> bool {
    let traces = guess.bytes.iter().zip(guess.traces);
    let mut traces = traces.take(usize::from(guess.len));
    let filled = |(&byte, trace): (&u8, Trace)| trace == Trace::Glyph && channel.lost.has(byte);
    let lost = |(&byte, trace): (&u8, Trace)| {
        let euro = byte == FIRST && CHARSETS[channel.charset].own(byte) == Some(EURO);
        trace == Trace::Gone && byte < 0xA0 && !euro && CHARSETS[0].own(byte).is_some()
    };
    traces.clone().any(filled) && traces.any(lost)
}

/// Keeps the joiner alone, if it is among the guesses, where an emoji begins right behind it and one ends right
/// before: nothing else stands between two of them.
pub(crate) fn joining_emoji(guesses: &mut Vec<Guess>, channel: &Channel, cells: &Cells, at: usize) {
    /// The first two bytes of emoji.
    const EMOJI: [u8; 2] = [0xF0, 0x9F];
    let bytes = |at: usize| {
        let ids = cells.ids.get(at..at + 2)?;
        Some([channel.byte(ids[0]), channel.inner(ids[1])])
    };
    let begins = |at: usize| bytes(at) == Some(EMOJI);
    let ended = (3..=MOST).any(|back| at.checked_sub(back).is_some_and(begins));
    let joins = |guess: &Guess| guess.c == '\u{200D}' && begins(guess.end);
    if ended && let Some(joiner) = guesses.iter().copied().find(joins) {
        guesses.clear();
        guesses.push(joiner);
    }
}

/// Takes away the zero width joiners, which only letters that join take between them: none stands behind
/// ASCII.
pub(crate) fn without_joiners(guesses: &mut Vec<Guess>, before: char) {
    if before.is_ascii() {
        guesses.retain(|guess| !is_joiner(guess.c));
    }
}

/// Whether this is one of the two zero width joiners.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Of many guesses those that are likeliest by themselves.
pub(crate) fn likeliest(guesses: &mut Vec<Guess>, language: impl FnOnce() -> Option<Language>) {
    if guesses.len() <= MOST_GUESSES {
        return;
    }
    let language = language();
    let by_itself = |guess: &Guess| match language {
        Some(language) if is_letter(guess.c) => i32::from(language.cost(&[], guess.c)),
        _ => in_bits(-prior(guess.c).unwrap_or(LEAST)),
    };
    guesses.sort_by_cached_key(|guess| in_bits(cost(guess, false)) + by_itself(guess));
    guesses.truncate(MOST_GUESSES);
}

/// Whether a lost byte may stand there: four-byte characters are emoji, so 9F follows F0.
fn useful(len: u8, depth: usize, byte: u8) -> bool {
    depth != 1 || len != 4 || byte == 0x9F
}
