//! Sparse: English that was meant in one legacy charset and read as another.
//!
//! What it has beyond ASCII are apostrophes, quotation marks, dashes and the letters of some names: "Itís",
//! "the singerÆs", "Bj÷rk", "Beyoncй". That is too little for a language model. So each of them says what sense it
//! makes where it stands, and all of them, read again, have to make more.

use std::sync::LazyLock;

use super::super::cells::Cells;
use super::super::lost::context::may_stand;
use super::super::lost::english;
use super::super::page::Patch;
use super::super::sharing::Repairs;
use super::super::sound::{names, odd, words};
use super::super::traces::is_english;
use super::charsets::{self, Meant, Way};
use super::{encoded, reread};

/// The charsets that English was written in.
static MEANT: LazyLock<Vec<Meant>> = LazyLock::new(|| {
    let names = ["windows-1252", "macintosh", "ibm850", "ibm437"];
    let meant = charsets::meant();
    meant
        .filter(|meant| names.contains(&meant.name()))
        .collect()
});
/// One character in so many, at most, is beyond ASCII; of more letters the language model tells more.
const SPARSE: usize = 6;
/// So many characters beyond ASCII are judged.
const SAMPLE: usize = 120;
/// One in so many may make no sense as it is read again: somebody pasted it.
const PASTED: usize = 8;
/// How much more sense a text has to make, and how much of that has to be told by what is no accident.
const GAIN: i32 = 5;
const TELLING: usize = 2;
const APOSTROPHE: char = '\u{2019}';
/// What a byte leaves that the charset does not have.
const LOST: char = '\u{FFFD}';

/// What sense a character makes where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sense {
    /// Nobody writes it there.
    No,
    /// It is seldom met, or a letter by itself.
    Little,
    /// It says nothing.
    Neutral,
    /// It is what stands in such places.
    Fits,
    /// It makes a contraction, or a word that is known.
    Proven,
}

impl Sense {
    fn points(self) -> i32 {
        match self {
            Sense::No => -4,
            Sense::Little => -1,
            Sense::Neutral => 0,
            Sense::Fits => 1,
            Sense::Proven => 3,
        }
    }
}

/// The characters beyond ASCII of a text in English, read again, if that makes sense of them.
pub(crate) fn find(cells: &Cells) -> Vec<Patch> {
    let chars = &cells.chars;
    let marks = cells.marks.iter().map(|&at| at as usize);
    let beyond = marks.filter(|&at| !chars[at].is_ascii());
    let sample: Vec<usize> = beyond.clone().take(SAMPLE).collect();
    let stands: Vec<Sense> = sample.iter().map(|&at| sense(chars, at)).collect();
    // What is lost another charset does not bring back.
    let mut senses = sample.iter().zip(&stands);
    let is_senseless = senses.any(|(&at, &sense)| sense == Sense::No && chars[at] != LOST);
    let is_sparse = || beyond.clone().count() * SPARSE <= chars.len();
    if !is_senseless || !is_sparse() || !is_english(chars) {
        return Vec::new();
    }
    let mut again = chars.clone();
    let mut best: Option<(i32, Way)> = None;
    for read_as in charsets::read_as() {
        let bytes = sample.iter().map(|&at| match chars[at] {
            LOST => Some(0),
            c => encoded(c, read_as),
        });
        let Some(bytes) = bytes.collect::<Option<Vec<u8>>>() else {
            continue;
        };
        for &meant in MEANT.iter() {
            for (&at, &byte) in sample.iter().zip(&bytes) {
                if byte > 0 {
                    again[at] = meant.read(byte).unwrap_or('\0');
                }
            }
            let gain = gain(chars, &again, &sample, &stands);
            if gain.is_some_and(|gain| best.is_none_or(|(most, _)| gain > most)) {
                best = gain.map(|gain| (gain, Way { read_as, meant }));
            }
        }
    }
    let Some((_, way)) = best else {
        return Vec::new();
    };
    let mut repairs = Repairs::default();
    let patch = |at: usize| {
        let c = way.meant.read(encoded(chars[at], way.read_as)?)?;
        let span = cells.places.span(at..at + 1);
        (c != chars[at]).then(|| reread(span, c.to_string(), way, &mut repairs))
    };
    beyond.filter_map(patch).collect()
}

/// How much more sense the sampled characters make as they are read again; `None` if that is not enough.
fn gain(chars: &[char], again: &[char], sample: &[usize], stands: &[Sense]) -> Option<i32> {
    let (mut gain, mut senseless, mut telling) = (0, 0, 0);
    let (mut opened, mut parted, mut priced) = (false, false, false);
    let mut owners: Vec<&[char]> = Vec::new();
    for (&at, &stood) in sample.iter().zip(stands) {
        // What stays makes the sense that it made.
        if again[at] == chars[at] {
            senseless += usize::from(stood == Sense::No);
            continue;
        }
        let sense = if again[at] == '\0' {
            Sense::No
        } else {
            sense(again, at)
        };
        gain += sense.points() - stood.points();
        senseless += usize::from(sense == Sense::No);
        let odd = matches!(stood, Sense::No | Sense::Little);
        match (again[at], sense) {
            (_, Sense::Proven) if stood == Sense::No => telling += TELLING,
            // One word may become a known one by chance.
            (_, Sense::Proven) => telling += 1,
            // Of one word with the s of a possessive there may be a language that has it.
            (APOSTROPHE, Sense::Fits) if again.get(at + 1) == Some(&'s') && odd => {
                let (stem, _) = names::around(&again[..at], &[]);
                let is_new = !owners.contains(&stem);
                owners.push(stem);
                telling += usize::from(is_new);
            }
            ('\u{201C}', Sense::Fits) if odd => opened = true,
            ('\u{201D}', Sense::Fits) if odd && opened => {
                opened = false;
                telling += TELLING;
            }
            ('\u{2013}' | '\u{2014}', Sense::Fits) if odd => {
                let before = again[..at].strip_suffix(&[' ']).unwrap_or_default();
                let (word, _) = names::around(before, &[]);
                // Not "the letter ñ".
                parted |= !english::leads_on(word.iter().copied());
            }
            (_, Sense::Fits) if odd && odd::kind(again[at]) == odd::Kind::Currency => priced = true,
            _ => {}
        }
    }
    telling += usize::from(parted) + usize::from(priced);
    (gain >= GAIN && telling >= TELLING && senseless * PASTED <= sample.len()).then_some(gain)
}

/// What sense a character beyond ASCII makes where it stands.
fn sense(chars: &[char], at: usize) -> Sense {
    let c = chars[at];
    let left = at.checked_sub(1).map_or('\n', |left| chars[left]);
    let right = chars.get(at + 1).copied().unwrap_or('\n');
    if odd::odd(left, c) || odd::odd(c, right) {
        return Sense::No;
    }
    let (stem, tail) = names::around(&chars[..at], &chars[at + 1..]);
    let (before, behind) = (stem.iter().copied(), tail.iter().copied());
    let contracts = || english::is_contraction(before.clone(), behind.clone());
    let owns = || english::is_noun(before.clone(), behind.clone());
    match c {
        APOSTROPHE if !stem.is_empty() && !tail.is_empty() => {
            if contracts() {
                Sense::Proven
            } else if owns() || english::may_part(before.clone(), behind.clone()) {
                Sense::Fits
            } else {
                Sense::No
            }
        }
        '\u{2013}' | '\u{2014}' | '\u{2018}' | APOSTROPHE | '\u{201C}' | '\u{201D}'
        | '\u{2026}' => {
            if may_stand(c, left, right) {
                Sense::Fits
            } else {
                Sense::No
            }
        }
        _ if c.is_alphabetic() && left.is_ascii_digit() && right.is_ascii_digit() => Sense::No,
        _ if c.is_alphabetic() => {
            let word = &chars[at - stem.len()..=at + tail.len()];
            if !words::is_word(word) {
                Sense::No
            } else if names::is_borrowed(word) {
                Sense::Proven
            } else if contracts() || owns() {
                Sense::No
            } else if word.len() == 1 {
                Sense::Little
            } else {
                Sense::Neutral
            }
        }
        _ => match odd::kind(c) {
            odd::Kind::Control | odd::Kind::Box => Sense::No,
            odd::Kind::Currency if right.is_ascii_digit() => Sense::Fits,
            odd::Kind::Currency | odd::Kind::Sign | odd::Kind::Other => Sense::Little,
            _ => Sense::Neutral,
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::repair::charsets::codec;
    use crate::reader::repair::repaired;

    #[test]
    fn english_is_read_again() {
        for text in [
            "It’s raining in Zürich.",
            "Beyoncé’s tour sold out; the singer’s agent wouldn’t comment.",
            "“We don’t know,” the coroner’s officer said. “We may never know.”",
            "Björk’s new record isn’t out until May — or later, says André.",
        ] {
            for (meant, read_as) in [
                ("windows-1252", "macintosh"),
                ("windows-1252", "ibm850"),
                ("windows-1252", "ibm437"),
                ("macintosh", "windows-1252"),
                ("windows-1252", "windows-1251"),
                ("windows-1252", "windows-1253"),
            ] {
                let bytes = codec::encode(text, meant).expect("it has them all");
                let misread = codec::decode(&bytes, read_as).expect("it reads them all");
                assert_eq!(repaired(&misread), text, "{meant} {read_as} {misread}");
            }
        }
    }
}
