//! Stream: a text misread through a multi-byte charset as the stream of its bytes, and the UTF-8
//! characters that can begin at each of them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::charsets::lossy::{Guess, Trace};
use super::super::charsets::pairs::Pairs;
use super::super::charsets::utf8::{self, MOST};
use super::super::lost::context::{Place, has_emoji_form, likelihood};
use super::super::lost::prior::{listed, prior};
use super::super::lost::quotes::Quotes;
use super::super::lost::wording::Lexicon;
use super::super::single::reading::SELECTOR;
use super::run::Part;
use super::stretch::Setting;

/// The first two bytes of emoji.
pub(crate) const EMOJI_LEAD: u8 = 0xF0;
const EMOJI_SECOND: u8 = 0x9F;
pub(crate) const SELECTOR_SECOND: u8 = 0xB8;

/// How many bytes of the text tell its language.
const CONTEXT: usize = 2000;
/// Behind every item.
const NOWHERE: usize = usize::MAX;

/// One byte of the damaged text, or what stands for one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// The byte; 0 for U+FFFD and for what the charset lacks.
    pub(crate) byte: u8,
    /// Whether it is the first byte of that character.
    pub(crate) first: bool,
    /// Index of the character it comes from.
    pub(crate) char: u32,
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Only characters with all their bytes.
    Whole,
    /// Each character as it comes.
    Glance,
    /// Stretches with lost bytes as a whole, by the language of the text.
    Settled,
}

/// A text as one charset has it.
pub(crate) struct Reader<'a> {
    pub(crate) pairs: &'a Pairs,
    pub(crate) chars: &'a [char],
    pub(crate) care: Care,
    /// Whether the document shows U+FFFD in the place of bytes that make no pair.
    replaced: bool,
    /// The characters of which the bytes are laid out: those that no ASCII parts but question marks, and
    /// the one behind them.
    laid_out: Range<usize>,
    pub(crate) items: Vec<Item>,
    /// Where the bytes of each begin, and the end.
    starts: Vec<u32>,
    /// The item that a run was last to begin at with a lost byte, and all guesses there, which are asked for again.
    begun: (usize, Vec<Guess>),
    lexicon: OnceCell<Lexicon>,
    /// What signs were read as: in a text the same stand in the same setting again and again.
    pub(crate) settled: BTreeMap<Setting, Option<Vec<Part>>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(pairs: &'a Pairs, chars: &'a [char], care: Care) -> Reader<'a> {
        Reader {
            pairs,
            chars,
            care,
            replaced: chars.contains(&'\u{FFFD}'),
            laid_out: 0..0,
            items: Vec::new(),
            starts: Vec::new(),
            begun: (NOWHERE, Vec::new()),
            lexicon: OnceCell::new(),
            settled: BTreeMap::new(),
        }
    }

    /// Lays out the bytes around a character, if they are not.
    pub(crate) fn move_to(&mut self, at: usize) {
        if self.laid_out.contains(&at) {
            return;
        }
        self.items.clear();
        self.starts.clear();
        self.begun.0 = NOWHERE;
        let touches = |&&c: &&char| !c.is_ascii() || c == '?';
        let touching = self.chars[at..].iter().take_while(touches).count();
        self.laid_out = at..self.chars.len().min(at + touching + 1);
        for (&c, char) in self.chars[self.laid_out.clone()].iter().zip(at as u32..) {
            self.starts.push(self.items.len() as u32);
            let code = self.pairs.code(c);
            let mut push = |byte, first| self.items.push(Item { byte, first, char });
            if code > 0xFF {
                push((code >> 8) as u8, true);
                push(code as u8, false);
            } else {
                push(code as u8, true);
            }
        }
        self.starts.push(self.items.len() as u32);
    }

    /// Where the bytes of a character begin that is laid out.
    pub(crate) fn start(&self, char: usize) -> usize {
        self.starts[char - self.laid_out.start] as usize
    }

    /// The words of the text, which is told its language by.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let mut bytes = Vec::with_capacity(CONTEXT + 1);
            for &c in self.chars {
                match self.pairs.code(c) {
                    code @ 0x100.. => bytes.extend(code.to_be_bytes()),
                    code => bytes.push(code as u8),
                }
                if bytes.len() >= CONTEXT {
                    break;
                }
            }
            bytes.truncate(CONTEXT);
            Lexicon::new(String::from_utf8_lossy(&bytes).into_owned())
        })
    }

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

    /// Whether any character can begin at an item, as far as that is quickly told: a mark stands for the
    /// beginnings of few.
    pub(crate) fn may_begin(&mut self, at: usize) -> bool {
        if !self.unknown(at) {
            return true;
        }
        if !self.may_lead(at) {
            return false;
        }
        let mut found = std::mem::take(&mut self.begun.1);
        self.begun.0 = NOWHERE;
        self.guesses(at, &mut found);
        self.begun = (at, found);
        !self.begun.1.is_empty()
    }

    /// Whether a mark may be the first byte of a character by what stands behind it: where each lost byte left a
    /// mark, one that goes on with it, or marks in the place of those.
    fn may_lead(&self, at: usize) -> bool {
        let goes_on = |at: usize| utf8::continues(self.byte(at));
        self.drops()
            || goes_on(at + 1)
            || self.unknown(at + 1) && (goes_on(at + 2) || self.unknown(at + 2))
    }

    /// All characters that fit what is left of one.
    pub(crate) fn guesses(&self, at: usize, found: &mut Vec<Guess>) {
        found.clear();
        if at == self.begun.0 {
            found.extend_from_slice(&self.begun.1);
            return;
        }
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
                if lead == EMOJI_LEAD
                    && second != EMOJI_SECOND
                    && !whole()
                    && !self.is_selected(at + 3)
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
        let selected = |guess: &Guess| self.selects(guess.end) && !has_emoji_form(guess.c);
        found.retain(|guess| guess.missing == 0 || !selected(guess));
    }

    /// Whether U+FE0F begins at an item.
    fn selects(&self, at: usize) -> bool {
        (self.byte(at), self.byte(at + 1)) == (SELECTOR, SELECTOR_SECOND)
    }

    /// Whether the last two bytes of a currency's sign stand here, before a figure.
    fn is_amount(&self, at: usize) -> bool {
        const SECOND: u8 = 0x82;
        self.byte(at) == SECOND
            && utf8::continues(self.byte(at + 1))
            && self.byte(at + 2).is_ascii_digit()
    }

    /// Whether an item is the last byte of what U+FE0F makes an emoji of: one that went with the selector's
    /// first, and stands between marks.
    fn is_selected(&self, at: usize) -> bool {
        let selects = |item: &Item| item.byte == SELECTOR && !item.first;
        self.items.get(at + 1).is_some_and(selects)
            && utf8::continues(self.byte(at))
            && self.unknown(at + 2)
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
        !self.replaced
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
        // With this neighbour a lost byte would have made a character.
        let before = guess.bytes[depth.saturating_sub(1)];
        let lost = depth > 0 && guess.traces[depth - 1] != Trace::Glyph;
        let paired = |byte: u8| lost && self.pairs.is_assigned(before, byte);
        if utf8::continues(byte) && !paired(byte) {
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
            EMOJI_LEAD if self.is_selected(usize::from(guess.len) - depth + at - 1) => 3,
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
            match self.is_selected(at + used) {
                true => 0x80..=0xBF,
                false => 0x80..=0x80,
            }
        } else if depth == 1 && guess.len == 4 {
            0x9F..=0x9F
        } else {
            0x80..=0xBF
        };
        // Of last bytes only those of characters that are met.
        let likely = if depth + 1 == usize::from(guess.len) {
            listed(utf8::block(&guess.bytes[..depth]))
        } else {
            u64::MAX
        };
        guess.traces[depth] = trace;
        guess.end = at + used;
        guess.missing = saved.missing + 1;
        for byte in options.filter(|byte| likely >> (byte & 0x3F) & 1 == 1) {
            // The next byte may be lost as well: of letters of India and Thailand there are few enough to tell.
            let last = depth + 1 == usize::from(guess.len) || guess.bytes[0] != 0xE0;
            if last && self.pairs.is_assigned(byte, next) || paired(byte) {
                continue;
            }
            guess.bytes[depth] = byte;
            self.walk(depth + 1, guess, found);
        }
        *guess = saved;
    }

    pub(crate) fn choose(&self, found: &[Guess], left: char, quotes: Quotes) -> Option<Guess> {
        let mut best: Option<(i32, &Guess)> = None;
        let right = |guess: &Guess| match self.exact(guess.end) {
            Some(next) => next.c,
            None => match self.items.get(guess.end) {
                Some(item) if item.byte >= 0x80 || item.byte == 0 => '\u{2019}',
                Some(item) => char::from(item.byte),
                None => '\n',
            },
        };
        let mut behind = None;
        for guess in found {
            let right = match behind {
                Some((end, c)) if end == guess.end => c,
                _ => right(guess),
            };
            behind = Some((guess.end, right));
            let place = Place::new(left, right, quotes);
            let Some(score) = likelihood(guess.c, guess.missing, place) else {
                continue;
            };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, guess));
            }
        }
        best.map(|(_, guess)| *guess)
    }
}
