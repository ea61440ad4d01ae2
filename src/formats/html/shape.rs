//! Shape: how deep a page's elements nest and how many attributes its tags have, told before it is
//! parsed.
//!
//! The parser looks through all open elements at most tags, and through all attributes of a tag at each
//! of them, so that both cost the square of their number. One pass over the bytes tells the pages that
//! are made of them. It follows the parser only roughly; what it lets in is counted again in the page.

use std::ops::Range;

use super::PageError;

/// Open elements from which on a page is not parsed: four times as many as it may have when parsed,
/// since this pass knows fewer of the ways in which elements end.
const DEEPEST: usize = 4 * super::extract::DEEPEST;

/// Attributes of the tag with the most of them. The 181 pages have up to 64.
pub(super) const MOST_ATTRIBUTES: usize = 2000;

/// Refuses a page that would take the parser the square of its size.
pub(super) fn look(html: &str) -> Result<(), PageError> {
    let mut open: Vec<&[u8]> = Vec::new();
    walk(html, |tag| {
        match tag.kind {
            Kind::End => close(&mut open, tag.name),
            Kind::Start { closed } => {
                let is_leaf = is(tag.name, CHILDLESS) || is(tag.name, RAW);
                if !(is_leaf || closed && is_foreign(&open)) {
                    open.push(tag.name);
                }
            }
        }
        if open.len() > DEEPEST {
            return Err(PageError::TooDeep);
        }
        Ok(())
    })
}

/// The page without the tags that only say how text looks. Where nobody ends them they nest without end, and
/// browsers show the text all the same.
pub(super) fn without_formatting(html: &str) -> Result<String, PageError> {
    let mut kept = String::with_capacity(html.len());
    let mut behind = 0;
    walk(html, |tag| {
        if is(tag.name, FORMATTING) {
            kept.push_str(&html[behind..tag.span.start]);
            behind = tag.span.end;
        }
        Ok(())
    })?;
    kept.push_str(&html[behind..]);
    Ok(kept)
}

/// A tag of a page.
struct Tag<'h> {
    name: &'h [u8],
    kind: Kind,
    span: Range<usize>,
}

enum Kind {
    /// A start tag, and whether it closes itself.
    Start {
        closed: bool,
    },
    End,
}

/// Goes through the tags of a page.
fn walk<'h>(
    html: &'h str,
    mut each: impl FnMut(Tag<'h>) -> Result<(), PageError>,
) -> Result<(), PageError> {
    let mut rest = html.as_bytes();
    while let Some(at) = memchr::memchr(b'<', rest) {
        let start = html.len() - rest.len() + at;
        rest = &rest[at + 1..];
        match rest {
            [b'!', b'-', b'-', ..] => rest = behind(&rest[1..], b"-->"),
            [b'!' | b'?', ..] => rest = behind(rest, b">"),
            [b'/', ..] => {
                let name = name(&rest[1..]);
                rest = behind(rest, b">");
                each(Tag {
                    name,
                    kind: Kind::End,
                    span: start..html.len() - rest.len(),
                })?;
            }
            [first, ..] if first.is_ascii_alphabetic() => {
                let name = name(rest);
                let (closed, after) = read_tag(&rest[name.len()..])?;
                rest = after;
                each(Tag {
                    name,
                    kind: Kind::Start { closed },
                    span: start..html.len() - rest.len(),
                })?;
                if is(name, RAW) {
                    rest = behind_raw(rest, name);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Elements that only say how text looks, but for links.
const FORMATTING: &[&str] = &[
    "b", "big", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements without children, and those that the next of their kind ends: such stand in one another
/// only with others between them, which count.
const CHILDLESS: &[&str] = &[
    "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input",
    "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt", "rtc", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements in which nothing is a tag but their own end.
const RAW: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// Elements that no end tag of another ends.
const CLOSED: &[&str] = &["applet", "marquee", "object", "table", "template"];

/// Elements that only the end tag of another of these ends.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "listing",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "ul",
];

fn is(name: &[u8], names: &[&str]) -> bool {
    names
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other.as_bytes()))
}

/// Ends the innermost open element of this name, and all in it, if none in it keeps it open.
fn close(open: &mut Vec<&[u8]>, name: &[u8]) {
    let is_block = is(name, BLOCKS) || is(name, CLOSED);
    let keeps = |inner: &[u8]| is(inner, CLOSED) || !is_block && is(inner, BLOCKS);
    let inner = open.iter().rev();
    let ends = |inner: &&[u8]| inner.eq_ignore_ascii_case(name);
    let Some(depth) = inner.clone().position(|inner| ends(inner) || keeps(inner)) else {
        return;
    };
    let at = open.len() - 1 - depth;
    if ends(&open[at]) {
        open.truncate(at);
    }
}

/// Whether this is inside of a drawing or a formula, where a tag can close itself.
fn is_foreign(open: &[&[u8]]) -> bool {
    open.iter().rev().any(|name| is(name, &["svg", "math"]))
}

/// The name that a tag begins with.
fn name(tag: &[u8]) -> &[u8] {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let end = tag.iter().position(ends);
    &tag[..end.unwrap_or(tag.len())]
}

/// What stands behind the next end of this kind; nothing if there is none.
fn behind<'a>(rest: &'a [u8], end: &[u8]) -> &'a [u8] {
    let at = memchr::memmem::find(rest, end);
    at.map_or(&[], |at| &rest[at + end.len()..])
}

/// What stands behind an element that has no tags in it, from its end tag on.
fn behind_raw<'a>(mut rest: &'a [u8], of: &[u8]) -> &'a [u8] {
    while let Some(at) = memchr::memmem::find(rest, b"</") {
        if name(&rest[at + 2..]).eq_ignore_ascii_case(of) {
            return &rest[at..];
        }
        rest = &rest[at + 2..];
    }
    &[]
}

/// Reads a tag from behind its name: whether it ends with a slash, and what stands behind it.
fn read_tag(mut rest: &[u8]) -> Result<(bool, &[u8]), PageError> {
    for _ in 0..=MOST_ATTRIBUTES {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let Some(start) = rest.iter().position(|byte| !blank(byte)) else {
            return Ok((false, &[]));
        };
        if rest[start] == b'>' {
            return Ok((rest[..start].ends_with(b"/"), &rest[start + 1..]));
        }
        rest = behind_attribute(&rest[start..]);
    }
    Err(PageError::TooManyAttributes)
}

/// What stands behind the attribute that the rest of a tag begins with.
fn behind_attribute(rest: &[u8]) -> &[u8] {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>');
    // An equals sign at its start is part of the name.
    let name = rest.iter().skip(1).position(ends);
    let rest = rest[name.map_or(rest.len(), |end| end + 1)..].trim_ascii_start();
    let Some(value) = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else {
        return rest;
    };
    match value {
        [quote @ (b'"' | b'\''), value @ ..] => {
            memchr::memchr(*quote, value).map_or(&[], |end| &value[end + 1..])
        }
        _ => {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
            let end = value.iter().position(ends);
            &value[end.unwrap_or(value.len())..]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_the_square_of_its_size_is_refused() {
        let many = 100_000;
        for page in [
            "<div>".repeat(many),
            "<DIV class='a>b'><x></b></x><p>".repeat(many),
            "<div></b></p></table></x>".repeat(many),
            "<div/>".repeat(many),
            "<b>".repeat(many),
            "<ul><li>".repeat(many),
            "<table><tr><td>".repeat(many),
            format!(
                "<!-- </div> -->{}",
                "<i><!--</i>--><script></i></script>".repeat(many)
            ),
        ] {
            assert_eq!(look(&page), Err(PageError::TooDeep), "{:.40}", page);
        }
        for attribute in [" a", " a=b", " a='>'", "/a", " =a", " a = \"b\"c"] {
            let page = format!("<p{}", attribute.repeat(many));
            assert_eq!(
                look(&page),
                Err(PageError::TooManyAttributes),
                "{attribute}"
            );
        }
    }

    #[test]
    fn what_only_looks_deep_is_taken() {
        let many = 100_000;
        for page in [
            "<div><b>x</b></div>".repeat(many),
            "<p>one<li>two<td>three<option>four<br><img>".repeat(many),
            "<div><span><i></div>".repeat(many),
            "<b><i></b></i>".repeat(many),
            "<DIV></div ><a title='<b>'></A\n>".repeat(many),
            "<!--<b>--><!--><?x <b><script>'<b>'</script>".repeat(many),
            format!("<svg>{}</svg>", "<path d=''/><g/>".repeat(many)),
            "a < b <> </ > < ".repeat(many),
            format!("<title>{}", "<b>".repeat(many)),
            format!("<p title='{}", " a".repeat(many)),
            format!("<p {}>", " ".repeat(many)),
        ] {
            assert_eq!(look(&page), Ok(()), "{:.40}", page);
        }
    }

    #[test]
    fn formatting_goes_and_nothing_else() {
        for (page, left) in [
            ("<p>a<b class='>'>c</B >d", "<p>acd"),
            ("<base><br><u>x</u><!--<b>-->", "<base><br>x<!--<b>-->"),
            ("<script>'<b>'</script><i", "<script>'<b>'</script>"),
        ] {
            assert_eq!(without_formatting(page).as_deref(), Ok(left));
        }
    }
}
