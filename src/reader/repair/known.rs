//! Known: which misreadings the rounds before have shown in the text.
//!
//! One damaged word proves little. But a text of which a part was misread through a charset was as
//! a rule misread through it as a whole, so that later rounds need less to read the rest so.

use super::page::Patch;
use super::pairs;

/// The charset of damage that left nothing to name one by.
pub(crate) const UNKNOWN: &str = "unknown";

/// The charsets that the text is known to have been misread through.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<String>);

impl Known {
    pub(crate) fn add(&mut self, patches: &[Patch]) {
        for patch in patches {
            if !self.has(&patch.charset) {
                self.0.push(patch.charset.clone());
            }
        }
    }

    /// Whether the text was misread through this charset, alone or with the glyphs of windows-1252.
    pub(crate) fn has(&self, charset: &str) -> bool {
        self.0
            .iter()
            .any(|known| known.strip_suffix("+1252").unwrap_or(known) == charset)
    }

    /// Whether the text was misread through this multi-byte charset, or one that left only marks.
    pub(crate) fn has_pairs(&self, charset: &str) -> bool {
        self.has(charset) || self.has(UNKNOWN)
    }

    /// Whether the text was misread through a charset of which whole characters leave only marks.
    pub(crate) fn has_marks(&self) -> bool {
        self.0
            .iter()
            .any(|known| known == UNKNOWN || pairs::named(known).is_some())
    }
}
