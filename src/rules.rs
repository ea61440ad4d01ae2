//! The rule table: one row a rule, so that a code, its name and its explanation never drift apart.
//!
//! A code never changes its meaning. What `--explain` prints lives beside the code in
//! `src/data/rules/`, one Markdown file a rule: what it finds, why it matters, an example, and how
//! to allow it.

use std::fmt;

macro_rules! rules {
    ($($code:ident $name:literal $summary:literal;)*) => {
        /// What an [`Edit`](crate::Edit) is about: a stable code with a name and an explanation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $summary] $code,)*
        }

        impl Rule {
            /// Every rule there is, in the order of the codes.
            pub const ALL: &'static [Rule] = &[$(Rule::$code,)*];

            /// The stable code, such as `E101`.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$code => stringify!($code),)* }
            }

            /// The name, such as `mojibake`; for the `B` family it is the kind of boilerplate.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$code => $name,)* }
            }

            /// One sentence that says what the rule finds.
            pub fn summary(self) -> &'static str {
                match self { $(Rule::$code => $summary,)* }
            }

            /// What `--explain` prints: what it finds, why it matters, an example, how to allow it.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Rule::$code => include_str!(concat!("data/rules/", stringify!($code), ".md")),)*
                }
            }
        }
    };
}

rules! {
    E101 "mojibake" "UTF-8 that was read as another charset, with every byte still there: the repair is proven.";
    E102 "mojibake-inferred" "UTF-8 that was read as another charset and lost bytes: the repair is inferred from what is left.";
    E103 "wrong-charset" "One legacy charset that was read as another.";
    E104 "not-utf8" "Bytes that are not UTF-8 in a document that otherwise is, or in a legacy charset.";
    E105 "c1-control" "A C1 control character where a windows-1252 character was meant.";
    E106 "entity-mojibake" "HTML entities or escapes that hide mojibake.";
    E107 "surrogate" "A surrogate escape, or a pair of surrogates each written as a character.";
    E108 "stray-bom" "A byte order mark inside the text.";
    E901 "replacement-character" "U+FFFD: a byte was lost and cannot be inferred.";
    E902 "question-mark" "A question mark where a letter or sign was.";
    E903 "too-damaged" "Mojibake too damaged to be repaired.";
    U301 "not-nfc" "Text that is not in Unicode normalization form C.";
    U302 "invisible" "An invisible or steering character that carries no meaning in prose.";
    U303 "control" "A control character.";
    U304 "bom" "A byte order mark at the start of UTF-8 text.";
    B201 "related" "A label such as \"Also Read\" and the headlines under or beside it.";
    B202 "read-more" "A prompt to read on elsewhere.";
    B203 "share" "A prompt to share the article.";
    B204 "follow" "A prompt to follow the newspaper or its author.";
    B205 "newsletter" "A prompt to sign up for a newsletter.";
    B206 "subscription" "A prompt to subscribe, or a paywall's notice.";
    B207 "app" "A prompt to download an app.";
    B208 "advertisement" "A label of an advertisement, or the advertisement.";
    B209 "comments" "A prompt to comment, or a count of comments.";
    B210 "tags" "A list of tags, topics or sections.";
    B211 "copyright" "A copyright line.";
    B212 "disclaimer" "A disclaimer, an affiliate notice or a syndication note.";
    B213 "credit" "A credit of a photo, an agency or a reporter.";
    B214 "caption" "A caption of a picture or a video.";
    B215 "byline" "The line that names the author.";
    B216 "dateline" "The place and date an article opens with.";
    B217 "timestamp" "A time stamp or a reading time.";
    B218 "navigation" "A piece of navigation: a breadcrumb, a menu, \"back to top\".";
    B219 "player" "A label of an audio or video player.";
    B220 "cookie" "A cookie or consent notice.";
    B221 "site-line" "A line that the site's profile says recurs across its articles.";
    W401 "trailing-space" "White space at the end of a line.";
    W402 "line-end" "A line end other than a line feed.";
    W403 "blank-lines" "More than one blank line in a row, or blank lines at the start or end.";
    W404 "final-newline" "A missing final newline.";
}

impl Rule {
    /// The rule with this code, in upper or lower case.
    ///
    /// ```
    /// use artclean::Rule;
    /// assert_eq!(Rule::from_code("e101"), Some(Rule::E101));
    /// assert_eq!(Rule::from_code("E999"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Rule> {
        Rule::ALL
            .iter()
            .copied()
            .find(|rule| rule.code().eq_ignore_ascii_case(code))
    }

    /// Whether this is about encoding (`E`): what a check reports unless told otherwise.
    pub fn is_encoding(self) -> bool {
        self.code().starts_with('E')
    }

    /// Whether this is damage that no repair is known for (`E9xx`).
    pub fn is_lost(self) -> bool {
        self.code().starts_with("E9")
    }

    /// Whether this is a kind of boilerplate (`B2xx`).
    pub fn is_boilerplate(self) -> bool {
        self.code().starts_with('B')
    }
}

/// A set of rules, such as the ones that count.
///
/// ```
/// use artclean::{Rule, RuleSet};
///
/// let rules = RuleSet::default();
/// assert!(rules.contains(Rule::B201), "\"Also Read\" goes");
/// assert!(!rules.contains(Rule::B215), "the byline stays");
/// assert!(rules.with(Rule::B215).contains(Rule::B215));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSet(u64);

// A set is a bit a rule.
const _: () = assert!(Rule::ALL.len() <= u64::BITS as usize);

impl RuleSet {
    /// No rule.
    pub const NONE: RuleSet = RuleSet(0);
    /// Every rule.
    pub const ALL: RuleSet = RuleSet(u64::MAX >> (u64::BITS as usize - Rule::ALL.len()));
    /// The rules that count only when asked for: kinds of boilerplate that are part of the article
    /// for many readers.
    pub const ON_REQUEST: RuleSet = RuleSet::NONE.with(Rule::B215).with(Rule::B216);

    /// Whether `rule` is in the set.
    pub const fn contains(self, rule: Rule) -> bool {
        self.0 & bit(rule) != 0
    }

    /// The set with `rule` in it.
    #[must_use]
    pub const fn with(self, rule: Rule) -> RuleSet {
        RuleSet(self.0 | bit(rule))
    }

    /// The rules of this set that are not in `other`.
    #[must_use]
    pub const fn without(self, other: RuleSet) -> RuleSet {
        RuleSet(self.0 & !other.0)
    }

    /// The rules of both sets together.
    #[must_use]
    pub const fn union(self, other: RuleSet) -> RuleSet {
        RuleSet(self.0 | other.0)
    }

    /// The rules that a selector names: a code, or the first letters of several. `None` if there is
    /// no such rule.
    ///
    /// ```
    /// use artclean::{Rule, RuleSet};
    /// let damage = RuleSet::from_selector("E1").unwrap();
    /// assert!(damage.contains(Rule::E101) && !damage.contains(Rule::E901));
    /// assert_eq!(RuleSet::from_selector("X"), None);
    /// ```
    pub fn from_selector(selector: &str) -> Option<RuleSet> {
        let prefix = selector.to_ascii_uppercase();
        let named = Rule::ALL
            .iter()
            .filter(|rule| !prefix.is_empty() && rule.code().starts_with(&prefix));
        let set: RuleSet = named.copied().collect();
        (set != RuleSet::NONE).then_some(set)
    }
}

const fn bit(rule: Rule) -> u64 {
    1 << rule as u32
}

impl Default for RuleSet {
    fn default() -> Self {
        RuleSet::ALL.without(RuleSet::ON_REQUEST)
    }
}

impl FromIterator<Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        rules.into_iter().fold(RuleSet::NONE, RuleSet::with)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
