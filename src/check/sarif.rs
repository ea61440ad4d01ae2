//! SARIF report: the 2.1.0 form that code scanners read. One run, its rules with their help, each
//! result with its region and, where the repair is a change of that region alone, its fix.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Damage, Report, Severity, human, to_line, uri};
use crate::check::baseline;
use crate::edit::Certainty;
use crate::rules::Rule;

#[derive(Default)]
pub(super) struct Sarif {
    some: bool,
}

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({
            "name": "artclean",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": Rule::ALL.iter().copied().map(rule).collect::<Vec<_>>(),
        });
        // The results are written as they come, between a head and a foot.
        writeln!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
             \"runs\":[{{\"tool\":{{\"driver\":{}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[",
            to_line(&driver)
        )
    }

    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()> {
        let comma = if self.some { "," } else { "" };
        self.some = true;
        writeln!(out, "{comma}{}", to_line(&result(&damage)))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "]}}]}}")
    }
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.code(),
        "name": rule.name(),
        "shortDescription": {"text": rule.summary()},
        "help": {"text": rule.explanation(), "markdown": rule.explanation()},
        "defaultConfiguration": {"level": level(Severity::of(rule))},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(damage: &Damage) -> Value {
    let finding = &damage.finding;
    let artifact = json!({"uri": uri(&damage.path)});
    let mut message = human::sentence(finding);
    if damage.record.is_some() {
        message.push_str(&format!(
            " (line {} column {} of the record's text)",
            finding.line, finding.column
        ));
    }
    let mut result = json!({
        "ruleId": finding.rule.code(),
        "ruleIndex": Rule::ALL.iter().position(|&rule| rule == finding.rule),
        "level": level(damage.severity()),
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region(damage)}}],
        "partialFingerprints": {"artcleanDamage/v1": baseline::hash(&finding.before)},
    });
    if is_fixed_in_place(damage) {
        result["fixes"] = json!([{
            "description": {"text": "Write what was meant."},
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{
                    "deletedRegion": region(damage),
                    "insertedContent": {"text": finding.after},
                }],
            }],
        }]);
    }
    result
}

fn region(damage: &Damage) -> Value {
    let mut region = json!({"startLine": damage.first_line(), "endLine": damage.last_line()});
    if let Some(columns) = damage.columns() {
        region["startColumn"] = columns.start.into();
        region["endColumn"] = columns.end.into();
    }
    region
}

/// Whether writing the text after in place of the region mends it: not in a record, whose text is
/// escaped, nor where bytes are in another charset than the rest of the file would be written in.
fn is_fixed_in_place(damage: &Damage) -> bool {
    damage.record.is_none()
        && damage.finding.certainty != Certainty::Lost
        && !matches!(damage.finding.rule, Rule::E104 | Rule::U304)
}
