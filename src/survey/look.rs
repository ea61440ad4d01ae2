//! Why a place of a text is worth a look, as bits.

/// Neighbours that may be the work of a misreading.
pub(crate) const DAMAGE: u8 = 1;
/// A letter or sign that Latin charsets have beyond ASCII: a misread byte may be one.
pub(crate) const ACCENT: u8 = 2;
/// What begins an escape, or marks a lost byte.
pub(crate) const ESCAPE: u8 = 4;
/// A character that is invisible, or that form C may change here.
pub(crate) const FORM: u8 = 8;
/// A rare character of a multi-byte charset where a word or sign of its own begins.
pub(crate) const LONE: u8 = 32;
/// A line end that is no line feed.
pub(crate) const BREAK: u8 = 16;
/// U+FFFD, or a C1 control.
pub(crate) const LOSS: u8 = 64;
