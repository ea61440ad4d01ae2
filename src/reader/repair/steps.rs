//! Steps: what was undone, in a form that replays.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::charsets::codec;

/// One step of a repair; [`Display`](fmt::Display) writes it as the JSON output does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Write the text as the bytes of this charset.
    Encode(Cow<'static, str>),
    /// Put a byte that the damage lost back at this offset of the bytes.
    Restore {
        /// Offset into the bytes.
        at: usize,
        /// The byte that was lost.
        byte: u8,
    },
    /// Put a byte in the place of what a later step made of it, such as a space or a question mark.
    Replace {
        /// Offset into the bytes.
        at: usize,
        /// How many bytes stand there now.
        len: usize,
        /// The byte that was there.
        byte: u8,
    },
    /// Read the bytes as this charset.
    Decode(Cow<'static, str>),
    /// Undo HTML entities and numeric references.
    Unescape(Cow<'static, str>),
    /// Apply steps to a part of the text only.
    Part {
        /// The part, in bytes of the text as it stands before this step.
        span: Range<usize>,
        /// What is done to it.
        steps: Vec<Step>,
    },
    /// Put this text in the place of what stands there: the damage left no bytes to read.
    Write(String),
}

impl Step {
    /// Whether bytes are read as UTF-8 in this step: mojibake is undone.
    pub(crate) fn reads_utf8(&self) -> bool {
        match self {
            Step::Decode(charset) => charset == codec::UTF8,
            Step::Part { steps, .. } => steps.iter().any(Step::reads_utf8),
            _ => false,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Encode(charset) => write!(f, "encode {charset}"),
            Step::Restore { at, byte } => write!(f, "restore byte {byte:02X} at {at}"),
            Step::Replace { at, len: 1, byte } => write!(f, "replace byte at {at} by {byte:02X}"),
            Step::Replace { at, len, byte } => {
                write!(f, "replace {len} bytes at {at} by {byte:02X}")
            }
            Step::Decode(charset) => write!(f, "decode {charset}"),
            Step::Unescape(what) => write!(f, "unescape {what}"),
            Step::Part { span, steps } => {
                write!(f, "at {}-{}:", span.start, span.end)?;
                for (i, step) in steps.iter().enumerate() {
                    write!(f, "{} {step}", if i == 0 { "" } else { ";" })?;
                }
                Ok(())
            }
            Step::Write(text) => write!(f, "write {text:?}"),
        }
    }
}

/// Applies steps to a text, in order: what a repair reports, done again.
///
/// ```
/// use artclean::{Step, replay};
/// let steps = [Step::Encode("windows-874+1252".into()), Step::Decode("UTF-8".into())];
/// assert_eq!(replay("\u{E42}\u{20AC}\u{201D}", &steps).as_deref(), Some("\u{2014}"));
/// ```
pub fn replay(before: &str, steps: &[Step]) -> Option<String> {
    let mut text = before.to_owned();
    let mut bytes: Vec<u8> = Vec::new();
    for step in steps {
        match step {
            Step::Encode(charset) => bytes = codec::encode(&text, charset)?,
            Step::Restore { at, byte } => {
                if *at > bytes.len() {
                    return None;
                }
                bytes.insert(*at, *byte);
            }
            Step::Replace { at, len, byte } => {
                let end = at.checked_add(*len).filter(|end| *end <= bytes.len())?;
                bytes.splice(*at..end, [*byte]);
            }
            Step::Decode(charset) => text = codec::decode(&bytes, charset)?,
            Step::Unescape(what) => text = codec::unescape(&text, what)?,
            Step::Part { span, steps } => {
                let part = replay(text.get(span.clone())?, steps)?;
                text.replace_range(span.clone(), &part);
            }
            Step::Write(new) => text.clone_from(new),
        }
    }
    Some(text)
}

/// The repair as one line in words, as `-v` prints it: how the text became what stood there.
///
/// ```
/// use artclean::{Step, in_words};
/// let steps = [Step::Encode("windows-874+1252".into()), Step::Decode("UTF-8".into())];
/// assert_eq!(
///     in_words("\u{E42}\u{20AC}\u{201D}", "\u{2014}", &steps),
///     "\u{2014} \u{2192} UTF-8 E2 80 94 \u{2192} read as windows-874+1252 \u{2192} \u{E42}\u{20AC}\u{201D}"
/// );
/// ```
pub fn in_words(before: &str, after: &str, steps: &[Step]) -> String {
    let mut words = after.to_owned();
    let arrow = " \u{2192} ";
    for step in steps.iter().rev() {
        match step {
            Step::Decode(charset) => {
                words.push_str(arrow);
                words.push_str(charset);
                if let (true, Some(bytes)) = (steps.len() == 2, codec::encode(after, charset)) {
                    for byte in bytes {
                        words.push_str(&format!(" {byte:02X}"));
                    }
                }
            }
            Step::Encode(charset) => words.push_str(&format!("{arrow}read as {charset}")),
            Step::Restore { byte, .. } => words.push_str(&format!("{arrow}byte {byte:02X} lost")),
            Step::Replace { byte, .. } => {
                words.push_str(&format!("{arrow}byte {byte:02X} altered"))
            }
            Step::Unescape(what) => words.push_str(&format!("{arrow}written as {what}")),
            Step::Part { steps, .. } => {
                for part in steps.iter().rev() {
                    match part {
                        Step::Encode(charset) => {
                            words.push_str(&format!("{arrow}read as {charset} in part"));
                        }
                        Step::Unescape(what) => {
                            words.push_str(&format!("{arrow}written as {what} in part"));
                        }
                        _ => {}
                    }
                }
            }
            Step::Write(_) => words.push_str(&format!("{arrow}lost but for the context")),
        }
    }
    words.push_str(arrow);
    words.push_str(before);
    words
}
