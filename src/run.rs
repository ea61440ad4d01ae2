//! Run: the steps of a run, by name.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};
use artclean::Rule;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use crate::cli::Args;
use crate::exit::Outcome;
use crate::files::{self, Found, Source};
use crate::job::{Done, Job};
use crate::report::{self, Tally};
use crate::settings::{Loudness, Mode, Settings};

/// What the sentence about an output that fails begins with.
const STDOUT: &str = "standard output cannot be written to";

/// Runs artclean: paths → bytes → clean → written, printed or checked.
///
/// # Errors
/// What stops the whole run: usage, or standard output that cannot be written to.
pub fn run(args: Args) -> Result<Outcome> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let settings = Settings::new(&args)?;
    let found = files::find(&args)?;
    let jobs = jobs(&settings, &found)?;
    let stop = heed_signals(&settings)?;
    let mut ending = Ending::new(&settings, jobs.len());
    for sentence in &found.troubles {
        ending.take(|done| done.fail(sentence.clone()));
    }
    match jobs.as_slice() {
        // Nothing to put in order: straight to standard output, whatever the size.
        [job] => {
            let mut out = BufWriter::new(io::stdout().lock());
            let done = job
                .run(&mut out)
                .and_then(|done| out.flush().map(|()| done));
            let done = done.context(STDOUT)?;
            ending.add(done);
        }
        jobs => batch(&settings, jobs, &stop, &mut ending)?,
    }
    Ok(ending.close(stop.load(Ordering::Relaxed)))
}

/// Whether an error is that the reader of our output has gone away.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn explain(code: &str) -> Result<Outcome> {
    let Some(rule) = Rule::from_code(code) else {
        let codes: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        bail!("no rule is called {code}: there are {}", codes.join(", "));
    };
    io::stdout()
        .write_all(rule.explanation().as_bytes())
        .context(STDOUT)?;
    Ok(Outcome::Clean)
}

fn jobs<'a>(settings: &'a Settings, found: &'a Found) -> Result<Vec<Job<'a>>> {
    let targets = match &settings.mode {
        Mode::Output(folder) => files::targets(&found.sources, folder)?
            .into_iter()
            .map(Some)
            .collect(),
        _ => vec![None; found.sources.len()],
    };
    let from_stdin = |source: &Source| matches!(source, Source::Stdin(_));
    if settings.mode == Mode::Write && found.sources.iter().any(from_stdin) {
        bail!(
            "--write changes files, and standard input is none: name the files, or leave --write out"
        );
    }
    Ok(found
        .sources
        .iter()
        .zip(targets)
        .map(|(source, target)| Job {
            settings,
            source,
            target,
        })
        .collect())
}

/// Ctrl-C stops a batch between two files. A write past the limit of `ulimit -f` is an error to be
/// told, not the end of the program.
fn heed_signals(settings: &Settings) -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    if settings.mode.writes() {
        use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&stop))?;
        }
        signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    }
    Ok(stop)
}

/// Files in parallel, output in the order of the inputs.
fn batch(
    settings: &Settings,
    jobs: &[Job<'_>],
    stop: &AtomicBool,
    ending: &mut Ending<'_>,
) -> Result<()> {
    /// Files a thread takes before the output so far is told.
    const FILES_A_THREAD: usize = 32;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs)
        .build()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for part in jobs.chunks(pool.current_num_threads() * FILES_A_THREAD) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let run = |job: &Job<'_>| -> Result<Option<(Vec<u8>, Done)>> {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let mut printed = Vec::new();
            let done = job.run(&mut printed)?;
            ending.bar.inc(1);
            Ok(Some((printed, done)))
        };
        let results: Vec<_> = pool.install(|| part.par_iter().map(run).collect());
        for result in results {
            if let Some((printed, done)) = result? {
                out.write_all(&printed).context(STDOUT)?;
                ending.add(done);
            }
        }
    }
    out.flush().context(STDOUT)
}

/// What a run came to so far.
struct Ending<'s> {
    settings: &'s Settings,
    bar: ProgressBar,
    tally: Tally,
    outcome: Outcome,
}

impl<'s> Ending<'s> {
    fn new(settings: &'s Settings, files: usize) -> Self {
        let bar = if settings.progress && settings.mode.writes() && files > 1 {
            let style = ProgressStyle::with_template(
                "{bar:30} {human_pos}/{human_len} files {per_sec} {eta}",
            );
            ProgressBar::new(files as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        } else {
            ProgressBar::hidden()
        };
        Ending {
            settings,
            bar,
            tally: Tally::default(),
            outcome: Outcome::default(),
        }
    }

    fn take(&mut self, fill: impl FnOnce(&mut Done)) {
        let mut done = Done::default();
        fill(&mut done);
        self.add(done);
    }

    fn add(&mut self, done: Done) {
        self.bar
            .suspend(|| done.notes.iter().for_each(|note| report::tell(note)));
        self.tally.add(&done.tally);
        self.outcome = self.outcome.max(done.outcome);
    }

    fn close(mut self, stopped: bool) -> Outcome {
        self.bar.finish_and_clear();
        if self.settings.mode.writes() && self.settings.loudness > Loudness::Quiet {
            report::tell(&format!("artclean: {}", self.tally.summary()));
        }
        if stopped {
            report::trouble(
                "stopped by a signal: every file is the old one or the new one, and the rest is to be done",
            );
            self.outcome = Outcome::Trouble;
        }
        self.outcome
    }
}
