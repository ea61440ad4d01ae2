//! Batch: many files, cleaned side by side and told in their order.
//!
//! Each is told, and noted in the manifest, as soon as those before it are. Where that matters they are begun in
//! their order too: who kills a run loses little of it, and who stops it at a file has nothing begun behind that.
//! Else each thread has a folder of its own, as long as there are any: threads that make files in one folder wait
//! for one another.

use std::collections::BTreeMap;
use std::io::Write;
use std::iter;
use std::mem;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use crate::ending::Ending;
use crate::job::{Done, Job};
use crate::run::STDOUT;
use crate::settings::OnError;

/// Files a thread takes before all that were begun have ended, since what is told later is held until then.
const FILES_A_THREAD: usize = 32;

/// The same where hardly anything is held: threads that have done theirs wait for the others less often.
const UNPRINTED_A_THREAD: usize = 2048;

/// Does the jobs, until all are done or the run is to stop.
///
/// # Errors
/// `out` cannot be written to, or the manifest.
pub fn run(jobs: &[Job<'_>], ending: &mut Ending<'_>, out: &mut (dyn Write + Send)) -> Result<()> {
    let settings = ending.settings;
    let files_a_thread = if settings.mode.writes() || settings.mode.checks() {
        UNPRINTED_A_THREAD
    } else {
        FILES_A_THREAD
    };
    for part in jobs.chunks(settings.threads() * files_a_thread) {
        if ending.stop.load(Ordering::Relaxed) || ending.stopped {
            break;
        }
        side_by_side(part, ending, out)?;
    }
    Ok(())
}

fn side_by_side(
    jobs: &[Job<'_>],
    ending: &mut Ending<'_>,
    out: &mut (dyn Write + Send),
) -> Result<()> {
    let stop = ending.stop;
    let queues = queues(jobs, ending);
    let untaken = AtomicUsize::new(0);
    let halted = AtomicBool::new(false);
    let telling = Mutex::new(Telling::new(jobs, ending, out));
    rayon::broadcast(|_| {
        let own = iter::from_fn(|| queues.get(untaken.fetch_add(1, Ordering::Relaxed)));
        // Who finds no queue left helps with those of the others.
        for queue in own.chain(&queues) {
            while !stop.load(Ordering::Relaxed) && !halted.load(Ordering::Relaxed) {
                let Some(at) = queue.take() else { break };
                let (mut printed, mut done) = (Vec::new(), Done::default());
                // What is printed is held, and cannot fail.
                let _ = jobs[at].run(&mut done, &mut printed, &mut |_, _| Ok(()));
                let is_last = done.stop;
                let mut telling = telling.lock().unwrap_or_else(PoisonError::into_inner);
                telling.take(at, printed, done);
                if is_last || telling.over {
                    halted.store(true, Ordering::Relaxed);
                }
            }
        }
    });
    let telling = telling.into_inner();
    telling.unwrap_or_else(PoisonError::into_inner).told
}

/// Jobs that are begun one after the other.
struct Queue {
    next: AtomicUsize,
    end: usize,
}

impl Queue {
    fn new(jobs: Range<usize>) -> Queue {
        Queue {
            next: AtomicUsize::new(jobs.start),
            end: jobs.end,
        }
    }

    /// The place of the next job, which is no other thread's then.
    fn take(&self) -> Option<usize> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        (at < self.end).then_some(at)
    }
}

/// All jobs in one queue, or those that write to one folder each in their own.
fn queues(jobs: &[Job<'_>], ending: &Ending<'_>) -> Vec<Queue> {
    let settings = ending.settings;
    let in_order = ending.manifest.is_some() || settings.on_error == OnError::Stop;
    if in_order || !settings.mode.writes() {
        return vec![Queue::new(0..jobs.len())];
    }
    let mut begin = 0;
    let folders = jobs.chunk_by(|a, b| a.written().parent() == b.written().parent());
    folders
        .map(|jobs| {
            let end = begin + jobs.len();
            Queue::new(mem::replace(&mut begin, end)..end)
        })
        .collect()
}

/// Puts in order what the jobs came to.
struct Telling<'a, 's> {
    jobs: &'a [Job<'a>],
    ending: &'a mut Ending<'s>,
    out: &'a mut (dyn Write + Send),
    /// What has ended before its turn: what it printed, and what it came to, by its place among the jobs.
    held: BTreeMap<usize, (Vec<u8>, Done)>,
    /// The first that was not told yet.
    next: usize,
    /// Whether nothing is told any more.
    over: bool,
    told: Result<()>,
}

impl<'a, 's> Telling<'a, 's> {
    fn new(
        jobs: &'a [Job<'a>],
        ending: &'a mut Ending<'s>,
        out: &'a mut (dyn Write + Send),
    ) -> Self {
        Telling {
            jobs,
            ending,
            out,
            held: BTreeMap::new(),
            next: 0,
            over: false,
            told: Ok(()),
        }
    }

    /// Counts a job in, and tells all whose turn it is.
    fn take(&mut self, at: usize, printed: Vec<u8>, done: Done) {
        self.ending.bar.inc(1);
        self.ending.count(&done);
        self.held.insert(at, (printed, done));
        if !self.over {
            self.told = self.tell();
            self.over |= self.told.is_err();
        }
    }

    fn tell(&mut self) -> Result<()> {
        while let Some((printed, done)) = self.held.remove(&self.next) {
            // Nothing is printed behind the file that stopped the run; but what was written is told.
            if self.ending.stopped && !self.ending.settings.mode.writes() {
                self.over = true;
                break;
            }
            self.out.write_all(&printed).context(STDOUT)?;
            self.ending.add(&self.jobs[self.next], done, self.out)?;
            self.next += 1;
        }
        self.ending.keep()
    }
}
