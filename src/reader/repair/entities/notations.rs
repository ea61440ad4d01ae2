//! Notations: the ways in which text writes characters beyond ASCII with ASCII.

use super::names::named;

/// A way to write characters beyond ASCII.
pub(super) struct Notation {
    /// The name that steps give it.
    pub(super) name: &'static str,
    /// What every escape begins with.
    pub(super) sign: u8,
    /// Reads an escape at the start of the text: the text it stands for, and its length.
    pub(super) read: fn(&str) -> Option<(String, usize)>,
}

/// All of them; HTML references come first.
pub(super) const NOTATIONS: &[Notation] = &[
    Notation {
        name: "HTML references",
        sign: b'&',
        read: reference,
    },
    Notation {
        name: "backslash escapes",
        sign: b'\\',
        read: backslash,
    },
    Notation {
        name: "percent escapes",
        sign: b'%',
        read: percent,
    },
];

/// The most levels of escaping, as in `&amp;amp;acirc;`.
const LEVELS: usize = 3;

/// `&acirc;`, `&#226;`, `&#xE2;`, and the same behind `&amp;`.
fn reference(text: &str) -> Option<(String, usize)> {
    let mut rest = text.strip_prefix('&')?;
    for _ in 0..LEVELS {
        match rest.strip_prefix("amp;") {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    // In code most of them are no references: "&mut text;".
    let ends = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'#';
    let end = rest.bytes().take(10).position(ends)?;
    let name = rest[end..].starts_with(';').then(|| &rest[..end])?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value)?
        }
        None => named(name)?,
    };
    let len = text.len() - rest.len() + end + 1;
    (!c.is_ascii()).then(|| (c.to_string(), len))
}

/// `\u00e2`, or a pair of them for a character beyond U+FFFF; `\xe2` and `\342`, by which languages mean
/// U+00E2 or the byte, which is the same to who reads UTF-8 wrongly.
fn backslash(text: &str) -> Option<(String, usize)> {
    let unit = |at: usize| match text.get(at..)?.as_bytes() {
        [b'\\', b'u', digits @ ..] => Some((number::<4>(digits, 16)?, 6)),
        [b'\\', b'x', digits @ ..] => Some((number::<2>(digits, 16)?, 4)),
        [b'\\', digits @ ..] => {
            let byte = number::<3>(digits, 8)?;
            (byte <= 0xFF).then_some((byte, 4))
        }
        _ => None,
    };
    let (first, len) = unit(0)?;
    if (0xD800..0xDC00).contains(&first) {
        let (second, more) = unit(len)?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        let c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)?;
        return Some((c.to_string(), len + more));
    }
    let c = char::from_u32(first).filter(|c| !c.is_ascii())?;
    Some((c.to_string(), len))
}

/// The number that so many digits at the start write.
fn number<const DIGITS: usize>(text: &[u8], radix: u32) -> Option<u32> {
    let digits = text.first_chunk::<DIGITS>()?;
    let digits = digits
        .iter()
        .map(|&digit| char::from(digit).to_digit(radix));
    digits.reduce(|number, digit| Some(number? * radix + digit?))?
}

/// `%C3%A2`, the UTF-8 of one character. A run of them is read character by character: what is looked at
/// from each place does not grow with the run.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = [0; char::MAX.len_utf8()];
    for (byte, escape) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(3)) {
        let Some(value) = escape
            .strip_prefix(b"%")
            .and_then(|hex| number::<2>(hex, 16))
        else {
            break;
        };
        *byte = value as u8;
    }
    let c = bytes.utf8_chunks().next()?.valid().chars().next()?;
    (!c.is_ascii()).then(|| (c.to_string(), 3 * c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_reads() {
        for (text, want) in [
            ("&acirc;x", "\u{E2}"),
            ("&amp;#226;", "\u{E2}"),
            ("&#x2019;", "\u{2019}"),
            ("\\u00e2", "\u{E2}"),
            ("\\ud83d\\udd0d", "\u{1F50D}"),
            ("\\xe2\\x80", "\u{E2}"),
            ("\\3422", "\u{E2}"),
            ("%C3%A2%E2", "\u{E2}"),
            ("%F0%9F%94%8D%E2", "\u{1F50D}"),
        ] {
            let read = NOTATIONS.iter().find_map(|one| (one.read)(text));
            assert_eq!(read.unwrap().0, want, "{text}");
            let signs = NOTATIONS.iter().map(|one| one.sign);
            assert_eq!(signs.filter(|&sign| text.as_bytes()[0] == sign).count(), 1);
        }
        assert_eq!(reference("&lt;"), None);
        assert_eq!(reference("&amp;"), None);
        for text in [
            "\\x41", "\\x+1", "\\xe", "\\u+0e2", "\\101", "\\442", "\\389", "\\n",
        ] {
            assert_eq!(backslash(text), None, "{text}");
        }
        for text in [
            "%41",
            "%C3",
            "%C3%",
            "%C3%4",
            "%C3A2",
            "%E2%80x99",
            "%+3%A2",
        ] {
            assert_eq!(percent(text), None, "{text}");
        }
    }
}
