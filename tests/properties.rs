//! What must hold of any input: cleaning twice equals cleaning once, and a check of what was cleaned
//! finds only damage that was reported as left.

mod common;

use artclean::{Cleaner, Options, Pass, RuleSet};
use proptest::prelude::*;

/// Pieces of fixtures, words on either side of a cut included.
fn pieces() -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    for (_, bytes, _) in common::fixtures("articles") {
        pieces.extend(
            bytes
                .split_inclusive(|&byte| byte == b'\n')
                .map(<[u8]>::to_vec),
        );
        pieces.extend(
            bytes
                .split_inclusive(|&byte| byte == b' ')
                .map(<[u8]>::to_vec),
        );
    }
    pieces
}

fn mixture() -> impl Strategy<Value = Vec<u8>> {
    let fixture = proptest::sample::select(pieces());
    let noise = proptest::collection::vec(any::<u8>(), 0..6);
    let text = any::<String>().prop_map(String::into_bytes);
    let odd = proptest::sample::select(vec![
        "\n",
        "\r\n",
        "\n\n\n",
        " ",
        "\u{A0}",
        "\u{FFFD}",
        "?",
        "Ã",
        "â€",
        "โ",
        "\u{9D}",
        "&amp;",
        "Also Read:\n",
    ])
    .prop_map(|piece| piece.as_bytes().to_vec());
    let piece = prop_oneof![8 => fixture, 1 => noise, 1 => text, 3 => odd];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_equals_cleaning_once(bytes in mixture()) {
        let cleaner = Cleaner::new(Options::default());
        if let Ok(once) = cleaner.clean(&bytes) {
            let twice = cleaner.clean_text(&once.text);
            prop_assert_eq!(&twice.text, &once.text);
        }
    }

    #[test]
    fn a_check_of_what_was_cleaned_finds_only_what_was_left(bytes in mixture()) {
        let damage = RuleSet::from_selector("E").expect("a family");
        let checker = Cleaner::new(Options { rules: damage, ..Options::default() });
        if let Ok(once) = Cleaner::new(Options::default()).clean(&bytes) {
            let checked = checker.clean_text(&once.text);
            prop_assert_eq!(checked.edits.len(), checked.left().count());
            prop_assert_eq!(checked.left().count(), once.left().count());
        }
    }

    #[test]
    fn edits_are_the_whole_difference(bytes in mixture()) {
        let cleaner = Cleaner::new(Options::default());
        if let Ok(article) = cleaner.clean(&bytes) {
            let changed = article.text.as_bytes() != bytes;
            let told = article.edits.iter().any(|edit| edit.applied) || !article.removed.is_empty();
            // UTF-16 becomes UTF-8 without an edit: nothing was damaged.
            prop_assert!(told == changed || article.charset.starts_with("UTF-16"));
            for finding in article.edits.iter().chain(&article.removed) {
                prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= bytes.len());
            }
        }
    }

    #[test]
    fn strict_infers_nothing(bytes in mixture()) {
        let cleaner = Cleaner::new(Options { strict: true, passes: vec![Pass::Repair], ..Options::default() });
        if let Ok(article) = cleaner.clean(&bytes) {
            let inferred = |edit: &&artclean::Finding| edit.applied && edit.certainty != artclean::Certainty::Proven;
            prop_assert_eq!(article.edits.iter().find(inferred), None);
        }
    }
}
