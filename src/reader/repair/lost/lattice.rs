//! Lattice: the likeliest reading of a stretch where bytes were lost.
//!
//! What is left of a character fits several, of one length or of another, and which of them was meant
//! the whole word decides, with all its gaps together. So all readings are followed at once, from the
//! left to the right, the cheapest few of them kept at each place; the cost is that of the language's
//! letter model, and for punctuation how well it fits between its neighbours.

use std::collections::VecDeque;
use std::ops::Range;

use super::path::Path;
use super::quotes::Quotes;
use super::shortcuts;
use super::wording::{LONGEST, Lexicon};
use crate::reader::language::{BIT, is_letter};

/// How many readings are followed at once at each place.
pub(super) const WIDTH: usize = 24;
/// More readings do not wait for those that come behind them: where much was lost, hundreds of ways lead on from a place.
const CROWD: usize = 32 * WIDTH;
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
    /// What the reader wants to know again if this is on the likeliest way, if anything.
    pub(crate) what: Option<T>,
}

/// What stands around a stretch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    /// The characters before it, as they are read, nearest last; none at the start of the text.
    pub(crate) before: &'a [char],
    /// The quotation marks that are open there.
    pub(crate) quotes: Quotes,
    /// The characters behind it, as far as they are certain.
    pub(crate) after: &'a [char],
}

/// The likeliest reading of the places in `span`; `None` if no way leads through. `arcs` lists the
/// ways to read on from a place.
pub(crate) fn settle<T: Copy>(
    span: Range<usize>,
    around: Around<'_>,
    lexicon: &Lexicon,
    mut arcs: impl FnMut(usize, &mut Vec<Arc<T>>),
) -> Option<Vec<T>> {
    let mut steps = Steps::new();
    let mut fronts: VecDeque<Vec<Path>> = VecDeque::new();
    let mut ways = Vec::new();
    if !span.is_empty() {
        arcs(span.start, &mut ways);
    }
    if ways.len() == 1
        && let Some(only) = shortcuts::only_way(&span, &mut ways, &mut arcs)
    {
        return only;
    }
    let start = start(around, lexicon, &ways);
    if shortcuts::is_one_sign(&ways, span.end, around.after) {
        return shortcuts::one_sign(&ways, &start, around.after, lexicon);
    }
    fronts.push_back(vec![start]);
    // The letters of a word whose cost is not counted, and the word before it.
    let mut passed: Vec<char> = Vec::new();
    for at in span.clone() {
        steps.forget(fronts.iter_mut().flatten());
        let mut paths = fronts.pop_front().unwrap_or_default();
        if paths.is_empty() {
            if fronts.is_empty() {
                return None;
            }
            continue;
        }
        prune(&mut paths);
        if at > span.start {
            ways.clear();
            arcs(at, &mut ways);
        }
        // Where there is no choice the cost of letters decides nothing.
        let alone = ways.len() == 1 && fronts.iter().all(Vec::is_empty);
        let idle = alone && costs_all_alike(&paths, ways[0].c) && !paths[0].counts();
        if !idle {
            for path in paths.iter_mut().filter(|path| path.lags()) {
                lexicon.recall(path, &passed);
            }
        }
        for way in &ways {
            if way.end <= at || way.end > span.end {
                continue;
            }
            let ahead = way.end - at - 1;
            if fronts.len() <= ahead {
                fronts.resize_with(ahead + 1, || Vec::with_capacity(ways.len()));
            }
            if idle {
                pass(&mut passed, way.c);
            } else {
                passed.clear();
            }
            for path in &paths {
                let mut longer = if idle {
                    passing(path, way.c, way.guessed, lexicon)
                } else {
                    let mut longer = lexicon.read_on(path, way.c, way.guessed);
                    longer.cost += way.cost;
                    longer
                };
                longer.step = way
                    .what
                    .map_or(path.step, |what| steps.add(path.step, what));
                fronts[ahead].push(longer);
            }
            if fronts[ahead].len() >= CROWD {
                prune(&mut fronts[ahead]);
            }
        }
    }
    let mut paths = fronts.pop_front()?;
    prune(&mut paths);
    // What is certain behind the stretch tells the readings apart up to where all go on alike.
    for &c in &around.after[..two_words(around.after.iter())] {
        if paths[1..].iter().all(|path| path.costs_as(&paths[0])) {
            break;
        }
        let alike = costs_all_alike(&paths, c);
        for path in &mut paths {
            *path = if alike {
                passing(path, c, false, lexicon)
            } else {
                lexicon.read_on(path, c, false)
            };
        }
        prune(&mut paths);
    }
    let best = paths.into_iter().min_by_key(|path| path.cost)?;
    Some(steps.up_to(best.step))
}

/// Notes a character that was passed; only the word that it ends is still of interest when one does.
fn pass(passed: &mut Vec<char>, c: char) {
    if !is_letter(c) {
        let before = passed.iter().rposition(|&c| !is_letter(c));
        passed.drain(..before.map_or(0, |at| at + 1));
    }
    passed.push(c);
}

/// What a reading begins with that can go on in these ways. The word before it has a say where its letters
/// go on, or where a space makes a pair of words.
fn start<T>(around: Around<'_>, lexicon: &Lexicon, ways: &[Arc<T>]) -> Path {
    let recent = around.before.len() - two_words(around.before.iter().rev());
    let behind = if around.before.is_empty() { '\n' } else { ' ' };
    let start = Path::start(behind, around.quotes);
    let before = &around.before[recent..];
    let with = |path: Path, &c: &char| path.with(c, false);
    if ways.iter().any(|way| is_letter(way.c) || way.c == ' ') {
        // Without pairs the word before costs all readings the same.
        let letters = before.iter().rev().take_while(|&&c| is_letter(c)).count();
        let counted = if lexicon.has_pairs() {
            before.len()
        } else {
            letters
        };
        let (passed, counted) = before.split_at(before.len() - counted);
        let start = passed.iter().fold(start, with);
        let read_on = |path: Path, &c: &char| lexicon.read_on(&path, c, false);
        counted.iter().fold(start, read_on)
    } else {
        before.iter().fold(start, with).behind_word()
    }
}

/// The steps of all readings, each with the number of the one before it; the first stands for the start.
struct Steps<T> {
    steps: Vec<(u32, Option<T>)>,
    /// How many there may be before it is worth the while to look which can be forgotten.
    most: usize,
}

impl<T: Copy> Steps<T> {
    /// As many as a sentence takes: a text without end takes no more room.
    const FEW: usize = 1 << 12;

    fn new() -> Steps<T> {
        Steps {
            steps: vec![(0, None)],
            most: Self::FEW,
        }
    }

    fn add(&mut self, before: u32, what: T) -> u32 {
        self.steps.push((before, Some(what)));
        (self.steps.len() - 1) as u32
    }

    /// What was taken on the way to a step.
    fn up_to(&self, mut step: u32) -> Vec<T> {
        let mut taken = Vec::new();
        while let (before, Some(what)) = self.steps[step as usize] {
            taken.push(what);
            step = before;
        }
        taken.reverse();
        taken
    }

    /// Forgets the steps that lead to none of these readings, if there are many by now.
    fn forget<'p>(&mut self, paths: impl Iterator<Item = &'p mut Path>) {
        if self.steps.len() < self.most {
            return;
        }
        let mut paths: Vec<&mut Path> = paths.collect();
        let mut leads = vec![false; self.steps.len()];
        leads[0] = true;
        for path in &paths {
            let mut step = path.step as usize;
            while !leads[step] {
                leads[step] = true;
                step = self.steps[step].0 as usize;
            }
        }
        // A step stands behind the one before it, so that this has its new number already.
        let mut numbers = vec![0; self.steps.len()];
        let mut kept = 0;
        for step in 0..self.steps.len() {
            if leads[step] {
                let (before, what) = self.steps[step];
                self.steps[kept] = (numbers[before as usize], what);
                numbers[step] = kept as u32;
                kept += 1;
            }
        }
        self.steps.truncate(kept);
        for path in &mut paths {
            path.step = numbers[path.step as usize];
        }
        self.most = (2 * kept).max(Self::FEW);
    }
}

/// Whether a character costs all readings the same, but for the signs before it that were guessed.
fn costs_all_alike(paths: &[Path], c: char) -> bool {
    let Some((first, others)) = paths.split_first() else {
        return true;
    };
    if c.is_ascii() {
        others.iter().all(|path| path.spells_as(first))
    } else {
        paths.iter().all(|path| path.costs_as(first))
    }
}

/// The reading with a character more that costs all readings the same.
fn passing(path: &Path, c: char, guessed: bool, lexicon: &Lexicon) -> Path {
    let mut longer = path.with(c, guessed);
    longer.cost += path.fits(c, lexicon);
    longer
}

/// How many characters the rest of a word and the word behind it have, with what ends them.
pub(crate) fn two_words<'c>(chars: impl Iterator<Item = &'c char>) -> usize {
    let mut ended = 0;
    let within = |&&c: &&char| {
        let goes_on = ended < 2;
        ended += usize::from(!is_letter(c));
        goes_on
    };
    chars.take(2 * LONGEST).take_while(within).count()
}

/// Keeps the cheapest readings; of those that go on alike, one.
fn prune(paths: &mut Vec<Path>) {
    if paths.len() == 1 {
        return;
    }
    // Readings are large: their costs are sorted, not they.
    let costs = paths.iter().map(|path| path.cost);
    let mut order: Vec<(i32, u32)> = costs.zip(0..).collect();
    order.sort_unstable();
    let mut kept: Vec<Path> = Vec::with_capacity(WIDTH.min(order.len()));
    for (_, number) in order {
        let path = &paths[number as usize];
        if !kept.iter().any(|other| path.goes_on_as(other)) {
            kept.push(*path);
        }
        if kept.len() == WIDTH {
            break;
        }
    }
    *paths = kept;
}

/// A likelihood of the prior's scale without its minus, as a cost.
pub(crate) fn in_bits(unlikelihood: i32) -> i32 {
    (unlikelihood as f32 * PRIOR_UNIT) as i32
}
