//! Human report: where, what, what it should be, and the line with a caret under the damage.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::article::Finding;
use crate::edit::Certainty;
use crate::writer::visible::visible;

/// Code points of context shown on either side of the damage.
const CONTEXT: usize = 30;

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

/// The report of one finding. `name` is the file's name, `record` the line of a JSON Lines file the
/// text stood on, and `source` the text the finding's span points into, where it is at hand.
pub fn finding(
    name: &str,
    record: Option<usize>,
    finding: &Finding,
    source: Option<&str>,
    paint: Paint,
) -> String {
    let name = visible(name);
    let place = match record {
        Some(record) => format!(
            "{name}:{record}: line {} column {}",
            finding.line, finding.column
        ),
        None => format!("{name}:{}:{}", finding.line, finding.column),
    };
    let mut report = format!(
        "{}: {} {}\n",
        paint.sgr("1", &place),
        paint.sgr("1;31", finding.rule.code()),
        sentence(finding)
    );
    if let Some(excerpt) = source.and_then(|source| Excerpt::of(source, finding)) {
        // Writing to a String cannot fail.
        let _ = writeln!(report, "  {}", excerpt.line);
        let caret = "^".repeat(excerpt.width.max(1));
        let _ = writeln!(
            report,
            "  {}{}",
            " ".repeat(excerpt.indent),
            paint.sgr("1;31", &caret)
        );
    }
    report
}

/// What was found, in words.
pub fn sentence(finding: &Finding) -> String {
    let before = visible(&finding.before);
    let mut words = match finding.certainty {
        Certainty::Lost => format!(
            "{}: \"{before}\"",
            finding.rule.summary().trim_end_matches('.')
        ),
        _ => format!(
            "{} \"{before}\" → \"{}\"",
            finding.rule.name(),
            visible(&finding.after)
        ),
    };
    if let Some(repair) = &finding.repair {
        let certainty = if finding.certainty == Certainty::Proven {
            "proven"
        } else {
            "inferred"
        };
        let _ = write!(words, " ({}, {certainty})", repair.charset);
    }
    words
}

/// The line round a finding, with where the caret goes, in columns of a terminal.
struct Excerpt {
    line: String,
    indent: usize,
    width: usize,
}

impl Excerpt {
    fn of(source: &str, finding: &Finding) -> Option<Excerpt> {
        let damaged = source.get(finding.span.clone())?;
        let damaged = damaged.lines().next().unwrap_or_default();
        let before = source[..finding.span.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default();
        let skipped = before
            .char_indices()
            .rev()
            .nth(CONTEXT)
            .map_or(0, |(at, c)| at + c.len_utf8());
        let start = finding.span.start + damaged.len();
        let after = source[start..].lines().next().unwrap_or_default();
        let end = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        let ellipsis = |cut: bool| if cut { "…" } else { "" };
        let head = format!(
            "{}{}",
            ellipsis(skipped > 0),
            visible(&before[skipped..]).trim_start()
        );
        let middle = visible(damaged);
        let line = format!(
            "{head}{middle}{}{}",
            visible(&after[..end]),
            ellipsis(end < after.len())
        );
        Some(Excerpt {
            indent: head.width(),
            width: middle.width(),
            line,
        })
    }
}
