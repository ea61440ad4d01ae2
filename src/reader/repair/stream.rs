//! Stream: a text misread through a multi-byte charset as the stream of its bytes, and the UTF-8
//! characters that can begin at each of them.

use super::context::{Place, likelihood};
use super::lossy::{Guess, Trace};
use super::pairs::Pairs;
use super::prior::prior;
use super::quotes::Quotes;
use super::single::SELECTOR;
use super::utf8::{self, MOST};
use super::wording::Lexicon;

/// The first two bytes of emoji.
pub(crate) const EMOJI_LEAD: u8 = 0xF0;
const EMOJI_SECOND: u8 = 0x9F;
const SELECTOR_SECOND: u8 = 0xB8;

/// One byte of the damaged text, or what stands for one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// The byte; 0 for U+FFFD and for what the charset lacks.
    pub(crate) byte: u8,
    /// Index of the character it comes from.
    pub(crate) char: u32,
    /// Whether it is the first byte of that character.
    pub(crate) first: bool,
}

/// What the document shows in the place of bytes that make no pair.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) replaced: bool,
}

/// A text as one charset has it.
pub(crate) struct Reader<'a> {
    pub(crate) pairs: &'a Pairs,
    pub(crate) chars: &'a [char],
    pub(crate) items: &'a [Item],
    pub(crate) starts: &'a [usize],
    pub(crate) marks: Marks,
    /// What is known of its words; none where stretches are not settled.
    pub(crate) lexicon: Option<&'a Lexicon>,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.items.get(at).map_or(0, |item| item.byte)
    }

    pub(crate) fn exact(&self, at: usize) -> Option<Guess> {
        let lead = self.byte(at);
        let len = utf8::length(lead);
        if len == 0 {
            return None;
        }
        let mut bytes = utf8::led(lead);
        for (i, byte) in bytes.iter_mut().enumerate().take(len).skip(1) {
            *byte = self.byte(at + i);
        }
        let c = utf8::decode(&bytes[..len])?;
        Some(Guess {
            c,
            end: at + len,
            bytes,
            traces: [Trace::Glyph; MOST],
            len: len as u8,
            missing: 0,
        })
    }

    /// All characters that fit what is left of one.
    pub(crate) fn guesses(&self, at: usize, found: &mut Vec<Guess>) {
        found.clear();
        let lead = self.byte(at);
        let mut guess = Guess {
            c: '\0',
            end: at,
            bytes: [0; MOST],
            traces: [Trace::Glyph; MOST],
            len: 0,
            missing: 0,
        };
        if utf8::length(lead) > 0 {
            guess.bytes[0] = lead;
            guess.len = utf8::length(lead) as u8;
            guess.end = at + 1;
            self.walk(1, &mut guess, found);
            return;
        }
        // The lead is lost: only the commonest signs are worth a guess.
        for lead in [0xE2, 0xC2, 0xC3, EMOJI_LEAD, SELECTOR] {
            guess.bytes[0] = lead;
            guess.len = utf8::length(lead) as u8;
            guess.missing = 1;
            if self.unknown(at) {
                let second = self.byte(at + 1);
                let whole = || {
                    self.unknown(at + 1)
                        && utf8::continues(self.byte(at + 2))
                        && utf8::continues(self.byte(at + 3))
                };
                if lead == EMOJI_LEAD && second != EMOJI_SECOND && !whole()
                    || lead == SELECTOR && second != SELECTOR_SECOND
                {
                    continue;
                }
                guess.end = at + 1;
                guess.traces[0] = Trace::Altered(1);
                self.walk(1, &mut guess, found);
            } else if self.drops()
                && (lead == EMOJI_LEAD && self.byte(at) == EMOJI_SECOND
                    || lead == SELECTOR && self.byte(at) == SELECTOR_SECOND
                    || lead == 0xE2 && self.is_amount(at))
            {
                guess.end = at;
                guess.traces[0] = Trace::Gone;
                self.walk(1, &mut guess, found);
            }
        }
        found.retain(|guess| !self.is_torn(guess));
    }

    /// Whether the last two bytes of a currency's sign stand here, before a figure.
    fn is_amount(&self, at: usize) -> bool {
        const SECOND: u8 = 0x82;
        self.byte(at) == SECOND
            && utf8::continues(self.byte(at + 1))
            && self.byte(at + 2).is_ascii_digit()
    }

    /// Whether the other half of the character that a guess ends in continues it.
    fn is_torn(&self, guess: &Guess) -> bool {
        let next = self.items.get(guess.end);
        next.is_some_and(|item| !item.first && utf8::continues(item.byte))
    }

    /// Whether an item stands for a byte that made no pair.
    fn unknown(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let c = self.chars[item.char as usize];
            c == '\u{FFFD}' || c == '?' && item.first
        })
    }

    /// Whether bytes without a pair were dropped without a trace.
    fn drops(&self) -> bool {
        !self.marks.replaced
    }

    fn walk(&self, depth: usize, guess: &mut Guess, found: &mut Vec<Guess>) {
        if depth == usize::from(guess.len) {
            if let Some(c) = utf8::decode(&guess.bytes[..depth])
                && prior(c).is_some()
            {
                found.push(Guess { c, ..*guess });
            }
            return;
        }
        let at = guess.end;
        let byte = self.byte(at);
        let saved = *guess;
        if utf8::continues(byte) {
            guess.bytes[depth] = byte;
            guess.traces[depth] = Trace::Glyph;
            guess.end = at + 1;
            self.walk(depth + 1, guess, found);
            *guess = saved;
        }
        // Bytes are lost between characters only.
        if self.items.get(at).is_some_and(|item| !item.first) {
            return;
        }
        // Of two missing bytes only those of the commonest signs can be told, and of emoji, which
        // all begin alike.
        let most = match guess.bytes[0] {
            0xE2 => 3,
            0xE0..=0xED | EMOJI_LEAD | SELECTOR => 2,
            _ => 1,
        };
        if guess.missing >= most {
            return;
        }
        let unknown = self.unknown(at);
        if !unknown && !self.drops() {
            return;
        }
        let (trace, used) = if unknown {
            (Trace::Altered(1), 1)
        } else {
            (Trace::Gone, 0)
        };
        let next = self.items.get(at + used).map_or(0, |item| item.byte);
        if self.items.get(at + used).is_some_and(|item| !item.first) {
            return;
        }
        let options = if depth == 1 && guess.len == 3 && guess.bytes[0] == 0xE2 && guess.missing > 0
        {
            0x80..=0x80
        } else if depth == 1 && guess.len == 4 {
            0x9F..=0x9F
        } else {
            0x80..=0xBF
        };
        for byte in options {
            // With this neighbour the byte would have made a character.
            let lost = depth > 0 && guess.traces[depth - 1] != Trace::Glyph;
            let before = guess.bytes[depth.saturating_sub(1)];
            if self.pairs.is_assigned(byte, next) || lost && self.pairs.is_assigned(before, byte) {
                continue;
            }
            guess.bytes[depth] = byte;
            guess.traces[depth] = trace;
            guess.end = at + used;
            guess.missing = saved.missing + 1;
            self.walk(depth + 1, guess, found);
            *guess = saved;
        }
    }

    pub(crate) fn choose(&self, found: &[Guess], left: char, quotes: Quotes) -> Option<Guess> {
        let mut best: Option<(i32, Guess)> = None;
        for guess in found {
            let right = match self.exact(guess.end) {
                Some(next) => next.c,
                None => match self.items.get(guess.end) {
                    Some(item) if item.byte >= 0x80 || item.byte == 0 => '\u{2019}',
                    Some(item) => char::from(item.byte),
                    None => '\n',
                },
            };
            let place = Place {
                left,
                right,
                quotes,
            };
            let Some(score) = likelihood(guess.c, guess.missing, place) else {
                continue;
            };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, *guess));
            }
        }
        best.map(|(_, guess)| guess)
    }
}
