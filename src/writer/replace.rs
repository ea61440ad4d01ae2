//! Replace: puts new content in a file's place, all of it or none.
//!
//! The content is written to a temporary file beside the target, which then takes the target's name:
//! a full disk, a crash or a kill leaves the old file as it was. The new file keeps the mode and the
//! owner; a symbolic link stays one, and the file it points to is replaced.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What the name of a replacement in the making begins with; the number of the process follows.
pub const UNFINISHED: &str = ".artclean-";

/// Takes away what killed runs left unfinished in `folder`, and gives how much that was. What
/// belongs to a process that is still there stays; where that cannot be told, everything does.
///
/// # Errors
/// The folder cannot be read, or a file in it not be removed.
pub fn sweep(folder: &Path) -> io::Result<usize> {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return Ok(0);
    }
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(UNFINISHED)?.split_once('-'))
            .filter(|(process, _)| process.parse::<u32>().is_ok());
        if let Some((process, _)) = process
            && !processes.join(process).exists()
        {
            fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// What replacing a file did beside the wish.
#[derive(Debug)]
pub struct Replaced {
    /// Other names (hard links) of the old file, which keep the old content.
    pub other_names: u64,
    /// The new file, which is still open.
    pub file: File,
}

/// A place to put a file: what is there, and where its name leads if that is a link.
#[derive(Debug)]
pub struct Place {
    target: PathBuf,
    is_link: bool,
    old: Option<Metadata>,
}

impl Place {
    /// Looks at `path`, which need not exist.
    ///
    /// # Errors
    /// It is there and is no file, it cannot be looked at, or a link leads nowhere.
    pub fn at(path: &Path) -> io::Result<Place> {
        let mut place = Place {
            target: path.to_owned(),
            is_link: false,
            old: None,
        };
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => {
                place.target = fs::canonicalize(path)?;
                place.is_link = true;
                place.old = Some(fs::metadata(&place.target)?);
            }
            Ok(metadata) => place.old = Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        if place.old.as_ref().is_some_and(|old| !old.is_file()) {
            return Err(io::Error::other("it is no regular file"));
        }
        Ok(place)
    }

    /// Where a link leads.
    #[must_use]
    pub fn linked(&self) -> Option<&Path> {
        self.is_link.then_some(self.target.as_path())
    }
}

/// A replacement in the making. Dropped before [`finish`](Replacement::finish), it leaves no trace.
#[derive(Debug)]
pub struct Replacement {
    target: PathBuf,
    file: NamedTempFile,
    old: Option<Metadata>,
}

impl Replacement {
    /// Begins a replacement of what is at `place`.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn begin(place: &Place) -> io::Result<Replacement> {
        let folder = place
            .target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        let prefix = format!("{UNFINISHED}{}-", std::process::id());
        builder.prefix(&prefix);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A new file gets the mode the caller's umask leaves of 666, as any other program's does.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        Ok(Replacement {
            target: place.target.clone(),
            file,
            old: place.old.clone(),
        })
    }

    /// Puts the new content in the file's place.
    ///
    /// # Errors
    /// The content could not be written in full, or the file may not be replaced; the old file is
    /// as it was.
    pub fn finish(mut self) -> io::Result<Replaced> {
        self.file.flush()?;
        if let Some(old) = &self.old {
            keep_mode_and_owner(self.file.as_file(), old)?;
        }
        let other_names = self.old.as_ref().map_or(0, names).saturating_sub(1);
        let file = self
            .file
            .persist(&self.target)
            .map_err(|error| error.error)?;
        Ok(Replaced { other_names, file })
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Puts `content` in the place of the file at `path`.
///
/// # Errors
/// As [`Place::at`], [`Replacement::begin`] and [`Replacement::finish`].
pub fn replace(path: &Path, content: &[u8]) -> io::Result<Replaced> {
    let mut replacement = Replacement::begin(&Place::at(path)?)?;
    replacement.write_all(content)?;
    replacement.finish()
}

#[cfg(unix)]
fn keep_mode_and_owner(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    // After the owner, since changing the owner clears some bits of the mode.
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_mode_and_owner(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}
