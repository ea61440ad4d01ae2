//! Scope: which settings go for which file. Most files have the run's own; `artclean.toml` can say more
//! for some.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, Result};
use artclean::check::absolute;
use artclean::formats::Format;
use artclean::{Allow, Cleaner, Options, RuleSet};
use encoding_rs::Encoding;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::{ForFiles, Found, Pattern, Selector};

/// Globs as `.gitignore` has them, relative to a folder.
#[derive(Debug, Clone)]
pub struct Globs(Gitignore);

impl Globs {
    /// # Errors
    /// A glob that is none.
    pub fn new<'g>(folder: &Path, globs: impl IntoIterator<Item = &'g str>) -> Result<Globs> {
        let mut builder = GitignoreBuilder::new(folder);
        for glob in globs {
            builder
                .add_line(None, glob)
                .with_context(|| format!("the glob {glob}"))?;
        }
        Ok(Globs(builder.build()?))
    }

    /// Whether a path, or a folder it is in, matches.
    pub fn has(&self, path: &Path, is_folder: bool) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let absolute = absolute(path);
        // A match of the path itself, such as `!kept.txt`, counts before one of its folders.
        absolute
            .ancestors()
            .take_while(|folder| folder != &self.0.path())
            .map(|part| self.0.matched(part, is_folder || part != absolute))
            .find(|matched| !matched.is_none())
            .is_some_and(|matched| matched.is_ignore())
    }
}

/// What goes for some files on top of the run's settings.
#[derive(Debug)]
struct Scope {
    globs: Globs,
    ignore: RuleSet,
    charset: Option<&'static Encoding>,
    strings: Vec<String>,
    patterns: Vec<regex::Regex>,
}

/// The cleaner for each file.
#[derive(Debug)]
pub struct Scopes {
    options: Options,
    prose: Cleaner,
    code: Cleaner,
    scopes: Vec<Scope>,
}

impl Scopes {
    /// The run's own settings, and what the config says for some files on top.
    ///
    /// # Errors
    /// A glob that is none.
    pub fn new(options: Options, found: &Found) -> Result<Scopes> {
        let scope = |files: &ForFiles| {
            Ok(Scope {
                globs: Globs::new(&found.folder, files.globs.iter().map(String::as_str))?,
                ignore: union(&files.ignore),
                charset: files.charset.as_ref().map(|charset| charset.meant),
                strings: files.allow.clone(),
                patterns: patterns(&files.allow_patterns),
            })
        };
        let of = |code| {
            let allow = Allow {
                code,
                ..options.allow.clone()
            };
            Cleaner::new(Options {
                allow,
                ..options.clone()
            })
        };
        Ok(Scopes {
            scopes: found
                .config
                .files
                .iter()
                .map(scope)
                .collect::<Result<_>>()?,
            prose: of(false),
            code: of(true),
            options,
        })
    }

    /// The cleaner for the file at `path`.
    pub fn cleaner(&self, path: &Path) -> Cow<'_, Cleaner> {
        let code = is_code_like(path);
        let mut own = self
            .scopes
            .iter()
            .filter(|scope| scope.globs.has(path, false))
            .peekable();
        if own.peek().is_none() {
            return Cow::Borrowed(if code { &self.code } else { &self.prose });
        }
        let mut options = self.options.clone();
        options.allow.code = code;
        for scope in own {
            options.rules = options.rules.without(scope.ignore);
            options.charset = scope.charset.or(options.charset);
            options.allow.strings.extend(scope.strings.iter().cloned());
            options
                .allow
                .patterns
                .extend(scope.patterns.iter().cloned());
        }
        Cow::Owned(Cleaner::new(options))
    }
}

/// All the rules that the selectors name.
pub fn union(selectors: &[Selector]) -> RuleSet {
    let sets = selectors.iter().map(|selector| selector.meant);
    sets.fold(RuleSet::NONE, RuleSet::union)
}

/// The regular expressions of the patterns.
pub fn patterns(patterns: &[Pattern]) -> Vec<regex::Regex> {
    patterns
        .iter()
        .map(|pattern| pattern.meant.clone())
        .collect()
}

/// Whether a file is taken for code: any whose name does not say prose.
fn is_code_like(path: &Path) -> bool {
    const PROSE: [&str; 4] = ["txt", "text", "html", "htm"];
    path.extension().is_some_and(|extension| {
        let mut prose = PROSE.iter();
        !prose.any(|prose| extension.eq_ignore_ascii_case(prose))
            && Format::from_name(path) != Some(Format::Jsonl)
    })
}
