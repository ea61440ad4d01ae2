//! Charsets: what bytes each gives a character, and what characters bytes can have been, some of them lost.

pub(super) mod channel;
pub(super) mod charset;
pub(super) mod codec;
pub(super) mod forms;
pub(super) mod glyph;
pub(super) mod lossy;
pub(super) mod pairs;
pub(super) mod sequence;
pub(super) mod utf8;
