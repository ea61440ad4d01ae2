//! The command line: pipe, files, folders, and input that is bad.

mod common;

use std::fs;
use std::path::Path;

use common::{artclean, parts, pipe, run, tree};

const DAMAGED: &str = "the harbour โ€” closed  \n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn several_paths_come_out_in_their_order() {
    let files: Vec<(String, String)> = (0..200)
        .map(|i| (format!("{i}.txt"), format!("article {i}\n")))
        .collect();
    let folder = folder(
        &files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes()))
            .collect::<Vec<_>>(),
    );
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let (code, out, err) = parts(&run(folder.path(), &names));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        files
            .iter()
            .map(|(_, text)| text.as_str())
            .collect::<String>()
    );
}

#[test]
fn a_folder_is_mirrored_and_the_original_stays() {
    let folder = folder(&[
        ("in/a.txt", DAMAGED.as_bytes()),
        ("in/deep/er/b.txt", b"clean\n"),
        ("in/picture.bin", b"\x89PNG\0\0"),
    ]);
    let before = tree(&folder.path().join("in"));
    let (code, out, err) = parts(&run(folder.path(), &["-o", "out", "in"]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(
        err,
        "artclean: 1 cleaned, 1 unchanged, 1 place repaired, 0 passages removed, damage left in 0 places, 0 failed, 1 binary file skipped\n"
    );
    assert_eq!(read(folder.path(), "out/a.txt"), "the harbour — closed\n");
    assert_eq!(read(folder.path(), "out/deep/er/b.txt"), "clean\n");
    assert_eq!(tree(&folder.path().join("in")), before);
    assert_eq!(tree(&folder.path().join("out")).len(), 2);
}

#[test]
fn an_output_folder_inside_the_input_is_not_cleaned_again() {
    let folder = folder(&[("a.txt", DAMAGED.as_bytes())]);
    for _ in 0..2 {
        assert_eq!(
            run(folder.path(), &["-o", "out", "."]).status.code(),
            Some(0)
        );
        assert_eq!(tree(folder.path()).len(), 2);
    }
}

#[test]
fn two_inputs_for_one_output_are_refused_before_anything_is_written() {
    let folder = folder(&[("x/a.txt", b"x"), ("y/a.txt", b"y")]);
    let (code, _, err) = parts(&run(folder.path(), &["-o", "out", "x", "y"]));
    assert_eq!(code, 2);
    assert!(err.contains("would both become"), "{err}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_copy_takes_no_input_s_place() {
    let folder = folder(&[("in/sub/a.txt", b"x"), ("out/sub/a.txt", b"y")]);
    let before = tree(folder.path());
    for args in [
        &["-o", "out/sub", "out/sub/a.txt"][..],
        // The input may not have been read by then.
        &["-o", "out", "in", "out/sub/a.txt"],
        &["-o", "./out", "out/sub/a.txt", "in"],
    ] {
        let (code, _, err) = parts(&run(folder.path(), args));
        assert_eq!(code, 2, "{args:?}: {err}");
        assert!(
            err.contains("out/sub/a.txt: is an input") && err.contains("--write"),
            "{args:?}: {err}"
        );
        assert!(tree(folder.path()) == before, "{args:?} wrote something");
    }
}

#[test]
fn what_is_written_beside_the_text_takes_the_place_of_its_like_alone() {
    let folder = folder(&[
        ("a.txt", DAMAGED.as_bytes()),
        ("b.txt", b"fine\n"),
        ("line.txt", b"no line end"),
        (
            "page.html",
            b"<!DOCTYPE html>\n<title>The harbour</title>\n",
        ),
        (
            "records.jsonl",
            b"{\"path\":\"a.txt\",\"text\":\"fine\\n\"}\n",
        ),
        ("settings.toml", b"strict = true\n"),
    ]);
    let before = tree(folder.path());
    for (args, written) in [
        (&["--report", "a.txt", "a.txt"][..], "a.txt"),
        (
            &["-o", "out", "--report", "page.html", "b.txt"],
            "page.html",
        ),
        (&["-w", "a.txt", "--manifest", "a.txt"], "a.txt"),
        (
            &["-w", "--manifest", "line.txt", "--resume", "a.txt"],
            "line.txt",
        ),
        (
            &["-w", "a.txt", "--manifest", "records.jsonl"],
            "records.jsonl",
        ),
        (&["--learn", "a.txt", "b.txt"], "a.txt"),
        (&["--learn", "settings.toml", "b.txt"], "settings.toml"),
        (&["--learn", "a.txt", "--merge", "b.txt"], "a.txt"),
        (&["--learn", ".", "b.txt"], "."),
    ] {
        let (code, out, err) = parts(&run(folder.path(), args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(
            err.contains(&format!("{written}: is no ")) && err.contains("name another file"),
            "{args:?}: {err}"
        );
        assert!(tree(folder.path()) == before, "{args:?} wrote something");
    }
}

#[test]
fn what_is_written_beside_the_text_is_written_again_and_no_input() {
    let folder = folder(&[("in/a.txt", b"the harbour\nis closed\n")]);
    for args in [
        &["-o", "out", "--report", "in/r.html", "in"][..],
        &["-w", "--manifest", "in/m.jsonl", "in"],
        &["--learn", "in/site.toml", "in"],
    ] {
        let own = folder.path().join(args[args.len() - 2]);
        // An empty file has nothing to lose.
        fs::write(&own, "").unwrap();
        let mut written = Vec::new();
        for _ in 0..2 {
            let (code, _, err) = parts(&run(folder.path(), args));
            assert_eq!(code, 0, "{args:?}: {err}");
            written.push(fs::read_to_string(&own).unwrap());
        }
        assert_eq!(written[0], written[1], "{args:?}");
        fs::remove_file(own).unwrap();
    }
}

/// A report, a manifest and a profile that an earlier run wrote, and a file to clean.
fn with_earlier_files() -> tempfile::TempDir {
    let folder = folder(&[("a.txt", DAMAGED.as_bytes())]);
    for args in [
        &[
            "-o",
            "out",
            "--report",
            "r.html",
            "--manifest",
            "m.jsonl",
            "a.txt",
        ][..],
        &["--learn", "site.toml", "a.txt"],
    ] {
        assert_eq!(run(folder.path(), args).status.code(), Some(0));
    }
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    folder
}

#[test]
fn what_is_written_beside_the_text_takes_no_input_s_place() {
    let folder = with_earlier_files();
    #[cfg(unix)]
    std::os::unix::fs::symlink("m.jsonl", folder.path().join("link")).unwrap();
    let before = tree(folder.path());
    for (args, input) in [
        (
            &["-o", "out", "--report", "r.html", "a.txt", "r.html"][..],
            "r.html",
        ),
        (&["./m.jsonl", "-w", "--manifest", "m.jsonl"], "./m.jsonl"),
        (&["--check", "--manifest", "m.jsonl", "m.jsonl"], "m.jsonl"),
        (
            &["-w", "--manifest", "m.jsonl", "--resume", "m.jsonl"],
            "m.jsonl",
        ),
        (&["--learn", "site.toml", "a.txt", "site.toml"], "site.toml"),
        #[cfg(unix)]
        (&["-w", "--manifest", "m.jsonl", "link"], "link"),
        #[cfg(unix)]
        (&["--manifest", "link", "m.jsonl"], "m.jsonl"),
    ] {
        let (code, out, err) = parts(&run(folder.path(), args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(
            err.contains(&format!("{input}: is an input")) && err.contains("leave this one out"),
            "{args:?}: {err}"
        );
        assert!(tree(folder.path()) == before, "{args:?} wrote something");
    }
    #[cfg(unix)]
    for args in [["--manifest", "m.jsonl"], ["--report", "r.html"]] {
        let input = fs::File::open(folder.path().join(args[1])).unwrap();
        let mut command = artclean(folder.path());
        let (code, out, err) = parts(&command.args(args).stdin(input).output().unwrap());
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(": is an input"), "{args:?}: {err}");
        assert!(tree(folder.path()) == before, "{args:?} wrote something");
    }
}

#[test]
fn the_run_s_own_files_are_no_input_where_a_folder_or_a_list_holds_them() {
    let folder = with_earlier_files();
    fs::write(folder.path().join("list"), "a.txt\nm.jsonl\nsite.toml\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("m.jsonl", folder.path().join("link")).unwrap();
    let own = [
        "-w",
        "--manifest",
        "m.jsonl",
        "--profile",
        "site.toml",
        "--exclude",
        "r.html",
    ];
    for inputs in [
        &["--files-from", "list"][..],
        &["--follow", "--exclude", "list", "."],
    ] {
        let profile = read(folder.path(), "site.toml");
        let (code, _, err) = parts(&run(folder.path(), &[&own[..], inputs].concat()));
        assert_eq!(code, 0, "{err}");
        assert_eq!(read(folder.path(), "m.jsonl").lines().count(), 1, "{err}");
        assert_eq!(read(folder.path(), "site.toml"), profile);
    }
}

#[test]
fn a_file_that_is_two_things_to_a_run_is_refused() {
    let folder = folder(&[("in/a.txt", DAMAGED.as_bytes())]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        fs::write(folder.path().join("m"), "").unwrap();
        symlink("m", folder.path().join("link")).unwrap();
        symlink("gone", folder.path().join("nowhere")).unwrap();
        symlink(".", folder.path().join("here")).unwrap();
    }
    let before = tree(&folder.path().join("in"));
    for (args, told) in [
        (
            &["-w", "--report", "x", "--manifest", "./x", "in"][..],
            "--report and --manifest would both",
        ),
        (
            &["--learn", "in/../x", "--manifest", "x", "in"],
            "--manifest and --learn would both",
        ),
        (
            &["--check", "--write-baseline", "x", "--manifest", "x", "in"],
            "name two files",
        ),
        (
            &["-o", "out", "--report", "out/a.txt", "in"],
            "a copy of an input goes there",
        ),
        (
            &["-o", "./out/", "--manifest", "in/../out/a.txt", "in"],
            "a copy of an input goes there",
        ),
        #[cfg(unix)]
        (
            &["-w", "--report", "link", "--manifest", "m", "in"],
            "name two files",
        ),
        #[cfg(unix)]
        (
            &["-w", "--report", "here/x", "--manifest", "x", "in"],
            "name two files",
        ),
        #[cfg(unix)]
        (
            &["-w", "--report", "nowhere", "--manifest", "gone", "in"],
            "the link leads nowhere",
        ),
        #[cfg(unix)]
        (
            &["-o", "out", "--report", "here/out/a.txt", "in"],
            "a copy of an input goes there",
        ),
    ] {
        let (code, out, err) = parts(&run(folder.path(), args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(told), "{args:?}: {err}");
        assert!(
            tree(&folder.path().join("in")) == before,
            "{args:?} wrote something"
        );
        for new in ["x", "out", "gone"] {
            assert!(!folder.path().join(new).exists(), "{args:?} wrote {new}");
        }
    }
}

#[test]
fn the_settings_in_use_are_no_copy_s_place() {
    let folder = folder(&[
        ("artclean.toml", b""),
        ("in/artclean.toml", b"strict = true\n"),
    ]);
    let (code, _, err) = parts(&run(folder.path(), &["-o", ".", "in"]));
    assert!(code == 2 && err.contains("this run reads it"), "{err}");
    assert_eq!(read(folder.path(), "artclean.toml"), "");
}

#[cfg(unix)]
#[test]
fn what_goes_to_standard_output_is_not_written_over() {
    let folder = folder(&[("a.txt", DAMAGED.as_bytes())]);
    for (args, code) in [
        (&["a.txt", "--report", "to"][..], 2),
        (&["--learn", "to", "a.txt"], 2),
        (&["--check", "a.txt", "--manifest", "/dev/stdout"], 2),
        // Nothing else goes there.
        (&["-o", "out", "a.txt", "--manifest", "/dev/stdout"], 0),
    ] {
        let to = fs::File::create(folder.path().join("to")).unwrap();
        let output = artclean(folder.path())
            .args(args)
            .stdout(to)
            .stderr(std::process::Stdio::piped())
            .spawn();
        let (found, _, err) = parts(&output.unwrap().wait_with_output().unwrap());
        assert_eq!(found, code, "{args:?}: {err}");
        assert_eq!(
            err.contains("over standard output"),
            code == 2,
            "{args:?}: {err}"
        );
        assert_eq!(read(folder.path(), "to").is_empty(), code == 2, "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_list_of_names_is_taken_at_its_word() {
    let folder = folder(&[("a.txt\r", b"odd\n"), ("b.txt", b"even\n")]);
    for (list, args, expected) in [
        ("a.txt\r\0b.txt\0", &["-0"][..], "odd\neven\n"),
        ("b.txt\r\nb.txt\n", &[], "even\neven\n"),
    ] {
        fs::write(folder.path().join("list"), list).unwrap();
        let args = [&["--files-from", "list"], args].concat();
        let (code, out, err) = parts(&run(folder.path(), &args));
        assert_eq!((code, out.as_str()), (0, expected), "{err}");
    }
}

#[test]
fn passes_can_be_chosen() {
    let input =
        "cafe\u{301} โ€” closed since the end of May.  \nAlso Read: Something Else Entirely";
    for (args, expected) in [
        (
            &["--only", "repair"][..],
            "cafe\u{301} — closed since the end of May.  \nAlso Read: Something Else Entirely",
        ),
        (
            &["--only", "unicode"],
            "café โ€” closed since the end of May.  \nAlso Read: Something Else Entirely",
        ),
        (
            &["--only", "boilerplate"],
            "cafe\u{301} โ€” closed since the end of May.  \n",
        ),
        (
            &["--only", "whitespace"],
            "cafe\u{301} โ€” closed since the end of May.\nAlso Read: Something Else Entirely\n",
        ),
        (
            &["--skip", "repair,boilerplate"],
            "café โ€” closed since the end of May.\nAlso Read: Something Else Entirely\n",
        ),
        (
            &["--ignore", "W401"],
            "café — closed since the end of May.  \n",
        ),
        (
            &["--keep", "related"],
            "café — closed since the end of May.\nAlso Read: Something Else Entirely\n",
        ),
        (&[], "café — closed since the end of May.\n"),
    ] {
        let (code, out, err) = parts(&pipe(args, input.as_bytes()));
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (0, expected, ""),
            "{args:?}"
        );
    }
}

#[test]
fn a_byte_order_mark_stays_where_its_rule_does_not_count() {
    let marked = "\u{FEFF}the café is closed";
    for args in [
        &["--only", "repair"][..],
        &["--skip", "unicode,whitespace"],
        &["--ignore", "U304,W404"],
    ] {
        let folder = folder(&[("a.txt", marked.as_bytes())]);
        let (_, out, _) = parts(&pipe(args, marked.as_bytes()));
        assert_eq!(out, marked, "{args:?}");
        let (_, out, _) = parts(&run(
            folder.path(),
            &[args, &["--format", "json", "a.txt"]].concat(),
        ));
        assert!(out.contains("\"edits\":[]"), "{args:?}: {out}");
        let (code, out, _) = parts(&run(folder.path(), &[args, &["--diff", "a.txt"]].concat()));
        assert_eq!((code, out.as_str()), (0, ""), "{args:?}");
        let (_, _, err) = parts(&run(folder.path(), &[args, &["-w", "a.txt"]].concat()));
        assert!(err.contains("0 cleaned, 1 unchanged"), "{args:?}: {err}");
        assert_eq!(read(folder.path(), "a.txt"), marked, "{args:?}");
    }
    // What else is done is done behind it, and it is no stray one.
    let (_, out, _) = parts(&pipe(
        &["--ignore", "U304"],
        b"\xEF\xBB\xBF\n\ncafe\xCC\x81  ",
    ));
    assert_eq!(out, "\u{FEFF}café\n");
    // One before stray bytes of a legacy charset goes as it is told.
    let mixed = b"\xEF\xBB\xBFd\xC3\xA9j\xC3\xA0 vu \xC3\xA0 la caf\xE9\n";
    let (_, out, _) = parts(&pipe(&["--ignore", "U304"], mixed));
    assert_eq!(out, "\u{FEFF}déjà vu à la café\n");
    let (_, out, _) = parts(&pipe(&["--format", "json"], mixed));
    assert!(out.contains("U304") && out.contains("E104"), "{out}");
}

#[test]
fn a_file_that_is_not_to_be_read_as_another_charset_stays() {
    let legacy = b"Le caf\xE9 est ferm\xE9 depuis la derni\xE8re ann\xE9e.  \n";
    for args in [&["--ignore", "E104"][..], &["--only", "whitespace"]] {
        let folder = folder(&[("a.txt", legacy)]);
        let (code, out, _) = parts(&run(folder.path(), &[args, &["--diff", "a.txt"]].concat()));
        assert_eq!((code, out.as_str()), (0, ""), "{args:?}");
        let (code, _, err) = parts(&run(folder.path(), &[args, &["-w", "a.txt"]].concat()));
        assert_eq!(code, 0, "{args:?}");
        assert!(
            err.contains("a.txt: is not UTF-8") && err.contains("0 cleaned, 1 unchanged"),
            "{args:?}: {err}"
        );
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), legacy);
        // Who names the charset has not asked for a guess.
        let named = [args, &["--charset", "windows-1252", "-w", "a.txt"]].concat();
        run(folder.path(), &named);
        assert!(
            read(folder.path(), "a.txt").starts_with("Le café"),
            "{args:?}"
        );
    }
    // What is printed is UTF-8 whatever counts.
    let (_, out, _) = parts(&pipe(&["--ignore", "E104"], legacy));
    assert!(out.starts_with("Le café"), "{out}");
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let input = "Heading\n\nthe harbour โ€” closed since May — reopens.\n• item\n\nAlso Read:\n\nSomething Else Entirely\n";
    let (code, out, _) = parts(&pipe(
        &["--format", "json", "--stdin-filename", "a.txt"],
        input.as_bytes(),
    ));
    assert_eq!((code, out.lines().count()), (0, 1));
    let article: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(article["path"], "a.txt");
    assert_eq!(
        article["text"],
        "Heading\n\nthe harbour — closed since May — reopens.\n• item\n"
    );
    assert_eq!(article["charset"], "UTF-8");
    assert_eq!(article["lost"], 0);
    let kinds: Vec<_> = article["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["heading", "paragraph", "list_item"]);
    let edit = &article["edits"][0];
    assert_eq!(
        (
            edit["rule"].as_str(),
            edit["line"].as_u64(),
            edit["column"].as_u64()
        ),
        (Some("E101"), Some(3), Some(13))
    );
    let before = edit["before"].as_str().unwrap();
    assert_eq!(
        edit["span"][0].as_u64(),
        input.find(before).map(|at| at as u64)
    );
    assert!(edit["proven"].as_bool().unwrap() && edit["charset"].is_string());
    assert!(!edit["steps"].as_array().unwrap().is_empty());
    let removed = &article["removed"][0];
    assert_eq!(
        (removed["rule"].as_str(), removed["kind"].as_str()),
        (Some("B201"), Some("related"))
    );
    assert_eq!(removed["text"], "Also Read:\n\nSomething Else Entirely");
    assert_eq!(
        (removed["lines"][0].as_u64(), removed["lines"][1].as_u64()),
        (Some(6), Some(8))
    );
}

#[test]
fn what_is_about_the_article_stays_or_moves_to_fields_of_its_own() {
    let lines = [
        ("bylines", "By Ada Lund"),
        ("datelines", "OSLO, May 3 (Reuters) -"),
        ("captions", "FILE PHOTO: the bridge in March"),
        ("credits", "Photo: A. Nyman"),
    ];
    let [byline, dateline, caption, credit] = lines.map(|(_, text)| text);
    let input = format!(
        "{byline}\n\n{dateline} The bridge reopened on Monday after two years of repairs, the council said.\n\n\
         {caption}\n\nIt had been closed since the storm, and nobody knew for how long it would be.\n\n{credit}\n\n\
         The council votes again in May, the mayor’s office said on Tuesday, and the ferry sails on until then.\n"
    );
    let article = |switch: &str, kinds: &str| -> serde_json::Value {
        let (_, out, _) = parts(&pipe(
            &["--format", "json", switch, kinds],
            input.as_bytes(),
        ));
        serde_json::from_str(&out).unwrap()
    };
    let kept = article("--keep", "caption,credit");
    assert_eq!(kept["text"], input);
    for (field, text) in lines {
        assert!(kept.get(field).is_none(), "{text} is still in the text");
    }
    let moved = article("--drop", "byline,dateline");
    for (field, text) in lines {
        assert_eq!(moved[field], serde_json::json!([text]));
        assert!(!moved["text"].as_str().unwrap().contains(text), "{text}");
    }
}

#[test]
fn json_lines_keep_every_other_field() {
    let input = "{\"id\": 1.0, \"body\":\"the harbour โ€” closed\", \"u\":\"\\u00e9\"}\r\n{\"body\":\"fine\"}";
    let (code, out, err) = parts(&pipe(
        &["--from", "jsonl", "--field", "body", "--only", "repair"],
        input.as_bytes(),
    ));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, input.replace("โ€”", "—"));
    // Without being told: the bytes begin like a record.
    let (_, out, _) = parts(&pipe(
        &["--field", "body", "--only", "repair"],
        input.as_bytes(),
    ));
    assert_eq!(out, input.replace("โ€”", "—"));
}

#[test]
fn bad_records_pass_through_and_are_told() {
    let input = "{\"text\":\"a \"}\nnot json\n{\"id\":2}\n\n{\"text\":7}\n{\"text\":\"b \"}\n";
    let (code, out, err) = parts(&pipe(&["--from", "jsonl"], input.as_bytes()));
    assert_eq!(code, 2);
    assert_eq!(
        out,
        "{\"text\":\"a\\n\"}\nnot json\n{\"id\":2}\n\n{\"text\":7}\n{\"text\":\"b\\n\"}\n"
    );
    for line in ["<stdin>:2:", "<stdin>:3:", "<stdin>:5:"] {
        assert!(err.contains(line), "{err}");
    }
    assert_eq!(err.lines().count(), 3, "{err}");
}

#[test]
fn bad_input_is_named_and_the_rest_is_done() {
    let folder = folder(&[
        ("binary.txt", b"\x7FELF\0\x01"),
        (
            "cut.txt",
            "the harbour — closed —".as_bytes().split_last().unwrap().1,
        ),
        ("empty.txt", b""),
        ("good.txt", DAMAGED.as_bytes()),
    ]);
    let names = [
        "binary.txt",
        "cut.txt",
        "empty.txt",
        "no\nsuch.txt",
        "good.txt",
    ];
    let before = tree(folder.path());
    let (code, _, err) = parts(&run(folder.path(), &[&["-w"], &names[..]].concat()));
    assert_eq!(code, 2);
    assert!(err.contains("binary.txt: byte 4"), "{err}");
    assert!(
        err.contains("cut.txt: the last character, at byte 23, is cut short"),
        "{err}"
    );
    assert!(err.contains("no<U+000A>such.txt: no such file"), "{err}");
    assert!(
        err.contains("1 cleaned, 1 unchanged") && err.contains("3 failed"),
        "{err}"
    );
    assert_eq!(read(folder.path(), "good.txt"), "the harbour — closed\n");
    let after = tree(folder.path());
    assert_eq!(
        before[..3],
        after[..3],
        "what could not be read is as it was"
    );
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_named() {
    let folder = folder(&[("in/good.txt", b"fine\n")]);
    std::os::unix::fs::symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("in/up")).unwrap();
    let (code, out, err) = parts(&run(folder.path(), &["loop.txt", "in"]));
    assert_eq!((code, out.as_str()), (2, "fine\n"), "{err}");
    assert!(err.contains("loop.txt: cannot be read"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has /dev/full");
    let folder = folder(&[("a.txt", DAMAGED.as_bytes())]);
    let output = artclean(folder.path())
        .arg("a.txt")
        .stdout(full)
        .output()
        .unwrap();
    let (code, _, err) = parts(&output);
    assert_eq!(code, 2);
    assert!(err.contains("standard output"), "{err}");
}

#[test]
fn usage_errors_say_the_way_out() {
    for (args, hint) in [
        (&["--explain", "E999"][..], "E101"),
        (&["--select", "Q", "--check"], "--list-rules"),
        (&["--keep", "adverts"], "advertisement"),
        (&["--charset", "klingon"], "windows-1251"),
        (&["-w"], "standard input"),
        (&["-o", "out"], "standard input"),
        (&["--only", "magic"], "whitespace"),
    ] {
        let (code, out, err) = parts(&pipe(args, b""));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(hint), "{args:?}: {err}");
    }
}

#[test]
fn a_named_charset_is_taken_at_its_word() {
    let (_, out, _) = parts(&pipe(
        &["--charset", "windows-1251"],
        b"\xCF\xF0\xE8\xE2\xE5\xF2\n",
    ));
    assert_eq!(out, "Привет\n");
    let (code, out, err) = parts(&pipe(&["--charset", "shift_jis"], b"ab\x81\x00\n"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("byte 2 means nothing in Shift_JIS"), "{err}");
}

#[test]
fn quiet_and_verbose() {
    let folder = folder(&[("a.txt", DAMAGED.as_bytes()), ("b.txt", DAMAGED.as_bytes())]);
    let (_, _, err) = parts(&run(folder.path(), &["-q", "-w", "a.txt"]));
    assert_eq!(err, "");
    let (_, _, err) = parts(&run(folder.path(), &["-v", "-w", "b.txt"]));
    assert!(
        err.contains("b.txt:1:13: E101 mojibake \"โ€”\" → \"—\""),
        "{err}"
    );
}

#[test]
fn colour_comes_when_asked() {
    for (args, env, coloured) in [
        (&["--color", "always"][..], None, true),
        (&["--color", "never"], Some(("CLICOLOR_FORCE", "1")), false),
        (&[], Some(("CLICOLOR_FORCE", "1")), true),
        (&[], Some(("CLICOLOR_FORCE", "0")), false),
        (&[], None, false),
    ] {
        let folder = folder(&[("a.txt", DAMAGED.as_bytes())]);
        let mut command = artclean(folder.path());
        command.args(["--check", "a.txt"]).args(args).envs(env);
        let (_, out, _) = parts(&command.output().unwrap());
        assert_eq!(out.contains("\u{1b}["), coloured, "{args:?} {env:?}");
    }
}
