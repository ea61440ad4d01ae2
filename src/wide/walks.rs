//! Walks: those of the survey, of the lines, and over code.

use super::prose::plain_length;
use super::registers::{are, bits, either, register};
use crate::allow::{self, is_reference};
use crate::lines::{BLOCK, Lines, Places};
use crate::survey::Survey;

#[target_feature(enable = "avx2")]
pub(super) fn survey(text: &str, most: usize) -> Option<Survey> {
    Survey::walk(text, most, |kind, bytes| plain_length(kind, bytes))
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

/// What [`crate::allow::is_plain_code`] tells.
#[target_feature(enable = "avx2")]
pub(super) fn is_plain_code(bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        let (halves, _) = block.as_chunks();
        let (low, high) = (register(&halves[0]), register(&halves[1]));
        // No byte of ASCII has its highest bit set.
        if bits(either(low, high)) != 0 {
            return false;
        }
        let signs = |half| u64::from(bits(are(half, b'&')));
        let mut signs = signs(low) | signs(high) << 32;
        while signs != 0 {
            let at = number * BLOCK + signs.trailing_zeros() as usize;
            if is_reference(&bytes[at..]) {
                return false;
            }
            signs &= signs - 1;
        }
    }
    allow::is_plain_code(rest)
}
