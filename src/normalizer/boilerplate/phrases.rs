//! The phrases newspapers print around their articles: the table built from `src/data/phrases/`.
//!
//! One file a language, one row a phrase: kind, anchoring, phrase. Nobody is asked for the
//! language: all rows are tried on every line, so that a row is only as safe as it is in every
//! other language; the tests look for conflicts.

use super::fold::{Folded, WINDOW, fold};
use super::prefilter::may_cue;
use crate::rules::Rule;

/// How a phrase must stand on its line to mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Anchor {
    /// It is the whole line, which is proof enough.
    Line,
    /// It is the whole line, which needs company: other boilerplate beside it, or the article's edge.
    Weak,
    /// It stands alone over headlines, or before a separator and one headline.
    Label,
    /// It stands alone over several headlines; a word as common as "Trending".
    Heading,
    /// It opens a short line that stands over headlines: "More from the north".
    Opener,
    /// It opens a prompt: "Follow us on …".
    Start,
    /// It opens a prompt or a sentence: "Follow …"; a cue further on tells.
    Lead,
    /// It tells a prompt of its kind from a sentence, wherever it stands in the line.
    Cue,
    /// It tells a prompt wherever it stands in one of the last lines.
    Inside,
    /// It closes the line: "… | Getty Images".
    End,
}

/// A row of the table.
struct Phrase {
    /// The phrase, folded; backwards if it closes a line.
    text: &'static str,
    kind: Rule,
    anchor: Anchor,
}

/// The kinds by the names that stand in the phrase files.
mod kinds {
    use crate::rules::Rule;

    macro_rules! kinds {
        ($($name:ident $rule:ident)*) => { $(#[allow(dead_code)] pub const $name: Rule = Rule::$rule;)* };
    }
    kinds! {
        RELATED B201 READ_MORE B202 SHARE B203 FOLLOW B204 NEWSLETTER B205 SUBSCRIPTION B206
        APP B207 ADVERTISEMENT B208 COMMENTS B209 TAGS B210 COPYRIGHT B211 DISCLAIMER B212
        CREDIT B213 CAPTION B214 BYLINE B215 DATELINE B216 TIMESTAMP B217 NAVIGATION B218
        PLAYER B219 COOKIE B220
    }
}

// Built by build.rs: AT_START, AT_END and ANYWHERE, sorted by text; the bitmaps STARTS,
// ENDS and CUES.
mod table {
    use super::{Anchor, Phrase, kinds};
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
    pub(super) const TABLES: [&[Phrase]; 3] = [AT_START, AT_END, ANYWHERE];
    pub(super) const BITMAPS: [&[u64]; 3] = [STARTS, ENDS, CUES];
}

/// The bitmap of the starts of all phrases that open a line.
pub const START_BITS: &[u64] = table::BITMAPS[0];
/// The bitmap of the ends of all phrases that close a line.
pub const END_BITS: &[u64] = table::BITMAPS[1];
/// The bitmap of the starts of all phrases that stand anywhere in a line.
pub const ANYWHERE_BITS: &[u64] = table::BITMAPS[2];

/// A phrase found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The kind of boilerplate.
    pub kind: Rule,
    /// How it must stand.
    pub anchor: Anchor,
    /// How many folded characters it has.
    pub chars: usize,
    /// Whether it has several words.
    pub wordy: bool,
}

/// The phrases the folded line starts with, the longest ones first.
pub fn starting(line: &Folded) -> Vec<Found> {
    matching(table::TABLES[0], line, 0)
}

/// The phrases the folded line ends with, given its characters backwards, the longest ones first.
pub fn ending(backwards: &Folded) -> Vec<Found> {
    matching(table::TABLES[1], backwards, 0)
}

/// The cues and tell-tale phrases anywhere in a text.
pub fn within(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = is_unparted(c) || !(before.is_alphanumeric() && c.is_alphanumeric());
        if starts && may_cue(&text[at..]) {
            let window = fold(&text[at..], WINDOW);
            found.extend(matching(table::TABLES[2], &window, 0));
        }
        before = c;
    }
    found
}

/// The rows whose text stands in the line from `from` on.
///
/// The table is sorted, so that the rows that share the line's first characters are a range, which
/// narrows character by character; a row that ends where the range has come to is found.
fn matching(table: &[Phrase], line: &Folded, from: usize) -> Vec<Found> {
    let chars = &line.chars[from..];
    let capitals = &line.capitals[from..];
    let mut found = Vec::new();
    let mut rows = table;
    let mut bytes = 0;
    for (count, &c) in chars.iter().enumerate() {
        let next = |row: &Phrase| row.text[bytes..].chars().next();
        let first = rows.partition_point(|row| next(row) < Some(c));
        let last = rows.partition_point(|row| next(row) <= Some(c));
        rows = &rows[first..last];
        bytes += c.len_utf8();
        let letters = &chars[..count + 1];
        let whole_word = ends_a_word(letters, &chars[count + 1..]) || is_hump(capitals, count + 1);
        let ended = rows.iter().take_while(|row| row.text.len() == bytes);
        found.extend(ended.filter(|_| whole_word).map(|row| Found {
            kind: row.kind,
            anchor: row.anchor,
            chars: count + 1,
            wordy: is_wordy(letters),
        }));
        if rows.is_empty() {
            break;
        }
    }
    found.reverse();
    found
}

/// Whether a phrase has several words: a space in it, or four characters of a script without spaces.
fn is_wordy(letters: &[char]) -> bool {
    letters.contains(&' ') || (letters.len() >= 4 && letters.iter().all(|&c| is_unparted(c)))
}

/// Whether a word ends between the phrase and what follows it, in scripts that part words; an
/// apostrophe inside a word ("editor's") does not end it.
fn ends_a_word(phrase: &[char], after: &[char]) -> bool {
    let Some(&next) = after.first() else {
        return true;
    };
    let Some(&last) = phrase.last() else {
        return true;
    };
    let inside = next == '\'' && after.get(1).is_some_and(|c| c.is_alphanumeric());
    !(last.is_alphanumeric() && (next.is_alphanumeric() || inside))
        || is_unparted(last)
        || is_unparted(next)
        || is_visarga(next)
}

/// Whether a capital follows a small letter: two words run together, as in "captionWho".
fn is_hump(capitals: &[bool], at: usize) -> bool {
    at > 0 && capitals.get(at) == Some(&true) && capitals.get(at - 1) == Some(&false)
}

/// The visarga signs of Devanagari, Bengali and Gujarati, which are typed for a colon.
fn is_visarga(c: char) -> bool {
    matches!(c, '\u{0903}' | '\u{0983}' | '\u{0a83}')
}

/// A character of a script that does not part words by spaces: Thai, Lao, Burmese, Khmer, kana,
/// ideographs.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
