//! JUnit report: XML that build servers read. A file with damage is a test that failed; a run without
//! damage is one test that passed, since some servers take an empty report for a broken one.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;

use super::{Damage, Report, human, name};

/// Held back until the end: the counts stand in the first line.
#[derive(Default)]
pub(super) struct Junit {
    files: Vec<(PathBuf, Vec<Damage>)>,
}

impl Report for Junit {
    fn finding(&mut self, damage: Damage, _out: &mut dyn Write) -> io::Result<()> {
        match self.files.last_mut() {
            Some((path, of_file)) if *path == damage.path => of_file.push(damage),
            _ => self.files.push((damage.path.clone(), vec![damage])),
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (tests, failures) = (self.files.len().max(1), self.files.len());
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites {counts}>")?;
        writeln!(out, "<testsuite name=\"artclean\" {counts}>")?;
        if self.files.is_empty() {
            writeln!(
                out,
                "<testcase name=\"no encoding damage\" classname=\"artclean\"/>"
            )?;
        }
        for (path, damages) in &self.files {
            test_case(&name(path), damages, out)?;
        }
        writeln!(out, "</testsuite>\n</testsuites>")
    }
}

fn test_case(name: &str, damages: &[Damage], out: &mut dyn Write) -> io::Result<()> {
    let name = escaped(name);
    writeln!(
        out,
        "<testcase name=\"{name}\" classname=\"artclean\" file=\"{name}\">"
    )?;
    let rule = damages[0].finding.rule;
    writeln!(
        out,
        "<failure type=\"{rule}\" message=\"damage in {} place{}\">",
        damages.len(),
        if damages.len() == 1 { "" } else { "s" }
    )?;
    for damage in damages {
        let sentence = human::sentence(&damage.finding);
        let line = format!("{}: {} {sentence}", damage.place(), damage.finding.rule);
        writeln!(out, "{}", escaped(&line))?;
    }
    writeln!(out, "</failure>\n</testcase>")
}

/// Text as XML holds it, in an attribute too.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    Cow::Owned(escaped)
}
