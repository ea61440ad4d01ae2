//! The guard: an article stays whole if too much of it would go.
//!
//! Articles about newsletters or cookies, lists and very short texts look like boilerplate through
//! and through. Where the rest would hardly be an article, nothing is removed at all.

use super::page::Page;
use super::passages::Passage;
use super::shape::Shape;

/// Without a paragraph of prose in the rest, at most this share of the text's bytes may go.
const MOST_WITHOUT_PROSE: f64 = 0.25;

/// Of a text whose rest is short, at most this share may go: seeds with ten headlines under a short
/// article stay below it.
const MOST_OF_SHORT: f64 = 0.7;

/// A rest of fewer bytes than this is short.
const SHORT_REST: usize = 500;

/// A line that ends as sentences do is one from this many words on.
const SENTENCE_WORDS: u32 = 2;

/// Whether the passages leave an article behind.
pub fn leaves_an_article(text: &str, passages: &[Passage], rest: &str) -> bool {
    let removed: usize = passages.iter().map(|passage| passage.span.len()).sum();
    let share = removed as f64 / text.len().max(1) as f64;
    if rest.len() < SHORT_REST && share > MOST_OF_SHORT {
        return false;
    }
    share <= MOST_WITHOUT_PROSE || has_prose(rest)
}

fn has_prose(rest: &str) -> bool {
    let page = Page::new(rest);
    (0..page.len()).any(|line| {
        let shape = Shape::of(page.content(line));
        shape.is_prose() || shape.stopped && shape.words >= SENTENCE_WORDS
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn what_would_leave_no_article_is_kept() {
        let passage = |len| {
            [Passage {
                kind: Rule::B205,
                span: 0..len,
            }]
        };
        let text = "x".repeat(1000);
        let prose = "The council voted on Tuesday to close the bridge until the inspection is over, it said.";
        assert!(leaves_an_article(&text, &passage(600), prose));
        assert!(!leaves_an_article(&text, &passage(900), prose));
        assert!(leaves_an_article(&text, &passage(200), "2 - 1"));
        assert!(!leaves_an_article(&text, &passage(300), "2 - 1"));
        assert!(leaves_an_article(&text, &passage(300), "The river rose."));
    }
}
