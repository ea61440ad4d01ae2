//! Settings: the arguments as they are meant.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Result, bail};
use artclean::check::human::Paint;
use artclean::formats::Format;
use artclean::normalizer::boilerplate::{BoilerplateOptions, Kinds};
use artclean::{Cleaner, Options, Pass, Rule, RuleSet};

use crate::cli::{Args, InputFormat, OutputFormat, PassName, When};

/// What a run does with each article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// The clean text to standard output.
    Print,
    /// The JSON object to standard output.
    PrintJson,
    /// In place.
    Write,
    /// A copy under this folder.
    Output(PathBuf),
    /// The report for people.
    Check,
    /// The report for programs.
    CheckJson,
    /// A unified diff.
    Diff,
}

impl Mode {
    /// Whether files are written, so that a summary has something to tell.
    pub fn writes(&self) -> bool {
        matches!(self, Mode::Write | Mode::Output(_))
    }

    /// Whether findings decide about the exit code.
    pub fn checks(&self) -> bool {
        matches!(self, Mode::Check | Mode::CheckJson)
    }
}

/// How much is told on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Errors.
    Quiet,
    /// Errors, warnings and the summary.
    Normal,
    /// Each file and each repair too.
    Verbose,
}

/// The arguments as they are meant.
#[derive(Debug)]
pub struct Settings {
    pub mode: Mode,
    pub cleaner: Cleaner,
    /// The input's format, where it was named.
    pub from: Option<Format>,
    pub field: String,
    pub jobs: usize,
    pub loudness: Loudness,
    pub paint: Paint,
    pub progress: bool,
    /// Whether standard output is a terminal, which never gets a raw control character.
    pub to_terminal: bool,
}

impl Settings {
    /// # Errors
    /// Arguments that do not go together, or name nothing there is.
    pub fn new(args: &Args) -> Result<Settings> {
        let mode = mode(args)?;
        let options = Options {
            passes: passes(args),
            rules: rules(args, &mode)?,
            boilerplate: BoilerplateOptions {
                kinds: kinds(args)?,
            },
            strict: args.strict,
            charset: args.charset.as_deref().map(charset).transpose()?,
        };
        Ok(Settings {
            cleaner: Cleaner::new(options),
            from: match args.from {
                InputFormat::Auto => None,
                InputFormat::Text => Some(Format::Text),
                InputFormat::Jsonl => Some(Format::Jsonl),
            },
            field: args.field.clone(),
            jobs: args.jobs.unwrap_or(0),
            loudness: match (args.quiet, args.verbose) {
                (true, _) => Loudness::Quiet,
                (_, true) => Loudness::Verbose,
                _ => Loudness::Normal,
            },
            paint: paint(args.color),
            progress: match args.progress {
                When::Auto => std::io::stderr().is_terminal() && !args.quiet,
                When::Always => true,
                When::Never => false,
            },
            to_terminal: std::io::stdout().is_terminal(),
            mode,
        })
    }
}

fn mode(args: &Args) -> Result<Mode> {
    let json = args.format == Some(OutputFormat::Json);
    let mode = match args {
        Args { write: true, .. } => Mode::Write,
        Args {
            output: Some(folder),
            ..
        } => Mode::Output(folder.clone()),
        Args { diff: true, .. } => Mode::Diff,
        Args { check: true, .. } if json => Mode::CheckJson,
        Args { check: true, .. } => Mode::Check,
        _ if json => Mode::PrintJson,
        _ => Mode::Print,
    };
    match (args.format, &mode) {
        (Some(OutputFormat::Human), mode) if !mode.checks() => {
            bail!("--format human goes with --check")
        }
        (Some(OutputFormat::Text), mode) if mode.checks() => {
            bail!("--check reports as human or json, not as text")
        }
        (Some(OutputFormat::Json), Mode::Write | Mode::Output(_) | Mode::Diff) => {
            bail!("--format json goes to standard output: leave --write, --output and --diff out")
        }
        _ => Ok(mode),
    }
}

fn passes(args: &Args) -> Vec<Pass> {
    let pass = |name: &PassName| match name {
        PassName::Repair => Pass::Repair,
        PassName::Unicode => Pass::Unicode,
        PassName::Boilerplate => Pass::Boilerplate,
        PassName::Whitespace => Pass::Whitespace,
    };
    let only: Vec<Pass> = args.only.iter().map(pass).collect();
    let skip: Vec<Pass> = args.skip.iter().map(pass).collect();
    Pass::ALL
        .into_iter()
        .filter(|pass| (only.is_empty() || only.contains(pass)) && !skip.contains(pass))
        .collect()
}

fn rules(args: &Args, mode: &Mode) -> Result<RuleSet> {
    let rules = match (args.select.as_slice(), mode.checks()) {
        ([], true) => selected(&["E".to_owned()])?,
        ([], false) => RuleSet::ALL,
        (select, _) => selected(select)?,
    };
    Ok(rules.without(selected(&args.ignore)?))
}

fn selected(selectors: &[String]) -> Result<RuleSet> {
    let mut rules = RuleSet::NONE;
    for selector in selectors {
        match RuleSet::from_selector(selector) {
            Some(named) => rules = rules.union(named),
            None => bail!(
                "no rule is called {selector}: --explain knows the codes, such as E101, and their families E, U, B and W"
            ),
        }
    }
    Ok(rules)
}

/// The kinds of boilerplate that go: the default ones, but for what `--keep` and `--drop` say.
fn kinds(args: &Args) -> Result<Kinds> {
    let mut kinds = Kinds::default();
    for name in &args.keep {
        kinds = kinds.without(kind(name)?);
    }
    for name in &args.drop {
        kinds = kinds.with(kind(name)?);
    }
    Ok(kinds)
}

fn kind(name: &str) -> Result<Rule> {
    let kinds = Rule::ALL
        .iter()
        .copied()
        .filter(|rule| rule.is_boilerplate());
    match kinds.clone().find(|kind| kind.name() == name) {
        Some(kind) => Ok(kind),
        None => {
            let known: Vec<_> = kinds.map(Rule::name).collect();
            bail!(
                "no kind of boilerplate is called {name}: there are {}",
                known.join(", ")
            )
        }
    }
}

fn charset(label: &str) -> Result<&'static encoding_rs::Encoding> {
    match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok(encoding),
        None => bail!(
            "no charset is called {label}: labels are those of the Encoding Standard, such as windows-1251 or gb18030"
        ),
    }
}

/// Colour as people expect: what the flag says, then NO_COLOR, CLICOLOR_FORCE, TERM=dumb, and last
/// whether there is a terminal.
fn paint(when: When) -> Paint {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = is_set("CLICOLOR_FORCE")
        && std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let coloured = match when {
        When::Always => true,
        When::Never => false,
        When::Auto if is_set("NO_COLOR") => false,
        When::Auto if forced => true,
        When::Auto => {
            std::env::var_os("TERM").is_none_or(|term| term != "dumb")
                && std::io::stdout().is_terminal()
        }
    };
    if coloured { Paint::Ansi } else { Paint::Plain }
}
