//! Charset of a web page, by the rules browsers follow: a byte order mark, then what the page
//! declares in its head, then detection.
//!
//! A page often declares one charset and is in another. Where its bytes mean nothing in the declared
//! one, they are detected; where they mean something, the declaration stands, as in every browser,
//! and what it makes of them is the repair's work.
//! See <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::cleaner::Cleaner;
use crate::reader::{DecodeError, decode};

/// Bytes in which a declaration is looked for. The specification says 1,024; browsers go on to the
/// end of the head, which scripts can push out.
const LONGEST_HEAD: usize = 64 * 1024;

/// Reads a page as text. Gives the name of its charset too.
pub(crate) fn read(cleaner: &Cleaner, bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    let decode = |charset| {
        decode(bytes, charset, cleaner.options().strict)
            .map(|decoded| (decoded.text.into_owned(), decoded.charset))
    };
    if let Some(charset) = cleaner.options().charset {
        return decode(Some(charset));
    }
    if Encoding::for_bom(bytes).is_none()
        && let Some(charset) = declared(bytes)
        && let Ok(read) = decode(Some(charset))
    {
        return Ok(read);
    }
    decode(None)
}

/// The charset a page declares in its head.
///
/// ```
/// use artclean::formats::html::charset::declared;
/// let page = b"<!-- <meta charset=koi8-r> --><META content='text/html; charset=cp1251' http-equiv=Content-Type>";
/// assert_eq!(declared(page).unwrap().name(), "windows-1251");
/// assert_eq!(declared(b"<body><meta charset=koi8-r>"), None);
/// ```
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut rest = &bytes[..bytes.len().min(LONGEST_HEAD)];
    if let Some(declaration) = rest.trim_ascii_start().strip_prefix(b"<?xml") {
        let end = memchr::memchr(b'>', declaration).unwrap_or(declaration.len());
        if let Some(charset) = attributes(&declaration[..end])
            .find(|(name, _)| name == "encoding")
            .and_then(|(_, label)| for_label(&label))
        {
            return Some(charset);
        }
    }
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            rest = &rest[memchr::memmem::find(rest, b"-->")?..];
        } else if begins_tag(rest, b"script") || begins_tag(rest, b"style") {
            // What looks like a tag inside is a string of a program.
            let end = memchr::memmem::find(rest, b"</").unwrap_or(0);
            rest = &rest[end..];
        } else if begins_tag(rest, b"body") || begins_tag(rest, b"/head") {
            return None;
        } else if begins_tag(rest, b"meta") {
            let tag = &rest[4..];
            let end = end_of_tag(tag);
            if let Some(charset) = in_meta(&tag[..end]) {
                return Some(charset);
            }
            rest = &tag[end..];
        }
    }
    None
}

fn begins_tag(bytes: &[u8], name: &[u8]) -> bool {
    bytes
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
        && bytes
            .get(name.len())
            .is_none_or(|&next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
}

/// Where a tag ends; a `>` inside quotation marks does not end it.
fn end_of_tag(tag: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn in_meta(tag: &[u8]) -> Option<&'static Encoding> {
    let (mut charset, mut content, mut is_content_type) = (None, None, false);
    for (name, value) in attributes(tag) {
        match name.as_str() {
            "charset" => charset = charset.or(for_label(&value)),
            "content" => content = content.or(in_content(&value)),
            "http-equiv" => is_content_type = value.eq_ignore_ascii_case("content-type"),
            _ => {}
        }
    }
    charset.or(content.filter(|_| is_content_type))
}

/// The charset in a content type, such as `text/html; charset=utf-8`.
fn in_content(content: &str) -> Option<&'static Encoding> {
    let content = content.to_ascii_lowercase();
    let (_, label) = content.split_once("charset")?;
    let label = label.trim_start().strip_prefix('=')?.trim_start();
    let label = label.trim_start_matches(['"', '\'']);
    let end = label
        .find([';', '"', '\'', ' ', '\t', '\n', '\r'])
        .unwrap_or(label.len());
    for_label(&label[..end])
}

/// A page that declares UTF-16 in ASCII bytes is not in UTF-16: the specification takes it for UTF-8.
fn for_label(label: &str) -> Option<&'static Encoding> {
    let charset = Encoding::for_label(label.as_bytes())?;
    Some(if charset == UTF_16LE || charset == UTF_16BE {
        UTF_8
    } else {
        charset
    })
}

/// The attributes of a tag, names in lower case.
fn attributes(tag: &[u8]) -> impl Iterator<Item = (String, String)> + '_ {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/' || *byte == b'?';
        let start = rest.iter().position(|byte| !blank(byte))?;
        rest = &rest[start..];
        let end = rest
            .iter()
            .skip(1)
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/'))
            .map_or(rest.len(), |at| at + 1);
        let name = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
        rest = rest[end..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else {
            return Some((name, String::new()));
        };
        let value = value.trim_ascii_start();
        let (value, after) = match value {
            [quote @ (b'"' | b'\''), value @ ..] => {
                let end = memchr::memchr(*quote, value).unwrap_or(value.len());
                (&value[..end], value.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = value
                    .iter()
                    .position(u8::is_ascii_whitespace)
                    .unwrap_or(value.len());
                value.split_at(end)
            }
        };
        rest = after;
        Some((name, String::from_utf8_lossy(value).trim().to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_as_they_are_written() {
        for (page, name) in [
            ("<meta charset=utf-8>", Some("UTF-8")),
            (
                "<html><head><META CHARSET = \"Shift_JIS\" />",
                Some("Shift_JIS"),
            ),
            (
                "<meta name=x content='a>b'><meta charset='gbk'>",
                Some("GBK"),
            ),
            (
                "<meta http-equiv=content-type content=\"text/html;charset=iso-8859-2\">",
                Some("ISO-8859-2"),
            ),
            ("<meta name=description content=\"charset=koi8-r\">", None),
            ("<meta charset=utf-16>", Some("UTF-8")),
            ("<meta charset=klingon>", None),
            (
                "<?xml version='1.0' encoding='windows-1250'?><html>",
                Some("windows-1250"),
            ),
            (
                "<script>'<meta charset=koi8-r>'</script><meta charset=utf-8>",
                Some("UTF-8"),
            ),
            ("<!-- <meta charset=koi8-r> --><title>x</title>", None),
            ("<head></head><meta charset=koi8-r>", None),
            ("<!--", None),
            ("<meta", None),
        ] {
            let found = declared(page.as_bytes()).map(Encoding::name);
            assert_eq!(found, name, "{page}");
        }
    }

    #[test]
    fn a_mark_outranks_a_declaration_and_bytes_outrank_a_wrong_one() {
        let cleaner = Cleaner::default();
        let read = |bytes: &[u8]| read(&cleaner, bytes).unwrap().1;
        assert_eq!(read(b"\xEF\xBB\xBF<meta charset=koi8-r>"), "UTF-8");
        assert_eq!(read(b"<meta charset=koi8-r>\xC4\xC1"), "KOI8-R");
        assert_eq!(
            read("<meta charset=us-ascii>\u{2019}".as_bytes()),
            "windows-1252"
        );
        assert_ne!(
            read(b"<meta charset=utf-8>caf\xE9 noir et th\xE9 vert"),
            "UTF-8"
        );
    }
}
