//! Checking: what a check makes of the damage its files hold: known or new, counted, reported.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use artclean::check::baseline::Baseline;
use artclean::check::{Damage, Form, Report, Statistics, step_summary};
use artclean::writer::replace::replace;

use crate::report::{self, places};
use crate::settings::{Known, Loudness, Mode, Settings};

/// A check on its way.
pub struct Checking<'s> {
    settings: &'s Settings,
    form: Form,
    report: Box<dyn Report>,
    baseline: Option<Baseline>,
    /// The files that were looked at.
    checked: Vec<PathBuf>,
    /// The damage that is not known.
    new: Statistics,
    known: usize,
}

impl<'s> Checking<'s> {
    /// The check that `settings` ask for, if they ask for one.
    ///
    /// # Errors
    /// A baseline that cannot be read.
    pub fn new(settings: &'s Settings) -> Result<Option<Self>> {
        let Mode::Check(form) = settings.mode else {
            return Ok(None);
        };
        Ok(Some(Checking {
            settings,
            form,
            report: form.report(settings.paint),
            baseline: baseline(&settings.known)?,
            checked: Vec::new(),
            new: Statistics::default(),
            known: 0,
        }))
    }

    /// Begins the report.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.settings.known {
            Known::Written(_) => Ok(()),
            _ => self.report.begin(out),
        }
    }

    /// Notes that a file was looked at.
    pub fn checked(&mut self, path: &Path) {
        if self.baseline.is_some() {
            self.checked.push(path.to_owned());
        }
    }

    /// Whether there is damage that is not known.
    pub fn has_new(&self) -> bool {
        self.new.total() > 0
    }

    /// Takes in what a file holds, or a part of it.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn take(&mut self, found: Vec<Damage>, out: &mut dyn Write) -> io::Result<()> {
        for damage in found {
            let is_known = match (&mut self.baseline, &self.settings.known) {
                (Some(baseline), Known::Written(_)) => {
                    baseline.knows(&damage);
                    true
                }
                (Some(baseline), _) => baseline.knows(&damage),
                (None, _) => false,
            };
            if is_known {
                self.known += 1;
                continue;
            }
            self.new.count(&damage.path, &damage.finding);
            self.report.finding(damage, out)?;
        }
        Ok(())
    }

    /// Ends the report, and tells what there is to tell beside it.
    ///
    /// # Errors
    /// Something cannot be written to.
    pub fn end(&mut self, skipped: usize, files: usize, out: &mut dyn Write) -> Result<()> {
        if let (Known::Written(path), Some(baseline)) = (&self.settings.known, &self.baseline) {
            return self.write_baseline(path, baseline);
        }
        self.report.end(out)?;
        if self.settings.statistics {
            self.statistics(out)?;
        }
        if self.form == Form::Github {
            self.step_summary()?;
        }
        if self.settings.loudness > Loudness::Quiet {
            out.flush()?;
            self.tell_obsolete();
            self.tell_summary(skipped, files);
        }
        Ok(())
    }

    /// Behind a report for people; beside one for programs, which has no place for it.
    fn statistics(&self, out: &mut dyn Write) -> Result<()> {
        if matches!(self.form, Form::Human | Form::Concise) {
            self.new.write(out)?;
        } else {
            self.new.write(&mut std::io::stderr().lock())?;
        }
        Ok(())
    }

    fn step_summary(&self) -> Result<()> {
        let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())
        else {
            return Ok(());
        };
        let summary = step_summary(&self.new);
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .and_then(|mut file| file.write_all(summary.as_bytes()))
            .with_context(|| format!("{}: cannot be written to", report::name(path.as_ref())))
    }

    fn write_baseline(&self, path: &Path, baseline: &Baseline) -> Result<()> {
        replace(path, baseline.write(&self.checked).as_bytes())
            .with_context(|| format!("{}: cannot be written", report::name(path)))?;
        if self.settings.loudness > Loudness::Quiet {
            report::tell(&format!(
                "artclean: {} of damage known from now on in {}",
                places(self.known, "place"),
                report::name(path)
            ));
        }
        Ok(())
    }

    fn tell_obsolete(&self) {
        let obsolete = self.baseline.iter();
        for (path, count) in obsolete.flat_map(|baseline| baseline.obsolete(&self.checked)) {
            report::tell(&format!(
                "artclean: {path}: {} in the baseline {} no longer there: --write-baseline drops what is obsolete",
                places(count, "place"),
                if count == 1 { "is" } else { "are" }
            ));
        }
    }

    /// Says nothing about a lone file that is clean, as a good linter does.
    fn tell_summary(&self, skipped: usize, files: usize) {
        let damaged = self.new.files().len();
        if files < 2 && damaged + skipped + self.known == 0 {
            return;
        }
        let mut summary = match self.new.total() {
            0 => format!("no damage in {}", places(files - skipped, "file")),
            total => format!(
                "{} of damage in {damaged} of {}",
                places(total, "place"),
                places(files - skipped, "file")
            ),
        };
        if self.known > 0 {
            summary.push_str(&format!("; {} known", places(self.known, "place")));
        }
        if skipped > 0 {
            summary.push_str(&format!("; {} skipped", places(skipped, "binary file")));
        }
        report::tell(&format!("artclean: {summary}"));
    }
}

fn baseline(known: &Known) -> Result<Option<Baseline>> {
    let (path, must_exist) = match known {
        Known::Nothing => return Ok(None),
        Known::Baseline(path) => (path, true),
        Known::Written(path) => (path, false),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(
            Baseline::read(folder, &text).with_context(|| report::name(path))?,
        )),
        Err(error) if !must_exist && error.kind() == std::io::ErrorKind::NotFound => {
            Ok(Some(Baseline::new(folder)))
        }
        Err(error) => Err(error).with_context(|| {
            format!(
                "{}: cannot be read as a baseline; --write-baseline makes one",
                report::name(path)
            )
        }),
    }
}
