//! GitLab report: a code quality artifact, a JSON array of issues.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::json;

use super::{Damage, Report, Severity, baseline, human, name, plain, to_line};

#[derive(Default)]
pub(super) struct Gitlab {
    /// How often each damage was met in each file.
    met: HashMap<String, usize>,
}

impl Report for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()> {
        let separator = if self.met.is_empty() { "\n" } else { ",\n" };
        let issue = json!({
            "description": human::sentence(&damage.finding),
            "check_name": damage.finding.rule.code(),
            "fingerprint": self.fingerprint(&damage),
            "severity": match damage.severity() {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            "location": {
                "path": name(plain(&damage.path)),
                "lines": {"begin": damage.first_line(), "end": damage.last_line()},
            },
        });
        write!(out, "{separator}{}", to_line(&issue))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}]", if self.met.is_empty() { "" } else { "\n" })
    }
}

impl Gitlab {
    /// Names an issue by the file, the rule, the damaged text, and which of those it is in the file:
    /// not by the line, so that an edit above does not make an old issue new.
    fn fingerprint(&mut self, damage: &Damage) -> String {
        let path = damage.path.as_os_str().as_encoded_bytes();
        let identity = format!(
            "{} {} {}",
            baseline::hash(path),
            damage.finding.rule,
            baseline::hash(&damage.finding.before)
        );
        let nth = self.met.entry(identity.clone()).or_default();
        *nth += 1;
        baseline::hash(format!("{identity} {nth}"))
    }
}
