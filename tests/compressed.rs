//! gzip and Zstandard: what comes in compressed goes out compressed, and what is damaged is told.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use artclean::formats::compression::Compression;
use common::{parts, pipe, run};

const DAMAGED: &str = "the harbour â€” closed  \n";
const CLEAN: &str = "the harbour — closed\n";

fn compressed(compression: Compression, content: &[u8]) -> Vec<u8> {
    let mut writer = compression.writer(Vec::new()).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

fn read(path: &Path) -> (Option<Compression>, String) {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let compression = Compression::from_start(&bytes);
    let mut text = String::new();
    match compression {
        Some(compression) => {
            let mut reader = compression.reader(bytes.as_slice()).unwrap();
            reader.read_to_string(&mut text).unwrap();
        }
        None => text = String::from_utf8(bytes).unwrap(),
    }
    (compression, text)
}

const BOTH: [(Compression, &str); 2] = [(Compression::Gzip, "gz"), (Compression::Zstd, "zst")];

fn record(text: &str) -> String {
    format!("{}\n", serde_json::json!({ "text": text }))
}

#[test]
fn files_stay_in_the_compression_they_came_in() {
    for (compression, extension) in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("a.txt.{extension}");
        let records = format!("b.jsonl.{extension}");
        fs::create_dir(folder.path().join("in")).unwrap();
        let file = |name: &str, content: &str| {
            let stream = compressed(compression, content.as_bytes());
            fs::write(folder.path().join("in").join(name), stream).unwrap();
        };
        file(&text, DAMAGED);
        file(&records, &record(DAMAGED));
        for (args, place) in [(["-o", "out", "in"], "out"), (["-q", "-w", "in"], "in")] {
            assert_eq!(run(folder.path(), &args).status.code(), Some(0));
            let place = folder.path().join(place);
            assert_eq!(
                read(&place.join(&text)),
                (Some(compression), CLEAN.to_owned())
            );
            assert_eq!(
                read(&place.join(&records)),
                (Some(compression), record(CLEAN))
            );
        }
    }
}

#[test]
fn what_is_cleaned_in_place_as_it_comes_is_what_a_pipe_gives() {
    // More than is cleaned whole.
    let fine = "It rained all day on the harbour.\n".repeat(16_000);
    let options = ["--on-error", "drop", "--skip", "boilerplate"];
    for (name, content) in [
        ("from-the-start.txt", DAMAGED.repeat(100) + &fine),
        ("at-the-end.txt", fine.clone() + DAMAGED),
        ("too-long.txt", fine.clone() + "\n\n \n"),
        ("no-line-end.txt", fine.clone() + "It rained on."),
        ("wide.txt", format!("\u{FEFF}{fine}")),
        ("at-the-end.jsonl", record(&fine) + &record(DAMAGED)),
        ("too-long.jsonl", record(&fine) + "no record\n"),
        ("unchanged.jsonl", record(&fine)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let squeezed = format!("{name}.gz");
        let stream = compressed(Compression::Gzip, content.as_bytes());
        fs::write(folder.path().join(&squeezed), &stream).unwrap();
        fs::write(folder.path().join(name), content).unwrap();
        let (_, piped, _) = parts(&run(folder.path(), &[&options[..], &[name]].concat()));
        let (_, _, err) = parts(&run(folder.path(), &[&options[..], &["-w", "."]].concat()));
        let written = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(written == piped, "{name}: {err}");
        let (compression, written) = read(&folder.path().join(&squeezed));
        assert!(written == piped, "{squeezed}: {err}");
        assert_eq!(compression, Some(Compression::Gzip));
        let left = fs::read(folder.path().join(&squeezed)).unwrap() == stream;
        assert_eq!(left, name == "unchanged.jsonl", "{squeezed}: {err}");
    }
}

#[test]
fn the_bytes_tell_the_compression_whatever_the_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain.txt.gz"), DAMAGED).unwrap();
    let stream = compressed(Compression::Zstd, record(DAMAGED).as_bytes());
    fs::write(folder.path().join("squeezed"), &stream).unwrap();
    let output = run(folder.path(), &["plain.txt.gz", "squeezed"]);
    assert_eq!(
        parts(&output),
        (0, CLEAN.to_owned() + &record(CLEAN), String::new())
    );
    // A pipe has no name at all.
    assert_eq!(
        parts(&pipe(&[], &stream)),
        (0, record(CLEAN), String::new())
    );
}

#[test]
fn a_stream_of_several_members_is_one_file() {
    let mut stream = compressed(Compression::Gzip, record(DAMAGED).as_bytes());
    stream.extend(compressed(Compression::Gzip, record(DAMAGED).as_bytes()));
    let (code, out, err) = parts(&pipe(&[], &stream));
    assert_eq!((code, out, err.as_str()), (0, record(CLEAN).repeat(2), ""));
}

#[test]
fn of_a_stream_that_is_cut_short_the_whole_records_are_recovered() {
    let records: String = (0..20_000u64)
        .map(|n| {
            record(&format!(
                "article {} of the day\n",
                n.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ))
        })
        .collect();
    for (compression, extension) in BOTH {
        let stream = compressed(compression, records.as_bytes());
        let folder = tempfile::tempdir().unwrap();
        let name = format!("a.jsonl.{extension}");
        let half = &stream[..stream.len() / 2];
        fs::write(folder.path().join(&name), half).unwrap();

        let (code, _, err) = parts(&run(folder.path(), &["-o", "out", &name]));
        assert_eq!(code, 2);
        assert!(
            err.contains("is cut short after") && err.contains("recovered"),
            "{err}"
        );
        let (kept, recovered) = read(&folder.path().join("out").join(&name));
        assert_eq!(kept, Some(compression));
        assert!(records.starts_with(&recovered) && recovered.ends_with("}\n"));
        assert!(recovered.len() > records.len() / 10, "{}", recovered.len());

        // In its own place it would look whole.
        let (code, _, err) = parts(&run(folder.path(), &["-w", &name]));
        assert_eq!(code, 2, "{err}");
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), half);
    }
}

#[test]
fn of_a_text_that_is_cut_short_what_came_before_is_recovered() {
    let text = "Der Fähre fehlt ein Stück. ".repeat(20_000);
    let stream = compressed(Compression::Gzip, text.as_bytes());
    let (code, out, err) = parts(&pipe(&["--only", "unicode"], &stream[..stream.len() - 12]));
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("the gzip stream is cut short"), "{err}");
    assert!(
        !out.is_empty() && text.starts_with(&out),
        "{} bytes",
        out.len()
    );
}

#[test]
fn of_a_long_text_that_is_cut_short_what_came_before_is_recovered() {
    // Characters of three bytes, none of which tells the next: a cut goes through one most times.
    let characters = (1..400_000u64).map(|n| {
        let noise = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        match n % 40 {
            0 => '\n',
            _ => char::from_u32(0x4E00 + (noise % 0x5000) as u32).unwrap(),
        }
    });
    let text: String = characters.collect();
    let stream = compressed(Compression::Gzip, text.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    for cut in [1, 2, 3].map(|n| stream.len() * 3 / 4 + n) {
        let (code, out, err) = parts(&pipe(&["--only", "repair"], &stream[..cut]));
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("what came before was recovered"), "{err}");
        assert!(text.starts_with(&out) && out.len() > text.len() * 3 / 5);
        fs::write(folder.path().join("a.txt.gz"), &stream[..cut]).unwrap();
        let args = ["--only", "repair", "-o", "out", "a.txt.gz"];
        let (code, _, err) = parts(&run(folder.path(), &args));
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("what came before was recovered"), "{err}");
        let (_, recovered) = read(&folder.path().join("out/a.txt.gz"));
        assert!(recovered == out);
    }
}

#[test]
fn zeros_behind_a_gzip_stream_are_padding() {
    let mut padded = compressed(Compression::Gzip, DAMAGED.as_bytes());
    padded.extend([0; 700]);
    assert_eq!(
        parts(&pipe(&[], &padded)),
        (0, CLEAN.to_owned(), String::new())
    );
    padded.extend(compressed(Compression::Gzip, DAMAGED.as_bytes()));
    assert_eq!(
        parts(&pipe(&[], &padded)),
        (0, CLEAN.repeat(2), String::new())
    );
    padded.extend(b"\0this is no stream");
    let (code, _, err) = parts(&pipe(&[], &padded));
    assert!(code == 2 && err.contains("is damaged"), "{err}");
}
