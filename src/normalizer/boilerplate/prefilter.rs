//! Which lines are worth a look: a bitmap on the first bytes of a line, and one on the last.
//!
//! Clean text must pay almost nothing for thousands of phrases. Most lines begin and end in ASCII and
//! are turned away by a gate of 8 KB; of the others a hash of up to eight bytes and two bits decide.
//! What passes is compared with the phrases that begin or end so.

use super::decoration::{unclosed, undecorated};
use super::edges::{end_bits, end_gates, start_bits, start_gates};
use super::phrases::{END_BITS, GATE, START_BITS};

/// Whether a line, white space trimmed, may start with a phrase.
pub fn may_start(line: &str) -> bool {
    let text = undecorated(line);
    let bytes = text.as_bytes();
    match bytes.first() {
        None => false,
        Some(first) if first.is_ascii() && !passes(start_gates(bytes)) => false,
        Some(_) => is_any_set(START_BITS, start_bits(text)),
    }
}

/// Whether a line, white space trimmed, may end with a phrase.
pub fn may_end(line: &str) -> bool {
    let text = unclosed(line);
    let bytes = text.as_bytes();
    match bytes.last() {
        None => false,
        Some(last) if last.is_ascii() && !passes(end_gates(bytes)) => false,
        Some(_) => is_any_set(END_BITS, end_bits(text)),
    }
}

/// Whether a phrase of this bitmap may start where the text starts.
pub fn may_be_at(text: &str, bitmap: &[u64]) -> bool {
    is_any_set(bitmap, start_bits(text))
}

fn passes(gates: [usize; 2]) -> bool {
    gates.into_iter().any(|bit| is_set(GATE, bit))
}

fn is_any_set<const N: usize>(bitmap: &[u64], edges: [[usize; 2]; N]) -> bool {
    edges
        .into_iter()
        .any(|bits| bits.into_iter().all(|bit| is_set(bitmap, bit)))
}

fn is_set(bitmap: &[u64], bit: usize) -> bool {
    bitmap
        .get(bit / 64)
        .is_some_and(|word| word & 1 << (bit % 64) != 0)
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
