//! Steps: what was undone, in a form that replays.

use std::fmt;

/// One step of a repair; [`Display`](fmt::Display) writes it as the JSON output does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Write the text as the bytes of this charset.
    Encode(String),
    /// Put a byte that the damage lost back at this offset of the bytes.
    Restore {
        /// Offset into the bytes.
        at: usize,
        /// The byte that was lost.
        byte: u8,
    },
    /// Read the bytes as this charset.
    Decode(String),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Encode(charset) => write!(f, "encode {charset}"),
            Step::Restore { at, byte } => write!(f, "restore byte {byte:02X} at {at}"),
            Step::Decode(charset) => write!(f, "decode {charset}"),
        }
    }
}
