//! Ending: what a run has come to so far, told as it goes and summed up when it ends.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use artclean::check::Statistics;
use artclean::normalizer::boilerplate::Profile;
use artclean::writer::overview::Overview;
use artclean::writer::replace::replace;
use indicatif::ProgressBar;

use crate::checking::Checking;
use crate::exit::Outcome;
use crate::job::{Done, Job};
use crate::learning;
use crate::manifest::Manifest;
use crate::progress;
use crate::report::{self, Tally};
use crate::run::STDOUT;
use crate::settings::{Loudness, Mode, Settings};

/// What a run came to so far.
pub struct Ending<'s> {
    pub settings: &'s Settings,
    /// Set when a signal asks for the run to stop.
    pub stop: &'s AtomicBool,
    pub bar: ProgressBar,
    check: Option<Checking<'s>>,
    files: usize,
    pub tally: Tally,
    statistics: Statistics,
    overview: Overview,
    profile: Profile,
    pub manifest: Option<Manifest<'s>>,
    outcome: Outcome,
    /// Whether a job asked for the run to stop.
    pub stopped: bool,
}

impl<'s> Ending<'s> {
    pub fn new(settings: &'s Settings, stop: &'s AtomicBool, files: usize) -> Result<Self> {
        let bar = if settings.progress && settings.mode.writes() && files > 1 {
            progress::bar(files)
        } else {
            ProgressBar::hidden()
        };
        Ok(Ending {
            settings,
            stop,
            bar,
            check: Checking::new(settings)?,
            files,
            tally: Tally::default(),
            statistics: Statistics::default(),
            overview: Overview::default(),
            profile: Profile::default(),
            manifest: None,
            outcome: Outcome::default(),
            stopped: false,
        })
    }

    /// Begins what goes to standard output.
    pub fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        if let Some(check) = &mut self.check {
            check.begin(out).context(STDOUT)?;
        }
        Ok(())
    }

    pub fn fail(&mut self, sentence: String) {
        let mut done = Done::default();
        done.fail(sentence);
        self.note(&mut done);
        self.count(&done);
    }

    /// Takes in what a job came to, but for what is counted. What it printed is in `out` already; what it found
    /// goes there.
    pub fn add(&mut self, job: &Job<'_>, mut done: Done, out: &mut dyn Write) -> Result<()> {
        self.tell(&mut done, out).context(STDOUT)?;
        if let Some(manifest) = &mut self.manifest {
            manifest.add(job, &done)?;
        }
        self.stopped |= done.stop;
        self.statistics.add(done.statistics);
        self.overview.input();
        self.overview.add(done.overview);
        self.profile.merge(&done.profile);
        if let Some(check) = &mut self.check {
            check.checked(job.source.path());
        }
        Ok(())
    }

    /// Tells what a job has noted and found so far, and takes it from it.
    pub fn tell(&mut self, done: &mut Done, out: &mut dyn Write) -> io::Result<()> {
        self.note(done);
        if let Some(check) = &mut self.check {
            check.take(std::mem::take(&mut done.damage), out)?;
        }
        Ok(())
    }

    fn note(&self, done: &mut Done) {
        let notes = std::mem::take(&mut done.notes);
        self.bar
            .suspend(|| notes.iter().for_each(|note| report::tell(note)));
    }

    /// Counts a job in, whether or not it comes to be told: who reads the output may go away before.
    pub fn count(&mut self, done: &Done) {
        self.tally.add(&done.tally);
        self.outcome = self.outcome.max(done.outcome);
    }

    /// What the run came to so far.
    pub fn outcome(&self) -> Outcome {
        let found = self.check.as_ref().is_some_and(Checking::has_new);
        let stopped = self.stop.load(Ordering::Relaxed);
        match (stopped, found) {
            (true, _) => Outcome::Trouble,
            (_, true) => self.outcome.max(Outcome::Found),
            _ => self.outcome,
        }
    }

    /// Brings what is known so far to the manifest.
    pub fn keep(&mut self) -> Result<()> {
        let Some(manifest) = &mut self.manifest else {
            return Ok(());
        };
        manifest
            .flush()
            .context("the manifest cannot be written to")
    }

    /// Ends what there is to end, and sums up.
    pub fn close(&mut self, out: &mut dyn Write) -> Result<()> {
        self.bar.finish_and_clear();
        if let Mode::Learn(path) = &self.settings.mode {
            let proposal = learning::write(&self.profile, path)?;
            out.write_all(proposal.as_bytes()).context(STDOUT)?;
        }
        if let Some(path) = &self.settings.report {
            let page = self.overview.page();
            replace(path, page.as_bytes())
                .with_context(|| format!("{}: cannot be written", report::name(path)))?;
        }
        if let Some(check) = &mut self.check {
            check.end(self.tally.skipped, self.files, out)?;
        } else if self.settings.statistics {
            out.flush()?;
            self.statistics.write(&mut io::stderr().lock())?;
        }
        if self.settings.mode.writes() && self.settings.loudness > Loudness::Quiet {
            report::tell(&format!("artclean: {}", self.tally.summary()));
        }
        if self.stop.load(Ordering::Relaxed) {
            report::trouble(
                "stopped by a signal: every file is the old one or the new one, and the rest is to be done",
            );
        }
        Ok(())
    }
}
