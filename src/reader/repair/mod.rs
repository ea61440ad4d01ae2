//! Repair: finds mojibake run by run and says how it is undone.

pub use steps::Step;

mod steps;

use crate::edit::Edit;

/// The repairs that `text` needs, in order, not overlapping; spans are byte offsets into `text`.
pub fn repair(text: &str) -> Vec<Edit> {
    let _ = text;
    Vec::new()
}
