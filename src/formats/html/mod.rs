//! HTML: the article is taken out of a web page, as text with headings, paragraphs and list items on
//! lines of their own, and then cleaned like any other.
//!
//! One page goes through [`charset`] (bytes → HTML), `extract` (HTML → the part of it that is the
//! article) and `lines` (that part → text).

pub mod charset;
mod extract;
mod lines;
mod shape;

use std::fmt;

pub use extract::THREAD;

use crate::article::{About, Article};
use crate::cleaner::Cleaner;
use crate::pass::Pass;
use crate::reader::DecodeError;

/// A web page's article, not cleaned yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// The article's text.
    pub text: String,
    /// What the page says about it.
    pub about: About,
    /// The charset the page was read as, by its name in the Encoding Standard.
    pub charset: &'static str,
}

/// Why no article could be taken from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageError {
    /// The page is in no charset that explains its bytes.
    Undecodable(DecodeError),
    /// There is nothing in it that looks like an article.
    NoArticle,
    /// It is larger than [`extract::LARGEST_PAGE`].
    TooLarge,
    /// Its elements stand deeper in one another than [`extract::DEEPEST`].
    TooDeep,
    /// A tag of it has more than [`shape::MOST_ATTRIBUTES`].
    TooManyAttributes,
    /// It took longer than [`extract::LONGEST_TIME`].
    TooSlow,
    /// The extraction library gave up on it.
    Failed,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageError::Undecodable(error) => error.fmt(f),
            PageError::NoArticle => f.write_str(
                "no article was found in this web page: save its text, or clean it as it is with --from text",
            ),
            PageError::TooLarge => write!(
                f,
                "the web page is larger than {} MiB: cut it down to the article",
                extract::LARGEST_PAGE >> 20
            ),
            PageError::TooDeep => write!(
                f,
                "the web page nests elements more than {} deep, which no article does: cut it down to the article",
                extract::DEEPEST
            ),
            PageError::TooManyAttributes => write!(
                f,
                "a tag of the web page has more than {} attributes, which no article's has: cut it down to the article",
                shape::MOST_ATTRIBUTES
            ),
            PageError::TooSlow => write!(
                f,
                "finding the article took more than {} seconds: cut the web page down to the article",
                extract::LONGEST_TIME.as_secs()
            ),
            PageError::Failed => f.write_str(
                "the extraction library gave up on this web page: cut it down to the article",
            ),
        }
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// Reads a page by the charset rules of browsers, or the charset `cleaner` was told, and finds
    /// its article.
    ///
    /// # Errors
    /// There is no article in it, or it cannot be looked for.
    ///
    /// ```
    /// use artclean::{Cleaner, formats::html::Page};
    /// let html = "<html lang=en><title>Rain</title><meta charset=windows-1252><body><article>\
    ///     <h1>Rain</h1><p>It rained all day in the old harbour, and nobody \u{97} the mayor \
    ///     included \u{97} went out.</p></article></html>";
    /// let bytes: Vec<u8> = html.chars().map(|c| c as u8).collect();
    /// let cleaner = Cleaner::default();
    /// let page = Page::read(&cleaner, &bytes)?;
    /// let article = page.clean(&cleaner);
    /// assert!(article.text.contains("nobody — the mayor included — went out.\n"));
    /// assert_eq!(article.about.unwrap().title, "Rain");
    /// # Ok::<(), artclean::formats::html::PageError>(())
    /// ```
    pub fn read(cleaner: &Cleaner, bytes: &[u8]) -> Result<Page, PageError> {
        let (html, charset) = charset::read(cleaner, bytes).map_err(PageError::Undecodable)?;
        Page::find(&html, charset)
    }

    /// Finds the article in a page that is text already.
    ///
    /// # Errors
    /// As [`read`](Page::read).
    pub fn find(html: &str, charset: &'static str) -> Result<Page, PageError> {
        let extracted = extract::extract(html)?;
        Ok(Page {
            text: extracted.text,
            about: extracted.about,
            charset,
        })
    }

    /// Cleans the article and what the page says about it. Spans, lines and columns of the findings
    /// are those of [`text`](Page::text).
    pub fn clean(&self, cleaner: &Cleaner) -> Article<'_> {
        let mut article = cleaner.clean_text(&self.text);
        article.charset = self.charset;
        // Inside the text a headline or a byline can be boilerplate; here it is what was asked for.
        let mut options = cleaner.options().clone();
        options.passes.retain(|&pass| pass != Pass::Boilerplate);
        let cleaner = Cleaner::new(options);
        let line = |text: &str| cleaner.clean_text(text).text.trim().to_owned();
        article.about = Some(About {
            title: line(&self.about.title),
            byline: line(&self.about.byline),
            site: line(&self.about.site),
            ..self.about.clone()
        });
        article
    }
}

/// Whether bytes begin as a web page does: a doctype or the `html` element, before which nothing
/// stands but white space, comments and an XML declaration. A text that only contains HTML, or begins
/// with another element, does not.
///
/// ```
/// use artclean::formats::html::begins_as_page;
/// assert!(begins_as_page(b"\n<!-- saved --><!DOCTYPE html>"));
/// assert!(!begins_as_page(b"<p>A paragraph.</p>"));
/// assert!(!begins_as_page(b"The <html> element"));
/// ```
pub fn begins_as_page(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        let end = match rest {
            [b'<', b'!', b'-', b'-', ..] => memchr::memmem::find(rest, b"-->").map(|at| at + 3),
            [b'<', b'?', ..] => memchr::memmem::find(rest, b"?>").map(|at| at + 2),
            _ => break,
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    let begins = |word: &[u8]| {
        rest.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
            && rest
                .get(word.len())
                .is_some_and(|&next| next == b'>' || next.is_ascii_whitespace())
    };
    begins(b"<!doctype html") || begins(b"<html")
}
