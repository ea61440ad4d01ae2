//! Path: the names of files, as reports and baselines write them.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::writer::visible::visible;

/// A path as it may be shown.
pub(super) fn name(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// A path below the working directory as report formats want it, without a leading `./`.
pub(super) fn plain(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// A path with `/` between its parts, percent-encoded: a form that JSON and XML can hold even where a
/// name is not UTF-8.
pub(super) fn uri(path: &Path) -> String {
    /// What a relative reference may hold as it is (RFC 3986). A colon is not among it, since
    /// `a:b` would be a scheme.
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'.')
        .remove(b'-')
        .remove(b'_')
        .remove(b'~');
    percent_encode(plain(path).as_os_str().as_encoded_bytes(), KEPT).to_string()
}

/// The path that [`uri`] gave this for.
#[cfg(unix)]
pub(super) fn from_uri(uri: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let bytes = percent_encoding::percent_decode_str(uri).collect();
    std::ffi::OsString::from_vec(bytes).into()
}

/// The path that [`uri`] gave this for.
#[cfg(not(unix))]
pub(super) fn from_uri(uri: &str) -> PathBuf {
    let path = percent_encoding::percent_decode_str(uri).decode_utf8_lossy();
    path.into_owned().into()
}

/// A path from the root, without `.` and `..`, whatever it was called by. Links stay: they are names
/// too, and ones that people write in globs and baselines.
///
/// ```
/// # #[cfg(unix)] {
/// use artclean::check::absolute;
/// assert_eq!(absolute("/a/./b/../c.txt".as_ref()), std::path::Path::new("/a/c.txt"));
/// # }
/// ```
pub fn absolute(path: &Path) -> PathBuf {
    // `std::path::absolute` takes no empty path; the folder of a file named alone is one.
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in full.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}
