//! Own: the files that a run has for itself beside the articles. None of them is an input, and what is written to
//! one - a report, a manifest, a profile - takes the place of an earlier one of its kind, and of nothing else.
//!
//! Where FILE was forgotten, the first article stands in its place: it would be gone before anybody could say so.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use artclean::normalizer::boilerplate::Profile;
use artclean::writer::overview::Overview;

use crate::files::is_special;
use crate::manifest;
use crate::report::name;
use crate::settings::Settings;

/// What a file is to the run that has it for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is only read: settings, a baseline, a profile.
    Read,
    /// The baseline that is written.
    Baseline,
    /// The report.
    Report,
    /// The manifest.
    Manifest,
    /// The profile that is learnt.
    Profile,
}

impl Role {
    /// The flag that has such a file written, and what the file is.
    fn written(self) -> Option<(&'static str, &'static str)> {
        match self {
            Role::Read => None,
            Role::Baseline => Some(("--write-baseline", "baseline")),
            Role::Report => Some(("--report", "report")),
            Role::Manifest => Some(("--manifest", "manifest")),
            Role::Profile => Some(("--learn", "site profile")),
        }
    }

    /// Whether a file may have this role, by what it holds.
    fn suits(self, reader: &mut dyn BufRead) -> io::Result<bool> {
        match self {
            // They are read before anything is written.
            Role::Read | Role::Baseline => Ok(true),
            Role::Report => is_report(reader),
            Role::Manifest => manifest::is_manifest(reader),
            Role::Profile => is_profile(reader),
        }
    }
}

/// A file that a run has for itself.
#[derive(Debug)]
pub struct Own {
    path: PathBuf,
    /// Where the path leads.
    place: PathBuf,
    role: Role,
}

impl Own {
    pub fn new(path: &Path, role: Role) -> Own {
        Own {
            path: path.to_owned(),
            place: place(path),
            role,
        }
    }

    /// Refuses a file that was named as an input, if it would be written over before or after it is read. A check
    /// goes over what it is given, and passes over its baseline.
    pub fn refuse_as_input(&self, input: &Path) -> Result<()> {
        match self.role.written() {
            Some((flag, _)) if self.role != Role::Baseline => bail!(
                "{}: is an input, and {flag} would write over it: name another file for {flag}, or leave this one out",
                name(input)
            ),
            _ => Ok(()),
        }
    }
}

/// The file that `path` leads to, if the run has it for itself. Whether the path `is_link` its caller may know.
pub fn at<'s>(path: &Path, is_link: bool, settings: &'s Settings) -> Option<&'s Own> {
    let has_name = |own: &Own| own.place.file_name() == path.file_name();
    // To follow every path of a folder would take its time.
    if !is_link && !settings.own_files.iter().any(has_name) {
        return None;
    }
    let place = place(path);
    settings.own_files.iter().find(|own| own.place == place)
}

/// Refuses to begin a run that would write over somebody else's file, or two things to one file.
///
/// # Errors
/// There is such a file, or it cannot be told what it is.
pub fn refuse(settings: &Settings) -> Result<()> {
    let own_files = &settings.own_files;
    for (at, own) in own_files.iter().enumerate() {
        let Some((flag, kind)) = own.role.written() else {
            continue;
        };
        // Of what is written only the manifest is written where it stands, which a pipe or a terminal can be.
        if own.role == Role::Manifest && is_special(&own.path) {
            continue;
        }
        let path = name(&own.path);
        let may = may_take(own).with_context(|| format!("{path}: cannot be used for {flag}"))?;
        if !may {
            bail!(
                "{path}: is no {kind}, and {flag} would write over it: name another file, or take this one away"
            );
        }
        let mut others = own_files[..at]
            .iter()
            .filter(|other| other.place == own.place);
        if let Some((other, _)) = others.find_map(|other| other.role.written()) {
            bail!("{path}: {other} and {flag} would both write to it: name two files");
        }
        if !settings.mode.writes() && is_stream(&io::stdout(), &own.path) {
            bail!("{path}: {flag} would write over standard output: name two files");
        }
    }
    Ok(())
}

/// Refuses standard input that comes from a file which the run would write over.
pub fn refuse_stdin(settings: &Settings) -> Result<()> {
    let mut own_files = settings.own_files.iter();
    match own_files.find(|own| is_stream(&io::stdin(), &own.path)) {
        Some(own) => own.refuse_as_input(&own.path),
        None => Ok(()),
    }
}

/// Refuses copies under `folder` that would take the place of what the run has for itself.
pub fn refuse_copies(targets: &[PathBuf], folder: &Path, settings: &Settings) -> Result<()> {
    let folder = place(folder);
    let inside = |own: &&Own| own.place.starts_with(&folder);
    let own_files: Vec<_> = settings.own_files.iter().filter(inside).collect();
    if own_files.is_empty() {
        return Ok(());
    }
    for target in targets {
        let place = place(target);
        if let Some(own) = own_files.iter().find(|own| own.place == place) {
            let what = match own.role.written() {
                Some((flag, _)) => format!("{flag} would write over it"),
                None => "this run reads it".to_owned(),
            };
            bail!(
                "{}: a copy of an input goes there, and {what}: name another file, or another folder",
                name(target)
            );
        }
    }
    Ok(())
}

/// Where a path leads, whether or not there is a file yet: one path for all names of a file.
fn place(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let through = |there: &Path| {
        let rest = path.strip_prefix(there).ok()?;
        Some(there.canonicalize().ok()?.join(rest))
    };
    path.ancestors().find_map(through).unwrap_or(path.clone())
}

/// Whether a standard stream is a file that lies at `path`.
#[cfg(unix)]
fn is_stream(stream: &impl std::os::fd::AsFd, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let stream = stream.as_fd().try_clone_to_owned();
    let stream = stream.and_then(|stream| File::from(stream).metadata());
    let id = |file: fs::Metadata| (file.dev(), file.ino());
    match (stream, fs::metadata(path)) {
        (Ok(stream), Ok(file)) => stream.is_file() && id(stream) == id(file),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_stream<S>(_: &S, _: &Path) -> bool {
    false
}

/// Whether nothing is lost where this file is written to.
fn may_take(own: &Own) -> io::Result<bool> {
    let metadata = match fs::metadata(&own.path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // What it leads to may be made before it is written to.
            return if own.path.is_symlink() {
                Err(io::Error::other("the link leads nowhere"))
            } else {
                Ok(true)
            };
        }
        metadata => metadata?,
    };
    let is_one = || own.role.suits(&mut BufReader::new(File::open(&own.path)?));
    Ok(metadata.is_file() && (metadata.len() == 0 || is_one()?))
}

fn is_report(reader: &mut dyn BufRead) -> io::Result<bool> {
    let mut start = Vec::new();
    reader
        .take(Overview::TELLING_BYTES)
        .read_to_end(&mut start)?;
    Ok(Overview::begins_page(&start))
}

fn is_profile(reader: &mut dyn BufRead) -> io::Result<bool> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let profile = str::from_utf8(&bytes).map(Profile::from_toml);
    Ok(matches!(profile, Ok(Ok(_))))
}
