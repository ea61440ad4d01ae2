//! Running the binary as a stranger would.
#![allow(dead_code, reason = "each test file uses its part")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A command that runs artclean in `folder`, untouched by the settings of whoever runs the tests.
pub fn artclean(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_artclean"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in [
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
    ] {
        command.env_remove(name);
    }
    command
}

/// Runs artclean in `folder` with these arguments.
pub fn run<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Output {
    artclean(folder).args(args).output().expect("artclean runs")
}

/// Runs artclean with `input` on its standard input.
pub fn pipe(args: &[&str], input: &[u8]) -> Output {
    let mut child = artclean(Path::new("."))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("artclean runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().expect("artclean ends")
    })
}

/// What a run ended with: exit code, standard output, standard error.
pub fn parts(output: &Output) -> (i32, String, String) {
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Every file below `folder` with its content, by its path from there.
pub fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            let below = tree(&path);
            found.extend(
                below
                    .into_iter()
                    .map(|(name, bytes)| (Path::new(&entry.file_name()).join(name), bytes)),
            );
        } else {
            found.push((
                entry.file_name().into(),
                std::fs::read(&path).expect("a file"),
            ));
        }
    }
    found.sort();
    found
}

/// The fixtures of a folder below `fixtures/`: name, content, expected content. Where there is no
/// `NAME.expected.txt`, the text must stay as it is.
pub fn fixtures(folder: &str) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    fixtures_of(folder, "txt")
}

/// The same, of files with another extension.
pub fn fixtures_of(folder: &str, extension: &str) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let extension = format!(".{extension}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder);
    let mut all = Vec::new();
    for (path, bytes) in tree(&root) {
        let name = path.to_string_lossy().into_owned();
        if name.ends_with(&extension) && !name.ends_with(".expected.txt") {
            let expected = std::fs::read(root.join(path.with_extension("expected.txt")))
                .unwrap_or_else(|_| bytes.clone());
            all.push((name, bytes, expected));
        }
    }
    assert!(!all.is_empty(), "{folder} holds no fixture");
    all
}
