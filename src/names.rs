//! Names: what people call rules, kinds of boilerplate and charsets, on the command line and in
//! `artclean.toml`, and what they mean by them.

use anyhow::{Result, bail};
use artclean::{Rule, RuleSet};
use encoding_rs::Encoding;

/// The rules that a selector names.
///
/// # Errors
/// There is no such rule.
pub fn rules(selector: &str) -> Result<RuleSet> {
    match RuleSet::from_selector(selector) {
        Some(rules) => Ok(rules),
        None => bail!(
            "no rule is called {selector}: --list-rules lists the codes, such as E101, and E, U, B and W name their families"
        ),
    }
}

/// The kind of boilerplate of this name.
///
/// # Errors
/// There is no such kind.
pub fn kind(name: &str) -> Result<Rule> {
    let kinds = || {
        let all = Rule::ALL.iter().copied();
        all.filter(|rule| rule.is_boilerplate())
    };
    match kinds().find(|rule| rule.name() == name) {
        Some(rule) => Ok(rule),
        None => {
            let known: Vec<_> = kinds().map(Rule::name).collect();
            bail!(
                "no kind of boilerplate is called {name}: there are {}",
                known.join(", ")
            );
        }
    }
}

/// The charset of this label.
///
/// # Errors
/// There is no such charset.
pub fn charset(label: &str) -> Result<&'static Encoding> {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok(encoding),
        None => bail!(
            "no charset is called {label}: labels are those of the Encoding Standard, such as windows-1251 or gb18030"
        ),
    }
}
