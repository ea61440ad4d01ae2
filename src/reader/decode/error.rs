//! Error: why bytes could not be read as text, in a sentence.

use std::fmt;

/// Bytes that could not be read as text; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Offset in bytes of the first byte that could not be read.
    pub offset: usize,
    /// Why it could not.
    pub reason: Undecodable,
}

/// Why bytes could not be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undecodable {
    /// There is a NUL or another byte that no text holds.
    Binary,
    /// The bytes end in the middle of a character.
    Truncated,
    /// The byte means nothing in this charset.
    Malformed(&'static str),
    /// The bytes are not UTF-8 and guessing was ruled out.
    NotUtf8,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.offset;
        match self.reason {
            Undecodable::Binary => write!(
                f,
                "byte {at} is a control byte that no text holds: this looks binary: if it is text, name its charset with --charset"
            ),
            Undecodable::Truncated => write!(
                f,
                "the last character, at byte {at}, is cut short: fetch the file again, or cut it there"
            ),
            Undecodable::Malformed(charset) => {
                write!(
                    f,
                    "byte {at} means nothing in {charset}: name the right charset with --charset"
                )
            }
            Undecodable::NotUtf8 => write!(
                f,
                "byte {at} is not UTF-8 and --strict guesses nothing: name the charset with --charset"
            ),
        }
    }
}

impl std::error::Error for DecodeError {}
