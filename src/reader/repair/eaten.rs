//! Eaten: marks that stand for two bytes, of which the second may have been sound.
//!
//! Windows reads a double-byte charset two bytes at a time: where they make no character one mark stands for both. "”"
//! before a space becomes "鈥?" and eats the space, and where the first two bytes of a sign make no character either,
//! as in Korea, one mark is all that is left of them. Others put a mark for each byte and keep what is ASCII, and
//! that is what the rounds read; so the marks are written as those would have left them.

use super::cells::Cells;
use super::charsets::pairs::Pairs;
use super::charsets::sequence::LAST_OF_SIGNS;
use super::charsets::utf8;
use super::known::Known;
use super::multi::{is_wide, possible};
use super::page::{Page, Patch};
use super::sharing::Repairs;
use crate::edit::Certainty;
use crate::rules::Rule;

/// A byte that made no character.
const LOST: &str = "\u{FFFD}";
/// What Windows has for a mark, and what it has in Japanese.
const MARKS: [char; 3] = ['?', '\u{FFFD}', '\u{30FB}'];
/// The first two bytes of most signs.
const SIGN: [u8; 2] = [0xE2, 0x80];
/// Those of what makes an emoji of a sign, U+FE0F.
const SELECTOR: [u8; 2] = [0xEF, 0xB8];

/// A text with each mark written as what it stands for, and read on by the rounds; and what these know. A mark that
/// they do not read on stays as it was.
pub(super) fn find(text: &str, rounds: impl Fn(&mut Page) -> Known) -> Option<(Page, Known)> {
    let read = |marks: &[Patch]| {
        let mut page = Page::new(text);
        page.apply(marks.to_vec());
        let known = rounds(&mut page);
        (page, known)
    };
    let mut marks = marks(text)?;
    let all = marks.len();
    let (page, known) = read(&marks);
    let is_read = |mark: &Patch| {
        page.piece_of(mark.span.start)
            .is_some_and(|now| !now.contains(LOST))
    };
    marks.retain(is_read);
    match marks.len() {
        0 => None,
        left if left == all => Some((page, known)),
        _ => Some(read(&marks)),
    }
}

/// The patches that write each mark of a text as what it stands for, through the charset that most of them speak for.
fn marks(text: &str) -> Option<Vec<Patch>> {
    if !may_be_eaten(text) {
        return None;
    }
    let cells = Cells::new(text);
    let possible = possible(&cells).into_iter();
    let readings = possible.map(|(_, pairs)| Reading::of(pairs, &cells));
    // Of those that say as much the charset that more of the text is in.
    let told = readings.filter(|reading| reading.votes > 0).rev();
    let best = told.max_by_key(|reading| reading.votes)?;
    Some(best.patches)
}

/// Whether a text has marks and wide characters, at the price of a glance: most has no byte that these begin with.
fn may_be_eaten(text: &str) -> bool {
    const LEAST_LEAD: u8 = 0xE3;
    let may_lead = |any, &byte: &u8| any | (byte >= LEAST_LEAD);
    let leads = text.as_bytes().iter().fold(false, may_lead);
    leads && text.chars().any(is_wide) && text.contains(MARKS)
}

/// What a text's marks stand for, had it been read through a charset.
struct Reading {
    /// How many marks speak for two bytes each, less those that speak for one.
    votes: i32,
    patches: Vec<Patch>,
}

impl Reading {
    fn of(pairs: &Pairs, cells: &Cells) -> Reading {
        let chars = &cells.chars;
        let mut reading = Reading {
            votes: 0,
            patches: Vec::new(),
        };
        let mut repairs = Repairs::default();
        let mut open = Open::default();
        for (at, &c) in chars.iter().enumerate() {
            let code = pairs.code(c);
            if open.needs == 0 {
                open.left = at.checked_sub(1).map_or('\n', |at| chars[at]);
            }
            if !MARKS.contains(&c) || code > 0xFF && pairs.name != "shift_jis" {
                open.read(code);
                continue;
            }
            let next = chars.get(at + 1).copied().unwrap_or('\n');
            let Some((after, vote)) = open.mark(pairs, c, next) else {
                open = Open::default();
                continue;
            };
            reading.votes += vote;
            reading.patches.push(Patch {
                span: cells.places.span(at..at + 1),
                rule: Rule::E102,
                certainty: Certainty::Inferred,
                repair: repairs.share_written(pairs.name, &after),
                after,
            });
        }
        reading
    }
}

/// The character of UTF-8 that is begun and not ended.
#[derive(Default)]
struct Open {
    bytes: [u8; 2],
    /// How many of them are known.
    known: usize,
    /// How many bytes it still needs.
    needs: usize,
    /// What stands before it.
    left: char,
    /// Whether a mark ended the one before it.
    is_behind_mark: bool,
}

impl Open {
    /// Goes on with a character of so many bytes.
    fn read(&mut self, code: u16) {
        self.is_behind_mark = false;
        let [lead, trail] = code.to_be_bytes();
        let bytes = if lead == 0 {
            &[trail][..]
        } else {
            &[lead, trail]
        };
        for &byte in bytes {
            if self.needs > 0 && utf8::continues(byte) {
                self.needs -= 1;
                if let Some(place) = self.bytes.get_mut(self.known) {
                    *place = byte;
                    self.known += 1;
                }
            } else {
                *self = Open {
                    bytes: [byte, 0],
                    known: 1,
                    needs: utf8::length(byte).saturating_sub(1),
                    left: self.left,
                    ..Open::default()
                };
            }
        }
    }

    /// What a mark before this character stands for here, and whether that speaks for two bytes; `None` if it is none.
    fn mark(&mut self, pairs: &Pairs, mark: char, next: char) -> Option<(String, i32)> {
        let [lead, trail] = pairs.code(next).to_be_bytes();
        let first = if lead == 0 { trail } else { lead };
        match self.needs {
            0 => {
                // The first two bytes of a sign make no character.
                let is_lost = !pairs.is_assigned(SIGN[0], SIGN[1]);
                let goes_on = utf8::continues(lead) || MARKS.contains(&next);
                let begins = self.is_behind_mark || !MARKS.contains(&self.left);
                if !is_lost || !goes_on || !begins {
                    return None;
                }
                *self = Open {
                    needs: 1,
                    left: self.left,
                    ..Open::default()
                };
                // An emoji, or what is none without U+FE0F: what reads those puts a mark for each byte.
                let lost = if lead > 0 && !trail.is_ascii() { 2 } else { 1 };
                let is_emoji = mark == '?' && utf8::continues(lead) && utf8::continues(trail);
                let vote = is_emoji || LAST_OF_SIGNS.contains(&lead) && trail.is_ascii_alphabetic();
                Some((LOST.repeat(lost), i32::from(vote)))
            }
            1 => {
                let last = match self.bytes {
                    SELECTOR => &[0x8F],
                    SIGN => &LAST_OF_SIGNS[..],
                    _ if self.known == 0 => &LAST_OF_SIGNS[..],
                    _ => &[],
                };
                let vote = match next {
                    ' ' => -1,
                    // A mark for each of the first two bytes.
                    _ if self.known == 0 && utf8::continues(first) => -1,
                    _ => i32::from(would_join(pairs, last, first)),
                };
                let eaten = self.eaten(next);
                *self = Open {
                    is_behind_mark: true,
                    ..Open::default()
                };
                Some((format!("{LOST}{}", eaten?), vote))
            }
            needs => {
                self.needs = needs - 2;
                Some((LOST.repeat(2), 0))
            }
        }
    }

    /// What was eaten between this character and the next; `None` if it may have been a figure.
    fn eaten(&self, next: char) -> Option<&'static str> {
        let is_punctuation = next.is_ascii_punctuation() && !MARKS.contains(&next);
        if next.is_ascii_digit() {
            // A dash between spaces, or a quotation that ends.
            let is_spaced = matches!(self.left, ' ' | ',' | '.' | '!' | '?');
            (is_spaced && self.bytes == SIGN).then_some(" ")
        } else if next.is_whitespace() || is_punctuation {
            Some("")
        } else {
            Some(" ")
        }
    }
}

/// Whether any of these bytes, as the last one of a character, would have made another of what follows it.
fn would_join(pairs: &Pairs, last: &[u8], follows: u8) -> bool {
    let joining = last
        .iter()
        .filter(|&&last| pairs.joins_on_windows(last, follows));
    // That of an ellipsis joins few, and in Japanese one more has gaps.
    let joining = joining.count();
    joining > 0 && joining + 2 >= last.len()
}

#[cfg(test)]
mod tests {
    use crate::reader::repair::repaired;

    #[test]
    fn what_a_mark_has_eaten_comes_back_with_its_sign() {
        let clean = "“We don’t know,” she said of the town’s bridge — and left the café.";
        for damaged in [
            "鈥淲e don鈥檛 know,鈥?she said of the town鈥檚 bridge 鈥?and left the caf茅.",
            "窶弩e don窶冲 know,窶・she said of the town窶冱 bridge 窶・and left the cafﾃｩ.",
            "?쏻e don?셳 know,??she said of the town?셲 bridge ??and left the caf챕.",
            "?\u{EBBE}e don?\u{EA04} know,??she said of the town?\u{EA03} bridge ??and left the caf矇.",
        ] {
            assert_eq!(repaired(damaged), clean);
        }
    }

    #[test]
    fn a_figure_that_was_eaten_is_not_made_up() {
        // Of a range of years, and of U+2212 and two figures.
        for damage in ["in 2019窶・024.", "of 竏・8 degrees."] {
            let damaged = format!("窶弩e don窶冲 know,窶・she said {damage}");
            let left = format!("“We don’t know,” she said {damage}");
            assert_eq!(repaired(&damaged), left);
        }
    }

    #[test]
    fn marks_that_stand_for_a_byte_each_eat_nothing() {
        let clean = "“We don’t know,” she said of the town’s bridge — and left.";
        for damaged in [
            "鈥淲e don鈥檛 know,鈥� she said of the town鈥檚 bridge 鈥� and left.",
            "鈥淲e don鈥檛 know,鈥? she said of the town鈥檚 bridge 鈥? and left.",
        ] {
            assert_eq!(repaired(damaged), clean);
        }
    }

    #[test]
    fn questions_and_middle_dots_stay() {
        for text in [
            "你好吗?我很好。天气怎么样?不错。",
            "コーヒー・紅茶・緑茶と書いてある。窶・はない。",
            "정말?그래요??네.",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
