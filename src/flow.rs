//! Flow: a text cleaned page by page, as one text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::article::{Article, Detail, text_of};
use crate::cleaner::Cleaner;
use crate::edit::Draft;
use crate::findings::{Findings, Place};
use crate::pages::{
    Before, DENSE_PAGE_BYTES, DENSE_PLACES, PAGE_BYTES, Surroundings, first_page,
    first_page_of_utf16,
};
use crate::pass::Pass;
use crate::reader::{DecodeError, Decoded, Offsets, decode, decode_behind, is_utf16, utf16};
use crate::rules::{Rule, RuleSet};

/// A text on its way through a cleaner.
pub(crate) struct Flow<'c> {
    cleaner: &'c Cleaner,
    /// What the caller said, or what a page that was not UTF-8 was found to be.
    charset: Option<&'static Encoding>,
    place: Place,
    /// Bytes left of what was found to be damage throughout, which is cleaned in short pages.
    dense: usize,
    before: Before,
    /// A blank line that comes before the next line, if one comes.
    held: bool,
    /// The rules that a comment at the end of the last page says to ignore on the next line.
    ignored: RuleSet,
}

impl<'c> Flow<'c> {
    pub(crate) fn new(cleaner: &'c Cleaner) -> Self {
        let charset = cleaner.options().charset;
        Flow {
            cleaner,
            charset,
            place: Place::START,
            dense: 0,
            before: Before::Start,
            held: false,
            ignored: RuleSet::NONE,
        }
    }

    /// The next page of `bytes`, and whether it is the last; `None` if more bytes are needed to
    /// tell. `ended` says that none follow.
    pub(crate) fn cut<'b>(&self, bytes: &'b [u8], ended: bool) -> Option<(&'b [u8], bool)> {
        let most = self.most();
        let length = if bytes.len() <= most {
            ended.then_some(bytes.len())?
        } else {
            self.first_page(bytes, most)
        };
        Some((&bytes[..length], ended && length == bytes.len()))
    }

    /// Length in bytes of the next page of what is text already, all of which is there.
    pub(crate) fn page_of(&self, text: &str) -> usize {
        let most = self.most();
        if text.len() <= most {
            text.len()
        } else {
            first_page(text.as_bytes(), most)
        }
    }

    /// How many bytes the next page may have.
    fn most(&self) -> usize {
        if self.dense < DENSE_PAGE_BYTES {
            PAGE_BYTES
        } else {
            DENSE_PAGE_BYTES
        }
    }

    /// Length of the first page of `bytes`, which are more than it may have.
    fn first_page(&self, bytes: &[u8], most: usize) -> usize {
        let known = match self.place {
            // Of what comes behind nothing is known yet, however much of it has arrived.
            Place::START => self.charset.or_else(|| utf16(&bytes[..most / 2 * 2])),
            _ => self.charset,
        };
        match known.filter(|&charset| is_utf16(charset)) {
            Some(order) => first_page_of_utf16(bytes, most, order),
            None => first_page(bytes, most),
        }
    }

    /// Cleans the next page, or as much of it as is cleaned in one piece, and says how many bytes that
    /// are.
    pub(crate) fn page<'b>(
        &mut self,
        bytes: &'b [u8],
        ends: bool,
    ) -> Result<(Article<'b>, usize), DecodeError> {
        let Decoded {
            text,
            charset,
            edits,
            offsets,
        } = self.decode(bytes)?;
        let draft = Draft::new(&text);
        if self.is_too_long(bytes, &draft) {
            let length = self.first_page(bytes, DENSE_PAGE_BYTES);
            self.dense = bytes.len();
            return self.page(&bytes[..length], false);
        }
        self.dense = self.dense.saturating_sub(bytes.len());
        let mut findings = Findings::new(&text, self.cleaner.options().detail);
        let mut keeps_mark = false;
        for edit in edits {
            if edit.rule == Rule::U304 && !self.cleaner.drops_marks() {
                keeps_mark = true;
            } else if self.cleaner.counts(&text, &edit, self.ignored) {
                findings.add_decoded(edit, bytes, &offsets);
            }
        }
        let (clean, behind) = self.clean(&text, draft, ends, &mut findings);
        let findings = findings.placed(&offsets, self.place);
        self.place = Place {
            byte: self.place.byte + bytes.len(),
            ..behind
        };
        let mut text = clean.map_or(text, Cow::Owned);
        if keeps_mark {
            text = marked(text, bytes);
        }
        Ok((Article::new(text, charset, findings), bytes.len()))
    }

    /// The same for what is text already.
    pub(crate) fn page_of_text<'t>(&mut self, text: &'t str, ends: bool) -> (Article<'t>, usize) {
        let draft = Draft::new(text);
        if self.is_too_long(text.as_bytes(), &draft) {
            let length = first_page(text.as_bytes(), DENSE_PAGE_BYTES);
            self.dense = text.len();
            return self.page_of_text(&text[..length], false);
        }
        self.dense = self.dense.saturating_sub(text.len());
        let mut findings = Findings::new(text, self.cleaner.options().detail);
        let (clean, behind) = self.clean(text, draft, ends, &mut findings);
        let findings = findings.placed(&Offsets::Shifted(0), self.place);
        self.place = behind;
        let article = Article::new(
            clean.map_or(Cow::Borrowed(text), Cow::Owned),
            UTF_8.name(),
            findings,
        );
        (article, text.len())
    }

    /// Whether a page is damage throughout, and longer than such a page may be.
    fn is_too_long(&self, bytes: &[u8], draft: &Draft<'_>) -> bool {
        let options = self.cleaner.options();
        bytes.len() > DENSE_PAGE_BYTES
            && options.passes.contains(&Pass::Repair)
            && !draft.is_allowed(&options.allow)
            && !draft.has_few(DENSE_PLACES)
    }

    fn decode<'b>(&mut self, bytes: &'b [u8]) -> Result<Decoded<'b>, DecodeError> {
        let options = self.cleaner.options();
        let at_start = self.place == Place::START;
        let decoded = match options.charset {
            Some(_) => decode(bytes, options.charset, options.strict),
            // What was found on an earlier page goes on here, unless the bytes tell otherwise.
            None => decode_behind(bytes, self.charset, options.strict),
        };
        let decoded = decoded.map_err(|error| DecodeError {
            offset: self.place.byte + error.offset,
            ..error
        })?;
        if at_start || decoded.charset != UTF_8.name() {
            self.charset = self.charset.or_else(|| {
                Encoding::for_label(decoded.charset.as_bytes())
                    .filter(|&encoding| encoding != UTF_8)
            });
        }
        Ok(decoded)
    }

    /// The clean text, or `None` where it is `text` itself; and the place behind `text`.
    fn clean(
        &mut self,
        text: &str,
        mut draft: Draft<'_>,
        ends: bool,
        findings: &mut Findings<'_>,
    ) -> (Option<String>, Place) {
        let before = if self.held {
            Before::BlankLine
        } else {
            self.before
        };
        let around = Surroundings {
            before,
            ends,
            ignored: self.ignored,
        };
        self.cleaner.steps(&mut draft, around, findings);
        let behind = if ends {
            // Nobody asks.
            self.place
        } else if self.cleaner.options().detail == Detail::Spans {
            Place {
                byte: self.place.byte + text.len(),
                ..self.place
            }
        } else {
            match draft.known_lines() {
                Some(lines) if !draft.is_changed() => self.place.after_lines(text, &lines.feeds),
                _ => self.place.after(text),
            }
        };
        (self.joined(text, draft.into_changed(), around), behind)
    }

    /// The clean text of a page as it follows the pages before.
    fn joined(
        &mut self,
        text: &str,
        clean: Option<String>,
        around: Surroundings,
    ) -> Option<String> {
        self.ignored = self.cleaner.options().allow.ignored_after(text);
        let result = clean.as_deref().unwrap_or(text);
        if result.is_empty() || !self.cleaner.options().passes.contains(&Pass::Whitespace) {
            return clean;
        }
        // A blank line at the end of a page is the text's only if something follows.
        let only_blank = result == "\n" && around.before != Before::MidLine;
        let holds = !around.ends && (only_blank || result.ends_with("\n\n"));
        let kept = &result[..result.len() - usize::from(holds)];
        let comes = if self.held && !kept.is_empty() {
            "\n"
        } else {
            ""
        };
        let page = (holds || !comes.is_empty()).then(|| [comes, kept].concat());
        if !kept.is_empty() {
            self.before = if kept.ends_with('\n') {
                Before::Line
            } else {
                Before::MidLine
            };
        }
        self.held = holds || self.held && kept.is_empty();
        page.or(clean)
    }
}

/// A text behind the byte order mark that its bytes begin with.
fn marked<'b>(text: Cow<'b, str>, bytes: &'b [u8]) -> Cow<'b, str> {
    match text {
        // What is borrowed is all that stands behind the mark.
        Cow::Borrowed(_) => text_of(bytes),
        Cow::Owned(text) => Cow::Owned(format!("\u{FEFF}{text}")),
    }
}
