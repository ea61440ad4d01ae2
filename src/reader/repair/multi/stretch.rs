//! Stretch: what no ASCII parts and has lost bytes, read as a whole.

use std::ops::Range;

use super::super::charsets::lossy;
use super::super::lost::lattice::{self, Arc, Around, in_bits};
use super::super::lost::quotes::Quotes;
use super::super::lost::wording::LONGEST;
use super::run::{Part, Run, count};
use super::stream::Reader;
use crate::reader::language::is_letter;

/// How many characters one lost byte leaves at most.
const OF_ONE_BYTE: usize = 64;

impl Reader<'_> {
    /// The end of the stretch that cannot be told apart from here on: no ASCII parts it.
    pub(crate) fn stretch(&self, from: usize) -> usize {
        let belongs = |&&c: &&char| c == '\u{FFFD}' || !c.is_ascii() && self.pairs.code(c) != 0;
        from + self.chars[from..].iter().take_while(belongs).count()
    }

    /// The likeliest reading of a whole stretch, if there is one.
    pub(crate) fn settled(
        &mut self,
        span: Range<usize>,
        text: &[char],
        quotes: Quotes,
    ) -> Option<Run> {
        let setting = self.setting(&span, text, quotes);
        let known = setting.and_then(|setting| self.settled.get(&setting));
        let parts = match known {
            Some(parts) => parts.clone(),
            None => {
                let after = self.after(&span);
                let (parts, of_signs) = self.likeliest(&span, text, quotes, &after);
                if let (Some(setting), true) = (setting, of_signs) {
                    self.settled.insert(setting, parts.clone());
                }
                parts
            }
        };
        let mut run = Run {
            parts: parts?,
            ..Run::new(span.clone())
        };
        run.tally.end = span.end;
        for (at, part) in run.parts.iter().enumerate() {
            let Part::Read(guess) = part else { continue };
            count(&mut run.tally, guess);
            if guess.missing > 0 && is_letter(guess.c) {
                run.doubts.push((at, Vec::new()));
            }
        }
        Some(run)
    }

    /// What follows a stretch, up to where bytes were lost too. Where pairs of words tell what was meant, up to
    /// the end of the next word: what is damaged of that stands there as it reads by itself.
    fn after(&mut self, span: &Range<usize>) -> Vec<char> {
        let mut after = Vec::with_capacity(2 * LONGEST);
        let mut from = span.end;
        while lattice::two_words(after.iter()) == after.len() {
            let certain = |&&c: &&char| c.is_ascii() || self.pairs.code(c) == 0 && c != '\u{FFFD}';
            let behind = self.chars[from..].iter().take(2 * LONGEST);
            let known = after.len();
            after.extend(behind.take_while(certain));
            from += after.len() - known;
            if from == self.chars.len() {
                after.push('\n');
                break;
            }
            if after.len() >= 2 * LONGEST {
                break;
            }
            if !self.lexicon().has_pairs() {
                let in_word = after.iter().all(|&c| is_letter(c));
                let Some((rest, end)) = self.certain(from).filter(|_| in_word) else {
                    break;
                };
                after.extend(rest.chars());
                from = end;
                continue;
            }
            self.move_to(from);
            let next = from..self.stretch(from).max(from + 1);
            let (parts, _) = self.likeliest(&next, &after, Quotes::NONE, &[]);
            let Some(parts) = parts else { break };
            after.extend(parts.iter().map(Part::c));
            from = next.end;
        }
        self.move_to(span.start);
        after
    }

    /// What the damaged characters from one on are, as many as a word has, if they have all their bytes; and where
    /// they end.
    fn certain(&self, from: usize) -> Option<(String, usize)> {
        /// A byte that UTF-8 never has.
        const NONE: u8 = 0xFF;
        let near = self.chars[from..].iter().take(LONGEST);
        let damaged: Vec<char> = near.take_while(|c| !c.is_ascii()).copied().collect();
        let bytes = self.pairs.encode(&String::from_iter(&damaged), NONE);
        let read = String::from_utf8(bytes).ok()?;
        Some((read, from + damaged.len()))
    }

    /// What a stretch is read as, and whether it can only be signs: then nothing else has a say in it but
    /// its setting.
    fn likeliest(
        &self,
        span: &Range<usize>,
        text: &[char],
        quotes: Quotes,
        after: &[char],
    ) -> (Option<Vec<Part>>, bool) {
        let lexicon = self.lexicon();
        let places = self.start(span.start)..self.start(span.end);
        let mut of_signs = true;
        let mut found = Vec::with_capacity(OF_ONE_BYTE);
        let ways = |at: usize, ways: &mut Vec<Arc<Part>>| {
            let item = self.items[at];
            if !item.first && item.byte < 0x80 {
                of_signs = false;
                let c = char::from(item.byte);
                ways.push(Arc {
                    c,
                    end: at + 1,
                    guessed: false,
                    cost: 0,
                    what: Some(Part::Swallowed(c)),
                });
                return;
            }
            found.clear();
            match self.exact(at) {
                Some(guess) => found.push(guess),
                None => self.guesses(at, &mut found),
            }
            if at == places.start {
                lossy::without_joiners(&mut found, text.last().copied().unwrap_or('\n'));
            }
            lossy::likeliest(&mut found, || lexicon.language());
            of_signs &= !found.iter().any(|guess| is_letter(guess.c));
            ways.extend(found.iter().map(|guess| Arc {
                c: guess.c,
                end: guess.end,
                guessed: guess.missing > 0,
                cost: in_bits(lossy::cost(guess, false)),
                what: Some(Part::Read(*guess)),
            }));
        };
        let around = Around {
            before: text,
            quotes,
            after,
        };
        let parts = lattice::settle(places.clone(), around, lexicon, ways);
        (parts, of_signs)
    }

    /// The setting of a stretch that is short enough for one sign.
    fn setting(&self, span: &Range<usize>, text: &[char], quotes: Quotes) -> Option<Setting> {
        let mut behind = self.chars[span.end..].iter().copied();
        let right = behind.next();
        // What a word begins with matters if it is beyond ASCII; a question mark may stand for a lost byte.
        let matters = |c: &char| !c.is_ascii() || right == Some('?');
        Some(Setting {
            sign: match self.chars[span.clone()] {
                [first, second] => [first, second, '\0'],
                [first, second, third] => [first, second, third],
                _ => return None,
            },
            before: text.last().copied(),
            quotes,
            behind: [right, behind.next().filter(matters)],
        })
    }
}

/// What stands around a stretch that may be a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Setting {
    sign: [char; 3],
    before: Option<char>,
    quotes: Quotes,
    behind: [Option<char>; 2],
}
