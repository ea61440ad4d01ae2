//! In place: new content of a file as it comes, in flat memory, of which nothing is written while it is the old.

use std::io::{self, BufRead, Read, Write};

use artclean::formats::compression::Compression;
use artclean::writer::replace::{Place, Replaced};

use super::input::Reader;
use super::store::Making;

/// A file's new content, compared with the old until they differ.
pub(super) struct InPlace<F: FnMut() -> io::Result<Reader>> {
    place: Place,
    compression: Option<Compression>,
    /// Opens the old content.
    open: F,
    /// What comes of it behind what was the same.
    old: Reader,
    /// Bytes that were the same.
    same: u64,
    /// What is written since they differ.
    new: Option<Making>,
}

impl<F: FnMut() -> io::Result<Reader>> InPlace<F> {
    pub(super) fn begin(
        place: Place,
        compression: Option<Compression>,
        mut open: F,
    ) -> io::Result<Self> {
        Ok(InPlace {
            place,
            compression,
            old: open()?,
            open,
            same: 0,
            new: None,
        })
    }

    /// Puts the new content in the file's place; `None` where it is the old.
    pub(super) fn finish(mut self) -> io::Result<Option<Replaced>> {
        if self.new.is_none() && !self.old.fill_buf()?.is_empty() {
            self.differ()?;
        }
        self.new.map(Making::finish).transpose()
    }

    /// Whether the old content goes on with these bytes.
    fn goes_on(&mut self, mut bytes: &[u8]) -> io::Result<bool> {
        while !bytes.is_empty() {
            let old = self.old.fill_buf()?;
            let length = old.len().min(bytes.len());
            if length == 0 || old[..length] != bytes[..length] {
                return Ok(false);
            }
            self.old.consume(length);
            bytes = &bytes[length..];
        }
        Ok(true)
    }

    /// Begins to write, with what was the same.
    fn differ(&mut self) -> io::Result<&mut Making> {
        let mut new = Making::begin(&self.place, self.compression)?;
        io::copy(&mut (self.open)()?.take(self.same), &mut new)?;
        Ok(self.new.insert(new))
    }
}

impl<F: FnMut() -> io::Result<Reader>> Write for InPlace<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(new) = &mut self.new {
            return new.write(bytes);
        }
        if self.goes_on(bytes)? {
            self.same += bytes.len() as u64;
        } else {
            self.differ()?.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.new.as_mut().map_or(Ok(()), Making::flush)
    }
}
