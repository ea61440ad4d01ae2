//! GitHub report: workflow commands, which become annotations on the lines of a pull request, and a
//! summary for the job's page.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use super::{Damage, Report, Severity, Statistics, human, name, plain};
use crate::edit::Certainty;
use crate::rules::Rule;

/// Holds the findings back until the end: GitHub shows ten of each kind, so the worst go first.
#[derive(Default)]
pub(super) struct Github {
    found: Vec<(Rank, Damage)>,
    in_file: HashMap<PathBuf, usize>,
}

/// What is shown first: errors, of them what cannot be repaired, and one of each file before a second
/// of any, so that ten annotations say the most.
type Rank = (Severity, std::cmp::Reverse<Certainty>, usize);

impl Report for Github {
    fn finding(&mut self, damage: Damage, _out: &mut dyn Write) -> io::Result<()> {
        let nth = self.in_file.entry(damage.path.clone()).or_default();
        let rank = (
            damage.severity(),
            std::cmp::Reverse(damage.finding.certainty),
            *nth,
        );
        *nth += 1;
        self.found.push((rank, damage));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.found.sort_by_key(|&(rank, _)| rank);
        for (_, damage) in self.found.drain(..) {
            writeln!(out, "{}", command(&damage))?;
        }
        Ok(())
    }
}

fn command(damage: &Damage) -> String {
    let finding = &damage.finding;
    let level = match damage.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut place = format!(
        "file={},line={},endLine={}",
        property(&name(plain(&damage.path))),
        damage.first_line(),
        damage.last_line()
    );
    // GitHub takes columns only where they are of one line.
    if let Some(columns) = damage.columns()
        && damage.first_line() == damage.last_line()
    {
        let _ = write!(place, ",col={},endColumn={}", columns.start, columns.end);
    }
    let title = property(&format!("{} {}", finding.rule, finding.rule.name()));
    let message = format!("{}: {}", damage.place(), human::sentence(finding));
    format!("::{level} {place},title={title}::{}", value(&message))
}

/// A value as a workflow command holds it.
fn value(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value, in which `:` and `,` end it.
fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

/// The Markdown for the file that `GITHUB_STEP_SUMMARY` names.
pub fn step_summary(statistics: &Statistics) -> String {
    /// Files a summary lists; GitHub cuts a summary at 1 MiB, and readers long before.
    const MOST_FILES: usize = 50;
    let total = statistics.total();
    if total == 0 {
        return "### artclean: no encoding damage\n".to_owned();
    }
    let mut summary = format!(
        "### artclean: {total} {} of damage in {} {}\n\n| Rule | | Places |\n| --- | --- | ---: |\n",
        if total == 1 { "place" } else { "places" },
        statistics.files().len(),
        if statistics.files().len() == 1 {
            "file"
        } else {
            "files"
        },
    );
    for (code, count) in statistics.rules() {
        let about = Rule::from_code(code).map_or("", Rule::summary);
        let _ = writeln!(summary, "| {code} | {about} | {count} |");
    }
    summary.push_str("\n| File | Places |\n| --- | ---: |\n");
    for (file, count) in statistics.files().iter().take(MOST_FILES) {
        let _ = writeln!(summary, "| {} | {count} |", cell(file));
    }
    let more = statistics.files().len().saturating_sub(MOST_FILES);
    if more > 0 {
        let _ = writeln!(summary, "\nand {more} more files");
    }
    summary.push_str(
        "\n`artclean --write PATH` repairs them; `artclean --explain CODE` tells more.\n",
    );
    summary
}

/// Text as a cell of a Markdown table shows it: nothing in it is markup.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '/' | '.' | '-') {
            let _ = write!(cell, "&#{};", c as u32);
        } else {
            cell.push(c);
        }
    }
    cell
}
