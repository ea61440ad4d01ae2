//! Layered: text that was misread twice, read through the layer below where the one above lost bytes.
//!
//! What the layer above gives are bytes of the one below, of which the letters of a language tell nothing: "Ã" may
//! stand for "Á" or "Ð", but only with "Ð" does "Ð¾" make a letter. So where most of a text is such, a way to read on
//! is a character of the layer below, with the guess above that it takes.

use super::super::cells::Cells;
use super::super::charsets::channel::Channel;
use super::super::charsets::glyph;
use super::super::charsets::lossy::{self, Guess};
use super::super::charsets::sequence::exact;
use super::super::charsets::utf8::{self, MOST};
use super::super::lost::lattice::{Arc, in_bits};
use super::super::lost::wording::Lexicon;
use super::super::sound::odd;
use super::settle::{KEPT_COST, Ways};

/// What it costs the layer below to have lost a byte, on the scale of the prior.
const GONE_COST: i32 = 25;
/// What could not be read for certain.
const HOLE: char = '\u{FFFD}';

/// What the layer below makes of the certain part of a text, if most of that is such a layer.
pub(super) fn below(channel: &Channel, certain: &str) -> Option<String> {
    /// So many characters of a layer are no accident of a word or two.
    const SOME: usize = 8;
    /// To each other character beyond ASCII there are so many of the layer at least.
    const MOSTLY: usize = 4;
    let chars: Vec<char> = certain.chars().collect();
    let byte = |at: usize| chars.get(at).map_or(0, |&c| channel.byte(glyph::id(c)));
    let (mut layered, mut others, mut wholes) = (0, 0, 0);
    let mut text = String::new();
    let mut at = 0;
    while at < chars.len() {
        let behind = (at + 1..at + 4).take_while(|&at| utf8::continues(byte(at)));
        let behind = behind.count();
        let mut bytes = utf8::led(byte(at));
        for (ahead, byte_ahead) in bytes.iter_mut().enumerate().take(1 + behind).skip(1) {
            *byte_ahead = byte(at + ahead);
        }
        let len = utf8::length(bytes[0]);
        let whole = if (2..=1 + behind).contains(&len) {
            utf8::decode(&bytes[..len])
        } else {
            None
        };
        // A first byte by itself has lost what follows, or stands before what has.
        let (c, used) = match whole {
            Some(c) => (c, len),
            None if chars[at] == HOLE || len > 1 + behind => (HOLE, 1 + behind),
            None => (chars[at], 1),
        };
        wholes += usize::from(whole.is_some());
        if used > 1 {
            layered += used;
        } else if !c.is_ascii() && c != HOLE {
            others += 1;
        }
        text.push(c);
        at += used;
    }
    // Sound words of the charset may read as such, but are not odd.
    let is_odd = || odd::count(chars.iter().copied()) as usize * 2 >= wholes;
    (layered >= SOME && layered >= others * MOSTLY && is_odd()).then_some(text)
}

/// A character of the layer above that may stand at a place.
#[derive(Clone, Copy)]
struct Upper {
    byte: u8,
    c: char,
    end: usize,
    guess: Option<Guess>,
    cost: i32,
}

/// Reads on in the layer below.
pub(super) struct Below<'a> {
    pub(super) channel: &'a Channel,
    pub(super) cells: &'a Cells,
    pub(super) lexicon: &'a Lexicon,
}

impl Below<'_> {
    /// The ways to read on at `at`.
    pub(super) fn ways(&self, at: usize, ways: &mut Ways) {
        for upper in self.uppers(at) {
            let what = upper.guess.map(|guess| (at, guess));
            let way = Arc {
                c: upper.c,
                end: upper.end,
                guessed: what.is_some(),
                cost: upper.cost,
                what,
            };
            let len = utf8::length(upper.byte);
            if len > 0 {
                self.go_on(utf8::led(upper.byte), 1, len, way, false, ways);
            }
            let stray = if upper.byte == 0 { 0 } else { KEPT_COST };
            let cost = way.cost + stray;
            ways.push(Arc { cost, ..way });
        }
    }

    /// The ways that go on from so many bytes of a character of the layer below; of each at most one is lost, and
    /// for one the layer above has lost some.
    fn go_on(
        &self,
        mut bytes: [u8; MOST],
        depth: usize,
        len: usize,
        way: Arc<(usize, Guess)>,
        lacks: bool,
        ways: &mut Ways,
    ) {
        if depth == len {
            if let Some(c) = utf8::decode(&bytes[..len]) {
                let guessed = way.guessed || lacks;
                ways.push(Arc { c, guessed, ..way });
            }
            return;
        }
        let at = way.end;
        // Nothing is lost before what goes on for certain.
        let mut may_lack = !lacks && self.channel.drops;
        for upper in self.uppers(at) {
            may_lack &= upper.guess.is_some() || !utf8::continues(upper.byte);
            let both = way.what.is_some() && upper.guess.is_some();
            if both || !utf8::continues(upper.byte) {
                continue;
            }
            bytes[depth] = upper.byte;
            let what = upper.guess.map(|guess| (at, guess)).or(way.what);
            let longer = Arc {
                end: upper.end,
                guessed: what.is_some(),
                cost: way.cost + upper.cost,
                what,
                ..way
            };
            self.go_on(bytes, depth + 1, len, longer, lacks, ways);
        }
        if may_lack {
            for byte in self.channel.lost.continuing().iter() {
                bytes[depth] = byte;
                let cost = way.cost + in_bits(GONE_COST);
                self.go_on(bytes, depth + 1, len, Arc { cost, ..way }, true, ways);
            }
        }
    }

    /// What may stand at `at` in the layer above.
    fn uppers(&self, at: usize) -> Vec<Upper> {
        let (channel, cells) = (self.channel, self.cells);
        let Some(&c) = cells.chars.get(at) else {
            return Vec::new();
        };
        let byte = |c: char| channel.byte(glyph::id(c));
        let upper = |c: char, end: usize, guess: Option<Guess>, cost: i32| Upper {
            byte: byte(c),
            c,
            end,
            guess,
            cost,
        };
        if let Some(hit) = exact(channel, cells, at) {
            return vec![upper(hit.c, hit.end, None, 0)];
        }
        let kept = if byte(c) == 0 { 0 } else { KEPT_COST };
        let mut uppers = vec![upper(c, at + 1, None, kept)];
        if utf8::length(byte(c)) > 0 {
            let mut guesses = Vec::new();
            lossy::guesses(channel, cells, at, &mut guesses);
            lossy::likeliest(&mut guesses, || self.lexicon.language());
            let guessed = guesses.into_iter().map(|guess| {
                let cost = in_bits(lossy::cost(&guess, channel.formed));
                upper(guess.c, guess.end, Some(guess), cost)
            });
            uppers.extend(guessed);
        }
        uppers
    }
}
