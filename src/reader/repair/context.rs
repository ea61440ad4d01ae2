//! Context: how well a character fits between its neighbours.
//!
//! Only used where bytes were lost: quotes are settled by what they touch and by which quotes are
//! open, dashes by spaces and digits, letters by the case of the word they stand in.

use super::odd::{self, Kind};

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
            } else if place.quoted && left != Space && left != Edge {
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
        _ => letter_fit(c, place),
    }
}

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
