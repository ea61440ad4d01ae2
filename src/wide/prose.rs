//! Prose: how long stretches are that need nobody's attention, told by comparing 32 bytes at once.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_andnot_si256, _mm256_cmpeq_epi8, _mm256_set1_epi8,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
};

use super::registers::{above, are, below, bits, both, continues, either, register};
use crate::survey::plain::{LEAD, Plain, SECOND, STRIDE, first_ascii, is_ascii};

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
    let behind = either(at(window, 3), _mm256_set1_epi8(0x20));
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
