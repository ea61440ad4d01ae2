//! Overwriting: what a run writes beside the clean text - a report, a manifest, a profile - takes the place of
//! an earlier one of its kind, and of nothing else.
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
use crate::settings::{Mode, Settings};

/// Whether a file is one of its kind, by what it holds.
type IsOne = fn(&mut dyn BufRead) -> io::Result<bool>;

/// Refuses to begin a run that would write over somebody else's file.
///
/// # Errors
/// There is such a file, or it cannot be told what it is.
pub fn refuse(settings: &Settings) -> Result<()> {
    let profile = match &settings.mode {
        Mode::Learn(path) => Some(path),
        _ => None,
    };
    // Of the three only the manifest is written where it stands, which a pipe or a terminal can be.
    let manifest = settings.manifest.as_ref().filter(|path| !is_special(path));
    let written: [(Option<&PathBuf>, &str, &str, IsOne); 3] = [
        (settings.report.as_ref(), "--report", "report", is_report),
        (manifest, "--manifest", "manifest", manifest::is_manifest),
        (profile, "--learn", "site profile", is_profile),
    ];
    for (path, flag, kind, is_one) in written {
        let Some(path) = path else { continue };
        let may = may_take(path, is_one)
            .with_context(|| format!("{}: cannot be used for {flag}", name(path)))?;
        if !may {
            bail!(
                "{}: is no {kind}, and {flag} would write over it: name another file, or take this one away",
                name(path)
            );
        }
    }
    Ok(())
}

/// Whether nothing is lost where this path is written to.
fn may_take(path: &Path, is_one: IsOne) -> io::Result<bool> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        metadata => metadata?,
    };
    Ok(metadata.is_file()
        && (metadata.len() == 0 || is_one(&mut BufReader::new(File::open(path)?))?))
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
