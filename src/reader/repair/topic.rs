//! Topic: whether a passage speaks of encodings.
//!
//! "cafÃ©" in a text about mojibake is what its author meant to write, as is U+FFFD in the test of a
//! decoder, and no byte tells them from damage. The words beside them do.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::odd;
use crate::edit::Edit;

const TERMS: &str = include_str!("../../data/encoding-terms.tsv");

/// Bytes within which a term speaks of what stands there: the sentence, and those beside it. A test's
/// input and what it expects are this near one another too.
const NEAR: usize = 240;

/// The most repairs of a text that is about encodings: a damaged one has more, and elsewhere too.
const FEW: usize = 4;

/// What terms speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Charsets, and text read in the wrong one.
    Charset,
    /// Those, and bytes that could not be read.
    Loss,
}

/// Where a text speaks of a topic.
pub(crate) struct Mentions(Vec<usize>);

impl Mentions {
    pub(crate) fn of(text: &str, topic: Topic) -> Mentions {
        static CHARSET: LazyLock<Option<Regex>> = LazyLock::new(|| any(|topic| topic == "charset"));
        static LOSS: LazyLock<Option<Regex>> = LazyLock::new(|| any(|_| true));
        let terms = match topic {
            Topic::Charset => &CHARSET,
            Topic::Loss => &LOSS,
        };
        let found = terms.iter().flat_map(|terms| terms.find_iter(text));
        Mentions(found.map(|term| term.start()).collect())
    }

    /// Whether a term stands near this span, and not within it.
    pub(crate) fn near(&self, span: &Range<usize>) -> bool {
        let first = self.0.partition_point(|&at| at + NEAR < span.start);
        let reach = self.0[first..]
            .iter()
            .take_while(|&&at| at < span.end + NEAR);
        reach.into_iter().any(|at| !span.contains(at))
    }
}

/// Whether the text is about mojibake: its few repairs all stand where it speaks of charsets.
pub(crate) fn is_about_mojibake(text: &str, repairs: &[Edit]) -> bool {
    if repairs.is_empty() || repairs.len() > FEW {
        return false;
    }
    let mentions = Mentions::of(text, Topic::Charset);
    repairs.iter().all(|repair| mentions.near(&repair.span))
}

/// A pattern of all terms whose topic is wanted. `None` cannot be: a test compiles it.
fn any(wanted: fn(&str) -> bool) -> Option<Regex> {
    let wanted: Vec<String> = rows()
        .filter(|(_, topic)| wanted(topic))
        .map(|(term, _)| {
            // Where words are not spaced a term can stand anywhere.
            let spaced = term.starts_with(|c: char| c.is_alphanumeric() && odd::script(c) < 35);
            let start = if spaced { r"\b" } else { "" };
            format!("{start}{}", regex::escape(term))
        })
        .collect();
    Regex::new(&format!("(?i){}", wanted.join("|"))).ok()
}

/// The table: a term and its topic each.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TERMS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        let lines: Vec<_> = TERMS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.is_sorted_by(|a, b| a < b), "sorted, no row twice");
        assert_eq!(rows().count(), lines.len(), "every row has two columns");
        for (term, topic) in rows() {
            assert_eq!(term, term.to_lowercase());
            assert!(matches!(topic, "charset" | "loss"), "{topic}");
        }
        assert!(any(|_| true).is_some());
    }

    #[test]
    fn terms_are_found_at_the_start_of_words() {
        for (text, speaks) in [
            ("Read as UTF-8, it is fine", true),
            ("the Encoding of pages", true),
            ("这是乱码吗", true),
            ("nach der Zeichenkodierung", true),
            ("a big encounter", false),
            ("the nonascii", false),
        ] {
            assert_eq!(
                !Mentions::of(text, Topic::Charset).0.is_empty(),
                speaks,
                "{text}"
            );
        }
        assert!(Mentions::of("U+FFFD", Topic::Charset).0.is_empty());
        assert!(!Mentions::of("U+FFFD", Topic::Loss).0.is_empty());
    }
}
