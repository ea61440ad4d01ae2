//! Run: the steps of a run, by name.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail};
use artclean::writer::replace::sweep as sweep_folder;

use crate::about;
use crate::batch;
use crate::cli::Args;
use crate::ending::Ending;
use crate::exit::Outcome;
use crate::files::{self, Found, Source};
use crate::job::{Done, Job};
use crate::learning;
use crate::manifest::Manifest;
use crate::own;
use crate::panics;
use crate::settings::{Mode, Settings};

/// What the sentence about an output that fails begins with.
pub const STDOUT: &str = "standard output cannot be written to";

/// Runs artclean: paths → bytes → clean → written, printed or checked.
///
/// # Errors
/// What stops the whole run: usage, or standard output that cannot be written to.
pub fn run(args: Args) -> Result<Outcome> {
    if let Some(answer) = about::answer(&args)? {
        return print(&answer);
    }
    panics::quieten_pages();
    survive_file_limit()?;
    let settings = Settings::new(&args)?;
    own::refuse(&settings)?;
    if let (Mode::Learn(path), true) = (&settings.mode, args.merge) {
        let proposal = learning::write(&learning::merged(&args.paths)?, path)?;
        return print(proposal.as_bytes());
    }
    let found = files::find(&args, &settings)?;
    let stop = heed_signals(&settings)?;
    let mut jobs = jobs(&settings, &found, &stop)?;
    let mut manifest = manifest(&settings)?;
    let all = jobs.len();
    if let Some(manifest) = manifest.as_mut().filter(|_| settings.resume) {
        sweep(&jobs);
        jobs.retain(|job| !manifest.is_done(job));
    }
    let mut out = BufWriter::new(io::stdout());
    let mut ending = Ending::new(&settings, &stop, jobs.len())?;
    ending.manifest = manifest;
    ending.tally.resumed = all - jobs.len();
    ending.tally.links = found.links;
    ending.tally.special = found.special;
    for sentence in &found.troubles {
        ending.fail(sentence.clone());
    }
    unless_closed(clean(&jobs, &mut ending, &mut out))?;
    Ok(ending.outcome())
}

/// Does the jobs, and ends the run.
fn clean(jobs: &[Job<'_>], ending: &mut Ending<'_>, out: &mut (dyn Write + Send)) -> Result<()> {
    ending.begin(out)?;
    match jobs {
        // Nothing to put in order: straight to standard output, whatever the size.
        [job] => {
            let mut done = Done::default();
            let end = job.run(&mut done, out, &mut |done, out| ending.tell(done, out));
            ending.count(&done);
            end.context(STDOUT)?;
            ending.add(job, done, out)?;
            ending.keep()?;
        }
        jobs => batch::run(jobs, ending, out)?,
    }
    ending.close(out)?;
    out.flush().context(STDOUT)
}

/// Prints what was asked for.
fn print(answer: &[u8]) -> Result<Outcome> {
    unless_closed(io::stdout().write_all(answer).context(STDOUT))?;
    Ok(Outcome::Clean)
}

/// That the reader of our output has gone away is no error: it has seen enough.
fn unless_closed(end: Result<()>) -> Result<()> {
    let is_closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    match end {
        Err(error)
            if error
                .chain()
                .any(|cause| cause.downcast_ref().is_some_and(is_closed)) =>
        {
            Ok(())
        }
        end => end,
    }
}

fn jobs<'a>(
    settings: &'a Settings,
    found: &'a Found,
    stop: &'a Arc<AtomicBool>,
) -> Result<Vec<Job<'a>>> {
    let targets = match &settings.mode {
        Mode::Output(folder) => {
            let targets = files::targets(&found.sources, folder, settings.from)?;
            own::refuse_copies(&targets, folder, settings)?;
            targets.into_iter().map(Some).collect()
        }
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
            cleaner: settings.scopes.cleaner(source.path()),
            source,
            target,
            stop,
        })
        .collect())
}

fn manifest(settings: &Settings) -> Result<Option<Manifest<'_>>> {
    let path = settings.manifest.as_ref();
    path.map(|path| Manifest::open(path, settings)).transpose()
}

/// Takes away what a killed run left unfinished where these jobs write.
fn sweep(jobs: &[Job<'_>]) {
    let folder = |job: &Job<'_>| job.written().parent().map(Path::to_owned);
    let folders: BTreeSet<PathBuf> = jobs.iter().filter_map(folder).collect();
    for folder in folders {
        let here = Path::new(".");
        let folder = if folder.as_os_str().is_empty() {
            here
        } else {
            &folder
        };
        // A folder that is not there yet, or that cannot be read, is told when it is written to.
        let _ = sweep_folder(folder);
    }
}

/// A write past the limit of `ulimit -f` is an error to be told, not the end of the program.
fn survive_file_limit() -> Result<()> {
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default())?;
    Ok(())
}

/// Ctrl-C stops a run at the file or the part of one that is being read. A second one ends it at once, as a run that
/// waits for its input needs: what was being written has not taken a file's place by then.
fn heed_signals(settings: &Settings) -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    if settings.mode.writes() {
        use signal_hook::consts::{SIGINT, SIGTERM};
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&stop))?;
            signal_hook::flag::register(signal, Arc::clone(&stop))?;
        }
    }
    Ok(stop)
}
