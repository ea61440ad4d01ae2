//! Files: which inputs a run has, from the paths on the command line down to the files in folders.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use crate::cli::Args;

/// One thing to clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input, by the name it goes by.
    Stdin(PathBuf),
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Where its copy goes below the output folder.
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
}

/// The inputs that `args` name.
///
/// # Errors
/// A list of files or a glob that cannot be read.
pub fn find(args: &Args) -> Result<Found> {
    let mut found = Found::default();
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(listed(list, args.null)?);
    } else if paths.is_empty() {
        paths.push("-".into());
    }
    let excluded = excluded(&args.exclude)?;
    for path in paths {
        if path.as_os_str() == "-" {
            let name = args
                .stdin_filename
                .clone()
                .unwrap_or_else(|| "<stdin>".into());
            found.sources.push(Source::Stdin(name));
        } else if path.is_dir() {
            walk(&path, args, &excluded, &mut found);
        } else if !(args.force_exclude && excluded.matched(&path, false).is_ignore()) {
            // A file that is missing is told when it is read, in its turn.
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.sources.push(Source::File {
                path,
                relative,
                named: true,
            });
        }
    }
    Ok(found)
}

/// The globs of `--exclude`, in the form the walk takes.
fn excluded(globs: &[String]) -> Result<Override> {
    let mut builder = OverrideBuilder::new(".");
    for glob in globs {
        builder
            .add(&format!("!{glob}"))
            .with_context(|| format!("--exclude {glob}"))?;
    }
    Ok(builder.build()?)
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
    let end = if null { 0 } else { b'\n' };
    let entries = bytes.split(|&byte| byte == end);
    Ok(entries
        .map(|entry| entry.strip_suffix(b"\r").unwrap_or(entry))
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

/// The files of a folder, in the order of their names. Links out of the tree are not followed.
fn walk(folder: &Path, args: &Args, excluded: &Override, found: &mut Found) {
    let mut builder = WalkBuilder::new(folder);
    builder
        .hidden(!args.hidden)
        .overrides(excluded.clone())
        .sort_by_file_path(Path::cmp)
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
    if let Some(output) = output {
        builder.filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_folder
                || entry.depth() == 0
                || entry.path().canonicalize().ok().as_ref() != Some(&output)
        });
    }
    for entry in builder.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.into_path();
                let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
                found.sources.push(Source::File {
                    path,
                    relative,
                    named: false,
                });
            }
            Ok(_) => {}
            Err(error) => found.troubles.push(error.to_string()),
        }
    }
}

/// Where the copy of each source goes under `output`, in the order of the sources.
///
/// # Errors
/// Two sources would write one file, one would write over itself, or standard input is among them.
pub fn targets(sources: &[Source], output: &Path) -> Result<Vec<PathBuf>> {
    let mut taken: HashMap<PathBuf, &Path> = HashMap::new();
    let mut targets = Vec::with_capacity(sources.len());
    for source in sources {
        let Source::File { path, relative, .. } = source else {
            bail!(
                "standard input has no name to go by under {}: redirect the output instead",
                output.display()
            );
        };
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
        if let (Ok(input), Ok(target)) = (path.canonicalize(), target.canonicalize())
            && input == target
        {
            bail!(
                "{}: would be written over by its own copy; clean it in place with --write",
                path.display()
            );
        }
        targets.push(target);
    }
    Ok(targets)
}
