//! Invisible: the characters that nobody sees.

/// Why nobody sees a character, which decides where it is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invisible {
    /// A C0 control or DELETE.
    Control,
    /// U+FEFF.
    ByteOrderMark,
    /// U+200B.
    ZeroWidthSpace,
    /// What only typesetting programs put there.
    Format,
    /// A mark, embedding or isolate that steers the direction of writing.
    Direction,
}

use Invisible::*;

/// What kind of invisible character this is, if it is one that may have to go. White space and the
/// joiners that words are spelled with are none.
pub(crate) fn invisible(c: char) -> Option<Invisible> {
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        '\0'..='\u{1F}' | '\u{7F}' => Control,
        '\u{FEFF}' => ByteOrderMark,
        '\u{200B}' => ZeroWidthSpace,
        // SOFT HYPHEN, WORD JOINER, FUNCTION APPLICATION to INVISIBLE PLUS, deprecated format
        // characters, INTERLINEAR ANNOTATION ANCHOR to TERMINATOR
        '\u{AD}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => {
            Format
        }
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Direction
        }
        _ => return None,
    })
}
