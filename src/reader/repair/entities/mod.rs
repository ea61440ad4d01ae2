//! Entities: HTML references and escapes that hide mojibake.
//!
//! Some pipeline steps write every character beyond ASCII as `&acirc;`, `&#226;`, `\u00e2`, `\xe2` or
//! `%C3%A2`. Sound text may hold such things on purpose, so they are undone on trial: only where a repair
//! then touches them do they stay undone.

mod names;
mod notations;
mod prose;

use std::ops::Range;
use std::sync::Arc;

use self::notations::{NOTATIONS, Notation};
use super::Step;
use super::charsets::codec;
use super::page::{Page, Patch};
use super::sharing::Repairs;
use super::sift::is_suspicious;
use crate::edit::{Certainty, Repair};
use crate::rules::Rule;
use crate::scan::{boundary_after, boundary_before};

/// Bytes on either side of an escape that tell whether it hides damage: more than the characters of one
/// sign take as escapes, or the words around an apostrophe.
const BESIDE: usize = 40;

/// Repairs of what the escapes hide, each with the escape's undoing as its first step.
pub(crate) fn find(text: &str, inner: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    for notation in NOTATIONS {
        let name = notation.name;
        let escapes = spans(text, notation);
        // All of the text is read again only where something looks damaged beside an escape undone.
        let hides_damage = |(escape, _): &(Range<usize>, String)| {
            let start = boundary_before(text, escape.start.saturating_sub(BESIDE));
            let beside = &text[start..boundary_after(text, escape.end + BESIDE)];
            is_suspicious(&without(beside, spans(beside, notation)))
        };
        if !escapes.iter().any(hides_damage) {
            continue;
        }
        let mut trial = Page::new(text);
        let mut repairs = Repairs::default();
        let trials = escapes.into_iter().map(|(span, after)| Patch {
            span,
            after,
            rule: Rule::E106,
            certainty: Certainty::Proven,
            repair: repairs.share(name, vec![Step::Unescape(name.into())]),
        });
        trial.apply(trials.collect());
        let patches = inner(&trial.text);
        if patches.is_empty() {
            continue;
        }
        trial.apply(patches);
        let mut found = trial.into_patches();
        found.retain(|patch| !matches!(patch.repair.steps.as_slice(), [Step::Unescape(_)]));
        for patch in &mut found {
            simplify(&mut patch.repair, &text[patch.span.clone()], name);
        }
        // Code writes single controls so; only UTF-8 read wrongly is no accident there.
        if name != NOTATIONS[0].name {
            found.retain(|patch| patch.repair.steps.iter().any(Step::reads_utf8));
        }
        if prose::is_code(text, &found) {
            found.retain(|patch| !text[patch.span.clone()].is_ascii());
        }
        if found.iter().any(|patch| patch.rule == Rule::E106) {
            found.retain(|patch| patch.rule == Rule::E106);
            return found;
        }
    }
    Vec::new()
}

/// Whether the text begins with an escape that is not ASCII's.
pub(crate) fn starts(text: &str) -> bool {
    NOTATIONS.iter().any(|notation| {
        text.as_bytes().first() == Some(&notation.sign) && (notation.read)(text).is_some()
    })
}

/// The text with its escapes undone, for each notation that it has any of.
pub(crate) fn unescaped(text: &str) -> impl Iterator<Item = String> {
    NOTATIONS.iter().filter_map(move |notation| {
        let escapes = spans(text, notation);
        (!escapes.is_empty()).then(|| without(text, escapes))
    })
}

/// Makes one step of many that each undo one escape, where that comes to the same.
fn simplify(repair: &mut Arc<Repair>, before: &str, name: &'static str) {
    let steps = &repair.steps;
    let single = |step: &Step| matches!(step, Step::Part { steps, .. } if matches!(steps.as_slice(), [Step::Unescape(_)]));
    let count = steps.iter().take_while(|step| single(step)).count();
    let undone = undone(before, &steps[..count], name);
    if count > 0 && undone.is_some() && undone == codec::unescape(before, name) {
        let steps = &mut Arc::make_mut(repair).steps;
        steps.splice(..count, [Step::Unescape(name.into())]);
    }
}

/// The text with the escapes undone in parts of it, which steps name from the last to the first. It is
/// written once: each step by itself would move all that stands behind it.
fn undone(before: &str, steps: &[Step], name: &str) -> Option<String> {
    let mut text = String::with_capacity(before.len());
    let mut at = 0;
    for step in steps.iter().rev() {
        let Step::Part { span, .. } = step else {
            return None;
        };
        text.push_str(before.get(at..span.start)?);
        text.push_str(&codec::unescape(before.get(span.clone())?, name)?);
        at = span.end;
    }
    text.push_str(before.get(at..)?);
    Some(text)
}

/// The text without the escapes of one notation.
pub(crate) fn undo(text: &str, name: &str) -> Option<String> {
    let notation = NOTATIONS.iter().find(|notation| notation.name == name)?;
    Some(without(text, spans(text, notation)))
}

/// The text with what escapes stand for in their place.
fn without(text: &str, escapes: Vec<(Range<usize>, String)>) -> String {
    let mut undone = String::with_capacity(text.len());
    let mut at = 0;
    for (span, after) in escapes {
        undone.push_str(&text[at..span.start]);
        undone.push_str(&after);
        at = span.end;
    }
    undone.push_str(&text[at..]);
    undone
}

/// The escapes in a text that stand for characters beyond ASCII.
fn spans(text: &str, notation: &Notation) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for start in memchr::memchr_iter(notation.sign, text.as_bytes()) {
        if found.last().is_some_and(|(last, _)| start < last.end) {
            continue;
        }
        if let Some((after, len)) = (notation.read)(&text[start..]) {
            found.push((start..start + len, after));
        }
    }
    found
}
