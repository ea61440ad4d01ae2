//! Scan: the text in a field of a record, found and read at the speed of a search.
//!
//! A record is strings for the most part, and in those only quotation marks and backslashes matter. So they
//! are searched for, and the text is read on the way; a library that parses goes over it byte by byte, and
//! once more to read it. What is not plain, and all that is wrong, is left to that library: `None`.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// The string in `field` of the object on `line`: where it stands, with its quotation marks, and the text it
/// is. `None` where a string has to be read with care, or that there is one cannot be told.
pub(super) fn text_in<'a>(line: &'a str, field: &str) -> Option<(Range<usize>, Cow<'a, str>)> {
    // Inside a string they are an error, and nobody writes them elsewhere.
    let line = line.trim_end_matches([' ', '\n', '\r', '\t']);
    if has_controls(line.as_bytes()) {
        return None;
    }
    let mut scan = Scan { line, at: 0 };
    let mut found = None;
    scan.sign(|sign| sign == b'{')?;
    loop {
        let is_field = scan.key()? == field;
        scan.sign(|sign| sign == b':')?;
        scan.spaces();
        match scan.rest().first()? {
            // Of several fields of that name the last counts.
            b'"' if is_field => found = Some(scan.text()?),
            b'"' => scan.string()?,
            _ if is_field => return None,
            _ => scan.value()?,
        }
        if scan.sign(|sign| matches!(sign, b',' | b'}'))? == b'}' {
            break;
        }
    }
    found.filter(|_| scan.rest().is_empty())
}

/// Whether any byte is a control character, told of many bytes at once.
fn has_controls(bytes: &[u8]) -> bool {
    let least = bytes.iter().fold(b' ', |least, &byte| least.min(byte));
    least < b' '
}

/// How far a line was read.
struct Scan<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.line.as_bytes()[self.at..]
    }

    fn spaces(&mut self) {
        let spaces = self.rest().iter().take_while(|&&byte| byte == b' ');
        self.at += spaces.count();
    }

    /// Passes over the next sign if it is one of those wanted.
    fn sign(&mut self, is_wanted: impl Fn(u8) -> bool) -> Option<u8> {
        self.spaces();
        let &sign = self.rest().first().filter(|&&sign| is_wanted(sign))?;
        self.at += 1;
        Some(sign)
    }

    /// Reads the name of a field, in which nothing is escaped.
    fn key(&mut self) -> Option<&'a str> {
        self.sign(|sign| sign == b'"')?;
        let start = self.at;
        let is_whole = self.to_sign()? == b'"';
        self.at += 1;
        is_whole.then(|| &self.line[start..self.at - 1])
    }

    /// Passes over a string.
    fn string(&mut self) -> Option<()> {
        self.sign(|sign| sign == b'"')?;
        while self.to_sign()? == b'\\' {
            self.escape()?;
        }
        self.at += 1;
        Some(())
    }

    /// Reads a string.
    fn text(&mut self) -> Option<(Range<usize>, Cow<'a, str>)> {
        let first = self.at;
        self.sign(|sign| sign == b'"')?;
        let mut start = self.at;
        let mut text = String::new();
        while self.to_sign()? == b'\\' {
            if text.capacity() == 0 {
                // No text is longer than what it is written as.
                text.reserve(self.line.len() - start);
            }
            text.push_str(&self.line[start..self.at]);
            // Nearly all escapes are line ends.
            if let [_, b'n', ..] = self.rest() {
                text.push('\n');
                self.at += 2;
            } else {
                text.push(self.escape()?.character()?);
            }
            start = self.at;
        }
        let last = &self.line[start..self.at];
        self.at += 1;
        let text = if start == first + 1 {
            Cow::Borrowed(last)
        } else {
            text.push_str(last);
            Cow::Owned(text)
        };
        Some((first..self.at, text))
    }

    /// Passes over what is no string.
    fn value(&mut self) -> Option<()> {
        let mut values = Deserializer::from_str(&self.line[self.at..]).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(())
    }

    /// Goes to the next quotation mark or backslash.
    fn to_sign(&mut self) -> Option<u8> {
        let rest = self.rest();
        let length = match rest.first()? {
            // Line ends come in pairs.
            b'"' | b'\\' => 0,
            _ => memchr::memchr2(b'"', b'\\', rest)?,
        };
        self.at += length;
        rest.get(length).copied()
    }

    /// Passes over an escape.
    fn escape(&mut self) -> Option<Escape> {
        let (escape, length) = match self.rest() {
            [_, b'u', digits @ ..] => (Escape::Unit(unit(digits)?), 6),
            [_, escaped, ..] => (Escape::Character(meant_by(*escaped)?), 2),
            _ => return None,
        };
        self.at += length;
        if let Escape::Unit(high @ 0xD800..0xDC00) = escape
            && let [b'\\', b'u', digits @ ..] = self.rest()
            && let Some(low @ 0xDC00..0xE000) = unit(digits)
        {
            self.at += 6;
            let pair = char::decode_utf16([high, low]).next()?;
            return Some(Escape::Character(pair.ok()?));
        }
        Some(escape)
    }
}

/// What an escape stands for.
#[derive(Clone, Copy)]
enum Escape {
    Character(char),
    /// A character, unless it is half of a pair.
    Unit(u16),
}

impl Escape {
    fn character(self) -> Option<char> {
        match self {
            Escape::Character(c) => Some(c),
            Escape::Unit(unit) => char::from_u32(unit.into()),
        }
    }
}

fn meant_by(escaped: u8) -> Option<char> {
    Some(match escaped {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'"' | b'\\' | b'/' => char::from(escaped),
        _ => return None,
    })
}

fn unit(digits: &[u8]) -> Option<u16> {
    let digits = digits.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{unescape_text, value_of};
    use super::*;
    use crate::formats::surrogates::Mending;

    /// What stands in a line is what the library finds there, if anything does.
    fn agrees(line: &str) -> bool {
        let found = text_in(line, "text");
        if let Some((span, text)) = &found {
            assert_eq!(value_of(line, "text").as_ref(), Ok(span), "{line}");
            let unescaped = unescape_text(&line[span.clone()], Mending::Nothing);
            assert_eq!(unescaped.text, *text, "{line}");
            assert!(!unescaped.damaged, "{line}");
        }
        found.is_some()
    }

    #[test]
    fn plain_records_are_read() {
        for line in [
            r#"{"text":"a"}"#,
            r#" { "n" : 1.50e3 , "text" : "a\n\n\"b\" \\ \/\t\r\b\f" , "z" : [ {"text":1} ] } "#,
            r#"{"text":"first","text":"caf\u00e9 \ud83d\udd0d\uD83D\uDD0D","x":"\ud83d"}"#,
            r#"{"a":null,"b":{"c":"}"},"d":[true,-0.1],"text":""}"#,
            "{\"u\":\"\\\\\",\"text\":\"“We’ve” — да\"}\r\n",
        ] {
            assert!(agrees(line), "{line}");
        }
    }

    #[test]
    fn the_rest_is_left_to_the_library() {
        for line in [
            "",
            "{",
            "{}",
            "[]",
            r#"{"text":"a"} x"#,
            r#"{"text":"a",}"#,
            r#"{"text":"a" "b":1}"#,
            r#"{"text":"a","b":01}"#,
            r#"{"text":"a","b":1x}"#,
            r#"{"text":"a","b":"\x"}"#,
            r#"{"text":"a","b":"\u12"}"#,
            r#"{"text":"a","b":"#,
            r#"{"text":"a","b":"c"#,
            r#"{"text":"\"#,
            r#"{"text":"a","text":1}"#,
            r#"{"text":"\ud83d"}"#,
            r#"{"text":"\udd0d\ud83d"}"#,
            r#"{"t\u0065xt":"a"}"#,
            "{\"text\":\"a\tb\"}",
            "{\"text\":\"a\"}\u{C}",
            "{\"text\":\"a\",\t\"b\":1}",
        ] {
            assert!(!agrees(line), "{line}");
        }
    }

    #[test]
    fn whatever_stands_in_a_line_is_read_as_the_library_reads_it() {
        // All rows of some length of what records are made of.
        let pieces = [
            "{",
            "}",
            "\"",
            "text",
            "\"text\":",
            ",",
            "\\n",
            "\\u0041",
            "\\",
            "[1]",
            " ",
            "é",
        ];
        let mut lines = vec![String::from("{\"text\":\"")];
        for _ in 0..4 {
            let longer = lines
                .iter()
                .flat_map(|line| pieces.map(|piece| format!("{line}{piece}")));
            lines = longer.collect();
            for line in &lines {
                agrees(line);
            }
        }
    }
}
