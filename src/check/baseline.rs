//! Baseline: damage that is known and does not fail a check.
//!
//! An entry is a path, a rule, the hash of the damaged text, and how often it stands there: never a
//! line, so that an edit above changes nothing. The file is JSON with an entry a line, sorted, so that
//! its own diffs read well; it holds no damaged text, so that checking it finds none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Damage;
use super::path::{absolute, from_uri, uri};

/// The hash of a damaged text, in hexadecimal: FNV-1a of 64 bits, which is the same on every machine
/// and in every version.
///
/// ```
/// use artclean::check::baseline::hash;
/// assert_eq!(hash("foobar"), "85944171f73967e8");
/// ```
pub fn hash(text: impl AsRef<[u8]>) -> String {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = text.as_ref().iter();
    let hash = bytes.fold(BASIS, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}

/// What is known of one damaged text in one file. The path is relative to the baseline's folder and
/// percent-encoded, so that any name fits in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    hash: String,
}

/// An entry as the file holds it.
#[derive(Debug, Serialize, Deserialize)]
struct Counted {
    path: String,
    rule: String,
    hash: String,
    count: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    known: Vec<Counted>,
}

/// The form of the file that this version writes and reads.
const VERSION: u32 = 1;

/// Known damage, matched against what a check finds.
#[derive(Debug)]
pub struct Baseline {
    folder: PathBuf,
    /// What the file says.
    known: BTreeMap<Entry, usize>,
    /// What this check found.
    found: BTreeMap<Entry, usize>,
}

/// Why a baseline could not be read.
#[derive(Debug)]
pub struct BaselineError(String);

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no baseline ({}): write it anew with --write-baseline",
            self.0
        )
    }
}

impl std::error::Error for BaselineError {}

impl Baseline {
    /// A baseline that knows nothing, for the files in and below `folder`.
    pub fn new(folder: &Path) -> Baseline {
        Baseline {
            folder: absolute(folder),
            known: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// The baseline that a file in `folder` holds.
    ///
    /// # Errors
    /// The text is not what [`write`](Baseline::write) gives.
    pub fn read(folder: &Path, text: &str) -> Result<Baseline, BaselineError> {
        let stored: Stored =
            serde_json::from_str(text).map_err(|error| BaselineError(error.to_string()))?;
        if stored.version != VERSION {
            return Err(BaselineError(format!("it has version {}", stored.version)));
        }
        let mut baseline = Baseline::new(folder);
        for Counted {
            path,
            rule,
            hash,
            count,
        } in stored.known
        {
            *baseline
                .known
                .entry(Entry { path, rule, hash })
                .or_default() += count;
        }
        Ok(baseline)
    }

    /// Takes in one finding, and says whether it is known. Of a text that stands there more often
    /// than is known, the later ones are new.
    pub fn knows(&mut self, damage: &Damage) -> bool {
        let entry = Entry {
            path: self.path_of(&damage.path),
            rule: damage.finding.rule.code().to_owned(),
            hash: hash(&damage.finding.before),
        };
        let known = self.known.get(&entry).copied().unwrap_or(0);
        let found = self.found.entry(entry).or_default();
        *found += 1;
        *found <= known
    }

    /// How many places of known damage are no longer there, by path, in the files that were `checked`
    /// or are gone.
    pub fn obsolete(&self, checked: &[PathBuf]) -> Vec<(String, usize)> {
        let mut obsolete = BTreeMap::<&str, usize>::new();
        let checked = self.paths_of(checked);
        for (entry, known) in &self.known {
            let found = self.found.get(entry).copied().unwrap_or(0);
            if found < *known && self.is_settled(&entry.path, &checked) {
                *obsolete.entry(&entry.path).or_default() += known - found;
            }
        }
        let owned = obsolete.into_iter();
        owned
            .map(|(path, count)| (path.to_owned(), count))
            .collect()
    }

    /// The file's content after a check of the files `checked`: what was found in them, and what is
    /// known of others that are still there.
    pub fn write(&self, checked: &[PathBuf]) -> String {
        let paths = self.paths_of(checked);
        let others = self
            .known
            .iter()
            .filter(|(entry, _)| !self.is_settled(&entry.path, &paths));
        let all: BTreeMap<_, _> = self.found.iter().chain(others).collect();
        let lines: Vec<_> = all
            .into_iter()
            .map(|(entry, &count)| {
                let Entry { path, rule, hash } = entry.clone();
                let counted = Counted {
                    path,
                    rule,
                    hash,
                    count,
                };
                crate::writer::json::to_line(&counted)
            })
            .collect();
        let end = if lines.is_empty() { "" } else { "\n" };
        format!(
            "{{\"version\":{VERSION},\"known\":[{end}{}{end}]}}\n",
            lines.join(",\n")
        )
    }

    /// Whether this check can tell what damage is in a file: it was looked at, or is gone.
    fn is_settled(&self, path: &str, checked: &BTreeSet<String>) -> bool {
        checked.contains(path) || !self.folder.join(from_uri(path)).exists()
    }

    fn paths_of(&self, paths: &[PathBuf]) -> BTreeSet<String> {
        paths.iter().map(|path| self.path_of(path)).collect()
    }

    fn path_of(&self, path: &Path) -> String {
        let absolute = absolute(path);
        uri(absolute.strip_prefix(&self.folder).unwrap_or(&absolute))
    }
}
