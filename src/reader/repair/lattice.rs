//! Lattice: the likeliest reading of a stretch where bytes were lost.
//!
//! What is left of a character fits several, of one length or of another, and which of them was meant
//! the whole word decides, with all its gaps together. So all readings are followed at once, from the
//! left to the right, the cheapest few of them kept at each place; the cost is that of the language's
//! letter model, and for punctuation how well it fits between its neighbours.

use std::collections::VecDeque;
use std::ops::Range;

use super::context::{BEST_FIT, Place, fit, is_quoted};
use super::odd;
use super::prior::prior;
use crate::reader::language::{BIT, EDGE, Language, UNSEEN, case_cost, is_letter};

/// How many readings are followed at once at each place.
const WIDTH: usize = 24;
/// How many letters back the model looks.
const ORDER: usize = 4;
/// What a letter costs beside its cost in all languages pooled, if the text's own lacks it: names.
const FOREIGN: i32 = 5 * BIT as i32;
/// What a letter costs, in bits, that stands beside one of another script.
const MIXED: i32 = 10 * BIT as i32;
/// A unit of the prior, which is a tenth of a natural logarithm, in that of costs.
const PRIOR_UNIT: f32 = 0.144 * BIT as f32;

/// One way to read on from a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc<T> {
    /// The character read.
    pub(crate) c: char,
    /// The place behind it.
    pub(crate) end: usize,
    /// Whether bytes of it are lost.
    pub(crate) guessed: bool,
    /// What it costs beside what it costs as a letter or sign.
    pub(crate) cost: i32,
    /// What the reader wants to know again if this is on the likeliest way.
    pub(crate) what: T,
}

/// A reading so far.
#[derive(Debug, Clone, Copy)]
struct Path {
    cost: i32,
    /// The last letters of the word, nearest last, folded by the model.
    tail: [char; ORDER],
    /// The last two characters, nearest last.
    last: [char; 2],
    /// Whether the last character is a sign that was guessed: its right neighbour has to fit.
    waits: bool,
    /// Whether a double quotation mark was open before the last character.
    quoted: bool,
    /// The last step taken, in the list of all steps.
    step: u32,
}

/// What stands around a stretch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The characters before it, as they are read, nearest last; none at the start of the text.
    pub(crate) before: &'a [char],
    /// Whether a double quotation mark is open there.
    pub(crate) quoted: bool,
    /// The characters behind it, as far as they are certain.
    pub(crate) after: &'a [char],
}

/// The likeliest reading of the places in `span`; `None` if no way leads through. `arcs` lists the
/// ways to read on from a place.
pub(crate) fn settle<T: Copy>(
    span: Range<usize>,
    around: Around<'_>,
    language: Option<Language>,
    mut arcs: impl FnMut(usize, &mut Vec<Arc<T>>),
) -> Option<Vec<T>> {
    let mut steps: Vec<(u32, Option<T>)> = vec![(0, None)];
    let mut fronts: VecDeque<Vec<Path>> = VecDeque::new();
    let start = Path {
        cost: 0,
        tail: [EDGE; ORDER],
        last: [if around.before.is_empty() { '\n' } else { ' ' }; 2],
        waits: false,
        quoted: around.quoted,
        step: 0,
    };
    let recent = around.before.len().saturating_sub(ORDER + 1);
    let start = around.before[recent..]
        .iter()
        .fold(start, |path, &c| extend(&path, c, false));
    fronts.push_back(vec![start]);
    let mut ways = Vec::new();
    for at in span.clone() {
        let mut paths = fronts.pop_front().unwrap_or_default();
        if paths.is_empty() {
            if fronts.is_empty() {
                return None;
            }
            continue;
        }
        prune(&mut paths);
        ways.clear();
        arcs(at, &mut ways);
        // Where there is no choice the cost decides nothing.
        let alone = paths.len() == 1 && ways.len() == 1 && fronts.iter().all(Vec::is_empty);
        for way in &ways {
            if way.end <= at || way.end > span.end {
                continue;
            }
            let ahead = way.end - at - 1;
            if fronts.len() <= ahead {
                fronts.resize_with(ahead + 1, Vec::new);
            }
            for path in &paths {
                let mut longer = extend(path, way.c, way.guessed);
                if !alone {
                    longer.cost += way.cost + cost(language, path, way.c, way.guessed);
                }
                longer.step = steps.len() as u32;
                steps.push((path.step, Some(way.what)));
                fronts[ahead].push(longer);
            }
        }
    }
    let mut paths = fronts.pop_front()?;
    prune(&mut paths);
    let mut step = cheapest(language, &paths, around.after)?.step;
    let mut taken = Vec::new();
    while let (before, Some(what)) = steps[step as usize] {
        taken.push(what);
        step = before;
    }
    taken.reverse();
    Some(taken)
}

/// The reading that costs least with the characters behind the stretch; the cheapest by itself is first.
fn cheapest<'p>(language: Option<Language>, paths: &'p [Path], after: &[char]) -> Option<&'p Path> {
    let mut best: Option<(i32, &Path)> = None;
    for path in paths {
        let gain = if path.waits { in_bits(BEST_FIT) } else { 0 };
        if best.is_some_and(|(least, _)| path.cost - gain >= least) {
            continue;
        }
        let cost = path.cost + rest(language, *path, after);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, path));
        }
    }
    best.map(|(_, path)| path)
}

/// What the characters behind the stretch cost after a reading.
fn rest(language: Option<Language>, mut path: Path, after: &[char]) -> i32 {
    let mut sum = 0;
    for &c in after.iter().take(ORDER) {
        sum += cost(language, &path, c, false);
        path = extend(&path, c, false);
    }
    sum
}

/// Keeps the cheapest readings; of those that go on alike, one.
fn prune(paths: &mut Vec<Path>) {
    if paths.len() == 1 {
        return;
    }
    paths.sort_by_key(|path| path.cost);
    let mut kept: Vec<Path> = Vec::with_capacity(WIDTH);
    for path in paths.iter() {
        let same = |other: &Path| {
            (other.tail, other.last, other.waits, other.quoted)
                == (path.tail, path.last, path.waits, path.quoted)
        };
        if !kept.iter().any(same) {
            kept.push(*path);
        }
        if kept.len() == WIDTH {
            break;
        }
    }
    *paths = kept;
}

/// The reading with one more character, at the same cost.
fn extend(path: &Path, c: char, guessed: bool) -> Path {
    let mut longer = *path;
    if is_letter(c) {
        longer.tail.rotate_left(1);
        longer.tail[ORDER - 1] = c;
    } else {
        longer.tail = [EDGE; ORDER];
    }
    longer.quoted = is_quoted(path.quoted, path.last[1]);
    longer.last = [path.last[1], c];
    longer.waits = guessed && !is_letter(c);
    longer
}

/// What a character costs behind a reading.
fn cost(language: Option<Language>, path: &Path, c: char, guessed: bool) -> i32 {
    let mut sum = 0;
    if path.waits {
        let place = Place {
            left: path.last[0],
            right: c,
            quoted: path.quoted,
        };
        sum += in_bits(-fit(path.last[1], place));
    }
    let before = path.tail[ORDER - 1];
    if !is_letter(c) {
        if guessed {
            sum += in_bits(-prior(c).unwrap_or(-200));
        }
        if before != EDGE {
            sum += spelled(language, &path.tail, EDGE);
        }
        return sum;
    }
    let scripts = (odd::script(before), odd::script(c));
    if scripts.0 != scripts.1 && scripts.0 != 0 && scripts.1 != 0 {
        sum += MIXED;
    }
    sum + spelled(language, &path.tail, c) + i32::from(case_cost(before, c))
}

/// What a letter, or the end of the word, costs behind others.
fn spelled(language: Option<Language>, tail: &[char; ORDER], c: char) -> i32 {
    let from = tail.iter().rposition(|&c| c == EDGE).unwrap_or(0);
    let pooled = || i32::from(Language::POOLED.cost(&tail[from..], c)) + FOREIGN;
    match language {
        Some(language) => match language.cost(&tail[from..], c) {
            UNSEEN.. => pooled(),
            known => i32::from(known).min(pooled()),
        },
        None => pooled(),
    }
}

/// A likelihood of the prior's scale without its minus, as a cost.
pub(crate) fn in_bits(unlikelihood: i32) -> i32 {
    (unlikelihood as f32 * PRIOR_UNIT) as i32
}
