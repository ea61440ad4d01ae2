//! Stream: a text larger than any article, cleaned as it comes, in flat memory.

use std::io::{self, Read, Write};

use artclean::check::Excerpts;
use artclean::formats::compression::is_damage;
use artclean::{Article, Cleaner, Detail, Options, StreamError};

use super::input::Input;
use super::{Done, Failure, Job, Midway};
use crate::report::Tally;
use crate::settings::{Loudness, Mode};

/// Bytes from which a text is cleaned as it comes, where what is wanted allows it: more than all but few
/// articles have, for which that is not worth it.
pub(super) const LARGE: usize = 64 << 10;

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

    /// Checks the pages of a text, which is what `bytes` are in UTF-8, and tells what each holds. Of text in another
    /// charset all has to be read before it is known whether any is told.
    pub(super) fn check_pages(
        &self,
        text: &str,
        bytes: &[u8],
        out: &mut dyn Write,
        done: &mut Done,
        midway: &mut Midway<'_>,
    ) -> io::Result<()> {
        let mut tally = Tally::default();
        let mut excerpts = Excerpts::new(text);
        let mut told = Ok(());
        let end = self.cleaner.clean_stream(bytes, io::sink(), |page| {
            tally.count(page, is_changed(page));
            self.found_in(None, page, &mut excerpts, done);
            if told.is_ok() {
                told = midway(done, out);
            }
        });
        match end {
            Err(StreamError::Decode(error)) => self.undecodable(&error, bytes, done),
            // Neither memory nor a sink fails.
            _ => done.tally.add(&of_one_text(tally)),
        }
        told
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
        let end = cleaner.clean_stream(reader, out, |page| tally.count(page, is_changed(page)));
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
                done.tally.add(&of_one_text(tally));
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

/// The tally of a text, however many its pages are.
fn of_one_text(pages: Tally) -> Tally {
    let cleaned = pages.cleaned.min(1);
    Tally {
        cleaned,
        unchanged: 1 - cleaned,
        ..pages
    }
}

fn is_changed(page: &Article<'_>) -> bool {
    page.charset != encoding_rs::UTF_8.name()
        || !page.removed.is_empty()
        || page.edits.iter().any(|edit| edit.applied)
}
