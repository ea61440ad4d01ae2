//! The rows of a phrase file: kind, anchoring, phrase, parted by tabs; `#` opens a comment.
//!
//! A fourth field, `seen`, says that the phrase was found as newspapers print it; the other rows are
//! from knowledge of the language.
//!
//! Used when the table is built and by the tests that check the files.

/// One row of a phrase file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row<'f> {
    /// The kind of boilerplate: the name of a `B2xx` rule.
    pub kind: &'f str,
    /// How the phrase must stand on its line.
    pub anchor: &'f str,
    /// The phrase as printed.
    pub phrase: &'f str,
    /// Whether it was found in print.
    pub seen: bool,
}

/// Reads a phrase file; lines that are no rows are left out (the tests let none through).
pub fn rows(file: &str) -> impl Iterator<Item = Row<'_>> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (kind, rest) = line.split_once('\t')?;
            let (anchor, rest) = rest.split_once('\t')?;
            let phrase = rest.strip_suffix("\tseen");
            Some(Row {
                kind,
                anchor,
                phrase: phrase.unwrap_or(rest),
                seen: phrase.is_some(),
            })
        })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::normalizer::boilerplate::fold::folded;
    use crate::rules::Rule;

    const ANCHORS: [&str; 12] = [
        "line", "weak", "label", "heading", "opener", "start", "lead", "cue", "inside", "end",
        "place", "agency",
    ];

    /// Every file by its language's tag.
    fn files() -> BTreeMap<String, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/phrases");
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let tag = name
                    .strip_suffix(".tsv")
                    .expect("only .tsv files belong here");
                (tag.to_owned(), fs::read_to_string(&path).unwrap())
            })
            .collect()
    }

    #[test]
    fn every_line_is_a_row_a_comment_or_nothing() {
        for (language, file) in files() {
            assert!(file.starts_with("# "), "{language} opens with its name");
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let row = rows(line)
                    .next()
                    .unwrap_or_else(|| panic!("{language}: {line}"));
                let is_kind = |rule: &&Rule| rule.is_boilerplate() && rule.name() == row.kind;
                assert!(
                    Rule::ALL.iter().any(|rule| is_kind(&rule)),
                    "{language}: {line}"
                );
                assert!(ANCHORS.contains(&row.anchor), "{language}: {line}");
                assert_eq!(row.phrase.trim(), row.phrase, "{language}: {line}");
                assert!(!row.phrase.contains('\t'), "{language}: {line}");
                assert!(!folded(row.phrase).is_empty(), "{language}: {line}");
            }
        }
    }

    #[test]
    fn files_are_sorted_and_hold_no_phrase_twice() {
        for (language, file) in files() {
            let rows: Vec<Row> = rows(&file).collect();
            assert!(rows.is_sorted(), "{language} is not sorted");
            let mut seen = BTreeSet::new();
            for row in rows {
                let key = (row.kind, row.anchor, folded(row.phrase));
                assert!(seen.insert(key), "{language}: {} twice", row.phrase);
            }
        }
    }

    #[test]
    fn a_phrase_that_is_a_whole_line_reads_one_way_in_every_language() {
        // Two languages may share a phrase; where it would take different lines, the stricter
        // reading must not be another kind's.
        let mut readings: BTreeMap<String, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
        let files = files();
        for (language, file) in &files {
            for row in rows(file).filter(|row| row.anchor == "line") {
                readings
                    .entry(folded(row.phrase))
                    .or_default()
                    .entry(row.kind)
                    .or_default()
                    .push(language.clone());
            }
        }
        let conflicts: Vec<_> = readings
            .iter()
            .filter(|(_, kinds)| kinds.len() > 1)
            .collect();
        assert!(conflicts.is_empty(), "{conflicts:#?}");
    }

    #[test]
    fn the_large_languages_have_labels() {
        let files = files();
        assert!(files.len() >= 45);
        for language in "hi bn te mr ta ur gu kn ml pa or as ne en zh-Hans zh-Hant ja ko es pt fr de ru ar id tr vi fa"
            .split(' ')
        {
            let labels = rows(&files[language]).filter(|row| row.anchor == "label").count();
            assert!(labels >= 3, "{language} has {labels}");
        }
    }
}
