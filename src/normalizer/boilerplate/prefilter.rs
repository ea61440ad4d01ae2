//! Which lines are worth a look: a bitmap on the first bytes of a line, and one on the last.
//!
//! Clean text must pay almost nothing for thousands of phrases. A hash of up to eight bytes and three bits
//! decide; what passes is compared with the phrases that begin or end so.

use super::decoration::{unclosed, undecorated};
use super::edges::{Bitmap, Bits, GATES, end_bits, end_word, gates, start_bits, start_word};
use super::phrases::{END_BITS, START_BITS};

/// Whether a line, white space trimmed, may start with a phrase.
#[inline]
pub fn may_start(line: &str) -> bool {
    may_be_at(undecorated(line), START_BITS)
}

/// Whether a line, white space trimmed, may end with a phrase.
#[inline]
pub fn may_end(line: &str) -> bool {
    let text = unclosed(line).as_bytes();
    is_any_set(END_BITS, end_bits(end_word(text)))
}

/// Whether a phrase of this bitmap may start where the text starts.
#[inline]
pub fn may_be_at(text: &str, bitmap: &Bitmap) -> bool {
    is_any_set(bitmap, start_bits(start_word(text.as_bytes())))
}

/// Where in a text a phrase of this bitmap may start, words or not: what phrases may stand anywhere
/// have to be asked for everywhere.
pub fn places_within(text: &str, bitmap: &Bitmap) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    // Where words start is told by a branch that goes either way: asking all places costs less.
    let open = |from: usize| {
        let gates = gates(start_word(&bytes[from..])).into_iter().enumerate();
        gates.fold(0, |open, (place, bit)| {
            open | u8::from(is_set(bitmap, bit)) << place
        })
    };
    (0..bytes.len())
        .step_by(GATES)
        .map(move |from| (from, open(from)))
        .filter(|&(_, open)| open != 0)
        .flat_map(|(from, open)| {
            let places = from..from + GATES;
            places.filter(move |at| open & 1 << (at - from) != 0)
        })
        .filter(|&at| text.is_char_boundary(at) && may_be_at(&text[at..], bitmap))
}

#[inline]
fn is_any_set<const N: usize>(bitmap: &Bitmap, edges: [Bits; N]) -> bool {
    // No shortcuts at first: most lines have no bit set, and a branch for each costs more than all.
    let may_be = edges
        .iter()
        .fold(false, |any, [first, ..]| any | is_set(bitmap, *first));
    may_be
        && edges
            .iter()
            .any(|bits| bits.iter().all(|&bit| is_set(bitmap, bit)))
}

#[inline]
fn is_set(bitmap: &Bitmap, bit: usize) -> bool {
    bitmap[bit / 64] & 1 << (bit % 64) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_passes() {
        for line in [
            "ALSO READ: more",
            "  • Also Read",
            "👉 also read",
            "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ",
            "ЧИТАЙТЕ ТАКЖЕ",
            "إقرأ أيضا",
            "JE M\u{2019}ABONNE",
            "更多",
            "© 2024",
            "©2024",
            "Get the news",
        ] {
            assert!(may_start(line), "{line}");
        }
        assert!(may_end("Photo by A. Nyman | GETTY IMAGES"));
        assert!(may_end("Photo by A. Nyman | Getty Images)"));
        assert!(!may_start("Xylophones were played"));
        assert!(!may_end("the counciz."));
        assert!(!may_start("") && !may_end(""));
    }
}
