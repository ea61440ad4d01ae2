//! Evidence: what speaks for a character having been misread, and for a charset.

use super::super::cells::Cells;
use super::super::charsets::channel::Channel;
use super::super::charsets::charset::CHARSETS;
use super::super::charsets::glyph;
use super::super::charsets::lossy::{self, Guess, Trace};
use super::super::charsets::utf8;
use super::super::lost::prior::{RARE, prior};
use super::super::sound::odd;
use super::super::sound::words::is_fluent;
use crate::reader::language::{is_letter, plausibility};

/// What a damaged run counts when all its bytes are there, and when some were inferred.
pub(crate) const PROVEN_POINTS: i32 = 2;
/// What a byte counts that a likely character explains.
pub(crate) const WORTH: i32 = 4;
/// From this on a sign is met everywhere.
const COMMON: i32 = -50;
/// How many layers of misreading are looked through.
const LAYERS: usize = 3;
/// How much less likely, on the scale of the prior, makes a guess worth one less.
const UNLIKELY: i32 = 15;
/// How much less a sign is worth for each byte but one that it lacks.
const BARE: i32 = 2;
/// The bytes of "à", the second of which is a no-break space in most charsets.
pub(crate) const A_GRAVE: [u8; 2] = [0xC3, 0xA0];
/// The bytes of "í", the second of which is a soft hyphen.
pub(crate) const I_ACUTE: [u8; 2] = [0xC3, 0xAD];
/// The first byte of the marks that make letters of the ones before them.
pub(crate) const MARK: u8 = 0xCC;

/// What a hit counts as evidence that the document was misread.
pub(crate) fn evidence(hit: &Guess) -> i32 {
    let likely = is_mark(hit.c) || prior(hit.c).is_some_and(|likelihood| likelihood >= RARE);
    match hit.missing {
        // What some charset makes of a byte is for the next round to undo.
        0 if likely || prior(hit.c).is_none() && glyph::id(hit.c) != 0 => PROVEN_POINTS,
        // All bytes of an emoji, rare as it may be.
        0 if prior(hit.c).is_some() && lossy::begins_sign(hit) => PROVEN_POINTS,
        0 => i32::from(hit.len == 4),
        // The first two bytes of general punctuation or emoji: side by side their glyphs are no text.
        1 if likely && lossy::begins_sign(hit) => PROVEN_POINTS,
        1 if likely && lacks_second(hit) => PROVEN_POINTS,
        // The first and the last of a sign that is met everywhere.
        1 if hit.bytes[0] == 0xE2
            && hit.traces[1] != Trace::Glyph
            && prior(hit.c).is_some_and(|likelihood| likelihood >= COMMON) =>
        {
            PROVEN_POINTS
        }
        // "voilÃ  le": a capital at the end of a small word, and the space behind it.
        1 if hit.bytes[..2] == A_GRAVE && hit.traces[1] != Trace::Glyph => PROVEN_POINTS,
        // The bytes that are not there left what tells them.
        _ if hit.is_spelled() && hit.len > 2 => i32::from(likely),
        // A letter with bytes missing can be had from too many sound words.
        _ => i32::from(likely && odd::script(hit.c) == 0),
    }
}

/// Whether this is all of an emoji but the second byte, which is the same for all and left a mark.
pub(crate) fn lacks_second(hit: &Guess) -> bool {
    hit.len == 4 && hit.missing == 1 && hit.traces[1] == Trace::Altered(1)
}

/// Whether this is no text and stands in many all the same, misread with it: U+FFFD, of which the loss is older,
/// and the byte order mark.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{FEFF}')
}

/// What a hit counts when charsets compete: bytes explained, if the outcome is likely.
pub(crate) fn worth(hit: &Guess) -> i32 {
    let explained = (i32::from(hit.len - hit.missing) - i32::from(hit.lost())).max(1);
    match prior(hit.c) {
        // Of two charsets that lost bytes, the one is likelier in which the commoner signs fit.
        Some(likelihood) if likelihood >= RARE && hit.missing > 0 => {
            // And the one that explains two bytes of a sign rather than one.
            let bare = BARE * (i32::from(hit.missing) - 1);
            (WORTH * explained + likelihood / UNLIKELY - bare).max(1)
        }
        Some(likelihood) if likelihood >= RARE => WORTH * explained,
        Some(likelihood) if hit.missing > 0 => {
            (WORTH / 2 * explained + likelihood / UNLIKELY).max(1)
        }
        Some(_) => WORTH / 2 * explained,
        None if is_mark(hit.c) => WORTH * explained,
        // A control, or what some charset makes of a byte, is for the next round to undo.
        None if glyph::id(hit.c) != 0 => WORTH / 2 * explained,
        None => -WORTH,
    }
}

/// Whether a sign stands at the figure it goes with: an amount, a degree, a section, a product; or
/// an opening mark before its word.
pub(crate) fn counts(sign: char, before: &[char], follows: &[char]) -> bool {
    let before_is_figure = matches!(before, [.., '0'..='9', ' ']);
    let digit = |at: usize| follows.get(at).is_some_and(char::is_ascii_digit);
    match sign {
        '\u{A2}'..='\u{A5}' | '\u{B1}' => digit(0),
        '\u{A7}' | '\u{A9}' => digit(0) || follows.first() == Some(&' ') && digit(1),
        '\u{A1}' | '\u{BF}' => follows.first().is_some_and(|c| c.is_ascii_alphabetic()),
        '\u{B0}' => matches!(
            follows,
            ['C' | 'F'] | ['C' | 'F', ' ' | '.' | ',' | ')', ..]
        ),
        '\u{D7}' | '\u{F7}' => follows.first() == Some(&' ') && digit(1) && before_is_figure,
        // By itself before what it is a part of, or right behind a figure.
        '\u{BC}'..='\u{BE}' => match before {
            [.., '0'..='9'] => true,
            [] | [.., ' ' | '\n'] => matches!(follows, [' ', 'a'..='z', ..]),
            _ => false,
        },
        // "Nº 5"
        '\u{BA}' => matches!(before, [.., 'N']) && follows.first() == Some(&' ') && digit(1),
        _ => false,
    }
}

/// Whether a guess is likelier, by letters, than what stands there: a sound word of some script can
/// pass for UTF-8 with bytes lost.
pub(crate) fn is_likelier(hit: &Guess, cells: &Cells, start: usize) -> bool {
    let before = &cells.chars[start..hit.end];
    if is_fluent(&cells.chars, start) && !is_letter(hit.c) && !lossy::begins_sign(hit) {
        return false;
    }
    // A Latin letter in a Latin word was one before: no letter or mark of another script.
    let in_word = cells
        .chars
        .get(hit.end)
        .is_some_and(char::is_ascii_alphabetic);
    if in_word && odd::script(before[0]) == odd::LATIN && odd::script(hit.c) > odd::LATIN {
        return false;
    }
    let before = plausibility(&before.iter().collect::<String>());
    before.letters < 2 || plausibility(hit.c.encode_utf8(&mut [0; 4])).cost <= before.cost
}

/// Whether the byte that is lost is a no-break space, which tools tidy away.
pub(crate) fn is_tidied(channel: &Channel, hit: &Guess) -> bool {
    hit.missing == 1 && hit.bytes[usize::from(hit.len) - 1] == channel.nbsp
}

/// Whether what stands for the lost byte is what later steps make of its glyph.
pub(crate) fn is_altered(hit: &Guess) -> bool {
    hit.missing == 1 && matches!(hit.traces[1], Trace::Altered(_) | Trace::Form(_))
}

/// Whether what stands there is a letter of another script inside a small Latin word: "praviฤne".
pub(crate) fn is_foreign(hit: &Guess, cells: &Cells, start: usize) -> bool {
    let small = |at: Option<usize>| {
        let c = at.and_then(|at| cells.chars.get(at));
        c.is_some_and(char::is_ascii_lowercase)
    };
    odd::script(cells.chars[start]) > odd::LATIN
        && small(start.checked_sub(1))
        && small(Some(hit.end))
}

/// Whether U+FFFD shows where the bytes of a hit were.
pub(crate) fn is_marked(hit: &Guess, cells: &Cells) -> bool {
    hit.traces.contains(&Trace::Altered(1)) && cells.chars[hit.end - 1] == '\u{FFFD}'
}

/// Whether the question mark that a letter ends in may be one: it stands at a word's end.
pub(crate) fn asks(hit: &Guess, cells: &Cells) -> bool {
    let at_end = cells.chars.get(hit.end).is_none_or(|c| c.is_whitespace());
    hit.missing > 0 && cells.chars[hit.end - 1] == '?' && at_end && odd::script(hit.c) != 0
}

/// How many odd pairs there are that the next rounds would not read as characters again.
pub(crate) fn odd_but_layered(channel: &Channel, chars: impl Iterator<Item = char> + Clone) -> u32 {
    let mut odds = odd::count(chars.clone());
    if odds == 0 {
        return 0;
    }
    let mut chars: Vec<char> = chars.collect();
    for _ in 0..LAYERS {
        let Some(peeled) = [channel.charset, 0]
            .into_iter()
            .find_map(|charset| peel(charset, &chars))
        else {
            break;
        };
        chars = peeled;
        odds = odds.min(odd::count(chars.iter().copied()));
        if odds == 0 {
            break;
        }
    }
    odds
}

/// The characters with those read as UTF-8 that are its bytes in a charset; `None` if none are.
fn peel(charset: usize, chars: &[char]) -> Option<Vec<char>> {
    let mut peeled = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let lead = glyph::byte(charset, glyph::id(chars[at]));
        let mut bytes = utf8::led(lead);
        let len = utf8::length(lead).min(chars.len() - at);
        for (byte, &c) in bytes.iter_mut().zip(&chars[at..at + len]).skip(1) {
            *byte = glyph::inner_byte(charset, glyph::id(c));
        }
        match utf8::decode(&bytes[..len]) {
            Some(c) => {
                peeled.push(c);
                at += len;
            }
            None => {
                peeled.push(chars[at]);
                at += 1;
            }
        }
    }
    (peeled.len() < chars.len()).then_some(peeled)
}

/// Whether a character with all its bytes there has a C1 control among them: no other text has one
/// behind a letter, so it is damage whatever else the document holds.
pub(crate) fn holds_control(hit: &Guess, chars: &[char]) -> bool {
    hit.missing == 0
        && odd::script(chars[0]) != 0
        && chars.iter().any(|&c| odd::kind(c) == odd::Kind::Control)
}

/// Whether the controls among these, if any, are what the charset can have made of a byte: one of DOS
/// or the Mac has a character for each.
pub(crate) fn makes_controls(channel: &Channel, chars: &[char]) -> bool {
    let is_control = |&c: &char| odd::kind(c) == odd::Kind::Control;
    !chars.iter().any(is_control) || !CHARSETS[channel.charset].is_full()
}
