//! Verdict: whether a run that reads as UTF-8 is damage, and what speaks for it.

use std::ops::Range;

use super::super::charsets::lossy::{Guess, Trace};
use super::super::lost::context::has_emoji_form;
use super::super::lost::prior::{RARE, prior};
use super::super::single::evidence::counts;
use super::super::sound::names;
use super::super::sound::odd;
use super::run::{Part, Run};
use super::stream::Reader;
use crate::reader::language::{self, Word, is_letter};

/// Below this mean cost, in the model's unit, a run of characters is as common as written text.
const COMMON: u16 = 11 * language::BIT;

impl Reader<'_> {
    /// Whether the run is damage and not a word of the language that its characters are of.
    pub(crate) fn credible(&self, run: &Run, before: char) -> bool {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let after = std::iter::once(before)
            .chain(run.parts.iter().map(Part::c))
            .chain([follows]);
        // Letters in doubt may still be wrong here; without any, all must be well.
        if odd::count(after) as usize > run.doubts.len() {
            return false;
        }
        if self.goes_on(run) {
            return false;
        }
        // The characters that misreading makes are rarer than those people write.
        let letter = |c: char| c.is_ascii_alphabetic();
        let rare = || {
            let chars = self.chars[run.chars.clone()].iter();
            let rarity: usize = chars.map(|&c| usize::from(language::commonness(c))).sum();
            rarity >= run.chars.len() * usize::from(COMMON)
        };
        run.tally.worth > 0 && (letter(before) || letter(follows) || rare())
            || self.is_marked_letter(run, before)
    }

    /// Whether no Latin letter touches a run, and it makes no sense: its characters may be a rare word.
    pub(crate) fn may_be_word(&self, run: &Run, before: char) -> bool {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let letter = |c: char| c.is_ascii_alphabetic();
        // A question mark may stand before a word, too.
        let asks = self.chars[run.chars.start] == '?';
        !letter(before) && !letter(follows) && (asks || !makes_sense(run))
    }

    /// Whether the run is one letter of a Latin word, with a mark where its last byte was lost.
    fn is_marked_letter(&self, run: &Run, before: char) -> bool {
        self.latin_letter(run, before).is_some_and(|guess| {
            guess.len == 2
                && guess.traces[..2] == [Trace::Glyph, Trace::Altered(1)]
                && self.chars[run.chars.end - 1] == '\u{FFFD}'
        })
    }

    /// Whether the word that the run stands in goes on undecoded: it is no damaged one.
    pub(crate) fn goes_on(&self, run: &Run) -> bool {
        let Range { start, end } = run.chars;
        let script = odd::script(self.chars[start]);
        let sides = [start.checked_sub(1), Some(end)].into_iter().flatten();
        let mut sides = sides.filter_map(|at| self.chars.get(at));
        odd::is_wide(script) && sides.any(|&c| odd::script(c) == script)
    }

    /// Whether the run may as well be a short word: it proves nothing by itself.
    pub(crate) fn alone(&self, run: &Run, before: char) -> bool {
        let letter = |c: char| c.is_ascii_alphabetic();
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let is_word = run.parts.iter().all(|part| odd::script(part.c()) != 0);
        let is_short = run.parts.iter().all(|part| part.c().len_utf8() < 3);
        let counts = before.is_ascii_digit() || follows.is_ascii_digit();
        run.chars.len() < 3
            && !letter(before)
            && !letter(follows)
            && (is_word || is_short && !counts)
    }

    /// Whether the run is one sign or letter of Western Europe, all its bytes there.
    pub(crate) fn one_sign(&self, run: &Run) -> bool {
        let [Part::Read(guess)] = run.parts.as_slice() else {
            return false;
        };
        let wide = |at: Option<usize>| {
            at.and_then(|at| self.chars.get(at))
                .is_some_and(|&c| odd::is_wide(odd::script(c)))
        };
        guess.missing == 0
            && run.tally.worth > 0
            && matches!(guess.c, '\u{A1}'..='\u{52F}')
            && !wide(run.chars.start.checked_sub(1))
            && !wide(Some(run.chars.end))
    }

    /// Whether the run is a sign at the figure it goes with.
    pub(crate) fn at_figures(&self, run: &Run, text: &[char]) -> bool {
        let [Part::Read(guess)] = run.parts.as_slice() else {
            return false;
        };
        let behind = &self.chars[run.chars.end..];
        // Of the signs of currencies one byte may be lost: nothing else begins so before a figure.
        let amount = guess.missing == 1
            && ('\u{20A0}'..='\u{20CF}').contains(&guess.c)
            && behind.first().is_some_and(char::is_ascii_digit);
        amount || guess.missing == 0 && counts(guess.c, text, behind)
    }

    /// Whether the run is an emoji by itself of which only the last byte is lost, with a mark in its place; or of
    /// which that byte is left, with the first of the selector behind it.
    pub(crate) fn stands_alone(&self, run: &Run, before: char) -> bool {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let is_emoji = match run.parts.as_slice() {
            [Part::Read(guess)] => {
                let last = usize::from(guess.len) - 1;
                matches!(guess.c, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}')
                    && guess.missing == 1
                    && guess.traces[last] == Trace::Altered(1)
            }
            [Part::Read(guess), Part::Read(selector)] => {
                let last = usize::from(guess.len) - 1;
                has_emoji_form(guess.c)
                    && guess.traces[last] == Trace::Glyph
                    && selector.c == '\u{FE0F}'
                    && selector.traces[0] == Trace::Glyph
            }
            _ => false,
        };
        is_emoji && [before, follows].into_iter().all(char::is_whitespace)
    }

    /// Whether the run is a letter of a name.
    pub(crate) fn is_named(&self, run: &Run, text: &[char]) -> bool {
        // No name has a sign in it.
        let letters = || run.parts.iter().map(Part::c);
        if run.tally.inferred > 0 || !letters().all(is_letter) {
            return false;
        }
        let (before, behind) = names::around(text, &self.chars[run.chars.end..]);
        let word: Vec<char> = before
            .iter()
            .copied()
            .chain(letters())
            .chain(behind.iter().copied())
            .collect();
        names::is_name(&word)
    }

    /// Whether the run is one letter of a Latin word, all its bytes there.
    pub(crate) fn in_latin(&self, run: &Run, before: char) -> bool {
        let letter = self.latin_letter(run, before);
        // At a word's end counters and units of Chinese stand, too, and then it is none.
        let small = |c: &char| c.is_ascii_lowercase();
        letter.is_some_and(|guess| {
            let goes_on = self.chars.get(run.chars.end).is_some_and(small);
            guess.missing == 0 && (goes_on || self.ends_word(run, guess.c))
        })
    }

    /// Whether a letter ends a word of the text's language.
    fn ends_word(&self, run: &Run, letter: char) -> bool {
        let (before, _) = names::around(&self.chars[..run.chars.start], &[]);
        let letters = before.iter().chain([&letter]);
        let language = self.lexicon().language();
        language.is_some_and(|language| Word::folding(language, letters).is_known())
    }

    /// The letter that the run is, if it is one of a Latin word, most of which stands beside it.
    fn latin_letter<'r>(&self, run: &'r Run, before: char) -> Option<&'r Guess> {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let [Part::Read(guess)] = run.parts.as_slice() else {
            return None;
        };
        let fits = is_letter(guess.c)
            && odd::script(guess.c) == odd::LATIN
            && (before.is_ascii_lowercase() || follows.is_ascii_lowercase());
        fits.then_some(guess)
    }
}

/// Whether a run reads as what people write; of a long one that is in no doubt unless all its characters have two
/// bytes.
fn makes_sense(run: &Run) -> bool {
    /// Characters up to which a word may be one by chance.
    const SHORT: usize = 5;
    /// What a letter costs at most, in bits, in a word, and a hanzi or hangul.
    const LETTER: u16 = 8 * language::BIT;
    const WIDE: u16 = 12 * language::BIT;
    let chars = || run.parts.iter().map(Part::c);
    let of_two = |c: char| c.len_utf8() == 2 && is_letter(c);
    if run.chars.len() > SHORT && !chars().all(of_two) {
        return true;
    }
    let latin = |c: char| !c.is_ascii() && odd::script(c) == odd::LATIN && is_letter(c);
    if run.chars.len() > 1 && chars().all(latin) || clings_to_emoji(run) {
        return false;
    }
    let rare = |c: char| !is_letter(c) && prior(c).is_none_or(|likelihood| likelihood < RARE);
    if chars().any(|c| !c.is_ascii() && rare(c)) {
        return false;
    }
    let seen = language::plausibility(&chars().collect::<String>());
    let wide = chars().any(|c| odd::is_wide(odd::script(c)));
    seen.letters == 0 || seen.per_letter() <= if wide { WIDE } else { LETTER }
}

/// Whether a letter that the misreading swallowed stands right behind an emoji.
fn clings_to_emoji(run: &Run) -> bool {
    run.parts.windows(2).any(|two| match two {
        [Part::Read(guess), Part::Swallowed(_)] => guess.len == 4,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::reader::repair::repair;

    #[test]
    fn marked_letters_prove_nothing_by_themselves() {
        let text = "Cat\u{FF84} and \u{FF84}\u{FFFD} are keys; so is A\u{FF83}\u{FFFD} on the old board, and the cat said miao\u{FF84}\u{FFFD} once.";
        assert_eq!(repair(text), []);
    }
}
