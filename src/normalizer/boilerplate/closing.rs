//! The last sentences of the text, where they are prompts: "… said the mayor. Follow us on Facebook."
//!
//! Some extractors join an article's lines into one, and some newspapers close the last paragraph
//! with a prompt. Only sentences at the very end are looked at, one by one from the last: what
//! stands before the first that is no prompt stays.

use super::evidence::{ENOUGH, weigh_alone};
use super::page::Page;
use super::passages::Passage;
use super::{mark::telling, shape::Shape};
use crate::rules::Rule;

/// How many bytes of the line's end are split into sentences.
const SPLIT: usize = 900;

/// A closing prompt has at most this many letters.
const PROMPT_LETTERS: u32 = 200;

/// The kinds of prompts that close articles in a sentence.
const KINDS: [Rule; 4] = [Rule::B204, Rule::B205, Rule::B206, Rule::B207];

/// The closing prompts of a line of prose, with the space before them; none if it ends without one.
pub fn passage(page: &Page, line: usize) -> Option<Passage> {
    let content = page.lines.get(line)?.content.clone();
    let (kind, start) = prompts(&page.text[content.clone()])?;
    Some(Passage {
        kind,
        span: content.start + start..content.end,
    })
}

/// The kind of the prompts that close a line, and where they start.
pub fn prompts(line: &str) -> Option<(Rule, usize)> {
    let mut from = line.len().saturating_sub(SPLIT);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let mut end = line.len();
    let mut kind = None;
    while let Some(start) = last_sentence(&line[from..end]).map(|start| from + start) {
        let Some(found) = prompt(line[start..end].trim()) else {
            break;
        };
        kind = Some(found);
        end = start;
    }
    Some((kind?, line[..end].trim_end().len()))
}

/// Where the last sentence of a text starts, if another one stands before it.
fn last_sentence(text: &str) -> Option<usize> {
    let body = text
        .trim_end()
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut after = None;
    for (at, c) in body.char_indices().rev() {
        match c {
            ' ' => after = Some(at),
            '.' | '!' | '?' | '।' | '。' | '”' | '"' => {
                if let Some(space) = after.filter(|&space| space == at + c.len_utf8()) {
                    let next = &body[space + 1..];
                    if next.starts_with(|c: char| !c.is_lowercase()) {
                        return Some(space);
                    }
                }
            }
            _ => {}
        }
    }
    None
}

fn prompt(sentence: &str) -> Option<Rule> {
    let kind = telling(sentence).or_else(|| {
        let verdict = weigh_alone(sentence).filter(|verdict| verdict.score >= ENOUGH)?;
        Some(verdict.kind)
    })?;
    // Measuring costs the most, and few sentences come to it.
    let closes = KINDS.contains(&kind) && Shape::of(sentence).letters <= PROMPT_LETTERS;
    closes.then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_prompts_go_and_the_article_stays() {
        let closed = |text: &str| {
            let page = Page::new(text);
            passage(&page, 0).map(|passage| text[passage.span].to_owned())
        };
        assert_eq!(
            closed("The bridge is open, the mayor said. Follow us on Facebook and Twitter.")
                .as_deref(),
            Some(" Follow us on Facebook and Twitter.")
        );
        assert_eq!(
            closed("It is open. Follow us on Instagram. Sign up for our newsletter to get it in your inbox.").as_deref(),
            Some(" Follow us on Instagram. Sign up for our newsletter to get it in your inbox.")
        );
        for kept in [
            "Follow us on Facebook.",
            "The bridge is open. Follow the river and you will find it.",
            "The newsletter is written by hand. Subscribers love it.",
            "",
        ] {
            assert_eq!(closed(kept), None, "{kept}");
        }
    }
}
