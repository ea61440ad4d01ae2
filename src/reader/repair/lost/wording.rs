//! Wording: what a reading costs, letter by letter and, where a word ends, as a word.
//!
//! A letter costs what the language's letter model says behind the letters before it. A word that the
//! language or the text itself is known to have costs no more than it does among all words; so does a
//! name that is written alike in many languages.

use std::cell::OnceCell;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::super::charsets::lossy::LEAST;
use super::super::sound::{marks, odd};
use super::context::{Place, fit};
use super::habits::{self, Habits};
use super::lattice::in_bits;
use super::path::{Path, Spelling};
use super::prior::prior;
use super::quotes::Quotes;
use crate::reader::language::{
    BIT, EDGE, Guess, Language, UNSEEN, Word, case_cost, detect, is_letter,
};

/// How many letters back the model looks at most.
pub(crate) const ORDER: usize = 6;
/// Stands for letters of a reading that are too far back for the model: readings that differ in them go on alike.
const PASSED: char = '\0';
/// The longest word that is looked up, in letters.
pub(crate) const LONGEST: usize = 24;
/// What a letter costs beside its cost in all languages pooled, if the text's own lacks it: names.
const FOREIGN: i32 = 7 * BIT as i32;
/// What a letter costs beside that if the text's own alphabet lacks it: names are spelled in it but in Latin,
/// whose letters all languages share. Between 6 and 20 bits it made no difference.
const ALIEN: i32 = 6 * BIT as i32;
/// What a letter costs, in bits, that stands beside one of another script.
const MIXED: i32 = 10 * BIT as i32;
/// What it costs a word to be one of those known, as half of all are.
const KNOWN: i32 = BIT as i32;
/// What a word costs that the text has elsewhere, whole.
const SEEN: i32 = 8 * BIT as i32;
/// The cost of a letter by itself from which on a language does not have it, but in names.
const RARE_LETTER: u16 = 12 * BIT;
/// What a small letter costs where a capital is expected.
const UNEXPECTED: i32 = 3 * BIT as i32;
/// Zero width non-joiner: parts the halves of a Persian word, whose letters would join without it. Few
/// letter models were made of texts that still had it.
const JOINER: char = '\u{200C}';
/// What it costs to join another half, where none of these is known.
const JOINED: i32 = 4 * BIT as i32;
/// Letters of the shortest word that is remembered from the text.
const LETTERS_OF_SEEN: usize = 3;

/// The words that are known where a text is read; found when they are first asked for.
pub(crate) struct Lexicon {
    /// The beginning of the text; what is not certain is U+FFFD.
    certain: String,
    /// The language of the text, and how many letters back its model looks.
    language: OnceCell<(Option<Language>, usize)>,
    /// Whether pairs of its words are known.
    pairs: OnceCell<bool>,
    /// Which of several signs it uses.
    habits: OnceCell<Habits>,
    /// Words that the text has whole.
    seen: OnceCell<HashSet<Word>>,
}

impl Lexicon {
    /// What is known of the words of a text that begins so. In `certain`, what is not certain is U+FFFD.
    pub(crate) fn new(certain: String) -> Lexicon {
        // The models know composed letters.
        let certain = if certain.contains(marks::is_mark) {
            certain.nfc().collect()
        } else {
            certain
        };
        Lexicon {
            certain,
            language: OnceCell::new(),
            pairs: OnceCell::new(),
            habits: OnceCell::new(),
            seen: OnceCell::new(),
        }
    }

    /// The same, of the same text as more of it is read: its language is the one that was told, if it was.
    pub(crate) fn of_the_same(&self, certain: String) -> Lexicon {
        Lexicon {
            language: self.language.clone(),
            ..Lexicon::new(certain)
        }
    }

    /// The same, were the text in this language.
    pub(crate) fn in_language(&self, language: Language) -> Lexicon {
        let told = (Some(language), reach(Some(language)));
        Lexicon {
            language: OnceCell::from(told),
            ..Lexicon::new(self.certain.clone())
        }
    }

    /// Whether so many letters are not certain that the others may not tell the language.
    pub(crate) fn has_many_holes(&self) -> bool {
        /// Of so many letters one is a hole. Where it was fewer the language was told all the same.
        const LETTERS: usize = 12;
        let holes = self.certain.matches('\u{FFFD}').count();
        let letters = self.certain.chars().filter(|&c| is_letter(c)).count();
        holes * LETTERS > letters
    }

    /// The languages that the text may be in, the likeliest first.
    pub(crate) fn languages(&self) -> Vec<Guess> {
        detect(&self.certain)
    }

    /// The language of the text, if it can be told.
    pub(crate) fn language(&self) -> Option<Language> {
        self.told().0
    }

    fn told(&self) -> (Option<Language>, usize) {
        *self.language.get_or_init(|| {
            let first = self.languages().first().map(|guess| guess.language);
            (first, reach(first))
        })
    }

    /// Whether pairs of its words are known: of a language in which a syllable is a word.
    pub(crate) fn has_pairs(&self) -> bool {
        *self.pairs.get_or_init(|| {
            let has = |language: Language| language.code() == "vi";
            looks_vietnamese(&self.certain) && self.language().is_some_and(has)
        })
    }

    /// What the words of its language are looked up by.
    fn start(&self) -> Word {
        Word::start(self.language().unwrap_or(Language::POOLED))
    }

    fn seen(&self) -> &HashSet<Word> {
        self.seen.get_or_init(|| {
            let is_part = |c: char| is_letter(c) || c == '\u{FFFD}';
            let words = self.certain.split(|c: char| !is_part(c));
            // Behind what was lost a space may be a byte of it, and no word begins there.
            let mut before = "";
            let words = words.filter(|word| {
                let lost = std::mem::replace(&mut before, word).ends_with('\u{FFFD}');
                !lost
            });
            let whole = words.filter(|word| {
                !word.is_ascii()
                    && !word.contains('\u{FFFD}')
                    && word.chars().nth(LETTERS_OF_SEEN - 1).is_some()
            });
            let start = self.start();
            let hash = |word: &str| word.chars().fold(start, Word::folded);
            whole.map(hash).collect()
        })
    }

    /// How well a sign fits a place, on the scale of the prior.
    pub(crate) fn fit(&self, sign: char, place: Place) -> i32 {
        let habit = if habits::concern(sign, place) {
            let habits = || {
                // English is told by that, and most else has other habits.
                let plain = |c: char| c.is_ascii() || !is_letter(c);
                let language = if self.certain.chars().all(plain) {
                    None
                } else {
                    self.language()
                };
                Habits::of(language, &self.certain)
            };
            self.habits.get_or_init(habits).fit(sign, place)
        } else {
            0
        };
        fit(sign, place) + habit
    }

    /// What the words of a text cost.
    pub(crate) fn cost(&self, text: &str) -> i32 {
        let start = Path::start('\n', Quotes::NONE);
        let read_on = |path: Path, c| self.read_on(&path, c, false);
        text.chars().chain(['\n']).fold(start, read_on).cost
    }

    /// The reading with one character more, and what that costs.
    pub(crate) fn read_on(&self, path: &Path, c: char, guessed: bool) -> Path {
        let mut longer = path.with(c, guessed);
        longer.cost += path.fits(c, self);
        let before = path.tail[ORDER - 1];
        if let Some(composed) = marks::composed(before, c) {
            return self.recompose(path, composed, longer);
        }
        if is_letter(c) {
            let scripts = (odd::script(before), odd::script(c));
            let mixed = scripts.0 != scripts.1 && scripts.0 != 0 && scripts.1 != 0;
            let letter = self.letter(&path.tail, c) + if mixed { MIXED } else { 0 };
            let case = self.case(path, c);
            longer.cost += letter + case;
            longer.word.letter(self.start(), c, letter, case);
            if c == JOINER && self.joins() {
                let saved = self.saved_by_part(&path.word, letter - JOINED);
                longer.cost -= saved;
                longer.word.letters -= saved;
                longer.word.part = Some(self.start());
                longer.word.part_letters = 0;
            }
            longer.tail[..ORDER - self.told().1].fill(PASSED);
            return longer;
        }
        if guessed {
            longer.cost += in_bits(-prior(c).unwrap_or(LEAST));
        }
        longer.word = Spelling::default();
        if before != EDGE {
            let edge = self.letter(&path.tail, EDGE);
            longer.cost += edge - self.saved(&path.word, edge);
            if c == ' '
                && self.has_pairs()
                && let Some(hash) = path.word.hash
            {
                longer.word.pair = Some(hash.written(' '));
                longer.word.before = hash.cost().map_or(0, i32::from);
            }
        }
        longer
    }

    /// The reading with a mark more that makes another letter of the last one: what it costs is what that letter
    /// costs in its place.
    fn recompose(&self, path: &Path, composed: char, mut longer: Path) -> Path {
        let [.., last] = path.tail;
        let mut stem = path.tail;
        stem.rotate_right(1);
        stem[0] = PASSED;
        let letter = self.letter(&stem, composed) - self.letter(&stem, last);
        longer.cost += letter;
        longer.tail = path.tail;
        longer.tail[ORDER - 1] = composed;
        let word = &mut longer.word;
        word.letters += letter;
        word.part_letters += letter;
        // The word before it is too far back.
        word.pair = None;
        if let (Some(_), Some(edge)) = (word.hash, path.tail.iter().rposition(|&c| c == EDGE)) {
            let letters = longer.tail[edge + 1..].iter().copied();
            word.hash = Some(letters.clone().fold(self.start(), Word::folded));
            word.name = Some(letters.fold(Word::start(Language::POOLED), Word::written));
        }
        longer
    }

    /// The reading whose last characters were passed without counting what they cost: the letters of a word,
    /// behind the word before it if that was passed too.
    pub(crate) fn recall(&self, path: &mut Path, passed: &[char]) {
        let mut counted = Path::start(EDGE, Quotes::NONE);
        counted.word = path.word;
        for &c in passed {
            counted = self.read_on(&counted, c, false);
        }
        path.word = counted.word;
    }

    /// What the case of a letter costs. Sentences begin with a capital, and so do names, which most words
    /// are that begin with a letter the language does not have.
    fn case(&self, path: &Path, c: char) -> i32 {
        let before = path.tail[ORDER - 1];
        // "à la" is the one foreign word that is no name.
        if before == EDGE && !c.is_ascii() && c != '\u{E0}' {
            let begins = match path.last {
                [_, '\n'] => true,
                [stop, ' '] => matches!(stop, '.' | '!' | '?' | '\u{2026}'),
                _ => false,
            };
            let foreign = |language: Language| language.cost(&[], c) >= RARE_LETTER;
            if begins || self.language().is_some_and(foreign) {
                return if c.is_lowercase() { UNEXPECTED } else { 0 };
            }
        }
        i32::from(case_cost(before, c))
    }

    /// What a letter, or the end of the word, costs behind others.
    fn letter(&self, tail: &[char; ORDER], c: char) -> i32 {
        if c == JOINER && self.joins() {
            let stem = tail[ORDER - 1] != EDGE;
            return if stem {
                self.letter(tail, EDGE) + JOINED
            } else {
                i32::from(UNSEEN)
            };
        }
        // What is joined begins as a word does.
        let begins = |&c: &char| matches!(c, EDGE | JOINER);
        let from = tail.iter().rposition(begins).unwrap_or(0);
        let mut tail = *tail;
        tail[from] = if tail[from] == JOINER {
            EDGE
        } else {
            tail[from]
        };
        let pooled = || i32::from(Language::POOLED.cost(&tail[from..], c)) + FOREIGN;
        match self.language() {
            Some(language) => match language.cost(&tail[from..], c) {
                UNSEEN.. => pooled() + alien(c),
                known if i32::from(known) <= FOREIGN => i32::from(known),
                known => i32::from(known).min(pooled()),
            },
            None => pooled(),
        }
    }

    /// Whether the joiner parts words whose halves the model knows, but not together.
    fn joins(&self) -> bool {
        self.language()
            .is_some_and(|language| language.cost(&[], JOINER) == UNSEEN)
    }

    /// How much less the last part of a word costs by being known, `edge` for its end included.
    fn saved_by_part(&self, word: &Spelling, edge: i32) -> i32 {
        let cost = word.part.or(word.hash).and_then(Word::cost);
        cost.map_or(0, |cost| {
            (word.part_letters + edge - i32::from(cost) - KNOWN).max(0)
        })
    }

    /// How much less a word costs by being known than by its letters, `edge` for its end included.
    fn saved(&self, word: &Spelling, edge: i32) -> i32 {
        let (Some(hash), Some(name)) = (word.hash, word.name) else {
            return 0;
        };
        let spelled = word.letters + edge;
        let known = hash.cost().map(i32::from);
        let seen = self.seen().contains(&hash).then_some(SEEN);
        let pair = word.pair.and_then(Word::cost);
        let pair = pair.map(|cost| (i32::from(cost) - word.before).max(0));
        let as_word = [known, seen, pair].into_iter().flatten().min();
        let by_word = as_word.map_or(0, |cost| spelled - cost - KNOWN);
        let by_name = name
            .cost()
            .map_or(0, |cost| spelled + word.case - i32::from(cost));
        let by_part = word.part.map_or(0, |_| self.saved_by_part(word, edge));
        by_word.max(by_name).max(by_part).max(0)
    }
}

/// How many letters back a language's model looks, or that of all pooled where it looks further.
fn reach(language: Option<Language>) -> usize {
    let own = language.map_or(0, Language::reach);
    own.max(Language::POOLED.reach())
}

/// What a letter costs that the language never has, beside what it costs in a name.
fn alien(c: char) -> i32 {
    let script = odd::script(c);
    if script == odd::LATIN || odd::is_wide(script) {
        0
    } else {
        ALIEN
    }
}

/// Whether a text has a letter that every other word of Vietnamese has, and hardly any other language: in
/// Latin Extended Additional, or one of đ, ơ and ư.
fn looks_vietnamese(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begin = memchr::memchr3_iter(0xE1, 0xC4, 0xC6, bytes);
    let mut begun = begin.map(|at| &bytes[at..]);
    begun.any(|letter| {
        matches!(
            letter,
            [0xE1, 0xBA | 0xBB, ..] | [0xC4, 0x91, ..] | [0xC6, 0xA1 | 0xB0, ..]
        )
    })
}
