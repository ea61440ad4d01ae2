//! Overview: what a batch did, gathered for one page that a person can look at.
//!
//! It stays small whatever the batch: counts for everything, samples for the worst files only.

mod page;
mod sample;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

pub use sample::{Piece, Sample};

use crate::article::Article;
use crate::rules::Rule;
use crate::writer::visible::visible;

/// Files whose samples are on the page. A browser of a phone still scrolls through so many.
const MOST_FILES: usize = 400;

/// Samples of one file: enough to see how it is damaged.
const MOST_SAMPLES: usize = 12;

/// Sentences about what failed that are on the page.
const MOST_FAILURES: usize = 200;

/// What a batch, or a part of it, did.
///
/// ```
/// use artclean::{Cleaner, writer::overview::Overview};
/// let article = Cleaner::default().clean_text("a strategic โ€” move");
/// let mut overview = Overview::default();
/// overview.count("a.txt".as_ref(), None, &article, || "a strategic โ€” move".into());
/// let page = overview.page();
/// assert!(page.contains("<del>โ€”</del><ins>—</ins>"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Articles that were looked at.
    articles: usize,
    /// Those of them that held something to mend or to remove.
    touched: usize,
    /// Damage by the charset the text was read as: mended, and left.
    charsets: BTreeMap<String, Fate>,
    /// Damage by kind: mended, and left.
    damage: BTreeMap<Rule, Fate>,
    /// Passages that were removed, by kind.
    removed: BTreeMap<Rule, usize>,
    /// The files with something to show, in the order of the batch until there are too many.
    files: Vec<FileOverview>,
    /// Files with something to show that the page has no room for.
    crowded_out: usize,
    failures: Vec<String>,
    failed: usize,
    /// Files there were.
    inputs: usize,
}

/// What became of damage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fate {
    proven: usize,
    inferred: usize,
    left: usize,
}

impl Fate {
    fn add(&mut self, other: Fate) {
        self.proven += other.proven;
        self.inferred += other.inferred;
        self.left += other.left;
    }

    fn total(self) -> usize {
        self.proven + self.inferred + self.left
    }

    fn mended(self) -> usize {
        self.proven + self.inferred
    }
}

/// What was done to one file.
#[derive(Debug, Clone)]
struct FileOverview {
    name: String,
    articles: usize,
    fate: Fate,
    removed: usize,
    samples: Vec<Sample>,
}

impl FileOverview {
    /// The order of the page: damage that is left, then damage that was there, then the rest.
    fn rank(&self) -> (Reverse<usize>, Reverse<usize>, Reverse<usize>) {
        (
            Reverse(self.fate.left),
            Reverse(self.fate.mended()),
            Reverse(self.removed),
        )
    }
}

impl Overview {
    /// Counts in an article of the file at `path`, which may be one of the file's records. `before`
    /// gives its text before cleaning, if that is needed.
    pub fn count<'t>(
        &mut self,
        path: &Path,
        record: Option<usize>,
        article: &Article<'_>,
        before: impl Fn() -> Cow<'t, str>,
    ) {
        self.articles += 1;
        let mut file = FileOverview {
            name: visible(&path.to_string_lossy()).into_owned(),
            articles: 1,
            fate: Fate::default(),
            removed: article.removed.len(),
            samples: Vec::new(),
        };
        for finding in article
            .edits
            .iter()
            .filter(|finding| finding.rule.is_encoding())
        {
            let fate = sample::fate(finding);
            file.fate.add(fate);
            self.damage.entry(finding.rule).or_default().add(fate);
            let charset = match &finding.repair {
                Some(repair) => &*repair.charset,
                None => "not known",
            };
            self.charsets
                .entry(visible(charset).into_owned())
                .or_default()
                .add(fate);
        }
        for finding in &article.removed {
            *self.removed.entry(finding.rule).or_default() += 1;
        }
        if file.fate.total() + file.removed == 0 {
            return;
        }
        self.touched += 1;
        file.samples = sample::samples(article, record, &before(), MOST_SAMPLES);
        self.file(file);
    }

    /// Notes down that something failed, in a sentence.
    pub fn fail(&mut self, sentence: &str) {
        self.failed += 1;
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(visible(sentence).into_owned());
        }
    }

    /// Counts in a file of the batch.
    pub fn input(&mut self) {
        self.inputs += 1;
    }

    /// Counts another part of the batch in.
    pub fn add(&mut self, part: Overview) {
        self.articles += part.articles;
        self.touched += part.touched;
        for (charset, fate) in part.charsets {
            self.charsets.entry(charset).or_default().add(fate);
        }
        for (rule, fate) in part.damage {
            self.damage.entry(rule).or_default().add(fate);
        }
        for (rule, count) in part.removed {
            *self.removed.entry(rule).or_default() += count;
        }
        part.files.into_iter().for_each(|file| self.file(file));
        self.crowded_out += part.crowded_out;
        let room = MOST_FAILURES.saturating_sub(self.failures.len());
        self.failures.extend(part.failures.into_iter().take(room));
        self.failed += part.failed;
        self.inputs += part.inputs;
    }

    /// As many bytes tell whether a file is such a page.
    pub const TELLING_BYTES: u64 = 1024;

    /// Whether bytes begin as a page does, of this version or an earlier one.
    ///
    /// ```
    /// use artclean::writer::overview::Overview;
    /// assert!(Overview::begins_page(Overview::default().page().as_bytes()));
    /// assert!(!Overview::begins_page(b"<!DOCTYPE html><title>The harbour</title>"));
    /// ```
    pub fn begins_page(start: &[u8]) -> bool {
        const TITLE: &[u8] = b"<title>artclean report</title>";
        start.starts_with(b"<!DOCTYPE html>") && memchr::memmem::find(start, TITLE).is_some()
    }

    /// The page, in HTML.
    pub fn page(&self) -> String {
        page::page(self)
    }

    /// Takes a file in; records of one file come one after another and are one file.
    fn file(&mut self, file: FileOverview) {
        match self.files.last_mut() {
            Some(last) if last.name == file.name => {
                last.articles += file.articles;
                last.fate.add(file.fate);
                last.removed += file.removed;
                last.samples.extend(file.samples);
                if last.samples.len() > MOST_SAMPLES {
                    last.samples.sort_by_key(Sample::rank);
                    last.samples.truncate(MOST_SAMPLES);
                }
            }
            _ => self.files.push(file),
        }
        // Sorted now and then, not each time; the last one may still grow.
        if self.files.len() > 2 * MOST_FILES {
            let growing = self.files.pop();
            self.files.sort_by_key(FileOverview::rank);
            self.crowded_out += self.files.len().saturating_sub(MOST_FILES);
            self.files.truncate(MOST_FILES);
            self.files.extend(growing);
        }
    }
}
