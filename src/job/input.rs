//! Input: opens what is to be cleaned, whatever it is compressed with, and tells its format.

use std::cell::Cell;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use artclean::formats::Format;
use artclean::formats::compression::{self, Compression};
use artclean::formats::jsonl;
use artclean::reader::whole_characters;

use super::{Done, Job, unreadable};
use crate::files::Source;
use crate::manifest::Stamp;
use crate::report::name;
use crate::settings::{Mode, Settings};

/// What is read at a time: all of most files.
const BUFFER: usize = 64 * 1024;

/// As much of a buffer is kept for the next file.
const KEPT: usize = 1 << 20;

thread_local! {
    /// The buffer of the last file. A folder has thousands of small ones, for each of which the system would
    /// have to find memory.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A reader that can move to another thread.
pub type Reader = Box<dyn BufRead + Send>;

/// An input that is open.
pub struct Input {
    /// What was read of it, decompressed, and room for more.
    buffer: Vec<u8>,
    /// How much that is.
    length: usize,
    /// What gives the rest; `None` at its end.
    rest: Option<Reader>,
    pub compression: Option<Compression>,
    pub format: Format,
    /// The file's size and time as it was opened; `None` of what is no file, and where nobody asks.
    pub stamp: Option<Stamp>,
}

impl Input {
    /// Opens `source`.
    ///
    /// # Errors
    /// It cannot be read, or the run is to stop.
    pub fn open(source: &Source, settings: &Settings, stop: &Arc<AtomicBool>) -> io::Result<Input> {
        let mut input = match source {
            Source::Stdin(_) => {
                let reader = BufReader::with_capacity(BUFFER, io::stdin());
                let mut input = Input::new(Box::new(reader), None);
                input.fill(Format::TELLING_BYTES)?;
                input
            }
            Source::File { path, named, .. } => {
                // A folder has thousands of files, of which a check wants to know only what they hold.
                let asks = *named || !settings.mode.checks() || settings.manifest.is_some();
                let stop = Arc::clone(stop);
                let file = File::open(path)?;
                Input::of_file(Stoppable { file, stop }, asks)?
            }
        };
        input.compression = Compression::from_start(input.start());
        if let Some(compression) = input.compression {
            let stamp = input.stamp;
            let reader = compression.reader(input.into_reader())?;
            input = Input::new(reader, stamp);
            input.compression = Some(compression);
            input.fill(Format::TELLING_BYTES)?;
        }
        let by_name = Format::from_name(source.path());
        let start = input.start();
        let start = &start[..start.len().min(Format::TELLING_BYTES)];
        input.format = match (settings.from, by_name) {
            (Some(format), _) => format,
            (None, by_name) if settings.mode.checks() => {
                checked_format(by_name, source, start, settings)
            }
            (None, Some(format)) => format,
            (None, None) => Format::from_start(start),
        };
        Ok(input)
    }

    fn new(reader: Reader, stamp: Option<Stamp>) -> Input {
        Input {
            buffer: SPARE.take(),
            length: 0,
            rest: Some(reader),
            compression: None,
            format: Format::Text,
            stamp,
        }
    }

    /// A file, of which as much is read as is read at a time. Its size and time are asked for, or else only
    /// where it goes on.
    fn of_file(mut file: Stoppable, asks: bool) -> io::Result<Input> {
        let stamp = if asks { stamp_of(&file.file)? } else { None };
        let mut input = Input::new(Box::new(io::empty()), stamp);
        // What has the size it had when it was opened is read to its end. Some special files say 0.
        let size = stamp.map_or(0, |stamp| stamp.size.min(BUFFER as u64) as usize);
        let most = if size > 0 { size } else { BUFFER };
        let ended = input.fill_from(&mut file, most)? || most < BUFFER;
        if !ended && !asks {
            input.stamp = stamp_of(&file.file)?;
        }
        input.rest =
            (!ended).then(|| -> Reader { Box::new(BufReader::with_capacity(BUFFER, file)) });
        Ok(input)
    }

    /// What was read of it.
    pub fn start(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// Reads on until there are `most` bytes, if it has so many. A stream that is damaged before is told
    /// to who reads on.
    pub fn fill(&mut self, most: usize) -> io::Result<()> {
        let Some(mut rest) = self.rest.take() else {
            return Ok(());
        };
        match self.fill_from(&mut rest, most) {
            Ok(true) => return Ok(()),
            Err(error) if !compression::is_damage(&error) => return Err(error),
            _ => {}
        }
        self.rest = Some(rest);
        Ok(())
    }

    /// Reads on in `rest` until there are `most` bytes; whether it ended before.
    fn fill_from(&mut self, rest: &mut impl Read, most: usize) -> io::Result<bool> {
        while self.length < most {
            if self.length == self.buffer.len() {
                let room = self.expected().max(2 * self.length).max(BUFFER);
                self.buffer.resize(room.min(most), 0);
            }
            let room = self.buffer.len().min(most);
            match rest.read(&mut self.buffer[self.length..room]) {
                Ok(0) => return Ok(true),
                Ok(read) => self.length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// All of it, to be read once.
    pub fn into_reader(mut self) -> Reader {
        let mut start = std::mem::take(&mut self.buffer);
        start.truncate(self.length);
        let start = Cursor::new(start);
        match self.rest.take() {
            Some(rest) => Box::new(start.chain(rest)),
            None => Box::new(start),
        }
    }

    /// How many bytes there may be to read: what a file said when it was opened, as far as that is worth
    /// believing, and one more, with which its end is seen.
    fn expected(&self) -> usize {
        /// A file may have changed since, and one that was compressed is longer.
        const MOST: u64 = 1 << 20;
        let size = self.stamp.as_ref().map_or(0, |stamp| stamp.size);
        size.min(MOST) as usize + 1
    }
}

/// A file that is read no further once the run is to stop.
struct Stoppable {
    file: File,
    stop: Arc<AtomicBool>,
}

impl Read for Stoppable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("the run is to stop"));
        }
        self.file.read(buffer)
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        let mut buffer = std::mem::take(&mut self.buffer);
        if !buffer.is_empty() {
            buffer.truncate(KEPT);
            buffer.shrink_to(KEPT);
            SPARE.set(buffer);
        }
    }
}

/// Bytes of the largest article that is taken out of a compressed file. A few kilobytes can be made
/// to decompress to more than any memory holds; the longest articles have a few megabytes.
const LARGEST_COMPRESSED_ARTICLE: usize = 1 << 30;

impl Job<'_> {
    /// The whole of an input; of a damaged stream what came before the damage, unless the file itself
    /// is to be replaced by it. `None` where there is nothing to clean.
    pub(super) fn read_whole<'i>(&self, input: &'i mut Input, done: &mut Done) -> Option<&'i [u8]> {
        let path = || name(self.source.path());
        let limit = match input.compression {
            Some(_) => LARGEST_COMPRESSED_ARTICLE,
            None => usize::MAX,
        };
        let read = match input.rest.take() {
            Some(mut rest) => input.fill_from(&mut rest, limit),
            None => Ok(true),
        };
        let bytes = input.start();
        match read {
            Ok(false) => {
                done.fail(format!(
                    "{}: holds more than {} MiB in one article: decompress it first",
                    path(),
                    limit >> 20
                ));
                None
            }
            Ok(true) => Some(bytes),
            Err(_) if self.is_stopped() => {
                done.stop = true;
                None
            }
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
                self.recovered(&error, done);
                Some(whole_characters(bytes))
            }
            Err(error) => {
                done.fail(format!("{}: {}", path(), unreadable(&error)));
                None
            }
        }
    }

    /// Tells that what came before the damage to a stream was recovered.
    pub(super) fn recovered(&self, damage: &io::Error, done: &mut Done) {
        done.fail(format!(
            "{}: {damage}; what came before was recovered",
            name(self.source.path())
        ));
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

/// The size and time of a file that is open.
fn stamp_of(file: &File) -> io::Result<Option<Stamp>> {
    let metadata = file.metadata()?;
    refuse_devices(file, &metadata)?;
    Ok(Stamp::of(&metadata))
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
