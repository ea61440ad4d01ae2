//! Folders: what is met, what is left out, where output goes, and going on with a run.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{artclean, parts, run, tree};

const DAMAGED: &str = "the harbour â€” closed  \n";
const CLEAN: &str = "the harbour — closed\n";

/// A folder `in` with these files.
fn corpus(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, DAMAGED).unwrap();
    }
    folder
}

fn pipe_at(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// What a run ends with that has to end soon.
fn ends_soon(mut child: Child) -> Output {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(10) {
            child.kill().unwrap();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn links_and_special_files_are_counted_and_links_followed_when_asked() {
    let folder = corpus(&["a.txt", "elsewhere/b.txt"]);
    let (inside, outside) = (folder.path().join("in"), folder.path().join("outside"));
    fs::rename(inside.join("elsewhere"), &outside).unwrap();
    symlink(&outside, inside.join("folder")).unwrap();
    symlink(outside.join("b.txt"), inside.join("b.txt")).unwrap();
    symlink(&inside, inside.join("round")).unwrap();
    pipe_at(&inside.join("pipe"));

    let (code, _, err) = parts(&run(folder.path(), &["-o", "out", "in"]));
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("3 links not followed") && err.contains("1 pipe or device skipped"),
        "{err}"
    );
    let names: Vec<_> = tree(&folder.path().join("out"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, [Path::new("a.txt")]);

    let (code, _, err) = parts(&run(folder.path(), &["--follow", "-o", "out", "in"]));
    assert_eq!(code, 2, "a link to the folder itself goes round: {err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("out/folder/b.txt")).unwrap(),
        CLEAN
    );
}

#[test]
fn a_pipe_that_is_named_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    pipe_at(&pipe);
    let writer = std::thread::spawn(move || fs::write(pipe, DAMAGED).unwrap());
    assert_eq!(
        parts(&run(folder.path(), &["pipe"])),
        (0, CLEAN.to_owned(), String::new())
    );
    writer.join().unwrap();
    let (code, _, err) = parts(&run(folder.path(), &["/dev/zero"]));
    assert_eq!(code, 2);
    assert!(err.contains("it is a device"), "{err}");
}

#[test]
fn nothing_is_written_outside_the_output_folder() {
    let folder = corpus(&["sub/a.txt", "link.txt", "b.txt"]);
    let (out, outside) = (folder.path().join("out"), folder.path().join("outside"));
    fs::create_dir(&out).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("kept.txt"), "kept").unwrap();
    symlink(&outside, out.join("sub")).unwrap();
    symlink(outside.join("kept.txt"), out.join("link.txt")).unwrap();
    let (code, _, err) = parts(&run(folder.path(), &["-o", "out", "in"]));
    assert_eq!(code, 2);
    assert_eq!(err.matches("out of the output folder").count(), 2, "{err}");
    assert_eq!(tree(&outside), [("kept.txt".into(), b"kept".to_vec())]);
    assert_eq!(fs::read_to_string(out.join("b.txt")).unwrap(), CLEAN);
    // Nor through a name.
    run(&outside, &["-o", "../out", "../in/b.txt"]);
    assert!(!folder.path().join("in/b.txt").is_symlink());
    assert_eq!(fs::read_to_string(out.join("b.txt")).unwrap(), CLEAN);
}

#[test]
fn a_manifest_has_a_line_for_each_file_in_their_order() {
    let folder = corpus(&["c.txt", "a.txt", "b/d.jsonl"]);
    let (code, _, _) = parts(&run(
        folder.path(),
        &["-o", "out", "--manifest", "m.jsonl", "in"],
    ));
    assert_eq!(code, 2, "d.jsonl holds no JSON");
    let manifest = fs::read_to_string(folder.path().join("m.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> = manifest
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["path"].as_str().unwrap(),
                line["outcome"].as_str().unwrap(),
                line["repaired"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("in/a.txt", "done", 1),
            ("in/b/d.jsonl", "failed", 0),
            ("in/c.txt", "done", 1)
        ]
    );
    assert_eq!(lines[0]["read"]["size"], DAMAGED.len());
    assert_eq!(lines[0]["written"]["size"], CLEAN.len());
}

#[test]
fn a_manifest_of_a_check_tells_what_was_read() {
    let folder = corpus(&["a.txt"]);
    let args = ["--check", "--manifest", "m.jsonl", "in"];
    let (code, _, err) = parts(&run(folder.path(), &args));
    assert_eq!(code, 1, "{err}");
    let manifest = fs::read_to_string(folder.path().join("m.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let size = fs::metadata(folder.path().join("in/a.txt")).unwrap().len();
    assert_eq!(line["read"]["size"], size);
}

#[test]
fn a_run_goes_on_where_nothing_has_changed_and_only_there() {
    let names = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"];
    let folder = corpus(&names);
    let path = |name: &str| folder.path().join(name);
    let resume = |more: &[&str]| {
        let args = [
            &["-o", "out", "--manifest", "m.jsonl", "--resume", "in"],
            more,
        ]
        .concat();
        let (code, _, err) = parts(&run(folder.path(), &args));
        assert_eq!(code, 0, "{err}");
        err
    };
    // Without a manifest there is nothing to go by, whatever lies in the output folder.
    fs::create_dir(path("out")).unwrap();
    fs::write(path("out/a.txt"), "not of any run").unwrap();
    assert!(resume(&[]).starts_with("artclean: 5 cleaned"));
    assert_eq!(fs::read_to_string(path("out/a.txt")).unwrap(), CLEAN);

    assert!(
        resume(&[]).contains("0 cleaned") && resume(&[]).contains("5 files done by an earlier run")
    );
    fs::write(path("in/a.txt"), "new  \n").unwrap();
    fs::write(path("out/b.txt"), "somebody's own").unwrap();
    fs::remove_file(path("out/c.txt")).unwrap();
    let err = resume(&[]);
    assert!(
        err.starts_with("artclean: 3 cleaned") && err.contains("2 files done"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(path("out/a.txt")).unwrap(), "new\n");
    assert_eq!(fs::read_to_string(path("out/b.txt")).unwrap(), CLEAN);
    // Other options make other files.
    assert!(!resume(&["--skip", "whitespace"]).contains("done by an earlier run"));
    // A line that a killed run left unfinished is no line.
    let manifest = fs::read(path("m.jsonl")).unwrap();
    fs::write(path("m.jsonl"), &manifest[..manifest.len() - 20]).unwrap();
    let err = resume(&["--skip", "whitespace"]);
    assert!(err.contains("4 files done"), "{err}");
}

#[test]
fn a_run_in_place_goes_on_too() {
    let folder = corpus(&["a.txt", "b.txt"]);
    let args = ["-w", "--manifest", "in/m.jsonl", "--resume", "in"];
    let (code, _, err) = parts(&run(folder.path(), &args));
    assert!(code == 0 && err.starts_with("artclean: 2 cleaned"), "{err}");
    let (code, _, err) = parts(&run(folder.path(), &args));
    assert!(
        code == 0 && err.contains("2 files done by an earlier run"),
        "{err}"
    );
    // The manifest lies among the files and is none of them.
    assert!(!err.contains("failed") || err.contains("0 failed"), "{err}");
}

#[test]
fn what_a_killed_run_left_is_no_input_and_is_swept_when_going_on() {
    let folder = corpus(&["a.txt"]);
    let unfinished = |folder: &str, process: u32| format!("{folder}/.artclean-{process}-Ab12Cd");
    fs::create_dir(folder.path().join("out")).unwrap();
    // No process has this number: the kernel's highest is 2²².
    let dead = folder.path().join(unfinished("out", 99_999_999));
    let alive = folder.path().join(unfinished("out", std::process::id()));
    let input = folder.path().join(unfinished("in", 99_999_999));
    for path in [&dead, &alive, &input] {
        fs::write(path, "half a f").unwrap();
    }
    run(
        folder.path(),
        &["-o", "out", "--hidden", "--manifest", "m", "--resume", "in"],
    );
    assert!(!dead.exists() && alive.exists() && input.exists());
    assert!(!folder.path().join(unfinished("out", 99_999_999)).exists());
    assert_eq!(
        fs::read_to_string(folder.path().join("out/a.txt")).unwrap(),
        CLEAN
    );
}

#[test]
fn an_interrupt_leaves_whole_files_and_says_so() {
    let names: Vec<String> = (0..3000).map(|n| format!("{n:04}.txt")).collect();
    let folder = corpus(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let child = artclean(folder.path())
        .args(["-o", "out", "-j", "1", "in"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while !folder.path().join("out/0000.txt").exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    let (code, _, err) = parts(&output);
    assert_eq!(code, 2);
    assert!(err.contains("stopped by a signal"), "{err}");
    let written = tree(&folder.path().join("out"));
    assert!(written.len() < 3000, "the signal came too late to tell");
    assert!(written.iter().all(|(_, bytes)| bytes == CLEAN.as_bytes()));
}

#[test]
fn an_interrupt_amid_the_records_of_a_file_leaves_no_part_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"text\":\"the harbour — closed  \"}\n";
    fs::write(folder.path().join("a.jsonl"), record.repeat(400_000)).unwrap();
    let child = artclean(folder.path())
        .args(["-o", "out", "a.jsonl"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while !folder.path().join("out").exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    signal(&child, "-INT");
    let (code, _, err) = parts(&child.wait_with_output().unwrap());
    assert_eq!(code, 2);
    assert!(
        err.contains("artclean: 0 cleaned") && err.contains("stopped by a signal"),
        "{err}"
    );
    assert_eq!(tree(&folder.path().join("out")), []);
}

#[test]
fn an_interrupt_while_a_pipe_is_read_ends_the_run_at_its_next_word() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    pipe_at(&pipe);
    let child = artclean(folder.path())
        .args(["-o", "out", "pipe"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut writer = fs::File::options().write(true).open(&pipe).unwrap();
    let page = DAMAGED.repeat(40_000);
    // More than a pipe holds: part of it has been read when this returns.
    std::io::Write::write_all(&mut writer, page.as_bytes()).unwrap();
    signal(&child, "-TERM");
    let _ = std::io::Write::write_all(&mut writer, page.as_bytes());
    // The pipe stays open: its end is not what ends the run.
    let (code, _, err) = parts(&ends_soon(child));
    assert_eq!(code, 2);
    assert!(
        err.contains("0 failed") && err.contains("stopped by a signal"),
        "{err}"
    );
    assert_eq!(tree(&folder.path().join("out")), []);
}

#[test]
fn a_second_signal_ends_a_run_that_waits() {
    use std::os::unix::process::ExitStatusExt;
    let folder = corpus(&["a.txt"]);
    pipe_at(&folder.path().join("pipe"));
    // Nobody writes to the pipe: not even opening it comes to an end.
    let mut child = artclean(folder.path())
        .args(["-o", "out", "-j", "1", "in/a.txt", "pipe"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !folder.path().join("out/a.txt").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    // Until it waits for the pipe, the first would do.
    std::thread::sleep(Duration::from_millis(200));
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(200));
    assert!(child.try_wait().unwrap().is_none());
    signal(&child, "-INT");
    assert_eq!(ends_soon(child).status.signal(), Some(2));
    let out = folder.path().join("out");
    assert_eq!(tree(&out), [("a.txt".into(), CLEAN.into())]);
}

#[test]
fn a_pipe_is_not_cleaned_in_place_nor_waited_for() {
    let folder = corpus(&["a.txt"]);
    pipe_at(&folder.path().join("pipe"));
    let child = artclean(folder.path())
        .args(["-w", "pipe", "in/a.txt"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (code, _, err) = parts(&ends_soon(child));
    assert_eq!(code, 2);
    assert!(err.contains("pipe: is no regular file"), "{err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("in/a.txt")).unwrap(),
        CLEAN
    );
}

#[test]
fn a_file_that_a_signal_left_undone_is_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"text\":\"the harbour — closed  \"}\n";
    fs::write(folder.path().join("a.jsonl"), record.repeat(100_000)).unwrap();
    let args = ["-w", "--manifest", "m", "--resume", "a.jsonl"];
    let child = artclean(folder.path())
        .args(args)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let is_begun = |entry: fs::DirEntry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(".artclean-")
    };
    while !fs::read_dir(folder.path()).unwrap().flatten().any(is_begun) {
        std::thread::sleep(Duration::from_millis(1));
    }
    signal(&child, "-INT");
    let (code, _, err) = parts(&ends_soon(child));
    assert!(code == 2 && err.contains("0 cleaned"), "{err}");
    let (code, _, err) = parts(&run(folder.path(), &args));
    assert!(code == 0 && err.contains("100000 cleaned"), "{err}");
}

#[test]
fn nothing_is_begun_behind_a_record_that_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"text\":\"the harbour — closed  \"}\n";
    let name = |n: usize| format!("f{n:03}.jsonl");
    fs::write(folder.path().join(name(0)), "no json\n").unwrap();
    for n in 1..=200 {
        fs::write(folder.path().join(name(n)), record.repeat(200)).unwrap();
    }
    let stop = ["--on-error", "stop", "--manifest", "m", "-j", "2", "."];
    let (code, out, err) = parts(&run(folder.path(), &stop));
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    let (code, _, err) = parts(&run(folder.path(), &[&["-w"], &stop[..]].concat()));
    assert_eq!(code, 2, "{err}");
    let is_cleaned = |n: &usize| {
        let text = fs::read_to_string(folder.path().join(name(*n))).unwrap();
        text != record.repeat(200)
    };
    let cleaned = (1..=200).filter(is_cleaned).count();
    assert!(cleaned < 100, "{cleaned} files behind it were cleaned");
    // What was in the air is told like the rest.
    let manifest = fs::read_to_string(folder.path().join("m")).unwrap();
    assert_eq!(manifest.lines().count(), 1 + cleaned, "{manifest}");
}

#[test]
fn more_threads_than_there_is_work_for_hold_nothing_up() {
    let folder = corpus(&["a.txt", "b.txt"]);
    let child = artclean(folder.path())
        .args(["-w", "-j", "99999", "in"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (code, _, err) = parts(&ends_soon(child));
    assert!(code == 0 && err.contains("2 cleaned"), "{err}");
}
