//! How likely an emoji is, for lost emoji bytes.
//!
//! "F0 9F 94" with its last byte lost is one of 64 emoji; only habit can tell. `src/data/emoji.tsv` holds the
//! habits of running text and of heading lines, and is made into a table when the program is compiled.

use super::BIT;
use crate::reader::rows;

const ROWS: &[u8] = include_bytes!("../../data/emoji.tsv");

/// A row of `emoji.tsv`: code point, bits in running text, bits at the head of a heading.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Row(u32, u8, u8);

const COUNT: usize = rows::count(ROWS);
static TABLE: [Row; COUNT] = table();

/// An emoji that is not listed.
const UNLISTED: u16 = 10 * BIT;
/// More, if it is an animal or food, and the more at a heading.
const ANIMAL_OR_FOOD_AT_HEADING: u16 = 4 * BIT;
/// What cannot be an emoji at all.
const NO_EMOJI: u16 = 20 * BIT;

/// Reads the rows; a row that is not as it should be stops the compiler.
const fn table() -> [Row; COUNT] {
    let mut table = [Row(0, 0, 0); COUNT];
    let (mut at, mut number) = (rows::row(ROWS, 0), 0);
    while at < ROWS.len() {
        let (point, after) = rows::number(ROWS, at, 16);
        let (text, after) = rows::number(ROWS, after, 10);
        let (heading, _) = rows::number(ROWS, after, 10);
        assert!(
            number == 0 || table[number - 1].0 < point,
            "emoji.tsv is sorted, without doubles"
        );
        assert!(text < 16 && heading < 16, "a cost is below 16 bits");
        table[number] = Row(point, text as u8, heading as u8);
        number += 1;
        at = rows::row(ROWS, rows::next_line(ROWS, at));
    }
    table
}

/// Cost of `emoji` where an emoji of some kind is known to stand.
///
/// At the head of a heading line of a news text section marks are the rule, animals and food the exception.
/// Variation selectors and skin tones cost nothing here: they follow from what stands before them.
///
/// ```
/// use artclean::reader::language::emoji_cost;
/// let (glass, chicken) = ('\u{1F50D}', '\u{1F414}');
/// assert!(emoji_cost(glass, true) < emoji_cost(chicken, true));
/// ```
pub fn emoji_cost(emoji: char, at_heading_start: bool) -> u16 {
    let point = u32::from(emoji);
    if let Ok(at) = TABLE.binary_search_by_key(&point, |row| row.0) {
        let row = TABLE.get(at).copied().unwrap_or(Row(0, 15, 15));
        return u16::from(if at_heading_start { row.2 } else { row.1 }) * BIT;
    }
    match point {
        0xFE0F | 0x200D | 0x20E3 | 0x1F3FB..=0x1F3FF => 0,
        // Food, animals, and those of the supplement.
        0x1F32D..=0x1F32F
        | 0x1F345..=0x1F37F
        | 0x1F400..=0x1F43F
        | 0x1F950..=0x1F96F
        | 0x1F980..=0x1F9AF => {
            UNLISTED
                + if at_heading_start {
                    ANIMAL_OR_FOOD_AT_HEADING
                } else {
                    0
                }
        }
        0x203C..=0x3299
        | 0x1F004..=0x1F64F
        | 0x1F680..=0x1F6FF
        | 0x1F7E0..=0x1F7EB
        | 0x1F90C..=0x1FAFF => UNLISTED,
        _ => NO_EMOJI,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_as_written() {
        let text = std::str::from_utf8(ROWS).expect("emoji.tsv is UTF-8");
        let rows: Vec<Row> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                assert_eq!(columns.len(), 4, "{line}");
                let point = u32::from_str_radix(columns[0], 16).expect("a code point");
                assert!(char::from_u32(point).is_some(), "{line}");
                Row(
                    point,
                    columns[1].parse().expect("bits"),
                    columns[2].parse().expect("bits"),
                )
            })
            .collect();
        assert_eq!(rows, TABLE);
    }

    #[test]
    fn at_a_heading_a_section_mark_wins_whatever_byte_is_lost() {
        // What is left of U+1F50D without its third byte: the emoji F0 9F xx 8D and F0 9F 94 xx.
        let third = (0x80..=0xBF).filter_map(|b| {
            std::str::from_utf8(&[0xF0, 0x9F, b, 0x8D])
                .ok()?
                .chars()
                .next()
        });
        let fourth = (0x80..=0xBF).filter_map(|b| {
            std::str::from_utf8(&[0xF0, 0x9F, 0x94, b])
                .ok()?
                .chars()
                .next()
        });
        let best =
            |among: &mut dyn Iterator<Item = char>| among.min_by_key(|&c| emoji_cost(c, true));
        assert_eq!(best(&mut fourth.into_iter()), Some('\u{1F50D}')); // magnifying glass
        assert_eq!(best(&mut third.into_iter()), Some('\u{1F50D}'));
    }

    #[test]
    fn letters_are_no_emoji() {
        assert_eq!(emoji_cost('a', false), NO_EMOJI);
        assert!(emoji_cost('\u{1F9A5}', false) < NO_EMOJI); // sloth: not listed
    }
}
