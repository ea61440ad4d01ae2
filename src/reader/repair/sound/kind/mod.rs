//! Kind: what a character is to its neighbours, looked up in a table of [`rules`].

mod rules;

#[cfg(test)]
pub(crate) use rules::HAN;
pub(crate) use rules::{
    ARABIC, ARMENIAN, CYRILLIC, GREEK, HANGUL, HEBREW, Kind, LATIN, THAI, is_unspaced, is_wide,
};

// KIND_BLOCK_OF and KINDS.
include!(concat!(env!("OUT_DIR"), "/kinds.rs"));

/// The kind of a character, and its script.
#[inline]
fn look_up(c: char) -> (Kind, u8) {
    match KIND_BLOCK_OF.get(c as usize >> 6) {
        Some(&block) => KINDS[usize::from(block)][c as usize & 0x3F],
        None => (rules::kind(c), rules::script(c)),
    }
}

/// The kind of a character.
#[inline]
pub(crate) fn kind(c: char) -> Kind {
    look_up(c).0
}

/// A script, as far as it must not change within a word; 0 for what belongs to any.
#[inline]
pub(crate) fn script(c: char) -> u8 {
    look_up(c).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_rules() {
        for c in '\0'..=char::MAX {
            assert_eq!(
                (kind(c), script(c)),
                (rules::kind(c), rules::script(c)),
                "{c:?}"
            );
        }
    }
}
