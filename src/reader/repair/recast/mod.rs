//! Recast: glyphs that a later step changed throughout, put back: all in lower case or in capitals, accents taken off
//! their letters or set behind them.
//!
//! A reading knows glyphs as the charset has them, so that it finds nothing in "ã©" and an emoji in "ð½", where "Ã©"
//! and "Ð½" stood before all went to lower case. The rest of the text tells that it did: no capital is left. Then each
//! glyph is looked up as that step leaves it, and where nearly all that is not ASCII reads as UTF-8 so, the
//! glyphs are written as they were, for the rounds to read. To be misread again with losses is such a step, too.

mod again;
mod cast;
mod way;

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use self::cast::{STEPS, fits, may_fit};
use self::way::{Hit, Way, beyond_ascii, read};
use super::cells::Cells;
use super::charsets::charset::CHARSETS;
use super::charsets::forms::Step;
use super::charsets::lossy::{LEAST, is_joiner};
use super::lost::lattice::in_bits;
use super::lost::prior::prior;
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
