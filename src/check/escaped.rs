//! Escaped: JSON in which every character that steers a terminal or cannot be seen is written `\u009b`,
//! so that a log can show a report as it is.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::writer::visible::steers;

/// `value` as JSON on one line, without the line end.
pub(super) fn to_line(value: &impl Serialize) -> String {
    let mut line = Vec::new();
    // Everything serialized here has string keys and in-memory values, for which there is no error.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut line, Escaped));
    String::from_utf8(line).unwrap_or_default()
}

struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| steers(c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_escaped_and_reads_back_the_same() {
        let text = "a\u{1B}[31m \u{9B}\u{202E}\u{200D}\u{E0001} “b”\u{FEFF}\n";
        let line = to_line(&text);
        assert_eq!(
            line,
            r#""a\u001b[31m \u009b\u202e\u200d\udb40\udc01 “b”\ufeff\n""#
        );
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
