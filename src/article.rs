//! Article: what cleaning gives, and everything it did on the way.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use encoding_rs::UTF_8;

use crate::edit::{Certainty, Repair};
use crate::rules::Rule;

/// A cleaned article.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Article<'a> {
    /// The clean text; borrowed from the input where nothing had to change.
    pub text: Cow<'a, str>,
    /// The charset the bytes were read as, by its name in the Encoding Standard.
    pub charset: &'static str,
    /// What was changed, boilerplate aside, and the damage that is left, in the order it was found.
    pub edits: Vec<Finding>,
    /// The passages that were taken away as boilerplate.
    pub removed: Vec<Finding>,
    /// What a web page says about its article; `None` for text.
    pub about: Option<About>,
}

/// What a web page says about its article, each cleaned as the article is; empty where it is silent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct About {
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// The day it was published, as `2026-11-22`.
    pub date: String,
    /// The name of the site.
    pub site: String,
    /// The language, by its code.
    pub language: String,
}

impl<'a> Article<'a> {
    pub(crate) fn new(
        text: Cow<'a, str>,
        charset: &'static str,
        mut findings: Vec<Finding>,
    ) -> Self {
        let removed = findings.extract_if(.., |finding| finding.rule.is_boilerplate());
        let removed = removed.collect();
        Article {
            text,
            charset,
            edits: findings,
            removed,
            about: None,
        }
    }

    /// The same article, with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Article<'static> {
        Article {
            text: Cow::Owned(self.text.into_owned()),
            charset: self.charset,
            edits: self.edits,
            removed: self.removed,
            about: self.about,
        }
    }

    /// The damage that is still in the text: what no repair is known for, and under `strict` what
    /// could only be inferred.
    pub fn left(&self) -> impl Iterator<Item = &Finding> {
        self.edits.iter().filter(|finding| !finding.applied)
    }
}

/// One article, put together of the pages it was cleaned in. As long as they stand in the source as they
/// are, nothing is copied.
pub(crate) struct Whole<'a> {
    source: &'a [u8],
    /// Bytes of the source that the pages so far were.
    read: usize,
    /// Whether they are the text.
    is_same: bool,
    article: Article<'a>,
}

impl<'a> Whole<'a> {
    pub(crate) fn of(source: &'a [u8]) -> Self {
        Whole {
            source,
            read: 0,
            is_same: true,
            article: Article::new(Cow::Borrowed(""), UTF_8.name(), Vec::new()),
        }
    }

    /// Adds the next page, which was so many bytes of the source.
    pub(crate) fn add(&mut self, page: Article<'a>, length: usize) {
        let was_same = self.is_same;
        self.is_same &= matches!(page.text, Cow::Borrowed(text) if text.len() == length);
        if self.read == 0 {
            self.article = page;
        } else {
            if was_same && !self.is_same {
                self.article.text = text_of(&self.source[..self.read]);
            }
            if !self.is_same {
                self.article.text.to_mut().push_str(&page.text);
            }
            self.article.edits.extend(page.edits);
            self.article.removed.extend(page.removed);
        }
        self.read += length;
    }

    pub(crate) fn into_article(mut self) -> Article<'a> {
        if self.is_same && self.article.text.len() < self.read {
            self.article.text = text_of(&self.source[..self.read]);
        }
        self.article
    }
}

/// What has been read as UTF-8 page by page.
pub(crate) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// One edit as it stands to the input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is about.
    pub rule: Rule,
    /// The bytes of the input it replaces.
    pub span: Range<usize>,
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// The code point of that line it begins at, counted from 1.
    pub column: usize,
    /// The line it ends on.
    pub last_line: usize,
    /// The code point of that line it ends before.
    pub last_column: usize,
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether the edit was made; `false` for damage that is left.
    pub applied: bool,
    /// How a repair was found.
    pub repair: Option<Arc<Repair>>,
}

/// How much is told of each edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// All of a [`Finding`].
    #[default]
    Full,
    /// What counting needs: the rule, the bytes, how sure it is, whether it was made and how it was found. No texts,
    /// and 0 for lines and columns, which would have to be counted from the start of the page.
    Spans,
}

/// A block of an article's text, as the JSON output lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    /// What kind of block it is.
    pub kind: BlockKind,
    /// Its text, without the white space around it.
    pub text: &'a str,
}

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A short line that titles what follows.
    Heading,
    /// Prose.
    Paragraph,
    /// A line that begins with a bullet or a number.
    ListItem,
}

impl BlockKind {
    /// The name in the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list_item",
        }
    }
}

/// The blocks of a clean text: a line each, blank lines aside.
///
/// ```
/// use artclean::{BlockKind, blocks};
/// let kinds: Vec<_> = blocks("Takeaway\n\nIt rained all day.\n  • A bullet\n").map(|b| b.kind).collect();
/// assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::ListItem]);
/// ```
pub fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    (0..lines.len()).map(move |i| {
        let follows = lines.get(i + 1).is_some();
        Block {
            kind: kind_of(lines[i], follows),
            text: lines[i],
        }
    })
}

fn kind_of(line: &str, something_follows: bool) -> BlockKind {
    /// Code points up to which a line can be a heading; newsrooms keep headings under a line of print.
    const LONGEST_HEADING: usize = 100;
    if is_list_item(line) {
        BlockKind::ListItem
    } else if something_follows && !ends_like_prose(line) && line.chars().count() <= LONGEST_HEADING
    {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

fn is_list_item(line: &str) -> bool {
    let mut characters = line.chars();
    match characters.next() {
        Some('•' | '◦' | '▪' | '‣' | '·' | '●' | '○' | '■') => true,
        Some('-' | '*' | '–' | '+') => characters.next() == Some(' '),
        Some(first) if first.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}

/// Whether a line ends as sentences do, quotation marks and brackets behind the sign aside.
fn ends_like_prose(line: &str) -> bool {
    let body = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』']);
    // Full stops of Latin, Devanagari, Arabic, CJK, Armenian, Ethiopic and Burmese.
    body.ends_with([
        '.', '!', '…', ':', ';', ',', '।', '॥', '۔', '。', '！', '？', '։', '።', '။',
    ])
}
