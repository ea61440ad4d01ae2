//! Boilerplate: finds the lines that are not the article.
//!
//! What an extractor leaves around an article is told by phrases and by structure together: a
//! phrase must stand on its line as its row says, and what stands around the line decides with it.
//! Phrases alone misfire ("Share", "Follow" and "Subscribe" open real sentences), and structure
//! alone does (sports pages are made of short lines).
//!
//! The steps, in order: [`suspects`] asks whether the text is worth a look at all, with a
//! [`prefilter`] over the edges of its lines; [`page`] splits it into lines; [`mark`] says what a
//! line says by itself and [`evidence`] weighs it with what stands around it; [`related`] and
//! [`tags`] take labels with the lines under them; [`captions`], [`tail`] and [`capitals`] take what
//! only its neighbours give away; [`inline`], [`closing`] and [`dateline`] look inside the lines that stay; and the
//! [`guard`] leaves a text alone that would lose too much. All of it is done again on what is left
//! until nothing more is found, so that cleaning twice equals cleaning once.

mod capitals;
mod captions;
mod closing;
mod dateline;
mod dates;
mod decoration;
mod edges;
mod evidence;
mod fold;
mod guard;
mod inline;
mod mark;
mod opening;
mod page;
mod passages;
mod phrases;
mod prefilter;
mod profile;
mod related;
#[cfg(test)]
mod rows;
mod shape;
mod stamp;
mod suspects;
mod tags;
mod tail;
mod trail;
mod unmarked;
mod whole_page;
mod zones;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

pub use profile::{Profile, ProfileError};

use self::evidence::ENOUGH;
use self::mark::marks;
use self::page::Page;
use self::passages::{Deletions, Passage, Taken};
use self::zones::Zones;
use crate::edit::{Certainty, Edit};
use crate::lines::Lines;
use crate::rules::{Rule, RuleSet};

/// How the text is looked at.
#[derive(Debug, Clone, Default)]
pub struct BoilerplateOptions {
    /// The text is a whole page, menus and all: find the article on it first.
    pub whole_page: bool,
    /// The lines that recur across the articles of the site the text is from.
    pub profile: Option<Arc<Profile>>,
}

/// How often a text is gone over until nothing more is found. What is left is the text that the next
/// cleaning would see; one that has not settled by then is left as it is.
const ROUNDS: usize = 8;

/// The passages of `text` that are boilerplate of the kinds in `rules`, in order and apart.
///
/// Each edit deletes whole lines, line end included, or a passage inside a line. `text` is repaired
/// and in NFC; blank lines left behind are for the white-space step.
///
/// ```
/// use artclean::RuleSet;
/// use artclean::normalizer::boilerplate::{BoilerplateOptions, boilerplate};
///
/// let text = "The bridge reopened on Monday after two years of repairs.\n\n\
///             Also Read:\n\nOld bridge closed after storm\n";
/// let edits = boilerplate(text, RuleSet::default(), &BoilerplateOptions::default());
/// assert_eq!(edits.len(), 1);
/// assert_eq!(edits[0].rule.name(), "related");
/// assert_eq!(&text[edits[0].span.clone()], "Also Read:\n\nOld bridge closed after storm\n");
/// ```
pub fn boilerplate(text: &str, rules: RuleSet, options: &BoilerplateOptions) -> Vec<Edit> {
    boilerplate_on_lines(text, &Lines::of(text), rules, options)
}

/// The same, of a text whose lines are known.
pub(crate) fn boilerplate_on_lines(
    text: &str,
    lines: &Lines,
    rules: RuleSet,
    options: &BoilerplateOptions,
) -> Vec<Edit> {
    let looks = options.whole_page || options.profile.is_some() || rules.contains(Rule::B216);
    if !looks && !suspects::any(text, lines) {
        return Vec::new();
    }
    let mut deletions = Deletions::default();
    let mut rest = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let found = one_round(&rest, rules, options);
        if found.is_empty() {
            let passages = deletions.into_passages();
            let settled = options.whole_page || guard::leaves_an_article(text, &passages, &rest);
            return if settled {
                passages.into_iter().map(deletion).collect()
            } else {
                Vec::new()
            };
        }
        deletions.add(found);
        rest = Cow::Owned(deletions.rest(text));
    }
    Vec::new()
}

/// What one look at the text finds.
fn one_round(text: &str, rules: RuleSet, options: &BoilerplateOptions) -> Vec<Passage> {
    let page = Page::new(text);
    let zones = Zones::of(&page);
    let mut taken = Taken::new(page.len());
    if options.whole_page {
        let article = whole_page::article(&page);
        taken.take(Rule::B218, 0..article.start);
        taken.take(Rule::B218, article.end..page.len());
    }
    if let Some(profile) = &options.profile {
        for line in (0..page.len()).filter(|&line| profile.recurs(page.content(line))) {
            taken.take(Rule::B221, line..line + 1);
        }
    }
    let mut at = 0;
    while at < page.len() {
        at = match passage_at(&page, at, &zones) {
            Some((kind, lines)) => {
                taken.take(kind, lines.clone());
                lines.end
            }
            None => at + 1,
        };
    }
    captions::take_gallery_captions(&page, &mut taken);
    tail::take_last_prompts(&page, &mut taken);
    tail::take_below_prompts(&page, &zones, &mut taken);
    capitals::take_links(&page, &mut taken);
    let mut passages = taken.passages(&page);
    for (at, line) in page.lines.iter().enumerate() {
        if taken.kind(at).is_none() {
            passages.extend(inline::passages(text, line.content.clone()));
        }
    }
    let last = (0..page.len())
        .rev()
        .find(|&line| taken.kind(line).is_none());
    passages.extend(last.and_then(|line| closing::passage(&page, line)));
    if rules.contains(Rule::B216) {
        passages.extend(dateline::passages(&page, &taken));
    }
    passages.retain(|passage| rules.contains(passage.kind));
    passages.sort_by_key(|passage| passage.span.start);
    let mut end = 0;
    passages.retain(|passage| {
        let apart = passage.span.start >= end;
        end = end.max(passage.span.end);
        apart
    });
    passages
}

/// The passage that starts on this line, if one does: its kind and its lines.
fn passage_at(page: &Page, at: usize, zones: &Zones) -> Option<(Rule, Range<usize>)> {
    let related = marks(page.content(at)).iter().find_map(|mark| {
        let lines = related::passage(page, at, mark).or_else(|| tags::passage(page, at, mark))?;
        Some((mark.kind, lines))
    });
    related.or_else(|| {
        let verdict = evidence::weigh(page, at, zones)?;
        (verdict.score >= ENOUGH).then_some((verdict.kind, at..at + 1))
    })
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
