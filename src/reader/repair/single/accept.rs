//! Accept: which characters of a reading are damage, by what they count together.

use super::super::MANY_ODDS;
use super::super::cells::Cells;
use super::super::charsets::charset::CHARSETS;
use super::super::charsets::lossy::Guess;
use super::super::sound::odd;
use super::super::sound::words::is_fluent;
use super::evidence::{
    I_ACUTE, WORTH, asks, counts, holds_control, is_altered, is_foreign, is_likelier, is_marked,
    is_tidied, worth,
};
use super::group::{Judged, judge};
use super::reading::Reading;

/// The points a charset needs in the document before anything is changed.
const NEEDED_POINTS: i32 = 2;
/// The points that leave no doubt what a text was misread through.
const BEYOND_DOUBT: i32 = 20;

/// Decides which hits are damage, and what they count together. Returns whether they prove
/// enough for letters with lost bytes to be guessed, too.
pub(crate) fn accept(reading: &mut Reading, cells: &Cells, known: bool) -> bool {
    let Judged {
        points,
        gained,
        mut improved,
        words,
        names,
    } = judge(reading, cells);
    // What an earlier round has shown makes up for points, not for words that are odd as they stand.
    let proven = points >= NEEDED_POINTS;
    if !proven && !known {
        return false;
    }
    // Where most of what is odd stays odd, the text was misread in another way.
    let odds = cells.odds;
    let otherwise =
        odds >= MANY_ODDS && gained * 3 < odds && points < i32::try_from(odds).unwrap_or(i32::MAX);
    let covered: usize = reading
        .hits
        .iter()
        .map(|hit| usize::from(hit.len - hit.missing))
        .sum();
    let whole = reading.uncovered * 10 <= covered;
    // Where all else decodes, what is left of a character is no word of the script it looks like.
    let beyond_doubt = whole && !otherwise && points >= BEYOND_DOUBT;
    let starts = &reading.starts;
    // Where most letters of a charset do not decode, a word of such letters is one of theirs.
    for (improved, word) in improved.iter_mut().zip(words) {
        *improved &= whole || !word;
    }
    let certain =
        |i: usize, hit: &Guess| improved[i] && holds_control(hit, &cells.chars[starts[i]..hit.end]);
    let at_figures = |i: usize, hit: &Guess| {
        let (before, behind) = (&cells.chars[..starts[i]], &cells.chars[hit.end..]);
        counts(hit.c, before, behind)
    };
    let mut score = 0;
    for (i, hit) in reading.hits.iter().enumerate() {
        // Inside a word nothing else has lost its soft hyphen.
        let soft = hit.bytes[..2] == I_ACUTE;
        let bare = hit.is_bare() && !is_marked(hit, cells) && !soft;
        reading.accepted[i] = if otherwise {
            certain(i, hit)
        } else if bare && !names[i] && !at_figures(i, hit) {
            let is_told = || is_altered(hit) || is_foreign(hit, cells, starts[i]);
            let needed = if is_tidied(&reading.channel, hit) || improved[i] && is_told() {
                1
            } else {
                2
            };
            (whole || improved[i] && hit.missing == 1) && points >= needed * NEEDED_POINTS
        } else {
            let word = || is_fluent(&cells.chars, reading.starts[i]);
            improved[i] || whole && (proven || !word()) && !asks(hit, cells)
        };
        reading.accepted[i] &=
            hit.missing == 0 || beyond_doubt || is_likelier(hit, cells, reading.starts[i]);
        if reading.accepted[i] {
            score += worth(hit) - controls_for_glyphs(reading, i, cells) + layered(reading, i);
        }
    }
    reading.named = names;
    reading.score = score - reading.uncovered as i32 / 4;
    if reading.score <= 0 {
        reading.score = 0;
        for (i, hit) in reading.hits.iter().enumerate() {
            reading.accepted[i] &= certain(i, hit);
            reading.score += if reading.accepted[i] { worth(hit) } else { 0 };
        }
    }
    // Noise reads as UTF-8 here and there, and more of it does not; but not one letter at a time among ASCII.
    !otherwise || reading.uncovered - reading.lone <= covered
}

/// What a control is worth beside that of any, where it goes on with what a first byte is in ISO-8859-1: text
/// that was encoded twice.
fn layered(reading: &Reading, at: usize) -> i32 {
    let hit = &reading.hits[at];
    let before = at.checked_sub(1).map(|at| reading.hits[at]);
    let goes_on = |before: Guess| {
        before.end == reading.starts[at]
            && matches!(before.c, '\u{80}'..='\u{BF}' | '\u{E2}' | '\u{F0}')
    };
    let is_control = odd::kind(hit.c) == odd::Kind::Control;
    i32::from(is_control && before.is_some_and(goes_on)) * WORTH * i32::from(hit.len)
}

/// Of the bytes of a hit, those that a control stands for although the charset has a character.
fn controls_for_glyphs(reading: &Reading, at: usize, cells: &Cells) -> i32 {
    let table = &CHARSETS[reading.channel.charset];
    let is_control =
        |&&c: &&char| odd::kind(c) == odd::Kind::Control && table.own(c as u32 as u8).is_some();
    cells.chars[reading.starts[at]..reading.hits[at].end]
        .iter()
        .filter(is_control)
        .count() as i32
}
