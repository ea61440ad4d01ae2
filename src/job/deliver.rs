//! Deliver: a clean article, brought to where the run wants it, and told.

use std::borrow::Cow;
use std::io::{self, Write};

use artclean::check::{self, Damage, Excerpts};
use artclean::formats::compression::Compression;
use artclean::writer::visible::Shown;
use artclean::writer::{diff, json};
use artclean::{Article, Finding};

use super::{Done, Job};
use crate::exit::Outcome;
use crate::report::name;
use crate::settings::{Loudness, Mode};

/// What an article was before.
pub(super) struct Before<'b, T: Fn() -> Cow<'b, str>> {
    /// The bytes that a diff compares the clean text with.
    pub bytes: &'b [u8],
    /// The charset they are in.
    pub charset: &'static str,
    /// Their text.
    pub text: T,
    /// Whether the clean text is another file.
    pub changed: bool,
}

impl Job<'_> {
    /// Brings an article to where the run wants it.
    pub(super) fn deliver<'b>(
        &self,
        article: &Article<'_>,
        before: Before<'b, impl Fn() -> Cow<'b, str>>,
        compression: Option<Compression>,
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        done.tally.count(article, before.changed);
        self.tell(None, article, &before.text, done);
        match &self.settings.mode {
            Mode::Print => self.print(article.text.as_bytes(), out)?,
            Mode::PrintJson => {
                let to_line = if self.settings.to_terminal {
                    json::article_for_terminal
                } else {
                    json::article
                };
                writeln!(out, "{}", to_line(Some(self.source.path()), article))?;
            }
            Mode::Check(_) => self.check(None, article, before.text, done),
            // A diff is made of lines, and UTF-16 has none that `patch` would see.
            Mode::Diff if before.charset.starts_with("UTF-16") => {
                let name = name(self.source.path());
                let charset = before.charset;
                done.outcome = done.outcome.max(Outcome::Found);
                writeln!(
                    out,
                    "Binary files {name} ({charset}) and {name} (UTF-8) differ"
                )?;
            }
            Mode::Diff => self.diff(before.bytes, article.text.as_bytes(), out, done)?,
            Mode::Learn(_) => done.profile.learn(&article.text),
            Mode::Write if !before.changed => {}
            Mode::Write | Mode::Output(_) => {
                self.store(compression, done, |file| {
                    Ok(file.write_all(article.text.as_bytes())?)
                });
            }
        }
        Ok(())
    }

    /// To standard output: the bytes as they are, unless it is a terminal.
    pub(super) fn print(&self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if self.settings.to_terminal {
            Shown(out).write_all(bytes)
        } else {
            out.write_all(bytes)
        }
    }

    pub(super) fn check<'t>(
        &self,
        record: Option<usize>,
        article: &Article<'_>,
        decoded: impl FnOnce() -> Cow<'t, str>,
        done: &mut Done,
    ) {
        if !article.edits.is_empty() || !article.removed.is_empty() {
            self.found_in(record, article, &mut Excerpts::new(&decoded()), done);
        }
    }

    /// Notes down what an article held, which may be one page of a text.
    pub(super) fn found_in(
        &self,
        record: Option<usize>,
        article: &Article<'_>,
        excerpts: &mut Excerpts<'_>,
        done: &mut Done,
    ) {
        let mut found: Vec<_> = article.edits.iter().chain(&article.removed).collect();
        found.sort_by_key(|finding| (finding.line, finding.column));
        self.found(record, found, excerpts, done);
    }

    /// Notes down findings in a text, in their order in it.
    pub(super) fn found<'f>(
        &self,
        record: Option<usize>,
        findings: impl IntoIterator<Item = &'f Finding>,
        excerpts: &mut Excerpts<'_>,
        done: &mut Done,
    ) {
        done.damage
            .extend(findings.into_iter().map(|finding| Damage {
                path: self.source.path().to_owned(),
                record,
                excerpt: excerpts.of(finding),
                finding: finding.clone(),
            }));
    }

    pub(super) fn diff(
        &self,
        before: &[u8],
        after: &[u8],
        out: &mut dyn Write,
        done: &mut Done,
    ) -> io::Result<()> {
        let diff = diff::unified(&name(self.source.path()), before, after);
        if !diff.is_empty() {
            done.outcome = done.outcome.max(Outcome::Found);
        }
        self.print(&diff, out)
    }

    /// Counts what was done, and with `-v` tells it.
    pub(super) fn tell<'t>(
        &self,
        record: Option<usize>,
        article: &Article<'_>,
        before: impl Fn() -> Cow<'t, str>,
        done: &mut Done,
    ) {
        if self.settings.report.is_some() {
            done.overview
                .count(self.source.path(), record, article, before);
        }
        if self.settings.mode.checks() {
            return;
        }
        if self.settings.statistics {
            let found = article.edits.iter().chain(&article.removed);
            found.for_each(|finding| done.statistics.count(self.source.path(), finding));
        }
        if self.settings.loudness < Loudness::Verbose {
            return;
        }
        let record = record.map_or(String::new(), |record| format!(":{record}"));
        for finding in article.edits.iter().chain(&article.removed) {
            let place = format!(
                "{}{record}:{}:{}",
                name(self.source.path()),
                finding.line,
                finding.column
            );
            done.notes.push(format!(
                "{place}: {} {}",
                finding.rule,
                check::human::sentence(finding)
            ));
        }
    }
}
