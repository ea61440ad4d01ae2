//! Cleaner: the three stages put in order, with what the caller wants of them.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read, Write};

use encoding_rs::Encoding;

use crate::allow::Allow;
use crate::article::{Article, Detail, Whole};
use crate::edit::{Certainty, Draft, Edit, Traced};
use crate::findings::Findings;
use crate::flow::Flow;
use crate::normalizer::boilerplate::BoilerplateOptions;
use crate::pages::{PAGE_BYTES, Surroundings};
use crate::pass::Pass;
use crate::reader::{DecodeError, decode, whole_characters};
use crate::rules::{Rule, RuleSet};

/// What is wanted of a [`Cleaner`].
#[derive(Debug, Clone)]
pub struct Options {
    /// The passes that run; all of them unless told otherwise.
    pub passes: Vec<Pass>,
    /// The rules whose edits count; all of them unless told otherwise, but for those that are
    /// [on request](RuleSet::ON_REQUEST).
    pub rules: RuleSet,
    /// How boilerplate is looked for.
    pub boilerplate: BoilerplateOptions,
    /// Make only repairs that are proven; what could only be inferred is reported as left.
    pub strict: bool,
    /// The charset of the bytes, where it is known; no guessing then.
    pub charset: Option<&'static Encoding>,
    /// What is left as it is, though a rule finds it; nothing unless told otherwise.
    pub allow: Allow,
    /// How much is told of each edit.
    pub detail: Detail,
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
            detail: Detail::default(),
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

/// Bytes that are read beyond a page: more than most lines have, so that most pages need one read.
const READ_AHEAD: usize = 16 << 10;

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

    /// What it was made to do.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Cleans the bytes of one text.
    ///
    /// # Errors
    /// Bytes that no charset explains are an error that names the first of them by its offset;
    /// nothing is ever replaced by U+FFFD.
    pub fn clean<'a>(&self, bytes: &'a [u8]) -> Result<Article<'a>, DecodeError> {
        let mut flow = Flow::new(self);
        let mut whole = Whole::of(bytes);
        let mut rest = bytes;
        loop {
            let (page, ends) = flow.cut(rest, true).unwrap_or((rest, true));
            let (article, length) = flow.page(page, ends)?;
            whole.add(article, length);
            if length == rest.len() {
                return Ok(whole.into_article());
            }
            rest = &rest[length..];
        }
    }

    /// Cleans one text that is decoded already. Offsets are bytes of `text`.
    ///
    /// ```
    /// use artclean::Cleaner;
    /// assert_eq!(Cleaner::default().clean_text("Rain").text, "Rain\n");
    /// ```
    pub fn clean_text<'a>(&self, text: &'a str) -> Article<'a> {
        let mut flow = Flow::new(self);
        let mut whole = Whole::of(text.as_bytes());
        let mut rest = text;
        loop {
            let page = &rest[..flow.page_of(rest)];
            let (article, length) = flow.page_of_text(page, page.len() == rest.len());
            whole.add(article, length);
            if length == rest.len() {
                return whole.into_article();
            }
            rest = &rest[length..];
        }
    }

    /// Cleans a text of any size, in flat memory: what [`clean`](Cleaner::clean) of all that
    /// `input` gives would be goes to `output`, and `each` gets what was found, page by page.
    ///
    /// # Errors
    /// `input` or `output` fails, or the bytes are no text. Pages before that have been written, and of an
    /// input that fails all that came before, as if it had ended there.
    pub fn clean_stream(
        &self,
        mut input: impl Read,
        mut output: impl Write,
        mut each: impl FnMut(&Article<'_>),
    ) -> Result<(), StreamError> {
        let mut flow = Flow::new(self);
        // A page and a little more: what is left of one read is moved before the next.
        let mut buffer = vec![0; PAGE_BYTES + READ_AHEAD];
        let (mut start, mut end) = (0, 0);
        let mut ended = false;
        let mut failure = None;
        loop {
            if let Some((page, ends)) = flow.cut(&buffer[start..end], ended) {
                let (article, length) = flow.page(page, ends).map_err(StreamError::Decode)?;
                output
                    .write_all(article.text.as_bytes())
                    .map_err(StreamError::Write)?;
                each(&article);
                if ends && length == page.len() {
                    output.flush().map_err(StreamError::Write)?;
                    return failure.map_or(Ok(()), |error| Err(StreamError::Read(error)));
                }
                start += length;
            } else {
                buffer.copy_within(start..end, 0);
                (start, end) = (0, end - start);
                if end == buffer.len() {
                    buffer.resize(2 * end, 0);
                }
                match input.read(&mut buffer[end..]) {
                    Ok(read) => {
                        end += read;
                        ended = read == 0;
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => {
                        failure = Some(error);
                        ended = true;
                        end = start + whole_characters(&buffer[start..end]).len();
                    }
                }
            }
        }
    }

    /// Reads the bytes of one article as text, and cleans nothing.
    ///
    /// # Errors
    /// As [`clean`](Cleaner::clean).
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Result<Cow<'a, str>, DecodeError> {
        Ok(decode(bytes, self.options.charset, self.options.strict)?.text)
    }

    /// Runs the passes in their order, and again until they find nothing more, so that cleaning
    /// twice equals cleaning once: a removed passage can bring blank lines together, a repaired run
    /// can be mojibake of another.
    pub(crate) fn steps(
        &self,
        draft: &mut Draft<'_>,
        around: Surroundings,
        findings: &mut Findings<'_>,
    ) {
        let passes = Pass::ALL.into_iter();
        let mut looks: Vec<(Pass, Look)> = passes
            .filter(|pass| self.options.passes.contains(pass))
            .map(|pass| (pass, Look::default()))
            .collect();
        // What was inferred under `strict`. It stays told although the proven repairs around it,
        // once made, are no evidence for it any more.
        let mut inferred: Vec<Traced<'_>> = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let before_round = draft.edition();
            for (pass, look) in &mut looks {
                // Of the same text a pass says the same.
                if look.edition == Some(draft.edition()) {
                    continue;
                }
                let mut edits = pass.propose(draft, &self.options, around);
                edits.retain(|edit| self.counts(draft.text(), edit, around.ignored));
                let kept = edits.extract_if(.., |edit| !self.makes(edit));
                let now = Look {
                    edition: Some(draft.edition()),
                    left: kept.map(|edit| draft.trace(edit).into_owned()).collect(),
                };
                let before = std::mem::replace(look, now);
                let unsure = |traced: &Traced<'_>| traced.edit.certainty == Certainty::Inferred;
                inferred.extend(before.left.into_iter().filter(unsure));
                draft.apply(edits, |traced| findings.add(traced, true));
            }
            if draft.edition() == before_round {
                // Only what the last look could not mend is left; an earlier one's may be mended.
                let left = looks.into_iter().flat_map(|(_, look)| look.left);
                findings.add_left(left.collect(), inferred);
                break;
            }
        }
    }

    /// Whether a byte order mark at the start of UTF-8 goes. The reader passes over it, and the Unicode pass
    /// has the say.
    pub(crate) fn drops_marks(&self) -> bool {
        self.options.rules.contains(Rule::U304) && self.options.passes.contains(&Pass::Unicode)
    }

    /// Whether an edit of `text`, on whose first line some rules are `ignored`, is wanted at all.
    pub(crate) fn counts(&self, text: &str, edit: &Edit, ignored: RuleSet) -> bool {
        let on_first_line = || memchr::memchr(b'\n', &text.as_bytes()[..edit.span.start]).is_none();
        self.options.rules.contains(edit.rule)
            && !self.options.allow.covers(text, edit)
            && !(ignored.contains(edit.rule) && on_first_line())
    }

    fn makes(&self, edit: &Edit) -> bool {
        match edit.certainty {
            Certainty::Proven => true,
            Certainty::Inferred => !self.options.strict,
            Certainty::Lost => false,
        }
    }
}

/// What a pass left of a draft when it last looked at it.
#[derive(Default)]
struct Look {
    edition: Option<usize>,
    left: Vec<Traced<'static>>,
}

/// Why a stream was not cleaned to its end.
#[derive(Debug)]
pub enum StreamError {
    /// The input failed.
    Read(io::Error),
    /// The output failed.
    Write(io::Error),
    /// The bytes are no text.
    Decode(DecodeError),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamError::Read(error) => write!(f, "cannot be read: {error}"),
            StreamError::Write(error) => write!(f, "cannot be written: {error}"),
            StreamError::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StreamError {}
