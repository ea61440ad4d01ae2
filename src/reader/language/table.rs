//! The letter tables, read in place: hashed n-grams and back-off weights of every language in one file.
//!
//! `tools/model/pack.py` writes them and describes the layout. An n-gram's suffixes are always kept with
//! it, so a lookup goes from the last letter outwards and stops at the first that is missing: that is fast,
//! and a false match of a check (1 in 500 misses) can only lead one step too far.

use super::{Language, UNSEEN};

static DATA: &[u8] = include_bytes!("../../data/model/letters.bin");

const BOOKS: usize = 8;
/// Bytes of a language's costs: of 32 codes of n-grams, then of 32 codes of back-off.
const BOOK: usize = 64 * 2;
const ROW: usize = 24;
const CHECK_BITS: u32 = 11;
const PER_BUCKET: i64 = 4;
/// The longest context of any language, in letters.
pub(super) const ORDER: usize = 6;

const fn u32_at(at: usize) -> u32 {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]])
}

#[inline]
fn u16_at(at: usize) -> u16 {
    DATA.get(at..at + 2)
        .map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

/// How many languages the tables hold.
const LANGUAGES: usize = u32_at(4) as usize;

/// The same, as languages are numbered.
pub(super) fn languages() -> u8 {
    u8::try_from(LANGUAGES).unwrap_or(u8::MAX)
}

/// Where a language's row of the directory begins.
const fn row(language: usize) -> usize {
    BOOKS + LANGUAGES * BOOK + language * ROW
}

/// The code of a language.
pub(super) fn code(language: Language) -> &'static str {
    let at = row(language.0.into());
    let code = DATA.get(at..at + 7).unwrap_or_default();
    std::str::from_utf8(code)
        .unwrap_or_default()
        .trim_end_matches('\0')
}

/// One more letter into a hash; `tools/model/pack.py` does the same.
#[inline]
pub(super) fn step(hash: u64, letter: char) -> u64 {
    let hash = (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 32)
}

/// What a hash is of; the numbers are those of `tools/model/pack.py`.
#[derive(Clone, Copy)]
enum Kind {
    Gram = 0,
    Context = 1,
    Letter = 2,
}

fn start(language: Language, kind: Kind) -> u64 {
    (u64::from(language.0) * 3 + kind as u64 + 1).wrapping_mul(0xD1B5_4A32_D192_ED03)
}

/// One language's part of the tables.
#[derive(Clone, Copy)]
pub(super) struct Table {
    language: Language,
    /// How many letters back its n-grams look.
    pub(super) reach: usize,
    book: usize,
    offsets: usize,
    buckets: u32,
    entries: usize,
}

/// All of them, read from the directory by the compiler.
static TABLES: [Table; LANGUAGES] = {
    let mut tables = [Table::read(0); LANGUAGES];
    let mut language = 1;
    while language < LANGUAGES {
        tables[language] = Table::read(language);
        language += 1;
    }
    tables
};

impl Table {
    pub(super) fn of(language: Language) -> &'static Table {
        &TABLES[usize::from(language.0)]
    }

    const fn read(language: usize) -> Table {
        let own = row(language);
        let offsets = row(LANGUAGES);
        let last = row(LANGUAGES - 1);
        let all_offsets = (u32_at(last + 8) + u32_at(last + 12) + 1) as usize;
        let buckets = u32_at(own + 12);
        assert!(buckets > 0, "a language has n-grams");
        Table {
            language: Language(language as u8),
            reach: DATA[own + 7] as usize,
            book: BOOKS + language * BOOK,
            offsets: offsets + u32_at(own + 8) as usize * 2,
            buckets,
            entries: offsets + all_offsets * 2 + u32_at(own + 16) as usize * 2,
        }
    }

    /// Where the entries of a bucket begin.
    #[inline]
    fn begin(&self, bucket: u32) -> usize {
        let even = i64::from(bucket) * PER_BUCKET;
        let drift = u16_at(self.offsets + bucket as usize * 2).cast_signed();
        usize::try_from(even + i64::from(drift)).unwrap_or(0)
    }

    #[inline]
    fn find(&self, hash: u64) -> Option<usize> {
        let bucket = (((hash >> 32) * u64::from(self.buckets)) >> 32) as u32;
        let check = (hash & ((1 << CHECK_BITS) - 1)) as u16;
        let range =
            self.entries + self.begin(bucket) * 2..self.entries + self.begin(bucket + 1) * 2;
        DATA.get(range)?
            .chunks_exact(2)
            .map(|b| u16::from_le_bytes([b[0], b[1]]))
            .find(|entry| entry & ((1 << CHECK_BITS) - 1) == check)
            .map(|entry| usize::from(entry >> CHECK_BITS))
    }

    /// Cost of `next` after `before` (nearest last), all folded, an edge being [`super::EDGE`].
    pub(super) fn cost(&self, before: &[char], next: char) -> u16 {
        let mut hash = step(start(self.language, Kind::Gram), next);
        let Some(mut found) = self.find(hash) else {
            return UNSEEN;
        };
        let mut matched = 0;
        for &letter in before.iter().rev().take(self.reach) {
            hash = step(hash, letter);
            match self.find(hash) {
                Some(longer) => found = longer,
                None => break,
            }
            matched += 1;
        }
        // Checked twice: a false match would let a letter into a language that has no such letter.
        if matched == 0
            && self
                .find(step(start(self.language, Kind::Letter), next))
                .is_none()
        {
            return UNSEEN;
        }
        let mut cost = i32::from(u16_at(self.book + found * 2).cast_signed());
        let mut hash = start(self.language, Kind::Context);
        for (at, &letter) in before.iter().rev().take(self.reach).enumerate() {
            hash = step(hash, letter);
            if at < matched {
                continue;
            }
            match self.find(hash) {
                Some(back) => {
                    cost += i32::from(u16_at(self.book + BOOK / 2 + back * 2).cast_signed())
                }
                None => break,
            }
        }
        u16::try_from(cost.clamp(0, i32::from(UNSEEN))).unwrap_or(UNSEEN)
    }
}

/// The language with this code: they stand sorted in the tables, after the pool.
pub(super) fn by_code(wanted: &str) -> Option<Language> {
    let (mut low, mut high) = (1, languages());
    while low < high {
        let middle = low + (high - low) / 2;
        if code(Language(middle)) < wanted {
            low = middle + 1
        } else {
            high = middle
        }
    }
    (low < languages() && code(Language(low)) == wanted).then_some(Language(low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::language::EDGE;

    #[test]
    fn the_tables_fill_the_file() {
        let last = row(LANGUAGES - 1);
        let end = Table::of(Language(languages() - 1)).entries + u32_at(last + 20) as usize * 2;
        assert_eq!(&DATA[..4], b"ACL2");
        assert_eq!(end, DATA.len());
    }

    #[test]
    fn no_language_looks_back_further_than_the_longest_context() {
        let reach = |code| by_code(code).map(|language| Table::of(language).reach);
        assert_eq!(
            ["zh", "el", "ta"].map(reach),
            [Some(2), Some(4), Some(ORDER)]
        );
        assert!(Language::all().all(|language| (1..=ORDER).contains(&Table::of(language).reach)));
    }

    #[test]
    fn codes_are_sorted_and_found() {
        let codes: Vec<&str> = Language::all().map(Language::code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        assert!(
            codes
                .iter()
                .all(|code| by_code(code).is_some_and(|found| found.code() == *code))
        );
        assert_eq!(by_code("xx"), None);
        assert_eq!(by_code(""), None);
        assert_eq!(by_code("zzz"), None);
    }

    #[test]
    fn every_bucket_lies_within_its_language() {
        for language in (0..languages()).map(Language) {
            let table = Table::of(language);
            let begins: Vec<usize> = (0..=table.buckets)
                .map(|bucket| table.begin(bucket))
                .collect();
            assert!(begins.is_sorted(), "{}", language.code());
            let count = u32_at(row(language.0.into()) + 20) as usize;
            assert_eq!(begins.last(), Some(&count), "{}", language.code());
        }
    }

    #[test]
    fn strange_letters_are_strange_to_every_language() {
        // Runic, Cherokee, Ogham: no false match of a check lets one in.
        let strange = ('\u{16A0}'..='\u{16EA}')
            .chain('\u{13A0}'..='\u{13F4}')
            .chain('\u{1681}'..='\u{169A}');
        for c in strange {
            for language in Language::all() {
                assert_eq!(
                    Table::of(language).cost(&[EDGE], c),
                    UNSEEN,
                    "{c} in {}",
                    language.code()
                );
            }
        }
    }
}
