//! Settle: stretches of a reading with lost bytes, read again as a whole.

use std::ops::Range;

use super::super::cells::Cells;
use super::super::charsets::channel::Channel;
use super::super::charsets::lossy::{self, Guess, Trace};
use super::super::charsets::sequence::{certain, exact};
use super::super::charsets::utf8;
use super::super::lost::lattice::{self, Arc, Around, in_bits};
use super::super::lost::quotes::Quotes;
use super::super::lost::wording::Lexicon;
use super::super::sound::odd;
use super::layered::{self, Below};
use super::reading::Reading;
use crate::reader::language::BIT;

/// What it costs to leave what may be part of a character as it is, and a letter among others.
pub(super) const KEPT_COST: i32 = 12 * BIT as i32;
const KEPT_LETTER_COST: i32 = 8 * BIT as i32;
/// How many characters of a text are read in each language that it may be in.
const TRIAL: usize = 600;
/// How far behind the likeliest, a letter, these are at most.
const NEAR: u16 = BIT;
/// What it costs a guess to take a space for a no-break space.
pub(crate) const SPACE_COST: i32 = 12;

/// Reads the stretches with lost bytes again, each as a whole, by the language of the text.
pub(crate) fn settle(reading: &mut Reading, cells: &Cells) {
    let channel = &reading.channel;
    let certain = certain(channel, cells);
    let all = 0..cells.chars.len();
    let guesses = match layered::below(channel, &certain) {
        Some(text) => {
            let lexicon = Lexicon::new(text);
            let below = Below {
                channel,
                cells,
                lexicon: &lexicon,
            };
            read(all, &lexicon, |at, ways| below.ways(at, ways))
        }
        None => {
            let lexicon = lexicon(certain, channel, cells);
            guessed(all, channel, cells, &lexicon)
        }
    };
    let Some(guesses) = guesses else { return };
    (reading.starts, reading.hits) = with_whole(guesses, cells.chars.len(), channel, cells);
    reading.accepted = vec![false; reading.hits.len()];
}

/// The words of the language that the text is in. Where many letters are lost the others alone do not tell: the
/// alphabet of another language may have all of these. Then it is the one in which all is read at the least cost.
fn lexicon(certain: String, channel: &Channel, cells: &Cells) -> Lexicon {
    let lexicon = Lexicon::new(certain);
    if !lexicon.has_many_holes() {
        return lexicon;
    }
    let span = 0..cells.chars.len().min(TRIAL);
    let cost = |other: &Lexicon| {
        let guesses = guessed(span.clone(), channel, cells, other)?;
        let (starts, hits) = with_whole(guesses, span.end, channel, cells);
        let mut text = String::new();
        let mut at = 0;
        for (start, hit) in starts.into_iter().zip(hits) {
            text.extend(&cells.chars[at..start]);
            text.push(hit.c);
            at = hit.end;
        }
        Some(other.cost(&text))
    };
    let languages = lexicon.languages().into_iter();
    let near = languages.filter(|guess| guess.behind <= NEAR);
    let others: Vec<Lexicon> = near
        .map(|guess| lexicon.in_language(guess.language))
        .collect();
    if others.len() < 2 {
        return lexicon;
    }
    let least = others
        .into_iter()
        .min_by_key(|other| cost(other).unwrap_or(i32::MAX));
    least.unwrap_or(lexicon)
}

/// The ways to read on from a place.
pub(super) type Ways = Vec<Arc<(usize, Guess)>>;

/// The guesses on the likeliest of these ways through some cells.
fn read(
    span: Range<usize>,
    lexicon: &Lexicon,
    ways: impl FnMut(usize, &mut Ways),
) -> Option<Vec<(usize, Guess)>> {
    let around = Around {
        before: &[],
        quotes: Quotes::NONE,
        after: &['\n'],
    };
    lattice::settle(span, around, lexicon, ways)
}

/// The guesses on the likeliest way through some cells, each with the cell it begins at.
fn guessed(
    span: Range<usize>,
    channel: &Channel,
    cells: &Cells,
    lexicon: &Lexicon,
) -> Option<Vec<(usize, Guess)>> {
    let mut guesses = Vec::new();
    read(span, lexicon, |at, ways| {
        let (c, byte) = (cells.chars[at], channel.byte(cells.ids[at]));
        if let Some(hit) = exact(channel, cells, at) {
            ways.push(Arc {
                c: hit.c,
                end: hit.end,
                guessed: false,
                cost: 0,
                what: None,
            });
            return;
        }
        let stray = byte != 0 || c == '\u{FFFD}';
        let script = odd::script(c);
        let beside = |at: Option<usize>| {
            let neighbour = at.and_then(|at| cells.chars.get(at));
            script != 0 && neighbour.is_some_and(|&c| odd::script(c) == script)
        };
        let kept = if beside(at.checked_sub(1)) || beside(Some(at + 1)) {
            KEPT_LETTER_COST
        } else {
            KEPT_COST
        };
        ways.push(Arc {
            c,
            end: at + 1,
            guessed: false,
            cost: if stray { kept } else { 0 },
            what: None,
        });
        if utf8::length(byte) > 0 {
            lossy::guesses(channel, cells, at, &mut guesses);
            lossy::joining_emoji(&mut guesses, channel, cells, at);
        } else {
            lossy::headless(channel, cells, at, &mut guesses);
        }
        let before = at.checked_sub(1).map_or('\n', |at| cells.chars[at]);
        lossy::without_joiners(&mut guesses, before);
        lossy::likeliest(&mut guesses, || lexicon.language());
        for guess in &guesses {
            // A space in the place of a no-break space is no surprise, one in a letter's is.
            let space = |at: usize| cells.chars.get(at) == Some(&' ');
            let last = usize::from(guess.len) - 1;
            // One of two spaces in a row stands for something.
            let lone = || space(guess.end - 1) && !space(guess.end);
            let spaced = guess.traces[last] == Trace::Altered(1) && lone()
                || guess.traces[last] == Trace::Gone
                    && guess.bytes[last] == channel.nbsp
                    && space(guess.end);
            let spaced = spaced && guess.c != '\u{A0}';
            let cost = lossy::cost(guess, channel.formed) + if spaced { SPACE_COST } else { 0 };
            ways.push(Arc {
                c: guess.c,
                end: guess.end,
                guessed: true,
                cost: in_bits(cost),
                what: Some((at, *guess)),
            });
        }
    })
}

/// The guesses and, between them, the characters with all their bytes, which the lattice never doubts; up to a cell.
fn with_whole(
    guesses: Vec<(usize, Guess)>,
    end: usize,
    channel: &Channel,
    cells: &Cells,
) -> (Vec<usize>, Vec<Guess>) {
    let mut guesses = guesses.into_iter().peekable();
    let (mut starts, mut hits) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < end {
        let guessed = guesses.next_if(|(start, _)| *start == at);
        let hit = guessed.map(|(_, guess)| guess);
        match hit.or_else(|| exact(channel, cells, at)) {
            Some(hit) => {
                starts.push(at);
                at = hit.end;
                hits.push(hit);
            }
            None => at += 1,
        }
    }
    (starts, hits)
}
