//! Way: what a text reads as through one charset behind one step.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::cells::Cells;
use super::super::charsets::charset::CHARSETS;
use super::super::charsets::forms::{self, Form, Step};
use super::super::charsets::lossy::{COMMON_SIGNS, LEAST};
use super::super::charsets::utf8;
use super::super::lost::prior::{RARE, prior};
use super::super::sound::odd;
use super::super::traces::SIGNS;

/// The most bytes of a character.
const MOST: usize = 4;
/// The first byte of punctuation and other signs.
const SIGN: u8 = 0xE2;
/// More characters than stand for one that was misread twice, and what is asked of those behind it.
const LONGEST: usize = 16;
/// What the first byte of what makes an emoji of a sign is, read twice.
const SELECTOR: [char; 2] = ['\u{C3}', '\u{AF}'];
/// So many marks show whether a charset is worth a look.
const SAMPLE: usize = 48;

/// A character that reads as UTF-8.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) c: char,
    /// The glyphs of its bytes, as they were, and how many.
    pub(super) glyphs: [char; MOST],
    pub(super) len: u8,
    /// Whether some are not as they were.
    pub(super) changed: bool,
    /// On the scale of the prior.
    pub(super) likelihood: i32,
}

impl Reading {
    pub(super) fn glyphs(&self) -> &[char] {
        &self.glyphs[..usize::from(self.len)]
    }
}

/// The characters that a place may have, of which one is read.
#[derive(Clone)]
pub(super) struct Hit {
    pub(super) end: usize,
    pub(super) read: Reading,
    /// All that it may be, the likeliest first; places of which the same is left share them.
    pub(super) all: Rc<[Reading]>,
}

impl Hit {
    /// All that it may be, as characters.
    pub(super) fn all(&self) -> impl Iterator<Item = char> {
        self.all.iter().map(|reading| reading.c)
    }

    /// Reads this character of those that it may be.
    pub(super) fn take(&mut self, c: char) {
        if let Some(reading) = self.all.iter().find(|reading| reading.c == c) {
            self.read = *reading;
        }
    }
}

/// A charset that a text was misread through, and what a step made of its glyphs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) step: Step,
    pub(super) charset: usize,
}

impl Way {
    /// Whether it has the letters that what was misread again is known by.
    pub(super) fn has_leads(self) -> bool {
        /// What most letters of Latin alphabets begin with.
        const LETTER: u8 = 0xC3;
        let charset = &CHARSETS[self.charset];
        let is_latin = |c: char| odd::script(c) == odd::LATIN;
        !self.step.is_misreading()
            || charset.glyph(SIGN) == Some('\u{E2}') && charset.glyph(LETTER).is_some_and(is_latin)
    }

    /// Whether most of the first characters beyond ASCII read as UTF-8, and some that the step changed are among them.
    pub(super) fn is_likely(self, cells: &Cells) -> bool {
        let hits = self.hits(cells, SAMPLE);
        let read = read(cells, &hits);
        let sample = cells.marks.len().min(SAMPLE);
        match self.step {
            // As they stand, few may.
            Step::None | Step::Again => read * 4 >= sample,
            _ => read * 2 >= sample && hits.iter().any(|(_, hit)| hit.read.changed),
        }
    }

    /// All that reads as UTF-8 at the first marks, each with the place it begins at.
    pub(super) fn hits(self, cells: &Cells, marks: usize) -> Vec<(usize, Hit)> {
        let mut hits: Vec<(usize, Hit)> = Vec::new();
        // What was misread again has many ways to be read, and the same few signs again and again.
        let mut known: HashMap<&[char], Option<Hit>> = HashMap::new();
        let is_letter = |at: &usize| cells.chars[*at].is_ascii_alphabetic();
        let places = cells.marks.iter().take(marks).map(|&at| at as usize);
        let before = |at: usize| at.checked_sub(1).filter(is_letter);
        for at in places.flat_map(|at| before(at).into_iter().chain([at])) {
            let passed = hits.last().map_or(0, |(_, last)| last.end);
            if at < passed {
                continue;
            }
            let found = if self.step.is_misreading() {
                let run = &cells.chars[at..];
                let run = run
                    .iter()
                    .take(LONGEST)
                    .take_while(|c| !c.is_ascii() || **c == '?');
                let run = &cells.chars[at..at + run.count()];
                let found = known.entry(run).or_insert_with(|| {
                    let mut found = self.hit(cells, at)?;
                    found.end -= at;
                    Some(found)
                });
                found.clone().map(|hit| Hit {
                    end: at + hit.end,
                    ..hit
                })
            } else {
                self.hit(cells, at)
            };
            let touches = at == passed && at > 0;
            if let Some(hit) = found.filter(|hit| touches || is_damage(cells, at, hit.end)) {
                hits.push((at, hit));
            }
        }
        hits
    }

    /// The characters that may begin at a place; the likeliest is read, with those that end where it does beside it.
    fn hit(self, cells: &Cells, at: usize) -> Option<Hit> {
        let mut begun = Begun {
            way: self,
            rest: &cells.chars[at..],
            bytes: [0; MOST],
            glyphs: ['\0'; MOST],
            found: Vec::new(),
        };
        begun.go_on(0, 0, 0, false);
        let mut found = begun.found;
        // Of two as likely the one that leaves no accent behind; and nothing stands behind what was read again.
        let longest = |used: usize| usize::from(self.step.is_misreading()) * used;
        let order = |used: usize, read: Reading| (longest(used), read.likelihood, used);
        found.sort_by_key(|&(used, read)| (Reverse(order(used, read)), read.c));
        let Some(&(used, read)) = found.first() else {
            return self.bared(cells, at);
        };
        let end = at + used;
        // An emoji of which too much was lost.
        if SIGNS.contains(&read.c) && cells.chars[end..].starts_with(&SELECTOR) {
            return self.bared(cells, at);
        }
        let all = found.into_iter().filter(|&(other, _)| other == used);
        let all = all.map(|(_, reading)| reading).collect();
        Some(Hit { end, read, all })
    }

    /// What is told of a character of which too much was lost: the glyph of its first byte.
    fn bared(self, cells: &Cells, at: usize) -> Option<Hit> {
        let mut rest = &cells.chars[at..];
        let whole = |form: &&'static Form| self.step.is_misreading() && !form.is_changed();
        let first = forms::standing(self.step, rest).find(whole)?;
        let mut bytes = first.bytes(self.charset).map(utf8::length);
        let len = bytes.find(|&len| len > 1)?;
        rest = &rest[first.chars.len()..];
        for _ in 1..len {
            let control = |form: &&'static Form| form.is_changed() && form.glyph.is_control();
            let lost = forms::standing(self.step, rest).find(control)?;
            rest = &rest[lost.chars.len()..];
        }
        let read = Reading {
            c: first.glyph,
            glyphs: [first.glyph; MOST],
            len: 1,
            changed: true,
            likelihood: LEAST,
        };
        Some(Hit {
            end: cells.chars.len() - rest.len(),
            read,
            all: Rc::new([read]),
        })
    }
}

/// A character, byte by byte.
struct Begun<'c> {
    way: Way,
    rest: &'c [char],
    bytes: [u8; MOST],
    glyphs: [char; MOST],
    /// Those that read as UTF-8, and how many characters stand for each.
    found: Vec<(usize, Reading)>,
}

impl Begun<'_> {
    /// Goes on behind so many bytes, for which so many characters stand, and of which so many may be any control.
    fn go_on(&mut self, len: usize, used: usize, blurred: usize, changed: bool) {
        if len > 0 && len == utf8::length(self.bytes[0]) {
            self.end(len, used, changed);
            return;
        }
        let rest = self.rest.get(used..).unwrap_or_default();
        for form in forms::standing(self.way.step, rest) {
            let lost = form.is_changed() && form.glyph.is_control();
            for byte in form.bytes(self.way.charset) {
                let fits = match len {
                    0 => utf8::length(byte) > 0,
                    _ => utf8::continues(byte),
                };
                // Of two such bytes the one that signs and emoji have is told.
                let blurs = lost && !is_common(&self.bytes[..len], byte);
                let blurred = blurred + usize::from(blurs);
                if fits && blurred <= 1 {
                    (self.bytes[len], self.glyphs[len]) = (byte, form.glyph);
                    let changed = changed || form.is_changed();
                    self.go_on(len + 1, used + form.chars.len(), blurred, changed);
                }
            }
        }
    }

    fn end(&mut self, len: usize, used: usize, changed: bool) {
        let Some(c) = utf8::decode(&self.bytes[..len]) else {
            return;
        };
        if let Some(likelihood) = prior(c).filter(|&likelihood| likelihood >= RARE) {
            let read = Reading {
                c,
                glyphs: self.glyphs,
                len: len as u8,
                changed,
                likelihood,
            };
            self.found.push((used, read));
        }
    }
}

/// Whether common signs and emoji have this byte behind the first.
fn is_common(begun: &[u8], byte: u8) -> bool {
    match begun {
        [SIGN] => COMMON_SIGNS.contains(&byte),
        [0xF0] => byte == 0x9F,
        _ => false,
    }
}

/// Whether what begins with a letter of ASCII and ends in a sign is no text: it stands inside a word, or is more than
/// one sign. "LAVAZZA®" is text.
fn is_damage(cells: &Cells, start: usize, end: usize) -> bool {
    let is_small = |at: Option<usize>| {
        let c = at.and_then(|at| cells.chars.get(at));
        c.is_some_and(|c| c.is_lowercase() || !c.is_ascii())
    };
    let signs = beyond_ascii(&cells.chars[start..end]);
    !cells.chars[start].is_ascii()
        || signs > 1
        || signs == 1 && (is_small(start.checked_sub(1)) || is_small(Some(end)))
}

/// How many characters beyond ASCII are part of one that was read.
pub(super) fn read(cells: &Cells, hits: &[(usize, Hit)]) -> usize {
    let parts = hits.iter().map(|(start, hit)| *start..hit.end);
    parts.map(|part| beyond_ascii(&cells.chars[part])).sum()
}

pub(super) fn beyond_ascii(chars: &[char]) -> usize {
    chars.iter().filter(|c| !c.is_ascii()).count()
}
