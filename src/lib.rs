//! Clean text from scraped news.
//!
//! ```
//! use artclean::{Cleaner, Options};
//!
//! let scraped = "a strategic โ€” and controversial โ€” move".as_bytes();
//! let article = Cleaner::new(Options::default()).clean(scraped)?;
//! assert_eq!(article.text, "a strategic — and controversial — move\n");
//! assert_eq!(article.edits[0].before, "โ€”");
//! assert_eq!(article.edits[0].after, "—");
//! # Ok::<(), artclean::DecodeError>(())
//! ```
//!
//! Three stages, in this order:
//!
//! 1. [`reader`]: bytes → text. It decodes the bytes and repairs mojibake: text that an earlier
//!    program read in the wrong charset.
//! 2. [`normalizer`]: text → clean text. Unicode form, boilerplate, white space.
//! 3. [`writer`]: clean text → output. Text, JSON, a diff, a replaced file.
//!
//! A text goes through them page by page. One walk over a page, its survey, notes the few places that
//! any step has to look at; the steps propose edits there, and where they propose none, the page goes
//! out as it came in.
//!
//! Every change is an edit with a [`Rule`], and an [`Article`] lists them all, so that what is
//! written, what a check reports and what a diff shows are the same thing. The library prints
//! nothing.

mod allow;
mod article;
pub mod check;
mod cleaner;
mod edit;
mod findings;
mod flow;
pub mod formats;
mod lines;
pub mod normalizer;
mod pages;
mod pass;
pub mod reader;
mod rules;
mod scan;
mod survey;
mod wide;
pub mod writer;

pub use allow::Allow;
pub use article::{About, Article, Block, BlockKind, Detail, Finding, blocks};
pub use cleaner::{Cleaner, Options, StreamError};
pub use edit::{Certainty, Edit, Repair};
pub use pass::Pass;
pub use reader::repair::{Step, in_words, replay};
pub use reader::{DecodeError, Undecodable};
pub use rules::{Rule, RuleSet};

/// The example of the README is one that runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
