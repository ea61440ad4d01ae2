//! Run: a stretch that reads as UTF-8 through a multi-byte charset.

use std::ops::Range;

use super::super::charsets::lossy::{self, Guess, Trace};
use super::super::lost::prior::{RARE, prior};
use super::super::lost::quotes::Quotes;
use super::super::single::evidence::is_mark;
use super::stream::{Care, EMOJI_LEAD, Reader};
use crate::reader::language::is_letter;

/// The likelihood below which a character that has all its bytes is rare, and speaks against a run.
const RARE_BUT_WHOLE: i32 = -75;
/// How many bytes a run may go on between two characters' starts.
const LONGEST_ASKEW: usize = 64;
/// What each byte of a likely character is worth.
pub(crate) const LIKELY_BYTE: i32 = 4;
/// Parts that a run has room for: a sign, and the letter that the misreading swallowed.
pub(crate) const ROOM: usize = 2;
/// The points that the runs of a text must make together.
pub(crate) const NEEDED_POINTS: i32 = 2;

/// A piece of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// An ASCII letter that the misreading swallowed.
    Swallowed(char),
    /// A character read from its bytes.
    Read(Guess),
}

impl Part {
    pub(crate) fn c(&self) -> char {
        match self {
            Part::Swallowed(c) => *c,
            Part::Read(guess) => guess.c,
        }
    }
}

/// How far a run has come, and what speaks for it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// The character after it.
    pub(crate) end: usize,
    pub(crate) parts: usize,
    pub(crate) doubts: usize,
    /// Characters read from some of their bytes only.
    pub(crate) inferred: u32,
    pub(crate) points: i32,
    pub(crate) worth: i32,
}

/// A run that reads as UTF-8.
#[derive(Debug)]
pub(crate) struct Run {
    /// The characters it covers.
    pub(crate) chars: Range<usize>,
    pub(crate) parts: Vec<Part>,
    /// For letters in doubt: the part, and all guesses that differ by the letter alone.
    pub(crate) doubts: Vec<(usize, Vec<Guess>)>,
    pub(crate) tally: Tally,
    /// Whether it stands inside or beside a Latin word and turns into a letter of it.
    pub(crate) in_latin: bool,
    /// Whether it may as well be sound, were the text not known to be damaged.
    pub(crate) weak: bool,
    /// Whether it is no damage by itself: only where all else is, it is too.
    pub(crate) doubtful: bool,
}

impl Run {
    pub(crate) fn new(chars: Range<usize>) -> Run {
        Run {
            chars,
            parts: Vec::new(),
            doubts: Vec::new(),
            tally: Tally::default(),
            in_latin: false,
            weak: false,
            doubtful: false,
        }
    }

    fn push(&mut self, part: Part) {
        if self.parts.is_empty() {
            self.parts.reserve_exact(ROOM);
        }
        self.parts.push(part);
    }
}

impl Reader<'_> {
    /// The longest run from the first character of a stretch that reads as UTF-8; `Err` with its end if
    /// it does so by chance only.
    pub(crate) fn run(
        &mut self,
        stretch: Range<usize>,
        text: &[char],
        quotes: Quotes,
    ) -> Option<Result<Run, usize>> {
        let from = stretch.start;
        if !self.may_begin(self.start(from)) {
            return None;
        }
        let before = text.last().copied().unwrap_or('\n');
        let whole = self.follow(from, before, None);
        let is_whole = whole
            .as_ref()
            .is_some_and(|run| run.chars.end == stretch.end);
        let mut run = if is_whole || self.care == Care::Whole {
            whole?
        } else {
            let settled = match self.care {
                Care::Settled if stretch.len() > 1 => self.settled(stretch.clone(), text, quotes),
                _ => None,
            };
            let run = match settled {
                Some(settled) => settled,
                None => self.follow(from, before, Some(quotes))?,
            };
            // A sign by itself is told by its neighbours, a letter by its word.
            let letter = stretch.len() == 1 && !run.doubts.is_empty();
            match letter && self.care == Care::Settled {
                true => self.settled(stretch, text, quotes).unwrap_or(run),
                false => run,
            }
        };
        if self.alone(&run, before) {
            run.tally.points = 0;
        } else if run.tally.inferred == 0 && inside_word(self.chars, &run.chars) {
            run.tally.points = run.tally.points.max(NEEDED_POINTS);
        }
        let telling = self.at_figures(&run, text) || self.is_named(&run, text);
        if telling {
            run.tally.points = run.tally.points.max(NEEDED_POINTS);
        }
        let end = run.chars.end;
        if self.stands_alone(&run, before) {
            run.tally.points = run.tally.points.max(NEEDED_POINTS);
        }
        run.in_latin = self.in_latin(&run, before);
        let credible = telling || self.credible(&run, before);
        run.weak = if credible {
            !telling && self.may_be_word(&run, before)
        } else {
            self.one_sign(&run)
        };
        run.doubtful = !credible && !run.weak;
        if run.doubtful && (self.goes_on(&run) || run.tally.worth <= 0) {
            return Some(Err(end));
        }
        if run.weak || run.doubtful {
            run.tally.points = 0;
        }
        Some(Ok(run))
    }

    /// The longest run from a character; a place where bytes were lost ends it unless it is told which
    /// quotation marks are open, to choose what stood there.
    fn follow(&self, from: usize, before: char, mut quotes: Option<Quotes>) -> Option<Run> {
        let mut run = Run::new(from..from);
        let mut complete: Option<Tally> = None;
        let mut at = self.start(from);
        let begin = at;
        let mut aligned = at;
        let mut last = before;
        let mut found = Vec::new();
        while let Some(&item) = self.items.get(at) {
            let ascii = item.first && item.byte != 0 && item.byte < 0x80;
            // The question mark that a run begins with stands for a byte.
            if ascii && at > begin || at - aligned > LONGEST_ASKEW {
                break;
            }
            if !item.first && item.byte < 0x80 {
                last = char::from(item.byte);
                quotes = quotes.map(|quotes| quotes.read(last));
                run.push(Part::Swallowed(last));
                at += 1;
            } else {
                found.clear();
                let chosen = |quotes| {
                    self.guesses(at, &mut found);
                    self.choose(&found, last, quotes)
                };
                let Some(guess) = self.exact(at).or_else(|| quotes.and_then(chosen)) else {
                    break;
                };
                if guess.missing > 0 && is_letter(guess.c) {
                    let alike = |other: &&Guess| {
                        other.end == guess.end
                            && other.missing == guess.missing
                            && is_letter(other.c)
                    };
                    // At a glance it is enough that there is a doubt.
                    let alike = match self.care {
                        Care::Settled => found.iter().filter(alike).copied().collect(),
                        _ => Vec::new(),
                    };
                    run.doubts.push((run.parts.len(), alike));
                }
                run.push(Part::Read(guess));
                count(&mut run.tally, &guess);
                last = guess.c;
                quotes = quotes.map(|quotes| quotes.read(last));
                at = guess.end;
            }
            if self.items.get(at).is_none_or(|item| item.first) {
                aligned = at;
                run.tally.end = self
                    .items
                    .get(at)
                    .map_or(self.chars.len(), |item| item.char as usize);
                run.tally.parts = run.parts.len();
                run.tally.doubts = run.doubts.len();
                complete = Some(run.tally);
            }
        }
        run.tally = complete?;
        run.chars.end = run.tally.end;
        run.parts.truncate(run.tally.parts);
        run.doubts.truncate(run.tally.doubts);
        Some(run)
    }
}

/// Adds what a character counts.
pub(crate) fn count(tally: &mut Tally, guess: &Guess) {
    let rare = if guess.missing == 0 {
        RARE_BUT_WHOLE
    } else {
        RARE
    };
    let likely = is_mark(guess.c) || prior(guess.c).is_some_and(|likelihood| likelihood >= rare);
    let weight = if likely { LIKELY_BYTE } else { -2 };
    // The first byte of an emoji goes without saying where the second and third are there.
    let [lead, second, third, ..] = guess.traces;
    let emoji = guess.bytes[0] == EMOJI_LEAD
        && lead != Trace::Glyph
        && (second, third) == (Trace::Glyph, Trace::Glyph);
    let missing = i32::from(guess.missing) - i32::from(emoji);
    let begins = lossy::begins_sign(guess);
    // Of the selector less is enough: it stands behind what it makes an emoji of.
    let least = begins || guess.c == '\u{FE0F}';
    tally.worth += weight * (i32::from(guess.len) - 2 * missing).max(i32::from(least));
    if guess.missing == 0 {
        tally.points += if likely { i32::from(guess.len) - 1 } else { 0 };
    } else {
        tally.inferred += 1;
        let points = i32::from(likely && i32::from(guess.len) > missing + 1);
        // Punctuation of which the first two bytes made a character that nobody writes.
        tally.points += points * if emoji || begins { 2 } else { 1 };
    }
}

/// Whether these stand inside a Latin word, behind its capital at the earliest, as no hanzi or hangul does,
/// and not behind an escape such as `\n`.
pub(crate) fn inside_word(chars: &[char], run: &Range<usize>) -> bool {
    let char_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
    let small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    let before = char_at(run.start.checked_sub(1));
    let second = char_at(run.start.checked_sub(2));
    let capital = before.is_some_and(|c| c.is_ascii_uppercase())
        && !second.is_some_and(char::is_alphanumeric);
    let escape = second == Some('\\');
    (small(before) || capital) && small(char_at(Some(run.end))) && !escape
}
