//! Lines: the article's HTML → text, each heading, paragraph, list item and table row on a line of
//! its own, as the normalizer reads them.

use trafilatura::dom::{Document, NodeId};

/// The text of a piece of HTML.
pub(super) fn lines(html: &str) -> String {
    let page = Document::parse(html);
    let mut lines = Lines {
        page: &page,
        text: String::with_capacity(html.len()),
        line: String::new(),
        marker: String::new(),
        last: Kind::Start,
        current: Kind::Block,
    };
    if let Some(body) = page.body() {
        lines.walk(body);
    }
    lines.text
}

/// What a line is, which decides whether a blank line parts it from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    Block,
    Item,
    Row,
}

/// An element entered or left, on the way through the page. The walk keeps its own stack: a page can
/// be deeper than a thread's.
enum Visit {
    Enter(NodeId),
    Leave(Kind),
}

struct Lines<'p> {
    page: &'p Document,
    text: String,
    line: String,
    /// What a list item's first line begins with.
    marker: String,
    last: Kind,
    current: Kind,
}

impl Lines<'_> {
    fn walk(&mut self, root: NodeId) {
        let mut waiting = vec![Visit::Enter(root)];
        while let Some(visit) = waiting.pop() {
            let node = match visit {
                Visit::Enter(node) => node,
                Visit::Leave(around) => {
                    self.end_line();
                    self.current = around;
                    continue;
                }
            };
            if self.page.is_text(node) {
                // Line ends and tabs of the source are only spaces to a browser.
                let text = self.page.text_content(node);
                self.line.extend(text.chars().map(|c| match c {
                    '\n' | '\r' | '\t' => ' ',
                    c => c,
                }));
            } else if self.page.is_element(node) {
                self.enter(node, &mut waiting);
                let children = self.page.child_nodes(node);
                waiting.extend(children.into_iter().rev().map(Visit::Enter));
            }
        }
        self.end_line();
    }

    fn enter(&mut self, node: NodeId, waiting: &mut Vec<Visit>) {
        match self.page.tag_name(node) {
            // A line of its own, but no paragraph.
            "br" | "lb" if !self.line.trim().is_empty() => self.line.push('\n'),
            "td" | "th" if !self.line.trim().is_empty() => self.line.push('\t'),
            tag if is_block(tag) => {
                self.end_line();
                waiting.push(Visit::Leave(self.current));
                self.current = match tag {
                    "li" => {
                        self.marker = self.marker_of(node);
                        Kind::Item
                    }
                    "tr" => Kind::Row,
                    // A paragraph inside a list item is that item.
                    _ if self.current == Kind::Item && !self.marker.is_empty() => Kind::Item,
                    _ => Kind::Block,
                };
            }
            _ => {}
        }
    }

    /// A dash, or in an ordered list the item's number.
    fn marker_of(&self, item: NodeId) -> String {
        let list = self.page.parent(item);
        match list.filter(|&list| self.page.tag_name(list) == "ol") {
            Some(list) => {
                let items = self.page.children(list);
                let before = items.iter().take_while(|&&other| other != item);
                format!("{}. ", before.count() + 1)
            }
            None => "- ".to_owned(),
        }
    }

    /// Writes the line, white space as a browser shows it.
    fn end_line(&mut self) {
        let mut written = false;
        for line in self.line.split('\n').map(str::trim) {
            let cells: Vec<String> = line
                .split('\t')
                .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            let line = cells.join("\t");
            if line.trim().is_empty() {
                continue;
            }
            let close = self.last == self.current && self.current != Kind::Block;
            if !written && self.last != Kind::Start && !close {
                self.text.push('\n');
            }
            self.text.push_str(&std::mem::take(&mut self.marker));
            self.text.push_str(&line);
            self.text.push('\n');
            written = true;
            self.last = self.current;
        }
        self.line.clear();
    }
}

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_has_lines_of_its_own() {
        for (html, text) in [
            (
                "<h2>Rain</h2><p>It  rained\n all day.</p>",
                "Rain\n\nIt rained all day.\n",
            ),
            ("<p>one<br>two<br/></p><p>three</p>", "one\ntwo\n\nthree\n"),
            (
                "<p>Bring:</p><ul><li>boots<li><p>a <b>hat</b></p></ul><p>Go.</p>",
                "Bring:\n\n- boots\n- a hat\n\nGo.\n",
            ),
            ("<ol><li>in<li>out</ol>", "1. in\n2. out\n"),
            (
                "<table><tr><td>a<td>b c</tr><tr><th>d</th></tr></table>",
                "a\tb c\nd\n",
            ),
            (
                "<div><div>deep</div>loose<p>end</p></div>",
                "deep\n\nloose\n\nend\n",
            ),
            ("caf&eacute; &amp; &lt;script&gt;", "café & <script>\n"),
            ("", ""),
        ] {
            assert_eq!(lines(html), text, "{html}");
        }
    }
}
