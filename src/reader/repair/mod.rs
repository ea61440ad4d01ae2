//! Repair: finds mojibake run by run and says how it is undone.

pub use steps::{Step, in_words, replay};

mod channel;
mod charset;
mod codec;
mod context;
mod glyph;
mod lossy;
mod multi;
mod odd;
mod page;
mod pairs;
mod prior;
mod single;
mod steps;
mod utf8;

use crate::edit::Edit;
use page::Page;

/// The most rounds: a text misread more often than this is not worth the time.
const ROUNDS: usize = 12;

/// The repairs that `text` needs, in order, not overlapping; spans are byte offsets into `text`.
pub fn repair(text: &str) -> Vec<Edit> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut page = Page::new(text);
    for _ in 0..ROUNDS {
        let (mut offsets, chars): (Vec<usize>, Vec<char>) = page.text.char_indices().unzip();
        offsets.push(page.text.len());
        let (single, mut patches) = single::find(&chars, &offsets);
        let (multi, others) = multi::find(&chars, &offsets);
        if multi > single {
            patches = others;
        }
        if patches.is_empty() {
            break;
        }
        page.apply(patches);
    }
    page.into_edits()
}
