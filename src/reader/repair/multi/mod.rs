//! Multi: UTF-8 that was misread through a multi-byte charset, such as GBK.
//!
//! Here a character of the damaged text holds two bytes, which need not belong together: the second
//! may be the ASCII letter after the sign that was misread ("’s" became "鈥檚"). So a run is read as
//! a stream of bytes, from one character's start to another's end. A byte that made no pair left
//! nothing, or U+FFFD, or a question mark.

mod doubtful;
mod possible;
mod read;
pub(super) mod run;
pub(super) mod stream;
mod stretch;
mod verdict;
pub(super) mod word;

use std::ops::Range;

pub(super) use self::possible::possible;
use self::possible::{fits, touches_latin, utf8_announced};
use self::read::read;
use self::run::{LIKELY_BYTE, NEEDED_POINTS, Part, Run, inside_word};
use self::stream::{Care, Reader};
use super::Step;
use super::cells::Cells;
use super::charsets::codec;
use super::charsets::pairs::Pairs;
use super::known::Known;
use super::lost::refine;
use super::lost::respell::respell;
use super::page::Patch;
use super::sharing::{Repairs, Undone};
use super::sound::odd;
use crate::edit::Certainty;
use crate::reader::language;
use crate::rules::Rule;

/// Where sound hanzi stand beside a run, the mean cost of its characters from which they are none.
const RARE_AMONG_SOUND: u16 = 13 * language::BIT;
/// So many wide characters are read with care through every charset; of more, what has all its bytes
/// tells the charset, or else a glance, and sound Chinese, Japanese or Korean costs no more than that.
const FEW: usize = 100;

/// The patches of the multi-byte charset that explains most, and how much that is.
pub(crate) fn find(cells: &Cells, known: &Known) -> (i32, Vec<Patch>) {
    let possible = possible(cells);
    if possible.is_empty() {
        return (0, Vec::new());
    }
    let cjk = cells.beyond_ascii().filter(|&c| is_wide(c)).count();
    let in_latin = touches_latin(cells);
    let best = |care| {
        // The one that explains most, and of those that explain as much the likeliest by itself.
        let mut best: Option<(i32, Reader<'_>, Vec<Run>)> = None;
        let mut number = usize::MAX;
        for &(which, pairs) in &possible {
            let most = best.as_ref().map_or(0, |(most, ..)| *most);
            if care == Care::Whole {
                let fitting = cells.beyond_ascii().filter(|&c| fits(pairs, c));
                let (all, announced) = fitting.fold((0, 0), |(all, announced), c| {
                    (all + 1, announced + utf8_announced(pairs, c))
                });
                // Sound hanzi by themselves: runs that have all their bytes cover no more than fits, and are
                // worth nothing then. Nor are they worth more than their first bytes announce.
                let covers_few = all * 10 < cjk * 7;
                if !in_latin && covers_few || LIKELY_BYTE * announced < most {
                    continue;
                }
            }
            let mut reader = Reader::new(pairs, &cells.chars, care);
            let mut runs = read(&mut reader, cells);
            let worth = worth(&mut runs, pairs, cells, cjk, known);
            if care != Care::Settled {
                // They only tell the charset.
                runs = Vec::new();
            }
            if worth > most || worth == most && worth > 0 && which < number {
                best = Some((worth, reader, runs));
                number = which;
            }
        }
        best
    };
    let found = if cjk <= FEW {
        best(Care::Settled)
    } else {
        let glance = || {
            if is_prose(cells) {
                None
            } else {
                best(Care::Glance)
            }
        };
        let charset = best(Care::Whole).or_else(glance);
        charset.map(|(_, reader, _)| {
            let pairs = reader.pairs;
            let mut reader = Reader::new(pairs, &cells.chars, Care::Settled);
            let mut runs = read(&mut reader, cells);
            let worth = worth(&mut runs, pairs, cells, cjk, known);
            (worth, reader, runs)
        })
    };
    let Some((most, reader, mut runs)) = found else {
        return (0, Vec::new());
    };
    let pairs = reader.pairs;
    if most == 0 {
        return (0, Vec::new());
    }
    respell(&mut runs, &cells.chars);
    refine::signs_of_runs(&mut runs, &reader);
    let mut repairs = Repairs::default();
    let mut steps = Vec::new();
    let mut undone = Undone::default();
    let patches = runs.into_iter().map(|run| {
        let chars = &cells.chars[run.chars.clone()];
        let span = cells.places.span(run.chars.clone());
        if run.tally.inferred > 0 {
            return patch(pairs, &run, span, &mut steps, &mut repairs);
        }
        undone.patch(chars, span, |span| {
            patch(pairs, &run, span, &mut steps, &mut repairs)
        })
    });
    (most, patches.collect())
}

/// Whether the first wide characters of a text are as common as those that people write with: where none of
/// them reads as UTF-8 with all its bytes, no others are worth guessing.
fn is_prose(cells: &Cells) -> bool {
    let wide = cells.beyond_ascii().filter(|&c| is_wide(c)).take(FEW);
    let (sum, count) = wide.fold((0, 0), |(sum, count), c| {
        (sum + usize::from(language::commonness(c)), count + 1)
    });
    sum < count * usize::from(RARE_AMONG_SOUND)
}

/// How much the runs explain that are damage; 0 if they prove too little. The others are taken out.
fn worth(runs: &mut Vec<Run>, pairs: &Pairs, cells: &Cells, cjk: usize, known: &Known) -> i32 {
    let chars = &cells.chars;
    let doubtful: Vec<Run> = runs.extract_if(.., |run| run.doubtful).collect();
    let mut proof = NEEDED_POINTS * i32::from(known.has_pairs(pairs.name));
    let covered: usize = runs.iter().map(|run| run.chars.len()).sum();
    // What touches Latin letters is no sound hanzi or hangul, read or not.
    let touching = || touching_latin(runs, cells);
    if covered * 10 < cjk * 7 && covered * 10 < (cjk - touching()) * 7 {
        // Among sound hanzi only what reads as plain signs and letters is damage.
        let plain = |run: &Run| {
            run.parts.iter().all(|part| {
                matches!(part.c(), '\u{20}'..='\u{7E}' | '\u{A1}'..='\u{17F}' | '\u{2013}'..='\u{2122}')
                    || matches!(part.c() as u32, 0x2600..=0x27BF | 0x1F300..=0x1FAFF | 0xFE0F)
            })
        };
        let rare = |run: &Run| {
            let chars = &chars[run.chars.clone()];
            let cost: usize = chars
                .iter()
                .map(|&c| usize::from(language::commonness(c)))
                .sum();
            cost >= chars.len() * usize::from(RARE_AMONG_SOUND)
        };
        // One hanzi or hangul is a letter of two bytes to UTF-8 far too often.
        let whole_sign = |run: &Run| {
            let of_three = |part: &Part| match part {
                Part::Read(guess) => guess.len > 2 && guess.missing == 0,
                Part::Swallowed(_) => false,
            };
            run.parts.iter().any(of_three)
        };
        runs.retain(|run| {
            let telling = inside_word(chars, &run.chars) || whole_sign(run) && rare(run);
            run.tally.points > 0 && !run.weak && telling && plain(run)
        });
        // What was written in hanzi is sound: the damage came with words in Latin letters.
        let touches_latin = |run: &Run| {
            let Range { start, end } = run.chars;
            let sides = [start.checked_sub(1), Some(end)].into_iter().flatten();
            let mut sides = sides.filter_map(|at| chars.get(at));
            sides.any(char::is_ascii_alphanumeric)
        };
        if !runs.iter().any(touches_latin) {
            runs.clear();
        }
    } else {
        // A sign of its own among Latin letters: what else would write no hanzi but these?
        proof += runs.iter().map(|run| i32::from(run.in_latin)).sum::<i32>();
    }
    proof += runs.iter().map(|run| run.tally.points).sum::<i32>();
    let worth: i32 = runs.iter().map(|run| run.tally.worth).sum();
    doubtful::add(runs, doubtful, proof, cjk);
    if proof >= NEEDED_POINTS {
        worth.max(0)
    } else {
        0
    }
}

/// How many wide characters stand right beside a Latin letter, and not in a run.
fn touching_latin(runs: &[Run], cells: &Cells) -> usize {
    let chars = &cells.chars;
    let mut runs = runs.iter().map(|run| &run.chars).peekable();
    let mut touches = |&at: &usize| {
        while runs.next_if(|run| run.end <= at).is_some() {}
        let sides = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut sides = sides.filter_map(|side| chars.get(side));
        is_wide(chars[at])
            && runs.peek().is_none_or(|run| at < run.start)
            && sides.any(char::is_ascii_lowercase)
    };
    let marks = cells.marks.iter().map(|&at| at as usize);
    marks.filter(|at| touches(at)).count()
}

/// Whether this is a character such as the multi-byte charsets hold.
pub(crate) fn is_wide(c: char) -> bool {
    odd::is_wide(odd::script(c)) || matches!(c as u32, 0xE000..=0xF8FF)
}

/// The patch of a run; `steps` is room for what undoes the damage.
fn patch(
    pairs: &Pairs,
    run: &Run,
    span: Range<usize>,
    steps: &mut Vec<Step>,
    repairs: &mut Repairs,
) -> Patch {
    let proven = run.tally.inferred == 0;
    steps.clear();
    steps.push(Step::Encode(pairs.name.into()));
    let mut after = String::with_capacity(run.parts.iter().map(|part| part.c().len_utf8()).sum());
    let mut at = 0;
    for part in &run.parts {
        after.push(part.c());
        let Part::Read(guess) = part else {
            at += 1;
            continue;
        };
        for (&byte, trace) in guess
            .bytes
            .iter()
            .zip(guess.traces)
            .take(usize::from(guess.len))
        {
            steps.extend(trace.step(at, byte));
            at += 1;
        }
    }
    steps.push(Step::Decode(codec::UTF8.into()));
    Patch {
        span,
        after,
        rule: if proven { Rule::E101 } else { Rule::E102 },
        certainty: if proven {
            Certainty::Proven
        } else {
            Certainty::Inferred
        },
        repair: repairs.share(pairs.name, &*steps),
    }
}
