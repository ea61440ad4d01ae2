//! Corpora of the size people have: 20,000 small files and one JSON Lines file of 2 GB, cleaned by the
//! release binary, with the rate and the peak of memory.
//!
//! ```text
//! cargo bench --bench corpus                      # both, in the folder for temporary files
//! cargo bench --bench corpus -- --files 2000 --megabytes 200
//! ```
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An article with what articles have: typographic signs, a damaged place, a label, white space.
const ARTICLE: &str = "The ferry stayed in port\n\n\
    The ferry — the last of the old fleet — stayed in port on Monday “because of the storm”, the \
    company said. Nobody was hurt, and the passengers were put up in a hotel by the harbour.\n\n\
    It’s the third time this winter. A ticket costs €12, and the crossing takes an hour.\n\n\
    Also Read: The mayor’s cat is back\n\n\
    • the first ferry leaves at eight\n  • the second at noon\n\n\
    The next ferry leaves on Wednesday morning, weather permitting.\n";

/// Of so many articles one is damaged, as in the inputs of the speed measurements.
const DAMAGED_EVERY: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let argument = |name: &str, default: usize| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name);
        let value = arguments.nth(1).and_then(|value| value.parse().ok());
        value.unwrap_or(default)
    };
    let (files, megabytes) = (argument("--files", 20_000), argument("--megabytes", 2_000));
    let folder = tempfile::tempdir()?;
    let bytes = make_files(&folder.path().join("files"), files)?;
    report(
        "small files, -o",
        &folder,
        &["files", "-o", "out"],
        bytes,
        files,
    )?;
    report("small files, -w", &folder, &["files", "-w"], bytes, files)?;
    fs::remove_dir_all(folder.path().join("files"))?;
    fs::remove_dir_all(folder.path().join("out"))?;

    let (bytes, records) = make_records(&folder.path().join("big.jsonl"), megabytes << 20)?;
    report(
        "JSON Lines",
        &folder,
        &["big.jsonl", "-o", "out"],
        bytes,
        records,
    )?;
    Ok(())
}

fn article(number: usize) -> String {
    let article = ARTICLE.repeat(4 + number % 5);
    if number.is_multiple_of(DAMAGED_EVERY) {
        article.replace('—', "â€”").replace('’', "â€™")
    } else {
        article
    }
}

fn make_files(folder: &Path, count: usize) -> Result<u64, Box<dyn Error>> {
    let mut bytes = 0;
    for number in 0..count {
        let path = folder.join(format!("{}/{number}.txt", number / 500));
        if let Some(parent) = path.parent().filter(|_| number % 500 == 0) {
            fs::create_dir_all(parent)?;
        }
        let article = article(number);
        bytes += article.len() as u64;
        fs::write(path, article)?;
    }
    Ok(bytes)
}

fn make_records(path: &Path, size: usize) -> Result<(u64, usize), Box<dyn Error>> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let records: Vec<String> = (0..1000)
        .map(|number| {
            serde_json::json!({"id": number, "text": article(number), "url": null}).to_string()
        })
        .collect();
    let (mut written, mut count) = (0, 0);
    for record in records.iter().cycle() {
        if written >= size {
            break;
        }
        writeln!(file, "{record}")?;
        written += record.len() + 1;
        count += 1;
    }
    file.flush()?;
    Ok((written as u64, count))
}

fn report(
    what: &str,
    folder: &tempfile::TempDir,
    arguments: &[&str],
    bytes: u64,
    count: usize,
) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_artclean"))
        .args(arguments)
        .arg("--quiet")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .spawn()?;
    // The kernel keeps the peak itself; looking now and then misses only what the last moment adds.
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_kilobytes(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let seconds = began.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{what}: artclean ended with {status}").into());
    }
    println!(
        "{what:16} {count:>8} articles {:>7.1} MB {seconds:>7.2} s {:>8.1} MB/s {:>9.0} articles/s  peak memory {:.1} MB",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
        count as f64 / seconds,
        peak as f64 / 1024.0
    );
    Ok(())
}

/// The most memory a process has had so far, where the kernel tells.
fn peak_kilobytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
