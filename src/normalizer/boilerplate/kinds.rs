//! Which kinds of boilerplate go: a small set of `B2xx` rules, so that every kind can be switched.
//!
//! Newsrooms disagree about some kinds, and so do readers, so that the default takes only what no
//! reader would call the article. [`Kinds::STAY`] names the rest.

use crate::rules::Rule;

/// A set of kinds of boilerplate, each a `B2xx` rule.
///
/// ```
/// use artclean::{normalizer::boilerplate::Kinds, Rule};
///
/// let kinds = Kinds::default();
/// assert!(kinds.contains(Rule::B201), "\"Also Read\" goes");
/// assert!(!kinds.contains(Rule::B215), "the byline stays");
/// assert!(kinds.with(Rule::B215).contains(Rule::B215));
/// assert!(!kinds.without(Rule::B201).contains(Rule::B201));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// The kinds that are part of the article for many readers: they stay unless asked for.
    pub const STAY: &'static [Rule] = &[Rule::B215, Rule::B216];

    /// No kind at all.
    pub const NONE: Kinds = Kinds(0);

    /// Every kind.
    pub fn all() -> Kinds {
        Rule::ALL
            .iter()
            .filter(|rule| rule.is_boilerplate())
            .fold(Kinds::NONE, |kinds, &rule| kinds.with(rule))
    }

    /// This set and one kind more; a rule of another family changes nothing.
    pub fn with(self, kind: Rule) -> Kinds {
        Kinds(self.0 | bit(kind))
    }

    /// This set without one kind.
    pub fn without(self, kind: Rule) -> Kinds {
        Kinds(self.0 & !bit(kind))
    }

    /// Whether the kind is in the set.
    pub fn contains(self, kind: Rule) -> bool {
        self.0 & bit(kind) != 0
    }
}

impl Default for Kinds {
    fn default() -> Kinds {
        Kinds::STAY
            .iter()
            .fold(Kinds::all(), |kinds, &rule| kinds.without(rule))
    }
}

/// The rule's place in the set; no bit for a rule that is not about boilerplate.
fn bit(rule: Rule) -> u32 {
    if !rule.is_boilerplate() {
        return 0;
    }
    1 << (rule as u32 - Rule::B201 as u32)
}
