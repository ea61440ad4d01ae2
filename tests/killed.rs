//! Killed at any moment, a run leaves every file the old one or the new one, and going on ends where
//! an undisturbed run ends.
#![cfg(unix)]

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use common::{artclean, parts, run, tree};

/// Runs that are killed, half of them in place and half with an output folder.
const KILLS: u64 = 50;

/// Files of the corpus; enough for a run to take longer than it is given.
const FILES: usize = 120;

fn corpus(folder: &Path) {
    for n in 0..FILES {
        let text = format!("Article {n}: the harbour â€” closed  \n\n\n\n").repeat(1 + n % 90);
        let path = folder.join(format!("in/{}/{n:03}.txt", n % 5));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let record = |n: usize| format!("{{\"text\":\"Record {n} â€” closed  \"}}\n");
    let records: String = (0..4000).map(record).collect();
    fs::write(folder.join("in/records.jsonl"), records).unwrap();
}

fn files(folder: &Path) -> HashMap<PathBuf, Vec<u8>> {
    tree(folder).into_iter().collect()
}

/// Whether a file is one that a killed run was still writing.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.starts_with(".artclean-")
}

#[test]
fn fifty_kills_leave_whole_files() {
    let undisturbed = tempfile::tempdir().unwrap();
    corpus(undisturbed.path());
    let old = files(&undisturbed.path().join("in"));
    let began = std::time::Instant::now();
    assert_eq!(parts(&run(undisturbed.path(), &["-o", "out", "in"])).0, 0);
    let whole_run = began.elapsed();
    let new = files(&undisturbed.path().join("out"));
    assert_eq!(new.len(), FILES + 1);

    let mut interrupted = 0;
    for (place, args) in [
        ("in", ["-w", "--manifest=m", "--resume", "in", "-j2"]),
        (
            "out",
            ["--output=out", "--manifest=m", "--resume", "in", "-j2"],
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        corpus(folder.path());
        let place = folder.path().join(place);
        // Moments spread over the run without a pattern, by the golden ratio.
        for kill in 0..KILLS / 2 {
            if kill % 2 == 0 {
                // Begin anew, or the later runs would find everything done.
                fs::remove_dir_all(folder.path()).unwrap();
                fs::create_dir(folder.path()).unwrap();
                corpus(folder.path());
            }
            let mut child = artclean(folder.path())
                .args(args)
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            let moment = kill as f64 * 0.618_033_988_749_895 % 1.0;
            std::thread::sleep(whole_run.mul_f64(moment * 0.6) + Duration::from_millis(2));
            child.kill().unwrap();
            interrupted += usize::from(!child.wait().unwrap().success());
            if !place.exists() {
                continue;
            }
            for (path, bytes) in files(&place) {
                let whole = new.get(&path) == Some(&bytes)
                    || (place.ends_with("in") && old.get(&path) == Some(&bytes));
                assert!(
                    whole || is_unfinished(&path),
                    "{} is half a file",
                    path.display()
                );
            }
        }
        // Going on twice: the first run ends the work, the second finds nothing left to do.
        assert_eq!(run(folder.path(), &args).status.code(), Some(0));
        let resumed = files(&place);
        assert_eq!(resumed.len(), new.len(), "something unfinished is left");
        assert!(resumed == new, "the resumed run ends elsewhere");
        let (_, _, err) = parts(&run(folder.path(), &args));
        let all = format!("{} files done by an earlier run", FILES + 1);
        assert!(err.contains(&all), "{err}");
    }
    assert!(
        interrupted >= KILLS as usize / 2,
        "only {interrupted} runs were killed in time"
    );
}

#[test]
fn what_was_done_before_a_kill_is_known_after_it() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    // A pipe that nobody writes to: the run gets no further.
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status();
    assert!(made.unwrap().success());
    let args = ["-o", "out", "--manifest=m", "--resume", "-j2", "in"];
    let mut child = artclean(folder.path())
        .args(args)
        .arg("pipe")
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let noted = || fs::read_to_string(folder.path().join("m")).unwrap_or_default();
    let begun = Instant::now();
    while noted().lines().count() <= FILES && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (_, _, err) = parts(&run(folder.path(), &args));
    let known = format!("{} files done by an earlier run", FILES + 1);
    assert!(err.contains(&known), "{err}");
}
