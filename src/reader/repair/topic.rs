//! Topic: whether a passage speaks of encodings.
//!
//! "cafÃ©" in a text about mojibake is what its author meant to write, as is U+FFFD in the test of a
//! decoder, and no byte tells them from damage. The words beside them do.

use std::ops::Range;
use std::sync::LazyLock;

use super::sound::odd;
use super::tables::rows;
use crate::edit::Edit;

/// The table: a term and its topic each.
const TERMS: &str = include_str!("../../data/encoding-terms.tsv");

/// Bytes within which a term speaks of what stands there: the sentence, and those beside it. A test's
/// input and what it expects are this near one another too.
pub(crate) const NEAR: usize = 240;

/// The most repairs of a text that is about encodings: a damaged one has more, and elsewhere too.
const FEW: usize = 4;

/// What terms speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Charsets, and text read in the wrong one.
    Charset,
    /// Those, and bytes that could not be read.
    Loss,
    /// The characters of Chinese, Japanese and Korean.
    Script,
}

/// Whether a term of the topic stands near this span of the text, and not within it.
pub(crate) fn is_near(text: &str, span: &Range<usize>, topic: Topic) -> bool {
    let mut from = span.start.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (span.end + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let counts = |of: &str| match of {
        "script" => topic == Topic::Script,
        _ if topic == Topic::Script => false,
        "charset" => true,
        "reading" => topic == Topic::Loss || is_quoted(&text[from..span.start]),
        _ => topic == Topic::Loss,
    };
    [&text[from..span.start], &text[span.end..to]]
        .into_iter()
        .any(|beside| speaks(beside, counts))
}

/// Whether the word that goes on behind this text began with a quotation mark or a bracket.
fn is_quoted(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    word.starts_with([
        '"', '\'', '`', '(', '\u{AB}', '\u{2018}', '\u{201C}', '\u{201E}',
    ])
}

/// A term as it is looked for.
struct Term {
    text: &'static str,
    topic: &'static str,
    /// Whether it begins a word. Where words are not spaced a term can stand anywhere.
    spaced: bool,
}

/// The terms in the order of the table, which is that of their bytes.
static SORTED: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let term = |(text, topic): (&'static str, _)| Term {
        text,
        topic,
        spaced: text.starts_with(|c: char| c.is_alphanumeric() && odd::script(c) < odd::HANGUL),
    };
    rows(TERMS).map(term).collect()
});

/// The terms that begin with a byte.
fn beginning_with(byte: u8) -> &'static [Term] {
    /// Where those that begin with each byte begin, and the end.
    static STARTS: LazyLock<[usize; 257]> = LazyLock::new(|| {
        std::array::from_fn(|byte| {
            SORTED.partition_point(|term| usize::from(term.text.as_bytes()[0]) < byte)
        })
    });
    let byte = usize::from(byte);
    &SORTED[STARTS[byte]..STARTS[byte + 1]]
}

/// Whether a term with a topic that counts stands in the text, in whatever case.
fn speaks(text: &str, counts: impl Fn(&str) -> bool) -> bool {
    let mut in_word = false;
    text.bytes().enumerate().any(|(at, byte)| {
        // Most bytes go on with a word in ASCII.
        let goes_on = in_word;
        in_word = byte.is_ascii_alphanumeric();
        if goes_on && in_word || !text.is_char_boundary(at) {
            return false;
        }
        let first = if byte.is_ascii() {
            byte.to_ascii_lowercase()
        } else {
            first_of_small(&text[at..])
        };
        beginning_with(first).iter().any(|term| {
            begins_with(&text[at..], term.text)
                && counts(term.topic)
                && !(term.spaced && text[..at].ends_with(char::is_alphanumeric))
        })
    })
}

/// The byte that a text begins with when its first letter is made small.
fn first_of_small(text: &str) -> u8 {
    let small = text.chars().next().and_then(|c| c.to_lowercase().next());
    small.map_or(0, |c| c.encode_utf8(&mut [0; 4]).as_bytes()[0])
}

/// Whether a text begins with a term in small letters, in whatever case.
fn begins_with(text: &str, term: &str) -> bool {
    if term.is_ascii() {
        let begin = text.as_bytes().get(..term.len());
        return begin.is_some_and(|begin| begin.eq_ignore_ascii_case(term.as_bytes()));
    }
    let mut letters = text.chars().flat_map(char::to_lowercase);
    term.chars().all(|c| letters.next() == Some(c))
}

/// Whether the text is about mojibake: its few repairs all stand where it speaks of charsets.
pub(crate) fn is_about_mojibake(text: &str, repairs: &[Edit]) -> bool {
    let near = |repair: &Edit| is_near(text, &repair.span, Topic::Charset);
    !repairs.is_empty() && repairs.len() <= FEW && repairs.iter().all(near)
}

#[cfg(test)]
mod tests {
    use super::super::tables::assert_sorted_and_whole;
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert_sorted_and_whole(TERMS);
        for (term, topic) in rows(TERMS) {
            assert_eq!(term, term.to_lowercase());
            assert!(
                matches!(topic, "charset" | "reading" | "loss" | "script"),
                "{topic}"
            );
        }
    }

    /// Whether the first "X" of the text stands near a term.
    fn near(text: &str, topic: Topic) -> bool {
        let at = text.find('X').unwrap();
        is_near(text, &(at..at + 1), topic)
    }

    #[test]
    fn terms_are_found_at_the_start_of_words() {
        for (text, speaks) in [
            ("Read as UTF-8, cafX is fine", true),
            ("the charset of pages with X", true),
            ("这是乱码吗 X", true),
            ("X nach der Zeichenkodierung", true),
            ("a subcharset X", false),
            ("the nonascii X", false),
        ] {
            assert_eq!(near(text, Topic::Charset), speaks, "{text}");
        }
        assert!(near("The kanji X means poor", Topic::Script));
        assert!(!near("The kanji X means poor", Topic::Loss));
        assert!(!near("U+FFFD is X", Topic::Charset));
        assert!(near("U+FFFD is X", Topic::Loss));
    }

    #[test]
    fn what_genes_and_spies_do_counts_beside_quotes_only() {
        assert!(!near("Nobody decoded the letterX cipher", Topic::Charset));
        assert!(near(
            "Decoded once more, \u{201C}cafX\u{201D} reads well",
            Topic::Charset
        ));
    }
}
