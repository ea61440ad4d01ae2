//! Store: what a job made, put in a file's place or under the output folder, whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use artclean::formats::compression::Compression;
use artclean::writer::replace::{Replaced, Replacement};

use super::{Done, Failure, Job};
use crate::manifest::Stamp;
use crate::report::{Tally, name, places};
use crate::settings::{Loudness, Mode};

impl Job<'_> {
    /// Writes the file this job is for, compressed as it was found.
    pub(super) fn store(
        &self,
        compression: Option<Compression>,
        done: &mut Done,
        content: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) {
        let path = self.target.as_deref().unwrap_or(self.source.path());
        let stored = self
            .may_write(path)
            .map_err(Failure::Output)
            .and_then(|()| store(path, compression, content));
        let why = match stored {
            Ok(replaced) => {
                done.written = Some(Stamp::new(replaced.size, replaced.modified));
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
                return;
            }
            // What stopped it was told already.
            Err(Failure::Stopped) => {
                done.tally = Tally::default();
                return;
            }
            Err(Failure::Output(error)) => error.to_string(),
            Err(Failure::Input(error)) => format!("it cannot be read to its end: {error}"),
        };
        done.tally = Tally::default();
        done.fail(format!(
            "{}: cannot be written, and is as it was: {why}",
            name(path)
        ));
    }

    /// Refuses what is no file, and what lies outside the output folder though its name does not: a
    /// link in there can lead anywhere.
    fn may_write(&self, path: &Path) -> io::Result<()> {
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::Error::other("it is no regular file"));
        }
        let Mode::Output(folder) = &self.settings.mode else {
            return Ok(());
        };
        fs::create_dir_all(folder)?;
        let (inside, folder) = (deepest_that_exists(path)?, fs::canonicalize(folder)?);
        if !inside.starts_with(&folder) {
            return Err(io::Error::other(format!(
                "a link leads to {}, out of the output folder: remove the link",
                name(&inside)
            )));
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(())
    }
}

/// Where the path leads, or the innermost folder of it that is there already.
fn deepest_that_exists(path: &Path) -> io::Result<PathBuf> {
    let mut part = path;
    // A link that leads nowhere exists too: what is written through it would come into being there.
    while fs::symlink_metadata(part).is_err() {
        match part.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => part = parent,
            _ => return fs::canonicalize("."),
        }
    }
    fs::canonicalize(part)
}

fn store(
    path: &Path,
    compression: Option<Compression>,
    content: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<Replaced, Failure> {
    let mut replacement = Replacement::begin(path)?;
    let mut buffered = BufWriter::new(&mut replacement);
    match compression {
        None => content(&mut buffered)?,
        Some(compression) => {
            let mut compressor = compression.writer(&mut buffered)?;
            content(&mut compressor)?;
            compressor.finish()?;
        }
    }
    buffered.flush()?;
    drop(buffered);
    Ok(replacement.finish()?)
}
