//! Oddness: how odd the characters of a group are as they stand and as they are read.
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
pub(super) struct Oddness(Vec<Option<(Setting, (u32, u32))>>);

impl Oddness {
    pub(super) fn new() -> Oddness {
        Oddness(Vec::new())
    }

    /// The odd neighbours of a group without lost bytes, counted if nothing is at hand.
    pub(super) fn of(
        &mut self,
        before: Option<char>,
        group: &[char],
        behind: Option<char>,
        count: impl FnOnce() -> (u32, u32),
    ) -> (u32, u32) {
        let mut chars = ['\0'; LONGEST];
        match chars.get_mut(..group.len()) {
            Some(kept) => kept.copy_from_slice(group),
            None => return count(),
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
            Some((known, odds)) if *known == setting => *odds,
            _ => slot.insert((setting, count())).1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_is_told_as_it_was_counted() {
        let mut oddness = Oddness::new();
        let sides = [None, Some('a'), Some(' '), Some('\u{E9}')];
        let groups: Vec<Vec<char>> = ('\u{80}'..'\u{180}')
            .flat_map(|c| [vec![c], vec!['\u{E2}', c], vec!['\u{E2}'; 5]])
            .collect();
        let mut number = 0;
        for (before, behind) in sides.into_iter().flat_map(|a| sides.map(|b| (a, b))) {
            for group in &groups {
                number += 1;
                let counted = oddness.of(before, group, behind, || (number, 0));
                assert!(
                    group.len() == 5 || counted == (number, 0),
                    "{before:?} {group:?} {behind:?}"
                );
                let again = oddness.of(before, group, behind, || (0, number));
                let is_kept = group.len() <= LONGEST;
                assert_eq!(again, if is_kept { counted } else { (0, number) });
            }
        }
    }
}
