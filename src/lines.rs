//! Lines: where the lines of a text end, which every step that goes by lines asks.

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// The byte offsets of all line feeds, in order.
///
/// A search for one byte stops at each that it finds; lines are short enough to make that most of the
/// work. So blocks that hold any give all of theirs at once, as bits.
pub(crate) fn line_feeds(text: &str) -> Vec<usize> {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    // More than prose has, its blank lines counted.
    let mut feeds = Vec::with_capacity(blocks.len());
    for (block, bytes) in blocks.iter().enumerate() {
        let any = bytes.iter().fold(false, |any, &byte| any | (byte == b'\n'));
        let mut bits = if any { bits_of(bytes) } else { 0 };
        while bits != 0 {
            feeds.push(block * BLOCK + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
    let start = text.len() - rest.len();
    feeds.extend(memchr::memchr_iter(b'\n', rest).map(|at| start + at));
    feeds
}

/// A bit for each byte of a block, set if that is a line feed.
fn bits_of(block: &[u8; BLOCK]) -> u32 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    const LINE_FEEDS: u64 = u64::from_ne_bytes([b'\n'; 8]);
    /// Brings the lowest bits of all bytes together in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (words, _) = block.as_chunks::<8>();
    let bits_of_word = |&word: &[u8; 8]| {
        // Zero where there is a line feed. A carry from the low bits reaches the highest unless all are
        // zero, and no further.
        let others = u64::from_le_bytes(word) ^ LINE_FEEDS;
        let found = !(((others & LOW) + LOW) | others | LOW);
        ((found >> 7).wrapping_mul(GATHER) >> 56) as u32
    };
    let bits = words.iter().map(bits_of_word).enumerate();
    bits.fold(0, |all, (number, bits)| all | bits << (8 * number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_feeds_are_found_wherever_they_stand() {
        for fill in ["a", "\u{8A}", "\n", "\u{B}\n", "\u{1}\n\0\n\u{80}"] {
            for length in [1, 7, 64, 65, 200] {
                for start in 0..65 {
                    let text = "x".repeat(start) + "\n" + &fill.repeat(length) + "\n\n";
                    let expected: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
                    assert_eq!(line_feeds(&text), expected, "{text:?}");
                }
            }
        }
    }
}
