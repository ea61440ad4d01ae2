//! Respell: letters in doubt, chosen again by the language of the whole text.

use super::super::multi::run::{Part, Run};
use super::spell::{self, Slot};

/// Chooses again where letters are in doubt, by the language of the text.
pub(crate) fn respell(runs: &mut [Run], chars: &[char]) {
    if runs.iter().all(|run| run.doubts.is_empty()) {
        return;
    }
    let slot = |c| Slot {
        c,
        options: Vec::new(),
    };
    let mut slots = Vec::with_capacity(chars.len());
    let mut at = 0;
    for run in runs.iter() {
        slots.extend(chars[at..run.chars.start].iter().map(|&c| slot(c)));
        let from = slots.len();
        slots.extend(run.parts.iter().map(|part| slot(part.c())));
        for (part, guesses) in &run.doubts {
            slots[from + part].options = guesses.iter().map(|guess| guess.c).collect();
        }
        at = run.chars.end;
    }
    slots.extend(chars[at..].iter().map(|&c| slot(c)));
    spell::settle(&mut slots);
    let (mut at, mut from) = (0, 0);
    for run in runs {
        from += run.chars.start - at;
        for (part, guesses) in &run.doubts {
            let c = slots[from + part].c;
            if let Some(guess) = guesses.iter().find(|guess| guess.c == c) {
                run.parts[*part] = Part::Read(*guess);
            }
        }
        from += run.parts.len();
        at = run.chars.end;
    }
}
