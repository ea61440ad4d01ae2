//! The end of the text: prompts told by a phrase inside them, and what stands below a prompt.
//!
//! Lines without a full stop at the end of a text may be the article's own list, so that bare
//! headlines go only below a prompt or a label that ends articles ("Follow us …", a newsletter).

use super::mark::telling;
use super::page::Page;
use super::passages::Taken;
use super::shape::Shape;
use super::zones::Zones;
use crate::rules::Rule;

/// How many lines that stay are searched, from the last one up, for a phrase that tells a prompt.
pub const SEARCHED_LINES: usize = 3;

/// A prompt told by a phrase inside it has at most this many letters: a few sentences.
const PROMPT_LETTERS: u32 = 330;

/// The kinds after which no article goes on.
const ENDS_ARTICLES: [Rule; 8] = [
    Rule::B201,
    Rule::B202,
    Rule::B203,
    Rule::B204,
    Rule::B205,
    Rule::B206,
    Rule::B209,
    Rule::B210,
];

/// Takes the last lines that hold a phrase such as "follow her on", which opens no line.
pub fn take_last_prompts(page: &Page, taken: &mut Taken) {
    let mut kept = 0;
    for line in (1..page.len()).rev() {
        if taken.kind(line).is_some() {
            continue;
        }
        let content = page.content(line);
        let prompt = telling(content).filter(|_| Shape::of(content).letters <= PROMPT_LETTERS);
        match prompt {
            Some(kind) => taken.take(kind, line..line + 1),
            None => kept += 1,
        }
        if kept == SEARCHED_LINES {
            return;
        }
    }
}

/// Takes the headlines below the first prompt of the tail.
pub fn take_below_prompts(page: &Page, zones: &Zones, taken: &mut Taken) {
    let ends = |line: &usize| {
        taken
            .kind(*line)
            .is_some_and(|kind| ENDS_ARTICLES.contains(&kind))
    };
    let Some(mut line) = zones.tail.clone().find(ends) else {
        return;
    };
    while line < page.len() {
        let start = line;
        while taken.kind(line).is_none() && Shape::of(page.content(line)).is_headline() {
            line += 1;
        }
        if start < line {
            taken.take(Rule::B201, start..line);
        }
        line += 1;
    }
}
