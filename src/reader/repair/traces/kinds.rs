//! Kinds: what damage that leaves next to nothing leaves.

use std::sync::LazyLock;

use super::super::cells::Cells;
use super::super::charsets::charset::{CHARSETS, Charset};
use super::super::charsets::glyph;
use super::super::charsets::pairs;
use super::super::lost::english;
use super::super::lost::signs::{Misread, misreadings};
use super::super::multi::is_wide;
use super::super::multi::stream::SELECTOR_SECOND;
use super::super::single::reading::SELECTOR;
use super::super::sound::{names, odd};
use super::places::{around, closes};
use super::swallowed::{Swallowed, swallowed};
use super::{LEAD, Left, SIGNS, Trace};

/// The ways in which signs of one legacy charset are read as another.
pub(super) static MISREAD: LazyLock<Vec<Misread>> = LazyLock::new(|| misreadings(&SIGNS));

/// The character that E2 is in each charset without characters in 80–9F.
static LEADS: LazyLock<Vec<(char, &Charset)>> = LazyLock::new(|| {
    let charsets = CHARSETS.iter().filter(|charset| charset.is_iso());
    let leads = charsets.filter_map(|charset| Some((charset.glyph(LEAD)?, charset)));
    leads.collect()
});

/// More marks than one sign leaves, a question mark before them, or than two leave of which each has half.
const MANY: usize = 5;

/// Whether a trace can begin at this character beyond ASCII.
pub(super) fn may_begin(cells: &Cells, at: u32) -> bool {
    /// By the number of the glyph.
    static GLYPHS: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let signs = MISREAD.iter().flat_map(|way| &way.signs);
        let first = signs.filter_map(|(glyphs, _)| glyphs.first().copied());
        let mut begin = vec![false; glyph::GLYPHS];
        for c in LEADS.iter().map(|&(lead, _)| lead).chain(first) {
            begin[usize::from(glyph::id(c))] = true;
        }
        begin
    });
    let (c, id) = (cells.chars[at as usize], cells.ids[at as usize]);
    match id {
        glyph::NONE => c == '\u{FFFD}' || is_syllable(c) && swallowed(c).is_some(),
        id => GLYPHS[usize::from(id)],
    }
}

fn is_syllable(c: char) -> bool {
    odd::script(c) == odd::HANGUL
}

/// How many marks these characters begin with, as far as it matters.
fn marks<'c>(chars: impl Iterator<Item = &'c char>, mark: char) -> usize {
    chars.take(MANY).take_while(|&&c| c == mark).count()
}

/// Whether what stood before a place was an emoji: the selector behind it is there, or what reads as its bytes.
fn is_of_emoji(chars: &[char], behind: usize) -> bool {
    let selects = |&c: &char| {
        c == '\u{FE0F}'
            || is_wide(c) && pairs::all().any(|pairs| pairs.code(c) >> 8 == u16::from(SELECTOR))
    };
    chars.get(behind).is_some_and(selects)
}

/// Three marks in a row and no more, a mark a byte; or what a double-byte charset swallowed.
pub(super) fn marked<const MARK: char>(chars: &[char], at: usize) -> Option<Trace> {
    if chars[at] != MARK && !is_syllable(chars[at]) || at > 0 && chars[at - 1] == MARK {
        return None;
    }
    let run = marks(chars[at..].iter(), MARK);
    if is_of_emoji(chars, at + run) {
        return None;
    }
    // A question that is quoted.
    let asked = usize::from(MARK == '?' && run == 4 && at > 0 && chars[at - 1].is_alphabetic());
    if run != 3 + asked {
        return swallowing(chars, at, run);
    }
    Some(Trace::of_marks(at + asked..at + asked + 3, &SIGNS))
}

/// One mark by itself: the byte of a sign in a legacy charset that was read as UTF-8, or that the charset it was
/// written in does not have. A question mark may ask a question.
pub(super) fn lone_mark<const MARK: char>(chars: &[char], at: usize) -> Option<Trace> {
    let char_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
    let (left, right) = (char_at(at.checked_sub(1)), char_at(Some(at + 1)));
    if chars[at] != MARK || left == Some(MARK) || right == Some(MARK) {
        return None;
    }
    let lost = MARK == '\u{FFFD}';
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (stem, tail) = names::around(&chars[..at], &chars[at + 1..]);
    // With a letter of a name or loanword in its place.
    let is_name = || names::is_completed(stem, tail);
    let is_word = || english::is_likely(stem) && english::is_likely(tail) && !is_name();
    let is_capital = right.is_some_and(char::is_uppercase);
    let may_be: &'static [char] = match (left, right) {
        _ if is_letter(left) && is_letter(right) => {
            let before = char_at((at - stem.len()).checked_sub(1));
            let behind = char_at(Some(at + 1 + tail.len()));
            // Nor the query of a URL.
            let is_part = |c: Option<char>| {
                c.is_some_and(|c| matches!(c, '/' | '.' | '=' | '&' | '_' | '-' | '0'..='9'))
            };
            let ends = behind == Some('.') || !is_part(behind);
            let is_elided = if lost {
                elides(stem, tail)
            } else {
                !is_part(before) && ends
            };
            if is_name() || !is_elided {
                return None;
            }
            &['\u{2019}']
        }
        // Degrees are no quotation.
        (Some(' '), Some('C' | 'F')) if tail.len() == 1 => return None,
        _ if is_gap(left) && (is_capital || is_letter(right) && is_word()) => {
            &['\u{201C}', '\u{2018}']
        }
        (Some(stop), _) if closes(stop, MARK) && is_gap(right) => &['\u{201D}', '\u{2019}'],
        _ if lost && is_letter(left) && !right.is_some_and(char::is_alphanumeric) && is_word() => {
            &['\u{201D}', '\u{2019}']
        }
        (Some(' '), Some(' ')) => {
            let goes_on = char_at(Some(at + 2)).is_some_and(char::is_lowercase);
            if !goes_on || !char_at(at.checked_sub(2)).is_some_and(char::is_alphanumeric) {
                return None;
            }
            &['\u{2014}', '\u{2013}']
        }
        _ => return None,
    };
    let is_dash = may_be.contains(&'\u{2014}');
    Some(Trace {
        is_doubtful: may_be.len() > 1 && !is_dash,
        ..Trace::of_marks(at..at + 1, may_be)
    })
}

/// Whether the byte between these letters was an apostrophe: it may have been a letter, or a space that keeps words
/// together.
fn elides(stem: &[char], tail: &[char]) -> bool {
    let (before, behind) = (stem.iter().copied(), tail.iter().copied());
    let is_particle = matches!(stem, ['O' | 'D' | 'd' | 'L' | 'l']);
    english::is_contraction(before.clone(), behind.clone())
        || is_particle && tail.first().is_some_and(|c| c.is_uppercase())
        || matches!(tail, ['s' | 'S' | 't' | 'T'])
            && english::may_contract(before, behind)
            // "cafés"
            && !names::is_completed(stem, &[])
}

/// A sign that stands there as another charset reads it.
pub(super) fn another_sign(way: &'static Misread, chars: &[char], at: usize) -> Option<Trace> {
    let (glyphs, sign) = way
        .signs
        .iter()
        .find(|(glyphs, _)| glyphs.first() == chars.get(at) && chars[at..].starts_with(glyphs))?;
    Some(Trace {
        left: Left::Bytes(way.meant),
        charset: way.read_as,
        ..Trace::of_marks(at..at + glyphs.len(), std::slice::from_ref(sign))
    })
}

/// The character that E2 is in a charset without characters in 80–9F, in a Latin text.
pub(super) fn bare_lead(chars: &[char], at: usize) -> Option<Trace> {
    let is_lead = |(lead, _): &&(char, &Charset)| *lead == chars[at];
    let (_, charset) = LEADS.iter().find(is_lead)?;
    // What is left of the selector behind an emoji.
    let selector = [SELECTOR, SELECTOR_SECOND].map(|byte| charset.glyph(byte));
    let behind = chars[at + 1..].iter().map(|&c| Some(c));
    if is_of_emoji(chars, at + 1) || behind.take(selector.len()).eq(selector) {
        return None;
    }
    // The two bytes behind it may have left a mark each.
    let marks = chars[at + 1..]
        .iter()
        .take(3)
        .take_while(|&&c| matches!(c, '?' | '\u{FFFD}'));
    let marks = if marks.count() == 2 { 2 } else { 0 };
    let left = match marks {
        0 => Left::Lead,
        _ => Left::Marks,
    };
    Some(Trace {
        left,
        charset: charset.name,
        ..Trace::of_marks(at..at + 1 + marks, &SIGNS)
    })
}

/// Two marks, or nothing, and a Hangul syllable that is the last byte of a sign and the letter
/// behind it.
fn swallowing(chars: &[char], at: usize, marks: usize) -> Option<Trace> {
    let syllable = *chars.get(at + marks)?;
    if !matches!(marks, 0 | 2) || !is_syllable(syllable) {
        return None;
    }
    Some(with_letter(at, marks, swallowed(syllable)?))
}

/// What the decoders of browsers leave, which put one mark for both of a sign's first bytes: another for its
/// last one, or a character that is that and the letter behind it.
pub(super) fn halved(chars: &[char], at: usize) -> Option<Trace> {
    let before = marks(chars[..at].iter().rev(), '\u{FFFD}');
    let behind = marks(chars[at..].iter(), '\u{FFFD}');
    if is_of_emoji(chars, at + behind) {
        return None;
    }
    let last = chars.get(at + behind).and_then(|&c| swallowed(c));
    let fits = before % 2 == 0 && behind % 2 == usize::from(last.is_some());
    if behind == 0 || before + behind >= MANY || !fits {
        return None;
    }
    if let Some(last) = last.filter(|_| behind == 1) {
        return Some(with_letter(at, 1, last));
    }
    let trace = Trace::of_marks(at..at + 2, &SIGNS);
    // Of a letter the decoders of other charsets leave two marks as well.
    let (stem, tail) = around(chars, &trace);
    Some(Trace {
        is_doubtful: !english::is_contraction(stem, tail),
        ..trace
    })
}

/// The trace of marks and what swallowed the letter behind them.
fn with_letter(at: usize, marks: usize, last: Swallowed) -> Trace {
    Trace {
        swallowed: Some(last.letter),
        charset: last.charset,
        is_certain: true,
        ..Trace::of_marks(at..at + marks + 1, std::slice::from_ref(last.sign))
    }
}
