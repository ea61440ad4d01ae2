//! Escaped: JSON in which some characters that need no escape are written `\u009b`, for the sake of
//! those who read it: line by line, or on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// `value` as JSON on one line, without the line end; the characters that `hides` tells are escaped.
pub(crate) fn to_line(value: &impl Serialize, hides: fn(char) -> bool) -> String {
    let mut line = Vec::new();
    // Everything serialized here has string keys and in-memory values, for which there is no error.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut line, Escaped(hides)));
    String::from_utf8(line).unwrap_or_default()
}

/// Whether many readers of lines end one at this character, though JSON does not.
pub(crate) fn ends_line(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

struct Escaped(fn(char) -> bool);

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| (self.0)(c)) {
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
        let line = to_line(&text, crate::writer::visible::steers);
        assert_eq!(
            line,
            r#""a\u001b[31m \u009b\u202e\u200d\udb40\udc01 “b”\ufeff\n""#
        );
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }

    #[test]
    fn a_line_stays_one_to_every_reader() {
        let text = "a\u{85}b\u{2028}c\u{2029}d\u{200D}\u{93}\n";
        let line = to_line(&text, ends_line);
        assert_eq!(line, "\"a\\u0085b\\u2028c\\u2029d\u{200D}\u{93}\\n\"");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
