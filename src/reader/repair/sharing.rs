//! Sharing: repairs that are alike, once in memory. Nearly all of a page's are.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Step;
use super::page::Patch;
use crate::edit::Repair;

/// How many repairs are remembered: a page has few kinds, and the same one stands in a row most often.
const REMEMBERED: usize = 8;

/// The last repairs that were made.
#[derive(Debug, Default)]
pub(crate) struct Repairs(Vec<Arc<Repair>>);

impl Repairs {
    /// A repair, the same as one before if it is like one.
    pub(crate) fn share<'s>(
        &mut self,
        charset: impl Into<Cow<'static, str>>,
        steps: impl Into<Cow<'s, [Step]>>,
    ) -> Arc<Repair> {
        let (charset, steps) = (charset.into(), steps.into());
        if let Some(made) = self.made(&charset, |made| *made == *steps) {
            return made;
        }
        self.make(charset, steps.into_owned())
    }

    /// A repair that writes a text, likewise.
    pub(crate) fn share_written(&mut self, charset: &'static str, text: &str) -> Arc<Repair> {
        let writes = |steps: &[Step]| matches!(steps, [Step::Write(own)] if own == text);
        self.made(charset, writes)
            .unwrap_or_else(|| self.make(charset.into(), vec![Step::Write(text.to_owned())]))
    }

    /// One that was made before, with these steps.
    fn made(&self, charset: &str, are_alike: impl Fn(&[Step]) -> bool) -> Option<Arc<Repair>> {
        let alike = |made: &&Arc<Repair>| made.charset == charset && are_alike(&made.steps);
        self.0.iter().rev().find(alike).map(Arc::clone)
    }

    fn make(&mut self, charset: Cow<'static, str>, steps: Vec<Step>) -> Arc<Repair> {
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        let made = Arc::new(Repair { charset, steps });
        self.0.push(Arc::clone(&made));
        made
    }
}

/// The patches that were made last. Characters with all their bytes are read alike wherever they stand, and a text
/// has the same few signs again and again.
#[derive(Default)]
pub(crate) struct Undone<'c> {
    made: [Option<(&'c [char], Patch)>; Undone::SLOTS],
}

impl<'c> Undone<'c> {
    /// More than the signs that a text sets.
    const SLOTS: usize = 32;

    /// The patch for these characters, which stand elsewhere; made if none for such characters is at hand.
    pub(crate) fn patch(
        &mut self,
        chars: &'c [char],
        span: Range<usize>,
        make: impl FnOnce(Range<usize>) -> Patch,
    ) -> Patch {
        let number = |sum: usize, &c: &char| sum.wrapping_mul(7).wrapping_add(c as usize);
        let slot = &mut self.made[chars.iter().fold(0, number) % Undone::SLOTS];
        let patch = match slot {
            Some((known, patch)) if *known == chars => &*patch,
            _ => &slot.insert((chars, make(span.clone()))).1,
        };
        Patch {
            span,
            ..patch.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Certainty;
    use crate::rules::Rule;

    #[test]
    fn what_is_alike_is_one() {
        let mut repairs = Repairs::default();
        let steps = |byte| vec![Step::Restore { at: 1, byte }];
        let first = repairs.share("windows-1252", steps(0x80));
        for byte in 0x81..0x81 + REMEMBERED as u8 - 1 {
            repairs.share("windows-1252", steps(byte));
        }
        let again = repairs.share("windows-1252", steps(0x80));
        assert!(Arc::ptr_eq(&first, &again));
        let other = repairs.share("windows-1251", steps(0x80));
        assert_ne!(first, other);
        let written = repairs.share_written("euc-jp", "\u{2019}");
        let steps = vec![Step::Write("\u{2019}".to_owned())];
        assert!(Arc::ptr_eq(&written, &repairs.share("euc-jp", steps)));
        assert_ne!(written, repairs.share_written("euc-jp", "\u{201D}"));
        assert_ne!(written, repairs.share_written("big5", "\u{2019}"));
    }

    #[test]
    fn each_patch_stands_in_its_own_place() {
        let mut undone = Undone::default();
        let all: Vec<Vec<char>> = ('\u{80}'..'\u{180}').map(|c| vec!['\u{E2}', c]).collect();
        let mut made = 0;
        for round in 0..2 {
            for (at, chars) in all.iter().enumerate() {
                let after: String = chars.iter().collect();
                // The same twice in a row: made once.
                for start in [at, at + 1] {
                    let patch = undone.patch(chars, start..start + 2, |span| {
                        made += 1;
                        Patch {
                            span,
                            after: after.clone(),
                            rule: Rule::E101,
                            certainty: Certainty::Proven,
                            repair: Repairs::default().share("x", Vec::new()),
                        }
                    });
                    assert_eq!((patch.span, &patch.after), (start..start + 2, &after));
                }
            }
            assert_eq!(made, (round + 1) * all.len());
        }
    }
}
