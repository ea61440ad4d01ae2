//! Pass: the steps of the work in their order, and what each proposes for a text.

use crate::cleaner::Options;
use crate::edit::{Draft, Edit};
use crate::normalizer::boilerplate::boilerplate_on_lines;
use crate::normalizer::{stray_boms, unicode, whitespace};
use crate::pages::Surroundings;
use crate::reader::repair::{broken, repair_surveyed};
use crate::rules::{Rule, RuleSet};

/// A part of the work that can be asked for or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pass {
    /// The reader's repair of mojibake.
    Repair,
    /// The normalizer's Unicode step.
    Unicode,
    /// The normalizer's boilerplate step.
    Boilerplate,
    /// The normalizer's white-space step.
    Whitespace,
}

impl Pass {
    /// Every pass, in the order they run. The repair comes first, since every other step would
    /// destroy its evidence; white space comes last, since boilerplate leaves blank lines behind.
    pub const ALL: [Pass; 4] = [
        Pass::Repair,
        Pass::Unicode,
        Pass::Boilerplate,
        Pass::Whitespace,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Pass::Repair => "repair",
            Pass::Unicode => "unicode",
            Pass::Boilerplate => "boilerplate",
            Pass::Whitespace => "whitespace",
        }
    }

    /// The rules whose edits the pass proposes.
    pub fn rules(self) -> RuleSet {
        let proposes = |rule: &Rule| match rule.code().as_bytes()[0] {
            b'U' => self == Pass::Unicode,
            b'B' => self == Pass::Boilerplate,
            b'W' => self == Pass::Whitespace,
            // A byte order mark inside the text is an invisible character.
            _ if *rule == Rule::E108 => self == Pass::Unicode,
            _ => self == Pass::Repair,
        };
        Rule::ALL.iter().copied().filter(proposes).collect()
    }

    /// The edits that the pass proposes for a draft.
    pub(crate) fn propose(
        self,
        draft: &Draft<'_>,
        options: &Options,
        around: Surroundings,
    ) -> Vec<Edit> {
        let text = draft.text();
        let counts = |rule| options.rules.contains(rule);
        match self {
            Pass::Repair if draft.is_allowed(&options.allow) => Vec::new(),
            Pass::Repair => {
                let mut edits = repair_surveyed(text, draft.survey());
                let broken = broken(text, draft.survey(), &edits, options.allow.code);
                edits.extend(broken);
                edits
            }
            // The one thing that a check looks for here, and that ASCII has not.
            Pass::Unicode if !counts(Rule::U301) && !counts(Rule::U302) && !counts(Rule::U303) => {
                if draft.is_allowed(&options.allow) {
                    Vec::new()
                } else {
                    stray_boms(text)
                }
            }
            Pass::Unicode => unicode(text, draft.survey()),
            Pass::Boilerplate => {
                boilerplate_on_lines(text, draft.lines(), options.rules, &options.boilerplate)
            }
            Pass::Whitespace => whitespace(draft, around),
        }
    }
}
