//! Rows: valid UTF-8 beyond ASCII among bytes that are not, and whether it was meant or came about by chance.

/// Characters in a row that are valid UTF-8, of which none is ASCII, and what stands on either side.
pub(super) struct Row<'a> {
    text: &'a str,
    before: Side,
    after: Side,
}

/// What stands beside a row; a letter of ASCII makes it part of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Small,
    Capital,
    /// Any other ASCII character, or the end of the text.
    Edge,
    /// A byte that is not UTF-8.
    Stray,
}

/// How a row came to be UTF-8.
pub(super) enum Origin {
    Meant,
    Chance,
    Unknown,
}

impl Row<'_> {
    /// In legacy prose a row of bytes beyond ASCII is a word, or characters of a multi-byte charset. Now
    /// and then a part of it is valid UTF-8 by chance, hardly ever all of it; and what comes out is a
    /// letter of any script.
    pub(super) fn origin(&self) -> Origin {
        let touches = |side| self.before == side || self.after == side;
        let in_word = touches(Side::Small) || touches(Side::Capital);
        // A word of capitals may end in a capital beyond ASCII and a quotation mark.
        let ends_capitals = self.before == Side::Capital && self.after == Side::Edge;
        let is_latin = self.text.chars().all(is_latin);
        if self.text.chars().any(is_sign) {
            Origin::Meant
        } else if is_latin && in_word && (touches(Side::Stray) || ends_capitals) {
            Origin::Unknown
        } else if touches(Side::Stray) {
            Origin::Chance
        } else if is_latin && in_word || is_word(self.text) {
            Origin::Meant
        } else if self.text.chars().all(|c| c <= '\u{FF}') {
            // "à" is a word, and so may its bytes be in other charsets.
            Origin::Unknown
        } else {
            Origin::Chance
        }
    }
}

/// Quotation marks, dashes and the like, and emoji: their bytes make sense in no legacy charset.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203A}' | '\u{20AC}' | '\u{2122}' | '\u{1F000}'..='\u{1FAFF}')
}

pub(super) fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Whether this is a word of one script other than Latin: too many letters of one block for chance.
fn is_word(text: &str) -> bool {
    const LEAST: usize = 3;
    let block = |c| match u32::from(c) {
        // Those of East Asia fill many; that their bytes are in order is enough.
        0x800.. => 0x8,
        c => c >> 8,
    };
    let mut blocks = text.chars().map(block);
    let first = blocks.next();
    text.chars().count() >= LEAST && blocks.all(|block| Some(block) == first)
}

/// The rows of characters that are valid UTF-8 beyond ASCII.
pub(super) fn rows(bytes: &[u8]) -> impl Iterator<Item = Row<'_>> {
    let mut behind = Side::Edge;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let mut before = std::mem::replace(&mut behind, Side::Stray);
        let last = if chunk.invalid().is_empty() {
            Side::Edge
        } else {
            Side::Stray
        };
        // Each with the ASCII character behind it.
        chunk
            .valid()
            .split_inclusive(|c: char| c.is_ascii())
            .filter_map(move |piece| {
                let text = piece.trim_end_matches(|c: char| c.is_ascii());
                let after = piece[text.len()..].chars().next().map_or(last, side);
                let before = std::mem::replace(&mut before, after);
                (!text.is_empty()).then_some(Row {
                    text,
                    before,
                    after,
                })
            })
    })
}

fn side(c: char) -> Side {
    match c {
        'a'..='z' => Side::Small,
        'A'..='Z' => Side::Capital,
        _ => Side::Edge,
    }
}
