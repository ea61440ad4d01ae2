//! Registers: 32 bytes at a time, and what can be asked of all of them at once.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256,
};

use zerocopy::FromBytes;

use crate::survey::plain::STRIDE;

/// A bit for each byte that is set.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn bits(set: __m256i) -> u32 {
    _mm256_movemask_epi8(set).cast_unsigned()
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn both(a: __m256i, b: __m256i) -> __m256i {
    _mm256_and_si256(a, b)
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn either(a: __m256i, b: __m256i) -> __m256i {
    _mm256_or_si256(a, b)
}

/// Which bytes are this one.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn are(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
}

/// Which bytes are larger, both of them ASCII or neither; and which are smaller.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn above(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn below(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpgt_epi8(_mm256_set1_epi8(byte.cast_signed()), bytes)
}

/// Which bytes are not the first of a character.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn continues(bytes: __m256i) -> __m256i {
    below(bytes, 0xC0)
}

/// Bytes as a register. Put together of words, they would not be loaded at once.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn register(bytes: &[u8; STRIDE]) -> __m256i {
    __m256i::read_from_bytes(bytes).unwrap_or(_mm256_setzero_si256())
}
