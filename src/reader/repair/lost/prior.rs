//! Prior: how likely a character is in news text, before anything is known about its place.
//!
//! Only used where bytes were lost and several characters fit what is left. `src/data/prior.tsv`
//! holds the likelihoods; those of emoji are the language model's.

use crate::reader::language::{BIT, emoji_cost, is_letter};
use crate::reader::rows;

const ROWS: &[u8] = include_bytes!("../../../data/prior.tsv");

/// A row of `prior.tsv`: first and last code point, and the likelihood without its minus.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Row(u32, u32, u8);

const COUNT: usize = rows::count(ROWS);
static TABLE: [Row; COUNT] = TABLE_OF_ROWS;
const TABLE_OF_ROWS: [Row; COUNT] = table();

/// Where the rows of a block of code points begin, up to the last that has any: blocks so small that they have
/// a row or two.
const BLOCK_BITS: u32 = 4;
static FIRST_ROWS: [u16; BLOCKS] = first_rows();
const BLOCKS: usize = (TABLE_OF_ROWS[COUNT - 1].1 >> BLOCK_BITS) as usize + 1;

/// The likelihood of the commonest emoji, and what a bit of its cost takes away: the rarest that is
/// in use comes out as likely as a rare sign.
const EMOJI: i32 = -30;
const EMOJI_BIT: f32 = 3.5;
/// What an emoji costs that the language model does not list.
const UNLISTED_BITS: f32 = 10.0;
const SKIN_TONE: i32 = -75;
/// Technical signs, tiles and cards.
const NO_EMOJI: i32 = -105;

/// Reads the rows; a row that is not as it should be stops the compiler.
const fn table() -> [Row; COUNT] {
    let mut table = [Row(0, 0, 0); COUNT];
    let (mut at, mut number) = (rows::row(ROWS, 0), 0);
    while at < ROWS.len() {
        let (first, after) = rows::number(ROWS, at, 16);
        let (last, after) = rows::number(ROWS, after, 16);
        let (likelihood, _) = rows::number(ROWS, after, 10);
        assert!(
            first <= last && likelihood < 256,
            "a range and a small number"
        );
        assert!(
            number == 0 || table[number - 1].1 < first,
            "prior.tsv is sorted, its ranges do not overlap"
        );
        table[number] = Row(first, last, likelihood as u8);
        number += 1;
        at = rows::row(ROWS, rows::next_line(ROWS, at));
    }
    table
}

/// The number of the first row that ends in a block or behind it.
const fn first_rows() -> [u16; BLOCKS] {
    assert!(COUNT <= u16::MAX as usize, "a row's number is two bytes");
    let mut first = [0; BLOCKS];
    let (mut block, mut number) = (0, 0);
    while block < BLOCKS {
        while TABLE_OF_ROWS[number].1 < (block as u32) << BLOCK_BITS {
            number += 1;
        }
        first[block] = number as u16;
        block += 1;
    }
    first
}

/// The likelihoods of the first code points without their minus, since most that are asked for are punctuation or
/// letters of Europe; [`UNLISTED`] where there is none.
static NEAR: [u8; 0x2100] = near();
const UNLISTED: u8 = u8::MAX;

const fn near() -> [u8; 0x2100] {
    let mut near = [UNLISTED; 0x2100];
    let mut number = 0;
    while number < COUNT {
        let Row(first, last, likelihood) = TABLE_OF_ROWS[number];
        assert!(likelihood != UNLISTED, "likelihoods are small numbers");
        let mut point = first as usize;
        while point <= last as usize && point < near.len() {
            near[point] = likelihood;
            point += 1;
        }
        number += 1;
    }
    near
}

/// Below this likelihood a character is rare.
pub(crate) const RARE: i32 = -65;

/// Ten times the natural logarithm of a character's likelihood, roughly; `None` for one that no
/// lost byte is ever completed to.
pub(crate) fn prior(c: char) -> Option<i32> {
    let point = u32::from(c);
    if let Some(&near) = NEAR.get(point as usize) {
        // None of them is an emoji.
        return (near != UNLISTED && assigned(c)).then(|| -i32::from(near));
    }
    let block = (point >> BLOCK_BITS) as usize;
    let first_row = |block: usize| FIRST_ROWS.get(block).map_or(COUNT, |&first| first.into());
    let (from, to) = (first_row(block), first_row(block + 1));
    // The row that ends there or behind may be the first of the next block.
    let row = from + TABLE[from..to].partition_point(|row| row.1 < point);
    match TABLE.get(row) {
        Some(row) if row.0 <= point => assigned(c).then(|| -i32::from(row.2)),
        _ => emoji(c, false),
    }
}

/// The characters of a block of 64 that may have a likelihood, a bit each; no other has.
pub(crate) fn listed(block: u32) -> u64 {
    const ALL: u64 = u64::MAX;
    let first = block * 64;
    // Where emoji stand, they fill more than a block.
    if is_emoji(first) || is_emoji(first + 63) {
        return ALL;
    }
    let from = FIRST_ROWS.get((first >> BLOCK_BITS) as usize);
    let rows = &TABLE[from.map_or(COUNT, |&first| usize::from(first))..];
    let mut listed = 0;
    for row in rows.iter().take_while(|row| row.0 < first + 64) {
        let (from, to) = (row.0.max(first) - first, row.1.min(first + 63) - first);
        listed |= (ALL << from) & (ALL >> (63 - to));
    }
    listed
}

/// The likelihood of an emoji in running text or at the head of a heading; `None` for what is none.
pub(crate) fn emoji(c: char, heading: bool) -> Option<i32> {
    if !is_emoji(u32::from(c)) {
        return None;
    }
    let bits = f32::from(emoji_cost(c, heading)) / f32::from(BIT);
    let listed = EMOJI - (bits * EMOJI_BIT) as i32;
    Some(match c as u32 {
        // Only a face or a hand before it makes a skin tone.
        0x1F3FB..=0x1F3FF => SKIN_TONE,
        0x2300..=0x23FF | 0x2B00..=0x2BFF | 0x1F000..=0x1F1E5 if bits >= UNLISTED_BITS => NO_EMOJI,
        _ => listed,
    })
}

/// Whether a code point is one of the blocks of emoji.
fn is_emoji(point: u32) -> bool {
    matches!(point, 0x2300..=0x23FF | 0x25A0..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// Whether a character of the blocks of letters is one: they have gaps.
fn assigned(c: char) -> bool {
    !matches!(c as u32, 0x370..=0x3FF | 0x482..=0x10FF | 0x1780..=0x17FF | 0x302A..=0x302F | 0x3040..=0x30FF)
        || is_letter(c)
        || c.is_numeric()
        || matches!(c as u32, 0x5BE..=0x5F4 | 0x60C..=0x6FF | 0x964 | 0x965 | 0xE2F | 0xE3F | 0x30FB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_as_written() {
        let text = std::str::from_utf8(ROWS).expect("prior.tsv is UTF-8");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), TABLE.len());
        for (line, row) in lines.iter().zip(TABLE) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 4, "{line}");
            let point = |column: &str| u32::from_str_radix(column, 16).expect("a code point");
            let likelihood = columns[2].parse().expect("a likelihood");
            assert_eq!(row, Row(point(columns[0]), point(columns[1]), likelihood));
            assert!(char::from_u32(row.0).is_some() && char::from_u32(row.1).is_some());
        }
    }

    #[test]
    fn what_is_not_listed_has_no_likelihood() {
        for c in '\0'..=char::MAX {
            let listed = listed(u32::from(c) / 64) >> (u32::from(c) & 63) & 1;
            assert!(listed == 1 || prior(c).is_none(), "{c:?}");
        }
        assert_eq!(listed(0xE000 / 64), 0); // private use
    }

    #[test]
    fn common_before_rare_and_nothing_for_what_is_no_character() {
        assert!(prior('\u{2019}') > prior('\u{2032}'));
        assert!(prior('\u{E9}') > prior('\u{1E9}'));
        assert!(prior('\u{1F4CC}') > prior('\u{1F9A5}')); // pushpin, sloth
        assert!(prior('\u{BC1}').is_some()); // Tamil vowel sign u
        assert_eq!(prior('\u{BE0}'), None); // unassigned
        assert_eq!(prior('a'), None);
        assert_eq!(prior('\u{E000}'), None); // private use
    }
}
