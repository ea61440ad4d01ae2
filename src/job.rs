//! Job: one input, from its bytes to its output.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use artclean::formats::Format;
use artclean::formats::jsonl::{self, Record};
use artclean::writer::replace::Replacement;
use artclean::writer::visible::visible;
use artclean::writer::{diff, json};
use artclean::{Article, DecodeError, Undecodable, check};

use crate::exit::Outcome;
use crate::files::Source;
use crate::report::{Tally, name};
use crate::settings::{Loudness, Mode, Settings};

/// What a job came to, to be told in the order of the inputs.
#[derive(Debug, Default)]
pub struct Done {
    /// Lines for standard error.
    pub notes: Vec<String>,
    pub tally: Tally,
    pub outcome: Outcome,
}

impl Done {
    /// A sentence about something that went wrong; the batch goes on.
    pub fn fail(&mut self, sentence: String) {
        self.notes.push(format!("artclean: {sentence}"));
        self.tally.failed += 1;
        self.outcome = Outcome::Trouble;
    }
}

/// One input of a run.
pub struct Job<'a> {
    pub settings: &'a Settings,
    pub source: &'a Source,
    /// Where a copy goes, under `-o`.
    pub target: Option<PathBuf>,
}

impl Job<'_> {
    /// Does the job. What goes to standard output goes to `out`, whose failure is the run's; every
    /// other failure is this input's alone.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn run(&self, out: &mut dyn Write) -> io::Result<Done> {
        let mut done = Done::default();
        let mut reader = match self.open() {
            Ok(reader) => reader,
            Err(error) => {
                done.fail(format!(
                    "{}: {}",
                    name(self.source.path()),
                    unreadable(&error)
                ));
                return Ok(done);
            }
        };
        match self.format(&mut reader) {
            Ok(Format::Text) => self.text(&mut reader, out, &mut done)?,
            Ok(Format::Jsonl) => self.jsonl(&mut reader, out, &mut done)?,
            Err(error) => done.fail(format!(
                "{}: {}",
                name(self.source.path()),
                unreadable(&error)
            )),
        }
        Ok(done)
    }

    fn open(&self) -> io::Result<Box<dyn BufRead>> {
        Ok(match self.source {
            Source::Stdin(_) => Box::new(BufReader::new(io::stdin())),
            Source::File { path, .. } => Box::new(BufReader::new(File::open(path)?)),
        })
    }

    fn format(&self, reader: &mut dyn BufRead) -> io::Result<Format> {
        match self
            .settings
            .from
            .or_else(|| Format::from_name(self.source.path()))
        {
            Some(format) => Ok(format),
            None => Ok(Format::from_start(reader.fill_buf()?)),
        }
    }

    /// An input that is one article.
    fn text(&self, reader: &mut dyn Read, out: &mut dyn Write, done: &mut Done) -> io::Result<()> {
        let path = self.source.path();
        let mut bytes = Vec::new();
        if let Err(error) = reader.read_to_end(&mut bytes) {
            done.fail(format!("{}: {}", name(path), unreadable(&error)));
            return Ok(());
        }
        let article = match self.settings.cleaner.clean(&bytes) {
            Ok(article) => article,
            Err(error) => {
                self.undecodable(&error, done);
                return Ok(());
            }
        };
        let changed = article.text.as_bytes() != bytes;
        done.tally.count(&article, changed);
        self.tell(None, &article, done);
        match &self.settings.mode {
            Mode::Print => self.print(&article.text, out)?,
            Mode::PrintJson => writeln!(out, "{}", json::article(Some(path), &article))?,
            Mode::Check | Mode::CheckJson => {
                self.check(None, &article, std::str::from_utf8(&bytes).ok(), out, done)?
            }
            Mode::Diff => {
                let before = self.settings.cleaner.decode(&bytes).unwrap_or_default();
                self.diff(&before, &article.text, out, done)?;
            }
            Mode::Write if !changed => {}
            Mode::Write | Mode::Output(_) => {
                self.store(done, |file| Ok(file.write_all(article.text.as_bytes())?))
            }
        }
        Ok(())
    }

    /// An input that holds an article in each of its records.
    fn jsonl(
        &self,
        reader: &mut dyn BufRead,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        match &self.settings.mode {
            Mode::Write | Mode::Output(_) => {
                let mut told = Done::default();
                self.store(done, |file| {
                    Ok(self.records(reader, file, &mut told, &mut |_| {})?)
                });
                done.notes.append(&mut told.notes);
                done.tally.add(&told.tally);
                done.outcome = done.outcome.max(told.outcome);
                Ok(())
            }
            Mode::Diff => {
                let (mut before, mut after) = (String::new(), Vec::new());
                let mut seen = |line: &str| before.push_str(line);
                let end = self.records(reader, &mut after, done, &mut seen);
                self.tolerate(end, done)?;
                self.diff(&before, &String::from_utf8_lossy(&after), out, done)
            }
            _ => {
                let end = self.records(reader, out, done, &mut |_| {});
                self.tolerate(end, done)
            }
        }
    }

    /// An input that ends badly is this job's failure, an output that does is the run's.
    fn tolerate(&self, end: Result<(), Failure>, done: &mut Done) -> io::Result<()> {
        match end {
            Ok(()) => {}
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

    /// Cleans record by record; one that cannot be cleaned is told and passed through as it is.
    /// `seen` gets each line as it was.
    fn records(
        &self,
        reader: &mut dyn BufRead,
        out: &mut dyn Write,
        done: &mut Done,
        seen: &mut dyn FnMut(&str),
    ) -> Result<(), Failure> {
        let settings = self.settings;
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            bytes.clear();
            if reader
                .read_until(b'\n', &mut bytes)
                .map_err(Failure::Input)?
                == 0
            {
                return Ok(());
            }
            number += 1;
            let line = match std::str::from_utf8(&bytes) {
                Ok(line) => line,
                Err(error) => {
                    let at = error.valid_up_to();
                    done.fail(format!("{}:{number}: byte {at} of the line is not UTF-8, as JSON must be; left as it is", name(self.source.path())));
                    if !settings.mode.checks() {
                        out.write_all(&bytes)?;
                    }
                    continue;
                }
            };
            seen(line);
            let body = line.trim_end_matches(['\n', '\r']);
            let line_end = &line[body.len()..];
            if body.trim().is_empty() {
                if !settings.mode.checks() {
                    out.write_all(&bytes)?;
                }
                continue;
            }
            let record = match Record::parse(body, &settings.field) {
                Ok(record) => record,
                Err(error) => {
                    done.fail(format!(
                        "{}:{number}: {error}; left as it is",
                        name(self.source.path())
                    ));
                    if !settings.mode.checks() {
                        out.write_all(&bytes)?;
                    }
                    continue;
                }
            };
            let (clean, article) = record.clean(&settings.cleaner);
            done.tally.count(&article, clean != body);
            self.tell(Some(number), &article, done);
            if settings.mode.checks() {
                self.check(Some(number), &article, Some(&record.text), out, done)?;
            } else {
                let clean = if settings.mode == Mode::PrintJson {
                    Cow::Owned(jsonl::with_report(&clean, &article))
                } else {
                    clean
                };
                self.print(&clean, out)?;
                out.write_all(line_end.as_bytes())?;
            }
        }
    }

    /// Bytes that are no text: passed over quietly where a folder holds them, told where named.
    fn undecodable(&self, error: &DecodeError, done: &mut Done) {
        let named = !matches!(self.source, Source::File { named: false, .. });
        if error.reason == Undecodable::Binary && !named {
            done.tally.skipped += 1;
        } else {
            done.fail(format!(
                "{}: {error}; left as it is",
                name(self.source.path())
            ));
        }
    }

    fn print(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.settings.to_terminal {
            // Line feeds and tabs are what a text is made of; the rest of the controls is not for terminals.
            for (i, line) in text.split('\n').enumerate() {
                let shown: Vec<_> = line.split('\t').map(visible).collect();
                write!(out, "{}{}", if i > 0 { "\n" } else { "" }, shown.join("\t"))?;
            }
            return Ok(());
        }
        out.write_all(text.as_bytes())
    }

    fn check(
        &self,
        record: Option<usize>,
        article: &Article<'_>,
        source: Option<&str>,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        let path = self.source.path();
        for finding in article.edits.iter().chain(&article.removed) {
            done.outcome = done.outcome.max(Outcome::Found);
            match self.settings.mode {
                Mode::CheckJson => {
                    writeln!(out, "{}", check::json::finding(path, record, finding))?
                }
                _ => {
                    let name = path.to_string_lossy();
                    write!(
                        out,
                        "{}",
                        check::human::finding(&name, record, finding, source, self.settings.paint)
                    )?;
                }
            }
        }
        Ok(())
    }

    fn diff(
        &self,
        before: &str,
        after: &str,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        let diff = diff::unified(&name(self.source.path()), before, after);
        if !diff.is_empty() {
            done.outcome = done.outcome.max(Outcome::Found);
        }
        self.print(&diff, out)
    }

    /// Writes the file this job is for, whole or not at all.
    fn store(&self, done: &mut Done, content: impl FnOnce(&mut dyn Write) -> Result<()>) {
        let path = self.target.as_deref().unwrap_or(self.source.path());
        let Err(error) = store(path, content).map(|other_names| {
            if other_names > 0 && self.settings.loudness > Loudness::Quiet {
                let links = if other_names == 1 {
                    "1 other name".to_owned()
                } else {
                    format!("{other_names} other names")
                };
                done.notes.push(format!(
                    "{}: has {links} (hard links), which keep the old content",
                    name(path)
                ));
            }
        }) else {
            return;
        };
        done.tally = Tally::default();
        done.fail(format!(
            "{}: cannot be written, and is as it was: {error:#}",
            name(path)
        ));
    }

    /// With `-v`, tells what was done.
    fn tell(&self, record: Option<usize>, article: &Article<'_>, done: &mut Done) {
        if self.settings.loudness < Loudness::Verbose || self.settings.mode.checks() {
            return;
        }
        let record = record.map_or(String::new(), |record| format!(":{record}"));
        for finding in article.edits.iter().chain(&article.removed) {
            let place = format!(
                "{}{record}:{}:{}",
                name(self.source.path()),
                finding.line,
                finding.column
            );
            done.notes.push(format!(
                "{place}: {} {}",
                finding.rule,
                check::human::sentence(finding)
            ));
        }
    }
}

/// What ended a walk over records before its time.
#[derive(Debug)]
enum Failure {
    Input(io::Error),
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl From<Failure> for anyhow::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Input(error) => {
                anyhow::Error::from(error).context("it cannot be read to its end")
            }
            Failure::Output(error) => error.into(),
        }
    }
}

fn store(path: &Path, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<u64> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut replacement = Replacement::begin(path)?;
    let mut buffered = io::BufWriter::new(&mut replacement);
    content(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    Ok(replacement.finish()?.other_names)
}

/// Why a file could not be read, and the way out.
fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file: check the name".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read: check its permissions".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
