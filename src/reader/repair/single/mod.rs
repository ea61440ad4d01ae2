//! Single: UTF-8 that was misread through a single-byte charset; which one it was.

mod accept;
pub(super) mod evidence;
mod explain;
mod group;
mod kept;
mod layered;
mod open;
pub(super) mod reading;
mod settle;

use std::cell::OnceCell;
use std::cmp::Reverse;

use self::accept::accept;
use self::evidence::WORTH;
use self::explain::patches;
use self::reading::{Reading, read};
use self::settle::settle;
use super::cells::Cells;
use super::charsets::charset::CHARSETS;
use super::charsets::glyph;
use super::charsets::{forms, sequence};
use super::known::Known;
use super::lost::refine;
use super::page::Patch;
use super::sound::{marks, odd};

/// How many charsets are looked at closely: those with the most pairs that decode.
const CANDIDATES: usize = 8;

/// The patches of one round: the charset that explains most, wherever it explains something.
pub(crate) fn find(cells: &Cells, known: &Known) -> (i32, Vec<Patch>) {
    let is_known = |charset: usize| known.has(CHARSETS[charset].name);
    let reading = |charset: usize| read(charset, cells, is_known(charset));
    // The one with the highest score, and of those with the same the earliest in the table. Of the others
    // no more is kept than tells what they come to: a page may be damage throughout.
    let mut best: Option<Reading> = None;
    let mut outcomes: Vec<(usize, i32, u64)> = Vec::new();
    let mut passed = Vec::new();
    let rank = |best: &Option<Reading>| {
        let best = best.as_ref();
        best.map_or((Reverse(0), 0), |best| {
            (Reverse(best.score), best.channel.charset)
        })
    };
    for (charset, most) in candidates(cells) {
        if (Reverse(most), charset) >= rank(&best) {
            passed.push((charset, most));
            continue;
        }
        let next = reading(charset);
        let other = if (Reverse(next.score), charset) < rank(&best) {
            best.replace(next)
        } else {
            Some(next)
        };
        outcomes.extend(other.map(|other| (other.channel.charset, other.score, other.outcome())));
    }
    let Some(mut best) = best else {
        return (0, Vec::new());
    };
    let score = best.score;
    if best.is_doubtful(cells) {
        // Charsets that differ in a letter or two explain as many bytes, but not as likely characters.
        let rank = |reading: &Reading| {
            let charset = Reverse(reading.channel.charset);
            (reading.sense(cells), reading.likelihood().0, charset)
        };
        let mut most = None;
        let mut outcome = best.outcome();
        let read_before = outcomes.iter().map(|&(charset, score, _)| (charset, score));
        let ties: Vec<usize> = read_before
            .chain(passed)
            .filter(|&(charset, most)| most == score && charset != best.channel.charset)
            .map(|(charset, _)| charset)
            .collect();
        for charset in ties {
            let tie = reading(charset);
            let of_tie = tie.outcome();
            outcomes.push((charset, tie.score, of_tie));
            if tie.score != score || of_tie == outcome {
                continue;
            }
            let own = rank(&tie);
            if own > *most.get_or_insert_with(|| rank(&best)) {
                most = Some(own);
                outcomes.push((best.channel.charset, score, outcome));
                (best, outcome) = (tie, of_tie);
            }
        }
    }
    // Sound letters around speak against the commoner charsets, which have them. Where that makes no
    // difference to the outcome, the commonest is the one to name.
    let outcome = OnceCell::new();
    let is_same = |other: u64| *outcome.get_or_init(|| best.outcome()) == other;
    let same = outcomes.iter().filter(|(.., other)| is_same(*other));
    let named = same.map(|&(charset, ..)| charset).min();
    if let Some(named) = named.filter(|&named| named < best.channel.charset) {
        drop(best);
        best = reading(named);
    }
    if best.lossy {
        settle(&mut best, cells);
        refine::signs(&mut best, cells);
        let known = is_known(best.channel.charset);
        accept(&mut best, cells, known);
    }
    (score, patches(&best, cells))
}

/// The charsets in which the most touching characters can be UTF-8, each with the most that a reading
/// through it can score; those that can score most first.
fn candidates(cells: &Cells) -> Vec<(usize, i32)> {
    /// More sequences than a text of one language has many of.
    const SLOTS: usize = 64;
    let mut counts = Counts([(0, 0); glyph::COUNT]);
    // A text has the same few sequences again and again: each is counted once for many places.
    let mut kept = [([glyph::NONE; 4], 0); SLOTS];
    let id = |at: usize| cells.ids.get(at).map_or(glyph::NONE, |&id| id);
    for at in cells.marks.iter().map(|&at| at as usize) {
        let [two, three, four] = glyph::roles(cells.ids[at]).lead;
        if two | three | four == 0 {
            continue;
        }
        let sequence = std::array::from_fn(|ahead| id(at + ahead));
        let number = |sum: usize, id: u16| sum.wrapping_mul(7).wrapping_add(id.into());
        let slot = &mut kept[sequence.into_iter().fold(0, number) % SLOTS];
        if slot.0 != sequence {
            counts.add_sequence(slot.0, slot.1);
            *slot = (sequence, 0);
        }
        slot.1 += 1;
        // "voilÃ le": a capital ends a small word, and the space behind it was a no-break space. "paÃs": it stands in
        // one, and the soft hyphen behind it is gone.
        if cells.chars[at] == '\u{C3}'
            && at > 0
            && odd::kind(cells.chars[at - 1]) == odd::Kind::Lower
            && match cells.chars[at + 1..] {
                [' ', c, ..] => c.is_ascii(),
                [c, ..] => c.is_ascii_lowercase(),
                [] => false,
            }
        {
            counts.add(two, 1, 1);
        }
        // "perioÌdico": what the accent of the letter before it leaves.
        if cells.chars[at] == '\u{CC}' && at > 0 && marks::takes_acute(cells.chars[at - 1]) {
            counts.add(two, 1, 1);
        }
        // "à1‚": what later steps have made of a byte tells it.
        let long = three | four;
        let behind = &cells.chars[at + 1..];
        if long != 0 && (0..2).any(|ahead| forms::may_begin(behind.get(ahead..).unwrap_or(&[]))) {
            let spells = |&charset: &usize| {
                long >> charset & 1 == 1 && sequence::spelled(charset, cells, at).is_some()
            };
            let charsets = (0..glyph::COUNT).filter(spells);
            counts.add(charsets.fold(0, |mask, charset| mask | 1 << charset), 3, 2);
        }
        if cells.chars.get(at + 1) == Some(&'\u{FFFD}') {
            counts.add(two | three | four, 1, 0);
        }
    }
    for (sequence, times) in kept {
        counts.add_sequence(sequence, times);
    }
    counts.ranked()
}

/// Of each charset, how many touching characters can be UTF-8, and the most that they can score.
struct Counts([(u32, i32); glyph::COUNT]);

impl Counts {
    /// Adds so many characters, of so many bytes at most, to the charsets of a mask.
    fn add(&mut self, mut mask: u64, count: u32, bytes: u32) {
        while mask != 0 {
            let (counted, most) = &mut self.0[mask.trailing_zeros() as usize];
            *counted += count;
            *most += WORTH * bytes as i32;
            mask &= mask - 1;
        }
    }

    /// Adds the character that these glyphs can begin, so many times.
    fn add_sequence(&mut self, [first, next, third, fourth]: [u16; 4], times: u32) {
        let [two, three, four] = glyph::roles(first).lead;
        let [next, third, fourth] = [next, third, fourth].map(|id| glyph::roles(id).cont);
        let whole = [
            two & next,
            three & next & third,
            four & next & third & fourth,
        ];
        self.add(whole[0], 2 * times, 2 * times);
        self.add(whole[1], 3 * times, 3 * times);
        self.add(whole[2], 4 * times, 4 * times);
        self.add((three | four) & next & !third, times, 0);
        self.add(four & next & third & !whole[2], times, 0);
        // With a byte missing, what is there counts over what is not.
        self.add(two & !whole[0] | three & !whole[1], 0, times);
        self.add(four & !whole[2], 0, 2 * times);
    }

    fn ranked(&self) -> Vec<(usize, i32)> {
        let Counts(counts) = self;
        let mut ranked: Vec<usize> = (0..glyph::COUNT).filter(|&k| counts[k].0 > 0).collect();
        ranked.sort_by_key(|&k| Reverse(counts[k].0));
        ranked.truncate(CANDIDATES);
        ranked.sort_by_key(|&k| Reverse(counts[k].1));
        ranked.into_iter().map(|k| (k, counts[k].1)).collect()
    }
}
