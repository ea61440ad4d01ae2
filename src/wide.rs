//! Wide: the walks over a text compiled for processors that compare 32 bytes at a time.
//!
//! What every x86-64 processor has compares 16. What comes out is the same, later.

#![allow(unsafe_code)]

use crate::lines::{Lines, places};
use crate::survey::Survey;
use crate::survey::plain::first_ascii;

/// Walks over a text for what is worth a look, with the widest registers there are.
pub(crate) fn survey(text: &str) -> Survey {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for nothing but AVX2, which the processor was just found to have.
        return unsafe { avx2::survey(text) };
    }
    Survey::walk(text, |stride| first_ascii(stride))
}

/// Walks over a text for its lines, likewise.
pub(crate) fn lines(text: &str) -> Lines {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        return unsafe { avx2::lines(text) };
    }
    Lines::walk(text, places)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_andnot_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set_epi64x, _mm256_set1_epi8,
    };

    use crate::lines::{BLOCK, Lines, Places};
    use crate::survey::Survey;
    use crate::survey::plain::STRIDE;

    #[target_feature(enable = "avx2")]
    pub(super) fn survey(text: &str) -> Survey {
        Survey::walk(text, |stride| first_ascii(stride))
    }

    /// What [`crate::survey::plain::first_ascii`] tells of a stride.
    #[target_feature(enable = "avx2")]
    fn first_ascii(stride: &[u8; STRIDE]) -> usize {
        let bytes = register(stride.as_chunks().0);
        let are = |byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()));
        let above = |byte: u8| _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()));
        let told = [b'&', b'\\', b'%', b'?', 0x7F].map(are);
        let told = told.into_iter().reduce(|a, b| _mm256_or_si256(a, b));
        // Bytes beyond ASCII are below zero.
        let seen = _mm256_or_si256(above(0x1F), are(b'\n'));
        let plain = told.map_or(seen, |told| _mm256_andnot_si256(told, seen));
        _mm256_movemask_epi8(plain).trailing_ones() as usize
    }

    #[target_feature(enable = "avx2")]
    fn register(words: &[[u8; 8]]) -> __m256i {
        let word = |at: usize| i64::from_le_bytes(words[at]);
        _mm256_set_epi64x(word(3), word(2), word(1), word(0))
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn lines(text: &str) -> Lines {
        Lines::walk(text, |block| places(block))
    }

    /// What [`crate::lines::places`] tells of a block.
    #[target_feature(enable = "avx2")]
    fn places(block: &[u8; BLOCK]) -> Places {
        let (words, _) = block.as_chunks::<8>();
        let half = |from: usize| {
            let bytes = register(&words[from..]);
            let are = |byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()));
            let bits = |are| u64::from(_mm256_movemask_epi8(are).cast_unsigned());
            let feeds = bits(are(b'\n'));
            (feeds, bits(_mm256_or_si256(are(b'('), are(b'['))))
        };
        let (low, high) = (half(0), half(4));
        Places {
            feeds: low.0 | high.0 << 32,
            brackets: low.1 | high.1 << 32,
        }
    }
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
            text.push_str(&"plain ’ ".repeat(number % 23));
        }
        let starts = text.char_indices().map(|(at, _)| at).take(200);
        for start in starts {
            let text = &text[start..];
            assert_eq!(
                survey(text),
                Survey::walk(text, |stride| first_ascii(stride))
            );
        }
    }
}
