//! Cast: whether a text is as a step leaves one that changes all of it.

use encoding_rs::Encoding;

use super::super::cells::Cells;
use super::super::charsets::forms::Step;

/// The steps that change a text throughout.
pub(super) const STEPS: [Step; 4] = [Step::Lower, Step::Upper, Step::Bare, Step::Apart];
/// Those that misread it again, and lose bytes.
pub(super) const AGAIN: [Step; 6] = [
    Step::Dropped,
    Step::Marked,
    Step::Asked,
    Step::GapDropped,
    Step::GapMarked,
    Step::GapAsked,
];

/// Where accents were taken off, of so many characters beyond ASCII one at least stands behind what is left of the first
/// byte; other texts have quotation marks there.
const SIGNS: usize = 8;

/// Whether a text is as one of the [`STEPS`], or those that read it [`AGAIN`], leaves it.
pub(super) fn fits(step: Step, cells: &Cells) -> bool {
    let is_same = |c: char| c.is_ascii() || step.of(c) == [c];
    match step {
        Step::Lower => !cells.chars.iter().any(|c| c.is_uppercase()),
        Step::Upper => !cells.chars.iter().any(|c| c.is_lowercase()),
        Step::Bare => {
            let signs = cells.marks.iter().map(|&at| at as usize);
            let behind_letter = signs.filter(|&at| {
                let begins = at > 0 && cells.chars[at - 1].is_ascii_alphabetic();
                begins && is_sign(cells.chars[at])
            });
            behind_letter.count() * SIGNS > cells.marks.len() && cells.beyond_ascii().all(is_same)
        }
        Step::Apart => cells.beyond_ascii().any(is_accent) && cells.beyond_ascii().all(is_same),
        Step::Dropped | Step::GapDropped => is_layered(cells),
        Step::Marked | Step::GapMarked => leaves(cells, '\u{FFFD}') && is_layered(cells),
        Step::Asked | Step::GapAsked => leaves(cells, '?') && is_layered(cells),
        Step::None | Step::Compatible | Step::Again => false,
    }
}

/// Whether a mark stands behind a character beyond ASCII.
fn leaves(cells: &Cells, mark: char) -> bool {
    let mut marks = cells.marks.iter().map(|&at| at as usize);
    marks.any(|at| !cells.chars[at].is_ascii() && cells.chars.get(at + 1) == Some(&mark))
}

/// Whether half of what the first byte of Latin letters is stands before, or one character before, what bytes
/// beyond ASCII begin with where they were read twice, "Ã¢â", "ÃÂ", "Ã?Â", and no control is left of them.
fn is_layered(cells: &Cells) -> bool {
    let chars = &cells.chars;
    if cells
        .beyond_ascii()
        .any(|c| matches!(c, '\u{80}'..='\u{9F}'))
    {
        return false;
    }
    let leads = chars.iter().enumerate().filter(|(_, c)| **c == LEAD);
    let (all, layered) = leads.fold((0, 0), |(all, layered), (at, _)| {
        let behind = chars[at + 1..].iter().copied();
        (all + 1, layered + usize::from(goes_on(behind)))
    });
    layered * 2 > all
}

/// What the first byte of most letters of UTF-8 is.
const LEAD: char = '\u{C3}';

/// Whether these may stand behind the first byte of what was read twice. "ÃÅ" is an accent as Macintosh has it, read
/// once.
fn goes_on(mut chars: impl Iterator<Item = char>) -> bool {
    let begins = |c: char| matches!(c, '\u{C2}' | '\u{E2}');
    let may_begin = |c: char| begins(c) || matches!(c, '\u{C5}' | '\u{C6}' | '\u{CB}');
    chars.next().is_some_and(|c| {
        begins(c) || !c.is_ascii_alphanumeric() && chars.next().is_some_and(may_begin)
    })
}

/// Whether a text may be as one of the steps leaves it, at the price of a glance: most have capitals and small letters,
/// and a letter with its accent among their damage, or no accent by itself and no sign behind a letter.
pub(super) fn may_fit(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    if !has(u8::is_ascii_uppercase) || !has(u8::is_ascii_lowercase) {
        return true;
    }
    let (mut may_fit, mut at) = (false, 0);
    loop {
        let ascii = Encoding::ascii_valid_up_to(&text.as_bytes()[at..]);
        let Some(c) = text[at + ascii..].chars().next() else {
            return may_fit;
        };
        if matches!(c, '\u{C0}'..='\u{C5}' | '\u{C7}'..='\u{CF}' | '\u{E0}'..='\u{E5}') {
            return false;
        }
        let behind_letter = text[at..at + ascii].ends_with(|c: char| c.is_ascii_alphabetic());
        may_fit |= is_accent(c) || behind_letter && is_sign(c);
        at += ascii + c.len_utf8();
    }
}

/// The byte at which what was read twice may begin in a text.
pub(super) fn may_be_layered(text: &str) -> Option<usize> {
    let mut bytes = [0; 2];
    let lead = LEAD.encode_utf8(&mut bytes).as_bytes();
    let mut leads = memchr::memmem::find_iter(text.as_bytes(), lead);
    leads.find(|at| goes_on(text[at + lead.len()..].chars()))
}

/// Whether this may be what is left of a byte inside a character; a mark by itself tells of no step.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && !c.is_alphabetic() && c != '\u{FFFD}'
}

/// Whether this is an accent of Latin, Greek or Cyrillic letters: marks of other scripts stand by themselves.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}
