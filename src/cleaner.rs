//! Cleaner: the three stages put in order, with what the caller wants of them.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::allow::Allow;
use crate::article::{Article, Finding};
use crate::edit::{Certainty, Draft, Edit, Traced};
use crate::normalizer::boilerplate::{BoilerplateOptions, boilerplate};
use crate::normalizer::{unicode, whitespace};
use crate::reader::repair::repair;
use crate::reader::{DecodeError, Offsets, decode};
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

    fn propose(self, text: &str, options: &Options) -> Vec<Edit> {
        match self {
            Pass::Repair => repair(text),
            Pass::Unicode => unicode(text),
            Pass::Boilerplate => boilerplate(text, &options.boilerplate),
            Pass::Whitespace => whitespace(text),
        }
    }
}

/// What is wanted of a [`Cleaner`].
#[derive(Debug, Clone)]
pub struct Options {
    /// The passes that run; all of them unless told otherwise.
    pub passes: Vec<Pass>,
    /// The rules whose edits count; all of them unless told otherwise.
    pub rules: RuleSet,
    /// The kinds of boilerplate that go.
    pub boilerplate: BoilerplateOptions,
    /// Make only repairs that are proven; what could only be inferred is reported as left.
    pub strict: bool,
    /// The charset of the bytes, where it is known; no guessing then.
    pub charset: Option<&'static Encoding>,
    /// What is left as it is, though a rule finds it; nothing unless told otherwise.
    pub allow: Allow,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            passes: Pass::ALL.to_vec(),
            rules: RuleSet::default(),
            boilerplate: BoilerplateOptions::default(),
            strict: false,
            charset: None,
            allow: Allow::default(),
        }
    }
}

/// Cleans articles, one call each. It holds no state: one cleaner serves any number of threads.
///
/// ```
/// use artclean::{Cleaner, Options};
/// let cleaner = Cleaner::new(Options::default());
/// let article = cleaner.clean("It rained — all day.  \n".as_bytes())?;
/// assert_eq!(article.text, "It rained — all day.\n");
/// assert_eq!(article.edits[0].rule.code(), "W401");
/// # Ok::<(), artclean::DecodeError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cleaner {
    options: Options,
}

/// Rounds after which cleaning stops though the text still changes. Two are the rule (one that
/// changes, one that finds nothing more); no fixture needs more than four.
const MOST_ROUNDS: usize = 8;

impl Cleaner {
    /// A cleaner that does what `options` say.
    pub fn new(mut options: Options) -> Self {
        // A pass none of whose rules counts would work for nothing.
        let rules = options.rules;
        options.passes.retain(|pass| {
            Rule::ALL
                .iter()
                .any(|&rule| rules.contains(rule) && pass.rules().contains(rule))
        });
        Cleaner { options }
    }

    /// Whether findings of `rule` count.
    pub fn looks_for(&self, rule: Rule) -> bool {
        self.options.rules.contains(rule)
    }

    /// Cleans the bytes of one article.
    ///
    /// # Errors
    /// Bytes that no charset explains are an error that names the first of them by its offset;
    /// nothing is ever replaced by U+FFFD.
    pub fn clean<'a>(&self, bytes: &'a [u8]) -> Result<Article<'a>, DecodeError> {
        let decoded = decode(bytes, self.options.charset, self.options.strict)?;
        let mut findings = Findings::new(&decoded.text);
        for edit in decoded.edits {
            if self.counts(&decoded.text, &edit) {
                findings.made_while_decoding(edit, bytes, &decoded.offsets);
            }
        }
        let clean = self.steps(&decoded.text, &mut findings);
        let findings = findings.placed(&decoded.offsets);
        Ok(Article::new(
            clean.map_or(decoded.text, Cow::Owned),
            decoded.charset,
            findings,
        ))
    }

    /// Reads the bytes of one article as text, and cleans nothing.
    ///
    /// # Errors
    /// As [`clean`](Cleaner::clean).
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Result<Cow<'a, str>, DecodeError> {
        Ok(decode(bytes, self.options.charset, self.options.strict)?.text)
    }

    /// Cleans one article that is text already. Offsets are bytes of `text`.
    ///
    /// ```
    /// use artclean::Cleaner;
    /// assert_eq!(Cleaner::default().clean_text("Rain").text, "Rain\n");
    /// ```
    pub fn clean_text<'a>(&self, text: &'a str) -> Article<'a> {
        let mut findings = Findings::new(text);
        let clean = self.steps(text, &mut findings);
        let findings = findings.placed(&Offsets::Shifted(0));
        Article::new(
            clean.map_or(Cow::Borrowed(text), Cow::Owned),
            encoding_rs::UTF_8.name(),
            findings,
        )
    }

    /// Runs the passes in their order, and again until they find nothing more, so that cleaning
    /// twice equals cleaning once: a removed passage can bring blank lines together, a repaired run
    /// can be mojibake of another. `None` where nothing had to change.
    fn steps(&self, source: &str, findings: &mut Findings<'_>) -> Option<String> {
        let mut draft = Draft::new(source);
        for _ in 0..MOST_ROUNDS {
            let before_round = findings.len();
            let mut left = Vec::new();
            for pass in Pass::ALL
                .into_iter()
                .filter(|pass| self.options.passes.contains(pass))
            {
                let mut edits = pass.propose(draft.text(), &self.options);
                edits.retain(|edit| self.counts(draft.text(), edit));
                let (made, kept): (Vec<_>, Vec<_>) =
                    edits.into_iter().partition(|edit| self.makes(edit));
                left.extend(kept.into_iter().map(|edit| draft.trace(edit)));
                for edit in &made {
                    findings.add(draft.trace(edit.clone()), true);
                }
                draft.apply(&made);
            }
            if findings.len() == before_round {
                // Only what the last round could not mend is left; an earlier round's may be mended.
                left.into_iter()
                    .for_each(|traced| findings.add(traced, false));
                break;
            }
        }
        draft.into_changed()
    }

    /// Whether an edit of `text` is wanted at all.
    fn counts(&self, text: &str, edit: &Edit) -> bool {
        self.options.rules.contains(edit.rule) && !self.options.allow.covers(text, edit)
    }

    fn makes(&self, edit: &Edit) -> bool {
        match edit.certainty {
            Certainty::Proven => true,
            Certainty::Inferred => !self.options.strict,
            Certainty::Lost => false,
        }
    }
}

/// Collects what was found, by where it stands in the decoded text.
struct Findings<'s> {
    source: &'s str,
    found: Vec<(Traced, bool)>,
}

impl<'s> Findings<'s> {
    fn new(source: &'s str) -> Self {
        Findings {
            source,
            found: Vec::new(),
        }
    }

    fn len(&self) -> usize {
        self.found.len()
    }

    fn add(&mut self, traced: Traced, applied: bool) {
        self.found.push((traced, applied));
    }

    fn made_while_decoding(&mut self, edit: Edit, bytes: &[u8], offsets: &Offsets) {
        let before = match edit.rule {
            Rule::U304 => "\u{FEFF}".to_owned(),
            // What stood there is no text: show the bytes.
            _ => bytes[offsets.byte(edit.span.start)..offsets.byte(edit.span.end)]
                .iter()
                .map(|byte| format!("\\x{byte:02X}"))
                .collect(),
        };
        self.add(
            Traced {
                source: edit.span.clone(),
                before,
                edit,
            },
            true,
        );
    }

    /// The findings in the order of the input, each with its line and column.
    fn placed(self, offsets: &Offsets) -> Vec<Finding> {
        let mut found = self.found;
        found.sort_by_key(|(traced, _)| (traced.source.start, traced.source.end));
        let mut places = Places::new(self.source);
        found
            .into_iter()
            .map(
                |(
                    Traced {
                        source,
                        before,
                        edit,
                    },
                    applied,
                )| {
                    let (line, column) = places.at(source.start);
                    let passage = self.source[source.clone()].trim_end_matches(['\n', '\r']);
                    let last_line = line + memchr::memchr_iter(b'\n', passage.as_bytes()).count();
                    let last_column = match passage.rsplit_once('\n') {
                        Some((_, last)) => 1 + last.chars().count(),
                        None => column + passage.chars().count(),
                    };
                    let start = if edit.rule == Rule::U304 {
                        0
                    } else {
                        offsets.byte(source.start)
                    };
                    Finding {
                        rule: edit.rule,
                        span: start..offsets.byte(source.end),
                        line,
                        column,
                        last_line,
                        last_column,
                        before,
                        after: edit.after,
                        certainty: edit.certainty,
                        applied,
                        repair: edit.repair,
                    }
                },
            )
            .collect()
    }
}

/// Lines and columns of ascending places in a text, found in one walk over it.
struct Places<'s> {
    text: &'s str,
    walked: usize,
    line: usize,
    column: usize,
}

impl<'s> Places<'s> {
    fn new(text: &'s str) -> Self {
        Places {
            text,
            walked: 0,
            line: 1,
            column: 1,
        }
    }

    /// The line and the column in code points, both counted from 1, of a place not before the last.
    fn at(&mut self, place: usize) -> (usize, usize) {
        let passed = &self.text[self.walked..place];
        self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        match passed.rfind('\n') {
            Some(at) => self.column = 1 + passed[at + 1..].chars().count(),
            None => self.column += passed.chars().count(),
        }
        self.walked = place;
        (self.line, self.column)
    }
}
