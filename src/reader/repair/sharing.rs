//! Sharing: repairs that are alike, once in memory. Nearly all of a page's are.

use std::borrow::Cow;
use std::sync::Arc;

use super::Step;
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
        let alike = |made: &&Arc<Repair>| made.charset == charset && made.steps == *steps;
        if let Some(made) = self.0.iter().rev().find(alike) {
            return Arc::clone(made);
        }
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        let made = Arc::new(Repair {
            charset,
            steps: steps.into_owned(),
        });
        self.0.push(Arc::clone(&made));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
