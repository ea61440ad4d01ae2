//! JSON Lines: the text in one field of a record is cleaned, every other byte of the record stays.
//!
//! The record is never rebuilt: the field's value is found, and the clean text, as a JSON string,
//! takes its place. So key order, white space, escapes and numbers of the rest survive as they are. A byte
//! order mark before a record, which Windows programs write and joined files carry on, is no part of it: it
//! goes as that of a text does, by rule U304.

mod scan;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Format;
use super::html::{Page, PageError, begins_as_page};
use super::surrogates::{self, Mending, Unescaped, unescape, unescape_text};
use crate::article::{Article, Finding};
use crate::cleaner::Cleaner;
use crate::edit::Certainty;
use crate::reader::utf8_bom;
use crate::rules::Rule;
use crate::writer::json;

/// Why a record could not be cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// This byte of the line is not UTF-8, as JSON must be.
    NotUtf8(usize),
    /// The line is not a JSON object.
    NotJson(String),
    /// There is no field of this name.
    NoField(String),
    /// The field holds something other than a string.
    NotText(String),
    /// The field holds a web page that no article can be taken from.
    Page(PageError),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::NotUtf8(at) => {
                write!(f, "byte {at} of the line is not UTF-8, as JSON must be")
            }
            RecordError::NotJson(why) => write!(f, "not a JSON object ({why})"),
            RecordError::NoField(field) => write!(
                f,
                "no field \"{field}\": name the field that holds the text with --field"
            ),
            RecordError::NotText(field) => write!(
                f,
                "the field \"{field}\" holds no string: name the field that holds the text with --field"
            ),
            RecordError::Page(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RecordError {}

/// A record whose text was found.
#[derive(Debug)]
pub struct Record<'a> {
    line: &'a [u8],
    /// Length of the byte order mark it begins with.
    bom: usize,
    value: Range<usize>,
    unescaped: Unescaped<'a>,
}

impl<'a> Record<'a> {
    /// Finds the text in `field` of the JSON object on `line`.
    ///
    /// # Errors
    /// The line is no JSON object, or the field is missing or no string.
    ///
    /// ```
    /// use artclean::formats::jsonl::Record;
    /// let record = Record::parse(br#"{"id": 1, "text": "caf\u00e9"}"#, "text")?;
    /// assert_eq!(record.text(), "café");
    /// assert_eq!(record.with_text("tea"), br#"{"id": 1, "text": "tea"}"#);
    /// # Ok::<(), artclean::formats::jsonl::RecordError>(())
    /// ```
    pub fn parse(line: &'a [u8], field: &str) -> Result<Record<'a>, RecordError> {
        let bom = utf8_bom(line);
        let object = &line[bom..];
        let (value, unescaped) = match simdutf8::compat::from_utf8(object) {
            Ok(object) => {
                if let Some((value, text)) = scan::text_in(object, field) {
                    (value, Unescaped::sound(text))
                } else {
                    let value = value_of(object, field)?;
                    (
                        value.clone(),
                        unescape_text(&object[value], Mending::Nothing),
                    )
                }
            }
            Err(error) => {
                // Halves of pairs written as characters are damage to mend, not the end of it.
                let not_utf8 = RecordError::NotUtf8(bom + error.valid_up_to());
                let escaped = surrogates::as_escapes(object).ok_or(not_utf8)?;
                let value = value_of(&escaped, field)?;
                let before = |at| surrogates::offset_before_escaping(object, at);
                let value = before(value.start)..before(value.end);
                (value.clone(), unescape(&object[value], Mending::Nothing))
            }
        };
        Ok(Record {
            line,
            bom,
            value: bom + value.start..bom + value.end,
            unescaped,
        })
    }

    /// The text in the field, as it is; a surrogate without its other half, which no text can hold,
    /// is U+FFFD.
    pub fn text(&self) -> &str {
        &self.unescaped.text
    }

    /// The record with `text` in place of the old one, everything else byte for byte.
    pub fn with_text(&self, text: &str) -> Vec<u8> {
        self.with_value(0, &self.unescaped.escape(text, self.raw()))
    }

    /// The record from `start` on, with another value.
    fn with_value(&self, start: usize, value: &[u8]) -> Vec<u8> {
        let (head, tail) = (
            &self.line[start..self.value.start],
            &self.line[self.value.end..],
        );
        [head, value, tail].concat()
    }

    /// The value as it is written, quotation marks included.
    fn raw(&self) -> &'a [u8] {
        &self.line[self.value.clone()]
    }

    /// The record with its text cleaned, and what that took. The record itself where nothing
    /// changed. What the field holds, text or a web page, is told by its start unless `holds` says.
    ///
    /// # Errors
    /// The field holds a page that no article can be taken from.
    ///
    /// ```
    /// use artclean::{Cleaner, formats::jsonl::Record};
    /// let record = Record::parse(br#"{"text": "Rain.  "}"#, "text")?;
    /// let (line, article) = record.clean(&Cleaner::default(), None)?;
    /// assert_eq!(&*line, br#"{"text": "Rain.\n"}"#);
    /// assert_eq!(article.edits.len(), 2);
    /// # Ok::<(), artclean::formats::jsonl::RecordError>(())
    /// ```
    pub fn clean(
        &self,
        cleaner: &Cleaner,
        holds: Option<Format>,
    ) -> Result<(Cow<'a, [u8]>, Article<'_>), RecordError> {
        if self.bom == 0 || !cleaner.drops_marks() {
            return self.clean_from(0, cleaner, holds);
        }
        let (line, mut article) = self.clean_from(self.bom, cleaner, holds)?;
        article.edits.insert(0, dropped_mark());
        Ok((line, article))
    }

    /// The same, of the record from `start` on.
    fn clean_from(
        &self,
        start: usize,
        cleaner: &Cleaner,
        holds: Option<Format>,
    ) -> Result<(Cow<'a, [u8]>, Article<'_>), RecordError> {
        let mending = Mending::of(cleaner);
        let is_page = match holds {
            Some(format) => format == Format::Html,
            None => begins_as_page(self.text().as_bytes()),
        };
        if !is_page && self.unescaped.damaged && mending > Mending::Nothing {
            return Ok(self.clean_damaged(start, cleaner, &unescape(self.raw(), mending)));
        }
        let article = if is_page {
            let page = Page::find(self.text(), encoding_rs::UTF_8.name());
            page.map_err(RecordError::Page)?.clean(cleaner).into_owned()
        } else {
            cleaner.clean_text(self.text())
        };
        let line = match &article.text {
            Cow::Borrowed(_) => Cow::Borrowed(&self.line[start..]),
            Cow::Owned(text) => {
                Cow::Owned(self.with_value(start, &self.unescaped.escape(text, self.raw())))
            }
        };
        Ok((line, article))
    }

    /// Cleans a text with surrogates in it.
    fn clean_damaged(
        &self,
        start: usize,
        cleaner: &Cleaner,
        unescaped: &Unescaped<'_>,
    ) -> (Cow<'a, [u8]>, Article<'static>) {
        let article = unescaped.clean(cleaner).into_owned();
        let line = if article.text == self.text() {
            Cow::Borrowed(&self.line[start..])
        } else {
            Cow::Owned(self.with_value(start, &unescaped.escape(&article.text, self.raw())))
        };
        (line, article)
    }
}

/// What is told of a byte order mark before a record, which stands at the start of no text.
fn dropped_mark() -> Finding {
    Finding {
        rule: Rule::U304,
        span: 0..0,
        line: 1,
        column: 1,
        last_line: 1,
        last_column: 1,
        before: "\u{FEFF}".to_owned(),
        after: String::new(),
        certainty: Certainty::Proven,
        applied: true,
        repair: None,
    }
}

/// Where in `line` the value of `field` stands, a string with its quotation marks.
fn value_of(line: &str, field: &str) -> Result<Range<usize>, RecordError> {
    let not_json = |error: serde_json::Error| RecordError::NotJson(error.to_string());
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let value = deserializer
        .deserialize_map(FieldOf(field))
        .map_err(not_json)?;
    deserializer.end().map_err(not_json)?;
    let raw = value
        .ok_or_else(|| RecordError::NoField(field.to_owned()))?
        .get();
    if !raw.starts_with('"') {
        return Err(RecordError::NotText(field.to_owned()));
    }
    // `raw` is a slice of `line`, so the difference of the addresses is where it stands.
    let start = raw.as_ptr() as usize - line.as_ptr() as usize;
    Ok(start..start + raw.len())
}

/// `record` with one more field at its end, named `artclean`, that holds the report on `article`.
pub fn with_report(record: &[u8], article: &Article<'_>) -> Vec<u8> {
    let record = record.trim_ascii_end();
    let body = record.strip_suffix(b"}").unwrap_or(record);
    let comma = if body.trim_ascii_end().ends_with(b"{") {
        ""
    } else {
        ","
    };
    let field = format!("{comma}\"artclean\":{}}}", json::report(article));
    [body, field.as_bytes()].concat()
}

/// Whether a file that begins with `start` holds articles in `field`, by its first record. One that
/// breaks off at the end of `start` counts as such.
pub fn is_corpus(start: &[u8], field: &str) -> bool {
    let end = memchr::memchr(b'\n', start);
    Record::parse(&start[..end.unwrap_or(start.len())], field).is_ok()
        || (end.is_none() && is_cut_off(&start[utf8_bom(start)..]))
}

/// Whether `start`, which may break off anywhere, begins with a JSON object on one line.
pub(crate) fn begins_with_object(start: &[u8]) -> bool {
    let start = &start[utf8_bom(start)..];
    if !start.starts_with(b"{") {
        return false;
    }
    let end = memchr::memchr(b'\n', start);
    serde_json::from_slice::<Fields>(&start[..end.unwrap_or(start.len())]).is_ok()
        || (end.is_none() && is_cut_off(start))
}

/// Whether `start` is a JSON object up to where it breaks off. A brace alone says nothing.
fn is_cut_off(start: &[u8]) -> bool {
    let fields = start.strip_prefix(b"{").unwrap_or_default();
    fields.trim_ascii_start().starts_with(b"\"")
        && serde_json::from_slice::<Fields>(start).is_err_and(|error| error.is_eof())
}

#[derive(Deserialize)]
struct Fields {}

/// Finds the value of one field, as it is written. Of several fields of that name the last counts,
/// as in every common JSON reader.
struct FieldOf<'f>(&'f str);

impl<'de> Visitor<'de> for FieldOf<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut value = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == self.0 {
                value = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &[u8]) -> (String, Vec<&'static str>) {
        let record = Record::parse(line, "text").unwrap();
        let (clean, article) = record.clean(&Cleaner::default(), None).unwrap();
        (
            String::from_utf8_lossy(&clean).into_owned(),
            article.edits.iter().map(|edit| edit.rule.code()).collect(),
        )
    }

    #[test]
    fn the_rest_of_a_record_stays_byte_for_byte() {
        let line = r#" { "n": 1.50e3,"u":"\u00e9\ud83d", "text" : "a  \n","x":{"text":"b  "} , "z":[ ] } "#;
        let (clean, rules) = cleaned(line.as_bytes());
        assert_eq!(clean, line.replace(r#""a  \n""#, r#""a\n""#));
        assert_eq!(rules, ["W401"]);
    }

    #[test]
    fn an_unchanged_record_is_the_very_line() {
        for line in [
            &br#"{"text":"caf\u00e9\n"}"#[..],
            br#"{"text":"a\ud83db\n"}"#,
        ] {
            let record = Record::parse(line, "text").unwrap();
            let (clean, _) = record.clean(&Cleaner::default(), None).unwrap();
            assert!(matches!(clean, Cow::Borrowed(_)));
        }
    }

    #[test]
    fn halves_of_a_pair_written_as_bytes_are_mended_and_the_rest_stays() {
        let line = b"{\"u\":\"\xED\xA0\xBD\",\"text\":\"a \xED\xA0\xBD\xED\xB4\x8D\\n\",\"z\":1}";
        let record = Record::parse(line, "text").unwrap();
        let (clean, article) = record.clean(&Cleaner::default(), None).unwrap();
        assert_eq!(
            &*clean,
            "{\"u\":\"\u{1}\",\"text\":\"a 🔍\\n\",\"z\":1}"
                .bytes()
                .flat_map(|byte| if byte == 1 {
                    vec![0xED, 0xA0, 0xBD]
                } else {
                    vec![byte]
                })
                .collect::<Vec<u8>>()
        );
        assert_eq!(article.edits[0].rule.code(), "E107");
        assert_eq!((article.edits[0].line, article.edits[0].column), (1, 3));
    }

    #[test]
    fn an_escaped_byte_is_read() {
        let (clean, rules) = cleaned(br#"{"text":"wait \udce2\udc80\udc94 no\n"}"#);
        assert_eq!(clean, "{\"text\":\"wait — no\\n\"}");
        assert_eq!(rules, ["E107"]);
    }

    #[test]
    fn what_is_wrong_with_a_record() {
        let error = |line: &[u8]| Record::parse(line, "text").unwrap_err();
        assert!(matches!(error(b"{"), RecordError::NotJson(_)));
        assert!(matches!(error(b"[1]"), RecordError::NotJson(_)));
        assert!(matches!(
            error(br#"{"text":"a"} x"#),
            RecordError::NotJson(_)
        ));
        assert_eq!(error(b"{\"text\":\"caf\xE9\"}"), RecordError::NotUtf8(12));
        assert_eq!(error(b"{}"), RecordError::NoField("text".to_owned()));
        assert_eq!(
            error(br#"{"text":null}"#),
            RecordError::NotText("text".to_owned())
        );
    }

    #[test]
    fn a_start_that_breaks_off_can_be_a_record() {
        assert!(begins_with_object(br#"{"id":1}"#));
        assert!(begins_with_object(br#"{"id":1,"text":"cut o"#));
        assert!(!begins_with_object(b"{\n"));
        assert!(!begins_with_object(b"{braces} in prose"));
        assert!(!begins_with_object(b"{\"quoted\" in prose\n"));
    }
}
