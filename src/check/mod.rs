//! Check: the list of findings as a report. One file a form; all get the same findings.

pub mod human;
pub mod json;
