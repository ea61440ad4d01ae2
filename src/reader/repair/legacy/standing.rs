//! Standing: a text as it stands, which every re-reading of it has to beat.

use std::cell::{OnceCell, RefCell};

use super::super::cells::Places;
use super::super::sound::odd;
use super::judgement::{ODD_COST, in_language, shape, spelling};
use crate::reader::language::{Language, detect};

/// A text as it stands, with what every re-reading of it is compared with.
pub(super) struct Standing<'t> {
    pub(super) chars: &'t [char],
    pub(super) places: &'t Places,
    pub(super) text: String,
    pub(super) shape: u32,
    pub(super) odds: u32,
    /// The language it is in as far as it is in one, and what its words cost there.
    language: OnceCell<Option<Language>>,
    costs: RefCell<Vec<(Language, u32)>>,
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
            costs: RefCell::default(),
        }
    }

    /// Whether it needs no re-reading.
    pub(super) fn is_sound(&self) -> bool {
        self.shape < ODD_COST && in_language(&self.text)
    }

    pub(super) fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| {
            let guesses = detect(&self.text);
            guesses.first().map(|guess| guess.language)
        })
    }

    /// What its words cost in a language.
    pub(super) fn cost(&self, language: Language) -> u32 {
        let mut costs = self.costs.borrow_mut();
        if let Some(&(_, cost)) = costs.iter().find(|(of, _)| *of == language) {
            return cost;
        }
        let cost = spelling(&self.text, language).0;
        costs.push((language, cost));
        cost
    }
}
