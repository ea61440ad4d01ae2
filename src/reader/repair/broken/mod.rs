//! Broken: damage that no repair is known for. It is reported, never papered over. One kind a file.
//!
//! Each kind is found by its place only: U+FFFD, question marks and capitals stand in sound text too.

mod bytes;
mod lost;
mod questions;

use std::ops::Range;

use super::topic::{self, Topic};
use crate::edit::{Certainty, Edit};
use crate::rules::Rule;
use crate::survey::{Survey, look};

/// The damage of `text` that is beside the `repairs`, which are in order. `code` says that the text is
/// no prose.
pub(crate) fn find(text: &str, survey: &Survey, repairs: &[Edit], code: bool) -> Vec<Edit> {
    let mut found = Vec::new();
    // Of those that no repair takes away.
    let losses = || {
        let mut rest = repairs;
        let spots = survey.spots(look::LOSS).map(|spot| spot.at);
        spots.filter(move |&at| {
            while rest.first().is_some_and(|repair| repair.span.end <= at) {
                rest = &rest[1..];
            }
            rest.first().is_none_or(|repair| at < repair.span.start)
        })
    };
    let has_losses = survey.has(look::LOSS);
    if has_losses {
        found.extend(lost::find(text, losses(), code));
    }
    if !code && survey.has(look::ESCAPE) {
        found.extend(questions::find(text));
    }
    if survey.has(look::ACCENT) {
        let accents = survey.spots(look::ACCENT).map(|spot| spot.at);
        found.extend(bytes::leads(text, accents.clone()));
        found.extend(bytes::asked(text, accents));
    }
    if has_losses {
        found.extend(bytes::controls_left(text, losses()));
    }
    found.retain(|edit| {
        let next = repairs.partition_point(|repair| repair.span.end <= edit.span.start);
        repairs
            .get(next)
            .is_none_or(|repair| repair.span.start >= edit.span.end)
            && !(matches!(edit.rule, Rule::E901 | Rule::E903)
                && topic::is_near(text, &edit.span, Topic::Loss))
    });
    found
}

fn report(text: &str, rule: Rule, span: Range<usize>) -> Edit {
    Edit {
        certainty: Certainty::Lost,
        ..Edit::replace(rule, span.clone(), &text[span])
    }
}

/// What is found in a text, by rule: for the tests of each kind.
#[cfg(test)]
fn told(text: &str, code: bool) -> Vec<(&'static str, &str)> {
    let found = find(text, &Survey::of(text), &[], code).into_iter();
    let told = found.map(|edit| (edit.rule.code(), &text[edit.span]));
    told.collect()
}
