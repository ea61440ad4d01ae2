//! Wording: what a reading costs, letter by letter and, where a word ends, as a word.
//!
//! A letter costs what the language's letter model says behind the letters before it. A word that the
//! language or the text itself is known to have costs no more than it does among all words; so does a
//! name that is written alike in many languages.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::context::{Place, fit, is_quoted};
use super::lattice::in_bits;
use super::lossy::LEAST;
use super::odd;
use super::prior::prior;
use crate::reader::language::{BIT, EDGE, Language, UNSEEN, Word, case_cost, detect, is_letter};

/// How many letters back the model looks.
pub(crate) const ORDER: usize = 4;
/// The longest word that is looked up, in letters.
pub(crate) const LONGEST: usize = 24;
/// What a letter costs beside its cost in all languages pooled, if the text's own lacks it: names.
const FOREIGN: i32 = 5 * BIT as i32;
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
    language: OnceCell<Option<Language>>,
    /// Words that the text has whole.
    seen: OnceCell<HashSet<Word>>,
}

impl Lexicon {
    /// What is known of the words of a text that begins so. In `certain`, what is not certain is U+FFFD.
    pub(crate) fn new(certain: String) -> Lexicon {
        Lexicon {
            certain,
            language: OnceCell::new(),
            seen: OnceCell::new(),
        }
    }

    /// The language of the text, if it can be told.
    pub(crate) fn language(&self) -> Option<Language> {
        let first = || detect(&self.certain).first().map(|guess| guess.language);
        *self.language.get_or_init(first)
    }

    /// What the words of its language are looked up by.
    fn start(&self) -> Word {
        Word::start(self.language().unwrap_or(Language::POOLED))
    }

    fn seen(&self) -> &HashSet<Word> {
        self.seen.get_or_init(|| {
            let is_part = |c: char| is_letter(c) || c == '\u{FFFD}';
            let words = self.certain.split(|c: char| !is_part(c));
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

    /// The reading with one character more, and what that costs.
    pub(crate) fn read_on(&self, path: &Path, c: char, guessed: bool) -> Path {
        let mut longer = path.with(c, guessed);
        longer.cost += path.fits(c);
        let before = path.tail[ORDER - 1];
        if is_letter(c) {
            let scripts = (odd::script(before), odd::script(c));
            let mixed = scripts.0 != scripts.1 && scripts.0 != 0 && scripts.1 != 0;
            let letter = self.letter(&path.tail, c) + if mixed { MIXED } else { 0 };
            let case = self.case(path, c);
            longer.cost += letter + case;
            longer.word.letter(self.start(), c, letter, case);
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
                && self.language().is_some_and(has_pairs)
                && let Some(hash) = path.word.hash
            {
                longer.word.pair = Some(hash.written(' '));
                longer.word.before = hash.cost().map_or(0, i32::from);
            }
        }
        longer
    }

    /// The reading whose last letters were passed without counting what they cost.
    pub(crate) fn recall(&self, path: &mut Path, letters: &[char]) {
        let mut counted = Path::start(EDGE, false);
        for &c in letters {
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
        if c == JOINER
            && self
                .language()
                .is_some_and(|language| language.cost(&[], c) == UNSEEN)
        {
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
                UNSEEN.. => pooled(),
                known => i32::from(known).min(pooled()),
            },
            None => pooled(),
        }
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
        by_word.max(by_name).max(0)
    }
}

/// Whether pairs of a language's words are known: those of which a syllable is a word.
fn has_pairs(language: Language) -> bool {
    language.code() == "vi"
}

/// What is known of the word that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spelling {
    hash: Option<Word>,
    /// The same as it is written.
    name: Option<Word>,
    /// With the word before it.
    pair: Option<Word>,
    /// What the word before it costs.
    before: i32,
    /// What its letters cost, and their case.
    letters: i32,
    case: i32,
}

impl Spelling {
    /// Adds a letter with its costs; `start` is what the words of the language are looked up by.
    fn letter(&mut self, start: Word, c: char, letter: i32, case: i32) {
        let hash = self.hash.unwrap_or(start);
        let name = self.name.unwrap_or_else(|| Word::start(Language::POOLED));
        // Where words are not spaced there are none to look up.
        let spaced = odd::script(c) != odd::THAI && !odd::is_wide(odd::script(c));
        self.hash = Some(if spaced { hash.folded(c) } else { hash });
        self.name = Some(if spaced { name.written(c) } else { name });
        self.pair = self.pair.map(|pair| pair.folded(c));
        self.letters += letter;
        self.case += case;
    }
}

/// A reading so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path {
    pub(crate) cost: i32,
    /// The last letters of the word, nearest last.
    tail: [char; ORDER],
    /// The last two characters, nearest last.
    last: [char; 2],
    /// Whether the last character is a sign that was guessed: its right neighbour has to fit.
    waits: bool,
    /// Whether a double quotation mark was open before the last character.
    quoted: bool,
    word: Spelling,
    /// The last step taken, in the list of all steps.
    pub(crate) step: u32,
}

impl Path {
    /// Behind a line feed or a space.
    pub(crate) fn start(behind: char, quoted: bool) -> Path {
        Path {
            cost: 0,
            tail: [EDGE; ORDER],
            last: [behind; 2],
            waits: false,
            quoted,
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
        longer.quoted = is_quoted(self.quoted, self.last[1]);
        longer.last = [self.last[1], c];
        longer.waits = guessed && !is_letter(c);
        longer
    }

    /// What it costs the sign that was guessed last, if one was, to stand before a character.
    pub(crate) fn fits(&self, c: char) -> i32 {
        if !self.waits {
            return 0;
        }
        let place = Place {
            left: self.last[0],
            right: c,
            quoted: self.quoted,
        };
        in_bits(-fit(self.last[1], place))
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
        (self.tail, self.last, self.waits, self.quoted)
            == (other.tail, other.last, other.waits, other.quoted)
            && (self.word.hash, self.word.pair) == (other.word.hash, other.word.pair)
    }
}
