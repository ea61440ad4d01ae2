//! Wide: the walks over a text compiled for processors that compare 32 bytes at a time.
//!
//! What every x86-64 processor has compares 16. What comes out is the same, later.

#![allow(unsafe_code)]

use crate::lines::{Lines, places};
use crate::survey::Survey;
use crate::survey::plain::ascii_length;

/// Walks over a text for what is worth a look, with the widest registers there are.
pub(crate) fn survey(text: &str) -> Survey {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for nothing but AVX2, which the processor was just found to have.
        return unsafe { avx2::survey(text) };
    }
    Survey::walk(text, ascii_length)
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
        __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set_epi64x, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
        _mm256_srli_epi16,
    };

    use crate::lines::{BLOCK, Lines, Places};
    use crate::survey::Survey;
    use crate::survey::plain::{STRIDE, first_ascii, is_ascii};

    #[target_feature(enable = "avx2")]
    pub(super) fn survey(text: &str) -> Survey {
        Survey::walk(text, |bytes| ascii_length(bytes))
    }

    /// What [`crate::survey::plain::ascii_length`] tells.
    #[target_feature(enable = "avx2")]
    fn ascii_length(bytes: &[u8]) -> usize {
        let (strides, rest) = bytes.as_chunks::<STRIDE>();
        for (number, stride) in strides.iter().enumerate() {
            let others = not_plain(stride);
            if others != 0 {
                return number * STRIDE + others.trailing_zeros() as usize;
            }
        }
        strides.len() * STRIDE + first_ascii(rest)
    }

    /// A bit for each byte that is no plain ASCII.
    #[target_feature(enable = "avx2")]
    fn not_plain(stride: &[u8; STRIDE]) -> u32 {
        let bytes = register(stride.as_chunks().0);
        let row = register(ROWS.as_chunks().0);
        let column = register(COLUMNS.as_chunks().0);
        // A byte beyond ASCII has no column.
        let columns = _mm256_shuffle_epi8(column, bytes);
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(0x0F));
        let plain = _mm256_and_si256(columns, _mm256_shuffle_epi8(row, high));
        let others = _mm256_cmpeq_epi8(plain, _mm256_setzero_si256());
        _mm256_movemask_epi8(others).cast_unsigned()
    }

    /// ASCII as a table of eight rows, which the high bits of a byte tell, and sixteen columns, which the
    /// low ones do: the bit of each row, and of each column the rows in which it is plain. Twice, since a
    /// register looks up in halves.
    const ROWS: [u8; STRIDE] = {
        let mut rows = [0; STRIDE];
        let mut row = 0;
        while row < 8 {
            rows[row] = 1 << row;
            rows[row + 16] = 1 << row;
            row += 1;
        }
        rows
    };
    const COLUMNS: [u8; STRIDE] = {
        let mut columns = [0; STRIDE];
        let mut byte = 0;
        while byte < 0x80 {
            let bit = (is_ascii(byte) as u8) << (byte >> 4);
            columns[byte as usize & 0x0F] |= bit;
            columns[byte as usize & 0x0F | 0x10] |= bit;
            byte += 1;
        }
        columns
    };

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
            "”",
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
                Survey::walk(text, crate::survey::plain::ascii_length)
            );
        }
    }
}
