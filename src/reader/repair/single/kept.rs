//! Kept: what was told of groups of characters, by what decides it.
//!
//! A text has the same few signs between the same few neighbours again and again, so what was told of the last
//! such ones is kept.

/// What decides where no byte is lost: the characters of a short group, and those right before it and behind it.
type Setting = (Option<char>, [char; LONGEST], Option<char>);

/// Characters of the longest group that is kept.
const LONGEST: usize = 4;
/// More settings than a page of one language has many of.
const SLOTS: usize = 256;

/// What was told of groups before.
pub(super) struct Kept<T>(Vec<Option<(Setting, T)>>);

impl<T: Copy> Kept<T> {
    pub(super) fn new() -> Kept<T> {
        Kept(Vec::new())
    }

    /// What is told of a group without lost bytes; asked if nothing is at hand.
    pub(super) fn of(
        &mut self,
        before: Option<char>,
        group: &[char],
        behind: Option<char>,
        tell: impl FnOnce() -> T,
    ) -> T {
        let mut chars = ['\0'; LONGEST];
        match chars.get_mut(..group.len()) {
            Some(kept) => kept.copy_from_slice(group),
            None => return tell(),
        }
        if self.0.is_empty() {
            self.0.resize(SLOTS, None);
        }
        let setting = (before, chars, behind);
        let sides = [before, behind].map(|side| side.unwrap_or('\n'));
        let number = |sum: u32, c: char| (sum ^ u32::from(c)).wrapping_mul(0x9E37_79B1);
        let hash = sides.into_iter().chain(chars).fold(0, number);
        let slot = &mut self.0[hash as usize >> 16 & (SLOTS - 1)];
        match slot {
            Some((known, told)) if *known == setting => *told,
            _ => slot.insert((setting, tell())).1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_setting_the_same_is_told_again() {
        let mut kept = Kept::new();
        let sides = [None, Some('a'), Some(' '), Some('\u{E9}')];
        let groups: Vec<Vec<char>> = ('\u{80}'..'\u{180}')
            .flat_map(|c| [vec![c], vec!['\u{E2}', c], vec!['\u{E2}'; 5]])
            .collect();
        let mut number = 0;
        for (before, behind) in sides.into_iter().flat_map(|a| sides.map(|b| (a, b))) {
            for group in &groups {
                number += 1;
                let told = kept.of(before, group, behind, || number);
                assert!(
                    group.len() == 5 || told == number,
                    "{before:?} {group:?} {behind:?}"
                );
                let again = kept.of(before, group, behind, || -number);
                let is_kept = group.len() <= LONGEST;
                assert_eq!(again, if is_kept { told } else { -number });
            }
        }
    }
}
