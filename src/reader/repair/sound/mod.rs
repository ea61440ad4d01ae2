//! Sound: what text looks like that nothing has happened to.

pub(super) mod kind;
pub(super) mod marks;
pub(super) mod names;
pub(crate) mod odd;
pub(super) mod words;
