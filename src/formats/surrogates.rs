//! Surrogates: JSON strings that hold halves of UTF-16 pairs where characters should be.
//!
//! Three programs leave them. One splits a text between the two halves of a pair, and a half without
//! the other means nothing any more. One writes each half of a pair as a character of its own
//! (CESU-8), which is no UTF-8. And Python's `surrogateescape` keeps a byte that was no UTF-8 as
//! `\udc80` to `\udcff`, so that the byte is still there to be read.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use crate::article::{Article, Finding};
use crate::cleaner::{Cleaner, Pass};
use crate::edit::{Certainty, Edit};
use crate::findings::Place;
use crate::rules::Rule;
use crate::writer::json;

/// What may be done about surrogates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mending {
    /// Nothing: each half becomes U+FFFD.
    Nothing,
    /// What is certain.
    Proven,
    /// What can be inferred too.
    Inferred,
}

impl Mending {
    /// What `cleaner` may do.
    pub(crate) fn of(cleaner: &Cleaner) -> Mending {
        let options = cleaner.options();
        let repairs = options.passes.contains(&Pass::Repair) && options.rules.contains(Rule::E107);
        match (repairs, options.strict) {
            (false, _) => Mending::Nothing,
            (true, true) => Mending::Proven,
            (true, false) => Mending::Inferred,
        }
    }
}

/// The text of a JSON string.
#[derive(Debug)]
pub(crate) struct Unescaped<'a> {
    pub text: Cow<'a, str>,
    /// What was mended on the way, or could not be: edits whose spans are offsets into `text`, each
    /// with how the string had it.
    pub mended: Vec<(Edit, String)>,
    /// The halves that are lost: which U+FFFD of the text stands for each, counted from 0, and the
    /// bytes of the string it is.
    lost: Vec<(usize, Range<usize>)>,
    /// Whether any surrogate was met that is no ordinary pair of escapes.
    pub damaged: bool,
}

/// `line` with each surrogate that is written as bytes made an escape, and nothing else changed;
/// `None` where other bytes are not UTF-8.
pub(crate) fn as_escapes(line: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(line.len() + 64);
    let mut rest = line;
    while !rest.is_empty() {
        let (sound, bad) = match std::str::from_utf8(rest) {
            Ok(sound) => (sound, 0),
            Err(error) => {
                let (sound, _) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(sound).ok()?, 3)
            }
        };
        text.push_str(sound);
        rest = &rest[sound.len()..];
        if bad > 0 {
            let unit = surrogate_bytes(rest)?;
            text.push_str(&format!("\\u{unit:04x}"));
            rest = &rest[bad..];
        }
    }
    Some(text)
}

/// Bytes of `line` that an offset into [`as_escapes`] of it stands for.
pub(crate) fn offset_before_escaping(line: &[u8], escaped: usize) -> usize {
    let (mut at, mut length) = (0, 0);
    while length < escaped && at < line.len() {
        if surrogate_bytes(&line[at..]).is_some() {
            (at, length) = (at + 3, length + 6);
        } else {
            (at, length) = (at + 1, length + 1);
        }
    }
    at
}

/// The surrogate that `bytes` begin with, each of its halves written as a character.
fn surrogate_bytes(bytes: &[u8]) -> Option<u16> {
    match *bytes {
        [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..] => {
            Some(0xD000 | (u16::from(second & 0x3F) << 6) | u16::from(third & 0x3F))
        }
        _ => None,
    }
}

/// A surrogate as the string has it.
struct Half {
    unit: u16,
    written: Range<usize>,
    /// Whether it is bytes, not an escape.
    raw: bool,
}

/// Reads the JSON string `raw`, quotation marks included, which is well formed but for surrogates.
pub(crate) fn unescape(raw: &[u8], mending: Mending) -> Unescaped<'_> {
    if let Ok(text) = serde_json::from_slice::<&str>(raw) {
        return Unescaped::sound(Cow::Borrowed(text));
    }
    if let Ok(text) = serde_json::from_slice::<String>(raw) {
        return Unescaped::sound(Cow::Owned(text));
    }
    let mut reading = Reading {
        raw,
        mending,
        text: String::with_capacity(raw.len()),
        mended: Vec::new(),
        lost: Vec::new(),
    };
    reading.read();
    Unescaped {
        text: Cow::Owned(reading.text),
        mended: reading.mended,
        lost: reading.lost,
        damaged: true,
    }
}

impl<'a> Unescaped<'a> {
    fn sound(text: Cow<'a, str>) -> Self {
        Unescaped {
            text,
            mended: Vec::new(),
            lost: Vec::new(),
            damaged: false,
        }
    }

    /// The text cleaned, with what was mended, or could not be, while it was read.
    pub(crate) fn clean(&self, cleaner: &Cleaner) -> Article<'_> {
        let mut article = cleaner.clean_text(&self.text);
        let (mut place, mut walked) = (Place::START, 0);
        for (edit, before) in &self.mended {
            let span = edit.span.clone();
            // A half that is lost was told as U+FFFD too.
            article
                .edits
                .retain(|finding| finding.rule != Rule::E901 || finding.span != span);
            place = place.after(&self.text[walked..span.start]);
            walked = span.start;
            article.edits.push(Finding {
                rule: edit.rule,
                line: place.line,
                column: place.column,
                last_line: place.line,
                last_column: place.after(&self.text[span.clone()]).column,
                span,
                before: before.clone(),
                after: edit.after.clone(),
                certainty: edit.certainty,
                applied: edit.certainty != Certainty::Lost,
                repair: None,
            });
        }
        article.edits.sort_by_key(|finding| finding.span.start);
        article
    }

    /// `text`, made of this one, as a JSON string, in which the lost halves stand as they stood in
    /// `raw`. Where any of them is no longer there it cannot be told which, and U+FFFD stays.
    pub(crate) fn escape(&self, text: &str, raw: &[u8]) -> Vec<u8> {
        let string = json::to_line(&text);
        let count = |text: &str| text.matches('\u{FFFD}').count();
        if self.lost.is_empty() || count(text) != count(&self.text) {
            return string.into_bytes();
        }
        let mut escaped = Vec::with_capacity(string.len() + 8 * self.lost.len());
        let mut lost = self.lost.iter().peekable();
        for (number, piece) in string.split('\u{FFFD}').enumerate() {
            if number > 0 {
                match lost.next_if(|(which, _)| *which == number - 1) {
                    Some((_, written)) => escaped.extend(&raw[written.clone()]),
                    None => escaped.extend("\u{FFFD}".as_bytes()),
                }
            }
            escaped.extend(piece.as_bytes());
        }
        escaped
    }
}

/// A string on its way to a text.
struct Reading<'r> {
    raw: &'r [u8],
    mending: Mending,
    text: String,
    mended: Vec<(Edit, String)>,
    lost: Vec<(usize, Range<usize>)>,
}

impl Reading<'_> {
    fn read(&mut self) {
        let end = self.raw.len().saturating_sub(1);
        let mut at = 1;
        let mut halves: Vec<Half> = Vec::new();
        while at < end {
            let rest = &self.raw[at..end];
            let (unit, length, raw) = match (surrogate_bytes(rest), rest) {
                (Some(unit), _) => (Some(unit), 3, true),
                (None, [b'\\', b'u', digits @ ..]) => (hexadecimal(digits), 6, false),
                _ => (None, 0, false),
            };
            if let Some(unit @ 0xD800..=0xDFFF) = unit {
                halves.push(Half {
                    unit,
                    written: at..at + length,
                    raw,
                });
                at += length;
                continue;
            }
            self.run(&halves);
            halves.clear();
            at += self.character(rest);
        }
        self.run(&halves);
    }

    /// Reads what is no surrogate: an escape, or the text up to the next one. Gives its length.
    fn character(&mut self, rest: &[u8]) -> usize {
        if let [b'\\', escaped, digits @ ..] = rest {
            let (character, length) = match escaped {
                b'u' => (
                    char::from_u32(u32::from(hexadecimal(digits).unwrap_or(0xFFFD))),
                    6,
                ),
                b'n' => (Some('\n'), 2),
                b't' => (Some('\t'), 2),
                b'r' => (Some('\r'), 2),
                b'b' => (Some('\u{8}'), 2),
                b'f' => (Some('\u{C}'), 2),
                other => (Some(char::from(*other)), 2),
            };
            self.text.push(character.unwrap_or('\u{FFFD}'));
            return length;
        }
        let escape = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        let stretch = &rest[..escape];
        match std::str::from_utf8(stretch) {
            Ok(text) => {
                self.text.push_str(text);
                stretch.len()
            }
            Err(error) => {
                let sound = &stretch[..error.valid_up_to()];
                self.text.push_str(&String::from_utf8_lossy(sound));
                // A surrogate's bytes follow, or the string was not well formed after all.
                sound.len().max(1)
            }
        }
    }

    /// Reads surrogates that stand next to each other.
    fn run(&mut self, halves: &[Half]) {
        let mut rest = halves;
        while let [first, others @ ..] = rest {
            rest = match others {
                [second, others @ ..] if is_pair(first, second) => {
                    self.pair(first, second);
                    others
                }
                _ if is_escaped_byte(first) => {
                    let count = rest.iter().take_while(|half| is_escaped_byte(half)).count();
                    self.bytes(&rest[..count]);
                    &rest[count..]
                }
                _ => {
                    self.lose(first.written.clone());
                    others
                }
            };
        }
    }

    fn pair(&mut self, first: &Half, second: &Half) {
        let character = char::decode_utf16([first.unit, second.unit])
            .next()
            .and_then(Result::ok);
        let character = character.unwrap_or('\u{FFFD}').to_string();
        if !first.raw && !second.raw {
            // As JSON writes a character beyond U+FFFF: nothing to mend.
            self.text.push_str(&character);
        } else {
            let written = first.written.start..second.written.end;
            self.mend(Certainty::Proven, written, &character);
        }
    }

    /// Bytes that `surrogateescape` kept: UTF-8 where they are, else windows-1252, which stray bytes
    /// in a UTF-8 text come from nearly always.
    fn bytes(&mut self, halves: &[Half]) {
        let bytes: Vec<u8> = halves
            .iter()
            .map(|half| half.unit.to_le_bytes()[0])
            .collect();
        let mut done = 0;
        let written =
            |from: usize, to: usize| halves[from].written.start..halves[to - 1].written.end;
        for chunk in bytes.utf8_chunks() {
            let sound = chunk.valid();
            if !sound.is_empty() {
                self.mend(Certainty::Proven, written(done, done + sound.len()), sound);
                done += sound.len();
            }
            for byte in chunk.invalid() {
                let (read, _) =
                    WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
                let means_nothing = read.chars().any(char::is_control);
                if means_nothing {
                    self.lose(written(done, done + 1));
                } else {
                    self.mend(Certainty::Inferred, written(done, done + 1), &read);
                }
                done += 1;
            }
        }
    }

    /// Puts U+FFFD where the string has `written`, and reports it if anything may be done at all.
    fn lose(&mut self, written: Range<usize>) {
        let before = self.text.matches('\u{FFFD}').count();
        let start = self.text.len();
        self.text.push('\u{FFFD}');
        if self.mending > Mending::Nothing {
            let edit = Edit {
                rule: Rule::E107,
                span: start..self.text.len(),
                after: "\u{FFFD}".to_owned(),
                certainty: Certainty::Lost,
                repair: None,
            };
            self.mended.push((edit, shown(&self.raw[written.clone()])));
        }
        self.lost.push((before, written));
    }

    /// Puts `after` where the string has `written`, if that may be done.
    fn mend(&mut self, certainty: Certainty, written: Range<usize>, after: &str) {
        let allowed = match certainty {
            Certainty::Proven => self.mending >= Mending::Proven,
            _ => self.mending >= Mending::Inferred,
        };
        if !allowed {
            return self.lose(written);
        }
        let start = self.text.len();
        self.text.push_str(after);
        let edit = Edit {
            rule: Rule::E107,
            span: start..self.text.len(),
            after: after.to_owned(),
            certainty,
            repair: None,
        };
        self.mended.push((edit, shown(&self.raw[written])));
    }
}

fn hexadecimal(digits: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(digits.get(..4)?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

fn is_pair(first: &Half, second: &Half) -> bool {
    (0xD800..0xDC00).contains(&first.unit) && (0xDC00..0xE000).contains(&second.unit)
}

/// Whether a half stands for a byte, as Python's `surrogateescape` writes it.
fn is_escaped_byte(half: &Half) -> bool {
    !half.raw && (0xDC80..=0xDCFF).contains(&half.unit)
}

/// Escapes as they are written, bytes by their numbers.
fn shown(written: &[u8]) -> String {
    match std::str::from_utf8(written) {
        Ok(escapes) => escapes.to_owned(),
        Err(_) => written
            .iter()
            .map(|byte| match byte {
                0x20..0x7F => char::from(*byte).to_string(),
                _ => format!("\\x{byte:02X}"),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &[u8], mending: Mending) -> (String, Vec<String>) {
        let unescaped = unescape(raw, mending);
        let mended = unescaped.mended.into_iter();
        (
            unescaped.text.into_owned(),
            mended.map(|(_, before)| before).collect(),
        )
    }

    #[test]
    fn a_pair_of_escapes_is_a_character_and_no_damage() {
        let unescaped = unescape(br#""a \ud83d\udd0d\n""#, Mending::Inferred);
        assert_eq!(unescaped.text, "a 🔍\n");
        assert!(!unescaped.damaged && unescaped.mended.is_empty());
    }

    #[test]
    fn a_lone_half_is_lost() {
        let (text, mended) = read(br#""a\ud83db\t\"\/c\ud83d\udd0d\udd0d""#, Mending::Inferred);
        assert_eq!(text, "a\u{FFFD}b\t\"/c🔍\u{FFFD}");
        assert_eq!(mended, [r"\ud83d", r"\udd0d"]);
    }

    #[test]
    fn lost_halves_are_written_as_they_were() {
        let raw = "\"a\\ud83d \u{FFFD}  \\udd0d\"".as_bytes();
        let unescaped = unescape(raw, Mending::Inferred);
        let written = |text: &str| String::from_utf8(unescaped.escape(text, raw)).unwrap();
        assert_eq!(
            written("b\u{FFFD} \u{FFFD} \u{FFFD}\n"),
            "\"b\\ud83d \u{FFFD} \\udd0d\\n\""
        );
        // One is gone: no telling which.
        assert_eq!(written("\u{FFFD} \u{FFFD}"), "\"\u{FFFD} \u{FFFD}\"");
    }

    #[test]
    fn halves_written_as_characters_make_one() {
        let raw = b"\"a\xED\xA0\xBD\xED\xB4\x8Db\"";
        let (text, mended) = read(raw, Mending::Proven);
        assert_eq!(text, "a🔍b");
        assert_eq!(mended, [r"\xED\xA0\xBD\xED\xB4\x8D"]);
        assert_eq!(read(raw, Mending::Nothing).0, "a\u{FFFD}b");
    }

    #[test]
    fn bytes_that_were_escaped_are_read() {
        let raw = br#""wait \udce2\udc80\udc94 caf\udce9""#;
        let (text, mended) = read(raw, Mending::Inferred);
        assert_eq!(text, "wait — café");
        assert_eq!(mended, [r"\udce2\udc80\udc94", r"\udce9"]);
        assert_eq!(read(raw, Mending::Proven).0, "wait — caf\u{FFFD}");
        assert_eq!(read(br#""\udc81""#, Mending::Inferred).0, "\u{FFFD}");
    }

    #[test]
    fn offsets_survive_escaping() {
        let line = b"{\"a\":\"\xED\xA0\xBD\",\"b\":\"x\"}";
        let escaped = as_escapes(line).unwrap();
        assert_eq!(escaped, r#"{"a":"\ud83d","b":"x"}"#);
        let x = escaped.find('x').unwrap();
        assert_eq!(line[offset_before_escaping(line, x)], b'x');
        assert_eq!(as_escapes(b"caf\xE9"), None);
    }

    #[test]
    fn nothing_makes_it_panic() {
        for raw in [
            &b""[..],
            b"\"",
            b"\"\\",
            b"\"\\u12\"",
            b"\"\\ud83d",
            b"\"\xED\xA0\"",
        ] {
            unescape(raw, Mending::Inferred);
        }
    }
}
