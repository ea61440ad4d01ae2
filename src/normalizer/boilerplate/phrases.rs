//! The phrases newspapers print around their articles: the table built from `src/data/phrases/`.
//!
//! One file a language, one row a phrase: kind, anchoring, phrase. Nobody is asked for the
//! language: all rows are tried on every line, so that a row is only as safe as it is in every
//! other language; the tests look for conflicts.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use super::edges::{Bitmap, pair};
use super::fold::{Folded, backwards, forwards};
use super::prefilter::places_within;
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
    /// It is a town that datelines name.
    Place,
    /// It is an agency that datelines name.
    Agency,
}

/// A row of the table. No row holds an address: the loader would have to write each at every start.
struct Phrase {
    /// Where the phrase stands among the texts, folded; backwards if it closes a line.
    start: u32,
    length: u16,
    kind: Rule,
    anchor: Anchor,
}

/// Rows sorted by text.
#[derive(Clone, Copy)]
struct Table {
    rows: &'static [Phrase],
    /// The texts of the rows, one behind the other.
    texts: &'static str,
    /// The first two characters of the texts, each pair with the number of the first row that begins so.
    firsts: &'static [(u64, usize)],
    /// The texts of one character.
    single: &'static [char],
}

impl Table {
    fn text(self, row: &Phrase) -> &'static str {
        &self.texts[row.start as usize..][..row.length.into()]
    }

    /// The character of a row behind so many bytes; none if it ends there.
    #[inline]
    fn next(self, row: &Phrase, before: usize) -> Option<char> {
        let goes_on = before < row.length.into();
        let rest = goes_on.then(|| &self.texts[row.start as usize + before..])?;
        rest.chars().next()
    }

    /// The rows that begin with two characters; the second is NUL for those that are one.
    fn beginning_with(self, first: char, second: char) -> &'static [Phrase] {
        let pair = pair(first, second);
        let Ok(place) = self.firsts.binary_search_by_key(&pair, |&(first, _)| first) else {
            return &[];
        };
        let end = self
            .firsts
            .get(place + 1)
            .map_or(self.rows.len(), |&(_, row)| row);
        &self.rows[self.firsts[place].1..end]
    }
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

// Built by build/phrases.rs: the rows AT_START, AT_END, ANYWHERE, INSIDE and IN_DATELINES, their TEXTS,
// FIRSTS and SINGLE, the bitmaps STARTS, ENDS, CUES and TELLS, and the WORDS of the rows INSIDE.
mod table {
    use super::{Anchor, Bitmap, Phrase, Table, kinds};
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
    macro_rules! tables {
        ($($name:ident $rows:ident $texts:ident $firsts:ident $single:ident)*) => {
            $(pub(super) const $name: Table =
                Table { rows: $rows, texts: $texts, firsts: $firsts, single: $single };)*
        };
    }
    tables! {
        STARTING AT_START AT_START_TEXTS AT_START_FIRSTS AT_START_SINGLE
        ENDING AT_END AT_END_TEXTS AT_END_FIRSTS AT_END_SINGLE
        CUE ANYWHERE ANYWHERE_TEXTS ANYWHERE_FIRSTS ANYWHERE_SINGLE
        TELLING INSIDE INSIDE_TEXTS INSIDE_FIRSTS INSIDE_SINGLE
        NAME IN_DATELINES IN_DATELINES_TEXTS IN_DATELINES_FIRSTS IN_DATELINES_SINGLE
    }
    pub(super) const BITMAPS: [&Bitmap; 4] = [STARTS, ENDS, CUES, TELLS];
    pub(super) const TELLING_WORDS: &[&str] = WORDS;
}

/// The bitmap of the starts of all phrases that open a line.
pub const START_BITS: &Bitmap = table::BITMAPS[0];
/// The bitmap of the ends of all phrases that close a line.
pub const END_BITS: &Bitmap = table::BITMAPS[1];

/// A phrase found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The kind of boilerplate.
    pub kind: Rule,
    /// How it must stand.
    pub anchor: Anchor,
    /// Where the text goes on after it; for one that closes a line, where it starts.
    pub end: usize,
    /// How many words it has.
    pub words: usize,
}

/// The phrases a text starts with, the longest ones first.
pub fn starting(text: &str) -> Vec<Found> {
    matching(table::STARTING, forwards(text))
}

/// The phrases a text ends with, the longest ones first.
pub fn ending(text: &str) -> Vec<Found> {
    matching(table::ENDING, backwards(text))
}

/// The places and agencies of datelines a text starts with, the longest ones first.
pub fn dateline_names(text: &str) -> Vec<Found> {
    matching(table::NAME, forwards(text))
}

/// The cues anywhere in a text.
pub fn cues(text: &str) -> Vec<Found> {
    let starts = places(text, table::BITMAPS[2]);
    starts
        .flat_map(|at| matching(table::CUE, forwards(&text[at..])))
        .collect()
}

/// Looks for a word that each phrase that tells a prompt has, and most lines have not, while the words they
/// begin with stand in every sentence. None where a processor cannot look for many words at once.
static TELLING_WORDS: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(table::TELLING_WORDS));

/// The first phrase in a text that tells a prompt wherever it stands.
pub fn telling(text: &str) -> Option<Found> {
    if let Some(words) = &*TELLING_WORDS
        && words.find(text).is_none()
    {
        return None;
    }
    let mut starts = places(text, table::BITMAPS[3]);
    starts.find_map(|at| {
        let found = matching(table::TELLING, forwards(&text[at..]));
        found.into_iter().next()
    })
}

/// Where words start that a bitmap lets through.
fn places(text: &str, bitmap: &'static Bitmap) -> impl Iterator<Item = usize> {
    places_within(text, bitmap).filter(|&at| starts_a_word(text, at))
}

/// Whether a word starts at a character of a text.
fn starts_a_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let parted = before.ends_with(|c: char| !c.is_alphanumeric()) || before.is_empty();
    parted || after.starts_with(|c: char| is_unparted(c) || !c.is_alphanumeric())
}

/// The rows whose text stands at the start of these characters, the longest ones first.
///
/// The table is sorted, so that the rows that share the first characters are a range, which narrows
/// character by character; a row that ends where the range has come to is found.
fn matching(table: Table, mut line: impl Iterator<Item = Folded> + Clone) -> Vec<Found> {
    let mut found = Vec::new();
    let mut rows: &[Phrase] = &[];
    let (mut first, mut bytes) = (None, 0);
    while let Some(Folded { c, end, capital }) = line.next() {
        let before = bytes;
        bytes += c.len_utf8();
        match first {
            // The rows that are this one character: the others wait for the next one.
            None => {
                first = Some(c);
                if table.single.contains(&c) {
                    rows = table.beginning_with(c, '\0');
                }
            }
            Some(first) if before == first.len_utf8() => {
                rows = table.beginning_with(first, c);
            }
            Some(_) => {
                let next = |row: &Phrase| table.next(row, before);
                rows = &rows[rows.partition_point(|row| next(row) < Some(c))..];
                rows = &rows[..rows.partition_point(|row| next(row) <= Some(c))];
            }
        }
        if rows.is_empty() && before > 0 {
            break;
        }
        let ended = rows
            .iter()
            .take_while(|row| usize::from(row.length) == bytes);
        let mut after = line.clone();
        let mut ended = ended.peekable();
        if ended.peek().is_some() && ends_a_word((c, capital), after.next(), after.next()) {
            found.extend(ended.map(|row| Found {
                kind: row.kind,
                anchor: row.anchor,
                end,
                words: words(table.text(row)),
            }));
        }
    }
    found.reverse();
    found
}

/// How many words a phrase has; four characters of a script without spaces count as two words.
fn words(text: &str) -> usize {
    let unparted = text.chars().count() >= 4 && text.chars().all(is_unparted);
    1 + usize::from(unparted) + text.matches(' ').count()
}

/// Whether a word ends between a phrase's last character and what follows, in scripts that part
/// words. An apostrophe inside a word ("editor's") does not end it; a capital after a small letter
/// ("captionWho") starts the next.
fn ends_a_word((last, capital): (char, bool), next: Option<Folded>, then: Option<Folded>) -> bool {
    let Some(next) = next else { return true };
    let inside = next.c == '\'' && then.is_some_and(|then| then.c.is_alphanumeric());
    let joined = last.is_alphanumeric() && (next.c.is_alphanumeric() || inside);
    let is_hump = next.capital && !capital;
    !joined || is_hump || is_unparted(last) || is_unparted(next.c) || is_visarga(next.c)
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
