//! Kinds: what damage that leaves next to nothing leaves.

use std::sync::LazyLock;

use super::super::charsets::charset::{CHARSETS, Charset};
use super::super::charsets::pairs;
use super::super::known::UNKNOWN;
use super::super::lost::signs::Misread;
use super::super::sound::odd;
use super::{LEAD, Left, SIGNS, Trace};

/// Three marks in a row and no more, a mark a byte; or what a double-byte charset swallowed.
pub(super) fn marked<const MARK: char>(chars: &[char], at: usize) -> Option<Trace> {
    /// More marks than one sign leaves, and a question mark before them.
    const MANY: usize = 5;
    if chars[at] != MARK && odd::script(chars[at]) != odd::HANGUL || at > 0 && chars[at - 1] == MARK
    {
        return None;
    }
    let run = chars[at..]
        .iter()
        .take(MANY)
        .take_while(|&&c| c == MARK)
        .count();
    // The selector behind it makes an emoji of what stood there.
    if chars.get(at + run) == Some(&'\u{FE0F}') {
        return None;
    }
    // A question that is quoted.
    let asked = usize::from(MARK == '?' && run == 4 && at > 0 && chars[at - 1].is_alphabetic());
    if run != 3 + asked {
        return swallowing(chars, at, run);
    }
    Some(Trace {
        start: at + asked,
        end: at + asked + 3,
        may_be: SIGNS[..].into(),
        swallowed: None,
        left: Left::Marks,
        charset: UNKNOWN,
        is_certain: false,
        beside: None,
        is_doubtful: false,
    })
}

/// One U+FFFD: the byte of an apostrophe in a legacy charset that was read as UTF-8.
pub(super) fn lone_mark(chars: &[char], at: usize) -> Option<Trace> {
    let mark = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'\u{FFFD}');
    if !mark(Some(at)) || mark(at.checked_sub(1)) || mark(Some(at + 1)) {
        return None;
    }
    Some(Trace {
        start: at,
        end: at + 1,
        may_be: ['\u{2019}'][..].into(),
        swallowed: None,
        left: Left::Marks,
        charset: UNKNOWN,
        is_certain: false,
        beside: None,
        is_doubtful: false,
    })
}

/// A sign that stands there as another charset reads it.
pub(super) fn another_sign(way: &'static Misread, chars: &[char], at: usize) -> Option<Trace> {
    let (glyphs, sign) = way
        .signs
        .iter()
        .find(|(glyphs, _)| glyphs.first() == chars.get(at) && chars[at..].starts_with(glyphs))?;
    Some(Trace {
        start: at,
        end: at + glyphs.len(),
        may_be: std::slice::from_ref(sign).into(),
        swallowed: None,
        left: Left::Bytes(way.meant),
        charset: way.read_as,
        is_certain: false,
        beside: None,
        is_doubtful: false,
    })
}

/// The character that E2 is in a charset without characters in 80–9F, in a Latin text.
pub(super) fn bare_lead(chars: &[char], at: usize) -> Option<Trace> {
    static LEADS: LazyLock<Vec<(u32, &Charset)>> = LazyLock::new(|| {
        let charsets = CHARSETS.iter().filter(|charset| charset.is_iso());
        let leads = charsets.filter_map(|charset| Some((u32::from(charset.own(LEAD)?), charset)));
        leads.collect()
    });
    if chars.get(at + 1) == Some(&'\u{FE0F}') {
        return None;
    }
    let is_lead = |(lead, _): &&(u32, &Charset)| *lead == chars[at] as u32;
    let (_, charset) = LEADS.iter().find(is_lead)?;
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
        start: at,
        end: at + 1 + marks,
        may_be: SIGNS[..].into(),
        swallowed: None,
        left,
        charset: charset.name,
        is_certain: false,
        beside: None,
        is_doubtful: false,
    })
}

/// The charset in which the last byte of a sign and an ASCII letter make a character.
pub(super) const SWALLOWING: &str = "euc-kr";

/// Two marks, or nothing, and a Hangul syllable that is the last byte of a sign and the letter
/// behind it.
pub(super) fn swallowing(chars: &[char], at: usize, marks: usize) -> Option<Trace> {
    let syllable = *chars.get(at + marks)?;
    if !matches!(marks, 0 | 2) || !('\u{AC00}'..='\u{D7A3}').contains(&syllable) {
        return None;
    }
    let charset = pairs::named(SWALLOWING)?;
    let [last, letter] = charset.code(syllable).to_be_bytes();
    let sign = std::str::from_utf8(&[0xE2, 0x80, last])
        .ok()?
        .chars()
        .next()?;
    let sign = SIGNS.iter().find(|&&known| known == sign)?;
    if !letter.is_ascii_alphanumeric() {
        return None;
    }
    Some(Trace {
        start: at,
        end: at + marks + 1,
        may_be: std::slice::from_ref(sign).into(),
        swallowed: Some(char::from(letter)),
        left: Left::Marks,
        charset: charset.name,
        is_certain: true,
        beside: None,
        is_doubtful: false,
    })
}
