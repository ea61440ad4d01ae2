//! Report: what is told on standard error, and the tally of a run.

use std::io::Write as _;
use std::path::Path;

use artclean::Article;
use artclean::writer::visible::visible;

/// Says what went wrong, in a sentence.
pub fn trouble(sentence: &str) {
    tell(&format!("artclean: {sentence}"));
}

/// A line on standard error. Nobody may be left to read it, which is no reason to fail.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", visible(line));
}

/// A path as a sentence names it.
pub fn name(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// What a run, or a file of it, came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles whose text changed.
    pub cleaned: usize,
    /// Articles that were clean.
    pub unchanged: usize,
    /// Repairs of encoding damage.
    pub repaired: usize,
    /// Passages of boilerplate taken away.
    pub removed: usize,
    /// Places of damage that are left.
    pub left: usize,
    /// Files or records that could not be cleaned.
    pub failed: usize,
    /// Binary files that were met in a folder and passed over.
    pub skipped: usize,
}

impl Tally {
    /// Counts one article in.
    pub fn count(&mut self, article: &Article<'_>, changed: bool) {
        *(if changed {
            &mut self.cleaned
        } else {
            &mut self.unchanged
        }) += 1;
        let repairs = article
            .edits
            .iter()
            .filter(|finding| finding.applied && finding.rule.code().starts_with('E'));
        self.repaired += repairs.count();
        self.removed += article.removed.len();
        self.left += article.left().count();
    }

    /// Counts another tally in.
    pub fn add(&mut self, other: &Tally) {
        self.cleaned += other.cleaned;
        self.unchanged += other.unchanged;
        self.repaired += other.repaired;
        self.removed += other.removed;
        self.left += other.left;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// The summary a batch ends with.
    pub fn summary(&self) -> String {
        let mut parts = vec![
            format!("{} cleaned", self.cleaned),
            format!("{} unchanged", self.unchanged),
            format!("{} repaired", places(self.repaired, "place")),
            format!("{} removed", places(self.removed, "passage")),
            format!("damage left in {}", places(self.left, "place")),
            format!("{} failed", self.failed),
        ];
        if self.skipped > 0 {
            parts.push(format!("{} skipped", places(self.skipped, "binary file")));
        }
        parts.join(", ")
    }
}

fn places(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
