//! Excerpt: the suspicious passages of a text, put together, and the way back.

use std::borrow::Cow;
use std::ops::Range;

use crate::edit::Edit;

/// Passages of a text as a text of their own, each on lines of its own.
pub(crate) struct Excerpt<'t> {
    text: Cow<'t, str>,
    /// Where each passage begins in the excerpt, and where in the text.
    origins: Vec<(usize, usize)>,
    is_all: bool,
}

impl<'t> Excerpt<'t> {
    /// The passages of `text`, which are in order and do not touch.
    pub(crate) fn new(text: &'t str, passages: &[Range<usize>]) -> Excerpt<'t> {
        if let [only] = passages {
            return Excerpt {
                text: Cow::Borrowed(&text[only.clone()]),
                origins: vec![(0, only.start)],
                is_all: only.len() == text.len(),
            };
        }
        let mut excerpt = String::with_capacity(passages.iter().map(|p| p.len() + 1).sum());
        let mut origins = Vec::with_capacity(passages.len());
        for passage in passages {
            origins.push((excerpt.len(), passage.start));
            excerpt.push_str(&text[passage.clone()]);
            excerpt.push('\n');
        }
        Excerpt {
            text: Cow::Owned(excerpt),
            origins,
            is_all: false,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing of the text is left out.
    pub(crate) fn is_all(&self) -> bool {
        self.is_all
    }

    /// Edits of the excerpt as edits of the text.
    pub(crate) fn restore(&self, mut edits: Vec<Edit>) -> Vec<Edit> {
        for edit in &mut edits {
            edit.span = self.origin(&edit.span);
        }
        edits
    }

    /// The bytes of the text that some of the excerpt are.
    pub(crate) fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let after = self.origins.partition_point(|&(at, _)| at <= span.start);
        let (at, origin) = self.origins[after - 1];
        span.start - at + origin..span.end - at + origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn edits_find_their_way_back() {
        let text = "first\nsecond\nthird\nfourth";
        let passages = [6..12, 19..25];
        let excerpt = Excerpt::new(text, &passages);
        assert_eq!(excerpt.text(), "second\nfourth\n");
        let edits = vec![
            Edit::delete(Rule::E101, 0..6),
            Edit::delete(Rule::E101, 7..11),
        ];
        let spans: Vec<_> = excerpt.restore(edits).into_iter().map(|e| e.span).collect();
        assert_eq!(spans, [6..12, 19..23]);
    }
}
