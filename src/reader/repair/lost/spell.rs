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

/// A text to be, in which some letters are in doubt.
#[derive(Default)]
pub(crate) struct Draft {
    chars: Vec<char>,
    /// Where letters are in doubt, and all that fit there.
    doubts: Vec<(usize, Vec<char>)>,
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

impl Draft {
    /// Goes on with characters that are in no doubt.
    pub(crate) fn extend(&mut self, chars: impl IntoIterator<Item = char>) {
        self.chars.extend(chars);
    }

    /// Goes on with one of several letters, the likeliest by itself first.
    pub(crate) fn doubt(&mut self, options: Vec<char>) {
        self.chars.extend(options.first());
        self.doubts.push((self.chars.len() - 1, options));
    }

    /// The letters that stand where there was doubt, in their order.
    pub(crate) fn settled(mut self) -> impl Iterator<Item = char> {
        if let Some(language) = self.language() {
            let mut rest = &self.doubts[..];
            while let &[(first, _), ..] = rest {
                let is_apart = |&c: &char| !is_letter(c);
                let before = self.chars[..first].iter().rposition(is_apart);
                let behind = self.chars[first..].iter().position(is_apart);
                let word = before.map_or(0, |at| at + 1)
                    ..behind.map_or(self.chars.len(), |length| first + length);
                let inside = rest.partition_point(|&(at, _)| at < word.end);
                if inside > 0 {
                    let start = word.start;
                    spell(language, &mut self.chars[word], start, &rest[..inside]);
                }
                // What is no letter is a word of its own, which is spelled as it is.
                rest = &rest[inside.max(1)..];
            }
        }
        let Draft { chars, doubts } = self;
        doubts.into_iter().map(move |(at, _)| chars[at])
    }

    /// The language of the text round the first doubt.
    fn language(&self) -> Option<Language> {
        let (first, _) = self.doubts.first()?;
        let from = first.saturating_sub(CONTEXT / 2);
        let mut doubts = self.doubts.iter().map(|&(at, _)| at).peekable();
        let context = self.chars.iter().enumerate().skip(from).take(CONTEXT);
        let context: String = context
            .map(|(at, &c)| match doubts.next_if_eq(&at) {
                Some(_) => '\u{FFFD}',
                None => c,
            })
            .collect();
        detect(&context).first().map(|guess| guess.language)
    }
}

/// Fills what is in doubt in one word, which begins at `start`.
fn spell(language: Language, word: &mut [char], start: usize, doubts: &[(usize, Vec<char>)]) {
    let mut paths = vec![Path {
        cost: 0,
        tail: [EDGE; ORDER],
        choice: 0,
    }];
    // Choices as they were made: the one before, and the letter.
    let mut choices: Vec<(u32, char)> = vec![(0, EDGE)];
    let mut longer: Vec<Path> = Vec::new();
    let mut open = doubts.iter().peekable();
    for (at, &c) in (start..).zip(word.iter()) {
        let single = [c];
        let doubt = open.next_if(|&&(doubt, _)| doubt == at);
        let options = doubt.map_or(&single[..], |(_, options)| options);
        longer.clear();
        for path in &paths {
            for &letter in options {
                longer.push(extend(language, path, letter));
                if doubt.is_some() {
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
    for (at, _) in doubts.iter().rev() {
        let (before, letter) = choices[choice];
        word[at - start] = letter;
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
        let text = "Мы ча?то видели э?и меcта в горах и на равнине";
        let mut draft = Draft::default();
        for c in text.chars() {
            match c {
                '?' => draft.doubt("ясэё".chars().collect()),
                c => draft.extend([c]),
            }
        }
        let mut letters = draft.settled();
        let fill = |c: char| if c == '?' { letters.next() } else { Some(c) };
        let text: Option<String> = text.chars().map(fill).collect();
        assert!(
            text.as_deref()
                .is_some_and(|text| text.starts_with("Мы часто видели")),
            "{text:?}"
        );
    }

    #[test]
    fn what_is_no_letter_stays() {
        let mut draft = Draft::default();
        draft.extend("Мы видели ".chars());
        draft.doubt(vec!['\u{2014}', 'я']);
        draft.extend(" места в горах".chars());
        assert!(draft.settled().eq(['\u{2014}']));
    }
}
