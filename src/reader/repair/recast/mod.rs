//! Recast: glyphs that a later step changed throughout, put back: all in lower case or in capitals, accents taken off
//! their letters or set behind them.
//!
//! A reading knows glyphs as the charset has them, so that it finds nothing in "ã©" and an emoji in "ð½", where "Ã©"
//! and "Ð½" stood before all went to lower case. The rest of the text tells that it did: no capital is left. Then each
//! glyph is looked up as that step leaves it, and where nearly all that is not ASCII reads as UTF-8 so, the
//! glyphs are written as they were, for the rounds to read. To be misread again with losses is such a step, too.

mod again;
mod cast;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::rc::Rc;

use self::cast::{STEPS, fits, may_fit};
use super::cells::Cells;
use super::charsets::charset::CHARSETS;
use super::charsets::forms::{self, Form, Step};
use super::charsets::lossy::{COMMON_SIGNS, LEAST, is_joiner};
use super::charsets::utf8;
use super::lost::lattice::in_bits;
use super::lost::prior::{RARE, prior};
use super::lost::spell::Draft;
use super::page::{Page, Patch};
use super::sharing::Repairs;
use super::sound::odd;
use super::traces::SIGNS;
use crate::edit::Certainty;
use crate::reader::language::{BIT, is_letter, plausibility};
use crate::rules::Rule;

/// A text has so many times more bytes that read as UTF-8 than characters beyond ASCII that do not, and so many bytes
/// at least.
const SHARE: usize = 8;
const LEAST_BYTES: usize = 5;
/// Where it was misread again, so many characters at least.
const LEAST_AGAIN: usize = 4;
/// What a character costs that is left, and one of ASCII that was taken for a part of another.
const LEFT_COST: u32 = 7 * BIT as u32;
const ASCII_COST: u32 = 8 * BIT as u32;
/// What a joiner costs, which sets words of some scripts apart.
const JOINER_COST: u32 = 2 * BIT as u32;
/// So much less each character that was changed costs than what its glyphs come to as they stand, more where nothing
/// else tells of the step, and so many at least are counted. Less than the first made joiners of quotation marks.
const SAVED: u32 = 4 * BIT as u32;
const SAVED_UNTOLD: u32 = 2 * SAVED;
const FEW: u32 = 6;
/// So many letters of ASCII in one case, or with no accent among them, are no accident.
const LETTERS: usize = 12;
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
struct Reading {
    c: char,
    /// The glyphs of its bytes, as they were, and how many.
    glyphs: [char; MOST],
    len: u8,
    /// Whether some are not as they were.
    changed: bool,
    /// On the scale of the prior.
    likelihood: i32,
}

impl Reading {
    fn glyphs(&self) -> &[char] {
        &self.glyphs[..usize::from(self.len)]
    }
}

/// The characters that a place may have, of which one is read.
#[derive(Clone)]
struct Hit {
    end: usize,
    read: Reading,
    /// All that it may be, the likeliest first; places of which the same is left share them.
    all: Rc<[Reading]>,
}

impl Hit {
    /// All that it may be, as characters.
    fn all(&self) -> impl Iterator<Item = char> {
        self.all.iter().map(|reading| reading.c)
    }

    /// Reads this character of those that it may be.
    fn take(&mut self, c: char) {
        if let Some(reading) = self.all.iter().find(|reading| reading.c == c) {
            self.read = *reading;
        }
    }
}

/// The patches that write the glyphs of a text as they were; none unless `round` reads most of them then.
pub(super) fn find(text: &str, round: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    let patches = again::find(text, &round);
    if !patches.is_empty() || !may_fit(text) {
        return patches;
    }
    let cells = Cells::new(text);
    let Some((way, mut hits)) = likeliest_of(STEPS, Step::None, &cells) else {
        return Vec::new();
    };
    spell(&cells, &mut hits);
    written(text, patches_of(&cells, way, &hits), round)
}

/// The patches, as far as a round reads them on.
fn written(text: &str, patches: Vec<Patch>, round: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    let mut page = Page::new(text);
    page.apply(patches.clone());
    read_on(patches, &round(&page.text))
}

/// The likeliest way behind one of these steps, and what it reads, if that is likelier than what is read without:
/// as the text stands, or behind a step that loses nothing.
fn likeliest_of(
    steps: impl IntoIterator<Item = Step>,
    without: Step,
    cells: &Cells,
) -> Option<(Way, Vec<(usize, Hit)>)> {
    let steps = steps.into_iter().filter(|&step| fits(step, cells));
    let (least, way) = steps.filter_map(|step| likeliest(step, cells)).min()?;
    let untouched: String = cells.chars.iter().collect();
    let untouched = cost(cells, &[], &untouched);
    let plain = likeliest(without, cells);
    let plain = plain.map_or(untouched, |(cost, _)| cost.min(untouched));
    let hits = way.hits(cells, cells.marks.len());
    let changed = hits.iter().filter(|(_, hit)| hit.read.changed).count() as u32;
    let saved = if is_told(cells, &hits) {
        SAVED
    } else {
        SAVED_UNTOLD
    };
    let is_likelier = least + saved * changed.max(FEW) <= plain;
    (is_likelier && is_enough(way.step, cells, &hits)).then_some((way, hits))
}

/// A charset that a text was misread through, and what a step made of its glyphs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    step: Step,
    charset: usize,
}

/// What the text costs in the charset in which it costs least, of those in which most of it reads as UTF-8 behind the
/// step.
fn likeliest(step: Step, cells: &Cells) -> Option<(u32, Way)> {
    // Many charsets come to the same text.
    let mut seen = HashSet::new();
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let ways = (0..CHARSETS.len()).map(|charset| Way { step, charset });
    let ways = ways.filter(|way| way.has_leads());
    let mut least = None;
    for way in ways.filter(|way| way.is_likely(cells)) {
        let hits = way.hits(cells, cells.marks.len());
        let text = read_as(cells, &hits);
        if !seen.insert(hasher.hash_one(&text)) {
            continue;
        }
        let left = beyond_ascii(&cells.chars) - read(cells, &hits);
        // Nothing stands between what was misread again: what is left speaks for another charset, and the commonest
        // that leaves nothing is the one.
        let left = if step.is_misreading() { left } else { 0 };
        let own = (left, cost(cells, &hits, &text), way);
        if least.is_none_or(|least| own < least) {
            least = Some(own);
        }
        if step.is_misreading() && left == 0 {
            break;
        }
    }
    least.map(|(_, cost, way)| (cost, way))
}

/// The text with these characters in their places.
fn read_as(cells: &Cells, hits: &[(usize, Hit)]) -> String {
    let mut text = String::with_capacity(cells.chars.len());
    let mut at = 0;
    for (start, hit) in hits {
        text.extend(&cells.chars[at..*start]);
        text.push(hit.read.c);
        at = hit.end;
    }
    text.extend(&cells.chars[at..]);
    text
}

/// How unlikely a sign is by itself; letters are told by those around them.
fn sign_cost(c: char) -> u32 {
    match c {
        c if is_joiner(c) => JOINER_COST,
        c if is_letter(c) => 0,
        c => in_bits(-prior(c).unwrap_or(LEAST)) as u32,
    }
}

/// How unlikely it is that a text was read so: its letters and signs, what is left, and what is ASCII and was taken
/// for a part of a character.
fn cost(cells: &Cells, hits: &[(usize, Hit)], text: &str) -> u32 {
    let signs = hits.iter().map(|(_, hit)| sign_cost(hit.read.c));
    let parts = hits
        .iter()
        .map(|(start, hit)| &cells.chars[*start..hit.end]);
    // A question mark may stand for a byte.
    let is_taken = |c: &&char| c.is_ascii() && **c != '?';
    let ascii: usize = parts.map(|part| part.iter().filter(is_taken).count()).sum();
    let is_mark = |c: &char| matches!(c, '?' | '\u{FFFD}');
    let is_marked = |hit: &Hit| hit.read.changed && cells.chars.get(hit.end).is_some_and(is_mark);
    let marked = hits.iter().filter(|(_, hit)| is_marked(hit)).count();
    let left = beyond_ascii(&cells.chars) - read(cells, hits) + marked;
    // The models know no joiners.
    plausibility(&text.replace(is_joiner, "")).cost
        + signs.sum::<u32>()
        + LEFT_COST * left as u32
        + ASCII_COST * ascii as u32
}

/// How many characters beyond ASCII are part of one that was read.
fn read(cells: &Cells, hits: &[(usize, Hit)]) -> usize {
    let parts = hits.iter().map(|(start, hit)| *start..hit.end);
    parts.map(|part| beyond_ascii(&cells.chars[part])).sum()
}

/// Whether the whole text was misread: little else than what was read is beyond ASCII.
fn is_enough(step: Step, cells: &Cells, hits: &[(usize, Hit)]) -> bool {
    let bytes: usize = hits.iter().map(|(_, hit)| hit.read.c.len_utf8()).sum();
    let read = read(cells, hits);
    let left = beyond_ascii(&cells.chars) - read;
    if step.is_misreading() {
        // Each stands for several, which are such by no accident.
        return read >= LEAST_AGAIN && left <= read;
    }
    bytes >= LEAST_BYTES && left * SHARE <= bytes
}

/// Whether letters around tell of the step, or first bytes do: the others are the same few again and again, and may
/// all be small as they stand.
fn is_told(cells: &Cells, hits: &[(usize, Hit)]) -> bool {
    let ascii = cells.chars.iter().filter(|c| c.is_ascii_alphabetic());
    let changed = hits.iter().filter(|(_, hit)| hit.read.changed);
    let leads = hits
        .iter()
        .filter(|(start, hit)| hit.read.glyphs[0] != cells.chars[*start]);
    ascii.take(LETTERS).count() == LETTERS || leads.count() * 2 >= changed.count()
}

fn beyond_ascii(chars: &[char]) -> usize {
    chars.iter().filter(|c| !c.is_ascii()).count()
}

impl Way {
    /// Whether it has the letters that what was misread again is known by.
    fn has_leads(self) -> bool {
        /// What most letters of Latin alphabets begin with.
        const LETTER: u8 = 0xC3;
        let charset = &CHARSETS[self.charset];
        let is_latin = |c: char| odd::script(c) == odd::LATIN;
        !self.step.is_misreading()
            || charset.glyph(SIGN) == Some('\u{E2}') && charset.glyph(LETTER).is_some_and(is_latin)
    }

    /// Whether most of the first characters beyond ASCII read as UTF-8, and some that the step changed are among them.
    fn is_likely(self, cells: &Cells) -> bool {
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
    fn hits(self, cells: &Cells, marks: usize) -> Vec<(usize, Hit)> {
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

/// Of the characters that a place may have takes the one that the word has, in the language of the text.
fn spell(cells: &Cells, hits: &mut [(usize, Hit)]) {
    let mut draft = Draft::default();
    let mut in_doubt = Vec::new();
    let mut at = 0;
    for (start, hit) in hits.iter_mut() {
        draft.extend(cells.chars[at..*start].iter().copied());
        at = hit.end;
        let options = letters(hit);
        if options.len() > 1 {
            draft.doubt(options);
            in_doubt.push(hit);
        } else {
            draft.extend([hit.read.c]);
        }
    }
    draft.extend(cells.chars[at..].iter().copied());
    for (hit, letter) in in_doubt.into_iter().zip(draft.settled()) {
        hit.take(letter);
    }
}

/// The letters that a place may have, if a letter is read.
fn letters(hit: &Hit) -> Vec<char> {
    // A sign is none that a word is spelled with.
    let letters = hit.all().filter(|&c| is_letter(c) && is_letter(hit.read.c));
    letters.collect()
}

/// Writes the glyphs of characters that stand in a row, where some were changed.
fn patches_of(cells: &Cells, way: Way, hits: &[(usize, Hit)]) -> Vec<Patch> {
    let charset = CHARSETS[way.charset].name;
    let loses = way.step.is_misreading();
    let mut repairs = Repairs::default();
    let mut patches = Vec::new();
    for row in hits.chunk_by(|(_, one), (next, _)| one.end == *next) {
        let [(start, _), ..] = row else { continue };
        let end = row.last().map_or(*start, |(_, hit)| hit.end);
        if !row.iter().any(|(_, hit)| hit.read.changed) {
            continue;
        }
        let after: String = row.iter().flat_map(|(_, hit)| hit.read.glyphs()).collect();
        let is_told = |hit: &Hit| hit.all.len() == 1 && !loses;
        let (rule, certainty) = if row.iter().all(|(_, hit)| is_told(hit)) {
            (Rule::E101, Certainty::Proven)
        } else {
            (Rule::E102, Certainty::Inferred)
        };
        patches.push(Patch {
            span: cells.places.span(*start..end),
            rule,
            certainty,
            repair: repairs.share_written(charset, &after),
            after,
        });
    }
    patches
}

/// Of the patches those whose glyphs a round reads on; none if it leaves many as they are.
fn read_on(patches: Vec<Patch>, round: &[Patch]) -> Vec<Patch> {
    let all = patches.len();
    let mut shift = 0_isize;
    let mut read = round.iter().peekable();
    let kept: Vec<Patch> = patches
        .into_iter()
        .filter(|patch| {
            let start = patch.span.start.wrapping_add_signed(shift);
            let end = start + patch.after.len();
            shift += patch.after.len() as isize - patch.span.len() as isize;
            while read.next_if(|other| other.span.end <= start).is_some() {}
            // A first byte by itself is all that is told of a character.
            let is_bare = patch.after.chars().count() == 1;
            is_bare || read.peek().is_some_and(|other| other.span.start < end)
        })
        .collect();
    if kept.len() * 4 < all * 3 {
        Vec::new()
    } else {
        kept
    }
}
