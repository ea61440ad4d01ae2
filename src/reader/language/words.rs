//! Words: which words a language has and how common they are, and names that are written alike in many.
//!
//! `tools/model/words.py` makes the table and describes its layout. It holds hashes only, with letters beyond
//! ASCII among them, for those are the ones that get lost. One word in a quarter of a million that is none is
//! found by mistake.

use super::{Language, fold, table::step};

static DATA: &[u8] = include_bytes!("../../data/model/words.bin");

const LANGUAGES: usize = u32_at(4) as usize;
const BOOK: usize = 12;
/// The first bucket of each language, and how many there are.
const FIRSTS: usize = BOOK + 16 * 2;
const OFFSETS: usize = FIRSTS + (LANGUAGES + 1) * 4;
const ENTRIES: usize = OFFSETS + (u32_at(FIRSTS + LANGUAGES * 4) as usize + 1) * 2;
const CHECK_BITS: u32 = 20;
/// Bytes of an entry.
const ENTRY: usize = 3;
const PER_BUCKET: i64 = 4;
/// What a hash is of, beside the kinds of the letter tables.
const WORD: u64 = 0x57;

/// A word, or two that follow one another, letter by letter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Word {
    language: Language,
    hash: u64,
}

impl Word {
    /// The start of a word of a language; of [`Language::POOLED`], of a name.
    pub fn start(language: Language) -> Word {
        let number = u64::from(language.0) + 1;
        let hash = number.wrapping_mul(0xD1B5_4A32_D192_ED03);
        Word {
            language,
            hash: hash.wrapping_add(WORD),
        }
    }

    /// The word that these letters spell, whatever their case.
    pub(crate) fn folding<'c>(
        language: Language,
        letters: impl IntoIterator<Item = &'c char>,
    ) -> Word {
        let letters = letters.into_iter();
        letters.fold(Word::start(language), |word, &c| word.folded(c))
    }

    /// Whether it is one of those that are known.
    pub(crate) fn is_known(self) -> bool {
        self.cost().is_some()
    }

    /// With one letter more, whatever its case.
    pub fn folded(self, letter: char) -> Word {
        self.written(fold(letter))
    }

    /// With one letter more as it is written, or the space before another word.
    pub fn written(self, letter: char) -> Word {
        Word {
            hash: step(self.hash, letter),
            ..self
        }
    }

    /// What the word costs among all words of its language; `None` for one that is not known.
    ///
    /// ```
    /// use artclean::reader::language::{Language, Word};
    /// let greek = Language::from_code("el").expect("Greek is known");
    /// let word = |letters: &str| letters.chars().fold(Word::start(greek), Word::folded);
    /// assert!(word("και").cost() < word("χώρα").cost());
    /// assert_eq!(word("χώυα").cost(), None);
    /// ```
    pub fn cost(self) -> Option<u16> {
        let own = FIRSTS + usize::from(self.language.0) * 4;
        let (first, next) = (u32_at(own), u32_at(own + 4));
        let bucket = ((self.hash >> 32) * u64::from(next - first)) >> 32;
        let bucket = first as usize + bucket as usize;
        let begin = |bucket: usize| {
            let drift = i64::from(u16_at(OFFSETS + bucket * 2).cast_signed());
            usize::try_from(bucket as i64 * PER_BUCKET + drift).unwrap_or(0)
        };
        let check = (self.hash & ((1 << CHECK_BITS) - 1)) as u32;
        let range = ENTRIES + begin(bucket) * ENTRY..ENTRIES + begin(bucket + 1) * ENTRY;
        DATA.get(range)?
            .chunks_exact(ENTRY)
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
            .find(|entry| entry & ((1 << CHECK_BITS) - 1) == check)
            .map(|entry| u16_at(BOOK + (entry >> CHECK_BITS) as usize * 2))
    }
}

const fn u32_at(at: usize) -> u32 {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]])
}

fn u16_at(at: usize) -> u16 {
    DATA.get(at..at + 2)
        .map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fills_the_file() {
        assert_eq!(&DATA[..4], b"ACW2");
        assert_eq!(LANGUAGES, 1 + Language::all().count());
        assert_eq!(ENTRIES + u32_at(8) as usize * ENTRY, DATA.len());
        let firsts: Vec<u32> = (0..=LANGUAGES)
            .map(|language| u32_at(FIRSTS + language * 4))
            .collect();
        assert!(firsts.is_sorted(), "{firsts:?}");
    }

    #[test]
    fn hardly_a_word_is_found_by_mistake() {
        let czech = Language::from_code("cs").expect("Czech is known");
        let found = ('\u{100}'..'\u{2000}').filter(|&c| {
            Word::start(czech)
                .written(c)
                .written('\u{17E}')
                .cost()
                .is_some()
        });
        assert_eq!(found.count(), 0);
    }
}
