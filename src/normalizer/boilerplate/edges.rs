//! The edges of lines and phrases: their first and last bytes, hashed to a bit.
//!
//! Used when the bitmaps are built and when lines are looked up in them. A phrase is found by its
//! first eight, six, four or three bytes, as long as it is; a shorter one with
//! what may follow it. One bitmap serves all lengths.

/// Bits in a half of a bitmap: 32 KB, which stay in the first-level cache. The other half is asked of few
/// lines.
pub const HALF: usize = 1 << 18;

/// The bits of an edge in a bitmap, the first in its first half.
pub type Bits = [usize; 3];

/// A bitmap of edges.
pub type Bitmap = [u64; 2 * HALF / 64];

/// A line's first eight bytes as a number, the first the lowest.
#[inline]
pub fn start_word(line: &[u8]) -> u64 {
    match line.first_chunk::<8>() {
        Some(&word) => u64::from_le_bytes(word),
        None => padded(line),
    }
}

/// A line's last eight bytes as a number, the last the lowest.
#[inline]
pub fn end_word(line: &[u8]) -> u64 {
    match line.last_chunk::<8>() {
        Some(&word) => u64::from_be_bytes(word),
        None => line
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// The bits of a line's first bytes, one for each length of edge.
#[inline]
pub fn start_bits(word: u64) -> [Bits; 4] {
    [
        word,
        word & 0xFFFF_FFFF_FFFF,
        word & 0xFFFF_FFFF,
        word & 0xFF_FFFF,
    ]
    .map(hash)
}

/// The bits of a line's last bytes, one for each length of edge.
#[inline]
pub fn end_bits(word: u64) -> [Bits; 3] {
    [word & 0xFFFF_FFFF_FFFF, word & 0xFFFF_FFFF, word & 0xFFFF].map(|word| hash(word | END))
}

/// How many places of a text one look at eight bytes asks for a gate.
pub const GATES: usize = 6;

/// The gates of the places where the first bytes of eight stand: the bits of three bytes each, as the
/// phrases that may stand anywhere begin. Every place of a line is asked, so that these bits lie in the
/// first 4 KB of a bitmap.
#[inline]
pub fn gates(word: u64) -> [usize; GATES] {
    let folded = folded(word);
    std::array::from_fn(|place| {
        let bytes = (folded >> (8 * place)) as u32 & 0xFF_FFFF;
        (bytes.wrapping_mul(0x9E37_79B1) >> 17) as usize
    })
}

/// Two characters as one number, in the order of strings that begin with them.
#[inline]
pub fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

/// What tells an end from a start in the hash.
pub const END: u64 = 1 << 63;

/// The bytes as a little-endian number.
pub fn padded(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// Three bits for up to eight bytes, ASCII case aside, one in the first half of a bitmap and two in the
/// other: thousands of phrases leave a bitmap that lets one line in a thousand through by chance.
#[inline]
pub fn hash(word: u64) -> Bits {
    let folded = folded(word);
    // The highest bits of a product depend on all that was multiplied.
    let bits = HALF.trailing_zeros();
    let highest = |product: u64| (product >> (64 - bits)) as usize;
    let other = folded.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    [
        highest(folded.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        HALF + highest(other),
        HALF + highest(other << bits),
    ]
}

/// The bytes without ASCII case. Beyond ASCII the bit that tells case tells letters of Indian scripts
/// apart.
#[inline]
fn folded(word: u64) -> u64 {
    word | (!word & 0x8080_8080_8080_8080) >> 2
}
