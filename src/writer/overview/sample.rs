//! Sample: one change in the line it was made on, as pieces that stayed, went and came.

use super::Fate;
use crate::article::{Article, Finding};
use crate::edit::Certainty;
use crate::rules::Rule;
use crate::writer::visible::visible;

/// Code points of the line shown on either side of a change.
const CONTEXT: usize = 90;

/// Code points of a change that are shown; a removed passage can be a page long.
const LONGEST: usize = 400;

/// A change as the page shows it. Its pieces are safe to look at, but not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What it is about.
    pub rule: Rule,
    /// The line it is on; in JSON Lines the record, then the line of its text.
    pub place: String,
    /// How it was found, such as the charset and whether that is proven.
    pub how: String,
    /// Whether the damage is still there.
    pub left: bool,
    /// The line.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stayed.
    Kept(String),
    /// It went.
    Gone(String),
    /// It came.
    New(String),
    /// It is damage that is still there.
    Left(String),
}

impl Sample {
    /// What is looked at first: damage that is left, damage that was mended, the rest.
    pub(super) fn rank(&self) -> u8 {
        match (self.left, self.rule.is_encoding()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
}

/// What became of the damage that a finding is.
pub(super) fn fate(finding: &Finding) -> Fate {
    let mut fate = Fate::default();
    *(match (finding.applied, finding.certainty) {
        (true, Certainty::Proven) => &mut fate.proven,
        (true, _) => &mut fate.inferred,
        (false, _) => &mut fate.left,
    }) = 1;
    fate
}

/// The `most` telling changes of an article whose text was `before`.
pub(super) fn samples(
    article: &Article<'_>,
    record: Option<usize>,
    before: &str,
    most: usize,
) -> Vec<Sample> {
    let damage = article
        .edits
        .iter()
        .filter(|finding| finding.rule.is_encoding());
    let (mended, left): (Vec<_>, Vec<_>) = damage.partition(|finding| finding.applied);
    let telling = left.into_iter().chain(mended).chain(&article.removed);
    let mut chosen: Vec<_> = telling.take(most).collect();
    chosen.sort_by_key(|finding| finding.line);
    let mut lines = Lines {
        rest: before,
        number: 1,
    };
    chosen
        .into_iter()
        .map(|finding| sample(finding, record, lines.from(finding.line)))
        .collect()
}

/// Walks down a text to lines that come one after another.
struct Lines<'t> {
    rest: &'t str,
    number: usize,
}

impl<'t> Lines<'t> {
    /// The text from this line on.
    fn from(&mut self, number: usize) -> &'t str {
        while self.number < number {
            let end = memchr::memchr(b'\n', self.rest.as_bytes());
            self.rest = end.map_or("", |end| &self.rest[end + 1..]);
            self.number += 1;
        }
        self.rest
    }
}

/// The sample of a finding on the line that `text` begins with.
fn sample(finding: &Finding, record: Option<usize>, text: &str) -> Sample {
    let start = offset(text, finding.column - 1);
    let (head, tail) = text.split_at(start);
    // A change that was made while decoding shows the bytes before, and the text has it after.
    let behind = tail
        .strip_prefix(finding.before.as_str())
        .or_else(|| tail.strip_prefix(finding.after.as_str()))
        .unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    let left = !finding.applied;
    let mut pieces = vec![Piece::Kept(last(head, CONTEXT))];
    let changed = finding.before.trim_end_matches('\n');
    if left {
        pieces.push(Piece::Left(first(changed, LONGEST)));
    } else {
        pieces.push(Piece::Gone(first(changed, LONGEST)));
        pieces.push(Piece::New(first(&finding.after, LONGEST)));
    }
    pieces.push(Piece::Kept(first(behind, CONTEXT)));
    pieces.retain(|piece| !piece.text().is_empty());
    Sample {
        rule: finding.rule,
        place: match record {
            Some(record) => format!("record {record}, line {}", finding.line),
            None => format!("line {}", finding.line),
        },
        how: match &finding.repair {
            Some(repair) if finding.certainty == Certainty::Proven => {
                format!("{}, proven", visible(&repair.charset))
            }
            Some(repair) => format!("{}, inferred", visible(&repair.charset)),
            None => String::new(),
        },
        left,
        pieces,
    }
}

impl Piece {
    /// The text of the piece.
    pub fn text(&self) -> &str {
        match self {
            Piece::Kept(text) | Piece::Gone(text) | Piece::New(text) | Piece::Left(text) => text,
        }
    }
}

/// Where the code point of this number begins.
fn offset(text: &str, count: usize) -> usize {
    text.char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at)
}

fn first(text: &str, count: usize) -> String {
    let end = offset(text, count);
    let ellipsis = if end < text.len() { "…" } else { "" };
    shown(&text[..end]) + ellipsis
}

fn last(text: &str, count: usize) -> String {
    let start = text
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    let ellipsis = if start > 0 { "…" } else { "" };
    ellipsis.to_owned() + &shown(&text[start..])
}

/// Text without what steers or hides; line ends stay, and the page keeps them.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cleaner;

    #[test]
    fn a_sample_shows_the_line_before_and_after() {
        let text = "one\nthe harbour â€” closed on Monday\nthree\n";
        let article = Cleaner::default().clean_text(text);
        let samples = samples(&article, Some(7), text, 3);
        assert_eq!(samples.len(), 1);
        assert_eq!(samples[0].place, "record 7, line 2");
        assert_eq!(
            samples[0].pieces,
            [
                Piece::Kept("the harbour ".to_owned()),
                Piece::Gone("â€”".to_owned()),
                Piece::New("—".to_owned()),
                Piece::Kept(" closed on Monday".to_owned()),
            ]
        );
    }

    #[test]
    fn bytes_that_were_no_utf8_are_shown_by_their_numbers() {
        let bytes = b"caf\xE9 noir";
        let cleaner = Cleaner::default();
        let article = cleaner.clean(bytes).unwrap();
        let text = cleaner.decode(bytes).unwrap();
        let sample = &samples(&article, None, &text, 3)[0];
        assert_eq!(sample.pieces[1], Piece::Gone("\\xE9".to_owned()));
        assert_eq!(sample.pieces[2], Piece::New("é".to_owned()));
        assert_eq!(sample.pieces[3], Piece::Kept(" noir".to_owned()));
    }

    #[test]
    fn long_lines_are_cut_at_code_points() {
        assert_eq!(first("äöü", 2), "äö…");
        assert_eq!(last("äöü", 2), "…öü");
        assert_eq!(last("äö", 2), "äö");
        assert_eq!(last("", 2), "");
    }
}
