//! Stamps and sentences: whether a date says when the article was printed or is part of its prose.

use super::dates::is_date_line;
use super::mark::{Mark, marks};
use super::shape::Shape;
use crate::rules::Rule;

/// A stamp has at most this many words before its first number, label and weekday included.
const WORDS_BEFORE: usize = 5;

/// A stamp that ends in a full stop has at most this many words that are no numbers: month, weekday
/// and an abbreviation.
const WORDS_AND_STOP: usize = 2;

/// Whether a date, "2 hours ago" or "2 minutes" follows a word such as "Updated"; a second stamp may
/// follow the first.
pub fn is_stamp(rest: &str) -> bool {
    let shape = Shape::of(rest);
    let short = shape.digits > 0 && shape.words <= 4 && shape.letters <= 25;
    short || is_date_line(rest) || two_stamps(rest)
}

/// "22 novembre 2024 - Mis à jour le 23 novembre 2024"
fn two_stamps(rest: &str) -> bool {
    let is_stamp = |mark: &Mark| mark.kind == Rule::B217 && is_date_line(mark.rest);
    [" - ", " \u{2013} ", "|", "•"].iter().any(|sign| {
        rest.split_once(sign).is_some_and(|(first, second)| {
            is_date_line(first) && marks(second.trim()).iter().any(is_stamp)
        })
    })
}

/// Whether a line with a date is a sentence about it: "It is about 4 p.m.", "Hit for the cycle on June
/// 16, 2015"; but not "22 ноября 2024 г." nor "Last updated on Friday, June 16, 2015".
pub fn tells_the_time(line: &str, shape: &Shape) -> bool {
    let words = |text: &str| {
        let is_word = |word: &&str| !word.contains(char::is_numeric);
        text.split_whitespace().filter(is_word).count()
    };
    let before = line.split(char::is_numeric).next().unwrap_or_default();
    words(before) > WORDS_BEFORE || shape.stopped && words(line) > WORDS_AND_STOP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_and_sentences() {
        let sentence = |line| tells_the_time(line, &Shape::of(line));
        for stamp in [
            "22 ноября 2024 г.",
            "22 พ.ย. 2567 10:15 น.",
            "Last updated on Friday, June 16, 2015",
        ] {
            assert!(!sentence(stamp), "{stamp}");
        }
        for line in [
            "It is about 4:00 p.m.",
            "Hit for the cycle on June 16, 2015",
        ] {
            assert!(sentence(line), "{line}");
        }
        assert!(is_stamp(
            "22 novembre 2024 à 10h15 - Mis à jour le 22 novembre 2024 à 11h02"
        ));
        assert!(!is_stamp("for the third time this year - the mayor said"));
    }
}
