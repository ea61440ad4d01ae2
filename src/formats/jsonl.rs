//! JSON Lines: the text in one field of a record is cleaned, every other byte of the record stays.
//!
//! The record is never rebuilt: the field's value is found, and the clean text, as a JSON string,
//! takes its place. So key order, white space, escapes and numbers of the rest survive as they are.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::article::Article;
use crate::cleaner::Cleaner;
use crate::writer::json;

/// Why a record was passed through as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The line is not a JSON object.
    NotJson(String),
    /// There is no field of this name.
    NoField(String),
    /// The field holds something other than a string.
    NotText(String),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::NotJson(why) => write!(f, "not a JSON object ({why})"),
            RecordError::NoField(field) => write!(
                f,
                "no field \"{field}\": name the field that holds the text with --field"
            ),
            RecordError::NotText(field) => write!(
                f,
                "the field \"{field}\" holds no string: name the field that holds the text with --field"
            ),
        }
    }
}

impl std::error::Error for RecordError {}

/// A record whose text was found.
#[derive(Debug)]
pub struct Record<'a> {
    line: &'a str,
    value: Range<usize>,
    /// The text in the field.
    pub text: Cow<'a, str>,
}

impl<'a> Record<'a> {
    /// Finds the text in `field` of the JSON object on `line`.
    ///
    /// # Errors
    /// The line is no JSON object, or the field is missing or no string.
    ///
    /// ```
    /// use artclean::formats::jsonl::Record;
    /// let record = Record::parse(r#"{"id": 1, "text": "caf\u00e9"}"#, "text")?;
    /// assert_eq!(record.text, "café");
    /// assert_eq!(record.with_text("tea"), r#"{"id": 1, "text": "tea"}"#);
    /// # Ok::<(), artclean::formats::jsonl::RecordError>(())
    /// ```
    pub fn parse(line: &'a str, field: &str) -> Result<Record<'a>, RecordError> {
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
        Ok(Record {
            line,
            value: start..start + raw.len(),
            text: unescape(raw),
        })
    }

    /// The record with `text` in place of the old one, everything else byte for byte.
    pub fn with_text(&self, text: &str) -> String {
        let value = json::to_line(&text);
        let (head, tail) = (&self.line[..self.value.start], &self.line[self.value.end..]);
        [head, &value, tail].concat()
    }

    /// The record with its text cleaned, and what that took. The record itself where nothing
    /// changed.
    pub fn clean(&self, cleaner: &Cleaner) -> (Cow<'a, str>, Article<'_>) {
        let article = cleaner.clean_text(&self.text);
        let line = match &article.text {
            Cow::Borrowed(_) => Cow::Borrowed(self.line),
            Cow::Owned(text) => Cow::Owned(self.with_text(text)),
        };
        (line, article)
    }
}

/// `record` with one more field at its end, named `artclean`, that holds the report on `article`.
pub fn with_report(record: &str, article: &Article<'_>) -> String {
    let body = record.trim_end().strip_suffix('}').unwrap_or(record);
    let comma = if body.trim_end().ends_with('{') {
        ""
    } else {
        ","
    };
    format!("{body}{comma}\"artclean\":{}}}", json::report(article))
}

/// Whether `line` is a JSON object.
pub(crate) fn is_object(line: &str) -> bool {
    serde_json::from_str::<Fields>(line).is_ok()
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

/// The text of a JSON string that is known to be well formed but for surrogates. A surrogate
/// without its other half, which `serde_json` refuses, becomes U+FFFD, for the repair to report.
fn unescape(raw: &str) -> Cow<'_, str> {
    if let Ok(text) = serde_json::from_str::<&str>(raw) {
        return Cow::Borrowed(text);
    }
    if let Ok(text) = serde_json::from_str::<String>(raw) {
        return Cow::Owned(text);
    }
    let mut units = Vec::with_capacity(raw.len());
    let mut rest = raw.trim_matches('"').chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            continue;
        }
        let unit = match rest.next() {
            Some('u') => {
                let digits = rest.as_str().get(..4).unwrap_or_default();
                rest = rest.as_str().get(4..).unwrap_or_default().chars();
                u16::from_str_radix(digits, 16).unwrap_or(0xFFFD)
            }
            Some('n') => 0x0A,
            Some('t') => 0x09,
            Some('r') => 0x0D,
            Some('b') => 0x08,
            Some('f') => 0x0C,
            Some(other) => u16::try_from(other as u32).unwrap_or(0xFFFD),
            None => break,
        };
        units.push(unit);
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_record_stays_byte_for_byte() {
        let line = r#" { "n": 1.50e3,"u":"\u00e9\ud83d", "text" : "a  \n","x":{"text":"b  "} , "z":[ ] } "#;
        let record = Record::parse(line, "text").unwrap();
        let (clean, article) = record.clean(&Cleaner::default());
        assert_eq!(clean, line.replace(r#""a  \n""#, r#""a\n""#));
        assert_eq!(article.edits.len(), 1);
    }

    #[test]
    fn an_unchanged_record_is_the_very_line() {
        let line = r#"{"text":"caf\u00e9\n"}"#;
        let record = Record::parse(line, "text").unwrap();
        assert!(matches!(
            record.clean(&Cleaner::default()).0,
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn a_lone_surrogate_does_not_stop_the_record() {
        let record = Record::parse(r#"{"text":"a\ud83db\t\"\/c\ud83d\udd0d"}"#, "text").unwrap();
        assert_eq!(record.text, "a\u{FFFD}b\t\"/c🔍");
    }

    #[test]
    fn what_is_wrong_with_a_record() {
        let error = |line| Record::parse(line, "text").unwrap_err();
        assert!(matches!(error("{"), RecordError::NotJson(_)));
        assert!(matches!(error("[1]"), RecordError::NotJson(_)));
        assert!(matches!(
            error(r#"{"text":"a"} x"#),
            RecordError::NotJson(_)
        ));
        assert_eq!(error("{}"), RecordError::NoField("text".to_owned()));
        assert_eq!(
            error(r#"{"text":null}"#),
            RecordError::NotText("text".to_owned())
        );
    }
}
