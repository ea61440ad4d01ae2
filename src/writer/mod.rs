//! Writer: clean text → output. One file a form: [JSON](json), a [diff], a [replaced file](replace).
//! The fourth form, text, is [`Article::text`](crate::Article::text) as it is.

pub mod diff;
pub mod json;
pub mod replace;
pub mod visible;
