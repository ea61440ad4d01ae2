//! Human report: where, what, what it should be, how it came about, and the line with a caret under
//! the damage.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Damage, Excerpt, Report};
use crate::article::Finding;
use crate::edit::Certainty;
use crate::reader::repair::in_words;
use crate::rules::Rule;
use crate::writer::visible::visible;

/// Code points of a passage that a sentence quotes.
const LONGEST_QUOTE: usize = 80;

/// How a report is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// No colour.
    Plain,
    /// ANSI colours.
    Ansi,
}

impl Paint {
    /// `text` in the colours of the SGR parameters `sgr`, such as `1;31`.
    pub fn sgr(self, sgr: &str, text: &str) -> String {
        match self {
            Paint::Plain => text.to_owned(),
            Paint::Ansi => format!("\x1b[{sgr}m{text}\x1b[0m"),
        }
    }
}

pub(super) struct Human {
    pub paint: Paint,
}

impl Report for Human {
    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()> {
        let paint = self.paint;
        let finding = &damage.finding;
        writeln!(
            out,
            "{}: {} {}",
            paint.sgr("1", &damage.place()),
            paint.sgr("1;31", finding.rule.code()),
            sentence(finding)
        )?;
        if let Some(excerpt) = &damage.excerpt {
            self.excerpt(finding, excerpt, out)?;
        }
        Ok(())
    }
}

impl Human {
    /// The line under a gutter. Without the gutter a line of the file that begins with `::` would be
    /// a command to GitHub's runner.
    fn excerpt(&self, finding: &Finding, excerpt: &Excerpt, out: &mut dyn Write) -> io::Result<()> {
        let number = finding.line.to_string();
        let blank = " ".repeat(number.len());
        let dim = |text: &str| self.paint.sgr("2", text);
        let indent = " ".repeat(excerpt.indent);
        let caret = self.paint.sgr("1;31", &"^".repeat(excerpt.width));
        writeln!(out, "  {} {}", dim(&format!("{number} |")), excerpt.line)?;
        writeln!(out, "  {} {indent}{caret}", dim(&format!("{blank} |")))?;
        if let Some(chain) = chain(finding) {
            writeln!(out, "  {} {chain}", dim(&format!("{blank} =")))?;
        }
        Ok(())
    }
}

/// What was found, in words.
pub fn sentence(finding: &Finding) -> String {
    let before = quoted(&finding.before);
    let mut words = match finding.certainty {
        Certainty::Lost if finding.rule == Rule::E104 => {
            format!("{} {before}: no charset explains it", finding.rule.name())
        }
        Certainty::Lost => format!("{} {before}", finding.rule.summary().trim_end_matches('.')),
        _ if finding.after.is_empty() => format!("{} {before} → nothing", finding.rule.name()),
        _ => format!(
            "{} {before} → {}",
            finding.rule.name(),
            quoted(&finding.after)
        ),
    };
    if let Some(repair) = &finding.repair {
        let certainty = match finding.certainty {
            Certainty::Proven => "proven",
            Certainty::Inferred => "inferred",
            Certainty::Lost => "lost",
        };
        // Writing to a String cannot fail.
        let _ = write!(words, " ({}, {certainty})", repair.charset);
    }
    words
}

/// How the damage came about, step by step.
fn chain(finding: &Finding) -> Option<String> {
    let steps = &finding.repair.as_ref()?.steps;
    // Bytes that were never text took no way worth telling, and a long run tells nothing more.
    let short = finding.before.chars().nth(LONGEST_QUOTE).is_none();
    let told = short && finding.rule != Rule::E104;
    told.then(|| visible(&in_words(&finding.before, &finding.after, steps)).into_owned())
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((at, _)) => format!("\"{}…\"", visible(&text[..at])),
        None => format!("\"{}\"", visible(text)),
    }
}
