//! Wide: the walks over a text compiled for processors that compare 32 bytes at a time.
//!
//! What every x86-64 processor has compares 16. What comes out is the same, later.

#![allow(unsafe_code)]

use crate::lines::{Lines, places};
use crate::survey::Survey;
use crate::survey::plain::Plain;

/// Walks over a text for what is worth a look, with the widest registers there are.
pub(crate) fn survey(text: &str) -> Survey {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function asks for nothing but AVX2, which the processor was just found to have.
        return unsafe { avx2::survey(text) };
    }
    Survey::walk(text, Plain::length)
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

/// Whether a text is ASCII in which no HTML reference stands, such as `&acirc;` or `&#226;`.
pub(crate) fn is_plain_code(text: &str) -> bool {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        return unsafe { avx2::is_plain_code(text.as_bytes()) };
    }
    is_plain(text.as_bytes())
}

/// The same, of bytes, whatever the processor.
fn is_plain(bytes: &[u8]) -> bool {
    let mut signs = memchr::memchr_iter(b'&', bytes);
    bytes.is_ascii() && !signs.any(|at| is_reference(&bytes[at..]))
}

/// Whether bytes that begin with an ampersand begin with a reference.
#[inline]
fn is_reference(bytes: &[u8]) -> bool {
    let name = &bytes[1..];
    let letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
    let length = name.iter().take_while(letter).count();
    length > 0 && name.get(length) == Some(&b';')
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_and_si256, _mm256_andnot_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8,
        _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256,
        _mm256_shuffle_epi8, _mm256_srli_epi16,
    };

    use zerocopy::FromBytes;

    use super::{is_plain, is_reference};
    use crate::lines::{BLOCK, Lines, Places};
    use crate::survey::Survey;
    use crate::survey::plain::{LEAD, Plain, SECOND, STRIDE, first_ascii, is_ascii};

    #[target_feature(enable = "avx2")]
    pub(super) fn survey(text: &str) -> Survey {
        Survey::walk(text, |kind, bytes| plain_length(kind, bytes))
    }

    /// What [`Plain::length`] tells, and of more kinds.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn plain_length(kind: Plain, bytes: &[u8]) -> usize {
        match kind {
            Plain::Ascii => ascii_length(bytes),
            Plain::Punctuated => prose_length(bytes, |window| punctuated(window)),
            Plain::Russian => prose_length(bytes, |window| russian(window)),
            Plain::Devanagari => prose_length(bytes, |window| devanagari(window)),
            Plain::Thai => prose_length(bytes, |window| thai(window)),
        }
    }

    #[target_feature(enable = "avx2")]
    fn ascii_length(bytes: &[u8]) -> usize {
        let (strides, rest) = bytes.as_chunks::<STRIDE>();
        for (number, stride) in strides.iter().enumerate() {
            let others = bits(not_ascii(register(stride), ANYTHING));
            if others != 0 {
                return number * STRIDE + others.trailing_zeros() as usize;
            }
        }
        strides.len() * STRIDE + first_ascii(rest)
    }

    /// How many bytes there are up to the first that `others` tells, whole characters only. The last few are
    /// not asked.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn prose_length(bytes: &[u8], others: impl Fn(&Window) -> __m256i) -> usize {
        let mut length = 0;
        while let Some(window) = bytes[length..].first_chunk() {
            let others = bits(others(window));
            // No addition for both: the next window could be looked at no sooner than this one is done.
            if others != 0 {
                length += others.trailing_zeros() as usize;
                break;
            }
            length += STRIDE;
        }
        let begins = |at: usize| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
        while !begins(length) {
            length -= 1;
        }
        length
    }

    /// The bytes that are judged, and those behind them that they are judged by.
    type Window = [u8; STRIDE + 5];

    /// The bytes of a window, or those so far behind them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn at(window: &Window, behind: usize) -> __m256i {
        window[behind..]
            .first_chunk()
            .map_or(_mm256_setzero_si256(), |bytes| register(bytes))
    }

    /// Which bytes are neither ASCII nor the punctuation beside it.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn punctuated(window: &Window) -> __m256i {
        let (first, last) = (at(window, 0), at(window, 2));
        let leads = both(are(first, LEAD), are(at(window, 1), SECOND));
        // – — ‘ ’ “ ” …
        let quotes = are(
            _mm256_and_si256(last, _mm256_set1_epi8(0xFA_u8.cast_signed())),
            0x98,
        );
        let dashes = either(are(last, 0x93), are(last, 0x94));
        let signs = either(either(quotes, dashes), are(last, 0xA6));
        // A closing quotation mark and a letter are the work of a misreading now and then.
        let behind = _mm256_or_si256(at(window, 3), _mm256_set1_epi8(0x20));
        let letters = both(above(behind, b'a' - 1), below(behind, b'z' + 1));
        let opens_word = both(are(last, 0x9D), letters);
        let leads = both(leads, _mm256_andnot_si256(opens_word, signs));
        _mm256_andnot_si256(either(continues(first), leads), not_ascii(first, ANYTHING))
    }

    /// Which bytes are neither Russian words nor what stands between them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn russian(window: &Window) -> __m256i {
        let (first, second) = (at(window, 0), at(window, 1));
        // D0 90 to D0 BF and D1 80 to D1 8F: А to я.
        let leads = either(
            both(are(first, 0xD0), above(second, 0x8F)),
            both(are(first, 0xD1), below(second, 0x90)),
        );
        // D0 90 to D0 AF are capitals.
        let capital_follows = both(are(second, 0xD0), below(at(window, 2), 0xB0));
        let inside = _mm256_andnot_si256(capital_follows, continues(first));
        _mm256_andnot_si256(either(inside, leads), not_ascii(first, NO_LETTER))
    }

    /// Which bytes are neither words in Devanagari nor ASCII.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn devanagari(window: &Window) -> __m256i {
        let (first, second, third) = (at(window, 0), at(window, 1), at(window, 2));
        let high = _mm256_and_si256(third, _mm256_set1_epi8(0xF0_u8.cast_signed()));
        // U+0900 to U+093F but for the nukta, U+0940 to U+097F but for U+0950 to U+095F.
        let letters = either(
            _mm256_andnot_si256(are(third, 0xBC), are(second, 0xA4)),
            _mm256_andnot_si256(are(high, 0x90), are(second, 0xA5)),
        );
        let leads = both(are(first, 0xE0), letters);
        _mm256_andnot_si256(either(continues(first), leads), not_ascii(first, ANYTHING))
    }

    /// Which bytes are neither Thai words nor what stands between them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn thai(window: &Window) -> __m256i {
        let [first, second, third] = [at(window, 0), at(window, 1), at(window, 2)];
        let [fourth, fifth, sixth] = [at(window, 3), at(window, 4), at(window, 5)];
        // U+0E01 to U+0E39, and U+0E40 to U+0E4E but for U+0E45.
        let (low, high) = (are(second, 0xB8), are(second, 0xB9));
        let of_low = both(low, both(above(third, 0x80), below(third, 0xBA)));
        let of_high = _mm256_andnot_si256(are(third, 0x85), both(high, below(third, 0x8F)));
        // A vowel that is written before its consonant stands before one.
        let leads = both(high, below(third, 0x85));
        let consonant_follows = both(are(fifth, 0xB8), below(sixth, 0xB0));
        let alone = _mm256_andnot_si256(consonant_follows, leads);
        // Of two tones, or two vowels below, one is no Thai.
        let is_tone = |bytes| both(above(bytes, 0x87), below(bytes, 0x8C));
        let tone = both(high, is_tone(third));
        let below_letter = both(low, above(third, 0xB7));
        let below_follows = both(are(fifth, 0xB8), above(sixth, 0xB7));
        let tone_follows = both(are(fifth, 0xB9), is_tone(sixth));
        let twice = either(
            both(either(tone, below_letter), below_follows),
            both(tone, tone_follows),
        );
        let odd = either(alone, twice);
        let letters = _mm256_andnot_si256(odd, both(are(first, 0xE0), either(of_low, of_high)));
        // No vowel or tone that belongs to a letter stands behind anything else.
        let dependent = either(
            both(are(third, 0xB8), above(fourth, 0xAF)),
            both(are(third, 0xB9), above(fourth, 0x86)),
        );
        let stray = _mm256_andnot_si256(continues(first), both(are(second, 0xE0), dependent));
        let others = not_ascii(first, NO_LETTER);
        either(
            stray,
            _mm256_andnot_si256(either(continues(first), letters), others),
        )
    }

    /// Rows of [`COLUMNS`]: all, and those without letters.
    const ANYTHING: u8 = 0xFF;
    const NO_LETTER: u8 = 0x0F;

    /// Which bytes are no plain ASCII of these rows.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn not_ascii(bytes: __m256i, rows: u8) -> __m256i {
        let rows_of = _mm256_and_si256(register(&ROWS), _mm256_set1_epi8(rows.cast_signed()));
        // A byte beyond ASCII has no column.
        let columns = _mm256_shuffle_epi8(register(&COLUMNS), bytes);
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(0x0F));
        let plain = both(columns, _mm256_shuffle_epi8(rows_of, high));
        _mm256_cmpeq_epi8(plain, _mm256_setzero_si256())
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

    /// A bit for each byte that is set.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn bits(set: __m256i) -> u32 {
        _mm256_movemask_epi8(set).cast_unsigned()
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn both(a: __m256i, b: __m256i) -> __m256i {
        _mm256_and_si256(a, b)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn either(a: __m256i, b: __m256i) -> __m256i {
        _mm256_or_si256(a, b)
    }

    /// Which bytes are this one.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn are(bytes: __m256i, byte: u8) -> __m256i {
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
    }

    /// Which bytes are larger, both of them ASCII or neither; and which are smaller.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn above(bytes: __m256i, byte: u8) -> __m256i {
        _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn below(bytes: __m256i, byte: u8) -> __m256i {
        _mm256_cmpgt_epi8(_mm256_set1_epi8(byte.cast_signed()), bytes)
    }

    /// Which bytes are not the first of a character.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn continues(bytes: __m256i) -> __m256i {
        below(bytes, 0xC0)
    }

    /// Bytes as a register. Put together of words, they would not be loaded at once.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn register(bytes: &[u8; STRIDE]) -> __m256i {
        __m256i::read_from_bytes(bytes).unwrap_or(_mm256_setzero_si256())
    }

    /// What [`super::is_plain_code`] tells.
    #[target_feature(enable = "avx2")]
    pub(super) fn is_plain_code(bytes: &[u8]) -> bool {
        let (strides, rest) = bytes.as_chunks();
        for (number, stride) in strides.iter().enumerate() {
            let stride = register(stride);
            // The bit of a byte that none of ASCII has is its highest.
            if bits(stride) != 0 {
                return false;
            }
            let mut signs = bits(are(stride, b'&'));
            while signs != 0 {
                let at = number * STRIDE + signs.trailing_zeros() as usize;
                if is_reference(&bytes[at..]) {
                    return false;
                }
                signs &= signs - 1;
            }
        }
        is_plain(rest)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn lines(text: &str) -> Lines {
        Lines::walk(text, |block| places(block))
    }

    /// What [`crate::lines::places`] tells of a block.
    #[target_feature(enable = "avx2")]
    fn places(block: &[u8; BLOCK]) -> Places {
        let (halves, _) = block.as_chunks();
        let half = |number: usize| {
            let bytes = register(&halves[number]);
            let feeds = bits(are(bytes, b'\n'));
            let brackets = bits(either(are(bytes, b'('), are(bytes, b'[')));
            (u64::from(feeds), u64::from(brackets))
        };
        let (low, high) = (half(0), half(1));
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
            assert_eq!(survey(text), Survey::walk(text, Plain::length));
        }
    }

    #[test]
    fn both_find_what_code_hides() {
        let code = "let part = &text[1..]; // a && b;\n".repeat(3);
        for (piece, is_plain) in [
            ("", true),
            ("&text;", false),
            ("&#226;", false),
            ("&;", true),
            ("& x;", true),
            ("&text", true),
            ("\u{E2}", false),
        ] {
            for at in 0..code.len() {
                let (before, behind) = code.split_at(at);
                let text = format!("{before}{piece}{behind}");
                let plain = super::is_plain(text.as_bytes());
                assert_eq!(is_plain_code(&text), plain, "{text}");
                // What stands behind may make a longer name of it, or a reference.
                let is_cut = piece == "&text" || piece == "&;";
                assert!(is_cut || plain == is_plain, "{text}");
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
                let length = unsafe { avx2::plain_length(kind, text.as_bytes()) };
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
