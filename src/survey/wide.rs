//! Wide: the survey compiled for processors that compare 32 bytes at a time.
//!
//! What every x86-64 processor has compares 16. The code is the same, and so is what comes out.

#![allow(unsafe_code)]

use super::Survey;

/// Walks over a text with the widest registers there are.
pub(super) fn survey(text: &str) -> Survey {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for nothing but AVX2, which the processor was just found to have.
        return unsafe { survey_avx2(text) };
    }
    Survey::walk(text)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn survey_avx2(text: &str) -> Survey {
    Survey::walk(text)
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
            "é",
            "€",
            "\u{440}\u{435}\u{43A}\u{430} ",
            "\u{E01}\u{E34}",
            "&",
            "\u{7}",
            "\n",
        ];
        let mut text = String::new();
        // Each piece behind each other one, and every length of stretch between.
        for (number, piece) in pieces.iter().cycle().take(3000).enumerate() {
            text.push_str(piece);
            text.push_str(pieces[number / pieces.len() % pieces.len()]);
            text.push_str(&"plain ’ ".repeat(number % 23));
        }
        let starts = text.char_indices().map(|(at, _)| at).take(200);
        for start in starts {
            let text = &text[start..];
            assert_eq!(survey(text), Survey::walk(text));
        }
    }
}
