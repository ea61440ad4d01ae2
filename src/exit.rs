//! Exit codes, turned to a number in one place.

use std::process::ExitCode;

/// How a run ended. The later outranks the earlier: trouble hides no damage, but counts more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything is clean, or was cleaned.
    #[default]
    Clean,
    /// `--check` found damage, or `--diff` a difference.
    Found,
    /// Usage, or something could not be read or written.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Found => 1,
            Outcome::Trouble => 2,
        })
    }
}
