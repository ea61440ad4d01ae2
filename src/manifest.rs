//! Manifest: what a run did with each file, a line of JSON each, by which a later run knows what is
//! done already.
//!
//! A file is done when its line says so and everything the line says still holds: the file read and
//! the file written have the size and the time they had, and the options are the same. Nothing is
//! guessed from what happens to lie about. A line is written after its file is, so a run that is
//! killed knows too little at worst, and cleans a file again.

use std::collections::HashMap;
use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use artclean::writer::json::JsonPath;
use serde::{Deserialize, Serialize};

use crate::exit::Outcome;
use crate::job::{Done, Job};
use crate::report::name;
use crate::settings::Settings;

/// A file's size and the time it was last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    mtime_ns: u128,
}

impl Stamp {
    /// The stamp of a file; `None` of what is no file, or has no time.
    pub fn of(metadata: &Metadata) -> Option<Stamp> {
        let modified = metadata.modified().ok()?;
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        metadata.is_file().then_some(Stamp {
            size: metadata.len(),
            mtime_ns: since.as_nanos(),
        })
    }

    fn at(path: &Path) -> Option<Stamp> {
        Stamp::of(&fs::metadata(path).ok()?)
    }
}

/// A line of the manifest.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    path: JsonPath<'a>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Stamp>,
    options: &'a str,
    cleaned: usize,
    unchanged: usize,
    repaired: usize,
    removed: usize,
    left: usize,
    failed: usize,
    skipped: usize,
}

/// What a later run reads of a line.
#[derive(Deserialize)]
struct Known {
    path: Option<String>,
    path_bytes: Option<String>,
    outcome: String,
    read: Option<Stamp>,
    written: Option<Stamp>,
    options: String,
}

/// The manifest of this run, and what it knows of earlier ones.
pub struct Manifest<'s> {
    file: BufWriter<File>,
    settings: &'s Settings,
    /// The last line of each file, by its path as JSON.
    known: HashMap<String, Known>,
}

impl<'s> Manifest<'s> {
    /// The manifest at `path`: begun anew, or read and gone on with under `--resume`.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn open(path: &Path, settings: &'s Settings) -> Result<Manifest<'s>> {
        let what = || format!("{}: cannot be used as the manifest", name(path));
        let mut options = OpenOptions::new();
        options.create(true).write(true);
        let (file, known) = if settings.resume {
            let known = read(path).with_context(what)?;
            (options.append(true).open(path).with_context(what)?, known)
        } else {
            let file = options.truncate(true).open(path).with_context(what)?;
            (file, HashMap::new())
        };
        Ok(Manifest {
            file: BufWriter::new(file),
            settings,
            known,
        })
    }

    /// Whether an earlier run has done this very job, and nothing has changed since.
    pub fn is_done(&self, job: &Job<'_>) -> bool {
        let source = job.source.path();
        let Some(known) = self.known.get(&key(JsonPath(source))) else {
            return false;
        };
        let now = Stamp::at(source);
        let as_read = now.is_some() && now == known.read;
        let as_written = |path: &Path| known.written.is_some() && Stamp::at(path) == known.written;
        known.outcome == "done"
            && known.options == fingerprint(self.settings, job)
            && match (&job.target, &known.written) {
                (Some(target), _) => as_read && as_written(target),
                // In place the file that was read is gone, if anything had to change.
                (None, Some(_)) => as_written(source),
                (None, None) => as_read,
            }
    }

    /// Writes down what a job came to.
    ///
    /// # Errors
    /// The manifest cannot be written to.
    pub fn add(&mut self, job: &Job<'_>, done: &Done) -> io::Result<()> {
        let tally = &done.tally;
        let line = Line {
            path: JsonPath(job.source.path()),
            outcome: match done.outcome {
                Outcome::Trouble => "failed",
                _ if done.stop => "stopped",
                _ if tally.skipped + tally.pages > 0 => "skipped",
                _ => "done",
            },
            read: done.read,
            written: done.written,
            options: &fingerprint(self.settings, job),
            cleaned: tally.cleaned,
            unchanged: tally.unchanged,
            repaired: tally.repaired,
            removed: tally.removed,
            left: tally.left,
            failed: tally.failed,
            skipped: tally.skipped + tally.pages,
        };
        serde_json::to_writer(&mut self.file, &line)?;
        self.file.write_all(b"\n")
    }

    /// Brings the lines so far to the file.
    ///
    /// # Errors
    /// The manifest cannot be written to.
    pub fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Bytes of the longest line of a manifest: the longest path has 4096, of which each can take six.
const LONGEST_LINE: u64 = 32 << 10;

/// Whether a file begins as a manifest does, be it with a line that a killed run left unfinished.
///
/// # Errors
/// It cannot be read.
pub fn is_manifest(reader: &mut dyn BufRead) -> io::Result<bool> {
    let mut line = Vec::new();
    reader.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    Ok(match serde_json::from_slice::<Known>(&line) {
        Ok(_) => true,
        Err(error) => {
            let is_cut = error.is_eof() && (line.len() as u64) < LONGEST_LINE;
            is_cut && line.starts_with(b"{\"path")
        }
    })
}

/// The lines of a manifest. One that a killed run left unfinished is cut off.
fn read(path: &Path) -> io::Result<HashMap<String, Known>> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashMap::new()),
        file => file?,
    };
    let mut known = HashMap::new();
    let (mut reader, mut line, mut whole) = (BufReader::new(file), Vec::new(), 0);
    while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        let parsed: Known = serde_json::from_slice(&line).map_err(|error| {
            io::Error::other(format!(
                "byte {whole} begins no line of a manifest: {error}"
            ))
        })?;
        let key = match (&parsed.path, &parsed.path_bytes) {
            (Some(path), _) => format!("path {path}"),
            (_, Some(bytes)) => format!("bytes {bytes}"),
            _ => String::new(),
        };
        known.insert(key, parsed);
        whole += line.len() as u64;
        line.clear();
    }
    if !line.is_empty() {
        OpenOptions::new().write(true).open(path)?.set_len(whole)?;
    }
    Ok(known)
}

fn key(path: JsonPath<'_>) -> String {
    match path.0.to_str() {
        Some(text) => format!("path {text}"),
        None => format!("bytes {}", path.in_base64()),
    }
}

/// What the output depends on beside the file: the version, and every option that goes for it. Two
/// versions of the compiler may disagree about it; then a file is cleaned again for nothing.
fn fingerprint(settings: &Settings, job: &Job<'_>) -> String {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    let options = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        job.cleaner,
        settings.mode,
        settings.from,
        settings.field,
        settings.field_holds,
        settings.on_error,
        job.target
    );
    options.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
