//! Spell: which letters stood where bytes were lost, by the language of the text.
//!
//! A lost byte of a letter leaves a handful of letters that fit. The word they stand in decides: all
//! its holes are filled together, by the letter model of the language that the rest of the text is in.

use crate::reader::language::{EDGE, Language, case_cost, detect, is_letter};

/// How many spellings of a word are followed at once.
const WIDTH: usize = 16;
/// How many letters back the model looks.
const ORDER: usize = 4;
/// How many characters of the text its language is told from.
const CONTEXT: usize = 600;

/// A character of the text to be, and what else it may be.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) c: char,
    /// All letters that fit, this one among them; empty where nothing was lost.
    pub(crate) options: Vec<char>,
}

/// A spelling so far.
#[derive(Clone, Copy)]
struct Path {
    cost: u32,
    /// The last letters, nearest last.
    tail: [char; ORDER],
    /// The last choice made, in the list of all choices; 0 for none.
    choice: u32,
}

/// Chooses among the options of every slot.
pub(crate) fn settle(slots: &mut [Slot]) {
    let open = |slot: &Slot| slot.options.len() > 1;
    let Some(first) = slots.iter().position(open) else {
        return;
    };
    let from = first.saturating_sub(CONTEXT / 2);
    let context: String = slots[from..]
        .iter()
        .take(CONTEXT)
        .map(|slot| if open(slot) { '\u{FFFD}' } else { slot.c })
        .collect();
    let Some(guess) = detect(&context).first().copied() else {
        return;
    };
    let mut at = 0;
    while at < slots.len() {
        if !is_part(&slots[at]) {
            at += 1;
            continue;
        }
        let len = slots[at..].iter().take_while(|slot| is_part(slot)).count();
        let word = &mut slots[at..at + len];
        if word.iter().any(open) {
            spell(guess.language, word);
        }
        at += len;
    }
}

fn is_part(slot: &Slot) -> bool {
    is_letter(slot.c)
}

/// Fills the holes of one word.
fn spell(language: Language, word: &mut [Slot]) {
    let mut paths = vec![Path {
        cost: 0,
        tail: [EDGE; ORDER],
        choice: 0,
    }];
    // Choices as they were made: the one before, and the letter.
    let mut choices: Vec<(u32, char)> = vec![(0, EDGE)];
    let mut longer: Vec<Path> = Vec::new();
    for slot in word.iter() {
        let single = [slot.c];
        let open = slot.options.len() > 1;
        let options: &[char] = if open { &slot.options } else { &single };
        longer.clear();
        for path in &paths {
            for &letter in options {
                longer.push(extend(language, path, letter));
                if open {
                    let made = choices.len() as u32;
                    choices.push((path.choice, letter));
                    if let Some(last) = longer.last_mut() {
                        last.choice = made;
                    }
                }
            }
        }
        longer.sort_by_key(|path| path.cost);
        // Spellings that end alike go on alike: the cheaper one is enough.
        let mut kept: Vec<Path> = Vec::with_capacity(WIDTH);
        for path in &longer {
            if kept.len() < WIDTH && !kept.iter().any(|other| other.tail == path.tail) {
                kept.push(*path);
            }
        }
        std::mem::swap(&mut paths, &mut kept);
    }
    let best = paths
        .iter()
        .map(|path| extend(language, path, EDGE))
        .min_by_key(|path| path.cost);
    let Some(best) = best else { return };
    let mut choice = best.choice as usize;
    for slot in word.iter_mut().rev().filter(|slot| slot.options.len() > 1) {
        let (before, letter) = choices[choice];
        slot.c = letter;
        choice = before as usize;
    }
}

fn extend(language: Language, path: &Path, letter: char) -> Path {
    let from = path.tail.iter().rposition(|&c| c == EDGE).unwrap_or(0);
    let step = language.cost(&path.tail[from..], letter) + case_cost(path.tail[ORDER - 1], letter);
    let mut tail = path.tail;
    tail.rotate_left(1);
    tail[ORDER - 1] = letter;
    Path {
        cost: path.cost + u32::from(step),
        tail,
        choice: path.choice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_decides() {
        // "часто" and "эти": es, e and ya are what is left of D1 and a lost byte.
        let holes: Vec<char> = "сэяё".chars().collect();
        let mut slots: Vec<Slot> = "Мы ча?то видели э?и меcта в горах и на равнине"
            .chars()
            .map(|c| Slot {
                c,
                options: if c == '?' { holes.clone() } else { Vec::new() },
            })
            .collect();
        for slot in slots.iter_mut().filter(|slot| slot.c == '?') {
            slot.c = 'я';
        }
        settle(&mut slots);
        let text: String = slots.iter().map(|slot| slot.c).collect();
        assert!(text.starts_with("Мы часто видели"), "{text}");
    }
}
