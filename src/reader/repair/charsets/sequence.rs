//! Sequence: UTF-8 characters with all their bytes, in what a single-byte charset made of them.

use super::super::cells::Cells;
use super::super::lost::english;
use super::super::lost::prior::prior;
use super::super::sound::names;
use super::channel::{Channel, FIRST, LAST, Seen, symbol};
use super::charset::CHARSETS;
use super::forms;
use super::glyph;
use super::lossy::{Guess, Trace};
use super::utf8::{self, MOST};

/// How many bytes of the text tell its language.
const CONTEXT: usize = 2000;
/// What dashes, quotation marks and the ellipsis end with.
pub(crate) const LAST_OF_SIGNS: [u8; 7] = [0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA6];

/// The character that has all its bytes at `at`, if one begins there.
#[inline]
pub(crate) fn exact(channel: &Channel, cells: &Cells, at: usize) -> Option<Guess> {
    let lead = channel.byte(*cells.ids.get(at)?);
    let len = utf8::length(lead);
    if len == 0 || at + len > cells.ids.len() {
        return None;
    }
    // A lead is a common letter in most charsets, and what follows it tells it from one.
    let continued = utf8::continues(channel.inner(cells.ids[at + 1]));
    if !continued && lead != utf8::SURROGATE_LEAD {
        return None;
    }
    led_by(lead, len, channel, cells, at)
}

/// The same, where a byte leads that announces so many.
fn led_by(lead: u8, len: usize, channel: &Channel, cells: &Cells, at: usize) -> Option<Guess> {
    if lead == utf8::SURROGATE_LEAD
        && let Some(guess) = surrogates(channel, cells, at)
    {
        return Some(guess);
    }
    let mut bytes = utf8::led(lead);
    let mut others = 0;
    for (byte, &id) in bytes[1..len].iter_mut().zip(&cells.ids[at + 1..at + len]) {
        *byte = channel.inner(id);
        others |= glyph::other_byte(channel.charset, id);
        if !utf8::continues(*byte) {
            return None;
        }
    }
    let c = utf8::character(&bytes[..len])?;
    let mut guess = Guess {
        c,
        end: at + len,
        bytes,
        traces: [Trace::Glyph; MOST],
        len: len as u8,
        missing: 0,
    };
    if others != 0 {
        if is_led(channel, cells, guess.end - 1) {
            return None;
        }
        take_likelier(&mut guess, channel.charset, &cells.ids[at..at + len]);
    }
    Some(guess)
}

/// Whether the glyph at `at` is the charset's own for a byte that leads, and what stands behind it goes on with
/// that: no byte of windows-1252 that ends the character before, which has lost its last.
fn is_led(channel: &Channel, cells: &Cells, at: usize) -> bool {
    let len = utf8::length(channel.byte(cells.ids[at]));
    let rest = cells.ids.get(at + 1..at + len.max(1));
    len > 0 && rest.is_some_and(|rest| rest.iter().all(|&id| utf8::continues(channel.byte(id))))
}

/// Takes the likelier of two characters where a glyph stands for one of two bytes.
fn take_likelier(guess: &mut Guess, charset: usize, ids: &[u16]) {
    for (i, &id) in ids.iter().enumerate().skip(1) {
        let mut bytes = guess.bytes;
        bytes[i] = glyph::other_byte(charset, id);
        match utf8::decode(&bytes[..ids.len()]) {
            Some(c) if prior(c) > prior(guess.c) => (guess.c, guess.bytes) = (c, bytes),
            _ => {}
        }
    }
}

/// A character beyond U+FFFF of which each surrogate was written as a character.
fn surrogates(channel: &Channel, cells: &Cells, at: usize) -> Option<Guess> {
    let ids = cells.ids.get(at..at + MOST)?;
    let mut traces = [Trace::Glyph; MOST];
    let bytes = std::array::from_fn(|i| match i {
        0 | 3 => channel.byte(ids[i]),
        // A no-break space, which later steps make a space of.
        1 if cells.chars[at + 1] == ' ' => {
            traces[1] = Trace::Altered(1);
            channel.nbsp
        }
        _ => channel.inner(ids[i]),
    });
    Some(Guess {
        c: utf8::surrogates(bytes)?,
        end: at + MOST,
        bytes,
        traces,
        len: MOST as u8,
        missing: u8::from(traces[1] != Trace::Glyph),
    })
}

/// The character of three bytes or more at `at` of which the forms of some tell what the glyphs of the others do
/// not, if one begins there. Of two, one would tell too little.
pub(crate) fn spelled(charset: usize, cells: &Cells, at: usize) -> Option<Guess> {
    const LEAST: usize = 3;
    let lead = glyph::byte(charset, cells.ids[at]);
    let len = utf8::length(lead);
    if len < LEAST {
        return None;
    }
    let mut guess = Guess::led(lead, at + 1);
    for i in 1..len {
        let byte = glyph::inner_byte(charset, *cells.ids.get(guess.end)?);
        if utf8::continues(byte) {
            guess.bytes[i] = byte;
            guess.end += 1;
            continue;
        }
        let form = forms::telling(charset, &cells.chars[guess.end..])?;
        guess.bytes[i] = form.byte;
        guess.traces[i] = form.trace();
        guess.end += form.used;
        guess.missing += 1;
    }
    guess.c = utf8::decode(&guess.bytes[..len])?;
    (guess.missing > 0 && prior(guess.c).is_some()).then_some(guess)
}

/// The characters with all their bytes or what tells them, and where each begins.
#[derive(Default)]
pub(crate) struct Exact {
    starts: Vec<usize>,
    hits: Vec<Guess>,
}

impl Exact {
    /// What [`exact`] says at a place, which is behind those that were asked before; `next` is how many characters
    /// begin before it. The channel may lose other bytes than the one that these were read through.
    pub(crate) fn at(
        &self,
        channel: &Channel,
        cells: &Cells,
        at: usize,
        next: &mut usize,
    ) -> Option<Guess> {
        while self.starts.get(*next).is_some_and(|&start| start < at) {
            *next += 1;
        }
        // What is lost makes a difference to surrogates alone; inside a character nothing was looked for.
        let is_open = channel.byte(cells.ids[at]) == utf8::SURROGATE_LEAD
            || self.hits[..*next].last().is_some_and(|last| at < last.end);
        match self.starts.get(*next) {
            _ if is_open => exact(channel, cells, at),
            Some(&start) if start == at => Some(self.hits[*next]),
            _ => None,
        }
    }
}

/// The characters with all their bytes, and how the document shows the bytes the charset leaves undefined in them.
pub(crate) fn seen(channel: &Channel, cells: &Cells) -> (Seen, Exact) {
    let mut seen = Seen::default();
    let mut exacts = Exact::default();
    let mut passed = 0;
    for at in cells.marks.iter().map(|&at| at as usize) {
        if at < passed {
            continue;
        }
        let byte = channel.byte(cells.ids[at]);
        if byte == 0 {
            continue;
        }
        match exact(channel, cells, at) {
            Some(hit) => {
                seen.exact += 1;
                for (i, &byte) in hit.bytes[..usize::from(hit.len)].iter().enumerate() {
                    match cells.chars[at + i] {
                        '\u{A0}' => seen.nbsp += 1,
                        '\u{AD}' => seen.shy += 1,
                        _ => {}
                    }
                    seen.low += u32::from(byte < 0xA0);
                    seen.euro += u32::from(byte == FIRST);
                    seen.trade_mark += u32::from(byte == LAST);
                    let own = CHARSETS[channel.charset].own(byte);
                    seen.symbols |= symbol(own);
                    if own.is_none() {
                        if matches!(cells.chars[at + i] as u32, 0x80..=0x9F) {
                            seen.raw += 1;
                        } else {
                            seen.filled += 1;
                        }
                    }
                }
                passed = hit.end;
                exacts.starts.push(at);
                exacts.hits.push(hit);
            }
            None => {
                if let Some(hit) = spelled(channel.charset, cells, at) {
                    seen.exact += 1;
                    seen.formed += 1;
                    passed = hit.end;
                    exacts.starts.push(at);
                    exacts.hits.push(hit);
                    continue;
                }
                let next = at + 1;
                // A later step has altered what follows.
                if let Some(form) = forms::telling(channel.charset, &cells.chars[next..]) {
                    seen.formed += u32::from(form.used > 1);
                    continue;
                }
                match cells.chars.get(next) {
                    Some(mark @ ('\u{FFFD}' | '?')) => {
                        seen.replaced += u32::from(*mark == '\u{FFFD}');
                        seen.questioned += u32::from(*mark == '?');
                        seen.low_gone += u32::from(is_sign_around(channel, cells, at));
                    }
                    Some(' ') => {}
                    Some(_) => note_missing(&mut seen, channel, cells, at),
                    None => {}
                }
            }
        }
    }
    (seen, exacts)
}

/// Whether these are the first byte of a sign, a mark, and the last byte of the euro or trade mark sign: no other that
/// is met ends so, and their second bytes are of 80–9F.
fn is_sign_around(channel: &Channel, cells: &Cells, at: usize) -> bool {
    let last = cells.ids.get(at + 2).map_or(0, |&id| channel.inner(id));
    channel.byte(cells.ids[at]) == 0xE2 && matches!(last, 0xAC | 0xA2)
}

/// Notes what is missing behind a first byte that is followed by no mark.
fn note_missing(seen: &mut Seen, channel: &Channel, cells: &Cells, at: usize) {
    let (lead, next) = (channel.byte(cells.ids[at]), at + 1);
    let second = channel.inner(cells.ids[next]);
    let inner = utf8::continues(second);
    seen.low += u32::from(inner && second < 0xA0);
    seen.euro += u32::from(second == FIRST);
    let third = cells.chars.get(next + 1);
    let gap = match utf8::length(lead) {
        2 => true,
        3 => !inner || !matches!(third, Some(' ' | '?' | '\u{FFFD}' | '"' | '\'')),
        _ => false,
    };
    seen.dropped += u32::from(gap);
    seen.bare += u32::from(lead == 0xC3 && cells.chars[next].is_ascii_lowercase());
    if gap && lead == 0xE2 {
        seen.euro_gone += u32::from(LAST_OF_SIGNS.contains(&second));
        let contracts = || {
            let (stem, tail) = names::around(&cells.chars[..at], &cells.chars[next + 1..]);
            english::may_contract(stem.iter().copied(), tail.iter().copied())
        };
        seen.trade_mark_gone += u32::from(second == FIRST && contracts());
    }
}

/// What of the text is certain, with a hole for each character that is not.
pub(crate) fn certain(channel: &Channel, cells: &Cells) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < cells.chars.len() && text.len() < CONTEXT {
        match exact(channel, cells, at).or_else(|| spelled(channel.charset, cells, at)) {
            Some(hit) => {
                text.push(hit.c);
                at = hit.end;
            }
            None => {
                let byte = channel.byte(cells.ids[at]);
                text.push(if byte == 0 {
                    cells.chars[at]
                } else {
                    '\u{FFFD}'
                });
                at += 1;
            }
        }
    }
    text
}
