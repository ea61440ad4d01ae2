//! English: what tells an English apostrophe or quotation mark where its bytes are lost.
//!
//! `src/data/english.tsv` lists the words.

use std::sync::LazyLock;

use super::super::tables::rows;

/// The table: a word and what it is.
const TABLE: &str = include_str!("../../../data/english.tsv");
/// Letters of the longest tail that every contraction but "don'ts" has.
pub(crate) const LONGEST_TAIL: usize = 2;

/// The words of the table by what they are.
struct Words {
    tails: Vec<&'static str>,
    stems: Vec<&'static str>,
    /// Contractions without their apostrophe, and how many letters stand behind it.
    bare: Vec<(String, usize)>,
    saying: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| {
        let wanted = rows(TABLE).filter(move |&(_, kind)| kind == wanted);
        wanted.map(|(word, _)| word).collect::<Vec<_>>()
    };
    let contractions = of("contraction").into_iter();
    let parted = contractions.filter_map(|word| word.split_once('\''));
    Words {
        tails: of("tail"),
        stems: of("stem"),
        bare: parted
            .map(|(stem, tail)| ([stem, tail].concat(), tail.len()))
            .collect(),
        saying: of("saying"),
    }
});

fn is_among(words: &[&str], word: &str) -> bool {
    words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// Whether English puts this behind an apostrophe.
pub(crate) fn is_tail(word: &str) -> bool {
    is_among(&WORDS.tails, word)
}

/// Whether these words, on both sides of an apostrophe, can be nothing but a contraction.
pub(crate) fn is_contraction(stem: &str, tail: &str) -> bool {
    is_tail(tail)
        && if tail.eq_ignore_ascii_case("t") {
            stem.ends_with(['n', 'N'])
        } else {
            is_among(&WORDS.stems, stem)
        }
}

/// Whether this is a noun with the s of a possessive, and no name: "dragon’s".
pub(crate) fn is_noun(stem: &str, tail: &str) -> bool {
    /// Letters of the shortest that no foreign word is taken for.
    const LETTERS: usize = 4;
    tail == "s" && stem.len() >= LETTERS && stem.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether an apostrophe may part these letters: "it’s", "don’ts", "O’Neill", "y’all", "gov’t".
pub(crate) fn may_part(stem: &str, tail: &str) -> bool {
    /// Letters of the longest stem that stands before a name or a word.
    const SHORT: usize = 2;
    is_tail(tail)
        || is_among(&["ts"], tail)
        || stem.chars().count() <= SHORT
        || tail.starts_with(char::is_uppercase)
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
                matches!(kind, "tail" | "stem" | "contraction" | "saying"),
                "{kind}"
            );
            assert!(kind != "tail" || word.len() <= LONGEST_TAIL, "{word}");
        }
    }

    #[test]
    fn a_name_is_no_contraction() {
        assert!(is_contraction("It", "s") && is_contraction("don", "t"));
        assert!(is_contraction("DON", "T") && is_contraction("I", "m"));
        assert!(!is_contraction("Bill", "s"));
        // "Nicolâs", "dignitât"
        assert!(!is_contraction("Nicol", "s") && !is_contraction("dignit", "t"));
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
        for (stem, tail) in [("it", "s"), ("Don", "ts"), ("O", "Neill"), ("y", "all")] {
            assert!(may_part(stem, tail), "{stem}’{tail}");
        }
        assert!(!may_part("history", "a") && !may_part("and", "and"));
    }
}
