//! Concise report: one line a finding, as editors and `grep -n` have it.

use std::io::{self, Write};

use super::{Damage, Report, human};

pub(super) struct Concise;

impl Report for Concise {
    fn finding(&mut self, damage: Damage, out: &mut dyn Write) -> io::Result<()> {
        let place = damage.place();
        let sentence = human::sentence(&damage.finding);
        writeln!(out, "{place}: {} {sentence}", damage.finding.rule)
    }
}
