//! About: what artclean tells about itself: its rules, its settings, its man page.
//!
//! Everything is made in memory first: `clap_complete` panics when the reader of a pipe goes away.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};
use artclean::Rule;
use artclean::writer::visible::Shown;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{Args, Generated};
use crate::config;
use crate::report::name;

/// What the arguments ask about, if they ask.
///
/// # Errors
/// A rule that there is not, or settings that cannot be read.
pub fn answer(args: &Args) -> Result<Option<Vec<u8>>> {
    Ok(Some(match args {
        Args {
            explain: Some(code),
            ..
        } => explain(code)?.as_bytes().to_vec(),
        Args {
            list_rules: true, ..
        } => rules().into_bytes(),
        Args {
            show_settings: true,
            ..
        } => settings(args)?,
        Args {
            generate: Some(what),
            ..
        } => generate(*what)?,
        _ => return Ok(None),
    }))
}

/// A rule's explanation, by its code or its name.
fn explain(wanted: &str) -> Result<&'static str> {
    let by_name = || {
        let mut all = Rule::ALL.iter().copied();
        all.find(|rule| rule.name() == wanted)
    };
    match Rule::from_code(wanted).or_else(by_name) {
        Some(rule) => Ok(rule.explanation()),
        None => {
            let codes: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
            bail!("no rule is called {wanted}: there are {}", codes.join(", "));
        }
    }
}

fn rules() -> String {
    let row = |rule: &Rule| format!("{}  {:<22}  {}\n", rule.code(), rule.name(), rule.summary());
    Rule::ALL.iter().map(row).collect()
}

/// What applies here: the file's keys, with those of the command line in their place.
fn settings(args: &Args) -> Result<Vec<u8>> {
    let found = config::find(args)?;
    let from = match &found.path {
        Some(path) => format!("# from {}\n", name(path)),
        None => "# no artclean.toml here or above\n".to_owned(),
    };
    let settings = from + &toml::to_string(&found.config)?;
    let mut shown = Vec::new();
    if io::stdout().is_terminal() {
        Shown(&mut shown).write_all(settings.as_bytes())?;
    } else {
        shown.extend(settings.bytes());
    }
    Ok(shown)
}

fn generate(what: Generated) -> Result<Vec<u8>> {
    let mut command = Args::command();
    let mut made = Vec::new();
    let shell = match what {
        Generated::Man => {
            clap_mangen::Man::new(command).render(&mut made)?;
            return Ok(made);
        }
        Generated::Bash => Shell::Bash,
        Generated::Zsh => Shell::Zsh,
        Generated::Fish => Shell::Fish,
        Generated::PowerShell => Shell::PowerShell,
    };
    clap_complete::generate(shell, &mut command, "artclean", &mut made);
    Ok(made)
}
