//! Legacy: one legacy charset that was read as another, with no UTF-8 in it ("Ïðèâåò").
//!
//! Nothing in the bytes proves such a misreading; only that the text looks like no language, and
//! re-read looks like one. So the words are written back as the bytes of each charset they can have
//! been read as, read as each charset they can have been, and judged by the language model. What
//! changes must gain much, for a clean text gains a little by chance.

mod charsets;
mod judgement;
pub(super) mod paired;
pub(super) mod sparse;
mod standing;

use std::ops::Range;

use charsets::Way;
pub(crate) use judgement::spelling;
use judgement::{convincing, shape};
use standing::Standing;

use super::Step;
use super::cells::{Cells, Places};
use super::charsets::charset::CHARSETS;
use super::charsets::codec;
use super::charsets::glyph;
use super::excerpt::Excerpt;
use super::page::Patch;
use super::sharing::Repairs;
use super::sound::odd;
use crate::edit::Certainty;
use crate::reader::language::plausibility;
use crate::rules::Rule;

/// How many characters of damaged-looking words are judged: more words no longer change the verdict.
const SAMPLE: usize = 120;
/// How many characters of the text decide its language.
const CONTEXT: usize = 800;
/// How many re-readings the language model judges: those with the fewest odd pairs and signs.
const FINALISTS: usize = 16;
/// How many of them are weighed in the language of the text.
const LAST: usize = 8;
/// So few characters beyond ASCII may be words of several languages. "ÄãºÃ" is Chinese, and Thai as well.
const FEW: usize = 6;

/// Whether the opening of a text shows that it was read in the wrong legacy charset.
pub(crate) fn is_damaged(text: &str) -> bool {
    let mut places = text.char_indices().skip(CONTEXT + SAMPLE);
    let opening = &text[..places.next().map_or(text.len(), |(at, _)| at)];
    let cells = Cells::new(opening);
    !find(&cells.chars, &cells.places).is_empty() || !sparse::find(&cells).is_empty()
}

/// The words of a text that were read in the wrong legacy charset.
pub(crate) fn find(chars: &[char], places: &Places) -> Vec<Patch> {
    if !suspicious(chars) {
        return Vec::new();
    }
    let patches = find_among(chars, places);
    if patches.is_empty() {
        return find_by_themselves(chars, places);
    }
    patches
}

/// The same, of words in another language than the text around them, as in code and lists of languages: what stands
/// around them has no say.
fn find_by_themselves(chars: &[char], places: &Places) -> Vec<Patch> {
    let words: Vec<Range<usize>> = words(chars).collect();
    let letters = |c: &&char| c.is_ascii_alphabetic();
    let of_words = words.iter().flat_map(|word| &chars[word.clone()]);
    let beyond = of_words.clone().filter(|c| !c.is_ascii()).count();
    let own = of_words.filter(letters).count();
    if beyond < FEW || own * 2 > chars.iter().filter(letters).count() {
        return Vec::new();
    }
    let text: String = chars.iter().collect();
    let passages: Vec<Range<usize>> = words.into_iter().map(|word| places.span(word)).collect();
    let excerpt = Excerpt::new(&text, &passages);
    let cells = Cells::new(excerpt.text());
    let mut patches = find_among(&cells.chars, &cells.places);
    let after = || patches.iter().flat_map(|patch| patch.after.chars());
    let is_latin = |c: char| !c.is_ascii() && odd::script(c) == odd::LATIN;
    if after().any(is_latin) {
        return Vec::new();
    }
    for patch in &mut patches {
        patch.span = excerpt.origin(&patch.span);
    }
    patches
}

/// The same, told by the language of the text.
fn find_among(chars: &[char], places: &Places) -> Vec<Patch> {
    // Of a word without end, as where no spaces are, an even part: two bytes stay together.
    let near: Vec<Range<usize>> = words(chars)
        .enumerate()
        .take_while(|(number, word)| *number == 0 || word.end <= CONTEXT)
        .map(|(_, word)| word.start..word.end.min(word.start + CONTEXT))
        .collect();
    let far = near.last().map_or(0, |word| word.end);
    let standing = Standing::new(&chars[..far], places);
    if standing.is_sound() {
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
    let patches = |words: &[Range<usize>], way: Way| -> Vec<Patch> {
        let mut repairs = Repairs::default();
        let patch = |word: &Range<usize>| {
            let span = places.span(word.clone());
            patch(&chars[word.clone()], span, way, &mut repairs)
        };
        words.iter().filter_map(patch).collect()
    };
    let judged = finalists(&sample).into_iter().filter_map(|way| {
        let cost = convincing(&standing, &patches(&near, way))?;
        Some((cost, way))
    });
    let best = judged.min_by_key(|&(cost, _)| cost);
    best.map_or(Vec::new(), |(_, way)| {
        patches(&words(chars).collect::<Vec<_>>(), way)
    })
}

/// The ways that the sample can have been misread of which the least odd text comes out, that first; none of
/// which a text comes out that is odder than the sample.
fn finalists(sample: &str) -> Vec<Way> {
    let plain = odd::count(sample.chars()) == 0;
    let mut finalists: Vec<(u32, Way)> = Vec::new();
    let mut bytes = Vec::new();
    let mut tried: Vec<Vec<u8>> = Vec::new();
    let mut text = String::new();
    for read_as in charsets::read_as() {
        if !encode(sample, read_as, &mut bytes) || tried.contains(&bytes) {
            continue;
        }
        tried.push(bytes.clone());
        for meant in charsets::meant() {
            let way = Way { read_as, meant };
            // Words with nothing odd in them are damaged by neighbours only, such as Czech read as
            // West European; any other re-reading of them is a play on letters.
            if way.is_none() || plain && !way.is_of_windows() {
                continue;
            }
            if meant.decode(&bytes, &mut text) && text != sample {
                finalists.push((shape(&text), way));
            }
        }
    }
    finalists.sort_by_key(|&(cost, _)| cost);
    finalists.truncate(FINALISTS);
    if finalists.is_empty() {
        return Vec::new();
    }
    let stands = shape(sample) + plausibility(sample).cost;
    finalists.retain_mut(|(cost, way)| {
        encode(sample, way.read_as, &mut bytes);
        way.meant.decode(&bytes, &mut text);
        *cost += plausibility(&text).cost;
        *cost < stands
    });
    finalists.sort_by_key(|&(cost, _)| cost);
    finalists.truncate(LAST);
    finalists.into_iter().map(|(_, way)| way).collect()
}

/// Whether the text has what a misreading leaves: odd neighbours, long rows of accented letters, capital
/// and small letters the wrong way round, or letters that stand for others in the charsets of Central
/// Europe and Turkey.
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
        let next = chars.get(at + 2).copied().unwrap_or('\n');
        let parts = next.is_ascii() && odd::odd(c, next);
        signs += u32::from(odd::odd(pair[0], c)) + u32::from(parts || is_suspect(pair[0], c, next));
        if row >= 4 || signs >= 2 || is_turned(&chars[at..]) {
            return true;
        }
    }
    false
}

/// Whether a small letter and two capitals begin here: so begins a sentence of KOI8 in windows-1251.
fn is_turned(chars: &[char]) -> bool {
    let [first, second, third, ..] = chars else {
        return false;
    };
    let is_capital = |&c: &char| odd::kind(c) == odd::Kind::Upper && !c.is_ascii();
    odd::kind(*first) == odd::Kind::Lower && is_capital(second) && is_capital(third)
}

/// Whether a letter between these neighbours may stand for another that is common where a charset of a neighbouring
/// region was meant.
pub(crate) fn is_suspect(before: char, c: char, behind: char) -> bool {
    match c {
        // What windows-1250 has for à and å, of words of Slovak alone.
        '\u{155}' | '\u{13A}' => true,
        // What windows-1257 has for à: no word by itself in Polish and Lithuanian.
        '\u{105}' => !before.is_alphabetic() && !behind.is_alphabetic(),
        // What windows-1250 has for ñ and ã: Polish writes ni before a vowel, and Romanian no such pair.
        '\u{144}' => matches!(behind, 'a' | 'e' | 'o' | 'u'),
        '\u{103}' => behind == 'o',
        _ => SUSPECTS.contains(&c),
    }
}

/// Letters of windows-1252 whose bytes are common letters in windows-1250, -1254 and ISO-8859-2; and some of those
/// of theirs that are common letters in windows-1252.
pub(crate) const SUSPECTS: &[char] = &[
    '\u{F0}', '\u{FD}', '\u{FE}', '\u{F8}', '\u{EC}', '\u{E8}', '\u{F9}', '\u{F2}', '\u{EA}',
    '\u{E6}', '\u{F1}', '\u{DD}', '\u{DE}', '\u{D0}', '\u{CC}', '\u{D8}', '\u{C8}', '\u{D5}',
    '\u{F5}', '\u{D2}', '\u{D3}', '\u{ED}', '\u{155}', '\u{13A}', '\u{105}', '\u{144}', '\u{103}',
];

/// The words that hold characters beyond ASCII, as ranges. What parts them is the second byte of no character.
fn words(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let parts = |c: &char| *c < '@' && *c != '\'';
    let mut at = 0;
    let words = std::iter::from_fn(move || {
        let start = at + chars[at..].iter().position(|c| !parts(c))?;
        let length = chars[start..].iter().position(parts);
        at = length.map_or(chars.len(), |length| start + length);
        Some(start..at)
    });
    // Many type the acute accent for an apostrophe.
    let is_plain = |c: &char| c.is_ascii() || *c == '\u{B4}';
    words.filter(move |word| !chars[word.clone()].iter().all(is_plain))
}

/// The text as bytes of a single-byte charset, if it has every character.
fn encode(text: &str, charset: usize, bytes: &mut Vec<u8>) -> bool {
    bytes.clear();
    for c in text.chars() {
        match encoded(c, charset) {
            Some(byte) => bytes.push(byte),
            None => return false,
        }
    }
    true
}

/// The byte of a character in a single-byte charset.
fn encoded(c: char, charset: usize) -> Option<u8> {
    let byte = match c {
        '\0'..='\x7F' => return Some(c as u8),
        '\u{80}'..='\u{9F}' if CHARSETS[charset].is_full() => 0,
        _ => glyph::byte(charset, glyph::id(c)),
    };
    (byte != 0).then_some(byte)
}

/// One word re-read, if that is possible and no worse.
fn patch(chars: &[char], span: Range<usize>, way: Way, repairs: &mut Repairs) -> Option<Patch> {
    let before: String = chars.iter().collect();
    let mut bytes = Vec::new();
    if !encode(&before, way.read_as, &mut bytes) {
        return None;
    }
    let mut after = String::new();
    if !way.meant.decode(&bytes, &mut after) || after == before || after.contains(private) {
        return None;
    }
    Some(reread(span, after, way, repairs))
}

/// What stands there as it was meant.
fn reread(span: Range<usize>, after: String, way: Way, repairs: &mut Repairs) -> Patch {
    let charset = codec::misreading(way.read_as, false);
    Patch {
        span,
        after,
        rule: Rule::E103,
        certainty: Certainty::Inferred,
        repair: repairs.share(
            charset,
            vec![
                Step::Encode(charset.into()),
                Step::Decode(way.meant.name().into()),
            ],
        ),
    }
}

/// Whether a character is for private use: no text was written in it.
fn private(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF)
}
