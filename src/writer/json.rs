//! JSON: one object an article, on one line.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::escaped;
use super::visible::steers;
use crate::article::{About, Article, Finding, blocks};
use crate::edit::Certainty;
use crate::rules::Rule;

/// A path as JSON names it: `"path"` where it is UTF-8, else `"path_bytes"` in base64, since JSON
/// has no other way to hold it.
#[derive(Debug, Clone, Copy)]
pub struct JsonPath<'a>(pub &'a Path);

impl JsonPath<'_> {
    /// The bytes of the path in base64.
    pub fn in_base64(&self) -> String {
        BASE64.encode(self.0.as_os_str().as_encoded_bytes())
    }
}

impl Serialize for JsonPath<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0.to_str() {
            Some(path) => map.serialize_entry("path", path)?,
            None => map.serialize_entry("path_bytes", &self.in_base64())?,
        }
        map.end()
    }
}

/// The line of JSON for a cleaned article, without the line end.
///
/// ```
/// use artclean::{Cleaner, writer::json};
/// let article = Cleaner::default().clean_text("Rain.  \n");
/// let line = json::article(Some("a.txt".as_ref()), &article);
/// assert!(line.starts_with(r#"{"path":"a.txt","text":"Rain.\n","blocks":[{"kind":"paragraph","#));
/// ```
pub fn article(path: Option<&Path>, article: &Article<'_>) -> String {
    to_line(&ArticleJson::new(path, Some(&article.text), article))
}

/// The same for a terminal: what would steer one is escaped, which reads back the same.
///
/// ```
/// use artclean::{Cleaner, Options, Pass, writer::json};
/// let cleaner = Cleaner::new(Options { passes: vec![Pass::Whitespace], ..Options::default() });
/// let line = json::article_for_terminal(None, &cleaner.clean_text("a\u{9B}1m\n"));
/// assert!(line.starts_with(r#"{"text":"a\u009b1m\n","#));
/// ```
pub fn article_for_terminal(path: Option<&Path>, article: &Article<'_>) -> String {
    escaped::to_line(
        &ArticleJson::new(path, Some(&article.text), article),
        steers,
    )
}

/// The report on an article without its text, for a record that holds the text itself.
pub fn report(article: &Article<'_>) -> String {
    to_line(&ArticleJson::new(None, None, article))
}

/// `value` as JSON on one line that every reader of lines takes for one.
pub(crate) fn to_line(value: &impl Serialize) -> String {
    escaped::to_line(value, escaped::ends_line)
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    #[serde(flatten)]
    path: Option<JsonPath<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(flatten)]
    about: Option<AboutJson<'a>>,
    blocks: Vec<BlockJson<'a>>,
    #[serde(flatten)]
    moved: MovedJson<'a>,
    charset: &'static str,
    edits: Vec<EditJson<'a>>,
    removed: Vec<RemovedJson<'a>>,
    left: Vec<EditJson<'a>>,
    lost: usize,
}

impl<'a> ArticleJson<'a> {
    fn new(path: Option<&'a Path>, text: Option<&'a str>, article: &'a Article<'_>) -> Self {
        let left: Vec<_> = article.left().map(EditJson::new).collect();
        ArticleJson {
            path: path.map(JsonPath),
            text,
            about: article.about.as_ref().map(AboutJson::new),
            blocks: blocks(&article.text)
                .map(|block| BlockJson {
                    kind: block.kind.name(),
                    text: block.text,
                })
                .collect(),
            moved: MovedJson::new(&article.removed),
            charset: article.charset,
            edits: article
                .edits
                .iter()
                .filter(|finding| finding.applied)
                .map(EditJson::new)
                .collect(),
            removed: article.removed.iter().map(RemovedJson::new).collect(),
            lost: left.len(),
            left,
        }
    }
}

/// What a web page says about its article; a field it does not tell is left out.
#[derive(Serialize)]
struct AboutJson<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    byline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    site: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

impl<'a> AboutJson<'a> {
    fn new(about: &'a About) -> Self {
        AboutJson {
            title: &about.title,
            byline: &about.byline,
            date: &about.date,
            site: &about.site,
            language: &about.language,
        }
    }
}

/// What was taken out of the text and yet is about the article; a field without any is left out.
#[derive(Serialize)]
struct MovedJson<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bylines: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    datelines: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    captions: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<&'a str>,
}

impl<'a> MovedJson<'a> {
    fn new(removed: &'a [Finding]) -> Self {
        let texts = |kind| {
            let of_kind = removed.iter().filter(move |finding| finding.rule == kind);
            of_kind.map(|finding| finding.before.trim()).collect()
        };
        MovedJson {
            bylines: texts(Rule::B215),
            datelines: texts(Rule::B216),
            captions: texts(Rule::B214),
            credits: texts(Rule::B213),
        }
    }
}

#[derive(Serialize)]
struct BlockJson<'a> {
    kind: &'static str,
    text: &'a str,
}

/// An edit as JSON holds it; the check's JSON adds the path.
#[derive(Serialize)]
pub(crate) struct EditJson<'a> {
    rule: &'static str,
    line: usize,
    column: usize,
    span: [usize; 2],
    before: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charset: Option<&'a str>,
    proven: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<String>,
}

impl<'a> EditJson<'a> {
    pub(crate) fn new(finding: &'a Finding) -> Self {
        let repair = finding.repair.as_ref();
        EditJson {
            rule: finding.rule.code(),
            line: finding.line,
            column: finding.column,
            span: [finding.span.start, finding.span.end],
            before: &finding.before,
            after: (finding.certainty != Certainty::Lost).then_some(&finding.after),
            charset: repair.map(|repair| &*repair.charset),
            proven: finding.certainty == Certainty::Proven,
            steps: repair
                .map(|repair| repair.steps.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct RemovedJson<'a> {
    rule: &'static str,
    kind: &'static str,
    lines: [usize; 2],
    span: [usize; 2],
    text: &'a str,
}

impl<'a> RemovedJson<'a> {
    fn new(finding: &'a Finding) -> Self {
        RemovedJson {
            rule: finding.rule.code(),
            kind: finding.rule.name(),
            lines: [finding.line, finding.last_line],
            span: [finding.span.start, finding.span.end],
            text: finding.before.trim(),
        }
    }
}
