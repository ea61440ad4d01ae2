//! Diff: what cleaning would do, as a unified diff that `patch` and `git apply` take.
//!
//! It is made of bytes, since what a file holds need not be UTF-8, and a line ends with a line feed and
//! nothing else, as those who apply it see it.

use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, capture_diff_slices, group_diff_ops};

/// Lines of context round a change, as `diff -u` has them.
const CONTEXT: usize = 3;

/// The unified diff from `before` to `after`, headed by `name`; empty where they are equal.
///
/// ```
/// use artclean::writer::diff::unified;
/// let diff = unified("a.txt", b"Rain. \n", b"Rain.\n");
/// assert_eq!(diff, b"--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-Rain. \n+Rain.\n");
/// ```
pub fn unified(name: &str, before: &[u8], after: &[u8]) -> Vec<u8> {
    if before == after {
        return Vec::new();
    }
    let [old, new] = [before, after].map(lines);
    // A name with a space in it ends where a tab says so.
    let tab = if name.contains(' ') { "\t" } else { "" };
    let mut diff = format!("--- {name}{tab}\n+++ {name}{tab}\n").into_bytes();
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    for hunk in group_diff_ops(changes, CONTEXT) {
        diff.extend(format!("{}\n", UnifiedHunkHeader::new(&hunk)).bytes());
        for change in hunk.iter().flat_map(|part| part.iter_changes(&old, &new)) {
            let line = change.value();
            diff.extend(change.tag().to_string().bytes());
            diff.extend(line);
            if !line.ends_with(b"\n") {
                diff.extend(b"\n\\ No newline at end of file\n");
            }
        }
    }
    diff
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|&byte| byte == b'\n').collect()
}
