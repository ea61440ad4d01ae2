//! Whole articles, damaged and clean, each with what it must become.

mod common;

use artclean::{Cleaner, Options, Pass};
use common::{fixtures, parts, pipe};

#[test]
fn every_article_becomes_what_is_expected() {
    let cleaner = Cleaner::new(Options::default());
    for (name, bytes, expected) in fixtures("articles") {
        let article = cleaner
            .clean(&bytes)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            article.text,
            String::from_utf8(expected).expect("UTF-8"),
            "{name}"
        );
        assert_eq!(article.left().count(), 0, "{name}");
    }
}

#[test]
fn the_pipe_gives_what_the_library_gives() {
    for (name, bytes, expected) in fixtures("articles") {
        let (code, out, err) = parts(&pipe(&[], &bytes));
        assert_eq!(
            (code, out.as_bytes(), err.as_str()),
            (0, expected.as_slice(), ""),
            "{name}"
        );
    }
}

#[test]
fn clean_articles_have_nothing_to_tell() {
    let cleaner = Cleaner::new(Options::default());
    for (name, bytes, _) in fixtures("articles/clean") {
        let article = cleaner.clean(&bytes).expect("UTF-8");
        assert!(
            matches!(article.text, std::borrow::Cow::Borrowed(_)),
            "{name} was copied for nothing"
        );
        assert_eq!(article.edits, [], "{name}");
        assert_eq!(article.removed, [], "{name}");
    }
}

#[test]
fn what_is_inferred_says_so_and_strict_leaves_it() {
    let (_, bytes, _) = fixtures("articles")
        .into_iter()
        .find(|(name, ..)| name.contains("ferry"))
        .expect("the ferry");
    let cleaner = Cleaner::new(Options {
        passes: vec![Pass::Repair],
        ..Options::default()
    });
    let article = cleaner.clean(&bytes).expect("UTF-8");
    // The magnifying glass lost its last byte, the closing quotation mark too; the dash lost none.
    for (after, proven) in [("🔍", false), ("”", false), ("—", true), ("’", true)] {
        let found: Vec<_> = article
            .edits
            .iter()
            .filter(|edit| edit.after == after)
            .collect();
        assert!(!found.is_empty(), "{after}");
        assert!(
            found
                .iter()
                .all(|edit| (edit.certainty == artclean::Certainty::Proven) == proven),
            "{after}"
        );
    }
    let strict = Cleaner::new(Options {
        passes: vec![Pass::Repair],
        strict: true,
        ..Options::default()
    });
    let article = strict.clean(&bytes).expect("UTF-8");
    assert!(article.text.contains('—') && !article.text.contains('🔍'));
    assert!(article.left().any(|finding| finding.after == "🔍"));
}

#[test]
fn spans_point_into_the_input_and_columns_count_code_points() {
    let input = "ab\nCafÃ© Ã\u{A0} la carte\nlast  \n";
    let article = Cleaner::default().clean_text(input);
    assert_eq!(article.text, "ab\nCafé à la carte\nlast\n");
    for finding in &article.edits {
        assert_eq!(input[finding.span.clone()], finding.before);
    }
    let places: Vec<_> = article
        .edits
        .iter()
        .map(|finding| (finding.line, finding.column))
        .collect();
    assert_eq!(places[0], (2, 4));
    assert_eq!(places.last(), Some(&(3, 5)));
}

#[test]
fn spans_of_legacy_bytes_count_bytes() {
    let input = b"caf\xE9 noir  \n";
    let article = Cleaner::default().clean(input).expect("windows-1252");
    let trailing = article
        .edits
        .iter()
        .find(|finding| finding.rule.code() == "W401")
        .expect("trailing space");
    assert_eq!(&input[trailing.span.clone()], b"  ");
}
