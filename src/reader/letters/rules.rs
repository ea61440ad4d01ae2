//! Rules: what can be part of a word, as it is defined. The compiler tabulates it.

/// What a character is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// No part of one.
    Edge,
    /// A small letter, one of a script without case, or a mark.
    Small,
    /// A letter with a small one that is another.
    Capital,
}

/// Letters, marks, and the joiners of Persian and Indic scripts; but the marks that select a variant go
/// with signs.
pub(crate) fn part(c: char) -> Part {
    let joins = matches!(c, '\u{200C}' | '\u{200D}');
    let selects = ('\u{FE00}'..='\u{FE0F}').contains(&c);
    let marks = || unicode_normalization::char::is_combining_mark(c) && !selects;
    if !joins && !c.is_alphabetic() && !marks() {
        Part::Edge
    } else if lower(c) == c {
        Part::Small
    } else {
        Part::Capital
    }
}

/// The small letter of a letter, the first of several.
pub(crate) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}
