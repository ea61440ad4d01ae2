//! Batch: many files, cleaned side by side and told in their order.
//!
//! They are begun in their order too, and each is told, and noted in the manifest, as soon as those before it are:
//! who kills a run loses little of it, and who stops it at a file has nothing begun behind that.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::ending::Ending;
use crate::job::{Done, Job};
use crate::run::STDOUT;

/// Files a thread takes before all that were begun have ended, since what is told later is held until then.
const FILES_A_THREAD: usize = 32;

/// The same where hardly anything is held: threads that have done theirs wait for the others less often.
const UNPRINTED_A_THREAD: usize = 2048;

/// Of small files it costs as much to be woken by each as to clean it: while more than a few are to come, who
/// tells waits as long as some of them take. Tuned against 20,000 files of 4 KB on two cores.
const FEW: usize = 16;
const PAUSE_A_FILE: Duration = Duration::from_micros(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// The place of a job among the others, what it printed, and what it came to.
type Ended = (usize, Vec<u8>, Done);

/// Does the jobs, until all are done or the run is to stop.
///
/// # Errors
/// `out` cannot be written to, or the manifest.
pub fn run(jobs: &[Job<'_>], ending: &mut Ending<'_>, out: &mut dyn Write) -> Result<()> {
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

fn side_by_side(jobs: &[Job<'_>], ending: &mut Ending<'_>, out: &mut dyn Write) -> Result<()> {
    let stop = ending.stop;
    let next = AtomicUsize::new(0);
    let halted = AtomicBool::new(false);
    let bar = ending.bar.clone();
    let (ended, to_tell) = mpsc::channel();
    // Each thread of the pool takes the next file itself; this one, which is none of them, tells.
    let work = |ended: &mpsc::Sender<Ended>| {
        while !stop.load(Ordering::Relaxed) && !halted.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else { break };
            let (mut printed, mut done) = (Vec::new(), Done::default());
            // What is printed is held, and cannot fail.
            let _ = job.run(&mut done, &mut printed, &mut |_, _| Ok(()));
            if done.stop {
                halted.store(true, Ordering::Relaxed);
            }
            bar.inc(1);
            // Who tells receives until all have ended.
            let _ = ended.send((at, printed, done));
        }
    };
    let work = &work;
    rayon::in_place_scope(|scope| {
        scope.spawn_broadcast(move |_, _| work(&ended));
        let told = tell(jobs, &to_tell, ending, out);
        // If it came to an end before the jobs did, those that are begun count all the same.
        halted.store(true, Ordering::Relaxed);
        for (_, _, done) in to_tell {
            ending.count(&done);
        }
        told
    })
}

/// Tells what the jobs came to, until all that were begun have ended.
fn tell(
    jobs: &[Job<'_>],
    to_tell: &Receiver<Ended>,
    ending: &mut Ending<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut held = BTreeMap::new();
    let mut next = 0;
    for first in to_tell {
        for (at, printed, done) in std::iter::once(first).chain(to_tell.try_iter()) {
            ending.count(&done);
            held.insert(at, (printed, done));
        }
        while let Some((printed, done)) = held.remove(&next) {
            // Nothing is printed behind the file that stopped the run; but what was written is told.
            if ending.stopped && !ending.settings.mode.writes() {
                return ending.keep();
            }
            out.write_all(&printed).context(STDOUT)?;
            ending.add(&jobs[next], done, out)?;
            next += 1;
        }
        ending.keep()?;
        let to_come = jobs.len() - next;
        if to_come > FEW {
            thread::sleep(LONGEST_PAUSE.min(PAUSE_A_FILE * to_come as u32));
        }
    }
    Ok(())
}
