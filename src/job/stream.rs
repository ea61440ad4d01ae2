//! Stream: a text larger than any article, cleaned as it comes, in flat memory.

use std::io::{self, Read, Write};

use artclean::formats::compression::is_damage;
use artclean::{Article, Cleaner, Detail, Options, StreamError};

use super::input::Input;
use super::{Done, Failure, Job};
use crate::report::Tally;
use crate::settings::{Loudness, Mode};

/// Bytes from which a text is cleaned as it comes, where what is wanted allows it: more than a page,
/// so that an article never is.
const LARGE: usize = 512 << 10;

impl Input {
    /// Whether it goes on for [`LARGE`] bytes.
    pub(super) fn is_large(&mut self) -> io::Result<bool> {
        if let (Some(stamp), None) = (&self.stamp, self.compression) {
            return Ok(stamp.size >= LARGE as u64);
        }
        self.fill(LARGE)?;
        Ok(self.start().len() >= LARGE)
    }
}

impl Job<'_> {
    /// Whether what is wanted can be had page by page. Whoever wants to see findings, or the text
    /// beside what it was, takes the memory that takes.
    pub(super) fn streams(&self) -> bool {
        let settings = self.settings;
        let pages_do = match settings.mode {
            Mode::Print => !settings.to_terminal,
            Mode::Output(_) => true,
            // What is not UTF-8 may have to stay as it is, and any page of it can be that.
            Mode::Write => !self.keeps_charsets(),
            _ => false,
        };
        let tells = settings.report.is_some()
            || settings.statistics
            || settings.loudness == Loudness::Verbose;
        pages_do && !tells
    }

    /// Cleans a text page by page.
    pub(super) fn stream(
        &self,
        input: Input,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        if self.settings.mode.writes() {
            self.store_stream(input, done, |reader, file, told| {
                self.pages(reader, file, told)
            });
            return Ok(());
        }
        let end = self.pages(input.into_reader(), out, done);
        self.tolerate(end, done)
    }

    fn pages(
        &self,
        reader: impl Read,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> Result<(), Failure> {
        let mut tally = Tally::default();
        // Who streams has asked for no findings: they are counted.
        let cleaner = Cleaner::new(Options {
            detail: Detail::Spans,
            ..self.cleaner.options().clone()
        });
        let end = cleaner.clean_stream(reader, out, |page| {
            let mut of_page = Tally::default();
            of_page.count(page, is_changed(page));
            tally.add(&of_page);
        });
        let end = match end {
            Err(StreamError::Read(error))
                if is_damage(&error) && self.settings.mode != Mode::Write =>
            {
                self.recovered(&error, done);
                Ok(())
            }
            end => end,
        };
        match end {
            Ok(()) => {
                // However many its pages are, it is one text.
                tally.cleaned = tally.cleaned.min(1);
                tally.unchanged = 1 - tally.cleaned;
                done.tally.add(&tally);
                Ok(())
            }
            Err(StreamError::Read(error)) => Err(Failure::Input(error)),
            Err(StreamError::Write(error)) => Err(Failure::Output(error)),
            Err(StreamError::Decode(error)) => {
                self.undecodable(&error, &[], done);
                Err(Failure::Stopped)
            }
        }
    }
}

fn is_changed(page: &Article<'_>) -> bool {
    page.charset != encoding_rs::UTF_8.name()
        || !page.removed.is_empty()
        || page.edits.iter().any(|edit| edit.applied)
}
