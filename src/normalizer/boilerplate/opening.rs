//! How a line opens, word by word: the places, agencies and dates that make a dateline, and what else
//! stands among them.

use super::phrases::{Anchor, dateline_names};

/// The most words of a dateline that are neither place nor agency nor date: a town that no table
/// has, a reporter between brackets, a state behind a comma.
const UNKNOWN_WORDS: u32 = 4;

/// What the words of a line's opening are.
#[derive(Debug, Default)]
pub struct Opening {
    places: u32,
    agencies: u32,
    /// Whether a name stands in brackets or between slashes, as agencies do.
    pub names_set_off: bool,
    /// A day with a word beside it.
    pub date: bool,
    /// The closing sign of the bracket that is open.
    pub bracket: Option<char>,
    /// Whether a comma or slash stands behind the first name.
    comma: bool,
    /// Words that are no known name: capitalized or of a script without capitals, and small ones.
    pub unknown: u32,
    small: u32,
    /// Whether the first word is in capitals.
    capitals: bool,
    words: u32,
    pub last: Option<Word>,
}

/// What the last word was, for the date it may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Name,
    Unknown,
    Small,
    Day,
    Month,
}

impl Opening {
    /// Reads the name, number or word that the text starts with; how many bytes it has.
    pub fn read_word(&mut self, text: &str) -> usize {
        self.words += 1;
        if let Some(name) = dateline_names(text).into_iter().next() {
            if name.anchor == Anchor::Place {
                self.places += 1;
            } else {
                self.agencies += 1;
            }
            self.names_set_off |= self.bracket.is_some();
            self.last = Some(Word::Name);
            return name.end;
        }
        let is_digit = text.starts_with(char::is_numeric);
        let end = text
            .find(|c: char| !is_of_word(c) || c.is_numeric() != is_digit)
            .unwrap_or(text.len());
        let word = &text[..end];
        if is_digit {
            self.read_number(word);
        } else {
            self.read_other(word);
        }
        end
    }

    fn read_number(&mut self, digits: &str) {
        if digits.chars().count() > 2 {
            // A year; what is no year makes no dateline, but does no harm either.
            return;
        }
        match self.last {
            Some(Word::Unknown) => self.unknown -= 1,
            Some(Word::Small) => self.small -= 1,
            _ => {
                self.last = Some(Word::Day);
                return;
            }
        }
        self.date = true;
        self.last = Some(Word::Month);
    }

    fn read_other(&mut self, word: &str) {
        let is_small = word.starts_with(char::is_lowercase);
        let link = word.chars().count() <= 2;
        self.last = match self.last {
            // "20 de noviembre", "20th of November", "11月20日".
            Some(Word::Day | Word::Month) if link => {
                self.date = true;
                self.last
            }
            Some(Word::Day) => {
                self.date = true;
                Some(Word::Month)
            }
            _ if is_small => {
                self.small += 1;
                Some(Word::Small)
            }
            _ => {
                self.unknown += 1;
                self.capitals |= self.words == 1 && in_capitals(word);
                Some(Word::Unknown)
            }
        };
    }

    /// Reads a sign; `joined` to the word before it or not.
    pub fn read_sign(&mut self, sign: char, joined: bool) {
        match sign {
            '/' if joined && self.bracket.is_none() => self.comma = true,
            '(' | '（' => self.bracket = Some(')'),
            '[' | '［' => self.bracket = Some(']'),
            '【' => self.bracket = Some('】'),
            '/' if self.bracket.is_none() => self.bracket = Some('/'),
            ')' | '）' | ']' | '］' | '】' | '/' => self.bracket = None,
            ',' | '，' | '、' | '،' | '|' => self.comma = true,
            _ => {}
        }
        if !sign.is_whitespace() && sign != '.' {
            self.last = None;
        }
    }

    /// Whether too many words are no part of a dateline, whatever follows.
    pub fn is_sentence(&self) -> bool {
        self.unknown > UNKNOWN_WORDS || self.small > 1
    }

    pub fn is_dateline(&self) -> bool {
        let alone = self.unknown == 0 && self.small == 0;
        if self.names_set_off {
            // "Budapest, november 20., szerda (MTI) - ": a weekday may stand by the date.
            return self.unknown <= UNKNOWN_WORDS && (self.small == 0 || self.date);
        }
        match (self.places + self.agencies > 0, self.date) {
            (true, true) => self.small == 0 && self.unknown <= 2,
            // "Aspen, Colorado" needs the comma, and a name that is known.
            (true, false) => alone || self.comma && self.small == 0 && self.unknown <= 2,
            (false, true) => self.capitals && self.small == 0 && self.unknown <= 3,
            (false, false) => false,
        }
    }
}

fn in_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Whether a character belongs to a word: no white space, no punctuation. Vowel signs do.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || !(c.is_ascii()
            || c.is_whitespace()
            || matches!(
                c,
                // Latin-1 signs, general punctuation, ideographic and fullwidth signs.
                '\u{a1}'..='\u{bf}' | '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{2bff}'
                    | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}'
            )
            || matches!(c, '।' | '॥' | '۔' | '،' | '؛' | '؟'))
}
