//! The tables of the survey: the class of every character, and why a character behind another is worth
//! a look.
//!
//! Characters that every pass treats alike are of one class. So a character costs a look-up of its
//! class, and a pair of neighbours one of the reasons.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use crate::blocks;
use crate::invisible::invisible;
use crate::look;
use crate::touch::Touch;

/// The most classes: as many as a byte tells apart, so that no look-up has a bound to check.
const ROW: usize = 256;

/// Punctuation, signs and symbols.
const SIGNS: RangeInclusive<char> = '\u{2000}'..='\u{2E7F}';

/// What the passes ask of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    /// How it stands to its neighbours.
    touch: usize,
    form: Form,
    /// Why it is worth a look whatever stands before it.
    always: u8,
}

/// What form C asks of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// It stays whatever stands around it.
    Letter,
    /// A mark, which only a mark of a higher rank before it can displace.
    Mark { rank: u8, alone: bool },
    /// It is invisible, or form C may not have it.
    Suspect,
}

/// The last combining class of each rank, as far as they have to be told apart: marks that words are
/// spelled with have ranks of their own.
const RANKS: [u8; 15] = [
    7, 8, 9, 35, 84, 91, 103, 107, 118, 122, 219, 220, 229, 230, 255,
];

fn form(c: char) -> Form {
    if invisible(c).is_some() || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes {
        return Form::Suspect;
    }
    let class = canonical_combining_class(c);
    if class == 0 {
        return Form::Letter;
    }
    let rank = RANKS.partition_point(|&last| last < class);
    let first = rank.checked_sub(1).map_or(1, |before| RANKS[before] + 1);
    Form::Mark {
        rank: rank as u8,
        alone: first == RANKS[rank],
    }
}

/// Whether a character may have to change behind another.
fn changes(before: Form, c: Form) -> bool {
    match (before, c) {
        (_, Form::Suspect) => true,
        (Form::Suspect, Form::Mark { .. }) => true,
        (Form::Mark { rank: before, .. }, Form::Mark { rank, alone }) => {
            before > rank || before == rank && !alone
        }
        _ => false,
    }
}

/// Why a character is worth a look whatever stands before it.
fn always(c: char) -> u8 {
    match c {
        '&' | '\\' | '%' | '?' => look::ESCAPE,
        '\r' | '\u{2028}' | '\u{2029}' => look::BREAK,
        '\u{80}'..='\u{9F}' => look::ACCENT | look::LOSS,
        '\u{A0}'..='\u{17F}' => look::ACCENT,
        '\u{FFFD}' => look::LOSS,
        _ => 0,
    }
}

/// The tables as Rust.
pub fn to_rust() -> String {
    let touch = Touch::new();
    let mut classes: BTreeMap<Class, u8> = BTreeMap::new();
    let class_of = |c: char| Class {
        touch: touch.class(c),
        form: form(c),
        always: always(c),
    };
    let mut class = |c: Option<char>| {
        // Surrogates are no characters.
        let class = class_of(c.unwrap_or(' '));
        let next = u8::try_from(classes.len());
        let number = classes.entry(class);
        number
            .or_insert_with(|| next.expect("no more classes than ROW: merge ranks"))
            .to_string()
    };
    let mut rust = blocks::to_rust("BLOCK_OF", "BLOCKS", "u8", 0x11_0000, &mut class);

    let mut rows = vec![[0; ROW]; ROW];
    for (before, &row) in &classes {
        for (class, &cell) in &classes {
            let touching = touch.reasons(before.touch, class.touch);
            let changing = changes(before.form, class.form);
            let form = if changing { look::FORM } else { 0 };
            rows[usize::from(row)][usize::from(cell)] = touching | form | class.always;
        }
    }
    let _ = writeln!(rust, "static LOOKS: [[u8; {ROW}]; {ROW}] = {rows:?};");
    let quiet = quiet(&rows, |c| classes[&class_of(c)]);
    let _ = writeln!(
        rust,
        "static QUIET: [(u64, u64); {}] = {quiet:?};",
        quiet.len()
    );
    rust
}

/// The characters of three bytes that may stand beside each other without being worth a look, a bit for each in the
/// blocks they are in; and with them those that may stand among such as long as they are no neighbours: most Chinese
/// texts have rare characters, which are suspicious in rows only.
fn quiet(looks: &[[u8; ROW]], class: impl Fn(char) -> u8) -> Vec<(u64, u64)> {
    let all = ('\u{800}'..='\u{FFFF}').map(|c| (c, usize::from(class(c))));
    let mut sizes = [0; ROW];
    // Signs are suspicious beside many letters.
    let letters = all.clone().filter(|(c, _)| !SIGNS.contains(c));
    letters.for_each(|(_, class)| sizes[class] += 1);
    let mut largest: Vec<usize> = (0..ROW).filter(|&class| sizes[class] > 0).collect();
    largest.sort_by_key(|&class| (Reverse(sizes[class]), class));
    let is_quiet = |class: usize, quiet: &[usize]| {
        let mut others = quiet.iter();
        others.all(|&other| looks[class][other] == 0 && looks[other][class] == 0)
    };
    let mut quiet: Vec<usize> = Vec::new();
    for class in largest {
        if is_quiet(class, &[class]) && is_quiet(class, &quiet) {
            quiet.push(class);
        }
    }
    let mut bits = vec![(0, 0); 0x1_0000 / 64];
    for (c, class) in all.filter(|&(_, class)| is_quiet(class, &quiet)) {
        let (beside, among) = &mut bits[c as usize / 64];
        let bit = 1 << (c as usize % 64);
        *among |= bit;
        if quiet.contains(&class) {
            *beside |= bit;
        }
    }
    bits
}
