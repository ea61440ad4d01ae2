//! Page: the text of one round, and the patches that lead from the original to it.
//!
//! Mojibake comes in layers, so repair goes in rounds, each over the text the last one left. The
//! page keeps for every changed piece where it came from and how, so that in the end each is one
//! edit of the original with the whole chain of steps.

use std::ops::Range;
use std::sync::Arc;

use super::Step;
use super::sharing::Repairs;
use crate::edit::{Certainty, Edit, Repair};
use crate::rules::Rule;

/// A change that one round found; the span is in bytes of the round's text.
#[derive(Debug, Clone)]
pub(crate) struct Patch {
    pub(crate) span: Range<usize>,
    pub(crate) after: String,
    pub(crate) rule: Rule,
    pub(crate) certainty: Certainty,
    pub(crate) repair: Arc<Repair>,
}

/// A changed piece of the page: where it stands now and in the original, and how it came about.
#[derive(Debug, Clone)]
struct Piece {
    now: Range<usize>,
    after: String,
    origin: Range<usize>,
    rule: Rule,
    certainty: Certainty,
    repair: Arc<Repair>,
}

/// The text of a round.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pieces: Vec<Piece>,
    repairs: Repairs,
}

impl Page {
    pub(crate) fn new(text: &str) -> Page {
        Page {
            text: text.to_owned(),
            pieces: Vec::new(),
            repairs: Repairs::default(),
        }
    }

    /// Applies the patches of a round, which are in order; one that overlaps the one before it is
    /// left to the next round.
    pub(crate) fn apply(&mut self, patches: Vec<Patch>) {
        if patches.is_empty() {
            return;
        }
        let patches = self.one_a_piece(patches);
        let mut text = String::with_capacity(self.text.len());
        let mut pieces = Vec::with_capacity(self.pieces.len() + patches.len());
        let mut old = std::mem::take(&mut self.pieces).into_iter().peekable();
        // Bytes of the old text already copied, and how far the original is ahead of the old text.
        let mut copied = 0;
        let mut ahead: isize = 0;
        for patch in patches {
            if patch.span.start < copied {
                continue;
            }
            // Pieces before the patch move along.
            while let Some(piece) = old.next_if(|piece| piece.now.end <= patch.span.start) {
                text.push_str(&self.text[copied..piece.now.start]);
                copied = piece.now.end;
                let start = text.len();
                text.push_str(&self.text[piece.now.clone()]);
                ahead = piece.origin.end as isize - piece.now.end as isize;
                pieces.push(Piece {
                    now: start..text.len(),
                    ..piece
                });
            }
            // Pieces that the patch touches become one with it.
            let mut joined: Vec<Piece> = Vec::new();
            let before = ahead;
            while let Some(piece) = old.next_if(|piece| piece.now.start < patch.span.end) {
                ahead = piece.origin.end as isize - piece.now.end as isize;
                joined.push(piece);
            }
            let start = joined
                .first()
                .map_or(patch.span.start, |p| p.now.start.min(patch.span.start));
            let end = joined
                .last()
                .map_or(patch.span.end, |p| p.now.end.max(patch.span.end));
            text.push_str(&self.text[copied..start]);
            let now = text.len();
            text.push_str(&self.text[start..patch.span.start]);
            text.push_str(&patch.after);
            text.push_str(&self.text[patch.span.end..end]);
            copied = end;
            let origin = start.wrapping_add_signed(before)..end.wrapping_add_signed(ahead);
            let now = now..text.len();
            pieces.push(self.join(joined, patch, start..end, now, &text, origin));
        }
        for piece in old {
            text.push_str(&self.text[copied..piece.now.start]);
            copied = piece.now.end;
            let start = text.len();
            text.push_str(&self.text[piece.now.clone()]);
            pieces.push(Piece {
                now: start..text.len(),
                ..piece
            });
        }
        text.push_str(&self.text[copied..]);
        self.text = text;
        self.pieces = pieces;
    }

    /// The patches, those that touch the same piece made one: it can be joined to one only.
    fn one_a_piece(&mut self, patches: Vec<Patch>) -> Vec<Patch> {
        if self.pieces.is_empty() {
            return patches;
        }
        let mut ones = Vec::with_capacity(patches.len());
        let mut group: Vec<Patch> = Vec::new();
        for patch in patches {
            let touched = group.last().is_some_and(|last| {
                let begun = |piece: &Piece| piece.now.start < last.span.end;
                let piece = self.pieces[..self.pieces.partition_point(begun)].last();
                last.span.end <= patch.span.start
                    && piece.is_some_and(|piece| patch.span.start < piece.now.end)
            });
            if !touched {
                ones.extend(self.one(std::mem::take(&mut group)));
            }
            group.push(patch);
        }
        ones.extend(self.one(group));
        ones
    }

    /// The patches as one of all that they span.
    fn one(&mut self, mut patches: Vec<Patch>) -> Option<Patch> {
        if patches.len() < 2 {
            return patches.pop();
        }
        let span = patches.first()?.span.start..patches.last()?.span.end;
        let (mut rule, mut certainty) = (patches[0].rule, patches[0].certainty);
        let mut charset = patches[0].repair.charset.clone();
        let mut after = String::new();
        let mut copied = span.start;
        for patch in &patches {
            after.push_str(&self.text[copied..patch.span.start]);
            after.push_str(&patch.after);
            copied = patch.span.end;
            certainty = certainty.max(patch.certainty);
            if rule == Rule::E101 {
                rule = patch.rule;
            }
            let name = &patch.repair.charset;
            if !charset.split(", ").any(|one| one == name.as_ref()) {
                charset = format!("{charset}, {name}").into();
            }
        }
        let mut steps = Vec::new();
        // From the last to the first, so that earlier parts do not move later ones.
        for patch in patches.iter().rev() {
            let part = patch.span.start - span.start..patch.span.end - span.start;
            push(&mut steps, part, span.len(), &patch.repair.steps);
        }
        Some(Patch {
            span,
            after,
            rule,
            certainty,
            repair: self.repairs.share(charset, steps),
        })
    }

    /// What the changed piece is now that this byte of the original is in.
    pub(crate) fn piece_of(&self, at: usize) -> Option<&str> {
        let before = self.pieces.partition_point(|piece| piece.origin.end <= at);
        let piece = self
            .pieces
            .get(before)
            .filter(|piece| piece.origin.start <= at);
        piece.map(|piece| piece.after.as_str())
    }

    /// The pieces as patches of the original, to be applied elsewhere.
    pub(crate) fn into_patches(self) -> Vec<Patch> {
        let pieces = self.pieces.into_iter();
        pieces
            .map(|piece| Patch {
                span: piece.origin,
                after: piece.after,
                rule: piece.rule,
                certainty: piece.certainty,
                repair: piece.repair,
            })
            .collect()
    }

    /// The edits that lead from the original to the page as it is now.
    pub(crate) fn into_edits(self) -> Vec<Edit> {
        let pieces = self.pieces.into_iter();
        pieces
            .map(|piece| Edit {
                rule: piece.rule,
                span: piece.origin,
                after: piece.after,
                certainty: piece.certainty,
                repair: Some(piece.repair),
            })
            .collect()
    }

    /// One piece of a patch and the pieces it covers: their steps first, each on its part.
    fn join(
        &mut self,
        joined: Vec<Piece>,
        patch: Patch,
        old: Range<usize>,
        now: Range<usize>,
        text: &str,
        origin: Range<usize>,
    ) -> Piece {
        let mut rule = patch.rule;
        let mut certainty = patch.certainty;
        if joined.is_empty() {
            return Piece {
                now,
                after: patch.after,
                origin,
                rule,
                certainty,
                repair: patch.repair,
            };
        }
        let mut steps = Vec::new();
        let mut charset = patch.repair.charset.clone();
        // From the last to the first, so that earlier parts do not move later ones.
        let mut inner = Vec::new();
        let mut shift = 0isize;
        for piece in &joined {
            let len = piece.origin.len();
            let start = (piece.now.start - old.start).wrapping_add_signed(shift);
            shift += len as isize - piece.now.len() as isize;
            inner.push((start..start + len, &piece.repair.steps));
            certainty = certainty.max(piece.certainty);
            if rule == Rule::E101 && piece.rule != Rule::E101 || piece.rule == Rule::E106 {
                rule = piece.rule;
            }
            if !charset.split(", ").any(|one| one == piece.repair.charset) {
                charset = format!("{}, {charset}", piece.repair.charset).into();
            }
        }
        let whole = origin.len();
        for (span, part) in inner.into_iter().rev() {
            push(&mut steps, span, whole, part);
        }
        if certainty == Certainty::Inferred && rule == Rule::E101 {
            rule = Rule::E102;
        }
        let span = patch.span.start - old.start..patch.span.end - old.start;
        push(&mut steps, span, old.len(), &patch.repair.steps);
        Piece {
            after: text[now.clone()].to_owned(),
            now,
            origin,
            rule,
            certainty,
            repair: self.repairs.share(charset, steps),
        }
    }
}

/// Adds the steps on a part of the text; on all of it they need no frame.
fn push(steps: &mut Vec<Step>, span: Range<usize>, whole: usize, part: &[Step]) {
    if span == (0..whole) {
        steps.extend_from_slice(part);
    } else {
        let steps_of_part = part.to_vec();
        steps.push(Step::Part {
            span,
            steps: steps_of_part,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(span: Range<usize>, after: &str) -> Patch {
        Patch {
            span,
            after: after.to_owned(),
            rule: Rule::E101,
            certainty: Certainty::Proven,
            repair: Arc::new(Repair {
                charset: "x".into(),
                steps: vec![Step::Write(after.to_owned())],
            }),
        }
    }

    #[test]
    fn all_patches_of_a_piece_are_applied() {
        let original = "ab--cd==ef";
        let mut page = Page::new(original);
        page.apply(vec![patch(2..8, "+cd#+")]);
        page.apply(vec![patch(2..3, "P"), patch(5..6, "Q"), patch(6..7, "R")]);
        assert_eq!(page.text, "abPcdQRef");
        let edits = page.into_edits();
        let [edit] = edits.as_slice() else {
            panic!("one edit: {edits:?}");
        };
        let steps = &edit.repair.as_ref().unwrap().steps;
        let again = crate::replay(&original[edit.span.clone()], steps);
        assert_eq!(again.as_deref(), Some("PcdQR"));
    }

    #[test]
    fn rounds_compose_into_edits_of_the_original() {
        let original = "ab--cd==ef";
        let mut page = Page::new(original);
        page.apply(vec![patch(2..4, "+"), patch(6..8, "##")]);
        assert_eq!(page.text, "ab+cd##ef");
        page.apply(vec![patch(0..1, "A"), patch(1..4, "x"), patch(8..9, "F")]);
        assert_eq!(page.text, "Axd##eF");
        let edits = page.into_edits();
        let spans: Vec<_> = edits
            .iter()
            .map(|e| (e.span.clone(), e.after.as_str()))
            .collect();
        assert_eq!(
            spans,
            [(0..1, "A"), (1..5, "x"), (6..8, "##"), (9..10, "F")]
        );
        for edit in edits {
            let steps = &edit.repair.as_ref().unwrap().steps;
            let again = crate::replay(&original[edit.span.clone()], steps);
            assert_eq!(again.as_deref(), Some(edit.after.as_str()));
        }
    }
}
