//! Letters: which characters are part of a word, looked up in a table of [`rules`].

mod rules;

pub(crate) use rules::{Part, lower};

// PART_BLOCK_OF and PARTS.
include!(concat!(env!("OUT_DIR"), "/letters.rs"));

/// What a character is to a word.
#[inline]
pub(crate) fn part(c: char) -> Part {
    match PART_BLOCK_OF.get(c as usize >> 6) {
        Some(&block) => PARTS[usize::from(block)][c as usize & 0x3F],
        None => rules::part(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_rules() {
        for c in '\0'..=char::MAX {
            assert_eq!(part(c), rules::part(c), "{c:?}");
        }
    }
}
