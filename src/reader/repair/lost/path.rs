//! Path: a reading so far, as much of it as what follows is judged by.

use super::super::sound::odd;
use super::context::Place;
use super::lattice::in_bits;
use super::quotes::Quotes;
use super::wording::{Lexicon, ORDER};
use crate::reader::language::{EDGE, Language, Word, is_letter};

/// What is known of the word that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spelling {
    pub(crate) hash: Option<Word>,
    /// The same as it is written.
    pub(crate) name: Option<Word>,
    /// With the word before it.
    pub(crate) pair: Option<Word>,
    /// What the word before it costs.
    pub(crate) before: i32,
    /// What its letters cost, and their case.
    pub(crate) letters: i32,
    /// The part of it behind the last joiner, if it has any, and what the letters of that cost.
    pub(crate) part: Option<Word>,
    pub(crate) part_letters: i32,
    pub(crate) case: i32,
}

impl Spelling {
    /// Adds a letter with its costs; `start` is what the words of the language are looked up by.
    pub(crate) fn letter(&mut self, start: Word, c: char, letter: i32, case: i32) {
        let hash = self.hash.unwrap_or(start);
        let name = self.name.unwrap_or_else(|| Word::start(Language::POOLED));
        // Where words are not spaced there are none to look up.
        let script = odd::script(c);
        let spaced = script == odd::HANGUL || script != odd::THAI && !odd::is_wide(script);
        self.hash = Some(if spaced { hash.folded(c) } else { hash });
        self.name = Some(if spaced { name.written(c) } else { name });
        self.pair = self.pair.map(|pair| pair.folded(c));
        self.part = self.part.map(|part| part.folded(c));
        self.part_letters += letter;
        self.letters += letter;
        self.case += case;
    }
}

/// A reading so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path {
    pub(crate) cost: i32,
    /// The last letters of the word, nearest last.
    pub(crate) tail: [char; ORDER],
    /// The last two characters, nearest last.
    pub(crate) last: [char; 2],
    /// Whether the last character is a sign that was guessed: its right neighbour has to fit.
    waits: bool,
    /// The quotation marks that were open before the last character.
    quotes: Quotes,
    pub(crate) word: Spelling,
    /// The last step taken, in the list of all steps.
    pub(crate) step: u32,
}

impl Path {
    /// Behind a line feed or a space.
    pub(crate) fn start(behind: char, quotes: Quotes) -> Path {
        Path {
            cost: 0,
            tail: [EDGE; ORDER],
            last: [behind; 2],
            waits: false,
            quotes,
            word: Spelling::default(),
            step: 0,
        }
    }

    /// The same with its last word ended.
    pub(crate) fn behind_word(self) -> Path {
        Path {
            tail: [EDGE; ORDER],
            word: Spelling::default(),
            ..self
        }
    }

    /// With one more character, at the same cost.
    pub(crate) fn with(&self, c: char, guessed: bool) -> Path {
        let mut longer = *self;
        if is_letter(c) {
            longer.tail.rotate_left(1);
            longer.tail[ORDER - 1] = c;
        } else {
            longer.tail = [EDGE; ORDER];
        }
        longer.quotes = self.quotes.read(self.last[1]);
        longer.last = [self.last[1], c];
        longer.waits = guessed && !is_letter(c);
        longer
    }

    /// What it costs the sign that was guessed last, if one was, to stand before a character.
    pub(crate) fn fits(&self, c: char, lexicon: &Lexicon) -> i32 {
        if !self.waits {
            return 0;
        }
        let place = Place::new(self.last[0], c, self.quotes);
        in_bits(-lexicon.fit(self.last[1], place))
    }

    /// The place of a sign that stands behind this and before a character.
    pub(crate) fn place_before(&self, right: char) -> Place {
        Place::new(self.last[1], right, self.quotes.read(self.last[1]))
    }

    /// Whether it stands in a word whose cost is being counted.
    pub(crate) fn counts(&self) -> bool {
        self.word.hash.is_some()
    }

    /// Whether it stands in a word whose cost was not counted.
    pub(crate) fn lags(&self) -> bool {
        !self.counts() && self.tail[ORDER - 1] != EDGE
    }

    /// Whether any letter that follows costs it what it costs another, but one beyond ASCII that begins a
    /// word: its case depends on what stands before.
    pub(crate) fn spells_as(&self, other: &Path) -> bool {
        (self.tail, self.word) == (other.tail, other.word)
    }

    /// Whether whatever follows costs it what it costs another.
    pub(crate) fn costs_as(&self, other: &Path) -> bool {
        !self.waits && !other.waits && self.last == other.last && self.spells_as(other)
    }

    /// Whether it goes on as another does, whatever it has cost.
    pub(crate) fn goes_on_as(&self, other: &Path) -> bool {
        // What differs most often first.
        (self.last, self.waits, self.quotes) == (other.last, other.waits, other.quotes)
            && (self.word.hash, self.word.pair) == (other.word.hash, other.word.pair)
            && self.tail == other.tail
    }
}
