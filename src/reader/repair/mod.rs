//! Repair: finds mojibake run by run and says how it is undone.

pub(crate) use broken::find as broken;
pub(crate) use legacy::spelling;
pub use steps::{Step, in_words, replay};

// The text, and which of it is worth reading.
mod cells;
mod excerpt;
mod known;
mod page;
mod sift;
mod topic;
#[cfg(test)]
pub(crate) mod touch;

// What comes before the rounds: marks and glyphs as they were.
mod eaten;
mod recast;

// What a round finds: escapes, UTF-8 read through a charset, what is left of marks, one legacy charset read as
// another, controls, no-break spaces; and at the end what is left of names, and of damage that nothing repairs.
mod blanks;
mod broken;
mod controls;
mod entities;
mod gaps;
mod holes;
mod legacy;
mod multi;
mod single;
mod traces;

// What they know.
mod charsets;
mod lost;
mod sound;

// What all of them use.
mod sharing;
mod steps;
mod tables;

use crate::edit::Edit;
use crate::rules::Rule;
use crate::survey::Survey;
use cells::Cells;
use excerpt::Excerpt;
use known::Known;
use page::{Page, Patch};
use sift::sift;
pub(crate) use sound::odd;

/// The most rounds: a text misread more often than this is not worth the time.
const ROUNDS: usize = 12;

/// So many odd pairs are worth a look at what a reading leaves of them; of those that are no accident
/// it leaves no such share.
const SOME_ODDS: u32 = 4;
const LEFT_BY_CHANCE: u32 = 4;

/// So many odd pairs are no accident of one word.
const MANY_ODDS: u32 = 8;

/// The repairs that `text` needs, in order, not overlapping; spans are byte offsets into `text`.
///
/// Text about mojibake is left as it is.
pub fn repair(text: &str) -> Vec<Edit> {
    repair_surveyed(text, &Survey::of(text))
}

/// The text as it is repaired.
#[cfg(test)]
pub(crate) fn repaired(text: &str) -> String {
    let mut after = text.to_owned();
    for edit in repair(text).into_iter().rev() {
        after.replace_range(edit.span, &edit.after);
    }
    after
}

/// The same, of a text with its survey.
pub(crate) fn repair_surveyed(text: &str, survey: &Survey) -> Vec<Edit> {
    let edits = repair_passages(text, survey);
    if topic::is_about_mojibake(text, &edits) {
        return Vec::new();
    }
    edits
}

/// The repairs of the passages that look damaged; nothing else is read. Each round reads what the last
/// one left of them, until one finds nothing.
fn repair_passages(text: &str, survey: &Survey) -> Vec<Edit> {
    let sifted = sift(text, survey);
    if sifted.passages.is_empty() {
        // Letters may stand for others and make pairs of letters all the same.
        let damaged = sifted.strays && legacy::is_damaged(text);
        return if damaged {
            repair_all(text)
        } else {
            Vec::new()
        };
    }
    let excerpt = Excerpt::new(text, &sifted.passages);
    let edits = repair_all(excerpt.text());
    // A text that was meant in another charset is misread everywhere.
    if !excerpt.is_all() && edits.iter().any(|edit| edit.rule == Rule::E103) {
        return repair_all(text);
    }
    excerpt.restore(edits)
}

/// The repairs of a text of which every line is read, whatever it looks like; again, as long as what is
/// left of the damage is in sight.
fn repair_all(text: &str) -> Vec<Edit> {
    let (mut page, known) = eaten::find(text, rounds).unwrap_or_else(|| {
        let mut page = Page::new(text);
        page.apply(recast::find(text, |text| round(text, &Known::default())));
        let known = rounds(&mut page);
        (page, known)
    });
    if !leaves_marks(text) {
        page.apply(gaps::find(&page.text, &known));
    }
    page.apply(holes::find(&page.text, &known));
    page.into_edits()
}

/// Applies to a page what round after round finds, until one finds nothing.
fn rounds(page: &mut Page) -> Known {
    let mut known = Known::default();
    for _ in 0..ROUNDS {
        let patches = round(&page.text, &known);
        if patches.is_empty() {
            break;
        }
        known.add(&patches);
        page.apply(patches);
        if !sift::is_suspicious(&page.text) && !known.may_have_left(&page.text) {
            break;
        }
    }
    known
}

/// Whether a mark stands for what could not be read, so that nothing was lost without one.
fn leaves_marks(text: &str) -> bool {
    let has = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    has("\u{FFFD}") || has("??")
}

/// What one round finds: the first of the steps that finds anything.
fn round(text: &str, known: &Known) -> Vec<Patch> {
    let patches = entities::find(text, |text| unescaped(text, known));
    if !patches.is_empty() {
        return patches;
    }
    unescaped(text, known)
}

/// Whether the patches leave a text as odd as chance readings do, and much of it unread.
fn is_chance(text: &str, cells: &Cells, patches: &[Patch]) -> bool {
    if cells.odds < SOME_ODDS {
        return false;
    }
    let beyond_ascii = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
    let all = cells.beyond_ascii().filter(|c| !c.is_ascii()).count();
    let spans = patches.iter().map(|patch| &text[patch.span.clone()]);
    let read: usize = spans.map(beyond_ascii).sum();
    (all - read) * LEFT_BY_CHANCE as usize >= all
        && odds_left(text, cells.odds, patches) * LEFT_BY_CHANCE >= cells.odds
}

/// How many of the odd pairs of a text are left when it is patched.
fn odds_left(text: &str, odds: u32, patches: &[Patch]) -> u32 {
    let odds_at = |patch: &Patch, now: &str| {
        let left = text[..patch.span.start].chars().next_back();
        let right = text[patch.span.end..].chars().next();
        odd::count(left.into_iter().chain(now.chars()).chain(right))
    };
    let (before, after) = patches.iter().fold((0, 0), |(before, after), patch| {
        let was = &text[patch.span.clone()];
        (
            before + odds_at(patch, was),
            after + odds_at(patch, &patch.after),
        )
    });
    (odds + after).saturating_sub(before)
}

/// What a round finds beside escapes.
fn unescaped(text: &str, known: &Known) -> Vec<Patch> {
    let cells = Cells::new(text);
    let (chars, places) = (&cells.chars, &cells.places);
    let (single, patches) = single::find(&cells, known);
    let (multi, others) = multi::find(&cells, known);
    let patches = if multi > single { others } else { patches };
    if !patches.is_empty() {
        // Characters read as UTF-8 by chance in a text that is odd throughout leave it odd.
        let legacy = if is_chance(text, &cells, &patches) {
            legacy::find(chars, places)
        } else {
            Vec::new()
        };
        return if legacy.is_empty() { patches } else { legacy };
    }
    let steps: [&dyn Fn() -> Vec<Patch>; 6] = [
        &|| legacy::sparse::find(&cells),
        &|| traces::find(text, &cells, known),
        &|| legacy::paired::find(&cells),
        &|| legacy::find(chars, places),
        &|| controls::find(&cells),
        &|| blanks::find(&cells),
    ];
    let mut found = steps.iter().map(|step| step());
    found
        .find(|patches| !patches.is_empty())
        .unwrap_or_default()
}
