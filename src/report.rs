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
    /// Web pages that were met in a folder and cannot be cleaned in place.
    pub pages: usize,
    /// Links that were met in a folder and not followed.
    pub links: usize,
    /// Pipes, sockets and devices that were met in a folder and passed over.
    pub special: usize,
    /// Files that an earlier run has done.
    pub resumed: usize,
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
        self.pages += other.pages;
        self.links += other.links;
        self.special += other.special;
        self.resumed += other.resumed;
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
        for (count, what, fate) in [
            (self.skipped, "binary file", "skipped"),
            (
                self.pages,
                "web page",
                "skipped (--output writes their text)",
            ),
            (self.links, "link", "not followed (--follow does)"),
            (self.special, "pipe or device", "skipped"),
            (self.resumed, "file", "done by an earlier run"),
        ] {
            if count > 0 {
                parts.push(format!("{} {fate}", places(count, what)));
            }
        }
        parts.join(", ")
    }
}

/// A count of something: `1 place`, `2 places`.
pub fn places(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
