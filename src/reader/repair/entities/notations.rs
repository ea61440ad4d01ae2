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
        name: "\\u escapes",
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

/// `\u00e2`, or a pair of them for a character beyond U+FFFF.
fn backslash(text: &str) -> Option<(String, usize)> {
    fn unit(text: &str) -> Option<(u32, usize)> {
        let rest = text.strip_prefix('\\')?;
        let digits = rest.strip_prefix('u')?.get(..4)?;
        Some((u32::from_str_radix(digits, 16).ok()?, 6))
    }
    let (first, len) = unit(text)?;
    if (0xD800..0xDC00).contains(&first) {
        let (second, more) = unit(text.get(len..)?)?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        let c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)?;
        return Some((c.to_string(), len + more));
    }
    let c = char::from_u32(first).filter(|c| !c.is_ascii())?;
    Some((c.to_string(), len))
}

/// `%C3%A2`, the UTF-8 of one character. A run of them is read character by character: what is looked at
/// from each place does not grow with the run.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = [0; char::MAX.len_utf8()];
    for (byte, escape) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(3)) {
        let hex = escape.strip_prefix(b"%").map(str::from_utf8);
        let Some(Ok(value)) = hex
            .and_then(Result::ok)
            .map(|hex| u8::from_str_radix(hex, 16))
        else {
            break;
        };
        *byte = value;
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
