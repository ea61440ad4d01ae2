//! Formats: the shapes an input comes in. Each finds the articles in it and puts the clean text back
//! where it stood.

pub mod jsonl;

use std::path::Path;

/// The shape of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One article, and nothing else.
    Text,
    /// JSON Lines: a record a line, the article in one of its fields.
    Jsonl,
}

impl Format {
    /// The format by the file's name, if the name tells.
    ///
    /// ```
    /// use artclean::formats::Format;
    /// assert_eq!(Format::from_name("news.jsonl".as_ref()), Some(Format::Jsonl));
    /// assert_eq!(Format::from_name("news".as_ref()), None);
    /// ```
    pub fn from_name(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "txt" | "text" | "md" => Some(Format::Text),
            _ => None,
        }
    }

    /// The format by the bytes the input begins with: a JSON object on the first line is a record.
    pub fn from_start(bytes: &[u8]) -> Format {
        let first = bytes
            .split(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default();
        match std::str::from_utf8(first) {
            Ok(line) if line.starts_with('{') && jsonl::is_object(line) => Format::Jsonl,
            _ => Format::Text,
        }
    }
}
