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
