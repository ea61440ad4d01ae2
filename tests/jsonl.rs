//! JSON Lines: records of every kind, good and bad.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{artclean, parts, pipe, run};

const RECORD: &str =
    r#"{"id": 7, "text": "the harbour â€” closed  \n", "n": 1.50e3, "u": "\u00e9"}"#;
const CLEAN: &str = r#"{"id": 7, "text": "the harbour — closed\n", "n": 1.50e3, "u": "\u00e9"}"#;

fn lines(records: &[&str]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn records_are_known_by_name_and_by_their_start() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.jsonl", "a.ndjson", "a.JSONL", "a", "a.dump"] {
        fs::write(folder.path().join(name), lines(&[RECORD])).unwrap();
        let output = run(folder.path(), &[name]);
        assert_eq!(
            parts(&output),
            (0, lines(&[CLEAN]), String::new()),
            "{name}"
        );
    }
    let output = pipe(&[], lines(&[RECORD]).as_bytes());
    assert_eq!(parts(&output), (0, lines(&[CLEAN]), String::new()));
}

#[test]
fn a_byte_order_mark_before_a_record_goes_by_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let marked = format!("\u{FEFF}{}", lines(&[RECORD, RECORD]));
    fs::write(folder.path().join("a.jsonl"), &marked).unwrap();
    let told = |args: &[&str]| parts(&run(folder.path(), args));
    let clean = lines(&[CLEAN, CLEAN]);
    assert_eq!(told(&["a.jsonl"]), (0, clean.clone(), String::new()));
    assert_eq!(
        parts(&pipe(&[], marked.as_bytes())),
        (0, clean.clone(), String::new())
    );
    let kept = told(&["--ignore", "U304", "a.jsonl"]);
    assert_eq!(kept, (0, format!("\u{FEFF}{clean}"), String::new()));
    let (code, out, err) = told(&["--check", "--format", "concise", "a.jsonl"]);
    assert_eq!((code, out.lines().count()), (1, 2), "{out}{err}");
    let (_, out, _) = told(&["--check", "--select", "U", "a.jsonl"]);
    assert!(out.contains("a.jsonl:1: line 1 column 1: U304"), "{out}");
    // A record that is clean otherwise, in the middle too, as joined files have it.
    let (_, out, _) = parts(&pipe(&["--only", "repair"], marked.as_bytes()));
    assert!(out.starts_with("\u{FEFF}{\"id\""), "{out}");
    let joined = format!("{CLEAN}\n\u{FEFF}{CLEAN}\n");
    assert_eq!(
        parts(&pipe(&[], joined.as_bytes())),
        (0, clean, String::new())
    );
}

#[test]
fn a_byte_order_mark_without_a_record_is_an_empty_line() {
    for input in ["\u{FEFF}", "\u{FEFF}\n", "\u{FEFF} \r\n\n"] {
        let output = pipe(&["--from", "jsonl"], input.as_bytes());
        assert_eq!(parts(&output), (0, input.to_owned(), String::new()));
    }
}

#[test]
fn a_first_record_longer_than_any_buffer_is_a_record_all_the_same() {
    let long = format!(r#"{{"pad":"{}","text":"a  \n"}}"#, "x".repeat(300_000));
    let (code, out, _) = parts(&pipe(&[], format!("{long}\n").as_bytes()));
    assert_eq!(code, 0);
    assert!(out == long.replace("a  ", "a") + "\n");
}

#[test]
fn a_bad_record_is_kept_dropped_or_stops_the_run_and_the_code_is_2() {
    let input = lines(&[
        RECORD,
        "no json",
        r#"{"id":2}"#,
        r#"{"text":3}"#,
        "",
        RECORD,
    ]);
    let kept = input.replace(RECORD, CLEAN);
    let dropped = lines(&[CLEAN, "", CLEAN]);
    let stopped = lines(&[CLEAN]);
    for (fate, expected, told) in [
        ("keep", kept, "left as it is"),
        ("drop", dropped, "dropped"),
        ("stop", stopped, "stopped there"),
    ] {
        let output = pipe(&["--from", "jsonl", "--on-error", fate], input.as_bytes());
        let (code, out, err) = parts(&output);
        assert_eq!((code, out), (2, expected), "{fate}");
        assert!(
            err.contains("<stdin>:2: not a JSON object") && err.contains(told),
            "{err}"
        );
        assert_eq!(
            err.lines().count(),
            if fate == "stop" { 1 } else { 3 },
            "{err}"
        );
    }
}

#[test]
fn a_bad_record_is_nothing_to_learn_from_and_nothing_to_print() {
    let folder = tempfile::tempdir().unwrap();
    let input = lines(&[RECORD, "no \u{1B}[31m json", "", RECORD]);
    fs::write(folder.path().join("a.jsonl"), input).unwrap();
    let (code, out, _) = parts(&run(folder.path(), &["--learn", "a.toml", "a.jsonl"]));
    assert_eq!(code, 2);
    assert!(!out.contains("json\n"), "{out:?}");
}

#[test]
fn a_run_that_stops_at_a_bad_record_leaves_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = lines(&[RECORD, "no json"]);
    fs::write(folder.path().join("a.jsonl"), &input).unwrap();
    let output = run(folder.path(), &["-w", "--on-error", "stop", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        fs::read_to_string(folder.path().join("a.jsonl")).unwrap(),
        input
    );
    run(
        folder.path(),
        &["-o", "out", "--on-error", "stop", "a.jsonl"],
    );
    assert!(!folder.path().join("out/a.jsonl").exists());
}

#[test]
fn many_records_stay_in_order_and_keep_their_numbers() {
    let records: Vec<String> = (1..=30_000)
        .map(|n| match n {
            9_000 | 29_999 => "broken".to_owned(),
            n => format!(r#"{{"n":{n},"text":"article {n}  "}}"#),
        })
        .collect();
    let expected: String = records
        .iter()
        .map(|record| record.replace(r#"  "}"#, r#"\n"}"#) + "\n")
        .collect();
    let (code, out, err) = parts(&pipe(
        &["--from", "jsonl", "--only", "whitespace"],
        (records.join("\n") + "\n").as_bytes(),
    ));
    assert_eq!(code, 2);
    assert!(out == expected, "the records are out of order, or changed");
    let numbers: Vec<_> = err
        .lines()
        .map(|line| line.split(':').nth(2).unwrap())
        .collect();
    assert_eq!(numbers, ["9000", "29999"]);
}

#[test]
fn surrogates_are_damage_to_mend_or_to_report() {
    let record = r#"{"text":"wait \udce2\udc80\udc94 a \ud83d b \ud83d\udd0d\n"}"#;
    let (code, out, err) = parts(&pipe(&["--from", "jsonl"], lines(&[record]).as_bytes()));
    assert_eq!((code, err.as_str()), (0, ""));
    // The half that is lost stays as it was written.
    assert_eq!(out, lines(&["{\"text\":\"wait — a \\ud83d b 🔍\\n\"}"]));
    let args = ["--check", "--from", "jsonl", "--format", "concise"];
    let (code, out, _) = parts(&pipe(&args, lines(&[record]).as_bytes()));
    assert_eq!(code, 1);
    assert_eq!(out.matches("E107").count(), 2, "{out}");
    assert!(!out.contains("E901"), "told twice: {out}");
}

#[test]
fn halves_of_a_pair_written_as_bytes_are_mended() {
    let mut input = b"{\"u\":\"\xED\xA0\xBD\",\"text\":\"a \xED\xA0\xBD\xED\xB4\x8D\"}\n".to_vec();
    let output = pipe(&["--from", "jsonl", "--only", "repair"], &input);
    assert_eq!(output.status.code(), Some(0));
    let at = input.len() - 9;
    input.splice(at..at + 6, "🔍".bytes());
    assert_eq!(output.stdout, input);
}

#[test]
fn a_record_that_is_too_long_is_refused_and_passed_through() {
    let mut input = lines(&[RECORD]).into_bytes();
    input.extend(b"{\"text\":\"");
    input.resize(input.len() + (65 << 20), b'x');
    input.extend(b"\"}\n");
    input.extend(lines(&[RECORD]).bytes());
    let output = pipe(&["--from", "jsonl"], &input);
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err.contains("<stdin>:2: the record is longer than 64 MiB"),
        "{err}"
    );
    let ends = lines(&[CLEAN]);
    assert!(output.stdout.starts_with(ends.as_bytes()) && output.stdout.ends_with(ends.as_bytes()));
    assert_eq!(
        output.stdout.len(),
        input.len() - 2 * (RECORD.len() - CLEAN.len())
    );
    let output = pipe(&["--from", "jsonl", "--on-error", "drop"], &input);
    assert_eq!(output.stdout, (ends.clone() + &ends).into_bytes());
}

#[test]
fn a_page_in_a_field_becomes_its_article_unless_told_otherwise() {
    let page = include_str!("../fixtures/pages/ferry.html");
    let record = format!("{}\n", serde_json::json!({"id": 1, "text": page}));
    let (code, out, err) = parts(&pipe(&["--from", "jsonl"], record.as_bytes()));
    assert_eq!((code, err.as_str()), (0, ""));
    let article: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        article["text"],
        include_str!("../fixtures/pages/ferry.expected.txt")
    );
    let args = [
        "--from",
        "jsonl",
        "--field-holds",
        "text",
        "--only",
        "unicode",
    ];
    assert_eq!(parts(&pipe(&args, record.as_bytes())).1, record);
    // A text about HTML is no page.
    let about = lines(&[r#"{"text":"<p>is a paragraph; <!doctype html> begins a page.\n"}"#]);
    assert_eq!(
        parts(&pipe(&["--from", "jsonl"], about.as_bytes())).1,
        about
    );
}

#[test]
fn the_report_goes_into_the_record() {
    let args = ["--from", "jsonl", "--format", "json"];
    let (_, out, _) = parts(&pipe(&args, lines(&[RECORD]).as_bytes()));
    let head = CLEAN.strip_suffix('}').unwrap();
    assert!(
        out.starts_with(&format!("{head},\"artclean\":{{\"blocks\":")),
        "{out}"
    );
    let record: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(record["artclean"]["edits"][0]["rule"], "E101");
}

#[test]
fn a_check_tells_what_it_finds_while_its_input_still_comes() {
    let mut child = artclean(Path::new("."))
        .args(["--check", "--from", "jsonl", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("artclean runs");
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    // More than any buffer on the way holds.
    let (block, most) = (lines(&[RECORD]).repeat(10_000), 64);
    let told = AtomicBool::new(false);
    let sent = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut findings = BufReader::new(output).lines();
            let first = findings.next().expect("a line").expect("UTF-8");
            assert!(first.starts_with("<stdin>:1:"), "{first}");
            told.store(true, Ordering::Relaxed);
            findings.count()
        });
        let send =
            |_: &i32| !told.load(Ordering::Relaxed) && input.write_all(block.as_bytes()).is_ok();
        let sent = (0..most).take_while(send).count();
        drop(input);
        sent
    });
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(sent < most as usize, "nothing was told before the end");
}

#[test]
fn memory_stays_flat() {
    let folder = tempfile::tempdir().unwrap();
    // Peak memory is what the kernel remembers, asked for just before the end.
    let peak = |records: usize, name: &str, args: &[&str]| {
        let record = match name {
            "big.txt" => "the harbour is closed, and ships wait for the morning before they land  ",
            _ => RECORD,
        };
        let content = lines(&[record]).repeat(records);
        fs::write(folder.path().join(name), content).unwrap();
        let mut child = artclean(folder.path())
            .args(["-q", "--only", "whitespace", "--charset", "utf-8", name])
            .args(args)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes =
                line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
            peak = peak.max(kilobytes.unwrap_or(0u64));
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        peak
    };
    if !std::path::Path::new("/proc/self/status").exists() {
        return;
    }
    for (name, args, more) in [
        ("big.jsonl", &["-o", "out"][..], 16_384),
        ("big.txt", &["-o", "out"], 16_384),
        ("big.txt", &["-w"], 16_384),
        // A check holds the text, and no finding of the one in each of its lines.
        ("big.txt", &["--check", "--select", "W"], 65_536),
    ] {
        let (small, large) = (peak(40_000, name, args), peak(400_000, name, args));
        assert!(
            large < small + more,
            "{name} {args:?}: {small} kB for 3 MB, {large} kB for 30 MB"
        );
    }
}
