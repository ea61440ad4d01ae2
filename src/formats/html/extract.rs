//! Extract: HTML → the article in it. The one module that knows which library does that.
//!
//! The library is `trafilatura`, with its focus on precision: on 181 news pages judged by hand its F1
//! is 0.968, against 0.951 of `dom_smoothie` and 0.960 of trafilatura for Python. It takes some 10 ms
//! a page, four times as long as `dom_smoothie`, and brings twice the dependencies: what is left of
//! the wrong text is worth more than either.
//!
//! Each page is taken apart in a thread of its own. The library walks a page by recursion, so it gets
//! a stack for the deepest page that is let in; a panic in it costs the page, not the run; and its
//! time on hostile pages grows with the square of their size, so the worst are told before by their
//! shape, and others are given up on after a while.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, Options};

use super::PageError;
use super::lines::lines;
use super::shape;
use crate::article::About;

/// Bytes of the largest page that is looked into. News pages have 50 KB to 2 MB, saved ones with
/// their pictures inside some ten times that.
pub(super) const LARGEST_PAGE: usize = 32 << 20;

/// Elements around the innermost one of the deepest page that is looked into. Browsers stop at 512.
pub(super) const DEEPEST: usize = 1000;

/// Time after which a page is given up. The slowest of the 181 pages took 0.2 seconds.
pub(super) const LONGEST_TIME: Duration = Duration::from_secs(60);

/// Stack of the thread that takes a page apart; a page of the deepest kind needs a tenth of it.
const STACK: usize = 64 << 20;

/// Name of the threads that pages are taken apart in, by which a panic in one can be told from any
/// other.
pub const THREAD: &str = "artclean-page";

/// What was taken out of a page.
pub(super) struct Extracted {
    pub text: String,
    pub about: About,
}

/// Takes the article out of a page.
pub(super) fn extract(html: &str) -> Result<Extracted, PageError> {
    if html.len() > LARGEST_PAGE {
        return Err(PageError::TooLarge);
    }
    let html = html.to_owned();
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody waits any more for a page that took too long.
            let _ = sender.send(take_apart(&html));
        })
        .map_err(|_| PageError::Failed)?;
    match receiver.recv_timeout(LONGEST_TIME) {
        Ok(extracted) => extracted,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(PageError::TooSlow),
        // The thread is gone and has sent nothing.
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(PageError::Failed),
    }
}

fn take_apart(html: &str) -> Result<Extracted, PageError> {
    let page = match parse(html) {
        Err(PageError::TooDeep) => parse(&shape::without_formatting(html)?)?,
        page => page?,
    };
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true);
    let found = trafilatura::extract_document(page, &options).map_err(|_| PageError::NoArticle)?;
    let text = lines(&found.content_html);
    if text.is_empty() {
        return Err(PageError::NoArticle);
    }
    let about = found.metadata;
    Ok(Extracted {
        text,
        about: About {
            title: about.title,
            byline: about.author,
            date: about.date.map(|date| date.to_string()).unwrap_or_default(),
            site: about.sitename,
            language: about.language,
        },
    })
}

fn parse(html: &str) -> Result<Document, PageError> {
    shape::look(html)?;
    let page = Document::parse(html);
    if is_deeper_than(&page, DEEPEST) {
        return Err(PageError::TooDeep);
    }
    Ok(page)
}

fn is_deeper_than(page: &Document, limit: usize) -> bool {
    let mut waiting = vec![(page.root(), 0)];
    while let Some((node, depth)) = waiting.pop() {
        if depth > limit {
            return true;
        }
        waiting.extend(
            page.children(node)
                .into_iter()
                .map(|child| (child, depth + 1)),
        );
    }
    false
}
