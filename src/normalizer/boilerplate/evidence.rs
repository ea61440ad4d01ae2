//! Evidence adds up: what a line says, how long it is, what stands beside it and where it stands.
//!
//! One cue is never enough unless it is a whole line that nobody writes in an article. The weights
//! were tuned on half of the 181 development pages and checked on the other half; gold lines that
//! share the cues ("Sign up for the bundle …", "Updated … list") must stay below [`ENOUGH`].

use super::dates::{is_date_line, mentions_date};
use super::mark::{Mark, Stand, cues, marks};
use super::page::Page;
use super::phrases::{Anchor, Found};
use super::shape::Shape;
use super::zones::Zones;
use crate::rules::Rule;

/// The score from which a line goes.
pub const ENOUGH: i32 = 6;

/// A whole line that nobody writes in an article: enough alone.
const WHOLE_LINE: i32 = 6;
/// A whole line that could be a heading or a word of a list.
const WHOLE_LINE_WEAK: i32 = 3;
/// The opening of a prompt.
const PROMPT: i32 = 4;
/// An opening that sentences share with prompts.
const LEAD: i32 = 2;
/// The tell-tale end of a line.
const END: i32 = 6;
/// A tell-tale phrase somewhere in one of the last lines.
const INSIDE: i32 = 4;
/// A line that is nothing but a date.
const DATE: i32 = 4;
/// The first cue of the same kind, and each further one.
const CUE: i32 = 3;
const CUE_AGAIN: i32 = 1;
/// The line stands above the first prose or below the last.
const EDGE: i32 = 2;
/// The line above or below carries a mark of a prompt, too.
const COMPANY: i32 = 2;
/// The line is short and no sentence.
const SHORT: i32 = 1;
/// The line is longer than a prompt of its kind ever is.
const TOO_LONG: i32 = -6;

/// A line of at most this many letters counts as short.
const SHORT_LETTERS: u32 = 40;

/// The lines at the end that are searched for tell-tale phrases.
const SEARCHED_TAIL: usize = 6;

/// What one line amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The kind with the highest score.
    pub kind: Rule,
    /// Its score.
    pub score: i32,
}

/// Weighs a line on its page; none if it says nothing.
pub fn weigh(page: &Page, at: usize, zones: &Zones) -> Option<Verdict> {
    let line = page.content(at);
    let shape = Shape::of(line);
    let mut best: Option<Verdict> = None;
    let mut offer = |kind: Rule, score: i32| {
        if best.is_none_or(|best| best.score < score) {
            best = Some(Verdict { kind, score });
        }
    };
    let marks = marks(line);
    let searched =
        at + SEARCHED_TAIL >= page.len() && zones.tail.contains(&at.max(zones.tail.start));
    let cues = if searched
        || marks
            .iter()
            .any(|mark| matches!(mark.anchor, Anchor::Lead | Anchor::Start))
    {
        cues(line)
    } else {
        Vec::new()
    };
    let around = if zones.at_edge(at) { EDGE } else { 0 };
    for mark in &marks {
        let Some(base) = base(mark, &shape) else {
            continue;
        };
        let mut score = base + around + length(mark.kind, &shape) + cue_score(mark.kind, &cues);
        if has_company(page, at) {
            score += COMPANY;
        }
        offer(mark.kind, score);
    }
    if searched {
        for cue in cues.iter().filter(|cue| cue.anchor == Anchor::Inside) {
            offer(cue.kind, INSIDE + EDGE + length(cue.kind, &shape));
        }
    }
    if line.bytes().any(|byte| byte.is_ascii_digit()) && is_date_line(line) {
        offer(
            Rule::B217,
            DATE + around + if has_company(page, at) { COMPANY } else { 0 },
        );
    }
    best
}

/// What a mark is worth alone; none if it does not stand as it must.
fn base(mark: &Mark, shape: &Shape) -> Option<i32> {
    let alone = matches!(mark.stand, Stand::Alone | Stand::Open);
    match (mark.anchor, mark.kind) {
        (Anchor::Line, _) => alone.then_some(WHOLE_LINE),
        (Anchor::Weak, _) => alone.then_some(WHOLE_LINE_WEAK),
        (Anchor::Start, Rule::B217) => mentions_date(mark.rest).then_some(WHOLE_LINE),
        (Anchor::Start, Rule::B213) => {
            (matches!(mark.stand, Stand::Before | Stand::Open)).then_some(PROMPT + 1)
        }
        (Anchor::Start, _) => Some(PROMPT),
        (Anchor::Lead, _) => Some(LEAD),
        (Anchor::End, _) => Some(END),
        _ => None,
    }
    .map(|base| {
        if shape.is_prose() && mark.anchor == Anchor::Weak {
            0
        } else {
            base
        }
    })
}

/// What a line's length says about a prompt of this kind.
fn length(kind: Rule, shape: &Shape) -> i32 {
    if shape.letters > most_letters(kind) {
        TOO_LONG
    } else if shape.letters <= SHORT_LETTERS && !shape.stopped {
        SHORT
    } else {
        0
    }
}

/// How long, in letters, a prompt of each kind gets.
fn most_letters(kind: Rule) -> u32 {
    match kind {
        // Notices written by lawyers.
        Rule::B211 | Rule::B212 | Rule::B220 => 900,
        // Prompts of several sentences.
        Rule::B204 | Rule::B205 | Rule::B206 | Rule::B207 => 320,
        Rule::B209 => 160,
        Rule::B210 => 200,
        Rule::B213 => 70,
        Rule::B214 => 400,
        _ => 70,
    }
}

fn cue_score(kind: Rule, cues: &[Found]) -> i32 {
    let count = cues
        .iter()
        .filter(|cue| cue.kind == kind && cue.anchor == Anchor::Cue)
        .count() as i32;
    if count == 0 {
        0
    } else {
        CUE + CUE_AGAIN * (count - 1).min(2)
    }
}

/// Whether the line above or below is a prompt by its own words.
fn has_company(page: &Page, at: usize) -> bool {
    let is_prompt = |line: &str| {
        is_date_line(line)
            || marks(line).iter().any(|mark| {
                matches!(mark.anchor, Anchor::Line | Anchor::Weak)
                    && matches!(mark.stand, Stand::Alone | Stand::Open)
                    || mark.anchor == Anchor::Start
            })
    };
    at.checked_sub(1)
        .is_some_and(|above| is_prompt(page.content(above)))
        || is_prompt(page.content(at + 1))
}
