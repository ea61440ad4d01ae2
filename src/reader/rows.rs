//! Rows: reads the tables of `src/data` that are lists of numbers, when the program is compiled.
//!
//! One row a line, columns set apart by tabs, `#` comments at the line's start; the last column is
//! a name for whoever reads the file.

/// The number of rows: lines that are no comment.
pub(crate) const fn count(file: &[u8]) -> usize {
    let (mut at, mut rows, mut line_start) = (0, 0, true);
    while at < file.len() {
        if line_start && file[at] != b'#' {
            rows += 1;
        }
        line_start = file[at] == b'\n';
        at += 1;
    }
    rows
}

/// Where the first row at or after the start of a line begins; the file's length if there is none.
pub(crate) const fn row(file: &[u8], mut at: usize) -> usize {
    while at < file.len() && file[at] == b'#' {
        at = next_line(file, at);
    }
    at
}

/// Where the next line begins.
pub(crate) const fn next_line(file: &[u8], mut at: usize) -> usize {
    while at < file.len() && file[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// The number at a place and where the next column begins.
pub(crate) const fn number(file: &[u8], mut at: usize, base: u32) -> (u32, usize) {
    let mut value = 0;
    while file[at] != b'\t' {
        let digit = match file[at] {
            d @ b'0'..=b'9' => d - b'0',
            d @ b'A'..=b'F' => d - b'A' + 10,
            _ => panic!("a number was expected"),
        };
        value = value * base + digit as u32;
        at += 1;
    }
    (value, at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_rows() {
        const FILE: &[u8] = b"# a\n10\t7\tten\n# b\nFF\t8\tlast\n";
        assert_eq!(count(FILE), 2);
        let first = row(FILE, 0);
        assert_eq!(number(FILE, first, 16), (16, first + 3));
        let second = row(FILE, next_line(FILE, first));
        assert_eq!(number(FILE, second, 16).0, 255);
        assert_eq!(row(FILE, next_line(FILE, second)), FILE.len());
    }
}
