//! Boilerplate: finds the lines that are not the article.
//!
//! What an extractor leaves around an article is told by phrases and by structure together: a
//! phrase must stand on its line as its row says, and what stands around the line decides with it.
//! Phrases alone misfire ("Share", "Follow" and "Subscribe" open real sentences), and structure
//! alone does (sports pages are made of short lines).
//!
//! The steps, in order: [`prefilter`] asks which texts are worth a look at all; [`page`] splits
//! the text into lines; [`mark`] says what each line says by itself; [`related`] takes labels with
//! their headlines; what would take too much of the article is left alone.

mod dates;
mod decoration;
mod evidence;
mod fold;
mod kinds;
mod mark;
mod page;
mod phrases;
mod prefilter;
mod related;
mod shape;
mod zones;

use std::ops::Range;

pub use kinds::Kinds;

use self::evidence::ENOUGH;
use self::mark::marks;
use self::page::Page;
use self::zones::Zones;
use crate::edit::{Certainty, Edit};
use crate::rules::Rule;

/// What goes and how.
#[derive(Debug, Clone, Default)]
pub struct BoilerplateOptions {
    /// The kinds that go.
    pub kinds: Kinds,
}

/// A passage that is not the article.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Passage {
    kind: Rule,
    span: Range<usize>,
}

/// The passages of `text` that are boilerplate, in order and apart.
///
/// Each edit deletes whole lines, line end included, or a passage inside a line. `text` is repaired
/// and in NFC; blank lines left behind are for the white-space step.
///
/// ```
/// use artclean::normalizer::boilerplate::{BoilerplateOptions, boilerplate};
///
/// let text = "The bridge reopened on Monday after two years of repairs.\n\n\
///             Also Read:\n\nOld bridge closed after storm\n";
/// let edits = boilerplate(text, &BoilerplateOptions::default());
/// assert_eq!(edits.len(), 1);
/// assert_eq!(edits[0].rule.name(), "related");
/// assert_eq!(&text[edits[0].span.clone()], "Also Read:\n\nOld bridge closed after storm\n");
/// ```
pub fn boilerplate(text: &str, options: &BoilerplateOptions) -> Vec<Edit> {
    let page = Page::new(text);
    let zones = Zones::of(&page);
    let mut passages = Vec::new();
    let mut at = 0;
    while at < page.len() {
        at = match passage_at(&page, at, &zones, options) {
            Some((kind, lines)) => {
                passages.push(Passage {
                    kind,
                    span: page.span(lines.clone()),
                });
                lines.end
            }
            None => at + 1,
        };
    }
    passages.into_iter().map(deletion).collect()
}

/// The passage that starts on this line, if one does: its kind and its lines.
fn passage_at(
    page: &Page,
    at: usize,
    zones: &Zones,
    options: &BoilerplateOptions,
) -> Option<(Rule, Range<usize>)> {
    let related = marks(page.content(at)).iter().find_map(|mark| {
        let lines = related::passage(page, at, mark)?;
        Some((mark.kind, lines))
    });
    let found = related.or_else(|| {
        let verdict = evidence::weigh(page, at, zones)?;
        (verdict.score >= ENOUGH).then_some((verdict.kind, at..at + 1))
    });
    found.filter(|(kind, _)| options.kinds.contains(*kind))
}

fn deletion(passage: Passage) -> Edit {
    Edit {
        rule: passage.kind,
        span: passage.span,
        after: String::new(),
        certainty: Certainty::Proven,
        repair: None,
    }
}
