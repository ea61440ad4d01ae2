//! Findings: what was found in a page, turned from places in the decoded text into places in the
//! input.

use std::ops::Range;

use crate::article::{Detail, Finding};
use crate::edit::{Edit, Traced};
use crate::reader::Offsets;
use crate::rules::Rule;

/// Collects what was found in `source`, the decoded text.
pub(crate) struct Findings<'s> {
    source: &'s str,
    detail: Detail,
    /// What was found; the span is in `source` until it is placed.
    found: Vec<Finding>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(source: &'s str, detail: Detail) -> Self {
        Findings {
            source,
            detail,
            found: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, traced: Traced<'_>, applied: bool) {
        let edit = traced.edit;
        let (before, after) = match self.detail {
            Detail::Full => (traced.before.into_owned(), edit.after),
            Detail::Spans => (String::new(), String::new()),
        };
        self.found.push(Finding {
            rule: edit.rule,
            span: traced.source,
            line: 0,
            column: 0,
            last_line: 0,
            last_column: 0,
            before,
            after,
            certainty: edit.certainty,
            applied,
            repair: edit.repair,
        });
    }

    /// Adds what was not made: all of `left`, and of `earlier` what nothing else was found at since.
    pub(crate) fn add_left(&mut self, left: Vec<Traced<'_>>, mut earlier: Vec<Traced<'_>>) {
        left.into_iter().for_each(|traced| self.add(traced, false));
        let mut taken: Vec<Range<usize>> =
            self.found.iter().map(|found| found.span.clone()).collect();
        taken.sort_by_key(|span| span.start);
        // Where the spans that begin up to each one end at the latest.
        let ends: Vec<usize> = taken
            .iter()
            .scan(0, |latest, span| {
                *latest = span.end.max(*latest);
                Some(*latest)
            })
            .collect();
        earlier.sort_by_key(|traced| traced.source.start);
        let mut added = 0;
        for traced in earlier {
            let (start, end) = (traced.source.start, traced.source.end);
            let before = taken.partition_point(|span| span.start < end);
            let is_taken = before > 0 && ends[before - 1] > start;
            if !is_taken && start >= added {
                added = end;
                self.add(traced, false);
            }
        }
    }

    /// Adds an edit that the reader made while decoding `bytes`.
    pub(crate) fn add_decoded(&mut self, edit: Edit, bytes: &[u8], offsets: &Offsets) {
        let before = match edit.rule {
            Rule::U304 => "\u{FEFF}".into(),
            // What stood there is no text: show the bytes.
            _ => bytes[offsets.byte(edit.span.start)..offsets.byte(edit.span.end)]
                .iter()
                .map(|byte| format!("\\x{byte:02X}"))
                .collect(),
        };
        self.add(
            Traced {
                source: edit.span.clone(),
                before,
                edit,
            },
            true,
        );
    }

    /// The findings in the order of the input, where `start` is the place the source begins at.
    pub(crate) fn placed(mut self, offsets: &Offsets, start: Place) -> Vec<Finding> {
        self.found
            .sort_by_key(|found| (found.span.start, found.span.end));
        let mut place = start;
        let mut walked = 0;
        for found in &mut self.found {
            let source = found.span.clone();
            let bytes_before = if found.rule == Rule::U304 {
                0
            } else {
                offsets.byte(source.start)
            };
            found.span = start.byte + bytes_before..start.byte + offsets.byte(source.end);
            if self.detail == Detail::Spans {
                continue;
            }
            place = place.after(&self.source[walked..source.start]);
            walked = source.start;
            let passage = self.source[source.clone()].trim_end_matches(['\n', '\r']);
            let end = place.after(passage);
            (found.line, found.column) = (place.line, place.column);
            (found.last_line, found.last_column) = (end.line, end.column);
        }
        self.found
    }
}

/// A place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Bytes before it.
    pub byte: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its code point in the line, counted from 1.
    pub column: usize,
}

impl Place {
    pub(crate) const START: Place = Place {
        byte: 0,
        line: 1,
        column: 1,
    };

    /// The place behind `passed`, which stands here.
    pub(crate) fn after(self, passed: &str) -> Place {
        let bytes = passed.as_bytes();
        let last = memchr::memrchr(b'\n', bytes);
        let count = last.map_or(0, |_| memchr::memchr_iter(b'\n', bytes).count());
        self.behind(passed, count, last)
    }

    /// The same, of a text whose line feeds are known.
    pub(crate) fn after_lines(self, passed: &str, line_feeds: &[usize]) -> Place {
        self.behind(passed, line_feeds.len(), line_feeds.last().copied())
    }

    fn behind(self, passed: &str, line_feeds: usize, last: Option<usize>) -> Place {
        let (first, on_line) = match last {
            Some(last) => (1, &passed[last + 1..]),
            None => (self.column, passed),
        };
        Place {
            byte: self.byte + passed.len(),
            line: self.line + line_feeds,
            column: first + on_line.chars().count(),
        }
    }
}
