//! artclean
pub mod edit;
pub mod normalizer;
pub mod reader;
pub mod rules;

pub use edit::{Certainty, Edit, Repair};
pub use reader::repair::{Step, in_words, replay};
pub use rules::Rule;
