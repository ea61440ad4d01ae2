//! Tables: the data files that are a word and what it is, a row a line; lines that begin with `#` say what
//! the file holds.

/// The rows of a table.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table).filter_map(|line| line.split_once('\t'))
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Asserts that a table is sorted and has nothing but rows.
#[cfg(test)]
pub(crate) fn assert_sorted_and_whole(table: &'static str) {
    let lines: Vec<&str> = lines(table).collect();
    assert!(lines.is_sorted_by(|a, b| a < b), "sorted, no row twice");
    assert_eq!(
        rows(table).count(),
        lines.len(),
        "every row has two columns"
    );
}
