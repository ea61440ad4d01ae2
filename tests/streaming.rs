//! A text of any size streams in pieces, with the same result as in one piece.

mod common;

use std::borrow::Cow;
use std::io::{self, Read};

use artclean::{Allow, Cleaner, Detail, Finding, Options, Pass};

/// Bytes of a page.
const PAGE_BYTES: usize = 256 * 1024;

/// Gives `bytes` out in pieces that end at `border` and then every `step` bytes.
struct Pieces<'b> {
    bytes: &'b [u8],
    at: usize,
    border: usize,
    step: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = if self.at < self.border {
            self.border
        } else {
            self.at + self.step
        };
        let piece = &self.bytes[self.at..end.min(self.bytes.len())];
        let length = piece.len().min(buffer.len());
        buffer[..length].copy_from_slice(&piece[..length]);
        self.at += length;
        Ok(length)
    }
}

fn streamed(cleaner: &Cleaner, bytes: &[u8], border: usize, step: usize) -> (String, usize) {
    let mut output = Vec::new();
    let mut found = 0;
    let input = Pieces {
        bytes,
        at: 0,
        border,
        step,
    };
    cleaner
        .clean_stream(input, &mut output, |article| {
            found += article.edits.len() + article.removed.len()
        })
        .expect("text");
    (String::from_utf8(output).expect("UTF-8"), found)
}

#[test]
fn every_border_gives_the_same() {
    let cleaner = Cleaner::default();
    for (name, bytes, expected) in common::fixtures("articles") {
        let expected = String::from_utf8(expected).expect("UTF-8");
        for border in 0..bytes.len() {
            assert_eq!(
                streamed(&cleaner, &bytes, border, 4096).0,
                expected,
                "{name} cut at {border}"
            );
        }
    }
}

/// Damage throughout: "Мост открыт." read as windows-1252, bytes without a glyph as they are.
const DENSE: &str = "ÐœÐ¾Ñ\u{81}Ñ‚ Ð¾Ñ‚ÐºÑ€Ñ‹Ñ‚. ";

#[test]
fn a_page_of_damage_throughout_is_shorter_and_cleaned_alike() {
    let cleaner = Cleaner::default();
    let text = DENSE.repeat(20_000) + "\n";
    let clean = "Мост открыт. ".repeat(20_000).trim_end().to_owned() + "\n";
    assert!(cleaner.clean_text(&text).text == clean);
    let mut pages = Vec::new();
    let mut output = Vec::new();
    cleaner
        .clean_stream(text.as_bytes(), &mut output, |page| {
            pages.push(page.text.len())
        })
        .expect("text");
    assert!(output == clean.as_bytes());
    assert!(pages.len() > 4 * text.len() / PAGE_BYTES, "{pages:?}");
}

#[test]
fn of_many_pages_nothing_is_copied_up_to_the_first_that_changes() {
    let cleaner = Cleaner::default();
    let sound = "The bridge was closed at noon.\n".repeat(PAGE_BYTES / 10);
    for (text, clean) in [
        (sound.clone(), sound.clone()),
        (
            format!("{sound}It isn\u{E2}\u{20AC}\u{2122}t.\n{sound}"),
            format!("{sound}It isn’t.\n{sound}"),
        ),
        (
            format!("{sound}It rained.  \n"),
            format!("{sound}It rained.\n"),
        ),
    ] {
        let is_same = text == clean;
        for article in [
            cleaner.clean(text.as_bytes()).expect("text"),
            cleaner.clean_text(&text),
        ] {
            assert!(article.text == clean);
            assert_eq!(matches!(article.text, Cow::Borrowed(_)), is_same);
        }
    }
}

/// A text of several pages: every fixture again and again, with lines and blank runs of odd lengths.
fn long_text() -> String {
    let fixtures = common::fixtures("articles");
    let articles: Vec<&str> = fixtures
        .iter()
        .filter_map(|(_, bytes, _)| std::str::from_utf8(bytes).ok())
        .collect();
    let mut text = String::new();
    let mut turn = 0;
    while text.len() < 3_000_000 {
        turn += 1;
        text.push_str(articles[turn % articles.len()]);
        text.push_str(&"\n \r\n"[..turn % 4]);
        match turn % 97 {
            0 => text.push_str(&"a long line of words ".repeat(20_000)),
            1 => text.push_str(&"\n".repeat(300_000)),
            2 => text.push_str(&"ไม่มีช่องว่าง".repeat(10_000)),
            3 => text.push_str(&DENSE.repeat(30_000)),
            _ => {}
        }
    }
    text
}

#[test]
fn a_long_text_is_the_same_whole_and_in_pieces() {
    let text = long_text();
    for passes in [
        Pass::ALL.to_vec(),
        vec![Pass::Whitespace],
        vec![Pass::Repair],
    ] {
        let cleaner = Cleaner::new(Options {
            passes,
            ..Options::default()
        });
        let whole = cleaner.clean(text.as_bytes()).expect("UTF-8");
        assert_eq!(cleaner.clean_text(&text).text, whole.text);
        let found = whole.edits.len() + whole.removed.len();
        for (border, step) in [
            (0, 1 << 16),
            (1, 7001),
            (262_144, 262_145),
            (300_001, 1 << 20),
        ] {
            let (output, number) = streamed(&cleaner, text.as_bytes(), border, step);
            assert!(output == whole.text, "pieces of {step} from {border}");
            assert_eq!(number, found);
        }
    }
}

#[test]
fn utf16_is_cleaned_in_pages_as_well() {
    let cleaner = Cleaner::default();
    let text = "a pier \r\n\n\n\n\nand a quay — caf\u{C3}\u{A9} 🌊\n".repeat(20_000);
    let expected = cleaner.clean_text(&text).text;
    for (mark, order) in [
        ("\u{FEFF}", u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("\u{FEFF}", u16::to_be_bytes),
        ("", u16::to_le_bytes),
    ] {
        let units = mark.encode_utf16().chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(order).collect();
        let whole = cleaner.clean(&bytes).expect("UTF-16");
        assert!(whole.text == expected);
        let repairs = whole.edits.iter().filter(|edit| edit.after == "é");
        let mut numbers = 0..;
        assert!(repairs.zip(&mut numbers).all(|(edit, number)| {
            let found = bytes[edit.span.clone()].chunks(2);
            let is_found = found.eq([order(0xC3), order(0xA9)]);
            is_found && edit.line == 6 * number + 6
        }));
        assert_eq!(numbers.start, 20_000);
        for (border, step) in [(1, 7001), (262_143, 262_145)] {
            let (output, _) = streamed(&cleaner, &bytes, border, step);
            assert!(output == expected, "pieces of {step} from {border}");
        }
        let mut pages = Vec::new();
        let page = |article: &artclean::Article<'_>| pages.push(article.text.len());
        cleaner
            .clean_stream(&bytes[..], io::sink(), page)
            .expect("UTF-16");
        assert!(pages.iter().all(|&length| length <= PAGE_BYTES));
    }
}

#[test]
fn findings_of_later_pages_point_into_the_input() {
    let text = long_text();
    let article = Cleaner::default().clean(text.as_bytes()).expect("UTF-8");
    let (mut line, mut walked) = (1, 0);
    for finding in &article.edits {
        line += text[walked..finding.span.start].matches('\n').count();
        walked = finding.span.start;
        assert_eq!(finding.line, line, "{finding:?}");
        let line_start = text[..walked].rfind('\n').map_or(0, |at| at + 1);
        // A long line is long to count.
        if walked - line_start < 10_000 {
            assert_eq!(
                finding.column,
                text[line_start..walked].chars().count() + 1,
                "{finding:?}"
            );
        }
    }
}

#[test]
fn what_is_counted_only_is_the_same() {
    let text = long_text();
    let full = Cleaner::default().clean(text.as_bytes()).expect("UTF-8");
    let cleaner = Cleaner::new(Options {
        detail: Detail::Spans,
        ..Options::default()
    });
    let mut counted = Vec::new();
    let mut output = Vec::new();
    cleaner
        .clean_stream(text.as_bytes(), &mut output, |page| {
            counted.extend(page.edits.iter().chain(&page.removed).cloned());
        })
        .expect("UTF-8");
    assert!(output == full.text.as_bytes());
    assert!(
        counted
            .iter()
            .all(|found| found.line == 0 && found.before.is_empty() && found.after.is_empty())
    );
    let told = |found: &Finding| {
        let span = (found.span.start, found.span.end);
        (span, found.rule, found.certainty, found.applied)
    };
    let mut told_in_full: Vec<_> = full.edits.iter().chain(&full.removed).map(told).collect();
    let mut told_in_short: Vec<_> = counted.iter().map(told).collect();
    told_in_full.sort_unstable();
    told_in_short.sort_unstable();
    assert!(told_in_full == told_in_short);
}

#[test]
fn white_space_of_a_long_text_is_that_of_a_short_one() {
    let cleaner = Cleaner::new(Options {
        passes: vec![Pass::Whitespace],
        ..Options::default()
    });
    for (unit, expected) in [
        ("word  \n\n\n\n", "word\n\n"),
        ("word\r\n", "word\n"),
        (" \n", ""),
        ("  word", "  word"),
    ] {
        let times = 1_000_000 / unit.len();
        let clean = cleaner
            .clean(unit.repeat(times).as_bytes())
            .expect("UTF-8")
            .text
            .into_owned();
        let mut all = expected.repeat(times);
        all.truncate(all.trim_end().len());
        if !all.is_empty() {
            all.push('\n');
        }
        assert!(
            clean == all,
            "{unit:?}: {} bytes, not {}",
            clean.len(),
            all.len()
        );
        assert!(
            cleaner.clean(clean.as_bytes()).expect("UTF-8").text == clean,
            "{unit:?} twice"
        );
    }
}

#[test]
fn a_comment_at_the_end_of_a_page_ignores_the_line_after_it() {
    let allow = Allow {
        code: true,
        ..Allow::default()
    };
    let cleaner = Cleaner::new(Options {
        passes: vec![Pass::Repair],
        allow,
        ..Options::default()
    });
    let filler = "let plain = code;\n".repeat(PAGE_BYTES / 18);
    // Whatever the place of the comment about the border, the line after it and no other is ignored.
    for shift in 0..40 {
        let comment = "// artclean: ignore-next-line\n";
        let text = format!(
            "{filler}{}\n{comment}let a = \"caf\u{C3}\u{A9}\";\nlet b = \"caf\u{C3}\u{A9}\";\n",
            "x".repeat(shift)
        );
        let text = &text[filler.len() - (PAGE_BYTES - 50)..];
        let found = cleaner.clean(text.as_bytes()).expect("UTF-8").edits;
        let line = text[..text.find("let b").unwrap()].lines().count() + 1;
        let lines: Vec<_> = found.iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [line], "shifted by {shift}");
    }
}
