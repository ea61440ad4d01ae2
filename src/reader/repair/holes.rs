//! Holes: letters of names of which next to nothing is left.
//!
//! Of "ğ", UTF-8 C4 9F, a double-byte charset leaves two marks and a charset without characters in 80–9F the
//! letter that C4 is in it. Any letter may have stood there; but where one alone makes a name that many
//! languages write alike, it did. This comes after everything else, when the rest of the word is read.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use super::Step;
use super::charsets::charset::CHARSETS;
use super::charsets::codec::UTF8;
use super::charsets::glyph;
use super::charsets::utf8;
use super::known::{Known, UNKNOWN};
use super::page::Patch;
use super::sharing::Repairs;
use super::sound::names;
use super::sound::odd;
use super::topic::{self, Topic};
use crate::edit::Certainty;
use crate::reader::language::{BIT, Language, Word, detect_plain};
use crate::rules::Rule;

/// The first bytes of the letters that names of Europe have beyond ASCII.
const LEADS: [u8; 3] = [0xC3, 0xC4, 0xC5];

/// Whether a character that begins with this byte in UTF-8 may be a mark, or what the first byte of a letter
/// is misread as: no dash or quotation mark is, nor hanzi, kana or hangul.
fn is_telling(byte: u8) -> bool {
    matches!(byte, b'?' | 0xC3..=0xE1 | 0xEF..)
}

/// The letters that the legacy charsets of Europe have beyond ASCII.
const LETTERS: RangeInclusive<char> = '\u{C0}'..='\u{17E}';

/// What is left of a byte that is not UTF-8.
const LOST: char = '\u{FFFD}';

/// What stands between two figures, C3 97 in UTF-8.
const MULTIPLIED: char = '\u{D7}';

/// The letters that are missing in names, and signs between figures.
pub(crate) fn find(text: &str, known: &Known) -> Vec<Patch> {
    let marks: &[char] = if known.has_marks() {
        &[LOST, '?']
    } else {
        &[LOST]
    };
    let mut holes = Holes {
        text,
        known,
        language: OnceCell::new(),
        of_words: BTreeMap::new(),
    };
    let mut patches = Vec::new();
    let mut passed = 0;
    let asks = known.has_marks() && memchr::memchr(b'?', text.as_bytes()).is_some();
    while let Some(at) = next_telling(text.as_bytes(), passed, asks) {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        let patch = if marks.contains(&c) {
            passed = text.len() - rest.trim_start_matches(c).len();
            holes.marked(at..passed, c)
        } else {
            passed = at + c.len_utf8();
            holes.led(at..passed, c)
        };
        patches.extend(patch.filter(|patch| !topic::is_near(text, &patch.span, Topic::Loss)));
    }
    patches
}

/// A text with letters missing, and what was found out about it.
struct Holes<'t> {
    text: &'t str,
    known: &'t Known,
    language: OnceCell<Option<Language>>,
    /// The letter that is missing in each word with one mark or two: a text has the same again and again.
    of_words: BTreeMap<(Vec<char>, Vec<char>, usize), Option<char>>,
}

impl Holes<'_> {
    /// What is missing where marks stand, all alike: two and no more, or one U+FFFD.
    fn marked(&mut self, span: Range<usize>, mark: char) -> Option<Patch> {
        let lost = span.len() / mark.len_utf8();
        if lost != 2 && (lost != 1 || mark != LOST) {
            return None;
        }
        if lost == 2 && parts_factors(self.text, &span) {
            return Some(patch(span, MULTIPLIED, None));
        }
        let word = word_around(self.text, &span);
        if touches_mark(
            self.text,
            span.start - length(&word.0)..span.end + length(&word.1),
        ) {
            return None;
        }
        let key = (word.0.clone(), word.1.clone(), lost);
        let language = || *self.language.get_or_init(|| told_language(self.text));
        let letter = || lost_letter(&word, lost, language);
        let letter = *self.of_words.entry(key).or_insert_with(letter);
        letter.map(|letter| patch(span, letter, None))
    }

    /// What is missing where a character stands that may be the first byte of a letter.
    fn led(&self, span: Range<usize>, c: char) -> Option<Patch> {
        let leads = leads(c).iter().copied();
        if parts_factors(self.text, &span) {
            let is_first =
                |&(lead, charset): &(u8, usize)| lead == LEADS[0] && self.known.is_like(charset);
            let (_, charset) = leads.clone().find(is_first)?;
            return Some(patch(span, MULTIPLIED, Some(charset)));
        }
        let may_be = |&(_, charset): &(u8, usize)| {
            self.known.is_like(charset) || is_odd(self.text, span.start, c)
        };
        leads.filter(may_be).find_map(|(lead, charset)| {
            let word = word_around(self.text, &span);
            let letter = only_name(&word, letters(lead, Some(charset)))?;
            Some(patch(span.clone(), letter, Some(charset)))
        })
    }
}

/// The first telling byte from one on. A page is ASCII and punctuation for the most part, in which nothing is
/// missing where no question mark stands for anything.
fn next_telling(bytes: &[u8], from: usize, asks: bool) -> Option<usize> {
    /// Bytes that are looked at together.
    const STRIDE: usize = 16;
    let is_telling = |byte: u8| is_telling(byte) & (asks | (byte != b'?'));
    let (strides, _) = bytes[from..].as_chunks::<STRIDE>();
    // No shortcuts: all bytes of a stride are compared at once.
    let is_quiet = |stride: &&[u8; STRIDE]| {
        let any = |any, &byte: &u8| any | is_telling(byte);
        !stride.iter().fold(false, any)
    };
    let quiet = strides.iter().take_while(is_quiet).count() * STRIDE;
    let begun = from + quiet;
    let ahead = bytes[begun..].iter().position(|&byte| is_telling(byte));
    ahead.map(|ahead| begun + ahead)
}

/// Whether a span stands between two figures, a space away from both: "5 × 4".
fn parts_factors(text: &str, span: &Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = text[..span.start].strip_suffix(' ');
    let behind = text[span.end..].strip_prefix(' ');
    before.is_some_and(|before| digit(before.chars().next_back()))
        && behind.is_some_and(|behind| digit(behind.chars().next()))
}

/// Whether a letter stands inside a Latin word as no word has it: a capital, or of another script.
fn is_odd(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let behind = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
    before.is_ascii_lowercase() && behind.is_ascii_lowercase() && odd::odd(before, c)
}

/// Which first byte of a letter a character is in the charsets that leave bytes without a trace: the byte, and
/// the charset.
fn leads(c: char) -> &'static [(u8, usize)] {
    /// By the number of the glyph.
    static LEADS_OF_ALL: LazyLock<Vec<Vec<(u8, usize)>>> = LazyLock::new(|| {
        let mut leads = vec![Vec::new(); glyph::GLYPHS];
        for lead in LEADS {
            for (charset, table) in CHARSETS.iter().enumerate() {
                if let Some(c) = table.glyph(lead) {
                    leads[usize::from(glyph::id(c))].push((lead, charset));
                }
            }
        }
        leads
    });
    &LEADS_OF_ALL[usize::from(glyph::id(c))]
}

/// The letters that begin with this byte; of a charset, those whose second byte it has no character for.
fn letters(lead: u8, charset: Option<usize>) -> impl Iterator<Item = char> {
    let lost = move |byte: &u8| charset.is_none_or(|one| CHARSETS[one].own(*byte).is_none());
    let seconds = (0x80..=0xBF).filter(lost);
    seconds.filter_map(move |second| utf8::decode(&[lead, second]))
}

/// The letters before a span and behind it that are of one word with it.
fn word_around(text: &str, span: &Range<usize>) -> (Vec<char>, Vec<char>) {
    /// As many letters on either side as no name has.
    const LONGEST: usize = 24;
    let near = |c: &char| c.is_alphabetic();
    let before = text[..span.start].chars().rev().take(LONGEST);
    let mut before: Vec<char> = before.take_while(near).collect();
    before.reverse();
    let behind = text[span.end..].chars().take(LONGEST).take_while(near);
    (before, behind.collect())
}

/// The one letter that fits a word in which one U+FFFD stands for it, or two marks.
fn lost_letter(
    word: &(Vec<char>, Vec<char>),
    marks: usize,
    language: impl FnOnce() -> Option<Language>,
) -> Option<char> {
    if marks == 2 {
        let letters = LEADS.iter().flat_map(|&lead| letters(lead, None));
        return only_name(word, letters);
    }
    match language() {
        Some(other) if other.code() != "en" => only_word(word, other),
        _ => only_name(word, names::WESTERN),
    }
}

/// The language of a text that is long enough to tell it.
fn told_language(text: &str) -> Option<Language> {
    /// Characters of the shortest.
    const TELLING: usize = 60;
    let chars: Vec<char> = text.chars().collect();
    (chars.len() >= TELLING)
        .then(|| detect_plain(&chars))
        .flatten()
}

/// How many bytes characters have.
fn length(chars: &[char]) -> usize {
    chars.iter().map(|c| c.len_utf8()).sum()
}

/// Whether another letter is lost beside a word.
fn touches_mark(text: &str, word: Range<usize>) -> bool {
    text[..word.start].ends_with(LOST) || text[word.end..].starts_with(LOST)
}

/// The one letter with which the word around a span is a word of a language.
fn only_word((before, behind): &(Vec<char>, Vec<char>), language: Language) -> Option<char> {
    /// Letters of the shortest word that is told.
    const SHORTEST: usize = 3;
    /// What a letter costs by itself, at most, that a language has.
    const RARE: u16 = 10 * BIT;
    // At the start of a word it may be a capital.
    if before.is_empty() || before.len() + 1 + behind.len() < SHORTEST {
        return None;
    }
    let capital = before.iter().chain(behind).all(|c| c.is_uppercase());
    let has =
        |&letter: &char| letter.is_uppercase() == capital && language.cost(&[], letter) < RARE;
    let letters: Vec<char> = LETTERS.filter(has).collect();
    let known = |letter: &&char| {
        let word = before.iter().chain([*letter]).chain(behind);
        Word::folding(language, word).is_known()
    };
    let mut fitting = letters.iter().filter(known);
    let &letter = fitting.next()?;
    // Of inflected words not all are known: another may be likelier by its letters.
    let likeliest = || {
        let own = before.iter().chain(behind).map(std::slice::from_ref);
        let mut places: Vec<&[char]> = own.collect();
        places.insert(before.len(), &letters);
        language.fill(&places).0[before.len()]
    };
    (fitting.next().is_none() && likeliest() == letter).then_some(letter)
}

/// The one letter with which the word around a span is a name.
fn only_name(
    (before, behind): &(Vec<char>, Vec<char>),
    letters: impl Iterator<Item = char>,
) -> Option<char> {
    let mut fitting = names::completions(before, letters, behind);
    let letter = fitting.next()?;
    fitting.next().is_none().then_some(letter)
}

fn patch(span: Range<usize>, letter: char, charset: Option<usize>) -> Patch {
    let charset = charset.map(|charset| CHARSETS[charset].name);
    let mut bytes = [0; utf8::MOST];
    letter.encode_utf8(&mut bytes);
    let steps = match charset {
        Some(charset) => vec![
            Step::Encode(charset.into()),
            Step::Restore {
                at: 1,
                byte: bytes[1],
            },
            Step::Decode(UTF8.into()),
        ],
        None => vec![Step::Write(letter.to_string())],
    };
    Patch {
        span,
        after: letter.to_string(),
        rule: Rule::E102,
        certainty: Certainty::Inferred,
        repair: Repairs::default().share(charset.unwrap_or(UNKNOWN), steps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, known: &Known) -> String {
        let mut after = text.to_owned();
        for patch in find(text, known).into_iter().rev() {
            after.replace_range(patch.span, &patch.after);
        }
        after
    }

    fn misread_through(charset: &str) -> Known {
        let mut known = Known::default();
        known.add(&[Patch {
            repair: Repairs::default().share(charset.to_owned(), Vec::new()),
            ..patch(0..0, '\u{E9}', None)
        }]);
        known
    }

    #[test]
    fn every_letter_that_a_lead_is_misread_as_is_telling() {
        let is_lead = |c: &char| !leads(*c).is_empty();
        let letters = ('\u{80}'..'\u{3000}').filter(|c| c.is_alphabetic() && is_lead(c));
        for c in letters.chain(['\u{FFFD}', '?']) {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(is_telling(first), "{c:?}");
        }
        assert!(!('\u{3000}'..'\u{F000}').any(|c| is_lead(&c)));
    }

    #[test]
    fn the_one_letter_that_makes_a_name_comes_back() {
        let (none, marks) = (Known::default(), misread_through(UNKNOWN));
        let iso = misread_through("iso-8859-2");
        for (before, known, after) in [
            ("Erdo\u{FFFD}\u{FFFD}an said", &none, "Erdo\u{11F}an said"),
            ("a \u{FFFD}\u{FFFD}koda.", &none, "a \u{160}koda."),
            ("Erdo??an said", &marks, "Erdo\u{11F}an said"),
            ("Erdo\u{C4}an said", &none, "Erdo\u{11F}an said"),
            ("Gda\u{139}sk and", &none, "Gda\u{144}sk and"),
            ("5 \u{FFFD}\u{FFFD} 4", &none, "5 \u{D7} 4"),
            ("5 ?? 4", &marks, "5 \u{D7} 4"),
            ("5 \u{102} 4", &iso, "5 \u{D7} 4"),
        ] {
            assert_eq!(filled(before, known), after);
        }
    }

    #[test]
    fn what_may_be_meant_stays() {
        let (none, marks) = (Known::default(), misread_through(UNKNOWN));
        for (text, known) in [
            ("Erdo??an said", &none),
            ("Is that a Skoda?? koda", &marks),
            ("S\u{FFFD}\u{FFFD}o and b\u{FFFD}\u{FFFD}r", &none),
            ("\u{C4}rzte und Erd\u{C4}pfel", &none),
            ("5 ?? 4, 5 \u{102} 4", &none),
            ("the decoder wrote Erdo\u{FFFD}\u{FFFD}an", &none),
            ("\u{C4}rzte und \u{C4}mter", &misread_through("iso-8859-2")),
        ] {
            assert_eq!(filled(text, known), text);
        }
    }
}
