//! Words: what of a text is a word as it stands, so that it proves nothing that it decodes.

use super::super::cells::Cells;
use super::super::charsets::channel::Channel;
use super::odd;
use crate::reader::language::{BIT, plausibility};

/// Whether these are all letters of one script.
pub(crate) fn same_script(chars: &[char]) -> bool {
    let script = odd::script(chars[0]);
    script != 0 && chars.iter().all(|&c| odd::script(c) == script)
}

/// Whether these are letters of one script, small after capital as in a word.
pub(crate) fn is_word(chars: &[char]) -> bool {
    let kinds = || chars.iter().map(|&c| odd::kind(c));
    let capitals = kinds().take_while(|&kind| kind == odd::Kind::Upper).count();
    same_script(chars)
        && (capitals <= 1 || capitals == chars.len())
        && !kinds().skip(capitals).any(|kind| kind == odd::Kind::Upper)
}

/// Whether a word of some length stands here that people write, all of one script.
pub(crate) fn is_fluent(chars: &[char], at: usize) -> bool {
    /// So many letters at least: two or three stand together by chance.
    const LETTERS: u32 = 4;
    /// The cost of a letter, in bits, up to which a word is one.
    const FLUENT: u16 = 5 * BIT;
    /// So many letters of it on either side are read: as long as words get, and no more, since a text
    /// may be one word without end.
    const REACH: usize = 24;
    let script = odd::script(chars[at]);
    let part = |c: &&char| odd::script(**c) == script || odd::kind(**c) == odd::Kind::Mark;
    if script == 0 {
        return false;
    }
    let before = chars[..at].iter().rev().take(REACH);
    let before = before.take_while(part).count();
    let after = chars[at..].iter().take(REACH).take_while(part).count();
    let word: String = chars[at - before..at + after].iter().collect();
    let seen = plausibility(&word);
    seen.letters >= LETTERS && seen.per_letter() <= FLUENT
}

/// Whether a letter touches the run on either side.
pub(crate) fn touches_letter(chars: &[char], start: usize, end: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|&c| odd::script(c) != 0)
    };
    letter(start.checked_sub(1)) || letter(Some(end))
}

/// Whether the run is part of a word whose other letters are the charset's too, and do not decode.
pub(crate) fn inside_word(channel: &Channel, cells: &Cells, start: usize, end: usize) -> bool {
    let same = |inner: usize, outer: Option<usize>| {
        outer.is_some_and(|outer| {
            cells
                .ids
                .get(outer)
                .is_some_and(|&id| channel.byte(id) != 0)
                && odd::script(cells.chars[inner]) != 0
                && odd::script(cells.chars[inner]) == odd::script(cells.chars[outer])
        })
    };
    same(start, start.checked_sub(1)) || same(end - 1, Some(end))
}
