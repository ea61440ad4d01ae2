//! Places: what the place of a trace says about the sign that stood there.

use super::super::context::{Place, fit};
use super::super::english;
use super::super::odd;
use super::{Left, Trace};

/// What a place of a trace says: an apostrophe in "n’t" or "it’s", which no name ends in; in a
/// possessive; a quotation mark that closes behind punctuation; two marks and a letter that went with the last
/// byte; a sign at a word's edge.
pub(super) const NEGATION: u32 = 3;
pub(super) const CONTRACTION: u32 = 2;
pub(super) const CLOSING: u32 = 2;
pub(super) const SWALLOWED: u32 = 2;
pub(super) const EDGE: u32 = 1;
/// What three U+FFFD by themselves between two words say: a dash stood there.
pub(super) const PARTING: u32 = 2;

/// Below this a sign does not fit its place, on the scale of [`fit`].
pub(super) const MISFIT: i32 = -20;

/// Whether a sign can have stood there. Question marks at the end of a word ask a question, and no
/// sign but an apostrophe stands inside one.
pub(super) fn is_placed(chars: &[char], trace: &Trace) -> bool {
    let left = trace.start.checked_sub(1).map_or('\n', |at| chars[at]);
    let inside = left.is_alphabetic() && next(chars, trace).is_some_and(char::is_alphabetic);
    if trace.is_certain {
        return true;
    }
    if inside {
        return is_contraction(chars, trace);
    }
    if let [sign] = *trace.may_be {
        let right = next(chars, trace).unwrap_or('\n');
        let place = |quoted| Place {
            left,
            right,
            quoted,
        };
        return fit(sign, place(true)).max(fit(sign, place(false))) > MISFIT;
    }
    chars[trace.start] != '?' || left.is_whitespace() || left == ','
}

/// The points that the places of the traces make, and whether any of them tells more than an edge.
pub(super) fn evidence(chars: &[char], traces: &[Trace]) -> (u32, bool) {
    let (mut points, mut telling) = (0, false);
    for trace in traces {
        let before = trace.start.checked_sub(1).map(|at| chars[at]);
        let point = if is_contraction(chars, trace) {
            let (stem, tail) = around(chars, trace);
            let script = odd::script(chars[trace.end - 1]);
            // A syllable that only a misreading makes, or a letter of another script, is no name's.
            let marked = trace.left == Left::Marks && trace.end - trace.start == 3;
            let foreign = trace.swallowed.is_some() || script > odd::LATIN || marked;
            let lost = chars[trace.start] == '\u{FFFD}';
            if foreign || english::is_contraction(&stem, &tail) {
                NEGATION
            } else if lost {
                CONTRACTION
            } else {
                // "Nicolâs" and "Murâd" are names.
                EDGE
            }
        } else if before.is_some_and(|c| closes(c, chars[trace.start]))
            && is_gap(next(chars, trace))
        {
            CLOSING
        } else if trace.swallowed.is_some() && trace.end - trace.start > 1 {
            SWALLOWED
        } else if parts_words(chars, trace) {
            PARTING
        } else if is_gap(before) || is_gap(next(chars, trace)) {
            EDGE
        } else {
            0
        };
        telling |= point > EDGE;
        points += point;
    }
    (points, telling)
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
    // "t" stands behind an n only: French has "ât" at the end of words.
    let negates = !tail.eq_ignore_ascii_case("t") || stem.ends_with(['n', 'N']);
    !stem.is_empty() && negates && english::is_tail(&tail)
}

/// The words on both sides of a trace, as far as they matter.
pub(super) fn around(chars: &[char], trace: &Trace) -> (String, String) {
    /// As many letters as tell a pronoun from the end of a longer word.
    const STEM: usize = 10;
    let word = |c: &char| c.is_alphabetic();
    let letters = chars[..trace.start].iter().rev().take_while(|c| word(c));
    let stem: Vec<char> = letters.take(STEM).copied().collect();
    let tail = trace
        .swallowed
        .into_iter()
        .chain(chars[trace.end..].iter().copied())
        .take_while(word)
        .take(3);
    (stem.into_iter().rev().collect(), tail.collect())
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

/// Whether a trace stands in a word with another letter beyond ASCII: what damaged the one would have
/// damaged the other.
pub(super) fn in_foreign_word(chars: &[char], trace: &Trace) -> bool {
    /// Letters of the longest English words, on either side.
    const LONGEST: usize = 24;
    let left = chars[..trace.start].iter().rev().take(LONGEST);
    let right = chars[trace.end..].iter().take(LONGEST);
    let is_foreign = |c: &&char| !c.is_ascii() && **c != chars[trace.start];
    let letter = |c: &&char| c.is_alphabetic();
    left.take_while(letter).any(|c| is_foreign(&c))
        || right.take_while(letter).any(|c| is_foreign(&c))
}
