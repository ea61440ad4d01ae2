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

    /// The walk itself; `places` tells what there is in a block.
    ///
    /// A search for one byte stops at each that it finds; lines are short enough to make that most of
    /// the work. So a block gives all of its places at once.
    #[inline(always)]
    pub(crate) fn walk(text: &str, places: impl Fn(&[u8; BLOCK]) -> Places) -> Lines {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        // More than prose has, its blank lines counted.
        let mut feeds = List::with_room(blocks.len());
        let mut brackets = List::with_room(0);
        for (number, block) in blocks.iter().chain([&last]).enumerate() {
            let found = places(block);
            feeds.add(number * BLOCK, found.feeds);
            if found.brackets != 0 {
                brackets.add(number * BLOCK, found.brackets);
            }
        }
        Lines {
            feeds: feeds.into_offsets(),
            brackets: brackets.into_offsets(),
        }
    }
}

/// What there is in a block: a bit for each of its bytes, the first the lowest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) feeds: u64,
    pub(crate) brackets: u64,
}

/// Offsets that are being listed. There is room for a block's at the end, so that none is asked whether it
/// fits.
struct List {
    offsets: Vec<usize>,
    length: usize,
}

impl List {
    fn with_room(room: usize) -> List {
        List {
            offsets: vec![0; room + BLOCK],
            length: 0,
        }
    }

    /// Adds the offsets that the bits stand for in the block that starts at `start`.
    #[inline(always)]
    fn add(&mut self, start: usize, mut bits: u64) {
        /// More than most blocks have.
        const FEW: usize = 2;
        if self.offsets.len() < self.length + BLOCK {
            self.offsets.resize(2 * self.offsets.len(), 0);
        }
        let (few, more) = self.offsets[self.length..].split_at_mut(FEW);
        // Whether there are any is a branch that goes either way: room for a few is filled, and only what
        // there is counts.
        for offset in few {
            *offset = start + bits.trailing_zeros() as usize;
            self.length += usize::from(bits != 0);
            bits &= bits.wrapping_sub(1);
        }
        for offset in more {
            if bits == 0 {
                break;
            }
            *offset = start + bits.trailing_zeros() as usize;
            self.length += 1;
            bits &= bits - 1;
        }
    }

    fn into_offsets(mut self) -> Vec<usize> {
        self.offsets.truncate(self.length);
        self.offsets
    }
}

/// What there is in a block.
#[inline]
pub(crate) fn places(block: &[u8; BLOCK]) -> Places {
    Places {
        feeds: bits(block, b'\n'),
        brackets: bits(block, b'(') | bits(block, b'['),
    }
}

/// A bit for each byte of a block, set if it is the one that is looked for.
fn bits(block: &[u8; BLOCK], wanted: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    /// Brings the lowest bits of all bytes together in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    // No shortcuts: all bytes are compared at once, and most blocks have none.
    if !block
        .iter()
        .fold(false, |any, &byte| any | (byte == wanted))
    {
        return 0;
    }
    let (words, _) = block.as_chunks::<8>();
    let bits_of_word = |&word: &[u8; 8]| {
        // Zero where the byte is. A carry from the low bits reaches the highest unless all are zero, and
        // no further.
        let others = u64::from_le_bytes(word) ^ u64::from_ne_bytes([wanted; 8]);
        let found = !(((others & LOW) + LOW) | others | LOW);
        (found >> 7).wrapping_mul(GATHER) >> 56
    };
    let bits = words.iter().map(bits_of_word).enumerate();
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
