//! Cast: whether a text is as a step leaves one that changes all of it.

use encoding_rs::Encoding;

use super::super::cells::Cells;
use super::super::charsets::forms::Step;

/// The steps that change a text throughout.
pub(super) const STEPS: [Step; 4] = [Step::Lower, Step::Upper, Step::Bare, Step::Apart];

/// Where accents were taken off, of so many characters beyond ASCII one at least stands behind what is left of the first
/// byte; other texts have quotation marks there.
const SIGNS: usize = 8;

/// Whether a text is as one of the [`STEPS`] leaves it.
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
        Step::None | Step::Compatible => false,
    }
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

/// Whether this may be what is left of a byte inside a character.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && !c.is_alphabetic()
}

/// Whether this is an accent of Latin, Greek or Cyrillic letters: marks of other scripts stand by themselves.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}
