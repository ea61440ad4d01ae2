//! Store: what a job made, put in a file's place or under the output folder, whole or not at all.

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use artclean::formats::compression::{Compression, Compressor};
use artclean::writer::replace::{Place, Replaced, Replacement};

use super::in_place::InPlace;
use super::input::{Input, Reader};
use super::{Done, Failure, Job};
use crate::manifest::Stamp;
use crate::report::{Tally, name, places};
use crate::settings::{Loudness, Mode};

impl Job<'_> {
    /// Writes what `content` makes of an input as it comes; in place if it is another than it was.
    pub(super) fn store_stream(
        &self,
        input: Input,
        done: &mut Done,
        content: impl FnOnce(Reader, &mut dyn Write, &mut Done) -> Result<(), Failure>,
    ) {
        let mut told = Done::default();
        let (compression, stamp) = (input.compression, input.stamp);
        let making = |file: &mut dyn Write| content(input.into_reader(), file, &mut told);
        let written = if self.settings.mode == Mode::Write {
            self.stored(done, |place| {
                let mut in_place = InPlace::begin(place, compression, || self.again(stamp))?;
                making(&mut in_place)?;
                Ok(in_place.finish()?)
            })
        } else {
            self.store(compression, done, making)
        };
        if !written {
            // What was cleaned in vain does not count.
            told.tally = Tally {
                failed: told.tally.failed,
                skipped: told.tally.skipped,
                ..Tally::default()
            };
        }
        done.add(told);
    }

    /// The input once more, if it is still the file it was.
    fn again(&self, stamp: Option<Stamp>) -> io::Result<Reader> {
        let input = Input::open(self.source, self.settings, self.stop)?;
        if input.stamp != stamp {
            return Err(io::Error::other("it was changed while it was read"));
        }
        Ok(input.into_reader())
    }

    /// Writes the file this job is for, compressed as it was found, and says whether it did.
    pub(super) fn store(
        &self,
        compression: Option<Compression>,
        done: &mut Done,
        content: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> bool {
        self.stored(done, |place| {
            let mut new = Making::begin(&place, compression)?;
            content(&mut new)?;
            Ok(Some(new.finish()?))
        })
    }

    /// Tells what became of the file this job is for, which `replace` replaces if need be, and says whether it
    /// is as it should be.
    fn stored(
        &self,
        done: &mut Done,
        replace: impl FnOnce(Place) -> Result<Option<Replaced>, Failure>,
    ) -> bool {
        let path = self.written();
        let stored = self
            .place(path)
            .map_err(Failure::Output)
            .and_then(replace)
            .map_err(|failure| self.ended(failure, done));
        let why = match stored {
            Ok(None) => return true,
            Ok(Some(replaced)) => {
                if self.settings.manifest.is_some() {
                    let written = replaced.file.metadata().ok();
                    done.written = written.as_ref().and_then(Stamp::of);
                }
                if replaced.other_names > 0 && self.settings.loudness > Loudness::Quiet {
                    done.notes.push(format!(
                        "{}: has {} (hard links), which keep the old content",
                        name(path),
                        places(
                            usize::try_from(replaced.other_names).unwrap_or(usize::MAX),
                            "other name"
                        )
                    ));
                }
                return true;
            }
            // What stopped it was told already.
            Err(Failure::Stopped) => {
                done.tally = Tally::default();
                return false;
            }
            Err(Failure::Output(error)) => error.to_string(),
            Err(Failure::Input(error)) => format!("it cannot be read to its end: {error}"),
        };
        done.tally = Tally::default();
        done.fail(format!(
            "{}: cannot be written, and is as it was: {why}",
            name(path)
        ));
        false
    }

    /// Where the file goes. Refuses what lies outside the output folder though its name does not: a link
    /// in there can lead anywhere.
    fn place(&self, path: &Path) -> io::Result<Place> {
        let inside = match &self.settings.mode {
            Mode::Output(folder) => Some(Inside::new(folder, path)?),
            _ => None,
        };
        let place = Place::at(path)?;
        if let (Some(inside), Some(target)) = (inside, place.linked()) {
            inside.check(target)?;
        }
        Ok(place)
    }
}

/// The output folder, and the folder in it that a file goes to, there and looked at.
struct Inside<'f> {
    folder: &'f Path,
}

thread_local! {
    /// The folder this thread wrote to last, which need not be looked at for each of its files.
    static LAST: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

impl<'f> Inside<'f> {
    /// Makes the folder that the file at `path` goes to, unless it would come to lie elsewhere.
    fn new(folder: &'f Path, path: &Path) -> io::Result<Inside<'f>> {
        let inside = Inside { folder };
        let parent = path.parent().unwrap_or(folder);
        if LAST.with_borrow(|last| last.as_deref() == Some(parent)) {
            return Ok(inside);
        }
        fs::create_dir_all(folder)?;
        inside.check(&deepest_that_exists(parent)?)?;
        fs::create_dir_all(parent)?;
        LAST.set(Some(parent.to_owned()));
        Ok(inside)
    }

    fn check(&self, place: &Path) -> io::Result<()> {
        if place.starts_with(fs::canonicalize(self.folder)?) {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "a link leads to {}, out of the output folder: remove the link",
            name(place)
        )))
    }
}

/// Where the innermost folder of a path leads that is there already.
fn deepest_that_exists(folder: &Path) -> io::Result<PathBuf> {
    let mut part = folder;
    // A link that leads nowhere is there too: what is made through it would come into being there.
    while fs::symlink_metadata(part).is_err() {
        match part.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => part = parent,
            _ => return fs::canonicalize("."),
        }
    }
    fs::canonicalize(part)
}

/// A file in the making, compressed as it was found.
#[expect(clippy::large_enum_variant, reason = "a thread makes one at a time")]
pub(super) enum Making {
    Plain(BufWriter<Replacement>),
    Compressed(Compressor<BufWriter<Replacement>>),
}

impl Making {
    pub(super) fn begin(place: &Place, compression: Option<Compression>) -> io::Result<Making> {
        let buffered = BufWriter::new(Replacement::begin(place)?);
        Ok(match compression {
            None => Making::Plain(buffered),
            Some(compression) => Making::Compressed(compression.writer(buffered)?),
        })
    }

    /// Puts it in its place.
    pub(super) fn finish(self) -> io::Result<Replaced> {
        let buffered = match self {
            Making::Plain(buffered) => buffered,
            Making::Compressed(compressor) => compressor.finish()?,
        };
        buffered.into_inner()?.finish()
    }
}

impl Write for Making {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Making::Plain(buffered) => buffered.write(bytes),
            Making::Compressed(compressor) => compressor.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Making::Plain(buffered) => buffered.flush(),
            Making::Compressed(compressor) => compressor.flush(),
        }
    }
}
