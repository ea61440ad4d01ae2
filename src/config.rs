//! Config: `artclean.toml`, found in the working directory or the nearest folder above it.
//!
//! Its keys are the long flags, and mean what those mean; a flag on the command line takes the place of
//! its key. A key that is not known, or a name that means nothing, is an error with its line.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use artclean::{Rule, RuleSet};
use clap::ValueEnum;
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::cli::{Args, PassName};
use crate::names;

/// The name of the file.
const NAME: &str = "artclean.toml";

/// What a file says.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub select: Vec<Selector>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<Selector>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<PassOf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<PassOf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<Kind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<Kind>,
    pub strict: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<Charset>,
    /// Relative to the folder that the globs are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow_patterns: Vec<Pattern>,
    /// What goes for some files only, the later over the earlier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ForFiles>,
}

/// What goes for the files that match one of the globs.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ForFiles {
    pub globs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<Selector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<Charset>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow_patterns: Vec<Pattern>,
}

/// The settings of a run: what the file says, and the command line over it.
#[derive(Debug)]
pub struct Found {
    pub config: Config,
    /// The file, and `None` where there is none.
    pub path: Option<PathBuf>,
    /// The folder that its globs are relative to.
    pub folder: PathBuf,
    /// The folder that the globs of `exclude` are relative to.
    pub exclude_from: PathBuf,
}

/// The settings that go for a run with `args`.
///
/// # Errors
/// A file that cannot be read, or a name in it or on the command line that means nothing.
pub fn find(args: &Args) -> Result<Found> {
    let here = std::env::current_dir().context("the working directory cannot be told")?;
    let path = match &args.config {
        Some(named) => Some(named.clone()),
        None if args.no_config => None,
        None => here
            .ancestors()
            .map(|folder| folder.join(NAME))
            .find(|path| path.is_file()),
    };
    // A file that is found goes for its folder; one that is named, for where it is named.
    let folder = match &path {
        Some(path) if args.config.is_none() => path.parent().unwrap_or(&here).to_owned(),
        _ => here.clone(),
    };
    let mut config = path.as_deref().map_or(Ok(Config::default()), read)?;
    config.baseline = config.baseline.map(|baseline| folder.join(baseline));
    let exclude_from = if args.exclude.is_empty() {
        &folder
    } else {
        &here
    }
    .clone();
    config.put_over(args)?;
    Ok(Found {
        config,
        path,
        folder,
        exclude_from,
    })
}

fn read(path: &Path) -> Result<Config> {
    let name = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or("", |span| &text[..span.start]);
        let line = before.matches('\n').count() + 1;
        anyhow!("{name}:{line}: {}", error.message())
    })
}

impl Config {
    /// Puts what the command line says in the place of what the file says.
    fn put_over(&mut self, args: &Args) -> Result<()> {
        replace(&mut self.exclude, &args.exclude)?;
        replace(&mut self.select, &args.select)?;
        replace(&mut self.ignore, &args.ignore)?;
        replace(&mut self.keep, &args.keep)?;
        replace(&mut self.drop, &args.drop)?;
        if !(args.only.is_empty() && args.skip.is_empty()) {
            self.only = args.only.iter().copied().map(PassOf::from).collect();
            self.skip = args.skip.iter().copied().map(PassOf::from).collect();
        }
        self.strict |= args.strict;
        if let Some(label) = &args.charset {
            self.charset = Some(Charset::try_from(label.clone())?);
            self.files.iter_mut().for_each(|files| files.charset = None);
        }
        if let Some(baseline) = &args.baseline {
            self.baseline = Some(baseline.clone());
        }
        Ok(())
    }
}

fn replace<T>(of_file: &mut Vec<T>, of_args: &[String]) -> Result<()>
where
    T: TryFrom<String>,
    anyhow::Error: From<T::Error>,
{
    if !of_args.is_empty() {
        let meant = of_args.iter().cloned().map(T::try_from);
        *of_file = meant.collect::<Result<_, _>>()?;
    }
    Ok(())
}

/// A name in the file with what it means, so that one that means nothing is told with its line.
macro_rules! named {
    ($(#[doc = $doc:literal] $name:ident: $meant:ty = $meaning:expr;)*) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Deserialize, Serialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name {
            pub name: String,
            pub meant: $meant,
        }

        impl TryFrom<String> for $name {
            type Error = anyhow::Error;

            fn try_from(name: String) -> Result<Self> {
                let meaning: fn(&str) -> Result<$meant> = $meaning;
                Ok($name { meant: meaning(&name)?, name })
            }
        }

        impl From<$name> for String {
            fn from(named: $name) -> String {
                named.name
            }
        }
    )*};
}

named! {
    /// A rule's code, or the first letters of several.
    Selector: RuleSet = names::rules;
    /// A kind of boilerplate.
    Kind: Rule = names::kind;
    /// A charset's label.
    Charset: &'static Encoding = names::charset;
    /// A pass.
    PassOf: PassName = |name| match PassName::from_str(name, false) {
        Ok(pass) => Ok(pass),
        Err(_) => bail!("no pass is called {name}: there are repair, unicode, boilerplate, whitespace"),
    };
    /// A regular expression.
    Pattern: regex::Regex = |pattern| match regex::Regex::new(pattern) {
        Ok(regex) => Ok(regex),
        Err(error) => bail!("no regular expression: {error}"),
    };
}

impl From<PassName> for PassOf {
    fn from(meant: PassName) -> PassOf {
        let name = meant.to_possible_value();
        PassOf {
            name: name.map_or(String::new(), |value| value.get_name().to_owned()),
            meant,
        }
    }
}
