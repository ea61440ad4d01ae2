//! Blanks: what is left of no-break spaces that were misread, and nothing else with them ("there.Â Next").
//!
//! Their UTF-8 is C2 A0, which windows-1252 and its kin read as "Â" and a no-break space; tools make a plain space
//! of that, or trim it. No capital stands behind a small letter or a full stop; behind a figure it may be meant
//! for Å.

use super::Step;
use super::cells::Cells;
use super::charsets::charset::CHARSETS;
use super::charsets::codec::UTF8;
use super::page::Patch;
use super::sharing::Repairs;
use crate::edit::Certainty;
use crate::rules::Rule;

/// What C2 is in windows-1252.
const LEAD: char = '\u{C2}';
const NBSP: char = '\u{A0}';

/// What stands before a first byte that is left of a no-break space.
#[derive(PartialEq, Eq)]
enum Before {
    /// What no capital stands behind.
    Telling,
    Figure,
    Gap,
}

/// Whether a first byte that tells of a no-break space stands between these texts.
pub(super) fn is_lead(before: &str, behind: &str) -> bool {
    let left = before.chars().next_back();
    reads(left, behind.chars().next()) == Some(Before::Telling)
}

/// The no-break spaces, if one of them tells.
pub(super) fn find(cells: &Cells) -> Vec<Patch> {
    let chars = &cells.chars;
    let around = |at: usize| {
        let left = at.checked_sub(1).map(|left| chars[left]);
        reads(left, chars.get(at + 1).copied())
    };
    let marks = cells.marks.iter().map(|&at| at as usize);
    let leads = marks.filter(|&at| chars[at] == LEAD);
    let leads: Vec<(usize, Before)> = leads.filter_map(|at| Some((at, around(at)?))).collect();
    if !leads.iter().any(|(_, before)| *before == Before::Telling) {
        return Vec::new();
    }
    let mut repairs = Repairs::default();
    let patch = |(at, _): (usize, Before)| {
        let charset = CHARSETS[0].name;
        let (used, step) = match chars.get(at + 1) {
            Some(&NBSP) => (1, None),
            Some(' ') => (
                1,
                Some(Step::Replace {
                    at: 1,
                    len: 1,
                    byte: 0xA0,
                }),
            ),
            _ => (0, Some(Step::Restore { at: 1, byte: 0xA0 })),
        };
        let (rule, certainty) = match step {
            None => (Rule::E101, Certainty::Proven),
            Some(_) => (Rule::E102, Certainty::Inferred),
        };
        let encode = std::iter::once(Step::Encode(charset.into()));
        let steps = encode.chain(step).chain([Step::Decode(UTF8.into())]);
        Patch {
            span: cells.places.span(at..at + 1 + used),
            after: NBSP.to_string(),
            rule,
            certainty,
            repair: repairs.share(charset, steps.collect::<Vec<_>>()),
        }
    };
    leads.into_iter().map(patch).collect()
}

/// What stands before a first byte between these characters, if it can be one.
fn reads(left: Option<char>, right: Option<char>) -> Option<Before> {
    if !matches!(right, None | Some(' ' | '\n' | NBSP)) {
        return None;
    }
    match left {
        None | Some(' ' | '\n') => Some(Before::Gap),
        Some(c) if c.is_lowercase() => Some(Before::Telling),
        Some('.' | ',' | ';' | '!' | ')' | '\u{2019}' | '\u{201D}') => Some(Before::Telling),
        Some(c) if c.is_ascii_digit() => Some(Before::Figure),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_are_told_from_letters() {
        for (before, behind, want) in [
            ("there.", " Next", true),
            ("there", " was", true),
            ("there.", "\u{A0}Next", true),
            ("the end.", "", true),
            // Å, an initial, a word in capitals, a letter that is spoken of.
            ("2.5", " resolution", false),
            ("J. ", ". Smith", false),
            ("PÂT", " DE", false),
            ("the letter ", " is", false),
            ("nach", "tlich", false),
        ] {
            assert_eq!(is_lead(before, behind), want, "{before}Â{behind}");
        }
    }
}
