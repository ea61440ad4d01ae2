//! Fills the holes of one word: the likeliest letters where several fit.

use super::{EDGE, Language, case_cost};

/// How many spellings are followed at once; more than 24 changed no word in the evaluation.
const WIDTH: usize = 24;

impl Language {
    /// The likeliest spelling of a word of which every place has one or more possible letters.
    ///
    /// The word's edges are added here. A place without any letter is left out. Beside the spelling
    /// stands its lead: how much more the second best would cost (`u32::MAX` if there is none).
    ///
    /// ```
    /// use artclean::reader::language::Language;
    /// let greek = Language::from_code("el").expect("Greek is known");
    /// let (word, _) = greek.fill(&[&['χ'], &['ώ'], &['ρ', 'ύ'], &['α']]);
    /// assert_eq!(word, ['χ', 'ώ', 'ρ', 'α']);
    /// ```
    pub fn fill(self, places: &[&[char]]) -> (Vec<char>, u32) {
        let mut paths: Vec<(u32, Vec<char>)> = vec![(0, vec![EDGE])];
        for place in places
            .iter()
            .copied()
            .filter(|p| !p.is_empty())
            .chain([&[EDGE][..]])
        {
            let mut longer = Vec::with_capacity(paths.len() * place.len());
            for (cost, word) in &paths {
                for &letter in place {
                    let mut word = word.clone();
                    let step = self.cost(&word, letter)
                        + word.last().map_or(0, |&last| case_cost(last, letter));
                    word.push(letter);
                    longer.push((cost + u32::from(step), word));
                }
            }
            longer.sort_by_key(|(cost, _)| *cost);
            longer.truncate(WIDTH);
            paths = longer;
        }
        let lead = match paths.as_slice() {
            [(best, _), (next, _), ..] => next - best,
            _ => u32::MAX,
        };
        let word = paths
            .into_iter()
            .next()
            .map(|(_, word)| word)
            .unwrap_or_default();
        (word.into_iter().filter(|&c| c != EDGE).collect(), lead)
    }
}
