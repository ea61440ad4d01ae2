//! Which language a text is in: by its script, then by groups of up to three letters that tell languages apart.
//!
//! `tools/model/tell.py` writes the table and describes its layout: for each such group of letters, its
//! cost in every language of the script. A letter's row is added to the sums of all languages at once.

use super::{EDGE, Language, UNSEEN, fold};

static DATA: &[u8] = include_bytes!("../../data/model/languages.bin");

/// Languages of one script, at most; Latin has 49.
const MOST_LANGUAGES: usize = 64;
/// Letters looked at; a news article is settled long before.
const MOST_LETTERS: u32 = 2000;
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
    let Some(script) = main_script(text) else {
        return Vec::new();
    };
    let mut found = match Rows::of(script) {
        Some(rows) => rows.costs(text),
        None => few(text, script),
    };
    found.sort_by_key(|&(_, cost)| cost);
    found.truncate(MOST_GUESSES);
    let best = found.first().map_or(0, |&(_, cost)| cost);
    found
        .into_iter()
        .map(|(language, cost)| Guess {
            language,
            behind: u16::try_from(cost - best).unwrap_or(u16::MAX),
        })
        .collect()
}

/// Scripts told apart, by their ISO 15924 codes.
fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => "Latn",
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "Grek",
        '\u{400}'..='\u{52F}' => "Cyrl",
        '\u{530}'..='\u{58F}' => "Armn",
        '\u{590}'..='\u{5FF}' => "Hebr",
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => "Arab",
        '\u{900}'..='\u{97F}' => "Deva",
        '\u{980}'..='\u{9FF}' => "Beng",
        '\u{A00}'..='\u{A7F}' => "Guru",
        '\u{A80}'..='\u{AFF}' => "Gujr",
        '\u{B80}'..='\u{BFF}' => "Taml",
        '\u{C00}'..='\u{C7F}' => "Telu",
        '\u{C80}'..='\u{CFF}' => "Knda",
        '\u{D00}'..='\u{D7F}' => "Mlym",
        '\u{E00}'..='\u{E7F}' => "Thai",
        '\u{10A0}'..='\u{10FF}' => "Geor",
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => "Kore",
        '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => "Jpan",
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => "Hani",
        _ => return None,
    })
}

/// The languages of scripts without a table of their own.
fn languages_of(script: &str) -> &'static [&'static str] {
    match script {
        "Grek" => &["el"],
        "Armn" => &["hy"],
        "Hebr" => &["he"],
        "Beng" => &["bn"],
        "Guru" => &["pa"],
        "Gujr" => &["gu"],
        "Taml" => &["ta"],
        "Telu" => &["te"],
        "Knda" => &["kn"],
        "Mlym" => &["ml"],
        "Thai" => &["th"],
        "Geor" => &["ka"],
        "Kore" => &["ko"],
        "Jpan" => &["ja"],
        "Hani" => &["zh", "zh-TW", "ja"],
        _ => &[],
    }
}

/// The script of most letters; Han with some kana is Japanese.
fn main_script(text: &str) -> Option<&'static str> {
    let mut seen: Vec<(&'static str, usize)> = Vec::new();
    for c in text.chars().filter_map(script).take(MOST_LETTERS as usize) {
        match seen.iter_mut().find(|(known, _)| *known == c) {
            Some((_, count)) => *count += 1,
            None => seen.push((c, 1)),
        }
    }
    let count = |script| {
        seen.iter()
            .find(|(known, _)| *known == script)
            .map_or(0, |&(_, count)| count)
    };
    let (most, _) = *seen.iter().max_by_key(|(_, count)| *count)?;
    // A Japanese text has a tenth of kana at the very least; a Chinese one has none but in names.
    Some(if most == "Hani" && count("Jpan") * 10 > count("Hani") {
        "Jpan"
    } else {
        most
    })
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

fn u32_at(at: usize) -> usize {
    u32::from_le_bytes(bytes(at)) as usize
}

/// The rows of one script.
struct Rows {
    languages: usize,
    rows: usize,
    codes: usize,
    hashes: usize,
    costs: usize,
}

impl Rows {
    fn of(script: &str) -> Option<Rows> {
        let row = (0..u32_at(4))
            .map(|n| 8 + n * 20)
            .find(|&at| bytes::<4>(at) == script.as_bytes())?;
        let (languages, rows, codes) = (u32_at(row + 8), u32_at(row + 12), u32_at(row + 16));
        let hashes = codes + languages * 9;
        Some(Rows {
            languages,
            rows,
            codes,
            hashes,
            costs: hashes + rows * 4,
        })
    }

    /// The costs of a group of letters in every language, if it has a row.
    fn find(&self, hash: u64) -> Option<&'static [u8]> {
        let wanted = (hash >> 32) as usize;
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            if u32_at(self.hashes + middle * 4) < wanted {
                low = middle + 1
            } else {
                high = middle
            }
        }
        if low == self.rows || u32_at(self.hashes + low * 4) != wanted {
            return None;
        }
        let at = self.costs + low * self.languages;
        DATA.get(at..at + self.languages)
    }

    /// Mean cost of a letter in every language, in the unit of [`super::BIT`].
    fn costs(&self, text: &str) -> Vec<(Language, u32)> {
        let mut sums = [0_u32; MOST_LANGUAGES];
        let mut letters = 0;
        let (mut one, mut two) = (EDGE, HOLE); // the last letter and the one before it
        for c in text.chars() {
            let c = if c == HOLE { HOLE } else { fold(c) };
            if c != HOLE && !(c == EDGE && one == EDGE) {
                if let Some(row) = self.longest(c, one, two) {
                    letters += 1;
                    for (sum, &cost) in sums.iter_mut().zip(row) {
                        *sum += u32::from(cost);
                    }
                }
            }
            // What stands before an edge has no say in the next word.
            (two, one) = if c == EDGE { (HOLE, EDGE) } else { (one, c) };
            if letters == MOST_LETTERS {
                break;
            }
        }
        let prior = DATA
            .get(self.codes + self.languages * 8..self.hashes)
            .unwrap_or_default();
        let language = |n: usize| {
            let code = bytes::<8>(self.codes + n * 8);
            Language::from_code(
                std::str::from_utf8(&code)
                    .unwrap_or_default()
                    .trim_end_matches('\0'),
            )
        };
        (0..self.languages)
            .zip(sums)
            .zip(prior)
            .filter_map(|((n, sum), &prior)| {
                Some((language(n)?, (sum + u32::from(prior)) * 2 / letters.max(1)))
            })
            .collect()
    }

    fn longest(&self, c: char, one: char, two: char) -> Option<&'static [u8]> {
        let single = super::table::step(0x2545_F491_4F6C_DD1D, c);
        let mut row = if c == EDGE { None } else { self.find(single) };
        if one != HOLE {
            let pair = super::table::step(single, one);
            row = self.find(pair).or(row);
            if two != HOLE {
                row = self.find(super::table::step(pair, two)).or(row);
            }
        }
        row
    }
}
