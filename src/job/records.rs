//! Records: a JSON Lines input, cleaned record by record in flat memory.
//!
//! Lines are read in blocks and the blocks cleaned side by side; what they give is written in the
//! order they were read. Nothing holds more than the blocks under way, whatever the size of the file.

use std::borrow::Cow;
use std::io::{self, Write};

use artclean::formats::compression;
use artclean::formats::jsonl::{self, Record};
use artclean::writer::visible::Shown;
use rayon::prelude::*;

use super::blocks::{Block, Blocks, End, LONGEST_RECORD};
use super::input::{Input, Reader};
use super::{Done, Failure, Job, Midway, unreadable};
use crate::report::{name, places};
use crate::settings::{Mode, OnError};

impl Job<'_> {
    /// An input that holds an article in each of its records.
    pub(super) fn jsonl(
        &self,
        input: Input,
        out: &mut dyn Write,
        done: &mut Done,
        midway: &mut Midway<'_>,
    ) -> io::Result<()> {
        match &self.settings.mode {
            Mode::Write | Mode::Output(_) => {
                self.store_stream(input, done, |reader, file, told| {
                    self.records(reader, file, told, None, &mut |_, _| Ok(()))
                });
                Ok(())
            }
            Mode::Diff => {
                let (mut before, mut after) = (Vec::new(), Vec::new());
                let end = self.records(
                    input.into_reader(),
                    &mut after,
                    done,
                    Some(&mut before),
                    &mut |_, _| Ok(()),
                );
                self.tolerate(end, done)?;
                self.diff(&before, &after, out, done)
            }
            Mode::Print | Mode::PrintJson if self.settings.to_terminal => {
                let mut shown = Shown(out);
                let end = self.records(input.into_reader(), &mut shown, done, None, midway);
                self.tolerate(end, done)
            }
            _ => {
                let end = self.records(input.into_reader(), out, done, None, midway);
                self.tolerate(end, done)
            }
        }
    }

    /// An input that ends badly is this job's failure, an output that does is the run's.
    pub(super) fn tolerate(&self, end: Result<(), Failure>, done: &mut Done) -> io::Result<()> {
        match end.map_err(|failure| self.ended(failure, done)) {
            Ok(()) | Err(Failure::Stopped) => {}
            Err(Failure::Output(error)) => return Err(error),
            Err(Failure::Input(error)) => {
                done.fail(format!(
                    "{}: {}",
                    name(self.source.path()),
                    unreadable(&error)
                ));
            }
        }
        Ok(())
    }

    /// Cleans record by record. `before` gets every line as it was.
    fn records(
        &self,
        reader: Reader,
        out: &mut dyn Write,
        done: &mut Done,
        mut before: Option<&mut Vec<u8>>,
        midway: &mut Midway<'_>,
    ) -> Result<(), Failure> {
        let mut blocks = Blocks::new(reader);
        // Most inputs are a block long, and need no threads.
        let mut abreast = 1;
        loop {
            let mut part = Vec::with_capacity(abreast);
            let end = blocks.fill(&mut part, abreast);
            if let Some(before) = &mut before {
                part.iter().for_each(|block| before.extend(&block.lines));
            }
            let begun: Vec<_> = part
                .into_iter()
                .map(|block| Cleaned::begun(block, blocks.buffer()))
                .collect();
            let cleaned: Vec<_> = match begun.len() {
                1 => begun.into_iter().map(|block| self.block(block)).collect(),
                _ => begun
                    .into_par_iter()
                    .map(|block| self.block(block))
                    .collect(),
            };
            for cleaned in cleaned {
                out.write_all(&cleaned.printed)?;
                blocks.give_back(cleaned.printed);
                blocks.give_back(cleaned.block.lines);
                done.add(cleaned.done);
                midway(done, out)?;
                done.stop |= self.is_stopped();
                if done.stop {
                    return Err(Failure::Stopped);
                }
            }
            match end {
                Ok(End::More) => {}
                Ok(End::Input) => return Ok(()),
                Ok(End::TooLong) => self.too_long(&mut blocks, out, done, &mut before)?,
                Err(error)
                    if compression::is_damage(&error) && self.settings.mode != Mode::Write =>
                {
                    done.fail(format!(
                        "{}: {error}; {} before it {} recovered",
                        name(self.source.path()),
                        places(blocks.count, "record"),
                        if blocks.count == 1 { "was" } else { "were" }
                    ));
                    return Ok(());
                }
                Err(error) => return Err(Failure::Input(error)),
            }
            // A single thread that cleans what another reads would wait for it at each block.
            abreast = match self.settings.threads() {
                1 => 1,
                threads => threads * 2,
            };
        }
    }

    /// A block of whole lines.
    fn block(&self, mut cleaned: Cleaned) -> Cleaned {
        let lines = std::mem::take(&mut cleaned.block.lines);
        let mut rest = lines.as_slice();
        let mut number = cleaned.block.first;
        while !rest.is_empty() && !cleaned.done.stop {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let (line, behind) = rest.split_at(end);
            self.record(number, line, &mut cleaned);
            rest = behind;
            number += 1;
        }
        cleaned.block.lines = lines;
        cleaned
    }

    fn record(&self, number: usize, line: &[u8], cleaned: &mut Cleaned) {
        let settings = self.settings;
        // A file of no records may still begin with a mark.
        let unmarked = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
        if unmarked.trim_ascii().is_empty() {
            self.pass(line, cleaned);
            return;
        }
        let end = line.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r'));
        let (body, line_end) = line.split_at(end.map_or(0, |last| last + 1));
        let record = Record::parse(body, &settings.field);
        let clean = record
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|record| Ok((record, record.clean(&self.cleaner, settings.field_holds)?)));
        let (record, (clean, article)) = match clean {
            Ok(clean) => clean,
            Err(error) => {
                self.bad_record(number, &error.to_string(), &mut cleaned.done);
                if settings.on_error == OnError::Keep {
                    self.pass(line, cleaned);
                }
                return;
            }
        };
        let done = &mut cleaned.done;
        // A record in which nothing changed is the very line.
        let changed = !std::ptr::eq(&*clean, body) && *clean != *body;
        done.tally.count(&article, changed);
        self.tell(
            Some(number),
            &article,
            || Cow::Borrowed(record.text()),
            done,
        );
        if let Mode::Learn(_) = settings.mode {
            done.profile.learn(&article.text);
            return;
        }
        if settings.mode.checks() {
            self.check(
                Some(number),
                &article,
                || Cow::Borrowed(record.text()),
                done,
            );
            return;
        }
        let clean = match settings.mode {
            Mode::PrintJson => Cow::Owned(jsonl::with_report(&clean, &article)),
            _ => clean,
        };
        cleaned.printed.extend(&*clean);
        cleaned.printed.extend(line_end);
    }

    /// A line that stays as it is.
    fn pass(&self, line: &[u8], cleaned: &mut Cleaned) {
        if !self.settings.mode.looks() {
            cleaned.printed.extend(line);
        }
    }

    /// Tells what is wrong with a record and what becomes of it.
    fn bad_record(&self, number: usize, error: &str, done: &mut Done) {
        let (fate, stop) = match self.settings.on_error {
            OnError::Keep => ("left as it is", false),
            OnError::Drop => ("dropped", false),
            OnError::Stop => ("stopped there", true),
        };
        done.fail(format!(
            "{}:{number}: {error}; {fate}",
            name(self.source.path())
        ));
        done.stop |= stop;
    }

    /// A record that memory should not hold is passed through, or dropped, piece by piece.
    fn too_long(
        &self,
        blocks: &mut Blocks,
        out: &mut dyn Write,
        done: &mut Done,
        before: &mut Option<&mut Vec<u8>>,
    ) -> Result<(), Failure> {
        let error = format!(
            "the record is longer than {} MiB: is a line end missing?",
            LONGEST_RECORD >> 20
        );
        self.bad_record(blocks.count + 1, &error, done);
        if done.stop {
            return Err(Failure::Stopped);
        }
        let keep = self.settings.on_error == OnError::Keep && !self.settings.mode.looks();
        blocks.rest_of_line(|piece| {
            if let Some(before) = before {
                before.extend(piece);
            }
            if keep { out.write_all(piece) } else { Ok(()) }
        })
    }
}

/// A block and what it gave.
struct Cleaned {
    block: Block,
    printed: Vec<u8>,
    done: Done,
}

impl Cleaned {
    /// A block of which nothing is cleaned yet, and a buffer for what it gives.
    fn begun(block: Block, printed: Vec<u8>) -> Self {
        Cleaned {
            block,
            printed,
            done: Done::default(),
        }
    }
}
