//! Files: which inputs a run has, from the paths on the command line down to the files in folders.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use artclean::formats::Format;
use artclean::writer::replace::UNFINISHED;
use ignore::WalkBuilder;

use crate::cli::Args;
use crate::own;
use crate::settings::Settings;

/// One thing to clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input, by the name it goes by.
    Stdin(PathBuf),
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Where its copy goes below the output folder, if there is one.
        relative: PathBuf,
        /// Whether it was named, not met in a folder: then it is not passed over for being binary.
        named: bool,
    },
}

impl Source {
    /// The path that reports name.
    pub fn path(&self) -> &Path {
        match self {
            Source::Stdin(name) => name,
            Source::File { path, .. } => path,
        }
    }
}

/// What was found under the paths of the command line.
#[derive(Debug, Default)]
pub struct Found {
    /// The inputs, those of a folder sorted by path.
    pub sources: Vec<Source>,
    /// What could not be looked at, a sentence each.
    pub troubles: Vec<String>,
    /// Links that were not followed.
    pub links: usize,
    /// Pipes, sockets and devices that were passed over.
    pub special: usize,
}

/// The inputs that `args` name.
///
/// # Errors
/// A list of files that cannot be read, or an input that the run would write over.
pub fn find(args: &Args, settings: &Settings) -> Result<Found> {
    let mut found = Found::default();
    let named = args.paths.iter().cloned().map(|path| (path, true));
    let mut paths: Vec<(PathBuf, bool)> = named.collect();
    if let Some(list) = &args.files_from {
        // A list is what another program found: it holds what a walk would pass over.
        let listed = listed(list, args.null)?.into_iter();
        paths.extend(listed.map(|path| (path, false)));
    } else if paths.is_empty() {
        paths.push(("-".into(), true));
    }
    for (path, named) in paths {
        if path.as_os_str() == "-" {
            own::refuse_stdin(settings)?;
            let name = args
                .stdin_filename
                .clone()
                .unwrap_or_else(|| "<stdin>".into());
            found.sources.push(Source::Stdin(name));
        } else if path.is_dir() {
            walk(&path, args, settings, &mut found);
        } else if args.force_exclude && settings.exclude.has(&path, false) {
            continue;
        } else if let Some(own) = own::at(&path, path.is_symlink(), settings) {
            if named {
                own.refuse_as_input(&path)?;
            }
        } else {
            // A file that is missing is told when it is read, in its turn.
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.sources.push(Source::File {
                path,
                relative,
                named,
            });
        }
    }
    Ok(found)
}

/// Whether a path is that of a pipe, a socket or a device. To open a pipe is to wait for who is at its other end.
pub fn is_special(path: &Path) -> bool {
    let metadata = std::fs::metadata(path);
    metadata.is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn listed(list: &Path, null: bool) -> Result<Vec<PathBuf>> {
    let name = list.display();
    let mut reader: Box<dyn Read> = if list.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(
            std::fs::File::open(list)
                .with_context(|| format!("{name}: cannot be read as a list of files"))?,
        )
    };
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .with_context(|| format!("{name}: cannot be read as a list of files"))?;
    let (end, rest) = if null {
        (0, &b""[..])
    } else {
        (b'\n', &b"\r"[..])
    };
    let entries = bytes.split(|&byte| byte == end);
    Ok(entries
        .map(|entry| entry.strip_suffix(rest).unwrap_or(entry))
        .filter(|entry| !entry.is_empty())
        .map(path_of)
        .collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// The files of a folder, in the order of their names. Links are not followed unless asked: one can
/// lead out of the tree, and one that does not leads to a file that is met anyway.
fn walk(folder: &Path, args: &Args, settings: &Settings, found: &mut Found) {
    let mut builder = WalkBuilder::new(folder);
    builder
        .hidden(!args.hidden)
        .follow_links(args.follow)
        // Those compared are of one folder: their paths differ in the name alone.
        .sort_by_file_path(|one, other| one.as_os_str().cmp(other.as_os_str()))
        .require_git(false);
    if args.no_ignore {
        builder
            .ignore(false)
            .git_ignore(false)
            .git_global(false)
            .git_exclude(false)
            .parents(false);
    }
    // Cleaned copies are not to be cleaned again.
    let output = args
        .output
        .as_ref()
        .and_then(|output| output.canonicalize().ok());
    let globs = settings.exclude.clone();
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_output = || is_folder && entry.path().canonicalize().ok() == output;
        let is_unfinished = entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(UNFINISHED.as_bytes());
        entry.depth() == 0
            || !(is_unfinished
                || globs.has(entry.path(), is_folder)
                || (output.is_some() && is_output()))
    });
    for entry in builder.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let is_link = entry.path_is_symlink();
                let path = entry.into_path();
                if own::at(&path, is_link, settings).is_some() {
                    continue;
                }
                let relative = match &args.output {
                    Some(_) => path.strip_prefix(folder).unwrap_or(&path).to_owned(),
                    None => PathBuf::new(),
                };
                found.sources.push(Source::File {
                    path,
                    relative,
                    named: false,
                });
            }
            Ok(entry) => match entry.file_type() {
                Some(kind) if kind.is_symlink() => found.links += 1,
                Some(kind) if !kind.is_dir() => found.special += 1,
                _ => {}
            },
            Err(error) => found.troubles.push(error.to_string()),
        }
    }
}

/// Where the copy of each source goes under `output`, in the order of the sources.
///
/// # Errors
/// Two sources would write one file, one would write over a source, or standard input is among them.
pub fn targets(sources: &[Source], output: &Path, named: Option<Format>) -> Result<Vec<PathBuf>> {
    let mut taken: HashMap<PathBuf, &Path> = HashMap::new();
    let mut targets = Vec::with_capacity(sources.len());
    for source in sources {
        let Source::File { path, relative, .. } = source else {
            bail!(
                "standard input has no name to go by under {}: redirect the output instead",
                output.display()
            );
        };
        let format = named.or_else(|| Format::from_name(path));
        let relative = format.unwrap_or(Format::Text).name_of_copy(relative);
        if relative
            .components()
            .any(|part| !matches!(part, Component::Normal(_)))
        {
            bail!(
                "{}: has no place of its own under {}",
                path.display(),
                output.display()
            );
        }
        let target = output.join(relative);
        if let Some(other) = taken.insert(target.clone(), path) {
            bail!(
                "{} and {} would both become {}: clean them into two folders",
                other.display(),
                path.display(),
                target.display()
            );
        }
        targets.push(target);
    }
    // Where nothing is yet, nothing can be written over.
    if output.exists() {
        refuse_inputs(&targets, sources)?;
    }
    Ok(targets)
}

/// Refuses copies that would take the place of an input, which may not have been read by then.
fn refuse_inputs(targets: &[PathBuf], sources: &[Source]) -> Result<()> {
    let place = |source: &Source| source.path().canonicalize().ok();
    // Most copies take no file's place, and nobody asks.
    let inputs = LazyCell::new(|| sources.iter().filter_map(place).collect::<HashSet<_>>());
    for (target, source) in targets.iter().zip(sources) {
        let Ok(place) = target.canonicalize() else {
            continue;
        };
        if inputs.contains(&place) {
            let (target, source) = (target.display(), source.path().display());
            bail!(
                "{target}: is an input, and the copy of {source} would be written over it: \
                 name another folder, or clean in place with --write"
            );
        }
    }
    Ok(())
}
