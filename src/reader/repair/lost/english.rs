//! English: what tells an English apostrophe or quotation mark where its bytes are lost.
//!
//! `src/data/english.tsv` lists the words.

use std::sync::LazyLock;

use super::super::tables::rows;
use crate::reader::language::{BIT, EDGE, Language};

/// The table: a word and what it is.
const TABLE: &str = include_str!("../../../data/english.tsv");
/// Letters of the longest tail that every contraction but "don'ts" has.
pub(crate) const LONGEST_TAIL: usize = 2;

/// The words of the table by what they are.
struct Words {
    tails: Vec<Tail>,
    stems: Vec<&'static str>,
    /// What stands before "'t".
    negated: Vec<&'static str>,
    /// Contractions without their apostrophe, and how many letters stand behind it.
    bare: Vec<(String, usize)>,
    saying: Vec<&'static str>,
    leading: Vec<&'static str>,
    ending: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| {
        let wanted = rows(TABLE).filter(move |&(_, kind)| kind == wanted);
        wanted.map(|(word, _)| word).collect::<Vec<_>>()
    };
    let contractions = of("contraction").into_iter();
    let parted = contractions.filter_map(|word| word.split_once('\''));
    let negated = parted.clone().filter(|&(_, tail)| tail == "t");
    Words {
        negated: negated.map(|(stem, _)| stem).collect(),
        tails: of("tail")
            .into_iter()
            .map(|word| tail(word.chars()))
            .collect(),
        stems: of("stem"),
        bare: parted
            .map(|(stem, tail)| ([stem, tail].concat(), tail.len()))
            .collect(),
        saying: of("saying"),
        leading: of("leading"),
        ending: of("ending"),
    }
});

/// Letters of a text, wherever they stand.
pub(crate) trait Letters: Iterator<Item = char> + Clone {}
impl<T: Iterator<Item = char> + Clone> Letters for T {}

fn is_among(words: &[&str], word: impl Letters) -> bool {
    words.iter().any(|one| {
        let mut letters = word.clone();
        let alike = |c: char| letters.next().is_some_and(|b| c.eq_ignore_ascii_case(&b));
        one.chars().all(alike) && letters.next().is_none()
    })
}

/// The small letters of a tail, or so many of a longer word that it is none.
type Tail = [Option<char>; LONGEST_TAIL + 1];

fn tail(mut word: impl Letters) -> Tail {
    std::array::from_fn(|_| Some(word.next()?.to_ascii_lowercase()))
}

/// Whether these are the one letter t, behind which English has no apostrophe but in "n’t".
fn is_t(word: impl Letters) -> bool {
    matches!(tail(word), [Some('t'), None, ..])
}

/// Whether English puts this behind an apostrophe.
pub(crate) fn is_tail(word: impl Letters) -> bool {
    WORDS.tails.contains(&tail(word))
}

/// Whether these words, on both sides of an apostrophe, can be nothing but a contraction.
pub(crate) fn is_contraction(stem: impl Letters, tail: impl Letters) -> bool {
    is_tail(tail.clone())
        && if is_t(tail) {
            negates(stem)
        } else {
            is_among(&WORDS.stems, stem)
        }
}

/// Whether these letters can be the noun or pronoun before an apostrophe and the tail behind it.
pub(crate) fn may_contract(stem: impl Letters, tail: impl Letters) -> bool {
    // "t" stands behind an n only: French has "ât" at the end of words.
    stem.clone().next().is_some() && is_tail(tail.clone()) && (!is_t(tail) || negates(stem))
}

/// Whether this is what stands before "’t": other languages have words in "nât" and "nāt".
fn negates(stem: impl Letters) -> bool {
    is_among(&WORDS.negated, stem)
}

/// Whether this is a noun with the s of a possessive, and no name: "dragon’s".
pub(crate) fn is_noun(mut stem: impl Letters, tail: impl Letters) -> bool {
    /// Letters of the shortest that no foreign word is taken for.
    const LETTERS: usize = 4;
    tail.eq(['s'])
        && stem.clone().nth(LETTERS - 1).is_some()
        && stem.all(|c| c.is_ascii_lowercase())
}

/// Whether an apostrophe may part these letters: "it’s", "don’ts", "O’Neill", "y’all", "gov’t", "Vava’u".
pub(crate) fn may_part(stem: impl Letters, mut tail: impl Letters) -> bool {
    /// Letters of the longest stem that stands before a name or a word.
    const SHORT: usize = 2;
    is_tail(tail.clone())
        || is_among(&["ts"], tail.clone())
        || stem.count() <= SHORT
        || is_syllable(tail.clone())
        || tail.next().is_some_and(char::is_uppercase)
}

/// Whether this is a vowel that is no word.
fn is_syllable(word: impl Letters) -> bool {
    matches!(tail(word), [Some('e' | 'o' | 'u'), None, ..])
}

/// How many letters of a word stood behind an apostrophe, if it is no word without one.
pub(crate) fn bare_contraction(word: &[char]) -> Option<usize> {
    let found = WORDS.bare.iter().find(|(bare, _)| {
        bare.len() == word.len()
            && bare
                .chars()
                .zip(word)
                .all(|(a, b)| a.eq_ignore_ascii_case(b))
    });
    // "IM" and "IVE" are abbreviations; "I" is a capital.
    let shouted = |word: &[char]| word.len() > 1 && word.iter().all(|c| c.is_uppercase());
    found
        .filter(|_| !shouted(word) && word != ['i', 'm'])
        .map(|&(_, tail)| tail)
}

/// How many letters stood behind the apostrophe of a possessive: the plural of "city" is another word.
pub(crate) fn bare_possessive(word: &[char]) -> Option<usize> {
    /// Letters of the shortest: "skys" may be a slip.
    const LETTERS: usize = 5;
    let small = word.iter().all(char::is_ascii_lowercase);
    let [.., before, 'y', 's'] = word else {
        return None;
    };
    let vowel = matches!(before, 'a' | 'e' | 'i' | 'o' | 'u');
    (small && !vowel && word.len() >= LETTERS).then_some(1)
}

/// Whether the next word belongs to this one, so that no dash stands between: "the letter x", "with x".
pub(crate) fn leads_on(word: impl Letters) -> bool {
    is_among(&WORDS.leading, word)
}

/// Whether letters may be an English word, as far as its letters tell; none at all may stand between words.
pub(crate) fn is_likely(word: &[char]) -> bool {
    /// What a letter costs at most, and the edges.
    const MOST: u32 = 4 * BIT as u32;
    static ENGLISH: LazyLock<Option<Language>> = LazyLock::new(|| Language::from_code("en"));
    let letters: Vec<char> = [&[EDGE], word, &[EDGE]].concat();
    let cost = ENGLISH.map_or(u32::MAX, |english| english.word_cost(&letters));
    word.is_empty() || cost <= MOST * (word.len() + 2) as u32
}

/// Whether a range of years may go on to this word: "2013 – present", "1914 – August 1915".
pub(crate) fn ends_range(word: impl Letters) -> bool {
    is_among(&WORDS.ending, word)
}

/// Whether a word tells who speaks.
pub(crate) fn is_saying(word: &str) -> bool {
    WORDS.saying.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::super::tables::assert_sorted_and_whole;
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert_sorted_and_whole(TABLE);
        for (word, kind) in rows(TABLE) {
            let apostrophes = word.matches('\'').count();
            let letters = word.chars().all(|c| c.is_ascii_lowercase() || c == '\'');
            assert!(letters, "{word}");
            assert_eq!(apostrophes, usize::from(kind == "contraction"), "{word}");
            assert!(
                matches!(
                    kind,
                    "tail" | "stem" | "contraction" | "saying" | "leading" | "ending"
                ),
                "{kind}"
            );
            assert!(kind != "tail" || word.len() <= LONGEST_TAIL, "{word}");
        }
    }

    #[test]
    fn a_name_is_no_contraction() {
        let contracts = |stem: &str, tail: &str| is_contraction(stem.chars(), tail.chars());
        assert!(contracts("It", "s") && contracts("don", "t"));
        assert!(contracts("DON", "T") && contracts("I", "m"));
        assert!(!contracts("Bill", "s"));
        // "Nicolâs", "dignitât"
        assert!(!contracts("Nicol", "s") && !contracts("dignit", "t"));
        let may = |stem: &str, tail: &str| may_contract(stem.chars(), tail.chars());
        assert!(may("Bill", "s") && may("don", "T") && !may("dignit", "t") && !may("", "s"));
    }

    #[test]
    fn contractions_are_known_without_their_apostrophe() {
        let bare = |word: &str| bare_contraction(&word.chars().collect::<Vec<_>>());
        assert_eq!((bare("dont"), bare("Youve")), (Some(1), Some(2)));
        assert_eq!(
            (bare("wont"), bare("cantor"), bare("IVE")),
            (Some(1), None, None)
        );
        let possessive = |word: &str| bare_possessive(&word.chars().collect::<Vec<_>>());
        assert_eq!((possessive("citys"), possessive("days")), (Some(1), None));
        assert_eq!((possessive("Kennedys"), possessive("guys")), (None, None));
        assert!(is_saying("added") && !is_saying("aided"));
    }

    #[test]
    fn an_apostrophe_parts_few_words() {
        for (stem, tail) in [
            ("it", "s"),
            ("Don", "ts"),
            ("O", "Neill"),
            ("y", "all"),
            ("Vava", "u"),
        ] {
            assert!(may_part(stem.chars(), tail.chars()), "{stem}’{tail}");
        }
        for (stem, tail) in [("history", "a"), ("and", "and")] {
            assert!(!may_part(stem.chars(), tail.chars()), "{stem}’{tail}");
        }
    }
}
