//! Possible: the charsets that a text with wide characters can have been misread through.

use std::cmp::Reverse;

use super::super::cells::Cells;
use super::super::charsets::pairs::{self, Pairs};
use super::super::charsets::utf8;
use super::is_wide;

/// The charsets in which half of the wide characters or more can be part of UTF-8, by number; those in which the
/// most can first.
pub(crate) fn possible(cells: &Cells) -> Vec<(usize, &'static Pairs)> {
    let marks = cells.marks.iter().map(|&at| at as usize);
    let wide = marks.filter(|&at| is_wide(cells.chars[at]) || is_between_marks(&cells.chars, at));
    let wide: Vec<char> = wide.map(|at| cells.chars[at]).collect();
    if wide.is_empty() {
        return Vec::new();
    }
    let fitting_in = |pairs| wide.iter().filter(|&&c| fits(pairs, c)).count();
    let fitting = pairs::all().enumerate();
    let fitting = fitting.map(|(which, pairs)| (which, pairs, fitting_in(pairs)));
    let mut possible: Vec<_> = fitting.filter(|&(.., fit)| fit * 2 >= wide.len()).collect();
    possible.sort_by_key(|&(.., fit)| Reverse(fit));
    let possible = possible.into_iter();
    possible.map(|(which, pairs, _)| (which, pairs)).collect()
}

/// Whether U+FFFD stands on both sides of another character: a pair between bytes that made none.
fn is_between_marks(chars: &[char], at: usize) -> bool {
    let is_mark = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'\u{FFFD}');
    !is_mark(Some(at)) && is_mark(at.checked_sub(1)) && is_mark(Some(at + 1))
}

/// How many bytes of UTF-8 the first bytes announce that a character holds.
pub(super) fn utf8_announced(pairs: &Pairs, c: char) -> i32 {
    let bytes = pairs.code(c).to_be_bytes();
    bytes.map(utf8::length).into_iter().sum::<usize>() as i32
}

/// Whether a character can be part of UTF-8: not two leads in a row, nor bytes it never has.
pub(super) fn fits(pairs: &Pairs, c: char) -> bool {
    let never = |byte: u8| matches!(byte, 0xC0 | 0xC1 | 0xF5..);
    let [lead, trail] = pairs.code(c).to_be_bytes();
    trail != 0
        && (utf8::length(lead) == 0 || utf8::continues(trail))
        && !never(lead)
        && !never(trail)
}

/// Whether a character beyond ASCII stands right beside a Latin letter or a figure.
pub(super) fn touches_latin(cells: &Cells) -> bool {
    let is_latin = |at: usize| cells.chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let marks = cells.marks.iter().map(|&at| at as usize);
    let mut beyond = marks.filter(|&at| !cells.chars[at].is_ascii());
    beyond.any(|at| is_latin(at + 1) || at.checked_sub(1).is_some_and(is_latin))
}
