//! Cost: how unlikely words are as they are read, in a language that they may be in.

use std::ops::AddAssign;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::reader::language::{BIT, Language, UNSEEN, commonness, detect, is_letter, plausibility};
use crate::reader::repair::odd::{self, Kind};
use crate::reader::repair::spelling;

/// What a quotation mark, dash or the like costs, any other sign, and two neighbours that no writer sets.
const MARK_COST: u32 = 3 * BIT as u32;
const SIGN_COST: u32 = 9 * BIT as u32;
const ODD_COST: u32 = 10 * BIT as u32;
/// What a character of hanzi or hangul costs less than its commonness: as much as two letters.
const WIDE_COST: u32 = 8 * BIT as u32;
/// What it costs that words are in another language than the text around them.
const FOREIGN_COST: u32 = 16 * BIT as u32;
/// What it costs that words have capitals only.
const HEADING_COST: u32 = 8 * BIT as u32;
/// Cost of a letter by itself from which a language does not have it: the rarest of Russian costs 11 bits.
const RARE_LETTER: u16 = 13 * BIT;
/// Cost of a letter, in bits, up to which words are a language's: prose of most comes to 2 to 4.
const FLUENT: u32 = 5 * BIT as u32;
/// The same of a character of two bytes: lines of Chinese and Japanese come to 7 to 11 in their charset, to 11.5 and
/// more in others.
pub(super) const FLUENT_WIDE: u32 = 11 * BIT as u32;

/// What words cost as they are read.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    pub(super) bits: u32,
    /// Whether they are words of a language, all letters and signs of it: nobody need look further.
    pub(super) is_fluent: bool,
}

impl AddAssign<u32> for Cost {
    fn add_assign(&mut self, bits: u32) {
        self.bits += bits;
    }
}

/// What words cost in the language that they look like or, if that is cheaper, in that of the text
/// around.
pub(super) fn cost(text: &str, around: Option<Language>) -> Cost {
    let text: String = text.chars().map(plain).collect();
    let mut text = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    };
    let (mut shape, is_odd) = shape(&text);
    if text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase) {
        text = text.to_lowercase();
        shape += HEADING_COST;
    }
    let (names, words) = names_and_words(&text);
    let cost_in = |language: Language| {
        // Text of every script has Latin names in it.
        let of_names = if is_latin(language) {
            language
        } else {
            Language::POOLED
        };
        let (of_names, _) = spelling(&names, of_names);
        let (bits, letters) = spelling(&words, language);
        // Letters of ASCII stand in every text, and are the same in every charset.
        let is_rare =
            |c: char| !c.is_ascii() && is_letter(c) && language.cost(&[], c) >= RARE_LETTER;
        let is_foreign = around.is_some_and(|around| around != language);
        Cost {
            bits: bits + of_names + shape + u32::from(is_foreign) * FOREIGN_COST,
            is_fluent: bits <= letters * FLUENT && !is_odd && !text.chars().any(is_rare),
        }
    };
    let at_home = around.map(cost_in);
    // To tell a language takes longer than all else.
    if let Some(cost) = at_home.filter(|cost| cost.is_fluent) {
        return cost;
    }
    let own = detect(&text).first().map(|guess| cost_in(guess.language));
    let costs = own.into_iter().chain(at_home);
    costs.min_by_key(|cost| cost.bits).unwrap_or(Cost {
        bits: shape,
        is_fluent: false,
    })
}

/// The words of a text that are ASCII, and the others.
fn names_and_words(text: &str) -> (String, String) {
    let (mut names, mut words) = (String::new(), String::new());
    for word in text.split_inclusive(|c| !is_letter(c)) {
        let of_kind = if word.is_ascii() {
            &mut names
        } else {
            &mut words
        };
        of_kind.push_str(word);
    }
    (names, words)
}

fn is_latin(language: Language) -> bool {
    language.cost(&[], 'e') < RARE_LETTER
}

/// What words cost by themselves, whatever the language.
pub(super) fn cost_of_words(words: &str) -> u32 {
    plausibility(words).cost + shape(words).0
}

/// Ordinals are letters to Unicode, and to no language: the degree sign stands for what they are.
fn plain(c: char) -> char {
    match c {
        '\u{AA}' | '\u{BA}' => '\u{B0}',
        c => c,
    }
}

/// What signs cost, and the neighbours of letters and signs; and whether any is odd.
fn shape(text: &str) -> (u32, bool) {
    let (mut sum, mut is_odd) = (0, false);
    let (mut before, mut last) = (' ', ' ');
    let is_latin = !text
        .chars()
        .any(|c| is_letter(c) && odd::script(c) > odd::LATIN);
    for c in text.chars() {
        let own = if c.is_ascii() {
            0
        } else if is_latin && is_of_script(c) {
            u32::from(UNSEEN)
        } else if !is_letter(c) {
            sign(c)
        } else if odd::is_wide(odd::script(c)) {
            u32::from(commonness(c)).saturating_sub(WIDE_COST)
        } else {
            0
        };
        let is_parted = !c.is_ascii() || !last.is_ascii();
        let parts = || {
            is_letter(before)
                && !is_letter(last)
                && is_letter(c)
                && !last.is_ascii()
                && last != '\u{2019}'
                && !odd::is_unspaced(odd::script(c))
        };
        let pair = if is_parted && (odd::odd(last, c) || parts()) {
            ODD_COST
        } else {
            0
        };
        is_odd |= own >= SIGN_COST || pair > 0;
        sum += own + pair;
        (before, last) = (last, c);
    }
    (sum, is_odd)
}

fn sign(c: char) -> u32 {
    match odd::kind(c) {
        Kind::Space | Kind::Digit | Kind::Quote | Kind::Open | Kind::Close | Kind::Plain => {
            MARK_COST
        }
        Kind::Trade | Kind::Ordinal | Kind::Currency | Kind::Sign | Kind::Emoji => SIGN_COST,
        _ => u32::from(UNSEEN),
    }
}

/// Whether a mark stands with letters of Greek, Hebrew, Arabic or Chinese only.
fn is_of_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{1FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}')
        && !is_letter(c)
}
