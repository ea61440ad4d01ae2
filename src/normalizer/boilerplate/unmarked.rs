//! Lines that no phrase opens or closes: dates, breadcrumbs, captions with a credit.

use super::captions::{CAPTION_LETTERS, credit_closes};
use super::dates::is_date_line;
use super::evidence::{EDGE, LABELLED, Verdict, credit_kind};
use super::page::Page;
use super::shape::Shape;
use super::stamp::tells_the_time;
use super::trail::is_trail;
use super::zones::Zones;
use crate::rules::Rule;

/// A line that is nothing but a date.
const DATE: i32 = 4;

/// A trail of sections.
const TRAIL: i32 = 4;

/// More dates in a row than this are the article's own list.
const DATES_IN_A_ROW: usize = 3;

/// A date line or a trail counts as the head's among this many first lines; a date also if one of
/// them is prose.
pub const FIRST_LINES: usize = 4;

/// Weighs what needs no phrase at the line's start or end: dates, breadcrumbs, and credits
/// that close a caption.
pub fn weigh_unmarked(page: &Page, at: usize, zones: &Zones) -> Option<Verdict> {
    let line = page.content(at);
    if (at < FIRST_LINES || zones.head.contains(&at)) && is_date_line(line) {
        let shape = Shape::of(line);
        let is_sentence = tells_the_time(line, &shape);
        if !is_sentence && dates_around(page, at) <= DATES_IN_A_ROW {
            return Some(Verdict {
                kind: Rule::B217,
                score: DATE + EDGE,
            });
        }
    }
    if at < FIRST_LINES && zones.head.contains(&at) && is_trail(line) {
        return Some(Verdict {
            kind: Rule::B218,
            score: TRAIL + EDGE,
        });
    }
    if credit_closes(line) {
        let shape = Shape::of(line);
        if shape.letters <= CAPTION_LETTERS {
            return Some(Verdict {
                kind: credit_kind(&shape),
                score: LABELLED,
            });
        }
    }
    None
}

/// How many dates stand in a row with this line.
fn dates_around(page: &Page, at: usize) -> usize {
    let is_date = |&line: &usize| is_date_line(page.content(line));
    let below = (at..page.len())
        .take(DATES_IN_A_ROW + 1)
        .take_while(is_date);
    let above = (0..at).rev().take(DATES_IN_A_ROW + 1).take_while(is_date);
    below.count() + above.count()
}
