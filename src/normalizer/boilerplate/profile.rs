//! A site's profile: how many of its articles each line stands in.
//!
//! No list of phrases knows every site. A line that recurs across the articles of one source is
//! that source's boilerplate, whatever it says. Counts of several runs add up to what one run over
//! all the articles would have counted, so that many machines can count their share.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::fold::folded;
use super::page::Page;
use crate::rules::Rule;

/// The articles a line must stand in to be proposed as boilerplate. On the development pages lines
/// of two articles still cost already clean text up to 0.013 F1; three are nearly harmless.
const RECURRING: u64 = 3;

/// A line longer than this, in bytes, is an article's own: it is not counted.
const LONGEST: usize = 1_500;

/// How many articles of one site each line stands in.
///
/// ```
/// use artclean::normalizer::boilerplate::Profile;
///
/// let mut profile = Profile::default();
/// for article in ["The bridge is open.\nFor the curious", "Rain again.\nFor the curious"] {
///     profile.learn(article);
/// }
/// let mut elsewhere = Profile::default();
/// elsewhere.learn("The mayor resigned.\nFOR THE CURIOUS");
/// profile.merge(&elsewhere);
///
/// assert_eq!(profile.articles(), 3);
/// assert_eq!(profile.proposed(), [("FOR THE CURIOUS", 3)]);
/// assert!(profile.recurs("for the curious"));
/// let read_again = Profile::from_toml(&profile.to_toml())?;
/// assert_eq!(read_again, profile);
/// # Ok::<(), artclean::normalizer::boilerplate::ProfileError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    articles: u64,
    /// By folded text, so that case and spacing do not part counts.
    lines: BTreeMap<String, Counted>,
}

/// A line and its count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counted {
    /// As it is written; of several spellings the first in order, whatever the order of learning.
    text: String,
    articles: u64,
}

impl Profile {
    /// Counts the lines of one article, each different line once.
    pub fn learn(&mut self, article: &str) {
        self.articles += 1;
        let page = Page::new(article);
        let mut seen = HashSet::new();
        for text in (0..page.len()).map(|line| page.content(line)) {
            if text.len() <= LONGEST {
                let key = folded(text);
                if seen.insert(key.clone()) {
                    self.count(key, text, 1);
                }
            }
        }
    }

    /// Adds the counts of another profile of the same site, learnt from other articles.
    pub fn merge(&mut self, other: &Profile) {
        self.articles += other.articles;
        for (key, line) in &other.lines {
            self.count(key.clone(), &line.text, line.articles);
        }
    }

    fn count(&mut self, key: String, text: &str, articles: u64) {
        let line = self.lines.entry(key).or_insert_with(|| Counted {
            text: text.to_owned(),
            articles: 0,
        });
        line.articles += articles;
        if text < line.text.as_str() {
            line.text = text.to_owned();
        }
    }

    /// How many articles were counted.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// The lines that stand in three or more articles, with their counts, the most frequent first.
    pub fn proposed(&self) -> Vec<(&str, u64)> {
        let mut proposed: Vec<(&str, u64)> = self
            .lines
            .values()
            .filter(|line| line.articles >= RECURRING)
            .map(|line| (line.text.as_str(), line.articles))
            .collect();
        proposed.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        proposed
    }

    /// The profile with the proposed lines only: small, for use; merge the full ones first.
    ///
    /// ```
    /// use artclean::normalizer::boilerplate::Profile;
    ///
    /// let mut profile = Profile::default();
    /// for article in ["One.\nFor the curious", "Two.\nFor the curious", "Three.\nFor the curious"] {
    ///     profile.learn(article);
    /// }
    /// let toml = profile.without_rare().to_toml();
    /// assert!(toml.contains("For the curious") && !toml.contains("Two."));
    /// ```
    pub fn without_rare(&self) -> Profile {
        let frequent = |(_, line): &(&String, &Counted)| line.articles >= RECURRING;
        let lines = self.lines.iter().filter(frequent);
        Profile {
            articles: self.articles,
            lines: lines
                .map(|(key, line)| (key.clone(), line.clone()))
                .collect(),
        }
    }

    /// Whether a line, white space trimmed, is among the proposed ones.
    pub fn recurs(&self, line: &str) -> bool {
        line.len() <= LONGEST
            && self
                .lines
                .get(&folded(line))
                .is_some_and(|line| line.articles >= RECURRING)
    }

    /// The profile as TOML, the most frequent lines first, to read, edit, keep and merge.
    pub fn to_toml(&self) -> String {
        let mut lines: Vec<TomlLine> = self
            .lines
            .values()
            .map(|line| TomlLine {
                articles: line.articles,
                text: line.text.clone(),
            })
            .collect();
        lines.sort_by(|one, other| {
            other
                .articles
                .cmp(&one.articles)
                .then(one.text.cmp(&other.text))
        });
        let file = TomlFile {
            articles: self.articles,
            line: lines,
        };
        // Numbers and strings always serialize.
        let body = toml::to_string(&file).unwrap_or_default();
        format!("# {}\n# {HEADER}\n\n{body}", Rule::B221.summary())
    }

    /// Reads what [`to_toml`](Profile::to_toml) wrote, edited or not.
    ///
    /// # Errors
    ///
    /// If the text is not TOML or has other fields than a profile.
    pub fn from_toml(toml: &str) -> Result<Profile, ProfileError> {
        let file: TomlFile =
            toml::from_str(toml).map_err(|error| ProfileError(error.to_string()))?;
        let mut profile = Profile {
            articles: file.articles,
            lines: BTreeMap::new(),
        };
        for line in file.line {
            profile.count(folded(&line.text), &line.text, line.articles);
        }
        Ok(profile)
    }
}

/// What a profile's reader should know.
const HEADER: &str =
    "Lines of three articles and more are removed; delete the ones that should stay.";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlFile {
    articles: u64,
    #[serde(default)]
    line: Vec<TomlLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlLine {
    articles: u64,
    text: String,
}

/// Why a profile could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError(String);

impl std::fmt::Display for ProfileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a site profile: {}", self.0.trim_end())
    }
}

impl std::error::Error for ProfileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_counts_equal_those_of_one_run() {
        let articles = [
            "a\nShop now\nb",
            "c\nSHOP NOW\nShop now",
            "d",
            "shop  now\ne\n\"q\" \\ é",
            "a",
        ];
        let mut whole = Profile::default();
        articles.iter().for_each(|article| whole.learn(article));
        for split in 0..=articles.len() {
            let (mut one, mut other) = (Profile::default(), Profile::default());
            articles[..split]
                .iter()
                .for_each(|article| one.learn(article));
            articles[split..]
                .iter()
                .for_each(|article| other.learn(article));
            let mut forwards = one.clone();
            forwards.merge(&other);
            other.merge(&one);
            assert_eq!(forwards, whole);
            assert_eq!(other, whole);
        }
        assert_eq!(whole.proposed(), [("SHOP NOW", 3)]);
        assert_eq!(Profile::from_toml(&whole.to_toml()), Ok(whole));
    }

    #[test]
    fn what_is_no_profile_says_so() {
        for text in [
            "articles = ",
            "articles = 1\nlines = 3",
            "[[line]]\ntext = 'a'",
        ] {
            let error = Profile::from_toml(text).unwrap_err().to_string();
            assert!(error.starts_with("not a site profile: "), "{error}");
        }
    }
}
