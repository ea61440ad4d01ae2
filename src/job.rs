//! Job: one input, from its bytes to its output.

mod blocks;
mod deliver;
mod in_place;
mod input;
mod page;
mod records;
mod store;
mod stream;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use artclean::check::{self, Damage, Excerpts, Statistics};
use artclean::formats::Format;
use artclean::normalizer::boilerplate::Profile;
use artclean::writer::overview::Overview;
use artclean::{Article, Cleaner, DecodeError, Pass, Rule, Undecodable};

use crate::exit::Outcome;
use crate::files::{self, Source};
use crate::job::deliver::Before;
use crate::job::input::Input;
use crate::job::stream::LARGE;
use crate::manifest::Stamp;
use crate::report::{Tally, name};
use crate::settings::{Loudness, Mode, Settings};

/// What a job came to, to be told in the order of the inputs.
#[derive(Debug, Default)]
pub struct Done {
    /// Lines for standard error.
    pub notes: Vec<String>,
    pub tally: Tally,
    pub outcome: Outcome,
    /// Under `--check`, what was found.
    pub damage: Vec<Damage>,
    /// Under `--statistics`, what cleaning found.
    pub statistics: Statistics,
    /// Under `--report`, what the page shows of it.
    pub overview: Overview,
    /// The file as it was read, and as it was written.
    pub read: Option<Stamp>,
    pub written: Option<Stamp>,
    /// Under `--learn`, how often each line was met.
    pub profile: Profile,
    /// Whether the run is to stop here.
    pub stop: bool,
}

impl Done {
    /// A sentence about something that went wrong; the batch goes on.
    pub fn fail(&mut self, sentence: String) {
        self.overview.fail(&sentence);
        self.notes.push(format!("artclean: {sentence}"));
        self.tally.failed += 1;
        self.outcome = Outcome::Trouble;
    }

    /// Takes in what a part of the job came to.
    fn add(&mut self, part: Done) {
        self.notes.extend(part.notes);
        self.tally.add(&part.tally);
        self.outcome = self.outcome.max(part.outcome);
        self.damage.extend(part.damage);
        self.statistics.add(part.statistics);
        self.overview.add(part.overview);
        self.profile.merge(&part.profile);
        self.stop |= part.stop;
    }
}

/// Told, and takes, what a job has noted and found so far, so that a long job need not hold it.
pub type Midway<'m> = dyn FnMut(&mut Done, &mut dyn Write) -> io::Result<()> + 'm;

/// One input of a run.
pub struct Job<'a> {
    pub settings: &'a Settings,
    /// The cleaner with what goes for this input.
    pub cleaner: Cow<'a, Cleaner>,
    pub source: &'a Source,
    /// Where a copy goes, under `-o`.
    pub target: Option<PathBuf>,
    /// Set when the run is to stop.
    pub stop: &'a Arc<AtomicBool>,
}

impl Job<'_> {
    /// The file that is written, where one is.
    pub fn written(&self) -> &Path {
        self.target.as_deref().unwrap_or(self.source.path())
    }

    /// Does the job; `done` gets what it came to, up to an error too. What goes to standard output goes to
    /// `out`, whose failure is the run's; every other failure is this input's alone. A long input
    /// shows `midway` what it came to so far, now and then.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn run(
        &self,
        done: &mut Done,
        out: &mut dyn Write,
        midway: &mut Midway<'_>,
    ) -> io::Result<()> {
        if self.settings.mode == Mode::Write && files::is_special(self.source.path()) {
            done.fail(format!(
                "{}: is no regular file, and cannot be cleaned in place: leave --write out",
                name(self.source.path())
            ));
            return Ok(());
        }
        let input = match Input::open(self.source, self.settings, self.stop) {
            Ok(input) => input,
            Err(_) if self.is_stopped() => {
                done.stop = true;
                return Ok(());
            }
            Err(error) => {
                done.fail(format!(
                    "{}: {}",
                    name(self.source.path()),
                    unreadable(&error)
                ));
                return Ok(());
            }
        };
        done.read = input.stamp;
        match input.format {
            Format::Text => self.text(input, out, done, midway),
            Format::Jsonl => self.jsonl(input, out, done, midway),
            Format::Html => self.page(input, out, done),
        }
    }

    /// Whether a signal says that the run is to stop.
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// A job that ended because the run is to stop has not failed.
    fn ended(&self, failure: Failure, done: &mut Done) -> Failure {
        if self.is_stopped() {
            done.stop = true;
            return Failure::Stopped;
        }
        failure
    }

    /// An input that is one article.
    fn text(
        &self,
        mut input: Input,
        out: &mut dyn Write,
        done: &mut Done,
        midway: &mut Midway<'_>,
    ) -> io::Result<()> {
        if self.streams() {
            match input.is_large() {
                Ok(false) => {}
                Ok(true) => return self.stream(input, out, done),
                Err(error) => return self.tolerate(Err(Failure::Input(error)), done),
            }
        }
        // Of what is binary its beginning shows it most times, and the rest need not be read.
        let (compression, begun) = (input.compression, input.start().len());
        if self.passes_over(input.start(), 0) {
            done.tally.skipped += 1;
            return Ok(());
        }
        let Some(bytes) = self.read_whole(&mut input, done) else {
            return Ok(());
        };
        if self.passes_over(bytes, begun) {
            done.tally.skipped += 1;
            return Ok(());
        }
        // To decode what is not UTF-8 takes its time, and what comes of it would be thrown away.
        if self.settings.mode.checks()
            && bytes.len() >= LARGE
            && simdutf8::basic::from_utf8(bytes).is_ok()
            && let Ok(Cow::Borrowed(text)) = self.cleaner.decode(bytes)
        {
            return self.check_pages(text, bytes, out, done, midway);
        }
        let article = match self.cleaner.clean(bytes) {
            Ok(article) => article,
            Err(error)
                if self.reads_binary(&error)
                    && let Ok(text) = std::str::from_utf8(bytes) =>
            {
                self.cleaner.clean_text(text)
            }
            Err(error) => {
                self.undecodable(&error, bytes, done);
                return Ok(());
            }
        };
        if self.keeps_charset(&article, bytes) {
            done.tally.unchanged += 1;
            if self.settings.loudness > Loudness::Quiet {
                done.notes.push(format!(
                    "{}: is not UTF-8, which {} would mend: left as it is",
                    name(self.source.path()),
                    Rule::E104
                ));
            }
            return Ok(());
        }
        // What is borrowed is the text of the bytes, behind a byte order mark where that goes.
        let changed = match &article.text {
            Cow::Borrowed(text) => text.len() != bytes.len(),
            Cow::Owned(text) => text.as_bytes() != bytes,
        };
        let decoded = || {
            let decoded = self.cleaner.decode(bytes);
            decoded.unwrap_or_else(|_| String::from_utf8_lossy(bytes))
        };
        let before = Before {
            bytes,
            charset: article.charset,
            text: decoded,
            changed,
        };
        self.deliver(&article, before, compression, out, done)
    }

    /// Whether a file is to stay in a charset that was guessed.
    fn keeps_charset(&self, article: &Article<'_>, bytes: &[u8]) -> bool {
        matches!(self.settings.mode, Mode::Write | Mode::Diff)
            && self.keeps_charsets()
            && !article.charset.starts_with("UTF-16")
            && std::str::from_utf8(bytes).is_err()
    }

    /// Whether no charset that was guessed becomes UTF-8 in place, since the rule or the pass that makes it so is
    /// left out. What goes elsewhere is UTF-8 in any case.
    fn keeps_charsets(&self) -> bool {
        let options = self.cleaner.options();
        let counts = options.rules.contains(Rule::E104) && options.passes.contains(&Pass::Repair);
        !counts && options.charset.is_none()
    }

    /// Whether a check leaves out the file that begins with these bytes, of which so many were asked about
    /// before: one met in a folder that holds a NUL anywhere and is not UTF-16 by its mark. Cleaning knows
    /// UTF-16 by its zeros too, but a folder of code holds fonts and tables that look like it.
    fn passes_over(&self, bytes: &[u8], asked: usize) -> bool {
        let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        self.settings.mode.checks()
            && !self.is_named()
            && !marked
            && memchr::memchr(0, &bytes[asked.min(bytes.len())..]).is_some()
    }

    /// Whether a check looks into a file though it holds control bytes: one that was named.
    fn reads_binary(&self, error: &DecodeError) -> bool {
        self.settings.mode.checks() && self.is_named() && error.reason == Undecodable::Binary
    }

    fn is_named(&self) -> bool {
        !matches!(self.source, Source::File { named: false, .. })
    }

    /// Bytes that are no text: passed over quietly where a folder holds them, told where named. To a
    /// check, text that no charset explains is damage like other damage.
    fn undecodable(&self, error: &DecodeError, bytes: &[u8], done: &mut Done) {
        let binary = error.reason == Undecodable::Binary;
        if binary && !self.is_named() {
            done.tally.skipped += 1;
        } else if self.settings.mode.checks() && !binary {
            if self.cleaner.options().rules.contains(Rule::E104) {
                let finding = check::undecodable(error, bytes);
                let text = String::from_utf8_lossy(bytes);
                self.found(None, [&finding], &mut Excerpts::new(&text), done);
            }
        } else {
            done.fail(format!(
                "{}: {error}; left as it is",
                name(self.source.path())
            ));
        }
    }
}

/// What ended a walk over records before its time.
#[derive(Debug)]
enum Failure {
    Input(io::Error),
    Output(io::Error),
    /// The run is to stop.
    Stopped,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
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
