//! Formats: the shapes an input comes in. Each finds the articles in it and puts the clean text back
//! where it stood.

pub mod compression;
pub mod html;
pub mod jsonl;
pub(crate) mod surrogates;

use std::ffi::OsStr;
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
        const NAMES: [(Format, &[&str]); 3] = [
            (Format::Jsonl, &["jsonl", "ndjson"]),
            (Format::Html, &["html", "htm", "xhtml"]),
            (Format::Text, &["txt", "text", "md"]),
        ];
        let mut extension = path.extension()?;
        if is_one_of(extension, &COMPRESSED) {
            extension = Path::new(path.file_stem()?).extension()?;
        }
        let mut formats = NAMES.iter();
        let found = formats.find(|(_, names)| is_one_of(extension, names));
        found.map(|&(format, _)| format)
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
        let bare = match path.extension() {
            Some(extension) if is_one_of(extension, &COMPRESSED) => path.with_extension(""),
            _ => path.to_owned(),
        };
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

/// What the names of compressed files end with.
const COMPRESSED: [&str; 2] = ["gz", "zst"];

fn is_one_of(extension: &OsStr, names: &[&str]) -> bool {
    let mut names = names.iter();
    names.any(|name| extension.eq_ignore_ascii_case(name))
}

fn with_more(path: &Path, extension: impl AsRef<std::ffi::OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
