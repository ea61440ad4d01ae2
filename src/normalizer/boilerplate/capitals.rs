//! Sites that set their links in capitals: "CLICK HERE TO GET THE APP" gives the others away.
//!
//! A lone line in capitals between two paragraphs may be a heading. Where a prompt of the same page
//! is written so, and the line is as long as a headline, it is the site's link to another article.

use super::page::Page;
use super::passages::Taken;
use super::shape::Shape;
use crate::rules::Rule;

/// The fewest words of a prompt in capitals that shows the site's habit.
const PROMPT_WORDS: u32 = 4;

/// The fewest words and letters of a link in capitals; headings are shorter.
const LINK_WORDS: u32 = 6;
const LINK_LETTERS: u32 = 30;

/// Takes the headlines in capitals on a page whose prompts are in capitals.
pub fn take_links(page: &Page, taken: &mut Taken) {
    let is_habit = (0..page.len()).any(|line| {
        let prompt = matches!(
            taken.kind(line),
            Some(Rule::B202 | Rule::B204 | Rule::B205 | Rule::B206 | Rule::B207)
        );
        prompt
            && in_capitals(page.content(line))
            && Shape::of(page.content(line)).words >= PROMPT_WORDS
    });
    if !is_habit {
        return;
    }
    for line in 1..page.len() {
        let content = page.content(line);
        if taken.kind(line).is_none() && in_capitals(content) {
            let shape = Shape::of(content);
            let quoted_prices = shape.digits * 6 > shape.letters;
            if shape.is_headline()
                && !quoted_prices
                && shape.words >= LINK_WORDS
                && shape.letters >= LINK_LETTERS
            {
                taken.take(Rule::B201, line..line + 1);
            }
        }
    }
}

/// Whether the line has letters with case and all of them are capitals; a plural's s may be small.
fn in_capitals(line: &str) -> bool {
    let mut capitals = 0usize;
    let mut small = 0usize;
    for c in line.chars().take(400) {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    capitals > 0 && small * 20 <= capitals
}
