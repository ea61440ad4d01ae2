//! Respell: letters in doubt, chosen again by the language of the whole text.

use super::super::charsets::lossy::Guess;
use super::super::multi::run::{Part, Run};
use super::spell::Draft;

/// Chooses again where letters are in doubt, by the language of the text.
pub(crate) fn respell(runs: &mut [Run], chars: &[char]) {
    let is_open = |doubt: &&(usize, Vec<Guess>)| doubt.1.len() > 1;
    if runs.iter().all(|run| run.doubts.is_empty()) {
        return;
    }
    let mut draft = Draft::default();
    let mut at = 0;
    for run in runs.iter() {
        draft.extend(chars[at..run.chars.start].iter().copied());
        let mut doubts = run.doubts.iter().filter(is_open).peekable();
        for (number, part) in run.parts.iter().enumerate() {
            match doubts.next_if(|&&(doubted, _)| doubted == number) {
                Some((_, guesses)) => draft.doubt(guesses.iter().map(|guess| guess.c).collect()),
                None => draft.extend([part.c()]),
            }
        }
        at = run.chars.end;
    }
    draft.extend(chars[at..].iter().copied());
    let mut letters = draft.settled();
    for run in runs {
        for (part, guesses) in run.doubts.iter().filter(is_open) {
            let letter = letters.next();
            if let Some(guess) = guesses.iter().find(|guess| Some(guess.c) == letter) {
                run.parts[*part] = Part::Read(*guess);
            }
        }
    }
}
