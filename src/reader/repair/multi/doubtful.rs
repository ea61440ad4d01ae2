//! Doubtful: runs that may be sound by themselves, and are damage where all else is.
//!
//! "Ոչ", read as GBK, is two common hanzi, and "кВт" is no word by its capitals. In an Armenian or Russian text
//! of which every other word was misread they were too.

use super::super::sound::odd;
use super::run::{Part, Run};

/// The points from which on a text is damage beyond doubt.
const BEYOND_DOUBT: i32 = 20;
/// The letters of their script that it then has at least.
const MANY: usize = 30;

/// Adds the doubtful runs to the others if these, which make so many points, cover nearly all of the text's wide
/// characters. A run is taken only with letters of the script that the text is written in.
pub(crate) fn add(runs: &mut Vec<Run>, doubtful: Vec<Run>, points: i32, wide: usize) {
    if doubtful.is_empty() || points < BEYOND_DOUBT {
        return;
    }
    let length = |runs: &[Run]| runs.iter().map(|run| run.chars.len()).sum::<usize>();
    let (covered, left) = (length(runs), length(&doubtful));
    if (covered + left) * 10 < wide * 9 || left * 10 > covered {
        return;
    }
    let script = |part: &Part| odd::script(part.c());
    let is_of_text = |run: &Run| {
        let own = run
            .parts
            .iter()
            .map(script)
            .find(|&script| script > odd::LATIN);
        let letters = || runs.iter().flat_map(|run| &run.parts).map(script);
        own.is_some_and(|own| {
            letters()
                .filter(|&script| script == own)
                .nth(MANY - 1)
                .is_some()
        })
    };
    let taken: Vec<Run> = doubtful.into_iter().filter(is_of_text).collect();
    runs.extend(taken);
    runs.sort_by_key(|run| run.chars.start);
}
