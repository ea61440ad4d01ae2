//! Legacy: one legacy charset that was read as another, with no UTF-8 in it ("Ïðèâåò").
//!
//! Nothing in the bytes proves such a misreading; only that the text looks like no language, and
//! re-read looks like one. So the words are written back as the bytes of each charset they can have
//! been read as, read as each charset they can have been, and judged by the language model. What
//! changes must gain much, for a clean text gains a little by chance.

use super::Step;
use super::charset;
use super::codec;
use super::glyph;
use super::odd;
use super::page::Patch;
use super::pairs::{self, Pairs};
use crate::edit::Certainty;
use crate::reader::language::{BIT, commonness, plausibility};
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
const SAMPLE: usize = 240;
/// What a pair of neighbours that no writer sets costs, in bits: as much as two improbable letters.
const ODD_COST: u32 = 10 * BIT as u32;
/// What a sign beyond ASCII costs among letters, and what a quotation mark or dash does.
const SIGN_COST: u32 = 9 * BIT as u32;
const QUOTE_COST: u32 = 4 * BIT as u32;
/// The gain in bits that a re-reading needs, whatever the length.
const GAIN: u32 = 24 * BIT as u32;
/// Cost for each letter, in bits, above which no re-reading is language.
const FLUENT: u32 = 7 * BIT as u32;

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

/// The words of a text that were read in the wrong legacy charset.
pub(crate) fn find(chars: &[char], offsets: &[usize]) -> Vec<Patch> {
    let words = words(chars);
    if words.is_empty() {
        return Vec::new();
    }
    let mut sample = String::new();
    let mut taken = 0;
    for word in &words {
        if taken > SAMPLE {
            break;
        }
        sample.extend(&chars[word.clone()]);
        sample.push(' ');
        taken += word.len();
    }
    let before = cost(&sample);
    if before < GAIN {
        return Vec::new();
    }
    let mut best: Option<(u32, usize, Meant)> = None;
    let mut bytes = Vec::new();
    let mut tried: Vec<Vec<u8>> = Vec::new();
    let mut text = String::new();
    for read_as in READ_AS.iter().filter_map(|name| charset::named(name)) {
        if !encode(&sample, read_as, &mut bytes) || tried.contains(&bytes) {
            continue;
        }
        tried.push(bytes.clone());
        let doubles = pairs::all().map(Meant::Double);
        let singles = MEANT
            .iter()
            .filter_map(|name| charset::named(name))
            .map(Meant::Single);
        for meant in singles.chain(doubles) {
            if !meant.decode(&bytes, &mut text) || text == sample {
                continue;
            }
            let after = cost(&text);
            if after + GAIN < before
                && best.is_none_or(|(least, ..)| after < least)
                && fluent(&text, after)
            {
                best = Some((after, read_as, meant));
            }
        }
    }
    let Some((_, read_as, meant)) = best else {
        return Vec::new();
    };
    words
        .into_iter()
        .filter_map(|word| {
            patch(
                &chars[word.clone()],
                offsets[word.start]..offsets[word.end],
                read_as,
                meant,
            )
        })
        .collect()
}

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

/// How unlike language a text is, in bits: letters by the model, and every sign out of place.
fn cost(text: &str) -> u32 {
    let mut sum = plausibility(text).cost;
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            sum += match odd::kind(c) {
                odd::Kind::Quote | odd::Kind::Close | odd::Kind::Plain | odd::Kind::Space => {
                    QUOTE_COST
                }
                odd::Kind::Lower | odd::Kind::Upper | odd::Kind::Mark => 0,
                odd::Kind::ThaiAfter | odd::Kind::ThaiBefore => 0,
                odd::Kind::Letter if odd::script(c) >= 35 => {
                    // The pool judges these by their script alone.
                    u32::from(commonness(c)) / 4
                }
                odd::Kind::Letter => 0,
                odd::Kind::Control => 2 * SIGN_COST,
                _ => SIGN_COST,
            };
        }
        if odd::odd(last, c) {
            sum += ODD_COST;
        }
        last = c;
    }
    sum
}

/// Whether a re-reading costs no more than language does.
fn fluent(text: &str, cost: u32) -> bool {
    let letters = text.chars().filter(|&c| odd::script(c) != 0).count() as u32;
    letters > 0 && cost <= letters * FLUENT + 8 * u32::from(BIT)
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
    if !meant.decode(&bytes, &mut after) || after == before || cost(&after) > cost(&before) {
        return None;
    }
    let charset = codec::misreading(read_as, false);
    Some(Patch {
        span,
        after,
        rule: Rule::E103,
        certainty: Certainty::Proven,
        steps: vec![
            Step::Encode(charset.clone()),
            Step::Decode(meant.name().to_owned()),
        ],
        charset,
    })
}
