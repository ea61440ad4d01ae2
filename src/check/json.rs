//! JSON report: one object a finding, on one line.

use std::io::{self, Write};

use serde::Serialize;

use super::{Damage, Report, to_line};
use crate::writer::json::{EditJson, JsonPath};

pub(super) struct Json;

impl Report for Json {
    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()> {
        let finding = FindingJson {
            path: JsonPath(&damage.path),
            record: damage.record,
            name: damage.finding.rule.name(),
            edit: EditJson::new(&damage.finding),
        };
        writeln!(out, "{}", to_line(&finding))
    }
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
