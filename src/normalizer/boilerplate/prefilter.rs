//! Which lines are worth a look: a bitmap on the first bytes of a line, and one on the last.
//!
//! Clean text must pay almost nothing for thousands of phrases. A hash of up to eight bytes and two
//! bits decide on a line; what passes is compared with the phrases that begin or end so.

use super::decoration::{unclosed, undecorated};
use super::edges::{end_bits, start_bits};
use super::phrases::{ANYWHERE_BITS, END_BITS, START_BITS};

/// Whether a line, white space trimmed, may start with a phrase.
pub fn may_start(line: &str) -> bool {
    is_any_set(START_BITS, start_bits(undecorated(line)))
}

/// Whether a line, white space trimmed, may end with a phrase.
pub fn may_end(line: &str) -> bool {
    is_any_set(END_BITS, end_bits(unclosed(line)))
}

/// Whether a cue may start where this text starts.
pub fn may_cue(text: &str) -> bool {
    is_any_set(ANYWHERE_BITS, start_bits(text))
}

fn is_any_set<const N: usize>(bitmap: &[u64], edges: [[usize; 2]; N]) -> bool {
    let is_set = |bit: usize| {
        bitmap
            .get(bit / 64)
            .is_some_and(|word| word & 1 << (bit % 64) != 0)
    };
    edges.into_iter().any(|bits| bits.into_iter().all(is_set))
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
