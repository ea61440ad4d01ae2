//! The edges of lines and phrases: their first and last bytes, hashed to a bit.
//!
//! Used when the bitmaps are built and when lines are looked up in them. A phrase is found by its
//! first eight, six, four or three bytes, as long as it is; a shorter one with
//! what may follow it. One bitmap serves all lengths.

/// Bits in a bitmap: 32 KB, which stays in the first-level cache.
pub const BITS: usize = 1 << 18;

/// The bits of a line's first bytes, one for each length of edge.
pub fn start_bits(line: &str) -> [[usize; 2]; 4] {
    let bytes = line.as_bytes();
    let word = match bytes.first_chunk::<8>() {
        Some(&word) => u64::from_le_bytes(word),
        None => padded(bytes),
    };
    [
        word,
        word & 0xFFFF_FFFF_FFFF,
        word & 0xFFFF_FFFF,
        word & 0xFF_FFFF,
    ]
    .map(hash)
}

/// The bits of a line's last bytes, one for each length of edge.
pub fn end_bits(line: &str) -> [[usize; 2]; 3] {
    let bytes = line.as_bytes();
    let word = match bytes.last_chunk::<8>() {
        Some(&word) => u64::from_be_bytes(word),
        None => bytes
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    [word & 0xFFFF_FFFF_FFFF, word & 0xFFFF_FFFF, word & 0xFFFF].map(|word| hash(word | END))
}

/// Bits in a gate: 8 KB.
pub const GATE_BITS: usize = 1 << 16;

/// The bits of the gate for an ASCII start: one for phrases of four bytes and more, one for shorter
/// ones. Most lines are turned away here, by one multiplication each.
pub fn start_gates(line: &[u8]) -> [usize; 2] {
    let four = match line.first_chunk::<4>() {
        Some(&four) => u64::from(u32::from_le_bytes(four)),
        None => padded(line),
    };
    [gate(four), gate(four & 0xFFFF | SHORT)]
}

/// The bits of the gate for an ASCII end: one for phrases of three bytes and more, one for those of
/// two.
pub fn end_gates(line: &[u8]) -> [usize; 2] {
    let three = match line.last_chunk::<3>() {
        Some(&[one, two, three]) => u64::from(u32::from_be_bytes([0, one, two, three])),
        None => line
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    [gate(three | END), gate(three & 0xFFFF | END | SHORT)]
}

/// What tells a short phrase's edge from a longer one's in the gate.
const SHORT: u64 = 1 << 62;

/// The bit of an edge in a gate, ASCII case aside.
fn gate(word: u64) -> usize {
    let mixed = (word | 0x2020_2020).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - GATE_BITS.trailing_zeros())) as usize
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

/// Two bits for up to eight bytes, ASCII case aside: with two, thousands of phrases leave a bitmap
/// that lets one line in a hundred through by chance.
pub fn hash(word: u64) -> [usize; 2] {
    let folded = word | 0x2020_2020_2020_2020;
    let mixed = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let bits = BITS.trailing_zeros();
    [
        mixed >> (64 - bits),
        (mixed >> (64 - 2 * bits)) % BITS as u64,
    ]
    .map(|bit| bit as usize)
}
