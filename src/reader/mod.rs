//! Reader: bytes → text. First [decode](DecodeError) the bytes, then [`repair`] what an earlier reader
//! decoded wrongly.

mod decode;
pub mod language;
mod letters;
pub mod repair;
mod rows;

pub use decode::{DecodeError, Undecodable};
pub(crate) use decode::{Decoded, Offsets, decode, utf8_bom};
