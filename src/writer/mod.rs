//! Writer: clean text → output. One file a form: [JSON](json), a [diff], a [replaced file](replace), the
//! [overview] of a batch.
//! The fourth form, text, is [`Article::text`](crate::Article::text) as it is.

pub mod diff;
pub(crate) mod escaped;
pub mod json;
pub mod overview;
pub mod replace;
pub mod visible;
