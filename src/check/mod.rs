//! Check: the list of findings as a report. One file a form; all get the same findings.

pub mod baseline;
mod concise;
mod excerpt;
mod github;
mod gitlab;
pub mod human;
mod json;
mod junit;
mod path;
mod sarif;
mod statistics;
mod undecodable;

use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;

pub use excerpt::{Excerpt, Excerpts};
pub use github::step_summary;
pub use path::absolute;
pub use statistics::Statistics;
pub use undecodable::undecodable;

use crate::article::Finding;
use crate::rules::Rule;
use crate::writer::escaped;
use crate::writer::visible::steers;
use human::Paint;
use path::{name, plain, uri};

/// A finding and where it was found: what every report is made of.
#[derive(Debug, Clone)]
pub struct Damage {
    /// The file, as it was named or met.
    pub path: PathBuf,
    /// The line of a JSON Lines file the text stood on; the finding's places are within that text.
    pub record: Option<usize>,
    /// What was found.
    pub finding: Finding,
    /// The line of the text it begins on.
    pub excerpt: Option<Excerpt>,
}

impl Damage {
    /// The line of the file it begins on, counted from 1.
    pub fn first_line(&self) -> usize {
        self.record.unwrap_or(self.finding.line)
    }

    /// The line of the file it ends on.
    pub fn last_line(&self) -> usize {
        self.record.unwrap_or(self.finding.last_line)
    }

    /// The code points it covers: the column it begins at and the one it ends before, counted from 1.
    /// `None` in a record, whose text is escaped and so has columns of its own.
    pub fn columns(&self) -> Option<Range<usize>> {
        match self.record {
            Some(_) => None,
            None => Some(self.finding.column..self.finding.last_column),
        }
    }

    /// The file and place as a terminal and an editor know it: `a.txt:3:16`.
    pub fn place(&self) -> String {
        let name = name(&self.path);
        let Finding { line, column, .. } = self.finding;
        match self.record {
            Some(record) => format!("{name}:{record}: line {line} column {column}"),
            None => format!("{name}:{line}:{column}"),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        Severity::of(self.finding.rule)
    }
}

/// How bad damage is, in the three degrees that report formats have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Readers see the wrong characters.
    Error,
    /// Readers see nothing wrong, programs do.
    Warning,
    /// A matter of taste.
    Note,
}

impl Severity {
    /// The severity of what `rule` finds.
    pub fn of(rule: Rule) -> Severity {
        match rule.code().as_bytes()[0] {
            b'E' => Severity::Error,
            b'U' => Severity::Warning,
            _ => Severity::Note,
        }
    }
}

/// A report in the making. It is told of the findings in the order of the files.
pub trait Report: Send {
    /// Writes what stands before the first finding.
    ///
    /// # Errors
    /// `out` cannot be written to, here and below.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes in one finding, and writes it where the form allows that before the end.
    ///
    /// # Errors
    /// As [`begin`](Report::begin).
    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands behind the last finding.
    ///
    /// # Errors
    /// As [`begin`](Report::begin).
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// `value` as JSON on one line that a terminal or a log can show as it is.
fn to_line(value: &impl Serialize) -> String {
    escaped::to_line(value, steers)
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people: the line, and a caret under the damage.
    Human,
    /// One line a finding.
    Concise,
    /// One JSON object a finding, a line each.
    Json,
    /// SARIF 2.1.0, which code scanners read.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML, which most build servers read.
    Junit,
}

impl Form {
    /// Every form, in the order they are listed in.
    pub const ALL: [Form; 7] = [
        Form::Human,
        Form::Concise,
        Form::Json,
        Form::Sarif,
        Form::Github,
        Form::Gitlab,
        Form::Junit,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Human => "human",
            Form::Concise => "concise",
            Form::Json => "json",
            Form::Sarif => "sarif",
            Form::Github => "github",
            Form::Gitlab => "gitlab",
            Form::Junit => "junit",
        }
    }

    /// What it is, in a few words.
    pub const fn summary(self) -> &'static str {
        match self {
            Form::Human => "The report with an excerpt of each finding",
            Form::Concise => "The report with a line for each finding",
            Form::Json => "One object a line",
            Form::Sarif => "SARIF 2.1.0",
            Form::Github => "Annotations of a GitHub workflow; the default there",
            Form::Gitlab => "GitLab's code quality report",
            Form::Junit => "JUnit XML",
        }
    }

    /// An empty report of this form.
    ///
    /// ```
    /// use artclean::check::{Form, human::Paint};
    /// let mut report = Form::Gitlab.report(Paint::Plain);
    /// let mut out = Vec::new();
    /// report.begin(&mut out)?;
    /// report.end(&mut out)?;
    /// assert_eq!(out, b"[]\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn report(self, paint: Paint) -> Box<dyn Report> {
        match self {
            Form::Human => Box::new(human::Human { paint }),
            Form::Concise => Box::new(concise::Concise),
            Form::Json => Box::new(json::Json),
            Form::Sarif => Box::new(sarif::Sarif::default()),
            Form::Github => Box::new(github::Github::default()),
            Form::Gitlab => Box::new(gitlab::Gitlab::default()),
            Form::Junit => Box::new(junit::Junit::default()),
        }
    }
}
