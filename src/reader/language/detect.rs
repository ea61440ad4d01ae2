//! Which language a text is in: by its script, then by groups of up to three letters that tell languages apart.
//!
//! `tools/model/tell.py` writes the table and describes its layout: for each such group of letters, its
//! cost in every language of the script. A letter's row is added to the sums of all languages at once.

use super::script::{languages_of, main_script, script};
use super::{BIT, EDGE, Language, UNSEEN, fold};

static DATA: &[u8] = include_bytes!("../../data/model/languages.bin");

/// Languages of one script, at most; Latin has 49.
const MOST_LANGUAGES: usize = 64;
/// Letters looked at; a news article is settled long before.
const MOST_LETTERS: u32 = 2000;
/// Letters whose costs, a byte each, are added up in two bytes.
const AT_ONCE: u32 = u16::MAX as u32 / u8::MAX as u32;
/// So much cheaper than all others, in half the unit of costs, a language is settled before that: English is
/// behind 130 words, Danish beside Norwegian not at all.
const SETTLED: u32 = 600 * BIT as u32 / 2;
/// Letters that settle it among the few languages of a script without a table.
const FEW_LETTERS: usize = 300;
/// Where a byte was lost.
const HOLE: char = '\u{FFFD}';

/// One language that a text may be in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guess {
    /// The language.
    pub language: Language,
    /// How much worse than the best guess it explains the text, per letter (0 for the best).
    pub behind: u16,
}

/// The most guesses [`detect`] gives.
pub const MOST_GUESSES: usize = 5;

/// The languages `text` may be in, best first, at most [`MOST_GUESSES`]; empty if it has no letters.
///
/// Only the script that most of the letters are of is considered. Anything that is neither letter nor mark
/// is a word's edge; U+FFFD is a hole, and what touches it is not counted.
///
/// ```
/// use artclean::reader::language::detect;
/// assert_eq!(detect("Οι πολίτες της χώρας")[0].language.code(), "el");
/// assert_eq!(detect("Der Minister sagte gestern, die Stra\u{FFFD}e werde gesperrt")[0].language.code(), "de");
/// assert!(detect("2024 — 100 %").is_empty());
/// ```
pub fn detect(text: &str) -> Vec<Guess> {
    let Some(script) = main_script(text, MOST_LETTERS as usize) else {
        return Vec::new();
    };
    match Rows::of(script) {
        Some(rows) => ranked(rows.costs(text.chars()), |&number| rows.language(number)),
        None => ranked(few(text, script), |&language| Some(language)),
    }
}

/// The language that Latin text is in, by its letters of ASCII alone.
pub(crate) fn detect_plain(text: &[char]) -> Option<Language> {
    let mut plain = text.iter().copied().filter(char::is_ascii);
    let rows = Rows::of("Latn").filter(|_| plain.clone().any(|c| c.is_ascii_alphabetic()))?;
    let costs = rows.costs(&mut plain).into_iter();
    let (cheapest, _) = costs.min_by_key(|&(_, cost)| cost)?;
    rows.language(cheapest)
}

/// The best few of what was weighed.
fn ranked<T>(mut found: Vec<(T, u32)>, language: impl Fn(&T) -> Option<Language>) -> Vec<Guess> {
    found.sort_by_key(|&(_, cost)| cost);
    let best = found.first().map_or(0, |&(_, cost)| cost);
    let guesses = found.iter().take(MOST_GUESSES).filter_map(|(which, cost)| {
        Some(Guess {
            language: language(which)?,
            behind: u16::try_from(cost - best).unwrap_or(u16::MAX),
        })
    });
    guesses.collect()
}

/// Costs per letter by the letters alone, for scripts of few languages.
fn few(text: &str, of: &str) -> Vec<(Language, u32)> {
    let codes = languages_of(of);
    if let [only] = codes {
        return Language::from_code(only)
            .map(|language| (language, 0))
            .into_iter()
            .collect();
    }
    let languages = codes.iter().filter_map(|code| Language::from_code(code));
    languages
        .map(|language| {
            let letters = text
                .chars()
                .filter(|&c| script(c) == Some(of))
                .take(FEW_LETTERS);
            let (sum, count) = letters.fold((0, 0), |(sum, count), c| {
                (sum + u32::from(language.cost(&[], c)), count + 1)
            });
            (
                language,
                sum.checked_div(count).unwrap_or(u32::from(UNSEEN)),
            )
        })
        .collect()
}

fn bytes<const N: usize>(at: usize) -> [u8; N] {
    DATA.get(at..)
        .and_then(|rest| rest.first_chunk())
        .copied()
        .unwrap_or([0; N])
}

const fn u32_at(at: usize) -> usize {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]]) as usize
}

/// How many scripts have rows.
const SCRIPTS: usize = u32_at(4);

/// Where the directory tells of a script.
const fn directory(script: usize) -> usize {
    8 + script * 20
}

/// Rows stand by their hashes, which are spread evenly: so many leading bits of them leave one or two rows to
/// look at.
const BUCKET_BITS: u32 = 12;
/// The number of the first row of each bucket, and of all rows.
type Buckets = [u16; (1 << BUCKET_BITS) + 1];

static BUCKETS: [Buckets; SCRIPTS] = {
    let mut buckets = [[0; (1 << BUCKET_BITS) + 1]; SCRIPTS];
    let mut script = 0;
    while script < SCRIPTS {
        let at = directory(script);
        let (languages, rows, codes) = (u32_at(at + 8), u32_at(at + 12), u32_at(at + 16));
        assert!(rows <= u16::MAX as usize, "a row's number is two bytes");
        let (mut bucket, mut row) = (0, 0);
        while bucket < 1 << BUCKET_BITS {
            buckets[script][bucket] = row as u16;
            while row < rows
                && u32_at(codes + languages * 9 + row * 4) >> (32 - BUCKET_BITS) == bucket
            {
                row += 1;
            }
            bucket += 1;
        }
        assert!(row == rows, "rows stand by their hashes");
        buckets[script][bucket] = row as u16;
        script += 1;
    }
    buckets
};

/// The rows of one script.
struct Rows {
    languages: usize,
    buckets: &'static Buckets,
    codes: usize,
    hashes: usize,
    costs: usize,
}

impl Rows {
    fn of(script: &str) -> Option<Rows> {
        let named = |&at: &usize| bytes::<4>(directory(at)) == script.as_bytes();
        let script = (0..SCRIPTS).find(named)?;
        let at = directory(script);
        let (languages, rows, codes) = (u32_at(at + 8), u32_at(at + 12), u32_at(at + 16));
        let hashes = codes + languages * 9;
        Some(Rows {
            languages,
            buckets: &BUCKETS[script],
            codes,
            hashes,
            costs: hashes + rows * 4,
        })
    }

    /// The row of a group of letters, if it has one.
    fn find(&self, hash: u64) -> Option<usize> {
        let wanted = (hash >> 32) as u32;
        let bucket = (wanted >> (32 - BUCKET_BITS)) as usize;
        let (first, end): (usize, usize) =
            (self.buckets[bucket].into(), self.buckets[bucket + 1].into());
        let hashes = DATA.get(self.hashes + first * 4..self.hashes + end * 4)?;
        let is_it = |hash: &[u8]| hash == wanted.to_le_bytes();
        hashes
            .chunks_exact(4)
            .position(is_it)
            .map(|row| first + row)
    }

    /// Adds the costs of a row.
    fn count(&self, row: usize, sums: &mut [u16; MOST_LANGUAGES]) {
        let row = DATA
            .get(self.costs + row * self.languages..)
            .unwrap_or_default();
        // What stands behind a row is added to the sums of no language: as many at once as there can be
        // take no longer.
        match row.first_chunk::<MOST_LANGUAGES>() {
            Some(row) => (0..MOST_LANGUAGES).for_each(|at| sums[at] += u16::from(row[at])),
            None => sums
                .iter_mut()
                .zip(row)
                .for_each(|(sum, &cost)| *sum += u16::from(cost)),
        }
    }

    /// Mean cost of a letter in every language, in the unit of [`super::BIT`].
    fn costs(&self, text: impl Iterator<Item = char>) -> Vec<(usize, u32)> {
        let mut sums = [0_u32; MOST_LANGUAGES];
        let mut latest = [0_u16; MOST_LANGUAGES];
        let mut letters = 0;
        let mut recent = Recent::new();
        let (mut one, mut two) = (EDGE, HOLE); // the last letter and the one before it
        for c in text {
            let c = if c == HOLE { HOLE } else { fold(c) };
            let counts = c != HOLE && !(c == EDGE && one == EDGE);
            if let Some(row) = counts
                .then(|| self.longest(c, one, two, &mut recent))
                .flatten()
            {
                letters += 1;
                self.count(row, &mut latest);
                if letters % AT_ONCE == 0 {
                    add(&mut sums, &mut latest);
                    if lead(&sums[..self.languages]) >= SETTLED {
                        break;
                    }
                }
            }
            // What stands before an edge has no say in the next word.
            (two, one) = if c == EDGE { (HOLE, EDGE) } else { (one, c) };
            if letters == MOST_LETTERS {
                break;
            }
        }
        add(&mut sums, &mut latest);
        let prior = DATA
            .get(self.codes + self.languages * 8..self.hashes)
            .unwrap_or_default();
        let weighed = (0..self.languages).zip(sums).zip(prior);
        weighed
            .map(|((n, sum), &prior)| (n, (sum + u32::from(prior)) * 2 / letters.max(1)))
            .collect()
    }

    /// The language of a column.
    fn language(&self, column: usize) -> Option<Language> {
        let code = bytes::<8>(self.codes + column * 8);
        Language::from_code(std::str::from_utf8(&code).ok()?.trim_end_matches('\0'))
    }

    /// The row of the longest group that ends in `c`, behind `one` and `two` before that.
    fn longest(&self, c: char, one: char, two: char, recent: &mut Recent) -> Option<usize> {
        let single = super::table::step(0x2545_F491_4F6C_DD1D, c);
        let pair = super::table::step(single, one);
        let triple = super::table::step(pair, two);
        recent.row(triple, || {
            let three = (one != HOLE && two != HOLE).then_some(triple);
            let two = (one != HOLE).then_some(pair);
            let one = (c != EDGE).then_some(single);
            let hashes = [three, two, one].into_iter().flatten();
            hashes.filter_map(|hash| self.find(hash)).next()
        })
    }
}

/// Adds up and starts again.
fn add(sums: &mut [u32; MOST_LANGUAGES], latest: &mut [u16; MOST_LANGUAGES]) {
    for (sum, part) in sums.iter_mut().zip(latest) {
        *sum += u32::from(std::mem::take(part));
    }
}

/// How much cheaper the cheapest is than any other.
fn lead(sums: &[u32]) -> u32 {
    let (mut best, mut second) = (u32::MAX, u32::MAX);
    for &sum in sums {
        second = second.min(best.max(sum));
        best = best.min(sum);
    }
    second - best
}

/// The rows found last: the same groups of letters come again and again.
struct Recent {
    rows: [(u64, Option<u32>); Recent::SLOTS],
}

impl Recent {
    /// As many as the commonest groups of a language take.
    const SLOTS: usize = 512;

    fn new() -> Recent {
        Recent {
            rows: [(0, None); Recent::SLOTS],
        }
    }

    /// The row that belongs to a hash, found if it is not known.
    #[inline]
    fn row(&mut self, hash: u64, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        let slot = &mut self.rows[hash as usize % Recent::SLOTS];
        if slot.0 != hash {
            *slot = (hash, find().and_then(|row| u32::try_from(row).ok()));
        }
        slot.1.map(|row| row as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> &'static str {
        detect(text)
            .first()
            .map_or("", |guess| guess.language.code())
    }

    #[test]
    fn plain_letters_tell_as_much_as_their_text() {
        for text in [
            "The caf\u{FFFD}\u{FFFD} opens at noon, the owner said, and nobody was surprised.",
            "Der Minister sagte gestern, die Stra\u{DF}e werde gesperrt.",
            "2024 \u{2014} 100 %",
            "",
        ] {
            let plain: String = text.chars().filter(char::is_ascii).collect();
            let chars: Vec<char> = text.chars().collect();
            let first = detect(&plain).first().map(|guess| guess.language);
            assert_eq!(detect_plain(&chars), first, "{text}");
        }
    }

    #[test]
    fn one_sentence_tells_the_language() {
        for (code, text) in [
            ("cs", "Vláda dnes schválila návrh nového zákona o daních."),
            (
                "pl",
                "Rząd przyjął dzisiaj projekt nowej ustawy o podatkach.",
            ),
            ("vi", "Chính phủ hôm nay đã thông qua dự luật thuế mới."),
            (
                "uk",
                "Уряд сьогодні схвалив проєкт нового закону про податки.",
            ),
            (
                "ru",
                "Правительство сегодня одобрило проект нового закона о налогах.",
            ),
            ("fa", "دولت امروز لایحه جدید مالیات را تصویب کرد."),
            ("hi", "सरकार ने आज नए कर विधेयक को मंजूरी दे दी।"),
            ("ja", "政府は本日、新しい税法案を承認した。"),
            ("zh", "政府今天批准了新的税法草案，这将于明年生效。"),
            ("zh-TW", "政府今天批准了新的稅法草案，這將於明年生效。"),
            (
                "en",
                "The government today approved the draft of a new law on taxes.",
            ),
        ] {
            assert_eq!(best(text), code, "{text}");
        }
    }

    #[test]
    fn holes_do_not_hide_the_language() {
        let text = "Уряд сьогодні схвалив проєкт нового закону про податки.";
        let holed: String = text
            .chars()
            .map(|c| {
                if "рстуфхцчшщ".contains(c) {
                    HOLE
                } else {
                    c
                }
            })
            .collect();
        assert_eq!(best(&holed), "uk");
    }

    #[test]
    fn every_row_is_found_by_its_hash() {
        for script in ["Latn", "Cyrl", "Arab", "Deva"] {
            let rows = Rows::of(script).expect("a script of several languages");
            let count = usize::from(rows.buckets[1 << BUCKET_BITS]);
            for row in 0..count {
                let hash = u32_at(rows.hashes + row * 4) as u64;
                assert_eq!(rows.find(hash << 32), Some(row), "{script}");
                assert_ne!(rows.find((hash + 1) << 32), Some(row), "{script}");
            }
        }
    }

    #[test]
    fn a_language_is_settled_where_it_is_far_ahead_of_all_others() {
        assert_eq!(lead(&[700, 300, 450]), 150);
        assert_eq!(lead(&[5, 5]), 0);
        let english = "The council decided on Tuesday to close the old bridge until spring. ";
        let latvian = "Dome otrdien nol\u{113}ma sl\u{113}gt veco tiltu l\u{12B}dz pavasarim. ";
        let text = |times| english.repeat(times) + &latvian.repeat(30);
        assert_eq!(best(&text(2)), "lv");
        assert_eq!(best(&text(20)), "en");
    }

    #[test]
    fn guesses_are_ranked_and_few() {
        let guesses = detect("To je nova vlada in nov zakon");
        assert_eq!(guesses.len(), MOST_GUESSES);
        assert_eq!(guesses[0].behind, 0);
        assert!(guesses.is_sorted_by_key(|guess| guess.behind));
        assert!(detect("").is_empty());
        assert!(detect("\u{FFFD}\u{FFFD} 12 …").is_empty());
    }
}
