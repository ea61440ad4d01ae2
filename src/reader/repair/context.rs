//! Context: how well a character fits between its neighbours.
//!
//! Only used where bytes were lost: quotes are settled by what they touch and by which quotes are
//! open, dashes by spaces and digits, letters by the case of the word they stand in.

use super::odd::{self, Kind};
use super::prior::prior;

/// What stands around a gap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The character before; a line feed at the start of the text.
    pub(crate) left: char,
    /// The character after; a line feed at the end of the text.
    pub(crate) right: char,
    /// Whether a double quotation mark is open here.
    pub(crate) quoted: bool,
}

/// What a neighbour looks like to a punctuation mark.
#[derive(Clone, Copy, PartialEq, Eq)]
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

/// What each missing byte costs a guess, in the unit of the prior.
const MISSING_COST: i32 = 25;

/// How likely it is that a character of which `missing` bytes are lost stood here, on the scale of
/// the prior; `None` for one that no lost byte is ever completed to.
pub(crate) fn likelihood(c: char, missing: u8, place: Place) -> Option<i32> {
    Some(prior(c)? + fit(c, place) - MISSING_COST * i32::from(missing))
}

/// How much a character gains or loses by its place, on the scale of [`prior`](super::prior::prior).
pub(crate) fn fit(c: char, place: Place) -> i32 {
    use Side::*;
    let (left, right) = (side(place.left), side(place.right));
    let opens = matches!(left, Edge | Space)
        || matches!(place.left, '(' | '[' | '\u{2014}' | '\u{201C}' | '\u{2018}');
    let opens = opens && matches!(right, Letter | Digit | Other);
    let closes = matches!(left, Letter | Digit | Stop | Other)
        && matches!(right, Edge | Space | Stop | Other);
    match c {
        '\u{2019}' => match (left, right) {
            (Letter, Letter) => 30,
            (Digit, Letter) => 15,
            (Letter, Space | Edge | Stop) if !place.quoted => 0,
            _ if closes => -20,
            (Space, Digit) => -10,
            _ => -60,
        },
        '\u{2018}' => {
            if opens {
                -5
            } else {
                -60
            }
        }
        '\u{201C}' => {
            if opens {
                if place.quoted { -5 } else { 15 }
            } else {
                -50
            }
        }
        '\u{201D}' => {
            if closes {
                if place.quoted { 30 } else { -10 }
            } else if place.quoted && matches!(left, Letter | Digit | Stop) {
                0
            } else {
                -50
            }
        }
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
            (Edge, Space) => 0,
            _ => -15,
        },
        '\u{2026}' => match (left, right) {
            (Letter, Space | Edge | Stop) => 10,
            (Edge | Space, Letter) => -10,
            (Letter, Letter) => -15,
            _ => -25,
        },
        '\u{2022}' => match (left, right) {
            (Edge, Space) => 50,
            (Space, Space) => 0,
            (Edge, Letter) => 10,
            _ => -40,
        },
        '\u{2122}' => match (left, right) {
            (Letter, Space | Edge | Stop) => 30,
            _ => -20,
        },
        '\u{20AC}' | '\u{20B9}' | '\u{A3}' => match (left, right) {
            (_, Digit) => 25,
            (Digit, _) => 10,
            (Space, Space) => -10,
            _ => -30,
        },
        _ if place.right == '\u{FE0F}' => {
            if TEXT_OR_EMOJI.contains(&c) {
                40
            } else {
                -20
            }
        }
        _ => letter_fit(c, place),
    }
}

/// Characters that U+FE0F turns into emoji: those of Unicode's `emoji-variation-sequences.txt` in
/// common use.
const TEXT_OR_EMOJI: &[char] = &[
    '\u{203C}',
    '\u{2049}',
    '\u{2122}',
    '\u{2139}',
    '\u{2194}',
    '\u{2195}',
    '\u{2196}',
    '\u{2197}',
    '\u{2198}',
    '\u{2199}',
    '\u{21A9}',
    '\u{21AA}',
    '\u{2328}',
    '\u{23CF}',
    '\u{23ED}',
    '\u{23EE}',
    '\u{23EF}',
    '\u{23F1}',
    '\u{23F2}',
    '\u{23F8}',
    '\u{23F9}',
    '\u{23FA}',
    '\u{24C2}',
    '\u{25AA}',
    '\u{25AB}',
    '\u{25B6}',
    '\u{25C0}',
    '\u{2600}',
    '\u{2601}',
    '\u{2602}',
    '\u{2603}',
    '\u{2604}',
    '\u{260E}',
    '\u{2611}',
    '\u{2618}',
    '\u{261D}',
    '\u{2620}',
    '\u{2622}',
    '\u{2623}',
    '\u{2626}',
    '\u{262A}',
    '\u{262E}',
    '\u{262F}',
    '\u{2638}',
    '\u{2639}',
    '\u{263A}',
    '\u{2640}',
    '\u{2642}',
    '\u{265F}',
    '\u{2660}',
    '\u{2663}',
    '\u{2665}',
    '\u{2666}',
    '\u{2668}',
    '\u{267B}',
    '\u{267E}',
    '\u{2692}',
    '\u{2694}',
    '\u{2695}',
    '\u{2696}',
    '\u{2697}',
    '\u{2699}',
    '\u{269B}',
    '\u{269C}',
    '\u{26A0}',
    '\u{26B0}',
    '\u{26B1}',
    '\u{26C8}',
    '\u{26CF}',
    '\u{26D1}',
    '\u{26D3}',
    '\u{26E9}',
    '\u{26F0}',
    '\u{26F1}',
    '\u{26F4}',
    '\u{26F7}',
    '\u{26F8}',
    '\u{26F9}',
    '\u{2702}',
    '\u{2708}',
    '\u{2709}',
    '\u{270C}',
    '\u{270D}',
    '\u{270F}',
    '\u{2712}',
    '\u{2714}',
    '\u{2716}',
    '\u{271D}',
    '\u{2721}',
    '\u{2733}',
    '\u{2734}',
    '\u{2744}',
    '\u{2747}',
    '\u{2763}',
    '\u{2764}',
    '\u{27A1}',
    '\u{2934}',
    '\u{2935}',
    '\u{2B05}',
    '\u{2B06}',
    '\u{2B07}',
    '\u{1F321}',
    '\u{1F336}',
    '\u{1F37D}',
    '\u{1F396}',
    '\u{1F397}',
    '\u{1F399}',
    '\u{1F39E}',
    '\u{1F39F}',
    '\u{1F3CB}',
    '\u{1F3CC}',
    '\u{1F3CD}',
    '\u{1F3CE}',
    '\u{1F3D4}',
    '\u{1F3D5}',
    '\u{1F3D6}',
    '\u{1F3D7}',
    '\u{1F3D8}',
    '\u{1F3D9}',
    '\u{1F3DA}',
    '\u{1F3DB}',
    '\u{1F3DC}',
    '\u{1F3DD}',
    '\u{1F3DE}',
    '\u{1F3DF}',
    '\u{1F3F3}',
    '\u{1F3F7}',
    '\u{1F441}',
    '\u{1F4FD}',
    '\u{1F549}',
    '\u{1F54A}',
    '\u{1F56F}',
    '\u{1F570}',
    '\u{1F573}',
    '\u{1F574}',
    '\u{1F575}',
    '\u{1F576}',
    '\u{1F577}',
    '\u{1F578}',
    '\u{1F579}',
    '\u{1F587}',
    '\u{1F58A}',
    '\u{1F58B}',
    '\u{1F58C}',
    '\u{1F58D}',
    '\u{1F590}',
    '\u{1F5A5}',
    '\u{1F5A8}',
    '\u{1F5B1}',
    '\u{1F5B2}',
    '\u{1F5BC}',
    '\u{1F5C2}',
    '\u{1F5C3}',
    '\u{1F5C4}',
    '\u{1F5D1}',
    '\u{1F5D2}',
    '\u{1F5D3}',
    '\u{1F5DC}',
    '\u{1F5DD}',
    '\u{1F5DE}',
    '\u{1F5E1}',
    '\u{1F5E3}',
    '\u{1F5E8}',
    '\u{1F5EF}',
    '\u{1F5F3}',
    '\u{1F5FA}',
    '\u{1F6CB}',
    '\u{1F6CD}',
    '\u{1F6CE}',
    '\u{1F6CF}',
    '\u{1F6E0}',
    '\u{1F6E1}',
    '\u{1F6E2}',
    '\u{1F6E3}',
    '\u{1F6E4}',
    '\u{1F6E5}',
    '\u{1F6E9}',
    '\u{1F6F0}',
    '\u{1F6F3}',
];

/// Letters keep to the script and case of their word.
fn letter_fit(c: char, place: Place) -> i32 {
    let kind = odd::kind(c);
    let (left, right) = (odd::kind(place.left), odd::kind(place.right));
    let script = odd::script(c);
    if script == 0 {
        return if matches!(side(place.left), Side::Letter) {
            -30
        } else {
            0
        };
    }
    if kind == Kind::Digit {
        return if left == Kind::Digit || right == Kind::Digit {
            20
        } else {
            -30
        };
    }
    let mut fit = 0;
    for (neighbour, its) in [(place.left, left), (place.right, right)] {
        let other = odd::script(neighbour);
        if other != 0 && other != script {
            fit -= 60;
        } else if other == script {
            fit += 15;
        }
        let _ = its;
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
