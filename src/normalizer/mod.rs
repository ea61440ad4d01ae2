//! Normalizer: an ordered list of steps over repaired text.

pub mod boilerplate;
