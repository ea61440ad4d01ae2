//! JSON report: one object a finding, on one line.

use std::path::Path;

use serde::Serialize;

use crate::article::Finding;
use crate::writer::json::{EditJson, JsonPath, to_line};

/// The line of JSON for one finding, without the line end. `record` is the line of a JSON Lines
/// file the text stood on.
pub fn finding(path: &Path, record: Option<usize>, finding: &Finding) -> String {
    to_line(&FindingJson {
        path: JsonPath(path),
        record,
        name: finding.rule.name(),
        edit: EditJson::new(finding),
    })
}

#[derive(Serialize)]
struct FindingJson<'a> {
    #[serde(flatten)]
    path: JsonPath<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<usize>,
    name: &'static str,
    #[serde(flatten)]
    edit: EditJson<'a>,
}
