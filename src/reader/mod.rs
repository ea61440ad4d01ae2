//! Reader: bytes → text. First [decode](DecodeError) the bytes, then [`repair`] what an earlier reader
//! decoded wrongly.

mod decode;
pub mod language;
mod letters;
pub mod repair;
mod rows;

pub use decode::{DecodeError, Undecodable, whole_characters};
pub(crate) use decode::{Decoded, Offsets, decode, decode_behind, is_utf16, utf8_bom, utf16};
