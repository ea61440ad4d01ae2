//! Captions that give themselves away: a credit closes them, or they stand twice above one.
//!
//! A bare caption cannot be told from prose and stays, even between two credits: a paragraph of one
//! sentence stands there as often. One that ends in "(Photo: …)", "Credit: …" or an agency's name
//! can be told, and one that a gallery prints twice above its credit.

use memchr::memchr2;

use super::decoration::undecorated;
use super::mark::{Stand, marks};
use super::page::Page;
use super::passages::Taken;
use super::phrases::Anchor;
use super::shape::{Shape, ends_sentence};
use crate::rules::Rule;

/// How many bytes of a line's end are searched for a credit.
const CREDIT_BYTES: usize = 160;

/// The name after "Photo:" at a line's end takes at most this many bytes.
const NAME_BYTES: usize = 70;

/// A caption has at most this many letters; longer lines are prose that happens to name a source.
pub const CAPTION_LETTERS: u32 = 200;

/// A credit by itself has at most this many letters; a longer line with a credit is a caption.
pub const CREDIT_LETTERS: u32 = 70;

/// The first byte of fullwidth signs.
const FULLWIDTH: u8 = 0xEF;

/// How many lines apart a gallery prints the same caption again.
const TWIN_LINES: usize = 3;

/// Whether a credit closes the line: "… in Oslo. (Photo: A. Nyman)", "… in Oslo Credit: EPA". An
/// agency's name alone after a sentence signs the sentence: "… he said. (AFP)".
pub fn credit_closes(line: &str) -> bool {
    let Some(last) = line.chars().next_back().filter(|_| !is_sentence(line)) else {
        return false;
    };
    let tail = tail_of(line);
    if matches!(last, ')' | ']' | '）') {
        return tail.rfind(['(', '[', '（']).is_some_and(|open| {
            let signs = ends_sentence(&tail[..open]);
            open > 0 && is_credit(&tail[open..], true, signs)
        });
    }
    if ends_sentence(line) {
        return false;
    }
    word_before_colon(tail)
        .is_some_and(|start| start > 0 && is_credit(&tail[start..], false, false))
}

/// Whether a line ends as most do: in `.`, `."`, `.”`, `।` or `。`.
#[inline]
fn is_sentence(line: &str) -> bool {
    matches!(
        line.as_bytes(),
        [.., b'.']
            | [.., b'.', b'"']
            | [.., b'.', 0xE2, 0x80, 0x9D]
            | [.., 0xE0, 0xA5, 0xA4]
            | [.., 0xE3, 0x80, 0x82]
    )
}

fn tail_of(line: &str) -> &str {
    let mut from = line.len().saturating_sub(CREDIT_BYTES);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    &line[from..]
}

fn is_credit(text: &str, bracketed: bool, signs: bool) -> bool {
    if bracketed && is_name_and_outlet(text) {
        return true;
    }
    marks(text).iter().any(|mark| {
        mark.kind == Rule::B213
            && match mark.anchor {
                Anchor::Start => {
                    (mark.stand == Stand::Before && mark.rest.len() <= NAME_BYTES)
                        || (bracketed && mark.stand == Stand::Within)
                }
                Anchor::Line => mark.stand == Stand::Alone && (!signs || mark.words > 1),
                Anchor::End => {
                    let named = |c: char| !c.is_lowercase();
                    bracketed
                        && (!signs || mark.words > 1)
                        && text
                            .strip_prefix(['(', '（'])
                            .is_some_and(|name| name.starts_with(named))
                }
                _ => false,
            }
    })
}

/// Whether brackets hold a photographer's name, a slash and an outlet's, known or not: "(Ann
/// Lee/Harbor Times)".
fn is_name_and_outlet(text: &str) -> bool {
    let inside = text.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((name, outlet)) = inside.split_once('/') else {
        return false;
    };
    let in_capitals = |names: &str| {
        let mut words = names.split_whitespace();
        words.all(|word| word.starts_with(char::is_uppercase))
    };
    let words = name.split_whitespace().count();
    (2..=4).contains(&words)
        && in_capitals(name)
        && outlet.starts_with(char::is_uppercase)
        && !inside.contains(|c: char| c.is_numeric() || matches!(c, ';' | ':' | ','))
}

/// Where the word before the last colon starts: a capital in "rodentCredit" starts one, too.
fn word_before_colon(tail: &str) -> Option<usize> {
    // Few lines have a colon, and no other sign of theirs has the fullwidth one's first byte.
    memchr2(b':', FULLWIDTH, tail.as_bytes())?;
    let colon = tail.rfind([':', '：'])?;
    let before = tail[..colon].trim_end();
    let mut start = before.len();
    for (at, c) in before.char_indices().rev() {
        if !c.is_alphanumeric() {
            break;
        }
        start = at;
        let small_before = before[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_lowercase);
        if c.is_uppercase() && small_before {
            break;
        }
    }
    (start < before.len()).then_some(start)
}

/// Takes the captions that stand twice above their credit, as galleries print them.
pub fn take_gallery_captions(page: &Page, taken: &mut Taken) {
    for credit in 1..page.len() {
        let caption = credit - 1;
        if taken.kind(credit) != Some(Rule::B213)
            || taken.kind(caption).is_some()
            || Shape::of(page.content(caption)).letters > CAPTION_LETTERS
        {
            continue;
        }
        if let Some(twin) = twin_above(page, caption) {
            taken.take(Rule::B214, caption..credit);
            taken.take(Rule::B214, twin..twin + 1);
        }
    }
}

/// The same words a few lines above, as a gallery prints them; short lines recur by chance.
fn twin_above(page: &Page, line: usize) -> Option<usize> {
    let words = undecorated(page.content(line));
    (words.len() >= 40).then_some(())?;
    (line.saturating_sub(TWIN_LINES)..line).find(|&other| undecorated(page.content(other)) == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_at_the_end_of_a_line() {
        for line in [
            "Traders at work on Monday. (Photo: A. Nyman)",
            "Traders at work on Monday [Image: A. Nyman/Agency]",
            "Traders at work on Monday Credit: A. Nyman",
            "Traders at workCredit: A. Nyman",
            "Traders at work (AFP)",
            "Traders were at work on Monday. (Ann Lee/Harbor Times)",
        ] {
            assert!(credit_closes(line), "{line}");
        }
        for line in [
            "(Photo: A. Nyman)",
            "The bank gave credit: a million.",
            "He said: more",
            "He left (see the photo)",
            "The band that opened was louder (AC/DC)",
            "Both parties voted for it (Labor/Green Party)",
            "The ferry ran aground; nobody was hurt. (AFP)",
            "",
        ] {
            assert!(!credit_closes(line), "{line}");
        }
    }
}
