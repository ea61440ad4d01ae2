//! Lines: where the lines of a text end and its brackets open, which every step that goes by lines asks.

use crate::wide;

/// Bytes that are looked at together.
pub(crate) const BLOCK: usize = 64;

/// Where the lines of a text end, and where brackets open in it, as byte offsets in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// All line feeds.
    pub(crate) feeds: Vec<usize>,
    /// All opening brackets, round and square.
    pub(crate) brackets: Vec<usize>,
}

impl Lines {
    /// Looks for them in one walk.
    pub(crate) fn of(text: &str) -> Lines {
        wide::lines(text)
    }

    /// The walk itself; `places` are the bits of a block's bytes that are looked for.
    ///
    /// A search for one byte stops at each that it finds; lines are short enough to make that most of
    /// the work. So a block gives all of its places at once.
    #[inline(always)]
    pub(crate) fn walk(text: &str, places: impl Fn(&[u8; BLOCK]) -> u64) -> Lines {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut lines = Lines {
            // More than prose has, its blank lines counted.
            feeds: Vec::with_capacity(blocks.len()),
            brackets: Vec::new(),
        };
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        for (number, block) in blocks.iter().chain([&last]).enumerate() {
            let mut bits = places(block);
            while bits != 0 {
                let at = bits.trailing_zeros() as usize;
                let of_its_kind = if block[at] == b'\n' {
                    &mut lines.feeds
                } else {
                    &mut lines.brackets
                };
                of_its_kind.push(number * BLOCK + at);
                bits &= bits - 1;
            }
        }
        lines
    }
}

/// A bit for each byte of a block, set if it is a line feed or an opening bracket.
pub(crate) fn places(block: &[u8; BLOCK]) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    /// Brings the lowest bits of all bytes together in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let is = |byte: u8| (byte == b'\n') | (byte == b'(') | (byte == b'[');
    if !block.iter().fold(false, |any, &byte| any | is(byte)) {
        return 0;
    }
    let (words, _) = block.as_chunks::<8>();
    let bits_of = |&word: &[u8; 8]| {
        // Zero where the byte is not. A carry from the low bits reaches the highest unless all are zero,
        // and no further.
        let are = |byte: u8| {
            let others = u64::from_le_bytes(word) ^ u64::from_ne_bytes([byte; 8]);
            !(((others & LOW) + LOW) | others | LOW)
        };
        let found = are(b'\n') | are(b'(') | are(b'[');
        (found >> 7).wrapping_mul(GATHER) >> 56
    };
    let bits = words.iter().map(bits_of).enumerate();
    bits.fold(0, |all, (number, bits)| all | bits << (8 * number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_wherever_they_stand() {
        for fill in [
            "a",
            "\u{8A}",
            "\n",
            "\u{B}\n",
            "\u{1}\n\0\n\u{80}",
            "([",
            "\u{A8}[\n\u{5BB}",
        ] {
            for length in [1, 7, 64, 65, 200] {
                for start in 0..65 {
                    let text = "x".repeat(start) + "\n" + &fill.repeat(length) + "\n(";
                    let all =
                        |wanted: &[char]| text.match_indices(wanted).map(|(at, _)| at).collect();
                    let expected = Lines {
                        feeds: all(&['\n']),
                        brackets: all(&['(', '[']),
                    };
                    assert_eq!(Lines::of(&text), expected, "{text:?}");
                    assert_eq!(Lines::walk(&text, places), expected, "{text:?}");
                }
            }
        }
    }
}
