//! Places: what the place of a trace says about the sign that stood there.

use super::super::lost::context::may_stand;
use super::super::lost::english::{self, Letters};
use super::super::sound::odd;
use super::{Left, Trace};

/// What a place of a trace says: an apostrophe in "n’t" or "it’s", which no name ends in; in a
/// possessive; a quotation mark that closes behind punctuation; two marks and a letter that went with the last
/// byte; a sign at a word's edge.
pub(super) const NEGATION: u32 = 3;
pub(super) const CONTRACTION: u32 = 2;
pub(super) const CLOSING: u32 = 2;
pub(super) const SWALLOWED: u32 = 2;
pub(super) const EDGE: u32 = 1;
/// What a first byte says that two marks follow, where no word stands before it.
pub(super) const MARKED: u32 = 2;
/// What three U+FFFD by themselves between two words say: a dash stood there.
pub(super) const PARTING: u32 = 2;

/// What the first byte of a sign is in the commonest charsets: at the end of words French and Portuguese
/// have it, not before the s of a plural.
const CIRCUMFLEX: char = '\u{E2}';

/// Whether a sign can have stood somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    Yes,
    No,
    /// If others have.
    Perhaps,
}

/// Whether a sign can have stood there. Question marks at the end of a word ask a question.
pub(super) fn placed(chars: &[char], trace: &Trace) -> Placed {
    let left = trace.start.checked_sub(1).map_or('\n', |at| chars[at]);
    let right = next(chars, trace).unwrap_or('\n');
    let asks = chars[trace.start] == '?';
    let fits = if trace.is_certain {
        true
    } else if left.is_alphabetic() && right.is_alphabetic() {
        // What Latin letters stand inside a word is a letter of it.
        let is_letter = odd::script(chars[trace.start]) == odd::LATIN;
        if !is_contraction(chars, trace) && !asks && !is_letter {
            return Placed::Perhaps;
        }
        is_contraction(chars, trace)
    } else if let [sign] = *trace.may_be {
        may_stand(sign, left, right)
    } else if asks && !left.is_whitespace() && left != ',' {
        return Placed::Perhaps;
    } else {
        true
    };
    if fits { Placed::Yes } else { Placed::No }
}

/// The points that the places of the traces make, and whether any of them tells more than an edge.
pub(super) fn evidence(chars: &[char], traces: &[Trace]) -> (u32, bool) {
    let (mut points, mut telling, mut lost) = (0, false, false);
    let mut marks = Marks::default();
    for trace in traces {
        let before = trace.start.checked_sub(1).map(|at| chars[at]);
        marks.add(chars, trace);
        if trace.is_doubtful {
            continue;
        }
        let point = if is_contraction(chars, trace) {
            let (stem, tail) = around(chars, trace);
            let script = odd::script(chars[trace.end - 1]);
            // A syllable that only a misreading makes, or a letter of another script, is no name's.
            let marked = trace.left == Left::Marks && trace.end - trace.start == 3;
            let foreign = trace.swallowed.is_some() || script > odd::LATIN || marked;
            let lost = chars[trace.start] == '\u{FFFD}';
            if foreign || english::is_contraction(stem.clone(), tail.clone()) {
                NEGATION
            } else if lost
                || matches!(chars[trace.start], CIRCUMFLEX | '?') && english::is_noun(stem, tail)
            {
                CONTRACTION
            } else {
                // "Nicolâs" and "Murâd" are names.
                EDGE
            }
        } else if before.is_some_and(|c| closes(c, chars[trace.start]))
            && is_gap(next(chars, trace))
        {
            CLOSING
        } else if trace.swallowed.is_some() && is_inside(chars, trace) {
            if trace.end - trace.start > 1 {
                NEGATION
            } else {
                SWALLOWED
            }
        } else if trace.swallowed.is_some() && trace.end - trace.start > 1 {
            SWALLOWED
        } else if parts_words(chars, trace)
            || parts_figures(chars, trace)
            || parts_years(chars, trace)
        {
            PARTING
        } else if is_gap(before) && is_marked_lead(chars, trace) {
            MARKED
        } else if is_gap(before) || is_gap(next(chars, trace)) {
            EDGE
        } else {
            0
        };
        lost |= chars[trace.start] == '\u{FFFD}' && trace.end - trace.start == 3;
        telling |= point > EDGE;
        points += point;
    }
    let lone_pairs = marks.lone_pairs();
    points += CLOSING * lone_pairs;
    (
        points,
        telling || lone_pairs > 0 || marks.tell(lost, || foreign(chars, traces)),
    )
}

/// What traces at the edges of words tell together.
#[derive(Default)]
struct Marks {
    /// Whether one stands before a word that none behind one has followed.
    opened: bool,
    /// How many stand so; how many single ones close, and how many of them behind one that opens; how many pairs
    /// others make, and how many of these close behind a full stop.
    openings: u32,
    closings: u32,
    lone_pairs: u32,
    pairs: u32,
    stops: u32,
    /// How many stand by themselves, how many of these between words as dashes do, and whether one is spoken of.
    spaced: u32,
    dashes: u32,
    is_spoken_of: bool,
    /// Whether they are question marks, which close sentences as well.
    asks: bool,
}

impl Marks {
    fn add(&mut self, chars: &[char], trace: &Trace) {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = trace.start.checked_sub(1).map(|at| chars[at]);
        let behind = next(chars, trace);
        let gap_before = is_gap(before) || before.is_some_and(|c| matches!(c, '(' | '['));
        let gap_behind = is_gap(behind) || behind.is_some_and(|c| matches!(c, ')' | ']'));
        self.asks |= chars[trace.start] == '?';
        self.spaced += u32::from(!trace.is_doubtful && is_gap(before) && is_gap(behind));
        let may_be_meant = matches!(chars[trace.start], CIRCUMFLEX | '?');
        if may_be_meant && before == Some(' ') && behind == Some(' ') {
            let letters = chars[..trace.start - 1].iter().rev();
            let letters = letters.take_while(|c| c.is_alphabetic()).count();
            let word_before = &chars[trace.start - 1 - letters..trace.start - 1];
            self.is_spoken_of |= english::leads_on(word_before.iter().copied());
            self.dashes += u32::from(word(chars.get(trace.end + 1).copied()));
        }
        let ends = match chars[trace.start..trace.end] {
            ['?'] => before.is_some_and(|c| closes(c, '?')),
            ['\u{FFFD}'] => word(before) || before.is_some_and(is_stop),
            _ => false,
        };
        if ends && !word(behind) {
            self.closings += 1;
            self.lone_pairs += u32::from(self.opened);
        }
        if gap_before && word(behind) {
            self.opened = true;
            self.openings += 1;
        } else if ends {
            self.opened = false;
        } else if self.opened && gap_behind && (word(before) || before == Some('.')) {
            self.opened = false;
            self.pairs += 1;
            self.stops += u32::from(before == Some('.'));
        }
    }

    /// How many pairs single marks make, none if they are no quotation marks: where spaces that keep words together
    /// were, more open than close, or the other way round, and some questions end where none is quoted.
    fn lone_pairs(&self) -> u32 {
        let are_most = |all: u32| self.lone_pairs * 3 >= all * 2;
        if are_most(self.closings) && (self.asks || are_most(self.openings)) {
            self.lone_pairs
        } else {
            0
        }
    }

    /// Whether they do: what opens before a word and closes behind one quotes something, and what stands between
    /// words again and again parts them. `lost` says that bytes surely are, `foreign` what speaks for another language.
    fn tell(&self, lost: bool, foreign: impl Fn() -> u32) -> bool {
        let parting = self.dashes + self.pairs;
        let asks = self.asks && (self.stops > 0 || self.openings > 0 && self.spaced > 1);
        let parts = !self.asks && self.dashes > 0 && parting > 1 && foreign() <= parting;
        lost && self.pairs > 0
            || self.pairs > 1 && self.spaced > 0
            || (asks || parts) && !self.is_spoken_of
    }
}

/// Whether the first byte of a sign is there, and a mark for each of the others.
fn is_marked_lead(chars: &[char], trace: &Trace) -> bool {
    trace.end - trace.start == 3 && !matches!(chars[trace.start], '\u{FFFD}' | '?')
}

/// Whether the bytes of one sign are lost between two words of a sentence.
fn parts_words(chars: &[char], trace: &Trace) -> bool {
    let around = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
    let left = |back: usize| around(trace.start.checked_sub(back));
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    chars[trace.start..trace.end] == ['\u{FFFD}'; 3]
        && (left(1), around(Some(trace.end))) == (Some(' '), Some(' '))
        && word(left(2))
        && word(around(Some(trace.end + 1)))
}

/// Whether Latin letters stand on both sides.
fn is_inside(chars: &[char], trace: &Trace) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_alphabetic)
    };
    letter(trace.start.checked_sub(1)) && letter(Some(trace.end))
}

/// Whether the bytes of one sign are lost between two figures.
fn parts_figures(chars: &[char], trace: &Trace) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    chars[trace.start..trace.end] == ['\u{FFFD}'; 3]
        && digit(trace.start.checked_sub(1))
        && digit(Some(trace.end))
}

/// Whether nothing but the first byte of a dash stands between two years: "2019–2024".
fn parts_years(chars: &[char], trace: &Trace) -> bool {
    const DIGITS: usize = 4;
    let are_digits = |digits: Option<&[char]>| {
        digits.is_some_and(|digits| digits.iter().all(char::is_ascii_digit))
    };
    let before = trace.start.checked_sub(DIGITS);
    trace.left == Left::Lead
        && are_digits(before.map(|before| &chars[before..trace.start]))
        && are_digits(chars.get(trace.end..trace.end + DIGITS))
}

pub(super) fn next(chars: &[char], trace: &Trace) -> Option<char> {
    trace.swallowed.or_else(|| chars.get(trace.end).copied())
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ';' | ':')
}

/// Whether a sign may close behind this stop. Of question marks fewer do: "???:???" is what tools
/// print for what they do not know.
pub(super) fn closes(stop: char, trace: char) -> bool {
    is_stop(stop) && (trace != '?' || matches!(stop, '.' | ','))
}

pub(super) fn is_gap(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || is_stop(c))
}

/// A letter, the trace, and what English contracts, ended.
pub(super) fn is_contraction(chars: &[char], trace: &Trace) -> bool {
    let (stem, tail) = around(chars, trace);
    english::may_contract(stem, tail)
}

/// The words on both sides of a trace, as far as they matter.
pub(super) fn around(chars: &[char], trace: &Trace) -> (impl Letters, impl Letters) {
    /// As many letters as tell a pronoun from the end of a longer word.
    const STEM: usize = 10;
    /// And as tell a tail from a longer one.
    const TAIL: usize = 3;
    let is_letter = |c: &char| c.is_alphabetic();
    let stem = match trace.beside {
        Some(_) => &[],
        None => {
            let before = chars[..trace.start].iter().rev().take(STEM);
            let letters = before.take_while(|c| is_letter(c)).count();
            &chars[trace.start - letters..trace.start]
        }
    };
    let stem = trace.beside.into_iter().chain(stem.iter().copied());
    let behind = trace.swallowed.into_iter();
    let behind = behind.chain(chars[trace.end..].iter().copied());
    (stem, behind.take_while(is_letter).take(TAIL))
}

/// What speaks for another language: letters beyond ASCII that are no trace, and traces that are
/// letters inside a word. Latvian and Kazakh have the letter that a lead byte is, among many.
pub(super) fn foreign(chars: &[char], traces: &[Trace]) -> u32 {
    let is_foreign = |c: &char| !c.is_ascii() && c.is_alphabetic();
    let letters = |chars: &[char]| chars.iter().filter(|c| is_foreign(c)).count();
    let of_traces = |trace: &Trace| letters(&chars[trace.start..trace.end]);
    let inside = |trace: &&Trace| {
        let left = trace.start.checked_sub(1).map(|at| chars[at]);
        let right = next(chars, trace);
        left.is_some_and(char::is_alphabetic)
            && right.is_some_and(char::is_alphabetic)
            && !is_contraction(chars, trace)
    };
    let others = letters(chars) - traces.iter().map(of_traces).sum::<usize>();
    (others + traces.iter().filter(inside).count()) as u32
}

/// Whether a trace stands in a word with another letter beyond ASCII that is none: what damaged the one
/// would have damaged the other.
pub(super) fn in_foreign_word(chars: &[char], trace: &Trace, traces: &[Trace]) -> bool {
    /// Letters of the longest English words, on either side.
    const LONGEST: usize = 24;
    let is_trace = |at: usize| {
        let before = traces.partition_point(|trace| trace.start <= at);
        before > 0 && at < traces[before - 1].end
    };
    let is_foreign =
        |&at: &usize| !chars[at].is_ascii() && chars[at] != chars[trace.start] && !is_trace(at);
    let letter = |&at: &usize| chars[at].is_alphabetic();
    let left = (trace.start.saturating_sub(LONGEST)..trace.start).rev();
    let right = trace.end..(trace.end + LONGEST).min(chars.len());
    left.take_while(letter).any(|at| is_foreign(&at))
        || right.take_while(letter).any(|at| is_foreign(&at))
}
