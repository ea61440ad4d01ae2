//! Boilerplate: finds the lines that are not the article.

use crate::edit::Edit;

/// The passages of `text` that are boilerplate, in order; each edit deletes whole lines, line end included,
/// or an inline passage.
pub fn boilerplate(text: &str) -> Vec<Edit> {
    let _ = text;
    Vec::new()
}
