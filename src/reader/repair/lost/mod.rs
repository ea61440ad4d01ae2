//! Lost: what stood where bytes were lost, by what stands around.

pub(super) mod context;
pub(super) mod currency;
pub(super) mod english;
mod habits;
pub(super) mod lattice;
mod path;
pub(super) mod prior;
pub(super) mod quotes;
pub(super) mod refine;
pub(super) mod respell;
mod shortcuts;
pub(super) mod signs;
pub(super) mod spell;
pub(super) mod wording;
