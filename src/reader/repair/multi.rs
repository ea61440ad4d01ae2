//! Multi: UTF-8 that was misread through a multi-byte charset, such as GBK.
//!
//! Here a character of the damaged text holds two bytes, which need not belong together: the second
//! may be the ASCII letter after the sign that was misread ("’s" became "鈥檚"). So a run is read as
//! a stream of bytes, from one character's start to another's end. A byte that made no pair left
//! nothing, or U+FFFD, or a question mark.

use std::ops::Range;

use super::Step;
use super::codec;
use super::context::{Place, likelihood};
use super::known::Known;
use super::lattice::{self, Arc, Around, in_bits};
use super::lossy::{self, Guess, Trace};
use super::odd;
use super::page::Patch;
use super::pairs::{self, Pairs};
use super::prior::prior;
use super::spell::{self, Slot};
use super::utf8::{self, MOST};
use crate::edit::Certainty;
use crate::reader::language::{self, Language, detect, is_letter};
use crate::rules::Rule;

/// Below this mean cost, in the model's unit, a run of characters is as common as written text.
const COMMON: u16 = 11 * language::BIT;

/// The same where the text holds sound hanzi beside the run.
const RARE_AMONG_SOUND: u16 = 13 * language::BIT;
/// How many bytes of the text tell its language.
const CONTEXT: usize = 2000;
/// How many characters behind a stretch tell how its last word goes on.
const AFTER: usize = 4;
/// The points that the runs of a text must make together.
const NEEDED_POINTS: i32 = 2;
/// A character less likely than this, on the scale of the prior, speaks against a run.
const RARE: i32 = -65;
/// The same for one that has all its bytes.
const RARE_BUT_WHOLE: i32 = -75;
/// The first two bytes of emoji.
const EMOJI_LEAD: u8 = 0xF0;
const EMOJI_SECOND: u8 = 0x9F;
/// How many bytes a run may go on between two characters' starts.
const LONGEST_ASKEW: usize = 64;

/// One byte of the damaged text, or what stands for one.
#[derive(Debug, Clone, Copy)]
struct Item {
    /// The byte; 0 for U+FFFD and for what the charset lacks.
    byte: u8,
    /// Index of the character it comes from.
    char: u32,
    /// Whether it is the first byte of that character.
    first: bool,
}

/// A piece of a run.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// An ASCII letter that the misreading swallowed.
    Swallowed(char),
    /// A character read from its bytes.
    Read(Guess),
}

impl Part {
    fn c(&self) -> char {
        match self {
            Part::Swallowed(c) => *c,
            Part::Read(guess) => guess.c,
        }
    }
}

/// How far a run has come, and what speaks for it.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// The character after it.
    end: usize,
    parts: usize,
    doubts: usize,
    /// Characters read from some of their bytes only.
    inferred: u32,
    points: i32,
    worth: i32,
}

/// A run that reads as UTF-8.
#[derive(Debug)]
struct Run {
    /// The characters it covers.
    chars: Range<usize>,
    parts: Vec<Part>,
    /// For letters in doubt: the part, and all guesses that differ by the letter alone.
    doubts: Vec<(usize, Vec<Guess>)>,
    tally: Tally,
    /// Whether it stands inside or beside a Latin word and turns into a letter of it.
    in_latin: bool,
    /// Whether it may as well be sound, were the text not known to be damaged.
    weak: bool,
}

/// The patches of the multi-byte charset that explains most, and how much that is.
pub(crate) fn find(chars: &[char], offsets: &[usize], known: &Known) -> (i32, Vec<Patch>) {
    let cjk = chars.iter().filter(|&&c| is_wide(c)).count();
    if cjk == 0 {
        return (0, Vec::new());
    }
    let mut best: Option<(i32, &'static Pairs, Vec<Run>)> = None;
    for pairs in pairs::all() {
        if impossible(pairs, chars) * 2 > cjk {
            continue;
        }
        let mut runs = read(pairs, chars);
        let mut proof = NEEDED_POINTS * i32::from(known.has_pairs(pairs.name));
        let covered: usize = runs.iter().map(|run| run.chars.len()).sum();
        if covered * 10 < cjk * 7 {
            // Among sound hanzi only what reads as plain signs and letters is damage.
            let plain = |run: &Run| {
                run.parts.iter().all(|part| {
                    matches!(part.c(), '\u{20}'..='\u{7E}' | '\u{A1}'..='\u{17F}' | '\u{2013}'..='\u{2122}')
                        || matches!(part.c() as u32, 0x2600..=0x27BF | 0x1F300..=0x1FAFF | 0xFE0F)
                })
            };
            let rare = |run: &Run| {
                let chars = &chars[run.chars.clone()];
                let cost: usize = chars
                    .iter()
                    .map(|&c| usize::from(language::commonness(c)))
                    .sum();
                cost >= chars.len() * usize::from(RARE_AMONG_SOUND)
            };
            // One hanzi or hangul is a letter of two bytes to UTF-8 far too often.
            let whole_sign = |run: &Run| {
                let of_three = |part: &Part| match part {
                    Part::Read(guess) => guess.len > 2 && guess.missing == 0,
                    Part::Swallowed(_) => false,
                };
                run.parts.iter().any(of_three)
            };
            runs.retain(|run| {
                let telling = inside_word(chars, &run.chars) || whole_sign(run) && rare(run);
                run.tally.points > 0 && !run.weak && telling && plain(run)
            });
            // What was written in hanzi is sound: the damage came with words in Latin letters.
            let touches_latin = |run: &Run| {
                let Range { start, end } = run.chars;
                let sides = [start.checked_sub(1), Some(end)].into_iter().flatten();
                let mut sides = sides.filter_map(|at| chars.get(at));
                sides.any(char::is_ascii_alphanumeric)
            };
            if !runs.iter().any(touches_latin) {
                runs.clear();
            }
        } else {
            // A sign of its own among Latin letters: what else would write no hanzi but these?
            proof += runs.iter().map(|run| i32::from(run.in_latin)).sum::<i32>();
        }
        proof += runs.iter().map(|run| run.tally.points).sum::<i32>();
        let worth: i32 = runs.iter().map(|run| run.tally.worth).sum();
        if proof >= NEEDED_POINTS
            && worth > 0
            && best.as_ref().is_none_or(|(most, ..)| worth > *most)
        {
            best = Some((worth, pairs, runs));
        }
    }
    let Some((worth, pairs, mut runs)) = best else {
        return (0, Vec::new());
    };
    respell(&mut runs, chars);
    (
        worth,
        runs.into_iter()
            .map(|run| patch(pairs, run, offsets))
            .collect(),
    )
}

/// Whether these stand between two small Latin letters, as no hanzi or hangul does, and not behind an
/// escape such as `\n`.
fn inside_word(chars: &[char], run: &Range<usize>) -> bool {
    let small = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_lowercase)
    };
    let escape = run.start.checked_sub(2).map(|at| chars[at]) == Some('\\');
    small(run.start.checked_sub(1)) && small(Some(run.end)) && !escape
}

/// How many wide characters cannot be part of UTF-8: two leads in a row, or bytes it never has.
fn impossible(pairs: &Pairs, chars: &[char]) -> usize {
    let never = |byte: u8| matches!(byte, 0xC0 | 0xC1 | 0xF5..);
    let odd = |c: char| {
        let [lead, trail] = pairs.code(c).to_be_bytes();
        lead == 0
            || utf8::length(lead) > 0 && !utf8::continues(trail)
            || never(lead)
            || never(trail)
    };
    chars.iter().filter(|&&c| is_wide(c) && odd(c)).count()
}

/// Chooses again where letters are in doubt, by the language of the text.
fn respell(runs: &mut [Run], chars: &[char]) {
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

/// Whether this is a character such as the multi-byte charsets hold.
fn is_wide(c: char) -> bool {
    matches!(odd::script(c), 35 | 38) || matches!(c as u32, 0xE000..=0xF8FF)
}

/// All runs of the text that read as UTF-8 through one charset.
fn read(pairs: &Pairs, chars: &[char]) -> Vec<Run> {
    let mut items = Vec::with_capacity(chars.len() * 2);
    let mut starts = Vec::with_capacity(chars.len() + 1);
    for (at, &c) in chars.iter().enumerate() {
        starts.push(items.len());
        let code = pairs.code(c);
        let mut push = |byte, first| {
            items.push(Item {
                byte,
                char: at as u32,
                first,
            })
        };
        if code > 0xFF {
            push((code >> 8) as u8, true);
            push(code as u8, false);
        } else {
            push(code as u8, true);
        }
    }
    starts.push(items.len());
    let marks = Marks {
        replaced: chars.contains(&'\u{FFFD}'),
    };
    let bytes: Vec<u8> = items.iter().take(CONTEXT).map(|item| item.byte).collect();
    let language = detect(&String::from_utf8_lossy(&bytes))
        .first()
        .map(|guess| guess.language);
    let mut runs = Vec::new();
    let mut at = 0;
    // The text as it is read so far.
    let mut text: Vec<char> = Vec::with_capacity(chars.len());
    let mut quoted = false;
    while at < chars.len() {
        let item = items[starts[at]];
        let run = if item.byte >= 0x80 || chars[at] == '\u{FFFD}' {
            Reader {
                pairs,
                chars,
                items: &items,
                starts: &starts,
                marks,
                language,
            }
            .run(at, &text, quoted)
        } else {
            None
        };
        match run {
            Some(Ok(run)) => {
                for part in &run.parts {
                    text.push(part.c());
                    quoted = quote(quoted, part.c());
                }
                at = run.chars.end;
                runs.push(run);
            }
            // What reads as UTF-8 by chance is passed over as a whole.
            Some(Err(end)) => {
                text.extend(&chars[at..end]);
                at = end;
            }
            None => {
                text.push(chars[at]);
                quoted = quote(quoted, chars[at]);
                at += 1;
            }
        }
    }
    runs
}

fn quote(quoted: bool, c: char) -> bool {
    match c {
        '\u{201C}' => true,
        '\u{201D}' | '\n' => false,
        _ => quoted,
    }
}

/// What the document shows in the place of bytes that make no pair.
#[derive(Debug, Clone, Copy)]
struct Marks {
    replaced: bool,
}

struct Reader<'a> {
    pairs: &'a Pairs,
    chars: &'a [char],
    items: &'a [Item],
    starts: &'a [usize],
    marks: Marks,
    language: Option<Language>,
}

impl Reader<'_> {
    /// The longest run from this character that reads as UTF-8; `Err` with its end if it does so by
    /// chance only.
    fn run(&self, from: usize, text: &[char], quoted: bool) -> Option<Result<Run, usize>> {
        let before = text.last().copied().unwrap_or('\n');
        let mut run = Run {
            chars: from..from,
            parts: Vec::new(),
            doubts: Vec::new(),
            tally: Tally::default(),
            in_latin: false,
            weak: false,
        };
        let mut complete: Option<Tally> = None;
        let mut at = self.starts[from];
        let mut aligned = at;
        let mut last = before;
        let open = quoted;
        let mut quoted = quoted;
        let mut found = Vec::new();
        let stretch = self.stretch(from);
        while let Some(&item) = self.items.get(at) {
            if item.first && item.byte != 0 && item.byte < 0x80 || at - aligned > LONGEST_ASKEW {
                break;
            }
            if !item.first && item.byte < 0x80 {
                last = char::from(item.byte);
                run.parts.push(Part::Swallowed(last));
                at += 1;
            } else {
                found.clear();
                let guess = match self.exact(at) {
                    Some(guess) => guess,
                    None => {
                        self.guesses(at, &mut found);
                        match self.choose(&found, last, quoted) {
                            Some(guess) => guess,
                            None => break,
                        }
                    }
                };
                if guess.missing > 0 && is_letter(guess.c) {
                    let alike = |other: &&Guess| {
                        other.end == guess.end
                            && other.missing == guess.missing
                            && is_letter(other.c)
                    };
                    let alike = found.iter().filter(alike).copied().collect();
                    run.doubts.push((run.parts.len(), alike));
                }
                run.parts.push(Part::Read(guess));
                count(&mut run.tally, &guess);
                last = guess.c;
                quoted = quote(quoted, last);
                at = guess.end;
            }
            if self.items.get(at).is_none_or(|item| item.first) {
                aligned = at;
                run.tally.end = self
                    .items
                    .get(at)
                    .map_or(self.chars.len(), |item| item.char as usize);
                run.tally.parts = run.parts.len();
                run.tally.doubts = run.doubts.len();
                complete = Some(run.tally);
            }
        }
        let whole = complete.is_some_and(|tally| tally.end == stretch && tally.inferred == 0);
        match (whole || stretch < from + 2)
            .then_some(None)
            .unwrap_or_else(|| self.settled(from..stretch, text, open))
        {
            Some(settled) => run = settled,
            None => {
                run.tally = complete?;
                run.chars.end = run.tally.end;
                run.parts.truncate(run.tally.parts);
                run.doubts.truncate(run.tally.doubts);
            }
        }
        if self.alone(&run, before) {
            run.tally.points = 0;
        } else if run.tally.inferred == 0 && inside_word(self.chars, &run.chars) {
            run.tally.points = run.tally.points.max(NEEDED_POINTS);
        }
        let end = run.chars.end;
        run.in_latin = self.in_latin(&run, before);
        let credible = self.credible(&run, before);
        run.weak = !credible && self.one_sign(&run);
        if run.weak {
            run.tally.points = 0;
        }
        Some(if credible || run.weak {
            Ok(run)
        } else {
            Err(end)
        })
    }

    /// The end of the stretch that cannot be told apart from here on: no ASCII parts it.
    fn stretch(&self, from: usize) -> usize {
        let belongs = |&&c: &&char| c == '\u{FFFD}' || !c.is_ascii() && self.pairs.code(c) != 0;
        from + self.chars[from..].iter().take_while(belongs).count()
    }

    /// The likeliest reading of a whole stretch, if there is one.
    fn settled(&self, span: Range<usize>, text: &[char], quoted: bool) -> Option<Run> {
        // What follows, up to where it may be damaged too.
        let certain = |&&c: &&char| c.is_ascii() || self.pairs.code(c) == 0 && c != '\u{FFFD}';
        let after = self.chars[span.end..]
            .iter()
            .take_while(certain)
            .take(AFTER);
        let mut after: Vec<char> = after.copied().collect();
        if span.end + after.len() == self.chars.len() {
            after.push('\n');
        }
        let mut found = Vec::new();
        let ways = |at: usize, ways: &mut Vec<Arc<Part>>| {
            let item = self.items[at];
            if !item.first && item.byte < 0x80 {
                let c = char::from(item.byte);
                ways.push(Arc {
                    c,
                    end: at + 1,
                    guessed: false,
                    cost: 0,
                    what: Part::Swallowed(c),
                });
                return;
            }
            found.clear();
            match self.exact(at) {
                Some(guess) => found.push(guess),
                None => self.guesses(at, &mut found),
            }
            lossy::likeliest(&mut found, self.language);
            ways.extend(found.iter().map(|guess| Arc {
                c: guess.c,
                end: guess.end,
                guessed: guess.missing > 0,
                cost: in_bits(lossy::cost(guess)),
                what: Part::Read(*guess),
            }));
        };
        let around = Around {
            before: text,
            quoted,
            after: &after,
        };
        let places = self.starts[span.start]..self.starts[span.end];
        let parts = lattice::settle(places, around, self.language, ways)?;
        let mut run = Run {
            chars: span.clone(),
            parts,
            doubts: Vec::new(),
            tally: Tally {
                end: span.end,
                ..Tally::default()
            },
            in_latin: false,
            weak: false,
        };
        for (at, part) in run.parts.iter().enumerate() {
            let Part::Read(guess) = part else { continue };
            count(&mut run.tally, guess);
            if guess.missing > 0 && is_letter(guess.c) {
                run.doubts.push((at, Vec::new()));
            }
        }
        Some(run)
    }

    /// Whether the run is damage and not a word of the language that its characters are of.
    fn credible(&self, run: &Run, before: char) -> bool {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let after = std::iter::once(before)
            .chain(run.parts.iter().map(Part::c))
            .chain([follows]);
        // Letters in doubt may still be wrong here; without any, all must be well.
        if odd::count(after) as usize > run.doubts.len() {
            return false;
        }
        // A word that goes on undecoded is no damaged one.
        let touches = |c: char| {
            odd::script(c) == odd::script(self.chars[run.chars.start]) && odd::script(c) >= 35
        };
        if touches(follows) || run.chars.start > 0 && touches(self.chars[run.chars.start - 1]) {
            return false;
        }
        // The characters that misreading makes are rarer than those people write.
        let letter = |c: char| c.is_ascii_alphabetic();
        let rarity: usize = self.chars[run.chars.clone()]
            .iter()
            .map(|&c| usize::from(language::commonness(c)))
            .sum();
        let touched = letter(before) || letter(follows);
        run.tally.worth > 0 && (touched || rarity >= run.chars.len() * usize::from(COMMON))
    }

    /// Whether the run may as well be a short word: it proves nothing by itself.
    fn alone(&self, run: &Run, before: char) -> bool {
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
    fn one_sign(&self, run: &Run) -> bool {
        let [Part::Read(guess)] = run.parts.as_slice() else {
            return false;
        };
        let wide = |at: Option<usize>| {
            at.and_then(|at| self.chars.get(at))
                .is_some_and(|&c| odd::script(c) >= 35)
        };
        guess.missing == 0
            && run.tally.worth > 0
            && matches!(guess.c, '\u{A1}'..='\u{52F}')
            && !wide(run.chars.start.checked_sub(1))
            && !wide(Some(run.chars.end))
    }

    /// Whether the run is one letter of a Latin word, most of which stands beside it.
    fn in_latin(&self, run: &Run, before: char) -> bool {
        let follows = self.chars.get(run.chars.end).copied().unwrap_or('\n');
        let [Part::Read(guess)] = run.parts.as_slice() else {
            return false;
        };
        guess.missing == 0
            && is_letter(guess.c)
            && odd::script(guess.c) == 1
            && (before.is_ascii_lowercase() || follows.is_ascii_lowercase())
    }

    fn byte(&self, at: usize) -> u8 {
        self.items.get(at).map_or(0, |item| item.byte)
    }

    fn exact(&self, at: usize) -> Option<Guess> {
        let lead = self.byte(at);
        let len = utf8::length(lead);
        if len == 0 {
            return None;
        }
        let mut bytes = utf8::led(lead);
        for (i, byte) in bytes.iter_mut().enumerate().take(len).skip(1) {
            *byte = self.byte(at + i);
        }
        let c = utf8::decode(&bytes[..len])?;
        Some(Guess {
            c,
            end: at + len,
            bytes,
            traces: [Trace::Glyph; MOST],
            len: len as u8,
            missing: 0,
        })
    }

    /// All characters that fit what is left of one.
    fn guesses(&self, at: usize, found: &mut Vec<Guess>) {
        found.clear();
        let lead = self.byte(at);
        let mut guess = Guess {
            c: '\0',
            end: at,
            bytes: [0; MOST],
            traces: [Trace::Glyph; MOST],
            len: 0,
            missing: 0,
        };
        if utf8::length(lead) > 0 {
            guess.bytes[0] = lead;
            guess.len = utf8::length(lead) as u8;
            guess.end = at + 1;
            self.walk(1, &mut guess, found);
            return;
        }
        // The lead is lost: only the commonest signs are worth a guess.
        for lead in [0xE2, 0xC2, 0xC3, EMOJI_LEAD] {
            guess.bytes[0] = lead;
            guess.len = utf8::length(lead) as u8;
            guess.missing = 1;
            if self.unknown(at) {
                if lead == EMOJI_LEAD && self.byte(at + 1) != EMOJI_SECOND {
                    continue;
                }
                guess.end = at + 1;
                guess.traces[0] = Trace::Altered(1);
                self.walk(1, &mut guess, found);
            } else if self.drops() && lead == EMOJI_LEAD && self.byte(at) == EMOJI_SECOND {
                guess.end = at;
                guess.traces[0] = Trace::Gone;
                self.walk(1, &mut guess, found);
            }
        }
    }

    /// Whether an item stands for a byte that made no pair.
    fn unknown(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let c = self.chars[item.char as usize];
            c == '\u{FFFD}' || c == '?' && item.first
        })
    }

    /// Whether bytes without a pair were dropped without a trace.
    fn drops(&self) -> bool {
        !self.marks.replaced
    }

    fn walk(&self, depth: usize, guess: &mut Guess, found: &mut Vec<Guess>) {
        if depth == usize::from(guess.len) {
            if let Some(c) = utf8::decode(&guess.bytes[..depth])
                && prior(c).is_some()
            {
                found.push(Guess { c, ..*guess });
            }
            return;
        }
        let at = guess.end;
        let byte = self.byte(at);
        let saved = *guess;
        if utf8::continues(byte) {
            guess.bytes[depth] = byte;
            guess.traces[depth] = Trace::Glyph;
            guess.end = at + 1;
            self.walk(depth + 1, guess, found);
            *guess = saved;
        }
        // Bytes are lost between characters only.
        if self.items.get(at).is_some_and(|item| !item.first) {
            return;
        }
        // Of two missing bytes only those of the commonest signs can be told, and of emoji, which
        // all begin alike.
        let most = match guess.bytes[0] {
            0xE2 => 3,
            0xE0..=0xED | EMOJI_LEAD => 2,
            _ => 1,
        };
        if guess.missing >= most {
            return;
        }
        let unknown = self.unknown(at);
        if !unknown && !self.drops() {
            return;
        }
        let (trace, used) = if unknown {
            (Trace::Altered(1), 1)
        } else {
            (Trace::Gone, 0)
        };
        let next = self.items.get(at + used).map_or(0, |item| item.byte);
        if self.items.get(at + used).is_some_and(|item| !item.first) {
            return;
        }
        let options = if depth == 1 && guess.len == 3 && guess.bytes[0] == 0xE2 && guess.missing > 0
        {
            0x80..=0x80
        } else if depth == 1 && guess.len == 4 {
            0x9F..=0x9F
        } else {
            0x80..=0xBF
        };
        for byte in options {
            // With this neighbour the byte would have made a character.
            let lost = depth > 0 && guess.traces[depth - 1] != Trace::Glyph;
            let before = guess.bytes[depth.saturating_sub(1)];
            if self.pairs.is_assigned(byte, next) || lost && self.pairs.is_assigned(before, byte) {
                continue;
            }
            guess.bytes[depth] = byte;
            guess.traces[depth] = trace;
            guess.end = at + used;
            guess.missing = saved.missing + 1;
            self.walk(depth + 1, guess, found);
            *guess = saved;
        }
    }

    fn choose(&self, found: &[Guess], left: char, quoted: bool) -> Option<Guess> {
        let mut best: Option<(i32, Guess)> = None;
        for guess in found {
            let right = match self.exact(guess.end) {
                Some(next) => next.c,
                None => match self.items.get(guess.end) {
                    Some(item) if item.byte >= 0x80 || item.byte == 0 => '\u{2019}',
                    Some(item) => char::from(item.byte),
                    None => '\n',
                },
            };
            let place = Place {
                left,
                right,
                quoted,
            };
            let Some(score) = likelihood(guess.c, guess.missing, place) else {
                continue;
            };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, *guess));
            }
        }
        best.map(|(_, guess)| guess)
    }
}

/// Adds what a character counts.
fn count(tally: &mut Tally, guess: &Guess) {
    let rare = if guess.missing == 0 {
        RARE_BUT_WHOLE
    } else {
        RARE
    };
    let likely = prior(guess.c).is_some_and(|likelihood| likelihood >= rare);
    let weight = if likely { 4 } else { -2 };
    // The first byte of an emoji goes without saying where the second and third are there.
    let [lead, second, third, ..] = guess.traces;
    let emoji = guess.bytes[0] == EMOJI_LEAD
        && lead != Trace::Glyph
        && (second, third) == (Trace::Glyph, Trace::Glyph);
    let missing = i32::from(guess.missing) - i32::from(emoji);
    let begins = lossy::begins_sign(guess);
    tally.worth += weight * (i32::from(guess.len) - 2 * missing).max(i32::from(begins));
    if guess.missing == 0 {
        tally.points += if likely { i32::from(guess.len) - 1 } else { 0 };
    } else {
        tally.inferred += 1;
        let points = i32::from(likely && i32::from(guess.len) > missing + 1);
        // Punctuation of which the first two bytes made a character that nobody writes.
        tally.points += points * if emoji || begins { 2 } else { 1 };
    }
}

fn patch(pairs: &Pairs, run: Run, offsets: &[usize]) -> Patch {
    let proven = run.tally.inferred == 0;
    let mut steps = vec![Step::Encode(pairs.name.to_owned())];
    let mut after = String::new();
    let mut at = 0;
    for part in &run.parts {
        after.push(part.c());
        let Part::Read(guess) = part else {
            at += 1;
            continue;
        };
        for (&byte, trace) in guess
            .bytes
            .iter()
            .zip(guess.traces)
            .take(usize::from(guess.len))
        {
            match trace {
                Trace::Glyph => {}
                Trace::Gone => steps.push(Step::Restore { at, byte }),
                Trace::Altered(used) => {
                    steps.push(Step::Replace {
                        at,
                        len: usize::from(used),
                        byte,
                    });
                }
            }
            at += 1;
        }
    }
    steps.push(Step::Decode(codec::UTF8.to_owned()));
    Patch {
        span: offsets[run.chars.start]..offsets[run.chars.end],
        after,
        rule: if proven { Rule::E101 } else { Rule::E102 },
        certainty: if proven {
            Certainty::Proven
        } else {
            Certainty::Inferred
        },
        charset: pairs.name.to_owned(),
        steps,
    }
}
