//! The passages found on a page: runs of lines, or stretches inside one, each with its kind.

use std::ops::Range;

use super::page::Page;
use crate::rules::Rule;

/// A stretch of the text that is not the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its kind.
    pub kind: Rule,
    /// Its bytes.
    pub span: Range<usize>,
}

/// What has been taken from a page so far: for each line, the passage it belongs to.
#[derive(Debug)]
pub struct Taken {
    lines: Vec<Option<(Rule, usize)>>,
    passages: usize,
}

impl Taken {
    /// Nothing is taken yet.
    pub fn new(lines: usize) -> Taken {
        Taken {
            lines: vec![None; lines],
            passages: 0,
        }
    }

    /// Takes a run of lines as one passage; lines taken before keep their kind.
    pub fn take(&mut self, kind: Rule, lines: Range<usize>) {
        self.passages += 1;
        for line in lines {
            self.lines[line].get_or_insert((kind, self.passages));
        }
    }

    /// The kind a line was taken as.
    pub fn kind(&self, line: usize) -> Option<Rule> {
        self.lines
            .get(line)
            .copied()
            .flatten()
            .map(|(kind, _)| kind)
    }

    /// The passages in order: lines that were taken together go together.
    pub fn passages(&self, page: &Page) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::new();
        let mut open: Option<(Rule, usize)> = None;
        for (line, &taken) in self.lines.iter().enumerate() {
            if let Some((kind, _)) = taken {
                let span = page.span(line..line + 1);
                match passages.last_mut() {
                    Some(last) if open == taken => last.span.end = span.end,
                    _ => passages.push(Passage { kind, span }),
                }
            }
            open = taken;
        }
        passages
    }
}

/// Deletions in a text, found in several rounds, each over what the rounds before left.
#[derive(Debug, Default)]
pub struct Deletions {
    passages: Vec<Passage>,
}

impl Deletions {
    /// Adds the passages a round found in [`rest`](Deletions::rest); one that spans an older one
    /// swallows it.
    pub fn add(&mut self, found: Vec<Passage>) {
        let mut merged: Vec<Passage> = Vec::with_capacity(self.passages.len() + found.len());
        let mut older = std::mem::take(&mut self.passages).into_iter().peekable();
        let mut deleted = 0;
        for passage in found {
            // Older deletions at the passage's very start stay apart from it, those inside do not.
            while let Some(old) =
                older.next_if(|old| old.span.start - deleted <= passage.span.start)
            {
                deleted += old.span.len();
                merged.push(old);
            }
            let start = passage.span.start + deleted;
            while let Some(old) = older.next_if(|old| old.span.start - deleted < passage.span.end) {
                deleted += old.span.len();
            }
            merged.push(Passage {
                kind: passage.kind,
                span: start..passage.span.end + deleted,
            });
        }
        merged.extend(older);
        self.passages = merged;
    }

    /// What the deletions leave of `text`.
    pub fn rest(&self, text: &str) -> String {
        let mut rest = String::with_capacity(text.len());
        let mut at = 0;
        for passage in &self.passages {
            rest.push_str(&text[at..passage.span.start]);
            at = passage.span.end;
        }
        rest.push_str(&text[at..]);
        rest
    }

    /// The passages in order.
    pub fn into_passages(self) -> Vec<Passage> {
        self.passages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_mapped_back_and_swallow_what_they_span() {
        let text = "0123456789";
        let passage = |span| Passage {
            kind: Rule::B201,
            span,
        };
        let mut deletions = Deletions::default();
        deletions.add(vec![passage(2..4), passage(6..7)]);
        assert_eq!(deletions.rest(text), "0145789");
        deletions.add(vec![passage(2..3), passage(4..6)]);
        assert_eq!(deletions.rest(text), "0159");
        let mut deletions = Deletions::default();
        deletions.add(vec![passage(2..4)]);
        deletions.add(vec![passage(1..5)]);
        assert_eq!(deletions.rest(text), "0789");
        assert_eq!(deletions.into_passages(), [passage(1..7)]);
    }
}
