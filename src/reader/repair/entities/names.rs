//! Names: what the named references of HTML stand for.

use crate::reader::rows;

const ROWS: &[u8] = include_bytes!("../../../data/references.tsv");

/// A row of `references.tsv`: where in it the name stands, and the code point.
type Row = (usize, usize, u32);

static TABLE: [Row; rows::count(ROWS)] = table();

/// Reads the rows; a row that is not as it should be stops the compiler.
const fn table() -> [Row; rows::count(ROWS)] {
    let mut table = [(0, 0, 0); rows::count(ROWS)];
    let (mut at, mut number) = (rows::row(ROWS, 0), 0);
    while at < ROWS.len() {
        let (point, name) = rows::number(ROWS, at, 16);
        let next = rows::next_line(ROWS, at);
        assert!(name + 1 < next, "a name stands behind the code point");
        table[number] = (name, next - 1, point);
        number += 1;
        at = rows::row(ROWS, next);
    }
    table
}

/// The character that the reference of this name stands for, if it is one beyond ASCII.
pub(super) fn named(name: &str) -> Option<char> {
    let at = TABLE.binary_search_by_key(&name.as_bytes(), |&(start, end, _)| &ROWS[start..end]);
    char::from_u32(TABLE[at.ok()?].2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        let text = std::str::from_utf8(ROWS).expect("references.tsv is UTF-8");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (point, name) = line.split_once('\t').expect("two columns");
            let point = u32::from_str_radix(point, 16).expect("a code point");
            assert_eq!(named(name).map(u32::from), Some(point), "{line}");
            assert!(point > 0x7F, "{line}");
        }
        assert_eq!(named("amp"), None);
        assert_eq!(named(""), None);
    }
}
