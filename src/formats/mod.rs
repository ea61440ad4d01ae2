//! Formats: the shapes an input comes in. Each finds the articles in it and puts the clean text back
//! where it stood.

pub mod compression;
pub mod html;
pub mod jsonl;
pub(crate) mod surrogates;

use std::path::{Path, PathBuf};

/// The shape of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One article, and nothing else.
    Text,
    /// JSON Lines: a record a line, the article in one of its fields.
    Jsonl,
    /// A web page with an article in it.
    Html,
}

impl Format {
    /// Bytes of an input's start that tell its format nearly always.
    pub const TELLING_BYTES: usize = 1024;

    /// The format by the file's name, if the name tells; what it is compressed with aside.
    ///
    /// ```
    /// use artclean::formats::Format;
    /// assert_eq!(Format::from_name("news.jsonl".as_ref()), Some(Format::Jsonl));
    /// assert_eq!(Format::from_name("news.ndjson.zst".as_ref()), Some(Format::Jsonl));
    /// assert_eq!(Format::from_name("news".as_ref()), None);
    /// ```
    pub fn from_name(path: &Path) -> Option<Format> {
        match extension(&without_compression(path))?.as_str() {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "txt" | "text" | "md" => Some(Format::Text),
            _ => None,
        }
    }

    /// The format by the bytes the input begins with: a JSON object on the first line is a record, a
    /// doctype or an `html` element a web page.
    pub fn from_start(bytes: &[u8]) -> Format {
        if jsonl::begins_with_object(bytes) {
            Format::Jsonl
        } else if html::begins_as_page(bytes) {
            Format::Html
        } else {
            Format::Text
        }
    }

    /// The name for the cleaned copy of the file at `path`, which of a web page holds the text.
    ///
    /// ```
    /// use artclean::formats::Format;
    /// let name = |path: &str| Format::Html.name_of_copy(path.as_ref());
    /// assert_eq!(name("a/b.html.gz"), std::path::Path::new("a/b.txt.gz"));
    /// assert_eq!(name("b.php"), std::path::Path::new("b.php.txt"));
    /// ```
    pub fn name_of_copy(self, path: &Path) -> PathBuf {
        if self != Format::Html {
            return path.to_owned();
        }
        let bare = without_compression(path);
        let text = if Format::from_name(&bare) == Some(Format::Html) {
            bare.with_extension("txt")
        } else {
            with_more(&bare, "txt")
        };
        match path.extension() {
            Some(compression) if bare != path => with_more(&text, compression),
            _ => text,
        }
    }
}

/// The name without `.gz` or `.zst`.
fn without_compression(path: &Path) -> PathBuf {
    match extension(path).as_deref() {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

fn with_more(path: &Path, extension: impl AsRef<std::ffi::OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
