//! Recast: glyphs that a later step changed throughout, put back: all in lower case or in capitals, accents taken off
//! their letters or set behind them.
//!
//! A reading knows glyphs as the charset has them, so that it finds nothing in "ã©" and an emoji in "ð½", where "Ã©"
//! and "Ð½" stood before all went to lower case. The rest of the text tells that it did: no capital is left. Then each
//! glyph is looked up as that step leaves it, and where nearly all that is not ASCII reads as UTF-8 so, the
//! glyphs are written as they were, for the rounds to read.

mod cast;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use self::cast::{STEPS, fits, may_fit};
use super::cells::Cells;
use super::charsets::charset::CHARSETS;
use super::charsets::forms::{self, Step};
use super::charsets::lossy::{LEAST, is_joiner};
use super::charsets::utf8;
use super::lost::lattice::in_bits;
use super::lost::prior::{RARE, prior};
use super::lost::spell::Draft;
use super::page::{Page, Patch};
use super::sharing::Repairs;
use crate::edit::Certainty;
use crate::reader::language::{BIT, is_letter, plausibility};
use crate::rules::Rule;

/// A text has so many times more bytes that read as UTF-8 than characters beyond ASCII that do not, and so many bytes
/// at least.
const SHARE: usize = 8;
const LEAST_BYTES: usize = 5;
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
/// So many marks show whether a charset is worth a look.
const SAMPLE: usize = 48;

/// A character that reads as UTF-8.
#[derive(Clone, Copy)]
struct Reading {
    c: char,
    /// The glyphs of its bytes, as they were.
    glyphs: [char; MOST],
    /// Whether some are not as they were.
    changed: bool,
}

impl Reading {
    fn glyphs(&self) -> &[char] {
        &self.glyphs[..self.c.len_utf8()]
    }
}

/// The characters that a place may have, of which one is read.
struct Hit {
    end: usize,
    read: Reading,
    others: Vec<Reading>,
}

/// The patches that write the glyphs of a text as they were; none unless `round` reads most of them then.
pub(super) fn find(text: &str, round: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    if !may_fit(text) {
        return Vec::new();
    }
    let cells = Cells::new(text);
    let steps = STEPS.into_iter().filter(|&step| fits(step, &cells));
    let Some(best) = steps.filter_map(|step| likeliest(step, &cells)).min() else {
        return Vec::new();
    };
    let untouched = cost(&cells, &[], text);
    let plain = likeliest(Step::None, &cells);
    let plain = plain.map_or(untouched, |(cost, _)| cost.min(untouched));
    let (least, way) = best;
    let mut hits = way.hits(&cells, cells.marks.len());
    let changed = hits.iter().filter(|(_, hit)| hit.read.changed).count() as u32;
    let saved = if is_told(&cells, &hits) {
        SAVED
    } else {
        SAVED_UNTOLD
    };
    if least + saved * changed.max(FEW) > plain || !is_enough(&cells, &hits) {
        return Vec::new();
    }
    spell(&cells, &mut hits);
    let patches = patches(&cells, CHARSETS[way.charset].name, &hits);
    let mut page = Page::new(text);
    page.apply(patches.clone());
    read_on(patches, &round(&page.text))
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
    let costs = ways.filter(|way| way.is_likely(cells)).filter_map(|way| {
        let hits = way.hits(cells, cells.marks.len());
        let text = read_as(cells, &hits);
        let is_new = seen.insert(hasher.hash_one(&text));
        is_new.then(|| (cost(cells, &hits, &text), way))
    });
    costs.min()
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

/// How unlikely it is that a text was read so: its letters and signs, what is left, and what is ASCII and was taken
/// for a part of a character.
fn cost(cells: &Cells, hits: &[(usize, Hit)], text: &str) -> u32 {
    let sign = |c: char| match c {
        c if is_joiner(c) => JOINER_COST,
        c if is_letter(c) => 0,
        c => in_bits(-prior(c).unwrap_or(LEAST)) as u32,
    };
    let signs = hits.iter().map(|(_, hit)| sign(hit.read.c));
    let taken: usize = hits.iter().map(|(start, hit)| hit.end - start).sum();
    let read = read(cells, hits);
    let (ascii, left) = (taken - read, beyond_ascii(&cells.chars) - read);
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
fn is_enough(cells: &Cells, hits: &[(usize, Hit)]) -> bool {
    let bytes: usize = hits.iter().map(|(_, hit)| hit.read.c.len_utf8()).sum();
    let left = beyond_ascii(&cells.chars) - read(cells, hits);
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
    /// Whether most of the first characters beyond ASCII read as UTF-8, and some that the step changed are among them.
    fn is_likely(self, cells: &Cells) -> bool {
        let hits = self.hits(cells, SAMPLE);
        let read = read(cells, &hits);
        let sample = cells.marks.len().min(SAMPLE);
        match self.step {
            // As they stand, few may.
            Step::None => read * 4 >= sample,
            _ => read * 2 >= sample && hits.iter().any(|(_, hit)| hit.read.changed),
        }
    }

    /// All that reads as UTF-8 at the first marks, each with the place it begins at.
    fn hits(self, cells: &Cells, marks: usize) -> Vec<(usize, Hit)> {
        let mut hits: Vec<(usize, Hit)> = Vec::new();
        let is_letter = |at: &usize| cells.chars[*at].is_ascii_alphabetic();
        let places = cells.marks.iter().take(marks).map(|&at| at as usize);
        let before = |at: usize| at.checked_sub(1).filter(is_letter);
        for at in places.flat_map(|at| before(at).into_iter().chain([at])) {
            let passed = hits.last().map_or(0, |(_, last)| last.end);
            if at < passed {
                continue;
            }
            let found = self.hit(cells, at);
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
        begun.go_on(0, 0, false);
        let mut found = begun.found;
        // Of two as likely the one that leaves no accent behind.
        found.sort_by_key(|&(likelihood, used, read)| (Reverse((likelihood, used)), read.c));
        let mut found = found.into_iter();
        let (_, used, read) = found.next()?;
        let others = found.filter(|&(_, other, _)| other == used);
        Some(Hit {
            end: at + used,
            read,
            others: others.map(|(.., other)| other).collect(),
        })
    }
}

/// A character, byte by byte.
struct Begun<'c> {
    way: Way,
    rest: &'c [char],
    bytes: [u8; MOST],
    glyphs: [char; MOST],
    /// Those that read as UTF-8: how likely each is, and how many characters stand for it.
    found: Vec<(i32, usize, Reading)>,
}

impl Begun<'_> {
    /// Goes on behind so many bytes, for which so many characters stand.
    fn go_on(&mut self, len: usize, used: usize, changed: bool) {
        if len > 0 && len == utf8::length(self.bytes[0]) {
            self.end(len, used, changed);
            return;
        }
        let rest = self.rest.get(used..).unwrap_or_default();
        for form in forms::standing(self.way.step, rest) {
            for byte in form.bytes(self.way.charset) {
                let fits = match len {
                    0 => utf8::length(byte) > 0,
                    _ => utf8::continues(byte),
                };
                if fits {
                    (self.bytes[len], self.glyphs[len]) = (byte, form.glyph);
                    let changed = changed || form.is_changed();
                    self.go_on(len + 1, used + form.chars.len(), changed);
                }
            }
        }
    }

    fn end(&mut self, len: usize, used: usize, changed: bool) {
        let Some(c) = utf8::decode(&self.bytes[..len]) else {
            return;
        };
        let glyphs = self.glyphs;
        let read = Reading { c, glyphs, changed };
        let likelihood = prior(c).filter(|&likelihood| likelihood >= RARE);
        self.found
            .extend(likelihood.map(|likelihood| (likelihood, used, read)));
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
        // A sign is none that a word is spelled with.
        let others = hit.others.iter().filter(|_| is_letter(hit.read.c));
        let others = others.filter(|other| is_letter(other.c));
        let all = std::iter::once(&hit.read).chain(others);
        let options: Vec<char> = all.map(|reading| reading.c).collect();
        if options.len() > 1 {
            draft.doubt(options);
            in_doubt.push(hit);
        } else {
            draft.extend(options);
        }
    }
    draft.extend(cells.chars[at..].iter().copied());
    for (hit, letter) in in_doubt.into_iter().zip(draft.settled()) {
        if let Some(other) = hit.others.iter_mut().find(|other| other.c == letter) {
            std::mem::swap(&mut hit.read, other);
        }
    }
}

/// Writes the glyphs of characters that stand in a row, where some were changed.
fn patches(cells: &Cells, charset: &'static str, hits: &[(usize, Hit)]) -> Vec<Patch> {
    let mut repairs = Repairs::default();
    let mut patches = Vec::new();
    for row in hits.chunk_by(|(_, one), (next, _)| one.end == *next) {
        let [(start, _), ..] = row else { continue };
        let end = row.last().map_or(*start, |(_, hit)| hit.end);
        if !row.iter().any(|(_, hit)| hit.read.changed) {
            continue;
        }
        let after: String = row.iter().flat_map(|(_, hit)| hit.read.glyphs()).collect();
        let (rule, certainty) = if row.iter().all(|(_, hit)| hit.others.is_empty()) {
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
            read.peek().is_some_and(|other| other.span.start < end)
        })
        .collect();
    if kept.len() * 4 < all * 3 {
        Vec::new()
    } else {
        kept
    }
}
