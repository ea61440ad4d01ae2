//! Sift: whether a text can be damaged at all, at the price of a glance.

/// Whether anything in the text may be mojibake.
pub(crate) fn suspicious(text: &str) -> bool {
    !text.is_ascii() || text.contains(['&', '\\', '%', '?'])
}
