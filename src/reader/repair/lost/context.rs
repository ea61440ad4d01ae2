//! Context: how well a character fits between its neighbours.
//!
//! Only used where bytes were lost: quotes are settled by what they touch and by which quotes are
//! open, dashes by spaces and digits, letters by the case of the word they stand in.

use unicode_normalization::char::is_combining_mark;

use super::super::sound::marks;
use super::super::sound::odd::{self, Kind};
use super::english;
use super::prior::{emoji, prior};
use super::quotes::Quotes;
use crate::reader::rows;

/// What stands around a gap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The character before; a line feed at the start of the text.
    pub(crate) left: char,
    /// The character after; a line feed at the end of the text.
    pub(crate) right: char,
    /// The quotation marks that are open here.
    pub(crate) quotes: Quotes,
    /// What the characters before and after look like: many signs are tried in one place.
    sides: (Side, Side),
}

impl Place {
    pub(crate) fn new(left: char, right: char, quotes: Quotes) -> Place {
        Place {
            left,
            right,
            quotes,
            sides: (side(left), side(right)),
        }
    }

    /// The same place where other quotation marks are open.
    pub(crate) fn quoted(self, quotes: Quotes) -> Place {
        Place { quotes, ..self }
    }
}

/// What a neighbour looks like to a punctuation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Edge,
    Space,
    Letter,
    Digit,
    Stop,
    Other,
}

fn side(c: char) -> Side {
    match c {
        '\n' => Side::Edge,
        '.' | ',' | '!' | '?' | ';' | ':' | ')' | ']' | '\u{2026}' | '%' => Side::Stop,
        _ => match odd::kind(c) {
            Kind::Space => Side::Space,
            Kind::Digit => Side::Digit,
            Kind::Lower
            | Kind::Upper
            | Kind::Letter
            | Kind::Mark
            | Kind::ThaiAfter
            | Kind::ThaiBefore => Side::Letter,
            _ => Side::Other,
        },
    }
}

/// What it counts for a quotation mark to stand inside a word, beside that it neither opens nor closes there.
const INSIDE_WORD: i32 = -40;
/// What each missing byte costs a guess, in the unit of the prior.
const MISSING_COST: i32 = 25;

/// How likely it is that a character of which `missing` bytes are lost stood here, on the scale of
/// the prior; `None` for one that no lost byte is ever completed to.
pub(crate) fn likelihood(c: char, missing: u8, place: Place) -> Option<i32> {
    Some(prior(c)? + fit(c, place) - MISSING_COST * i32::from(missing))
}

/// What an emoji gains by standing where news sets its section marks: at a line's start, or between
/// sentences.
fn heading(c: char, place: Place) -> i32 {
    let (Some(mark), Some(plain)) = (emoji(c, true), emoji(c, false)) else {
        return 0;
    };
    let between = place.left == ' ' && matches!(place.right, ' ' | '\u{FE0F}');
    match place.left {
        '\n' => mark - plain,
        _ if between => (mark - plain).max(0),
        _ => 0,
    }
}

/// How much a character gains or loses by its place, on the scale of [`prior`](super::prior::prior).
pub(crate) fn fit(c: char, place: Place) -> i32 {
    heading(c, place) + between(c, place)
}

/// Whether a sign may stand between these, in a quotation or not.
pub(crate) fn may_stand(sign: char, left: char, right: char) -> bool {
    /// Below this a sign does not fit its place, on the scale of [`fit`].
    const MISFIT: i32 = -20;
    let fits = |quotes| fit(sign, Place::new(left, right, quotes)) > MISFIT;
    let within = |mark| fits(Quotes::NONE.read(mark));
    // Behind a letter what closes a single one is an apostrophe as well.
    fits(Quotes::NONE) || within('\u{201C}') || !left.is_alphabetic() && within('\u{2018}')
}

/// How much it gains or loses by what it stands between.
fn between(c: char, place: Place) -> i32 {
    use Side::*;
    let (left, right) = place.sides;
    let opens = matches!(left, Edge | Space)
        || matches!(place.left, '(' | '[' | '\u{2014}' | '\u{201C}' | '\u{2018}');
    let opens = opens && matches!(right, Letter | Digit | Other);
    let closes = matches!(left, Letter | Digit | Stop | Other)
        && matches!(right, Edge | Space | Stop | Other);
    // What a misreading makes of first bytes is no letter of a word: the next round reads on.
    let layered = matches!(place.left, '\u{C2}' | '\u{C3}' | '\u{E2}');
    let inside = (left, right) == (Letter, Letter) && !layered;
    let amid = if inside { INSIDE_WORD } else { 0 };
    match c {
        // The selector stands behind what it makes an emoji of.
        _ if place.right == '\u{FE0F}' => {
            if has_emoji_form(c) {
                40
            } else if emoji(c, false).is_some() {
                -20
            } else {
                -80
            }
        }
        '\u{FE0F}' if has_emoji_form(place.left) => 40,
        '\u{FE0F}' => -80,
        '\u{2019}' => match (left, right) {
            (Letter, Letter) if elides(place.left) && elides(place.right) => 30,
            (Letter, Letter) => -60,
            (Digit, Letter) => 15,
            (Letter, Space | Edge | Stop) => {
                match (ends_possessive(place.left), place.quotes.is_quoted()) {
                    _ if place.quotes.is_single() => 10,
                    // It only closes, and nothing is open.
                    _ if !elides(place.left) => -40,
                    (true, false) => 0,
                    (true, true) => -5,
                    (false, _) => -20,
                }
            }
            _ if closes && place.quotes.is_single() => -10,
            _ if closes => -20,
            (Space, Digit) => -10,
            _ => -60,
        },
        '\u{2018}' => {
            if opens {
                -5
            } else {
                -60 + amid
            }
        }
        // It may close what „ opened, about as well as ”: the language tells.
        '\u{201C}' if place.quotes.is_low() => {
            if closes {
                25
            } else {
                -50 + amid
            }
        }
        '\u{201C}' => {
            if opens {
                if place.quotes.is_quoted() { -5 } else { 15 }
            } else {
                -50 + amid
            }
        }
        '\u{201E}' => {
            if opens {
                0
            } else {
                -50 + amid
            }
        }
        '\u{201D}' => {
            if closes {
                if place.quotes.is_quoted() { 30 } else { -10 }
            } else if place.quotes.is_quoted() && matches!(left, Letter | Digit | Stop) {
                0
            } else {
                -50 + amid
            }
        }
        // Between the halves of a word, or behind the first where the second is shared: "Vor- und Nachteil".
        '\u{2010}' => match (left, right) {
            _ if inside => 15,
            (Letter, Space | Stop) => 0,
            _ => -30,
        },
        '\u{2013}' => match (left, right) {
            (Digit, Digit) => 40,
            (Space, Space) => 8,
            (Space, _) | (_, Space) => -20,
            _ => -15,
        },
        '\u{2014}' => match (left, right) {
            (Space, Space) => 15,
            (Letter, Letter) => 0,
            (Digit, Digit) => -20,
            // Speech begins so in most of Europe.
            (Edge, Space) => 10,
            _ => -15,
        },
        '\u{2026}' => match (left, right) {
            (Letter, Space | Edge | Stop) => 10,
            (Edge | Space, Letter) => -10,
            (Letter, Letter) => -15,
            _ => -25,
        },
        '\u{2022}' => match (left, right) {
            (Edge, Space) => 15,
            (Space, Space) => 0,
            (Edge, Letter) => 10,
            _ => -40,
        },
        '\u{2122}' => match (left, right) {
            (Letter, Space | Edge | Stop) => 30,
            _ => -20,
        },
        // "1⁄2", as compatibility forms write it.
        '\u{2044}' => match (left, right) {
            (Digit, Digit) => 40,
            _ => -60,
        },
        // "№ 5"
        '\u{2116}' => match (left, right) {
            (Space | Edge, Space | Digit) => 20,
            _ => -30,
        },
        '\u{20AC}' | '\u{20B9}' | '\u{A3}' | '\u{A5}' => match (left, right) {
            (_, Digit) => 25,
            (Digit, _) => 10,
            (Space, Space) => -10,
            _ => -30,
        },
        '\u{3001}' | '\u{3002}' | '\u{FF0C}' => {
            let behind = if odd::is_wide(odd::script(place.left)) {
                10
            } else {
                -40
            };
            // These are set without a space: one behind them parts sentences.
            let ends = matches!(right, Space | Edge);
            behind + if ends && c != '\u{3002}' { -25 } else { 0 }
        }
        // Many set a space before it, too.
        '\u{964}' => match (left, right) {
            (Letter | Space, Space | Edge) => 0,
            _ => -60,
        },
        '\u{1F3FB}'..='\u{1F3FF}' => match takes_skin_tone(place.left) {
            true => 60,
            false => -60,
        },
        // Flags are two letters each.
        '\u{1F1E6}'..='\u{1F1FF}' => match (is_flag(place.left), is_flag(place.right)) {
            (false, false) => -80,
            _ => 60,
        },
        _ if is_flag(place.left) && emoji(c, false).is_some() => -10,
        // Without the selector it is drawn as a sign of text, which hardly anyone writes.
        _ if place.right != '\u{FFFD}' && has_emoji_form(c) && emoji(c, false).is_some() => {
            letter_fit(c, place) - 15
        }
        _ => letter_fit(c, place),
    }
}

/// Whether the quotation marks that are open have a say in how well a sign fits.
pub(crate) fn depends_on_quotes(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{201C}' | '\u{201D}')
}

/// Whether a range stands around these characters, a space away: a dash there is a short one. The second
/// figure of "1909 – 1949" and "1892 – 94" has no more digits than the first, unlike that of a date; behind a year
/// a word may stand for it.
pub(crate) fn parts_range(chars: &[char], start: usize, end: usize) -> bool {
    /// Figures of a year.
    const YEAR: usize = 4;
    let ([before @ .., ' '], [' ', behind @ ..]) = (&chars[..start], &chars[end..]) else {
        return false;
    };
    let digit = |c: &&char| c.is_ascii_digit();
    let first = before.iter().rev().take_while(digit).count();
    let second = behind.iter().take_while(digit).count();
    let word = || behind.iter().copied().take_while(|c| c.is_alphabetic());
    second > 0 && first >= second || first == YEAR && english::ends_range(word())
}

/// Whether an apostrophe may stand for a sound beside this letter: Latin, Cyrillic, Armenian, Hebrew.
fn elides(c: char) -> bool {
    matches!(
        odd::script(c),
        odd::LATIN | odd::CYRILLIC | odd::ARMENIAN | odd::HEBREW
    )
}

/// Whether a Latin word that ends so may end in an apostrophe, too: a plural's possessive, "po’".
/// Nothing is said of other scripts.
fn ends_possessive(c: char) -> bool {
    odd::script(c) != odd::LATIN || matches!(c.to_ascii_lowercase(), 's' | 'x' | 'z' | 'o')
}

/// Whether an emoji is of people or their hands, which a skin tone stands behind: most of Unicode's modifier bases.
fn takes_skin_tone(c: char) -> bool {
    matches!(
        c as u32,
        0x261D | 0x26F9 | 0x270A..=0x270D | 0x1F385 | 0x1F3C2..=0x1F3C4 | 0x1F3CA..=0x1F3CC | 0x1F442 | 0x1F443
            | 0x1F446..=0x1F450 | 0x1F466..=0x1F478 | 0x1F47C | 0x1F481..=0x1F487 | 0x1F4AA | 0x1F590 | 0x1F595
            | 0x1F596 | 0x1F645..=0x1F647 | 0x1F64B..=0x1F64F | 0x1F6B4..=0x1F6B6 | 0x1F90C..=0x1F91F
            | 0x1F926 | 0x1F930..=0x1F939 | 0x1F9D1..=0x1F9DD
    )
}

/// Whether this is half of a flag.
fn is_flag(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

/// Whether U+FE0F makes an emoji of a character.
pub(crate) fn has_emoji_form(c: char) -> bool {
    matches!(c, '\u{203C}'..='\u{3299}' | '\u{1F170}'..='\u{1F6FF}')
        && VARIATIONS.binary_search(&u32::from(c)).is_ok()
}

const ROWS: &[u8] = include_bytes!("../../../data/emoji-variation.tsv");
static VARIATIONS: [u32; rows::count(ROWS)] = variations();

/// Reads the rows; a row that is not as it should be stops the compiler.
const fn variations() -> [u32; rows::count(ROWS)] {
    let mut table = [0; rows::count(ROWS)];
    let (mut at, mut number) = (rows::row(ROWS, 0), 0);
    while at < ROWS.len() {
        table[number] = rows::number(ROWS, at, 16).0;
        assert!(
            number == 0 || table[number - 1] < table[number],
            "emoji-variation.tsv is sorted, without doubles"
        );
        number += 1;
        at = rows::row(ROWS, rows::next_line(ROWS, at));
    }
    table
}

/// What a mark gains by standing on a letter that it makes another of: as likely there as that letter.
const COMPOSED: i32 = 40;

/// Letters keep to the script and case of their word.
fn letter_fit(c: char, place: Place) -> i32 {
    let kind = odd::kind(c);
    let (left, right) = (odd::kind(place.left), odd::kind(place.right));
    let script = odd::script(c);
    if marks::composed(place.left, c).is_some() {
        return COMPOSED;
    }
    if script == 0 {
        return if place.sides.0 == Side::Letter {
            -30
        } else {
            0
        };
    }
    let beside_letter = [place.sides.0, place.sides.1].map(|side| side == Side::Letter);
    if kind == Kind::Digit || c.is_numeric() {
        return if left == Kind::Digit || right == Kind::Digit {
            20
        } else if beside_letter.contains(&true) {
            -80
        } else {
            -30
        };
    }
    // A mark stands on a letter.
    if is_combining_mark(c) && !beside_letter[0] {
        return -80;
    }
    let mut fit = 0;
    for neighbour in [place.left, place.right] {
        let other = odd::script(neighbour);
        if other != 0 && other != script {
            fit -= 60;
        } else if other == script {
            fit += 15;
        }
    }
    match kind {
        Kind::Upper => match (left, right) {
            (Kind::Lower, _) => fit -= 60,
            (_, Kind::Lower) => fit += 5,
            (Kind::Upper, _) => fit += 15,
            _ => fit -= 10,
        },
        Kind::Lower if left == Kind::Upper && right == Kind::Upper => fit -= 60,
        _ => {}
    }
    fit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_quotation_marks_have_a_say_in_quotation_marks_only() {
        let behind = |text: &str| text.chars().fold(Quotes::NONE, Quotes::read);
        let open = [
            "",
            "\u{201C}a",
            "\u{201E}a",
            "\u{2018}a",
            "\u{201C}\u{2018}a ",
        ]
        .map(behind);
        let signs = ('\u{A0}'..'\u{2600}').filter(|&c| !depends_on_quotes(c));
        for c in signs.filter(|&c| prior(c).is_some()) {
            for (left, right) in [(' ', 'a'), ('a', ' '), ('a', 'b'), ('1', '2'), (' ', ' ')] {
                let [first, others @ ..] =
                    open.map(|quotes| fit(c, Place::new(left, right, quotes)));
                assert!(others.iter().all(|&other| other == first), "{c:?}");
            }
        }
    }

    #[test]
    fn the_selector_follows_what_has_two_forms() {
        let text = std::str::from_utf8(ROWS).expect("emoji-variation.tsv is UTF-8");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let point = line.split('\t').next().unwrap_or_default();
            let point = u32::from_str_radix(point, 16).expect("a code point");
            assert!(char::from_u32(point).is_some_and(has_emoji_form), "{line}");
        }
        assert!(!has_emoji_form('\u{1F525}')); // fire has one form
    }
}
