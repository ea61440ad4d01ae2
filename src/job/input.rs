//! Input: opens what is to be cleaned, whatever it is compressed with, and tells its format.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};
use std::sync::Arc;

use artclean::formats::Format;
use artclean::formats::compression::{self, Compression};
use artclean::formats::jsonl;

use super::{Done, Job, unreadable};
use crate::files::Source;
use crate::manifest::Stamp;
use crate::report::name;
use crate::settings::{Mode, Settings};

/// What is read through one buffer.
const BUFFER: usize = 64 * 1024;

/// The least, for what does not say how long it is.
const LEAST_BUFFER: usize = 4 * 1024;

/// Bytes of the buffer that a file is read through: no more than it has, since most have little.
fn buffer_for(metadata: &Metadata) -> usize {
    let size = usize::try_from(metadata.len()).unwrap_or(BUFFER);
    size.saturating_add(1).clamp(LEAST_BUFFER, BUFFER)
}

/// A reader that can move to another thread.
pub type Reader = Box<dyn BufRead + Send>;

/// An input that is open.
pub struct Input {
    /// What it holds, decompressed.
    pub reader: Reader,
    pub compression: Option<Compression>,
    pub format: Format,
    /// The file's size and time as it was opened; `None` of what is no file.
    pub stamp: Option<Stamp>,
}

impl Input {
    /// Opens `source`.
    pub fn open(source: &Source, settings: &Settings) -> io::Result<Input> {
        let (reader, stamp): (Reader, _) = match source {
            Source::Stdin(_) => (
                Box::new(BufReader::with_capacity(BUFFER, io::stdin())),
                None,
            ),
            Source::File { path, .. } => {
                let file = File::open(path)?;
                let metadata = file.metadata()?;
                refuse_devices(&file, &metadata)?;
                (
                    Box::new(BufReader::with_capacity(buffer_for(&metadata), file)),
                    Stamp::of(&metadata),
                )
            }
        };
        let (start, mut reader) = peek(reader, Compression::TELLING_BYTES)?;
        let compression = Compression::from_start(start.as_ref());
        if let Some(compression) = compression {
            reader = compression.reader(reader)?;
        }
        let by_name = Format::from_name(source.path());
        let format = match (settings.from, by_name) {
            (Some(format), _) => format,
            (None, Some(format)) if !settings.mode.checks() => format,
            (None, by_name) => {
                let (start, whole) = peek(reader, Format::TELLING_BYTES)?;
                reader = whole;
                if settings.mode.checks() {
                    checked_format(by_name, source, start.as_ref(), settings)
                } else {
                    Format::from_start(start.as_ref())
                }
            }
        };
        Ok(Input {
            reader,
            compression,
            format,
            stamp,
        })
    }
}

impl Input {
    /// How many bytes there may be to read: what a file said when it was opened, as far as that is worth
    /// believing, and one more, with which its end is seen.
    fn expected(&self) -> usize {
        /// A file may have changed since, and one that was compressed is longer.
        const MOST: u64 = 1 << 20;
        let size = self.stamp.as_ref().map_or(0, |stamp| stamp.size);
        size.min(MOST) as usize + 1
    }
}

/// Bytes of the largest article that is taken out of a compressed file. A few kilobytes can be made
/// to decompress to more than any memory holds; the longest articles have a few megabytes.
const LARGEST_COMPRESSED_ARTICLE: u64 = 1 << 30;

impl Job<'_> {
    /// The whole of an input; of a damaged stream what came before the damage, unless the file itself
    /// is to be replaced by it. `None` where there is nothing to clean.
    pub(super) fn read_whole(&self, input: &mut Input, done: &mut Done) -> Option<Vec<u8>> {
        let path = name(self.source.path());
        let limit = match input.compression {
            Some(_) => LARGEST_COMPRESSED_ARTICLE,
            None => u64::MAX,
        };
        let mut bytes = Vec::with_capacity(input.expected());
        match input.reader.by_ref().take(limit).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 == limit => {
                done.fail(format!(
                    "{path}: holds more than {} MiB in one article: decompress it first",
                    limit >> 20
                ));
                None
            }
            Ok(_) => Some(bytes),
            // What a repository holds to test a decompressor with is no text to check.
            Err(error)
                if compression::is_damage(&error)
                    && self.settings.mode.checks()
                    && !self.is_named() =>
            {
                done.tally.skipped += 1;
                None
            }
            Err(error)
                if compression::is_damage(&error)
                    && self.settings.mode != Mode::Write
                    && !bytes.is_empty() =>
            {
                done.fail(format!("{path}: {error}; what came before was recovered"));
                // The cut can go through a character.
                if let Err(error) = std::str::from_utf8(&bytes)
                    && error.error_len().is_none()
                {
                    bytes.truncate(error.valid_up_to());
                }
                Some(bytes)
            }
            Err(error) => {
                done.fail(format!("{path}: {}", unreadable(&error)));
                None
            }
        }
    }
}

/// The format as a check sees it. Code is full of JSON that is no corpus and of HTML that is no
/// article, with damage anywhere in it: to a check both are text like the rest.
fn checked_format(
    by_name: Option<Format>,
    source: &Source,
    start: &[u8],
    settings: &Settings,
) -> Format {
    let is_records = match by_name {
        Some(Format::Jsonl) => jsonl::is_corpus(start, &settings.field),
        Some(_) => false,
        None => {
            source.path().extension().is_none()
                && Format::from_start(start) == Format::Jsonl
                && jsonl::is_corpus(start, &settings.field)
        }
    };
    if is_records {
        Format::Jsonl
    } else {
        Format::Text
    }
}

/// The first bytes of what `reader` gives, and a reader that gives them again. A stream that is
/// damaged before their end gives fewer; who reads on is told.
pub(super) fn peek(mut reader: Reader, count: usize) -> io::Result<(Start, Reader)> {
    let mut start = Vec::with_capacity(count);
    match reader.by_ref().take(count as u64).read_to_end(&mut start) {
        Err(error) if !compression::is_damage(&error) => Err(error),
        _ => {
            let start = Start(Arc::new(start));
            let again = Cursor::new(start.clone());
            Ok((start, Box::new(again.chain(reader))))
        }
    }
}

/// The first bytes of an input, told by and read again.
#[derive(Clone)]
pub(super) struct Start(Arc<Vec<u8>>);

impl AsRef<[u8]> for Start {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A device never ends, or is a disk. A terminal and a pipe are what people read from.
#[cfg(unix)]
fn refuse_devices(file: &File, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_block_device() || (kind.is_char_device() && !file.is_terminal()) {
        return Err(io::Error::other("it is a device, not a file"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_devices(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
