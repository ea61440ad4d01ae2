//! Refine: signs that lost their last byte, chosen again by the words and figures around them.
//!
//! The likeliest sign for a place is told by its neighbours alone. These need a look further.

use super::cells::Cells;
use super::context::parts_range;
use super::currency;
use super::english;
use super::lossy::{Guess, Trace};
use super::run::{Part, Run};
use super::single::Reading;
use super::traces::is_english;
use super::utf8::MOST;

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
pub(crate) fn signs_of_runs(runs: &mut [Run], chars: &[char]) {
    for run in runs {
        let (start, end) = (run.chars.start, run.chars.end);
        if let [Part::Read(guess)] = run.parts.as_mut_slice()
            && let Some(sign) = better(guess, chars, start, end, &mut Some(false))
        {
            put(guess, sign);
        }
    }
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
    let letters = |c: &&char| c.is_alphabetic();
    let before = chars[..start].iter().rev();
    let stem: String = before.take(REACH).take_while(letters).collect();
    let behind = chars[end..].iter();
    let tail: String = behind.take(REACH).take_while(letters).collect();
    stem.is_empty() || tail.is_empty() || english::may_part(&stem, &tail)
}

/// Puts a sign that begins as it does in the place of a guess.
fn put(guess: &mut Guess, sign: char) {
    guess.c = sign;
    sign.encode_utf8(&mut guess.bytes);
}
