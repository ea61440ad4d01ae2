//! Statistics: how much was found, by rule, by charset and by file.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use super::name;
use crate::article::Finding;
use crate::rules::Rule;

/// Counts of findings, taken in one by one.
#[derive(Debug, Default)]
pub struct Statistics {
    rules: HashMap<String, usize>,
    charsets: HashMap<String, usize>,
    files: HashMap<String, usize>,
}

impl Statistics {
    /// Counts in one finding in the file at `path`.
    pub fn count(&mut self, path: &Path, finding: &Finding) {
        let mut add = |counts: fn(&mut Self) -> &mut HashMap<String, usize>, what: String| {
            *counts(self).entry(what).or_default() += 1;
        };
        add(|all| &mut all.rules, finding.rule.code().to_owned());
        add(|all| &mut all.files, name(path));
        if let Some(repair) = &finding.repair {
            add(|all| &mut all.charsets, repair.charset.clone().into_owned());
        }
    }

    /// Counts other counts in.
    pub fn add(&mut self, other: Statistics) {
        for (own, others) in [
            (&mut self.rules, other.rules),
            (&mut self.charsets, other.charsets),
            (&mut self.files, other.files),
        ] {
            for (what, count) in others {
                *own.entry(what).or_default() += count;
            }
        }
    }

    /// All that was counted.
    pub fn total(&self) -> usize {
        self.rules.values().sum()
    }

    /// Codes of rules, the one with the most first.
    pub fn rules(&self) -> Vec<(&str, usize)> {
        most_first(&self.rules)
    }

    /// Charsets that text was misread through, the one with the most first.
    pub fn charsets(&self) -> Vec<(&str, usize)> {
        most_first(&self.charsets)
    }

    /// Files as they may be shown, the one with the most first.
    pub fn files(&self) -> Vec<(&str, usize)> {
        most_first(&self.files)
    }

    /// Writes the counts as a table for people.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (code, count) in self.rules() {
            let name = Rule::from_code(code).map_or("", Rule::name);
            writeln!(out, "{count:>7}  rule     {code} {name}")?;
        }
        for (charset, count) in self.charsets() {
            writeln!(out, "{count:>7}  charset  {charset}")?;
        }
        for (file, count) in self.files() {
            writeln!(out, "{count:>7}  file     {file}")?;
        }
        writeln!(out, "{:>7}  in all", self.total())
    }
}

fn most_first(counts: &HashMap<String, usize>) -> Vec<(&str, usize)> {
    let mut counts: Vec<_> = counts
        .iter()
        .map(|(what, &count)| (what.as_str(), count))
        .collect();
    counts.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    counts
}
