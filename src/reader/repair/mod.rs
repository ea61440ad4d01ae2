//! Repair: finds mojibake run by run and says how it is undone.

pub(crate) use broken::find as broken;
pub use steps::{Step, in_words, replay};

mod accept;
mod broken;
mod channel;
mod charset;
mod codec;
mod context;
mod controls;
mod english;
mod entities;
mod evidence;
mod excerpt;
mod explain;
mod glyph;
mod kind;
mod known;
mod lattice;
mod legacy;
mod lossy;
mod multi;
mod odd;
mod page;
mod pairs;
mod prior;
mod run;
mod sequence;
mod settle;
mod sift;
mod signs;
mod single;
mod spell;
mod steps;
mod stream;
mod topic;
#[cfg(test)]
pub(crate) mod touch;
mod traces;
mod utf8;
mod words;

use crate::edit::Edit;
use crate::rules::Rule;
use crate::survey::Survey;
use excerpt::Excerpt;
use known::Known;
use page::{Page, Patch};
use sift::sift;

/// The most rounds: a text misread more often than this is not worth the time.
const ROUNDS: usize = 12;

/// So many odd pairs are no accident of one word.
const MANY_ODDS: u32 = 8;

/// The repairs that `text` needs, in order, not overlapping; spans are byte offsets into `text`.
///
/// Text about mojibake is left as it is.
pub fn repair(text: &str) -> Vec<Edit> {
    repair_surveyed(text, &Survey::of(text))
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

/// The repairs of a text of which every line is read, whatever it looks like.
fn repair_all(text: &str) -> Vec<Edit> {
    let mut page = Page::new(text);
    let mut known = Known::default();
    for _ in 0..ROUNDS {
        let patches = round(&page.text, &known);
        if patches.is_empty() {
            break;
        }
        known.add(&patches);
        page.apply(patches);
    }
    page.into_edits()
}

/// What one round finds: the first of the steps that finds anything.
fn round(text: &str, known: &Known) -> Vec<Patch> {
    let patches = entities::find(text, |text| unescaped(text, known));
    if !patches.is_empty() {
        return patches;
    }
    unescaped(text, known)
}

/// What a round finds beside escapes.
fn unescaped(text: &str, known: &Known) -> Vec<Patch> {
    let (mut offsets, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
    offsets.push(text.len());
    let (single, patches) = single::find(&chars, &offsets, known);
    let (multi, others) = multi::find(&chars, &offsets, known);
    let patches = if multi > single { others } else { patches };
    if !patches.is_empty() {
        // A few characters read as UTF-8 by chance in a text that is odd throughout.
        let read: usize = patches.iter().map(|patch| patch.span.len()).sum();
        let odds = odd::count(chars.iter().copied());
        let legacy = if odds >= MANY_ODDS && read < odds as usize {
            legacy::find(&chars, &offsets)
        } else {
            Vec::new()
        };
        return if legacy.is_empty() { patches } else { legacy };
    }
    let patches = traces::find(&chars, &offsets, known);
    if !patches.is_empty() {
        return patches;
    }
    let patches = legacy::find(&chars, &offsets);
    if !patches.is_empty() {
        return patches;
    }
    controls::find(&chars, &offsets)
}
