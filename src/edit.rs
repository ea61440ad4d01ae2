//! Edits: every change artclean makes is one [`Edit`], so that checking lists them, cleaning applies
//! them and a diff prints them, with no second code path.

use std::ops::Range;

use crate::reader::repair::Step;

use crate::rules::Rule;

/// How sure an edit is, which decides whether it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Nothing was lost: undoing the steps is the only reading.
    Proven,
    /// Something was lost and inferred from what stands around it; not applied under `strict`.
    Inferred,
    /// Nothing can be put there with reason: reported, never applied.
    Lost,
}

/// One change to the text a step read, or one piece of damage it could only report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What the edit is about.
    pub rule: Rule,
    /// The bytes it replaces. A step gives offsets into the text it read; an
    /// [`Article`](crate::Article) gives offsets into the input.
    pub span: Range<usize>,
    /// What stands there afterwards; the same text as before where the damage is only reported.
    pub after: String,
    /// Whether the edit is applied.
    pub certainty: Certainty,
    /// How a repair was found: which charset, and the steps that replay it. Empty for other edits.
    pub repair: Option<Repair>,
}

/// How mojibake is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The charset the bytes were misread through, such as `windows-874+1252`.
    pub charset: String,
    /// The steps that, applied to the text before in this order, give the text after.
    pub steps: Vec<Step>,
}
