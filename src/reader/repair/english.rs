//! English: what tells an English apostrophe where its bytes are lost.

/// What English puts behind an apostrophe.
const TAILS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];

/// Letters of the longest of these.
pub(crate) const LONGEST_TAIL: usize = 2;

/// Words that nearly always are contracted before one of these.
const STEMS: [&str; 19] = [
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "that",
    "there",
    "here",
    "what",
    "who",
    "where",
    "how",
    "let",
    "this",
    "everybody",
    "someone",
    "nobody",
];

/// Whether English puts this behind an apostrophe.
pub(crate) fn is_tail(word: &str) -> bool {
    TAILS.iter().any(|tail| tail.eq_ignore_ascii_case(word))
}

/// Whether these words, on both sides of an apostrophe, can be nothing but a contraction.
pub(crate) fn is_contraction(stem: &str, tail: &str) -> bool {
    is_tail(tail)
        && if tail.eq_ignore_ascii_case("t") {
            stem.ends_with(['n', 'N'])
        } else {
            STEMS.iter().any(|one| one.eq_ignore_ascii_case(stem))
        }
}

/// Contractions that are no words without their apostrophe, and letters behind it.
const BARE: [(&str, usize); 44] = [
    ("aint", 1),
    ("arent", 1),
    ("cant", 1),
    ("couldnt", 1),
    ("couldve", 2),
    ("didnt", 1),
    ("doesnt", 1),
    ("dont", 1),
    ("hadnt", 1),
    ("hasnt", 1),
    ("havent", 1),
    ("heres", 1),
    ("hes", 1),
    ("hows", 1),
    ("im", 1),
    ("isnt", 1),
    ("itll", 2),
    ("ive", 2),
    ("mightve", 2),
    ("mustnt", 1),
    ("mustve", 2),
    ("neednt", 1),
    ("shes", 1),
    ("shouldnt", 1),
    ("shouldve", 2),
    ("thatll", 2),
    ("thats", 1),
    ("theres", 1),
    ("theyd", 1),
    ("theyll", 2),
    ("theyre", 2),
    ("theyve", 2),
    ("wasnt", 1),
    ("werent", 1),
    ("weve", 2),
    ("whats", 1),
    ("wheres", 1),
    ("whos", 1),
    ("wont", 1),
    ("wouldnt", 1),
    ("wouldve", 2),
    ("youll", 2),
    ("youre", 2),
    ("youve", 2),
];

/// How many letters of a word stood behind an apostrophe, if it is no word without one.
pub(crate) fn bare_contraction(word: &[char]) -> Option<usize> {
    let found = BARE.iter().find(|(bare, _)| {
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

/// Verbs that say who said a quotation.
const SAYING: [&str; 16] = [
    "added",
    "adds",
    "announced",
    "asked",
    "asks",
    "cried",
    "explained",
    "noted",
    "replied",
    "said",
    "says",
    "shouted",
    "told",
    "warned",
    "writes",
    "wrote",
];

/// Whether a word tells who speaks.
pub(crate) fn is_saying(word: &str) -> bool {
    SAYING.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_contraction() {
        assert!(is_contraction("It", "s") && is_contraction("don", "t"));
        assert!(is_contraction("DON", "T") && is_contraction("I", "m"));
        assert!(!is_contraction("Bill", "s"));
        // "Nicolâs", "dignitât"
        assert!(!is_contraction("Nicol", "s") && !is_contraction("dignit", "t"));
    }
}
