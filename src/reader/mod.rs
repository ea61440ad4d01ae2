//! Reader: bytes → text. First decode the bytes, then repair what an earlier reader decoded wrongly.

pub mod language;
pub mod repair;
