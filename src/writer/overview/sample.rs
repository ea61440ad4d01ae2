//! Sample: one change in the line it was made on, as pieces that stayed, went and came.

use super::Fate;
use crate::article::{Article, Finding};
use crate::edit::Certainty;
use crate::rules::Rule;
use crate::writer::visible::visible;

/// Code points of the line shown on either side of a change.
const CONTEXT: usize = 90;

/// Changes that are looked at for each sample: a damaged line has several.
const CHANGES_A_LINE: usize = 8;

/// Code points of a change that are shown; a removed passage can be a page long.
const LONGEST: usize = 400;

/// A line with its changes, as the page shows it. Its pieces are safe to look at, but not escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What the changes are about.
    pub rules: Vec<Rule>,
    /// The line it is; in JSON Lines the record, then the line of its text.
    pub place: String,
    /// How the changes were found, such as the charset and whether that is proven.
    pub how: Vec<String>,
    /// Whether damage is still there.
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
        match self.left {
            true => 0,
            false if self.rules.iter().any(|rule| rule.is_encoding()) => 1,
            false => 2,
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

/// The `most` telling lines of an article whose text was `before`.
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
    let mut chosen: Vec<_> = telling.take(most * CHANGES_A_LINE).collect();
    chosen.sort_by_key(|finding| (finding.line, finding.column));
    let mut lines = Lines {
        rest: before,
        number: 1,
    };
    chosen
        .chunk_by(|a, b| a.line == b.line)
        .map(|changes| sample(changes, record, lines.from(changes[0].line)))
        .take(most)
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

/// The sample of the line that `text` begins with, on which there are `changes`.
fn sample(changes: &[&Finding], record: Option<usize>, text: &str) -> Sample {
    let mut sample = Sample {
        rules: Vec::new(),
        place: match record {
            Some(record) => format!("record {record}, line {}", changes[0].line),
            None => format!("line {}", changes[0].line),
        },
        how: Vec::new(),
        left: changes.iter().any(|change| !change.applied),
        pieces: Vec::new(),
    };
    let mut at = 0;
    for change in changes {
        let start = offset(text, change.column - 1);
        let Some(between) = text.get(at..start) else {
            // It begins inside the change before, and was told with it.
            continue;
        };
        sample.pieces.push(Piece::Kept(match at {
            0 => last(between, CONTEXT),
            _ => middle(between),
        }));
        // A change that was made while decoding shows the bytes before, and the text has it after.
        let length = [&change.before, &change.after]
            .into_iter()
            .find(|stood| text[start..].starts_with(stood.as_str()))
            .map_or(0, String::len);
        at = start + length;
        sample.change(change);
    }
    let behind = text[at..].split('\n').next().unwrap_or_default();
    sample.pieces.push(Piece::Kept(first(behind, CONTEXT)));
    sample.pieces.retain(|piece| !piece.text().is_empty());
    sample
}

impl Sample {
    fn change(&mut self, change: &Finding) {
        let before = first(change.before.trim_end_matches('\n'), LONGEST);
        if change.applied {
            self.pieces.push(Piece::Gone(before));
            self.pieces.push(Piece::New(first(&change.after, LONGEST)));
        } else {
            self.pieces.push(Piece::Left(before));
        }
        if !self.rules.contains(&change.rule) {
            self.rules.push(change.rule);
        }
        let Some(repair) = &change.repair else { return };
        let certainty = match change.certainty {
            Certainty::Proven => "proven",
            _ => "inferred",
        };
        let how = format!("{}, {certainty}", visible(&repair.charset));
        if !self.how.contains(&how) {
            self.how.push(how);
        }
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

/// What stands between two changes.
fn middle(text: &str) -> String {
    if text.chars().count() <= 2 * CONTEXT {
        return shown(text);
    }
    let (head, tail) = (first(text, CONTEXT), last(text, CONTEXT));
    head + tail.trim_start_matches('…')
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
    fn changes_of_one_line_are_one_sample() {
        let text = "a cafÃ© â€” closed";
        let article = Cleaner::default().clean_text(text);
        let samples = samples(&article, None, text, 3);
        assert_eq!(samples.len(), 1);
        let side = |gone: bool| -> String {
            let shows = |piece: &&Piece| match piece {
                Piece::Gone(_) => gone,
                Piece::New(_) => !gone,
                _ => true,
            };
            samples[0]
                .pieces
                .iter()
                .filter(shows)
                .map(Piece::text)
                .collect()
        };
        assert_eq!(
            (side(true).as_str(), side(false).as_str()),
            (text, "a café — closed")
        );
        assert_eq!(samples[0].how, ["windows-1252, proven"]);
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
