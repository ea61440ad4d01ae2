//! Wide: the walks over a text compiled for processors that compare 32 bytes at a time.
//!
//! What every x86-64 processor has compares 16. What comes out is the same, later.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod prose;
#[cfg(target_arch = "x86_64")]
mod registers;
#[cfg(target_arch = "x86_64")]
mod walks;

use crate::allow;
use crate::lines::{Lines, places};
use crate::survey::Survey;
use crate::survey::plain::Plain;

/// Walks over a text for what is worth a look, with the widest registers there are; [`Survey::of_few`] says what
/// `most` is.
pub(crate) fn survey(text: &str, most: usize) -> Option<Survey> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for nothing but AVX2, which the processor was just found to have.
        return unsafe { walks::survey(text, most) };
    }
    Survey::walk(text, most, Plain::length)
}

/// Walks over a text for its lines, likewise.
pub(crate) fn lines(text: &str) -> Lines {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        return unsafe { walks::lines(text) };
    }
    Lines::walk(text, places)
}

/// Whether bytes are ASCII without an HTML reference, likewise.
pub(crate) fn is_plain_code(bytes: &[u8]) -> bool {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        return unsafe { walks::is_plain_code(bytes) };
    }
    allow::is_plain_code(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_find_the_same() {
        let pieces = [
            "a",
            "The bridge ",
            "“We’ve ",
            "—",
            "”",
            "é",
            "€",
            "\u{440}\u{435}\u{43A}\u{430} ",
            "\u{41E}\u{43D}\u{430}, ",
            "\u{451}",
            "\u{915}\u{93E}\u{930} ",
            "\u{93C}",
            "\u{E01}\u{E34}",
            "\u{E40}",
            "\u{E48}",
            "&",
            "\\",
            "%",
            "?",
            "~",
            "\u{7}",
            "\u{7F}",
            "\n",
        ];
        let mut text = String::new();
        // Each piece behind each other one, and every length of stretch between.
        for (number, piece) in pieces.iter().cycle().take(3000).enumerate() {
            text.push_str(piece);
            text.push_str(pieces[number / pieces.len() % pieces.len()]);
            let fill = ["plain ’ ", "слово, ", "शब्द ", "ไทยค้ำ "][number % 4];
            text.push_str(&fill.repeat(number % 23));
        }
        let starts = text.char_indices().map(|(at, _)| at).take(200);
        for start in starts {
            let text = &text[start..];
            for most in [usize::MAX, 1000] {
                assert_eq!(survey(text, most), Survey::walk(text, most, Plain::length));
            }
        }
    }

    #[test]
    fn both_find_what_code_hides() {
        let code = "let part = &text[1..]; // a && b;\n".repeat(3);
        for (piece, hides) in [
            ("", false),
            (" &text;", true),
            ("&#226; ", true),
            ("& x;", false),
            ("&text ", false),
            ("\u{E2}", true),
        ] {
            for at in 0..code.len() {
                let (before, behind) = code.split_at(at);
                let text = format!("{before}{piece}{behind}");
                let plain = is_plain_code(text.as_bytes());
                assert_eq!(plain, allow::is_plain_code(text.as_bytes()), "{text}");
                assert_eq!(plain, !hides, "{text}");
            }
        }
    }

    /// Whatever a stretch of a kind is made of, the tables have nothing to say of any two neighbours.
    #[test]
    #[cfg(target_arch = "x86_64")]
    fn neighbours_in_a_stretch_are_worth_no_look() {
        if !is_x86_feature_detected!("avx2") {
            return;
        }
        for (kind, least) in [
            (Plain::Ascii, 92),
            (Plain::Punctuated, 99),
            (Plain::Russian, 94),
            (Plain::Devanagari, 200),
            (Plain::Thai, 70),
        ] {
            let (before, behind) = (" ".repeat(9), " ".repeat(40));
            let passes = |middle: &str| {
                let text = format!("{before}{middle}{behind}");
                // SAFETY: the processor was found to have AVX2.
                let length = unsafe { prose::plain_length(kind, text.as_bytes()) };
                assert!(text.is_char_boundary(length));
                length >= before.len() + middle.len()
            };
            let all = ('\0'..=char::MAX).filter(|c| passes(&c.to_string()));
            let all: Vec<char> = all.collect();
            assert!(all.len() >= least, "{kind:?}: {}", all.len());
            for &a in &all {
                for &b in &all {
                    let pair: String = [a, b].iter().collect();
                    // Too short for a stretch: each character is looked up.
                    let looked_up = Survey::of(&format!(" {pair} "));
                    assert!(
                        !passes(&pair) || looked_up.places() == 0,
                        "{kind:?} {pair:?}"
                    );
                }
            }
        }
    }
}
