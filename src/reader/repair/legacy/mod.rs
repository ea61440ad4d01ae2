//! Legacy: one legacy charset that was read as another, with no UTF-8 in it ("Ïðèâåò").
//!
//! Nothing in the bytes proves such a misreading; only that the text looks like no language, and
//! re-read looks like one. So the words are written back as the bytes of each charset they can have
//! been read as, read as each charset they can have been, and judged by the language model. What
//! changes must gain much, for a clean text gains a little by chance.

mod judgement;

use std::sync::LazyLock;

use judgement::{ODD_COST, convincing, in_language, shape};

use super::Step;
use super::charset;
use super::codec;
use super::glyph;
use super::odd;
use super::page::Patch;
use super::pairs::{self, Pairs};
use crate::edit::Certainty;
use crate::reader::language::plausibility;
use crate::rules::Rule;

/// Charsets that detectors and defaults wrongly assume, the likeliest first.
const READ_AS: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "macintosh",
    "koi8-r",
    "ibm437",
    "ibm850",
    "ibm866",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "windows-874",
];

/// Charsets that texts were written in, the likeliest first.
const MEANT: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "iso-8859-5",
    "x-mac-cyrillic",
    "windows-1250",
    "iso-8859-2",
    "ibm852",
    "x-mac-ce",
    "windows-1253",
    "iso-8859-7",
    "ibm737",
    "windows-1254",
    "windows-1255",
    "ibm862",
    "windows-1256",
    "iso-8859-6",
    "windows-874",
    "windows-1257",
    "windows-1258",
    "macintosh",
    "ibm850",
    "ibm437",
];

/// How many characters of damaged-looking words are judged: more words no longer change the verdict.
const SAMPLE: usize = 120;
/// How many characters of the text decide its language.
const CONTEXT: usize = 800;
/// How many re-readings the language model judges: those with the fewest odd pairs and signs.
const FINALISTS: usize = 16;
/// How many of these are weighed in the text.
const JUDGED: usize = 4;

/// A charset in which text was meant.
#[derive(Clone, Copy)]
enum Meant {
    Single(usize),
    Double(&'static Pairs),
}

impl Meant {
    fn name(self) -> &'static str {
        match self {
            Meant::Single(which) => charset::CHARSETS[which].name,
            Meant::Double(pairs) => pairs.name,
        }
    }

    /// The bytes as text, if all of them are sound.
    fn decode(self, bytes: &[u8], text: &mut String) -> bool {
        text.clear();
        match self {
            Meant::Single(which) => {
                let table = &charset::CHARSETS[which];
                for &byte in bytes {
                    let unit = if byte < 0x80 {
                        Some(u16::from(byte))
                    } else {
                        table.own(byte)
                    };
                    match unit.and_then(|unit| char::from_u32(u32::from(unit))) {
                        Some(c) => text.push(c),
                        None => return false,
                    }
                }
                true
            }
            Meant::Double(pairs) => match pairs.decode(bytes) {
                Some(decoded) => {
                    text.push_str(&decoded);
                    true
                }
                None => false,
            },
        }
    }
}

/// Whether the opening of a text shows that it was read in the wrong legacy charset.
pub(crate) fn is_damaged(text: &str) -> bool {
    let mut places = text.char_indices().skip(CONTEXT + SAMPLE);
    let opening = &text[..places.next().map_or(text.len(), |(at, _)| at)];
    let (mut offsets, chars): (Vec<usize>, Vec<char>) = opening.char_indices().unzip();
    offsets.push(opening.len());
    !find(&chars, &offsets).is_empty()
}

/// The words of a text that were read in the wrong legacy charset.
pub(crate) fn find(chars: &[char], offsets: &[usize]) -> Vec<Patch> {
    if !suspicious(chars) {
        return Vec::new();
    }
    let words = words(chars);
    // Of a word without end, as where no spaces are, an even part: two bytes stay together.
    let near = words.partition_point(|word| word.end <= CONTEXT).max(1);
    let near = words.iter().take(near);
    let near: Vec<std::ops::Range<usize>> = near
        .map(|word| word.start..word.end.min(word.start + CONTEXT))
        .collect();
    let far = near.last().map_or(0, |word| word.end);
    let context: String = chars[..far].iter().collect();
    if shape(&context) < ODD_COST && in_language(&context) {
        return Vec::new();
    }
    let mut sample = String::new();
    for word in &near {
        if sample.len() > 2 * SAMPLE {
            break;
        }
        sample.extend(chars[word.clone()].iter().take(2 * SAMPLE));
        sample.push(' ');
    }
    let plain = odd::count(sample.chars()) == 0;
    let mut finalists: Vec<(u32, usize, Meant)> = Vec::new();
    let mut bytes = Vec::new();
    let mut tried: Vec<Vec<u8>> = Vec::new();
    let mut text = String::new();
    static READ: LazyLock<Vec<usize>> = LazyLock::new(|| numbers(READ_AS));
    static SINGLES: LazyLock<Vec<usize>> = LazyLock::new(|| numbers(MEANT));
    for &read_as in READ.iter() {
        if !encode(&sample, read_as, &mut bytes) || tried.contains(&bytes) {
            continue;
        }
        tried.push(bytes.clone());
        let doubles = pairs::all().map(Meant::Double);
        let singles = SINGLES.iter().copied().map(Meant::Single);
        for meant in singles.chain(doubles) {
            // Controls read as what they are in the same charset are a finding of their own.
            if meant.name() == charset::CHARSETS[read_as].name {
                continue;
            }
            // Words with nothing odd in them are damaged by neighbours only, such as Czech read as
            // West European; any other re-reading of them is a play on letters.
            if plain
                && !(is_of_windows(charset::CHARSETS[read_as].name) && is_of_windows(meant.name()))
            {
                continue;
            }
            if meant.decode(&bytes, &mut text) && text != sample {
                finalists.push((shape(&text), read_as, meant));
            }
        }
    }
    finalists.sort_by_key(|&(cost, ..)| cost);
    finalists.truncate(FINALISTS);
    finalists.sort_by_cached_key(|&(shape, read_as, meant)| {
        let mut bytes = Vec::new();
        let mut text = String::new();
        encode(&sample, read_as, &mut bytes);
        meant.decode(&bytes, &mut text);
        shape + plausibility(&text).cost
    });
    let patches = |words: &[std::ops::Range<usize>], read_as: usize, meant: Meant| -> Vec<Patch> {
        let span = |word: &std::ops::Range<usize>| offsets[word.start]..offsets[word.end];
        words
            .iter()
            .filter_map(|word| patch(&chars[word.clone()], span(word), read_as, meant))
            .collect()
    };
    let judged = finalists
        .iter()
        .take(JUDGED)
        .filter_map(|&(_, read_as, meant)| {
            let cost = convincing(&chars[..far], offsets, &patches(&near, read_as, meant))?;
            Some((cost, read_as, meant))
        });
    match judged.min_by_key(|&(cost, ..)| cost) {
        Some((_, read_as, meant)) => patches(&words, read_as, meant),
        None => Vec::new(),
    }
}

/// The numbers of the charsets with these names.
fn numbers(names: &[&str]) -> Vec<usize> {
    let numbers = names.iter().filter_map(|name| charset::named(name));
    numbers.collect()
}

/// Whether a charset is of Windows or its ISO counterparts, which differ in a few letters.
fn is_of_windows(name: &str) -> bool {
    name.starts_with("windows-125") || name.starts_with("iso-8859-")
}

/// Whether the text has what a misreading leaves: odd neighbours, long rows of accented letters, or
/// letters that stand for others in the charsets of Central Europe and Turkey.
fn suspicious(chars: &[char]) -> bool {
    let mut row = 0;
    let mut signs = 0;
    for (at, pair) in chars.windows(2).enumerate() {
        let c = pair[1];
        if c.is_ascii() {
            row = 0;
            continue;
        }
        row = if matches!(c as u32, 0x80..=0x17F) {
            row + 1
        } else {
            0
        };
        let parts = chars
            .get(at + 2)
            .is_some_and(|&next| next.is_ascii() && odd::odd(c, next));
        signs += u32::from(odd::odd(pair[0], c)) + u32::from(parts || SUSPECTS.contains(&c));
        if row >= 4 || signs >= 2 {
            return true;
        }
    }
    false
}

/// Letters of windows-1252 whose bytes are common letters in windows-1250, -1254 and ISO-8859-2.
pub(crate) const SUSPECTS: &[char] = &[
    '\u{F0}', '\u{FD}', '\u{FE}', '\u{F8}', '\u{EC}', '\u{E8}', '\u{F9}', '\u{F2}', '\u{EA}',
    '\u{E6}', '\u{F1}', '\u{DD}', '\u{DE}', '\u{D0}', '\u{CC}', '\u{D8}', '\u{C8}', '\u{D5}',
    '\u{F5}', '\u{D2}', '\u{D3}', '\u{ED}',
];

/// The words that hold characters beyond ASCII, as ranges.
fn words(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let mut plain = true;
        while at < chars.len() && !chars[at].is_ascii_whitespace() {
            plain &= chars[at].is_ascii();
            at += 1;
        }
        if !plain {
            words.push(start..at);
        }
    }
    words
}

/// The text as bytes of a single-byte charset, if it has every character.
fn encode(text: &str, charset: usize, bytes: &mut Vec<u8>) -> bool {
    bytes.clear();
    for c in text.chars() {
        let byte = if c.is_ascii() {
            c as u8
        } else {
            glyph::byte(charset, glyph::id(c))
        };
        if byte == 0 {
            return false;
        }
        bytes.push(byte);
    }
    true
}

/// One word re-read, if that is possible and no worse.
fn patch(
    chars: &[char],
    span: std::ops::Range<usize>,
    read_as: usize,
    meant: Meant,
) -> Option<Patch> {
    let before: String = chars.iter().collect();
    let mut bytes = Vec::new();
    if !encode(&before, read_as, &mut bytes) {
        return None;
    }
    let mut after = String::new();
    if !meant.decode(&bytes, &mut after) || after == before || after.contains(private) {
        return None;
    }
    let charset = codec::misreading(read_as, false);
    Some(Patch {
        span,
        after,
        rule: Rule::E103,
        certainty: Certainty::Inferred,
        steps: vec![
            Step::Encode(charset.clone()),
            Step::Decode(meant.name().to_owned()),
        ],
        charset,
    })
}

/// Whether a character is for private use: no text was written in it.
fn private(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF)
}
