//! Normalizer: an ordered list of steps over repaired text. Each looks at the text and proposes
//! edits; none changes it itself.

pub mod boilerplate;
mod unicode;
mod whitespace;

pub(crate) use unicode::{stray_boms, unicode};
pub(crate) use whitespace::whitespace;
