//! Refine: signs that lost their last byte, chosen again by the words and figures around them.
//!
//! The likeliest sign for a place is told by its neighbours alone. These need a look further.

use super::super::cells::Cells;
use super::super::charsets::lossy::{Guess, Trace};
use super::super::charsets::utf8::MOST;
use super::super::multi::run::{Part, Run};
use super::super::multi::stream::Reader;
use super::super::single::reading::Reading;
use super::super::traces::{self, SIGNS, is_english};
use super::context::parts_range;
use super::currency;
use super::english;

const APOSTROPHE: char = '\u{2019}';
const LONG_DASH: char = '\u{2014}';
const SHORT_DASH: char = '\u{2013}';

/// Chooses again among the signs of a single-byte charset.
pub(crate) fn signs(reading: &mut Reading, cells: &Cells) {
    let mut english = None;
    for (hit, &start) in reading.hits.iter_mut().zip(&reading.starts) {
        let Some(sign) = better(hit, &cells.chars, start, hit.end, &mut english) else {
            continue;
        };
        let [.., last] = *sign.encode_utf8(&mut [0; MOST]).as_bytes() else {
            continue;
        };
        if reading.channel.lost.has(last) {
            put(hit, sign);
        }
    }
}

/// Chooses again among the signs of a multi-byte charset, where one stands by itself.
pub(crate) fn signs_of_runs(runs: &mut [Run], reader: &Reader<'_>) {
    let chars = reader.chars;
    let places = places(runs, reader);
    for (run, sign) in places {
        if let [Part::Read(guess)] = runs[run].parts.as_mut_slice() {
            put(guess, sign);
        }
    }
    for run in runs {
        let (start, end) = (run.chars.start, run.chars.end);
        if let [Part::Read(guess)] = run.parts.as_mut_slice()
            && let Some(sign) = better(guess, chars, start, end, &mut Some(false))
        {
            put(guess, sign);
        }
    }
}

/// The runs that are a dash, quotation mark or ellipsis without its last byte, each with the sign that fits
/// best together with all others.
fn places(runs: &[Run], reader: &Reader<'_>) -> Vec<(usize, char)> {
    let (pairs, chars) = (reader.pairs, reader.chars);
    let mut text: Vec<char> = Vec::with_capacity(chars.len());
    let (mut open, mut places) = (Vec::new(), Vec::new());
    let mut passed = 0;
    for (number, run) in runs.iter().enumerate() {
        text.extend(&chars[passed..run.chars.start]);
        passed = run.chars.end;
        if let [Part::Read(guess)] = run.parts.as_slice()
            && SIGNS.contains(&guess.c)
            && guess.traces[2] != Trace::Glyph
        {
            let next = chars.get(passed).copied().unwrap_or('\n');
            let next = u8::try_from(next).unwrap_or(0);
            // With its last byte this one would have made a character of what follows.
            let lost = |sign: &char| {
                let [.., last] = *sign.encode_utf8(&mut [0; MOST]).as_bytes() else {
                    return false;
                };
                !pairs.is_assigned(last, next)
            };
            open.push(number);
            places.push((text.len(), SIGNS.into_iter().filter(lost).collect()));
        }
        text.extend(run.parts.iter().map(Part::c));
    }
    text.extend(&chars[passed..]);
    if open.is_empty() {
        return Vec::new();
    }
    let signs = traces::choose(&text, places, reader.lexicon());
    let chosen = open.into_iter().zip(signs);
    chosen
        .filter_map(|(run, sign)| Some((run, sign?)))
        .collect()
}

/// The sign that these words and figures want in the place of one that lost its last byte, if another.
fn better(
    guess: &Guess,
    chars: &[char],
    start: usize,
    end: usize,
    english: &mut Option<bool>,
) -> Option<char> {
    if guess.len != 3 || guess.traces[2] == Trace::Glyph {
        return None;
    }
    match guess.c {
        LONG_DASH if parts_range(chars, start, end) => Some(SHORT_DASH),
        '\u{20A0}'..='\u{20CF}' => {
            let told = currency::told(&chars[end..])?;
            (told as u32 >> 6 == guess.c as u32 >> 6).then_some(told)
        }
        APOSTROPHE if !fits_words(chars, start, end) => english
            .get_or_insert_with(|| is_english(chars))
            .then_some(LONG_DASH),
        _ => None,
    }
}

/// Whether English has an apostrophe here. Outside of words it does.
fn fits_words(chars: &[char], start: usize, end: usize) -> bool {
    /// As many letters of the words as matter.
    const REACH: usize = 3;
    let letters = |c: &char| c.is_alphabetic();
    let before = chars[..start].iter().rev().copied();
    let stem = before.take(REACH).take_while(letters);
    let behind = chars[end..].iter().copied();
    let tail = behind.take(REACH).take_while(letters);
    let inside = stem.clone().next().is_some() && tail.clone().next().is_some();
    !inside || english::may_part(stem, tail)
}

/// Puts a sign that begins as it does in the place of a guess.
fn put(guess: &mut Guess, sign: char) {
    guess.c = sign;
    sign.encode_utf8(&mut guess.bytes);
}
