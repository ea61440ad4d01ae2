//! Reading: a JSON string that holds surrogates, half by half, to a text.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::bytes::surrogate_bytes;
use super::{Mending, Unescaped};
use crate::edit::{Certainty, Edit};
use crate::rules::Rule;

/// A string on its way to a text.
pub(super) struct Reading<'r> {
    /// The string as it is written.
    raw: &'r [u8],
    /// The same, if it is UTF-8, as nearly all are.
    utf8: Option<&'r str>,
    mending: Mending,
    text: String,
    mended: Vec<(Edit, String)>,
    lost: Vec<(usize, Range<usize>)>,
    /// How many U+FFFD stand in the text up to an offset.
    replaced: (usize, usize),
}

/// A surrogate as the string has it.
struct Half {
    unit: u16,
    written: Range<usize>,
    /// Whether it is bytes, not an escape.
    raw: bool,
}

impl<'r> Reading<'r> {
    pub(super) fn of(raw: &'r [u8], utf8: Option<&'r str>, mending: Mending) -> Reading<'r> {
        Reading {
            raw,
            utf8,
            mending,
            text: String::with_capacity(raw.len()),
            mended: Vec::new(),
            lost: Vec::new(),
            replaced: (0, 0),
        }
    }

    pub(super) fn read(mut self) -> Unescaped<'r> {
        let end = self.raw.len().saturating_sub(1);
        let mut at = 1;
        let mut halves: Vec<Half> = Vec::new();
        while at < end {
            let (unit, length, raw) = match &self.raw[at..end] {
                [b'\\', b'u', digits @ ..] => (hexadecimal(digits), 6, false),
                [b'\\', escaped, ..] => (Some(meant_by(*escaped)), 2, false),
                rest => (surrogate_bytes(rest), 3, true),
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
            at += if raw {
                self.stretch(at..end)
            } else {
                let character = unit.and_then(|unit| char::from_u32(unit.into()));
                self.text.push(character.unwrap_or('\u{FFFD}'));
                length
            };
        }
        self.run(&halves);
        Unescaped {
            text: Cow::Owned(self.text),
            damaged: !(self.mended.is_empty() && self.lost.is_empty()),
            mended: self.mended,
            lost: self.lost,
        }
    }

    /// Reads what is neither a surrogate nor an escape, up to the next one. Gives its length.
    fn stretch(&mut self, rest: Range<usize>) -> usize {
        let start = rest.start;
        let rest = &self.raw[rest];
        let length = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        if let Some(stretch) = self.utf8.and_then(|text| text.get(start..start + length)) {
            self.text.push_str(stretch);
            return length;
        }
        let stretch = &rest[..length];
        match std::str::from_utf8(stretch) {
            Ok(text) => {
                self.text.push_str(text);
                length
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
        let start = self.text.len();
        let (count, counted) = self.replaced;
        let before = count + self.text[counted..].matches('\u{FFFD}').count();
        self.replaced = (before, start);
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

/// The code unit that an escape of two characters stands for.
fn meant_by(escaped: u8) -> u16 {
    let byte = match escaped {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 8,
        b'f' => 12,
        other => other,
    };
    byte.into()
}

fn hexadecimal(digits: &[u8]) -> Option<u16> {
    let digits = digits.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
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
