//! Explain: the accepted characters of a reading as patches, each with the steps that undo the damage.

use std::ops::Range;

use super::super::Step;
use super::super::cells::Cells;
use super::super::charsets::charset::CHARSETS;
use super::super::charsets::codec;
use super::super::charsets::glyph;
use super::super::charsets::lossy::Trace;
use super::super::charsets::utf8::MOST;
use super::super::page::Patch;
use super::super::sharing::{Repairs, Undone};
use super::reading::Reading;
use crate::edit::Certainty;
use crate::rules::Rule;

/// Accepted hits as patches: touching ones of one certainty are one.
pub(crate) fn patches(reading: &Reading, cells: &Cells) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut repairs = Repairs::default();
    let mut steps = Vec::new();
    let mut undone = Undone::default();
    let mut first = 0;
    while first < reading.hits.len() {
        if !reading.accepted[first] {
            first += 1;
            continue;
        }
        let proven = reading.hits[first].missing == 0;
        let mut next = first + 1;
        while next < reading.hits.len()
            && reading.accepted[next]
            && (reading.hits[next].missing == 0) == proven
            && reading.hits[next - 1].end == reading.starts[next]
        {
            next += 1;
        }
        let (start, end) = (reading.starts[first], reading.hits[next - 1].end);
        let (chars, span) = (&cells.chars[start..end], cells.places.span(start..end));
        let hits = first..next;
        first = next;
        if !proven {
            patches.push(patch(reading, hits, chars, span, &mut steps, &mut repairs));
            continue;
        }
        patches.push(undone.patch(chars, span, |span| {
            patch(reading, hits, chars, span, &mut steps, &mut repairs)
        }));
    }
    patches
}

/// The patch of some hits that touch; `steps` is room for what undoes the damage.
fn patch(
    reading: &Reading,
    hits: Range<usize>,
    chars: &[char],
    span: Range<usize>,
    steps: &mut Vec<Step>,
    repairs: &mut Repairs,
) -> Patch {
    let table = &CHARSETS[reading.channel.charset];
    let filled = chars.iter().any(|&c| {
        let byte = reading.channel.byte(glyph::id(c));
        c as u32 >= 0xA0 && byte != 0 && table.own(byte).is_none()
    });
    let charset = codec::misreading(reading.channel.charset, filled);
    steps.clear();
    steps.push(Step::Encode(charset.into()));
    let mut at = 0;
    let mut from = 0;
    let mut proven = true;
    let mut after = String::with_capacity(span.len());
    let mut cesu8 = false;
    for hit in &reading.hits[hits] {
        after.push(hit.c);
        cesu8 |= usize::from(hit.len) == MOST;
        for (&byte, trace) in hit.bytes.iter().zip(hit.traces).take(usize::from(hit.len)) {
            // A windows-1252 glyph that the charset itself has for another byte.
            let borrowed =
                trace == Trace::Glyph && reading.channel.byte(glyph::id(chars[from])) != byte;
            let placed = if borrowed { Trace::Altered(1) } else { trace };
            steps.extend(placed.step(at, byte));
            proven &= trace == Trace::Glyph;
            from += match trace {
                Trace::Glyph => 1,
                Trace::Gone => 0,
                Trace::Altered(used) | Trace::Form(used) => usize::from(used),
            };
            at += 1;
        }
    }
    debug_assert_eq!(from, chars.len());
    let utf8 = if cesu8 { codec::CESU8 } else { codec::UTF8 };
    steps.push(Step::Decode(utf8.into()));
    let (rule, certainty) = if proven {
        (Rule::E101, Certainty::Proven)
    } else {
        (Rule::E102, Certainty::Inferred)
    };
    Patch {
        span,
        after,
        rule,
        certainty,
        repair: repairs.share(charset, &*steps),
    }
}
