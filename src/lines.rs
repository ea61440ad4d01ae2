//! Lines: where the lines of a text end, which every step that goes by lines asks.

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// The byte offsets of all line feeds, in order.
///
/// A search for one byte stops at each that it finds; lines are short enough to make that most of the
/// work. So blocks that hold any are taken apart by their words, all in a row.
pub(crate) fn line_feeds(text: &str) -> Vec<usize> {
    let mut feeds = Vec::new();
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    for (block, bytes) in blocks.iter().enumerate() {
        let any = bytes.iter().fold(false, |any, &byte| any | (byte == b'\n'));
        if !any {
            continue;
        }
        for (word, bytes) in bytes.as_chunks::<8>().0.iter().enumerate() {
            let start = block * BLOCK + word * 8;
            let mut marks = line_feeds_of(u64::from_le_bytes(*bytes));
            while marks != 0 {
                feeds.push(start + marks.trailing_zeros() as usize / 8);
                marks &= marks - 1;
            }
        }
    }
    let start = text.len() - rest.len();
    feeds.extend(memchr::memchr_iter(b'\n', rest).map(|at| start + at));
    feeds
}

/// The highest bit of each byte of a word that is a line feed.
fn line_feeds_of(word: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    const LINE_FEEDS: u64 = u64::from_ne_bytes([b'\n'; 8]);
    // Zero where there is a line feed. A carry from the low bits reaches the highest unless all are
    // zero, and no further.
    let others = word ^ LINE_FEEDS;
    !(((others & LOW) + LOW) | others | LOW)
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
