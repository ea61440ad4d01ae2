//! Learning: the lines that recur across the articles of one site, counted and kept as its profile.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use artclean::normalizer::boilerplate::Profile;
use artclean::writer::replace::replace;
use artclean::writer::visible::visible;

use crate::report::name;

/// Reads a profile.
///
/// # Errors
/// The file cannot be read, or is no profile.
pub fn read(path: &Path) -> Result<Profile> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("{}: cannot be read as a site profile", name(path)))?;
    Profile::from_toml(&text).with_context(|| name(path))
}

/// The counts of several profiles of one site added up.
///
/// # Errors
/// As [`read`].
pub fn merged(paths: &[PathBuf]) -> Result<Profile> {
    let mut whole = Profile::default();
    for path in paths {
        whole.merge(&read(path)?);
    }
    Ok(whole)
}

/// Writes a profile, and says what it proposes: each recurring line with the number of articles it
/// stands in.
///
/// # Errors
/// The file cannot be written.
pub fn write(profile: &Profile, path: &Path) -> Result<String> {
    replace(path, profile.to_toml().as_bytes())
        .with_context(|| format!("{}: cannot be written", name(path)))?;
    let mut proposal = String::new();
    for (line, articles) in profile.proposed() {
        // Writing to a String cannot fail.
        let _ = writeln!(proposal, "{articles}\t{}", visible(line));
    }
    Ok(proposal)
}
