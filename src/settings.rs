//! Settings: the arguments as they are meant.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use artclean::check::Form;
use artclean::check::human::Paint;
use artclean::formats::Format;
use artclean::normalizer::boilerplate::BoilerplateOptions;
use artclean::{Allow, Detail, Options, Pass, Rule, RuleSet};

pub use crate::cli::OnError;
use crate::cli::{Args, FieldFormat, InputFormat, OutputFormat, PassName, When};
use crate::config::{self, Config, PassOf};
use crate::learning;
use crate::own::{Own, Role};
use crate::scope::{self, Globs, Scopes};

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
    /// A report of the damage.
    Check(Form),
    /// A unified diff.
    Diff,
    /// The lines that recur across articles, to this file.
    Learn(PathBuf),
}

impl Mode {
    /// Whether files are written, so that a summary has something to tell.
    pub fn writes(&self) -> bool {
        matches!(self, Mode::Write | Mode::Output(_))
    }

    /// Whether articles are looked at only, and none comes out.
    pub fn looks(&self) -> bool {
        matches!(self, Mode::Check(_) | Mode::Learn(_))
    }

    /// Whether findings decide about the exit code.
    pub fn checks(&self) -> bool {
        matches!(self, Mode::Check(_))
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

/// The damage that does not fail a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Known {
    /// None.
    #[default]
    Nothing,
    /// What this baseline knows.
    Baseline(PathBuf),
    /// All, to be written to this baseline.
    Written(PathBuf),
}

/// The arguments as they are meant, with what `artclean.toml` says.
#[derive(Debug)]
pub struct Settings {
    pub mode: Mode,
    pub scopes: Scopes,
    pub exclude: Globs,
    /// The run's own files, which are no input: in some damage is written on purpose, and it writes others.
    pub own_files: Vec<Own>,
    pub known: Known,
    pub statistics: bool,
    /// The input's format, where it was named.
    pub from: Option<Format>,
    pub field: String,
    /// What the field holds, where it was named.
    pub field_holds: Option<Format>,
    pub on_error: OnError,
    pub manifest: Option<PathBuf>,
    /// Whether what the manifest says is done is skipped.
    pub resume: bool,
    /// Where the overview of the batch goes.
    pub report: Option<PathBuf>,
    pub jobs: usize,
    pub loudness: Loudness,
    pub paint: Paint,
    pub progress: bool,
    /// Whether standard output is a terminal, which never gets a raw control character.
    pub to_terminal: bool,
}

impl Settings {
    /// # Errors
    /// Arguments that do not go together, or name nothing there is; an `artclean.toml` likewise.
    pub fn new(args: &Args) -> Result<Settings> {
        let mode = mode(args)?;
        let found = config::find(args)?;
        let config = &found.config;
        let options = Options {
            passes: match mode {
                // What recurs is learnt from the articles as they came, damage aside.
                Mode::Learn(_) => vec![Pass::Repair, Pass::Unicode],
                _ => passes(config),
            },
            rules: rules(config, &mode),
            boilerplate: BoilerplateOptions {
                whole_page: args.whole_page,
                profile: args
                    .profile
                    .as_deref()
                    .map(learning::read)
                    .transpose()?
                    .map(Arc::new),
            },
            strict: config.strict,
            charset: config.charset.as_ref().map(|charset| charset.meant),
            allow: Allow {
                strings: config.allow.clone(),
                patterns: scope::patterns(&config.allow_patterns),
                code: false,
            },
            detail: Detail::default(),
        };
        let excluded = config.exclude.iter().map(String::as_str);
        let known = match (&args.write_baseline, &config.baseline) {
            (Some(path), _) => Known::Written(path.clone()),
            (_, Some(path)) => Known::Baseline(path.clone()),
            _ => Known::Nothing,
        };
        let own_files = [
            (found.path.as_ref(), Role::Read),
            (config.baseline.as_ref(), Role::Read),
            (args.profile.as_ref(), Role::Read),
            (args.write_baseline.as_ref(), Role::Baseline),
            (args.report.as_ref(), Role::Report),
            (args.manifest.as_ref(), Role::Manifest),
            (args.learn.as_ref(), Role::Profile),
        ];
        let own_files = own_files.into_iter();
        if args.report.is_some() && (mode.checks() || mode == Mode::Diff) {
            bail!("--report shows what cleaning did: leave --check and --diff out");
        }
        if args.resume && !mode.writes() {
            bail!("--resume goes on with a run that writes files: add --output or --write");
        }
        Ok(Settings {
            scopes: Scopes::new(options, &found)?,
            exclude: Globs::new(&found.exclude_from, excluded).context("exclude")?,
            own_files: own_files
                .filter_map(|(path, role)| Some(Own::new(path?, role)))
                .collect(),
            known,
            statistics: args.statistics,
            from: match args.from {
                InputFormat::Auto => None,
                InputFormat::Text => Some(Format::Text),
                InputFormat::Jsonl => Some(Format::Jsonl),
                InputFormat::Html => Some(Format::Html),
            },
            field: args.field.clone(),
            field_holds: match args.field_holds {
                FieldFormat::Auto => None,
                FieldFormat::Text => Some(Format::Text),
                FieldFormat::Html => Some(Format::Html),
            },
            on_error: args.on_error,
            manifest: args.manifest.clone(),
            resume: args.resume,
            report: args.report.clone(),
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

/// Threads that are started at most. Those without work wait in turns: of two files, a thousand threads make a
/// matter of three seconds, four thousand one of forty.
const MOST_THREADS: usize = 256;

impl Settings {
    /// How many threads there are to clean with. They are started when this is first asked, since a
    /// pipe needs none.
    pub fn threads(&self) -> usize {
        static START: std::sync::Once = std::sync::Once::new();
        START.call_once(|| {
            // Where no more threads are to be had, the work is done by those there are.
            let threads = self.jobs.min(MOST_THREADS);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let _ = pool.build_global();
        });
        rayon::current_num_threads()
    }
}

fn mode(args: &Args) -> Result<Mode> {
    let json = args.format == Some(OutputFormat::Report(Form::Json));
    let mode = match args {
        Args { write: true, .. } => Mode::Write,
        Args {
            output: Some(folder),
            ..
        } => Mode::Output(folder.clone()),
        Args { diff: true, .. } => Mode::Diff,
        Args {
            learn: Some(profile),
            ..
        } => Mode::Learn(profile.clone()),
        Args { check: true, .. } => Mode::Check(form(args.format)?),
        _ if json => Mode::PrintJson,
        _ => Mode::Print,
    };
    match (args.format, &mode) {
        (None | Some(OutputFormat::Text), _) | (_, Mode::Check(_) | Mode::PrintJson) => Ok(mode),
        (Some(OutputFormat::Report(Form::Json)), _) => {
            bail!("--format json goes to standard output: leave --write, --output and --diff out")
        }
        _ => bail!("this --format is one of a report: add --check"),
    }
}

/// The form of the report; in a GitHub workflow the one it shows on the pull request.
fn form(format: Option<OutputFormat>) -> Result<Form> {
    Ok(match format {
        None if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") => {
            Form::Github
        }
        None => Form::Human,
        Some(OutputFormat::Report(form)) => form,
        Some(OutputFormat::Text) => bail!("--check reports as human or json, not as text"),
    })
}

fn passes(config: &Config) -> Vec<Pass> {
    let pass = |named: &PassOf| match named.meant {
        PassName::Repair => Pass::Repair,
        PassName::Unicode => Pass::Unicode,
        PassName::Boilerplate => Pass::Boilerplate,
        PassName::Whitespace => Pass::Whitespace,
    };
    let only: Vec<Pass> = config.only.iter().map(pass).collect();
    let skip: Vec<Pass> = config.skip.iter().map(pass).collect();
    Pass::ALL
        .into_iter()
        .filter(|pass| (only.is_empty() || only.contains(pass)) && !skip.contains(pass))
        .collect()
}

fn rules(config: &Config, mode: &Mode) -> RuleSet {
    let selected = match (config.select.as_slice(), mode.checks()) {
        ([], true) => {
            let all = Rule::ALL.iter().copied();
            all.filter(|rule| rule.is_encoding()).collect()
        }
        ([], false) => RuleSet::ALL,
        (select, _) => scope::union(select),
    };
    selected
        .without(scope::union(&config.ignore))
        .without(stay(config))
}

/// The kinds of boilerplate that stay: those on request and those of `--keep`, but for what `--drop`
/// says.
fn stay(config: &Config) -> RuleSet {
    let kept = config.keep.iter().map(|kind| kind.meant).collect();
    let dropped = config.drop.iter().map(|kind| kind.meant).collect();
    RuleSet::ON_REQUEST.union(kept).without(dropped)
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
