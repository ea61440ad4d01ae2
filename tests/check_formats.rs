//! Every form of a report: the same findings, nothing raw, and what the readers of the form expect.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::ffi::OsStrExt;

use common::{artclean, parts, run};
use serde_json::Value;

const FORMS: [&str; 7] = [
    "human", "concise", "json", "sarif", "github", "gitlab", "junit",
];

/// Three places of damage in two files, in a name and text that would steer a terminal.
fn damaged() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"odd \xFF\x1b[31m,%\xE2\x80\xAE.rs");
    let text = "one\n\u{9b}31m \u{202E}日本 harbour โ€” closed\u{200B} <&\"\n";
    fs::write(folder.path().join(odd), text).unwrap();
    fs::write(
        folder.path().join("b.jsonl"),
        "{\"text\":\"fine\"}\n{\"text\":\"x \\u009b‚ isnâ€™t\\nâ€™\"}\n",
    )
    .unwrap();
    folder
}

#[test]
fn every_form_tells_of_every_finding_and_sends_nothing_raw() {
    let folder = damaged();
    for form in FORMS {
        let (code, out, err) = parts(&run(folder.path(), &["--check", "--format", form, "."]));
        assert_eq!(code, 1, "{form}: {err}");
        assert!(out.matches("E101").count() >= 3, "{form}: {out}");
        for raw in out.chars().chain(err.chars()) {
            let shown = raw == '\n'
                || !(raw.is_control() || "\u{202E}\u{200B}\u{200D}\u{FEFF}".contains(raw));
            assert!(shown, "{form}: {raw:?} is raw in {out}");
        }
    }
}

#[test]
fn a_clean_tree_gives_a_sound_report_and_exit_0() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "sound — text\n").unwrap();
    for form in FORMS {
        let (code, out, err) = parts(&run(folder.path(), &["--check", "--format", form, "a.txt"]));
        assert_eq!((code, err.as_str()), (0, ""), "{form}");
        match form {
            "sarif" => {
                let log: Value = serde_json::from_str(&out).unwrap();
                assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 0);
            }
            "gitlab" => assert_eq!(out, "[]\n"),
            "junit" => assert!(out.contains("tests=\"1\" failures=\"0\""), "{out}"),
            _ => assert_eq!(out, "", "{form}"),
        }
    }
}

#[test]
fn human_shows_the_line_with_the_caret_under_the_damage() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.md"),
        "one\n  日本 👩\u{200D}👧 e\u{301} harbour โ€” closed\n",
    )
    .unwrap();
    let (_, out, _) = parts(&run(folder.path(), &["--check", "a.md"]));
    let expected = "\
a.md:2:21: E101 mojibake \"โ€”\" → \"—\" (windows-874, proven)
  2 | 日本 👩\u{200D}👧 e\u{301} harbour โ€” closed
    |                   ^^^
";
    assert!(out.starts_with(expected), "{out}");
    let chain = out.lines().nth(3).unwrap();
    assert!(
        chain.starts_with("    = ") && chain.contains("windows-874") && chain.contains("UTF-8"),
        "{chain}"
    );
}

#[test]
fn a_line_of_the_file_is_no_command_to_the_runner() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "::error::โ€”\n").unwrap();
    for form in ["human", "concise", "github", "junit"] {
        let (_, out, _) = parts(&run(folder.path(), &["--check", "--format", form, "a.txt"]));
        let foreign =
            |line: &str| line.trim_start().starts_with("::") && !line.contains("file=a.txt");
        assert!(!out.lines().any(foreign), "{form}: {out}");
    }
}

#[test]
fn sarif_is_valid_by_the_official_schema() {
    let folder = damaged();
    fs::write(folder.path().join("latin1.txt"), b"caf\xE9\n").unwrap();
    fs::write(folder.path().join("cut.txt"), b"caf\xC3\xA9 \xE2\x80").unwrap();
    let output = run(folder.path(), &["--check", "--format", "sarif", "."]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();

    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let schema = compiler
        .compile("tests/schema/sarif-2.1.0.json", &mut schemas)
        .unwrap();
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error:#}");
    }
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["message"] = Value::Null;
    assert!(
        schemas.validate(&broken, schema).is_err(),
        "the schema is looked at"
    );

    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
    }
    let fixed = run["results"].as_array().unwrap().iter().find(|result| {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        result["ruleId"] == "E101" && uri.as_str().unwrap().ends_with(".rs")
    });
    let fixed = fixed.expect("the odd name");
    let location = &fixed["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"]["uri"],
        "odd%20%FF%1B%5B31m%2C%25%E2%80%AE.rs"
    );
    let region =
        serde_json::json!({"startLine": 2, "endLine": 2, "startColumn": 18, "endColumn": 21});
    assert_eq!(location["region"], region);
    let replacement = &fixed["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"], region);
    assert_eq!(replacement["insertedContent"]["text"], "—");
}

#[test]
fn github_puts_the_worst_first_and_is_the_default_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "โ€” and â€™ \n").unwrap();
    fs::write(folder.path().join("b.txt"), "a 100% โ€” sure\n").unwrap();
    fs::write(folder.path().join("z.txt"), b"caf\xC3\xA9 \xE2\x80").unwrap();
    let summary = folder.path().join("summary.md");
    let output = artclean(folder.path())
        .args(["--check", "--select", "E,W", "a.txt", "b.txt", "z.txt"])
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let (code, out, _) = parts(&output);
    assert_eq!(code, 1);
    let order: Vec<_> = out
        .lines()
        .map(|line| {
            let level = line.split(' ').next().unwrap();
            let file = line
                .split("file=")
                .nth(1)
                .unwrap()
                .split(',')
                .next()
                .unwrap();
            (level, file)
        })
        .collect();
    assert_eq!(
        order,
        [
            ("::error", "z.txt"), // What cannot be repaired.
            ("::error", "a.txt"),
            ("::error", "b.txt"), // One of each file before a second of any.
            ("::error", "a.txt"),
            ("::notice", "a.txt"),
        ],
        "{out}"
    );
    let second = out.lines().nth(1).unwrap();
    assert!(
        second.starts_with(
            "::error file=a.txt,line=1,endLine=1,col=1,endColumn=4,title=E101 mojibake::a.txt:1:1: "
        ),
        "{second}"
    );
    let summary = fs::read_to_string(summary).unwrap();
    assert!(
        summary.contains("5 places of damage in 3 files"),
        "{summary}"
    );
    assert!(summary.contains("| a.txt | 3 |"), "{summary}");
}

#[test]
fn a_fingerprint_survives_edits_above() {
    let folder = tempfile::tempdir().unwrap();
    let fingerprints = |text: &str| -> Vec<String> {
        fs::write(folder.path().join("a.txt"), text).unwrap();
        let output = run(folder.path(), &["--check", "--format", "gitlab", "a.txt"]);
        let issues: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let own = issues
            .iter()
            .map(|issue| issue["fingerprint"].as_str().unwrap().to_owned());
        own.collect()
    };
    let before = fingerprints("one โ€” two\n");
    assert_eq!(before.len(), 1);
    let after = fingerprints("new\n\nline one โ€” two\nthree โ€” four\n");
    assert_eq!(after.len(), 2);
    assert_eq!(after[0], before[0], "the old issue is the old issue");
    assert_ne!(after[1], before[0], "a second one is a new one");
}

#[test]
fn junit_is_well_formed() {
    let folder = damaged();
    let (_, out, _) = parts(&run(folder.path(), &["--check", "--format", "junit", "."]));
    assert!(out.contains("tests=\"2\" failures=\"2\""), "{out}");
    // Every tag that opens closes, and text holds no bare markup.
    let mut open = Vec::new();
    for piece in out.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap();
        match tag.split(' ').next().unwrap() {
            "?xml" => {}
            close if close.starts_with('/') => assert_eq!(open.pop(), Some(&close[1..]), "{out}"),
            _ if tag.ends_with('/') => {}
            name => open.push(name),
        }
        let text = piece.split('&').skip(1);
        for entity in text {
            let known = ["amp;", "lt;", "gt;", "quot;"]
                .iter()
                .any(|name| entity.starts_with(name));
            assert!(known, "{entity}");
        }
    }
    assert_eq!(open, [] as [&str; 0]);
}

#[test]
fn statistics_stand_behind_the_report_and_never_in_one_for_programs() {
    let folder = damaged();
    let (_, out, _) = parts(&run(
        folder.path(),
        &[
            "--check",
            "--select",
            "E101",
            "--statistics",
            "--format",
            "concise",
            ".",
        ],
    ));
    for count in [
        "      3  rule     E101 mojibake\n",
        "  charset  windows-874\n",
        "      2  file     ./b.jsonl\n",
        "      3  in all\n",
    ] {
        assert!(out.contains(count), "{count:?} is not in {out}");
    }
    let (_, out, err) = parts(&run(
        folder.path(),
        &[
            "--check",
            "--select",
            "E101",
            "--statistics",
            "--format",
            "gitlab",
            ".",
        ],
    ));
    assert!(serde_json::from_str::<Value>(&out).is_ok(), "{out}");
    assert!(err.contains("3  in all"), "{err}");
    let (code, _, err) = parts(&run(folder.path(), &["--statistics", "b.jsonl"]));
    assert!(code == 0 && err.contains("2  rule     E101"), "{err}");
}

#[test]
fn a_finding_far_down_a_long_text_is_told_as_one_at_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let check = |form: &str, text: &str| {
        fs::write(&path, text).unwrap();
        let (code, out, err) = parts(&run(folder.path(), &["--check", "--format", form, "a.txt"]));
        assert_eq!(code, 1, "{err}");
        out + &err
    };
    let fine = "It rained all day on the harbour.\n";
    let before = 40_000;
    let damaged = "x\tโ€” itâ€™s closed\n日本 isnâ€™t\n";
    // More than a page lies between the two, and the text begins with a mark.
    let long = format!("\u{FEFF}{damaged}{0}{damaged}{fine}", fine.repeat(before));
    let short = check("concise", &format!("{damaged}{fine}"));
    let (told, _) = short.split_once("artclean: ").unwrap();
    let further = told.replace("a.txt:1:", &format!("a.txt:{}:", before + 3));
    let further = further.replace("a.txt:2:", &format!("a.txt:{}:", before + 4));
    let summary = "artclean: 6 places of damage in 1 of 1 file\n";
    assert_eq!(
        check("concise", &long),
        told.to_owned() + &further + summary
    );
    let excerpts = check("human", &long);
    for line in [
        "  1 | x    โ€” itâ€™s closed\n    |      ^^^\n",
        "40003 | x    โ€” itâ€™s closed\n        |            ^^^\n",
        "40004 | 日本 isnâ€™t\n        |         ^^^\n",
    ] {
        assert!(excerpts.contains(line), "{line} is missing:\n{excerpts}");
    }
}
