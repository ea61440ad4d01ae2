//! Which files a check looks at, and what it says of those that are not UTF-8 text.

mod common;

use std::fs;
use std::path::Path;

use common::{parts, run};

const DAMAGED: &str = "harbour โ€” closed\n";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xFF, 0xFE].into_iter().chain(units).collect()
}

/// The files that a check with these arguments finds damage in.
fn found(folder: &Path, args: &[&str]) -> String {
    let args = [&["--check", "--format", "json"], args].concat();
    let (_, out, _) = parts(&run(folder, &args));
    let mut files: Vec<String> = out
        .lines()
        .map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            finding["path"]
                .as_str()
                .unwrap()
                .trim_start_matches("./")
                .to_owned()
        })
        .collect();
    files.dedup();
    files.join(" ")
}

#[test]
fn a_walk_goes_where_ripgrep_goes() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "a.txt",
        "ignored.txt",
        "sub/b.rs",
        ".hidden/c.txt",
        ".d.txt",
        "target/e.txt",
    ] {
        write(folder.path(), name, DAMAGED);
    }
    write(folder.path(), ".gitignore", "/target\n");
    write(folder.path(), ".ignore", "ignored.txt\n");
    for (args, files) in [
        (&["."][..], "a.txt sub/b.rs"),
        (&["--hidden", "."], ".d.txt .hidden/c.txt a.txt sub/b.rs"),
        (
            &["--no-ignore", "."],
            "a.txt ignored.txt sub/b.rs target/e.txt",
        ),
        (&["ignored.txt", "target"], "ignored.txt target/e.txt"),
        (&["--exclude", "*.rs", "."], "a.txt"),
        (&["--exclude", "*.rs", "sub/b.rs"], "sub/b.rs"),
        (
            &["--exclude", "*.rs", "--force-exclude", "sub/b.rs", "a.txt"],
            "a.txt",
        ),
        (&["--exclude", "sub", "--force-exclude", "sub/b.rs"], ""),
    ] {
        assert_eq!(found(folder.path(), args), files, "{args:?}");
    }
}

#[test]
fn binary_files_are_skipped_where_met_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let late_nul = [DAMAGED.as_bytes(), &[b'a'; 100_000], b"\0"].concat();
    write(folder.path(), "late.bin", late_nul);
    write(folder.path(), "image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    // Every other byte is zero, as in UTF-16: without a mark it is a table.
    write(folder.path(), "table.dat", b"\xE2\0\x80\0\x99\0a\0");
    write(folder.path(), "u16.txt", utf16(DAMAGED));
    let (code, _, err) = parts(&run(folder.path(), &["--check", "."]));
    assert_eq!(code, 1);
    assert!(err.contains("3 binary files skipped"), "{err}");
    assert_eq!(
        found(folder.path(), &["."]),
        "u16.txt",
        "UTF-16 with a mark is text"
    );

    // A list of files is what another program met.
    write(folder.path(), "list", "image.png\nlate.bin\n");
    let (code, _, err) = parts(&run(folder.path(), &["--check", "--files-from", "list"]));
    assert_eq!(code, 0, "{err}");
    // Named, a file is looked at: text with a NUL in it is checked, and what is no text is told.
    assert_eq!(found(folder.path(), &["late.bin"]), "late.bin");
    let (code, _, err) = parts(&run(folder.path(), &["--check", "image.png"]));
    assert_eq!(code, 2);
    assert!(err.contains("image.png: byte 8 is a control byte"), "{err}");
}

#[test]
fn a_legacy_charset_is_one_finding_and_no_garbage() {
    let folder = tempfile::tempdir().unwrap();
    let legacy = |label: &str, text: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(text).0.into_owned()
    };
    for (name, label, text) in [
        (
            "a.c",
            "windows-1252",
            "/* Größe der Fläche, für José */\nint a; /* Ähnlich: à la carte */\n",
        ),
        (
            "b.po",
            "windows-1251",
            "msgstr \"Не удалось открыть файл\"\nmsgstr \"Ошибка при чтении\"\n",
        ),
        (
            "c.txt",
            "shift_jis",
            "日本語のテキストファイルです。\n文字コードはシフトJISです。\n",
        ),
        (
            "d.txt",
            "gbk",
            "这是一个简体中文的文本文件。\n编码是国标码，不是别的。\n",
        ),
        (
            "e.txt",
            "big5",
            "這是一個繁體中文的文字檔案。\n編碼是大五碼，不是別的。\n",
        ),
        ("f.txt", "euc-kr", "이것은 한국어 텍스트 파일입니다.\n"),
    ] {
        write(folder.path(), name, legacy(label, text));
        let (code, out, err) = parts(&run(folder.path(), &["--check", "--format", "json", name]));
        assert_eq!((code, out.lines().count()), (1, 1), "{name}: {out}{err}");
        let finding: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(finding["rule"], "E104");
        let charset = finding["charset"].as_str().unwrap();
        assert_eq!(charset.to_ascii_lowercase(), label, "{out}");
    }
}

#[test]
fn what_cannot_be_read_is_damage_like_other_damage() {
    for (bytes, place, before) in [
        (
            &b"caf\xC3\xA9 and\nthe end is cut \xE2\x80"[..],
            "2:16",
            r"\xE2\x80",
        ),
        (
            b"caf\xC3\xA9 \xE2\x80\x94 \xE2\x80 x \xE2\x80\x94 y\n",
            "1:8",
            r"\xE2\x80",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.txt", bytes);
        let (code, out, err) = parts(&run(
            folder.path(),
            &["--check", "--format", "concise", "."],
        ));
        assert_eq!(code, 1, "{out}{err}");
        let line = format!("./a.txt:{place}: E104 not-utf8 \"{before}\"");
        assert!(out.contains(&line), "{out}");
        // So it can be known, ignored, or not asked for.
        run(
            folder.path(),
            &["--check", "--write-baseline", "known.json", "."],
        );
        for args in [
            &["--baseline", "known.json"][..],
            &["--ignore", "E104"],
            &["--select", "E9"],
        ] {
            let args = [&["--check", "a.txt"], args].concat();
            assert_eq!(run(folder.path(), &args).status.code(), Some(0), "{args:?}");
        }
    }
}

#[test]
fn json_that_is_no_corpus_is_text() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.json",
        "{\"name\":\"harbour โ€” closed\"}\n",
    );
    write(
        folder.path(),
        "b.jsonl",
        "{\"name\":\"harbour โ€” closed\"}\n{}\n",
    );
    write(
        folder.path(),
        "c.jsonl",
        "{\"text\":\"harbour \\u0e42\u{20AC}\u{201D} closed\"}\n",
    );
    write(folder.path(), "d.js.map", "{\"version\":3}\n");
    write(folder.path(), "lock", "{\"v\":1}\n");
    write(folder.path(), "name", "{\"v\":\"harbour โ€” closed\"}\n");
    let (code, out, err) = parts(&run(
        folder.path(),
        &["--check", "--format", "concise", "."],
    ));
    assert_eq!(code, 1, "{err}");
    let places: Vec<_> = out
        .lines()
        .map(|line| line.split(": E").next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "./a.json:1:18",
            "./b.jsonl:1:18",
            "./c.jsonl:1: line 1 column 9",
            "./name:1:15"
        ]
    );
}

#[test]
fn a_damaged_archive_is_binary_where_met_and_told_where_named() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.gz",
        b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xFF\xFF broken",
    );
    write(folder.path(), "b.txt", "fine\n");
    let (code, _, err) = parts(&run(folder.path(), &["--check", "."]));
    assert_eq!(
        (code, err.contains("1 binary file skipped")),
        (0, true),
        "{err}"
    );
    let (code, _, err) = parts(&run(folder.path(), &["--check", "a.gz"]));
    assert_eq!((code, err.contains("a.gz: ")), (2, true), "{err}");
}
