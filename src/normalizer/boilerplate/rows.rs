//! The rows of a phrase file: kind, anchoring, phrase, parted by tabs; `#` opens a comment.
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
}

/// Reads a phrase file; lines that are no rows are left out (the tests let none through).
pub fn rows(file: &str) -> impl Iterator<Item = Row<'_>> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (kind, rest) = line.split_once('\t')?;
            let (anchor, phrase) = rest.split_once('\t')?;
            Some(Row {
                kind,
                anchor,
                phrase,
            })
        })
}
