//! Edits: every change artclean makes is one [`Edit`], so that checking lists them, cleaning applies
//! them and a diff prints them, with no second code path.
//!
//! A step proposes edits against the text it read. A [`Draft`] applies them and remembers which
//! stretches of the current text stand where in the first one, so that after any number of steps an
//! edit still points into the input.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::allow::Allow;
use crate::lines::Lines;
use crate::reader::repair::Step;
use crate::rules::Rule;
use crate::survey::Survey;

/// How sure an edit is, which decides whether it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Nothing was lost: undoing the steps is the only reading.
    Proven,
    /// Something was lost and inferred from what stands around it; not applied under `strict`.
    Inferred,
    /// Nothing can be put there with reason: reported, never applied.
    Lost,
}

/// One change to the text a step read, or one piece of damage it could only report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What the edit is about.
    pub rule: Rule,
    /// The bytes of the text that it replaces.
    pub span: Range<usize>,
    /// What stands there afterwards; the same text as before where the damage is only reported.
    pub after: String,
    /// Whether the edit is applied.
    pub certainty: Certainty,
    /// How a repair was found: which charset, and the steps that replay it; one that many edits share. `None`
    /// for other edits.
    pub repair: Option<Arc<Repair>>,
}

impl Edit {
    /// An edit that puts `after` in place of the bytes at `span`, nothing about it in doubt.
    pub fn replace(rule: Rule, span: Range<usize>, after: impl Into<String>) -> Edit {
        Edit {
            rule,
            span,
            after: after.into(),
            certainty: Certainty::Proven,
            repair: None,
        }
    }

    /// An edit that takes the bytes at `span` away.
    pub fn delete(rule: Rule, span: Range<usize>) -> Edit {
        Edit::replace(rule, span, "")
    }
}

/// How mojibake is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The charset the bytes were misread through, such as `windows-874+1252`.
    pub charset: Cow<'static, str>,
    /// The steps that, applied to the text before in this order, give the text after.
    pub steps: Vec<Step>,
}

/// An edit traced back to the source of the [`Draft`] it was proposed for.
pub(crate) struct Traced<'t> {
    /// The bytes of the source it stands for.
    pub source: Range<usize>,
    /// The text it replaces, as the step read it.
    pub before: Cow<'t, str>,
    pub edit: Edit,
}

impl Traced<'_> {
    /// The same, of a text that will change.
    pub(crate) fn into_owned(self) -> Traced<'static> {
        Traced {
            source: self.source,
            before: Cow::Owned(self.before.into_owned()),
            edit: self.edit,
        }
    }
}

/// A text on its way through the steps.
pub(crate) struct Draft<'a> {
    source: &'a str,
    text: Cow<'a, str>,
    /// The survey of `text`, once a step has asked for it.
    survey: OnceCell<Survey>,
    /// Its lines, likewise.
    lines: OnceCell<Lines>,
    /// Whether all of it is allowed, likewise.
    is_allowed: OnceCell<bool>,
    /// The stretches of `text` that stand in `source` as they are, in order; what lies between two
    /// of them was edited.
    kept: Vec<Kept>,
    /// How often edits were applied.
    edition: usize,
}

/// A stretch of the current text that no edit has touched.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// Where it begins in the current text.
    at: usize,
    /// Where it begins in the source.
    from: usize,
    /// Its length in bytes, the same in both.
    len: usize,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let kept = vec![Kept {
            at: 0,
            from: 0,
            len: source.len(),
        }];
        Draft {
            source,
            text: Cow::Borrowed(source),
            survey: OnceCell::new(),
            lines: OnceCell::new(),
            is_allowed: OnceCell::new(),
            kept,
            edition: 0,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How often edits were applied: while it is the same, so is the text.
    pub(crate) fn edition(&self) -> usize {
        self.edition
    }

    /// What there is to look at in the text.
    pub(crate) fn survey(&self) -> &Survey {
        self.survey.get_or_init(|| Survey::of(&self.text))
    }

    /// Whether there are no more places to look at than `most`; if so the survey is known then.
    pub(crate) fn has_few(&self, most: usize) -> bool {
        if let Some(survey) = self.survey.get() {
            return survey.places() <= most;
        }
        let few = Survey::of_few(&self.text, most);
        few.is_some_and(|survey| self.survey.set(survey).is_ok())
    }

    /// Where its lines end.
    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    /// Where its lines end, if a step has asked.
    pub(crate) fn known_lines(&self) -> Option<&Lines> {
        self.lines.get()
    }

    /// Whether nothing in the text can be damage to be repaired, since `allow` says so.
    pub(crate) fn is_allowed(&self, allow: &Allow) -> bool {
        *self
            .is_allowed
            .get_or_init(|| allow.allows_all_of(&self.text))
    }

    /// Whether any edit was applied.
    pub(crate) fn is_changed(&self) -> bool {
        self.edition > 0
    }

    /// The text, if any edit was applied.
    pub(crate) fn into_changed(self) -> Option<String> {
        match self.text {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        }
    }

    /// An edit of the current text, with where that stands in the source.
    pub(crate) fn trace(&self, edit: Edit) -> Traced<'_> {
        Traced {
            source: self.source_span(&edit.span),
            before: Cow::Borrowed(&self.text[edit.span.clone()]),
            edit,
        }
    }

    /// Where a span of the current text stands in the source. A span that begins or ends inside an
    /// edited stretch takes the whole of that stretch in.
    fn source_span(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.source_start(span.start);
        start..self.source_end(span.end).max(start)
    }

    fn source_start(&self, at: usize) -> usize {
        let next = self.kept.partition_point(|kept| kept.at <= at);
        match next.checked_sub(1).map(|i| self.kept[i]) {
            Some(kept) => kept.from + (at - kept.at).min(kept.len),
            None => 0,
        }
    }

    fn source_end(&self, at: usize) -> usize {
        let next = self.kept.partition_point(|kept| kept.at + kept.len < at);
        match self.kept.get(next) {
            Some(kept) => kept.from + at.saturating_sub(kept.at),
            None => self.source.len(),
        }
    }

    /// Applies edits that are in order and do not overlap, and tells each as it is.
    pub(crate) fn apply(&mut self, edits: Vec<Edit>, mut tell: impl FnMut(Traced<'_>)) {
        if edits.is_empty() {
            return;
        }
        let old = &self.text;
        let mut text = String::with_capacity(old.len());
        let mut kept = Vec::with_capacity(self.kept.len() + edits.len());
        let mut stretches = self.kept.iter().copied().peekable();
        let mut copied = 0;
        let changes: Vec<(Range<usize>, usize)> = edits
            .iter()
            .map(|edit| (edit.span.clone(), edit.after.len()))
            .collect();
        for edit in edits {
            debug_assert!(copied <= edit.span.start, "edits overlap: {edit:?}");
            copy(
                old,
                copied..edit.span.start,
                &mut text,
                &mut stretches,
                &mut kept,
            );
            text.push_str(&edit.after);
            copied = edit.span.end;
            tell(self.trace(edit));
        }
        copy(old, copied..old.len(), &mut text, &mut stretches, &mut kept);
        if let Some(survey) = self.survey.take() {
            self.survey = OnceCell::from(survey.edited(&text, &changes));
        }
        self.text = Cow::Owned(text);
        self.lines = OnceCell::new();
        self.is_allowed = OnceCell::new();
        self.kept = kept;
        self.edition += 1;
    }
}

/// Copies `range` of `old` to the end of `text`, and the parts of the kept stretches in it to `kept`.
fn copy(
    old: &str,
    range: Range<usize>,
    text: &mut String,
    stretches: &mut std::iter::Peekable<impl Iterator<Item = Kept>>,
    kept: &mut Vec<Kept>,
) {
    while let Some(&stretch) = stretches.peek() {
        let (start, end) = (
            stretch.at.max(range.start),
            (stretch.at + stretch.len).min(range.end),
        );
        if start < end {
            let at = text.len() + (start - range.start);
            kept.push(Kept {
                at,
                from: stretch.from + (start - stretch.at),
                len: end - start,
            });
        }
        // A stretch that reaches past the range is looked at again for the next range.
        if stretch.at + stretch.len > range.end {
            break;
        }
        stretches.next();
    }
    text.push_str(&old[range]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(span: Range<usize>, after: &str) -> Edit {
        Edit::replace(Rule::W401, span, after)
    }

    #[test]
    fn edits_point_into_the_source_after_any_number_of_steps() {
        let mut draft = Draft::new("one two three");
        draft.apply(vec![replace(0..3, "1"), replace(4..7, "twenty")], |_| ());
        assert_eq!(draft.text(), "1 twenty three");
        assert_eq!(draft.source_span(&(9..14)), 8..13);
        draft.apply(vec![replace(2..4, "")], |_| ());
        assert_eq!(draft.text(), "1 enty three");
        assert_eq!(draft.source_span(&(7..12)), 8..13);
        assert_eq!(
            draft.source_span(&(2..6)),
            4..7,
            "inside an edit: the whole of it"
        );
        assert_eq!(draft.source_span(&(0..12)), 0..13);
    }

    #[test]
    fn an_edit_at_either_end_keeps_its_place() {
        let mut draft = Draft::new("abc");
        draft.apply(vec![replace(0..0, "<"), replace(3..3, ">")], |_| ());
        assert_eq!(draft.text(), "<abc>");
        assert_eq!(draft.source_span(&(1..4)), 0..3);
        assert_eq!(draft.source_span(&(4..5)), 3..3);
    }
}
