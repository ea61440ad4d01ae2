//! Parts: the text that bytes become, part by part, each in its charset.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8};

use super::offsets::{Offsets, Table};
use super::reading::Strays;
use super::{DecodeError, Decoded, Undecodable, passed_over, read_as, read_into};
use crate::edit::Edit;

/// The text that bytes become.
pub(super) struct Parts<'b> {
    bytes: &'b [u8],
    text: String,
    table: Table,
    edits: Vec<Edit>,
    /// UTF-8 if any of the text was that, or else the first charset.
    charset: Option<&'static Encoding>,
}

impl<'b> Parts<'b> {
    pub(super) fn new(bytes: &'b [u8], bom: usize) -> Parts<'b> {
        Parts {
            bytes,
            text: String::with_capacity(bytes.len() * 2),
            table: Table::default(),
            edits: passed_over(bom),
            charset: None,
        }
    }

    /// Reads a part in one charset.
    pub(super) fn whole(
        &mut self,
        range: Range<usize>,
        charset: &'static Encoding,
    ) -> Result<(), DecodeError> {
        let start = self.text.len();
        read_into(self.bytes, range, charset, &mut self.text, &mut self.table)?;
        let part = &self.text[start..];
        // One finding for all: every character of it is in the wrong charset.
        if let Some(first) = part.find(|c: char| !c.is_ascii()) {
            let rest = &part[first..];
            let length = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
            let span = start + first..start + first + length;
            self.edits.push(read_as(charset, span, &rest[..length]));
        }
        self.charset.get_or_insert(charset);
        Ok(())
    }

    /// Reads a line as UTF-8 in which single bytes of a charset stand: each becomes the character it
    /// means there.
    pub(super) fn with_strays(
        &mut self,
        range: Range<usize>,
        charset: &'static Encoding,
    ) -> Result<(), DecodeError> {
        let line = &self.bytes[range.clone()];
        let strays = Strays::of(line, charset);
        let mut at = range.start;
        for word in line.split_inclusive(u8::is_ascii_whitespace) {
            if strays.are_all_of(word) {
                self.strays(word, at, charset)?;
                at += word.len();
                continue;
            }
            for chunk in word.utf8_chunks() {
                self.table.add(self.text.len(), at);
                self.text.push_str(chunk.valid());
                at += chunk.valid().len();
                if strays.is_cut(chunk.invalid()) {
                    return Err(malformed(at, UTF_8));
                }
                self.strays(chunk.invalid(), at, charset)?;
                at += chunk.invalid().len();
            }
        }
        self.charset = Some(UTF_8);
        Ok(())
    }

    /// Reads bytes one by one.
    fn strays(
        &mut self,
        bytes: &[u8],
        at: usize,
        charset: &'static Encoding,
    ) -> Result<(), DecodeError> {
        for (at, byte) in (at..).zip(bytes) {
            let read = charset
                .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(byte))
                .filter(|read| byte.is_ascii() || !read.chars().any(char::is_control))
                .ok_or_else(|| malformed(at, charset))?;
            let start = self.text.len();
            self.table.add(start, at);
            self.text.push_str(&read);
            if !byte.is_ascii() {
                self.edits
                    .push(read_as(charset, start..self.text.len(), &read));
            }
        }
        Ok(())
    }

    pub(super) fn end(mut self) -> Decoded<'static> {
        self.table.add(self.text.len(), self.bytes.len());
        Decoded {
            text: Cow::Owned(self.text),
            charset: self.charset.unwrap_or(UTF_8).name(),
            edits: self.edits,
            offsets: Offsets::Table(self.table),
        }
    }
}

fn malformed(offset: usize, charset: &'static Encoding) -> DecodeError {
    DecodeError {
        offset,
        reason: Undecodable::Malformed(charset.name()),
    }
}
