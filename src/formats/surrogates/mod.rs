//! Surrogates: JSON strings that hold halves of UTF-16 pairs where characters should be.
//!
//! Three programs leave them. One splits a text between the two halves of a pair, and a half without
//! the other means nothing any more. One writes each half of a pair as a character of its own
//! (CESU-8), which is no UTF-8. And Python's `surrogateescape` keeps a byte that was no UTF-8 as
//! `\udc80` to `\udcff`, so that the byte is still there to be read.

mod bytes;
mod reading;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use bytes::{as_escapes, offset_before_escaping};
use reading::Reading;

use crate::article::{Article, Finding};
use crate::cleaner::Cleaner;
use crate::edit::{Certainty, Edit};
use crate::findings::Place;
use crate::pass::Pass;
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

/// Reads the JSON string `raw`, quotation marks included, which is well formed but for surrogates.
pub(crate) fn unescape(raw: &[u8], mending: Mending) -> Unescaped<'_> {
    match simdutf8::basic::from_utf8(raw) {
        Ok(text) => unescape_text(text, mending),
        Err(_) => Reading::of(raw, None, mending).read(),
    }
}

/// The same of a string that is known to be UTF-8.
pub(crate) fn unescape_text(raw: &str, mending: Mending) -> Unescaped<'_> {
    if memchr::memchr(b'\\', raw.as_bytes()).is_some() {
        return Reading::of(raw.as_bytes(), Some(raw), mending).read();
    }
    let text = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
    Unescaped::sound(Cow::Borrowed(text.unwrap_or_default()))
}

impl<'a> Unescaped<'a> {
    /// The text of a string without surrogates, but for pairs of escapes.
    pub(crate) fn sound(text: Cow<'a, str>) -> Self {
        Unescaped {
            text,
            mended: Vec::new(),
            lost: Vec::new(),
            damaged: false,
        }
    }
}

impl Unescaped<'_> {
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
