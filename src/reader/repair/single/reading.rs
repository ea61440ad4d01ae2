//! Reading: the document through one single-byte charset, whole characters and guesses for those with a
//! lost byte.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::cells::Cells;
use super::super::charsets::channel::{Channel, Seen};
use super::super::charsets::lossy::{self, Guess, LEAST, Trace};
use super::super::charsets::sequence::{Exact, certain, exact, seen};
use super::super::charsets::utf8;
use super::super::lost::context::{Place, has_emoji_form, likelihood};
use super::super::lost::lattice::in_bits;
use super::super::lost::prior::prior;
use super::super::lost::quotes::Quotes;
use super::super::lost::wording::Lexicon;
use super::super::sound::{marks, odd};
use super::accept::accept;
use super::evidence::{A_GRAVE, I_ACUTE, MARK};
use super::open::Open;
use super::settle::SPACE_COST;
use crate::reader::language::is_letter;

/// Below this a character is none that stood here: rare ones in the middle of a word come to less.
const LEAST_LIKELY: i32 = -115;

/// The first byte of what makes an emoji of a sign, U+FE0F.
pub(crate) const SELECTOR: u8 = 0xEF;

/// What it costs a guess to leave a byte behind it that would have continued it.
const ORPHAN_COST: i32 = 30;

/// One charset's account of the document.
pub(crate) struct Reading {
    pub(crate) channel: Channel,
    pub(crate) hits: Vec<Guess>,
    pub(crate) starts: Vec<usize>,
    /// Whether bytes were lost, or something does not decode that should.
    pub(crate) lossy: bool,
    /// Letters that can be bytes of the charset, and do not decode.
    pub(crate) uncovered: usize,
    /// Those of them that lead and touch nothing but ASCII, as they do where the rest of a character was dropped.
    pub(crate) lone: usize,
    pub(crate) accepted: Vec<bool>,
    pub(crate) score: i32,
    /// Which hits spell names.
    pub(crate) named: Vec<bool>,
}

impl Reading {
    /// How likely what is accepted with all its bytes is, on the scale of the prior, and how many these are;
    /// names are certain.
    pub(crate) fn likelihood(&self) -> (i32, i32) {
        let hits = self.hits.iter().zip(&self.accepted).zip(&self.named);
        let exact = hits.filter(|((hit, accepted), _)| **accepted && hit.missing == 0);
        exact.fold((0, 0), |(sum, count), ((hit, _), named)| {
            let likelihood = if *named {
                0
            } else {
                prior(hit.c).unwrap_or(LEAST)
            };
            (sum + likelihood, count + 1)
        })
    }

    /// How much sense it makes: the words that it reads cost in their language, and its signs by themselves.
    pub(crate) fn sense(&self, cells: &Cells) -> i32 {
        let hits = self.hits.iter().zip(&self.accepted);
        let signs = hits.filter(|(hit, accepted)| **accepted && !is_letter(hit.c));
        let signs = signs.map(|(hit, _)| in_bits(-prior(hit.c).unwrap_or(LEAST)));
        let text = certain(&self.channel, cells);
        // What this reading has made of the text must not speak for it.
        let plain = |c: char| if c.is_ascii() { c } else { '\u{FFFD}' };
        let words = Lexicon::new(text.chars().map(plain).collect()).cost(&text);
        -(words + signs.sum::<i32>())
    }

    /// Whether few characters are so rare, or one stands so oddly, that another charset may explain the text
    /// better.
    pub(crate) fn is_doubtful(&self, cells: &Cells) -> bool {
        /// Hits of a text so short that it is worth to look again.
        const FEW: usize = 16;
        /// What one of them is likely at least, on the scale of the prior.
        const LIKELY: i32 = -30;
        let is_unlikely = || {
            let (likelihood, count) = self.likelihood();
            likelihood < LIKELY * count
        };
        self.hits.len() <= FEW && is_unlikely() || self.has_capital_inside(cells)
    }

    /// Whether a capital that is accepted stands inside a word, before a small letter.
    fn has_capital_inside(&self, cells: &Cells) -> bool {
        let is_capital =
            |&i: &usize| self.accepted[i] && !self.named[i] && self.hits[i].c.is_uppercase();
        let touching = |i: usize| {
            let (start, end) = (self.starts[i], self.hits[i].end);
            let before = match i.checked_sub(1).map(|i| self.hits[i]) {
                Some(hit) if hit.end == start => hit.c,
                _ => start.checked_sub(1).map_or('\n', |at| cells.chars[at]),
            };
            let behind = match self.starts.get(i + 1) {
                Some(&next) if next == end => self.hits[i + 1].c,
                _ => cells.chars.get(end).copied().unwrap_or('\n'),
            };
            (before, behind)
        };
        let capitals = (0..self.hits.len()).filter(is_capital);
        let mut touching = capitals.map(touching);
        touching.any(|(before, behind)| before.is_alphabetic() && behind.is_lowercase())
    }

    /// A number that tells which characters stand where, in its view.
    pub(crate) fn outcome(&self) -> u64 {
        let mut outcome = DefaultHasher::new();
        let hits = self.hits.iter().zip(&self.starts).zip(&self.accepted);
        for ((hit, start), _) in hits.filter(|(_, accepted)| **accepted) {
            (start, hit.end, hit.c).hash(&mut outcome);
        }
        outcome.finish()
    }
}

/// The document through one charset. Letters with lost bytes are guessed where several lost bytes left a
/// mark, and else once whole characters and signs prove that it was misread so.
pub(crate) fn read(charset: usize, cells: &Cells, known: bool) -> Reading {
    let plain = Channel::new(charset, Seen::default());
    let (seen, exacts) = seen(&plain, cells);
    let marked = seen.replaced > 1;
    let mut reading = hits(Channel::new(charset, seen), cells, &exacts, marked);
    let proven = accept(&mut reading, cells, known);
    if proven && !marked && seen.exact > 0 && reading.lossy && !is_hopeless(&seen, cells) {
        let channel = reading.channel.clone();
        drop(reading);
        reading = hits(channel, cells, &exacts, true);
        accept(&mut reading, cells, known);
    }
    reading
}

/// Whether so many letters lost a byte that what they were would be made up: in texts of whose script most letters
/// lie in 80–9F, as those of Hebrew do, guesses read well and are wrong. Latin letters have ASCII around them.
fn is_hopeless(seen: &Seen, cells: &Cells) -> bool {
    /// For so many letters that lost a byte, so many are whole. Of Thai half are and most guesses are right, of Hebrew
    /// a quarter and next to none is.
    const LOST: usize = 3;
    const WHOLE: usize = 2;
    let (dropped, exact) = (seen.dropped as usize, seen.exact as usize);
    dropped * WHOLE > exact * LOST && {
        let ascii = cells.chars.iter().filter(|c| c.is_ascii_alphabetic());
        ascii.count() < dropped + exact
    }
}

/// What reads as UTF-8 in the document, letters with lost bytes too if they are to be guessed.
fn hits(channel: Channel, cells: &Cells, exacts: &Exact, letters: bool) -> Reading {
    // Two marks make a character at least, but for those with a byte lost: room once is room enough.
    let most = cells.marks.len() / 2;
    let mut hits: Vec<Guess> = Vec::with_capacity(most);
    let mut starts: Vec<usize> = Vec::with_capacity(most);
    let mut guesses = Vec::new();
    let mut lossy = false;
    let (mut uncovered, mut lone) = (0, 0);
    let mut passed = 0;
    let mut next = 0;
    let mut open = Open::default();
    for at in cells.marks.iter().map(|&at| at as usize) {
        if at < passed {
            continue;
        }
        let byte = channel.byte(cells.ids[at]);
        if byte == 0 {
            lossy |= cells.chars[at] == '\u{FFFD}';
            continue;
        }
        let leads = utf8::length(byte) > 0;
        let mut hit = if leads {
            exacts.at(&channel, cells, at, &mut next)
        } else {
            None
        };
        if hit.is_none() && leads {
            let stands = |at: usize| at.checked_sub(1).map_or('\n', |at| cells.chars[at]);
            let last = match (hits.last(), starts.last()) {
                (Some(hit), Some(&start)) if hit.end == at => {
                    marks::composed(stands(start), hit.c).unwrap_or(hit.c)
                }
                _ => stands(at),
            };
            let follows = cells.chars.get(at + 1) == Some(&' ');
            let telling = matches!(byte, 0xE2 | 0xF0)
                || byte == A_GRAVE[0] && (follows || is_bare_i(&channel, cells, at))
                || byte == MARK && marks::takes_acute(last)
                || byte == SELECTOR && has_emoji_form(last);
            if letters || telling {
                lossy::guesses(&channel, cells, at, &mut guesses);
                lossy::joining_emoji(&mut guesses, &channel, cells, at);
                hit = match *guesses {
                    [] => None,
                    [only] if only.c == '\u{200D}' => Some(only),
                    _ => {
                        let quotes = open.before(at, cells, &hits, &starts);
                        choose(&channel, cells, &guesses, last, quotes)
                    }
                };
            }
        }
        match hit {
            Some(guess) => {
                lossy |= guess.missing > 0;
                passed = guess.end;
                hits.push(guess);
                starts.push(at);
            }
            None => {
                let is_letter = odd::script(cells.chars[at]) > 0;
                uncovered += usize::from(is_letter);
                lone += usize::from(is_letter && leads && is_lone(cells, at));
                lossy |= leads || cells.chars[at] == '\u{FFFD}';
            }
        }
    }
    Reading {
        channel,
        accepted: vec![false; hits.len()],
        hits,
        starts,
        lossy,
        uncovered,
        lone,
        score: 0,
        named: Vec::new(),
    }
}

/// Whether nothing beyond ASCII touches the character at `at`.
fn is_lone(cells: &Cells, at: usize) -> bool {
    let ascii = |at: Option<usize>| {
        let c = at.and_then(|at| cells.chars.get(at));
        c.is_none_or(char::is_ascii)
    };
    ascii(at.checked_sub(1)) && ascii(Some(at + 1))
}

/// Whether a lead stands inside a word that may be all of "í": later steps drop the soft hyphen.
fn is_bare_i(channel: &Channel, cells: &Cells, at: usize) -> bool {
    let small = |at: Option<usize>| {
        let c = at.and_then(|at| cells.chars.get(at));
        c.is_some_and(char::is_ascii_lowercase)
    };
    channel.shy == I_ACUTE[1] && small(at.checked_sub(1)) && small(Some(at + 1))
}

fn choose(
    channel: &Channel,
    cells: &Cells,
    guesses: &[Guess],
    left: char,
    quotes: Quotes,
) -> Option<Guess> {
    let mut best: Option<(i32, &Guess)> = None;
    for guess in guesses {
        let follows = cells.ids.get(guess.end).map_or(0, |&id| channel.byte(id));
        let right = match exact(channel, cells, guess.end) {
            Some(next) => next.c,
            // Part of another damaged character: it says nothing.
            None if utf8::length(follows) > 0 => '\u{FFFD}',
            None => cells.chars.get(guess.end).copied().unwrap_or('\n'),
        };
        let orphan = if utf8::continues(follows) {
            ORPHAN_COST
        } else {
            0
        };
        let place = Place::new(left, right, quotes);
        let Some(likelihood) = likelihood(guess.c, guess.missing, place) else {
            continue;
        };
        if likelihood < LEAST_LIKELY {
            continue;
        }
        let score = likelihood
            - orphan
            - if guess.traces.contains(&Trace::Altered(1)) && cells.chars[guess.end - 1] == ' ' {
                SPACE_COST
            } else {
                0
            };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, guess));
        }
    }
    best.map(|(_, guess)| *guess)
}
