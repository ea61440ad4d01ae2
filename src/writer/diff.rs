//! Diff: what cleaning would do, as a unified diff that `patch` takes.

use similar::TextDiff;

/// Lines of context round a change, as `diff -u` has them.
const CONTEXT: usize = 3;

/// The unified diff from `before` to `after`, headed by `name`; empty where they are equal.
///
/// ```
/// use artclean::writer::diff::unified;
/// let diff = unified("a.txt", "Rain. \n", "Rain.\n");
/// assert_eq!(diff, "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-Rain. \n+Rain.\n");
/// ```
pub fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(name, name)
        .to_string()
}
