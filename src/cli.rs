//! The command line: its arguments and their help, nothing else.

use std::path::PathBuf;

use artclean::check::Form;
use clap::builder::PossibleValue;
use clap::{Parser, ValueEnum};

/// Clean text from scraped news: repair mojibake, strip boilerplate and white space.
///
/// Without PATH, or with "-", artclean cleans standard input to standard output.
#[derive(Debug, Parser)]
#[command(
    name = "artclean",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 clean or cleaned; 1 --check found damage, or --diff a difference; \
                  2 usage, or something could not be read or written."
)]
pub struct Args {
    /// Files or folders to clean
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Clean files in place, each all at once or not at all
    #[arg(short, long, conflicts_with_all = ["output", "check", "diff"])]
    pub write: bool,

    /// Write cleaned copies under DIR, the tree mirrored
    #[arg(short, long, value_name = "DIR", conflicts_with_all = ["check", "diff"])]
    pub output: Option<PathBuf>,

    /// Report encoding damage and write nothing; exit 1 if there is any
    #[arg(long, conflicts_with = "diff")]
    pub check: bool,

    /// Print what cleaning would do as a unified diff; exit 1 if it would do anything
    #[arg(long)]
    pub diff: bool,

    /// Print what a rule finds, why it matters, and an example
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,

    /// List the rules by code and name
    #[arg(long)]
    pub list_rules: bool,

    /// Print the settings that apply here, in the form of artclean.toml
    #[arg(long)]
    pub show_settings: bool,

    /// Print the man page, or completions for a shell
    #[arg(long, value_enum, value_name = "WHAT")]
    pub generate: Option<Generated>,

    /// Form of the output; text or json when cleaning, the others or json when checking
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,

    /// Known damage that does not fail a check
    #[arg(long, value_name = "FILE", requires = "check")]
    pub baseline: Option<PathBuf>,

    /// Make the damage found the known damage
    #[arg(
        long,
        value_name = "FILE",
        requires = "check",
        conflicts_with = "baseline"
    )]
    pub write_baseline: Option<PathBuf>,

    /// Count what was found, by rule, charset and file
    #[arg(long)]
    pub statistics: bool,

    /// Settings from FILE, not from the artclean.toml found upward from here
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// No settings from a file
    #[arg(long)]
    pub no_config: bool,

    /// Shape of the input; auto looks at the file's name, then at the bytes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub from: InputFormat,

    /// Field of a JSON Lines record that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub field: String,

    /// What that field holds; auto takes what begins with a doctype or an html element for a page
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub field_holds: FieldFormat,

    /// What becomes of a JSON Lines record that cannot be cleaned; the exit code is 2 in each case
    #[arg(long, value_enum, default_value_t, value_name = "FATE")]
    pub on_error: OnError,

    /// Run only these passes
    #[arg(
        long,
        value_name = "PASS,…",
        value_delimiter = ',',
        value_enum,
        conflicts_with = "skip"
    )]
    pub only: Vec<PassName>,

    /// Leave these passes out
    #[arg(long, value_name = "PASS,…", value_delimiter = ',', value_enum)]
    pub skip: Vec<PassName>,

    /// Rules that count, by code or the first letters of several
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Rules that do not count
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Kinds of boilerplate that stay
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// Kinds of boilerplate that go
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub drop: Vec<String>,

    /// The input is whole pages, menus and all: find the article on each first
    #[arg(long)]
    pub whole_page: bool,

    /// Count the lines that recur across the articles of one site, and write them to FILE as its profile
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write", "output", "check", "diff"])]
    pub learn: Option<PathBuf>,

    /// With --learn, the paths are profiles of the same site, whose counts are added up
    #[arg(long, requires = "learn")]
    pub merge: bool,

    /// Take away the lines that this profile of the site says recur
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,

    /// Make only repairs that are proven; report what could only be inferred
    #[arg(long)]
    pub strict: bool,

    /// Read the bytes in this charset, without guessing
    #[arg(long, value_name = "LABEL")]
    pub charset: Option<String>,

    /// Leave out files and folders that match
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Apply --exclude to files named on the command line too
    #[arg(long)]
    pub force_exclude: bool,

    /// Look into hidden files and folders
    #[arg(long)]
    pub hidden: bool,

    /// Follow symbolic links met in a folder
    #[arg(long)]
    pub follow: bool,

    /// Do not heed .gitignore and .ignore files
    #[arg(long)]
    pub no_ignore: bool,

    /// Read the paths from FILE, one a line ("-" for standard input)
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Paths in --files-from end in NUL instead of a line end
    #[arg(short = '0', requires = "files_from")]
    pub null: bool,

    /// Name that standard input goes by in reports
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    /// Write down what was done with each file, a line of JSON each
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,

    /// Skip the files that the manifest says an earlier run has done, and that are as it left them
    #[arg(long, requires = "manifest")]
    pub resume: bool,

    /// Write a page to look at: what was mended, removed and left, with samples
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Number of files cleaned at a time
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,

    /// Print errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Tell each file and each repair
    #[arg(short, long)]
    pub verbose: bool,

    /// When to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: When,

    /// When to show a progress bar
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub progress: When,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// The clean text.
    Text,
    /// A report; as JSON, of what cleaning did too.
    Report(Form),
}

impl OutputFormat {
    const ALL: [OutputFormat; 1 + Form::ALL.len()] = {
        let mut all = [OutputFormat::Text; 1 + Form::ALL.len()];
        let mut at = 0;
        while at < Form::ALL.len() {
            all[at + 1] = OutputFormat::Report(Form::ALL[at]);
            at += 1;
        }
        all
    };
}

impl ValueEnum for OutputFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            OutputFormat::Text => PossibleValue::new("text").help("The clean text"),
            OutputFormat::Report(form) => PossibleValue::new(form.name()).help(form.summary()),
        })
    }
}

/// What can be generated from the command line's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Generated {
    /// The man page
    Man,
    /// Completions for bash
    Bash,
    /// Completions for zsh
    Zsh,
    /// Completions for fish
    Fish,
    /// Completions for PowerShell
    #[value(name = "powershell")]
    PowerShell,
}

/// Shape of the input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// By the file's name, then by the bytes
    #[default]
    Auto,
    /// One article a file
    Text,
    /// JSON Lines, one article a record
    Jsonl,
    /// A web page with one article in it
    Html,
}

/// What a field of a JSON Lines record holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FieldFormat {
    /// By its start
    #[default]
    Auto,
    /// The article
    Text,
    /// A web page with the article in it
    Html,
}

/// What becomes of a record that cannot be cleaned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// It stays as it is
    #[default]
    Keep,
    /// It is left out
    Drop,
    /// The run stops, and its file is left as it is
    Stop,
}

/// A pass by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PassName {
    /// Mojibake
    Repair,
    /// Normalization form and invisible characters
    Unicode,
    /// What is not the article
    Boilerplate,
    /// Trailing white space, line ends, blank lines
    Whitespace,
}

/// When to do something that suits a terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    #[default]
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}
