//! Cast: what a later step made of all characters of a text, and what it left of each glyph.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::cells::Cells;
use super::super::charsets::channel::shown;
use super::super::charsets::glyph;

/// Where accents were taken off, of so many characters beyond ASCII one at least stands behind what is left of the first
/// byte; other texts have quotation marks there.
const SIGNS: usize = 8;

/// What a later step made of all characters.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cast {
    /// Nothing.
    Plain,
    Lower,
    Upper,
    /// Accents taken off.
    Bare,
    /// Accents set behind their letters.
    Apart,
}

pub(super) const CASTS: [Cast; 4] = [Cast::Lower, Cast::Upper, Cast::Bare, Cast::Apart];
const ALL_CASTS: usize = CASTS.len() + 1;

impl Cast {
    /// What it makes of a character.
    fn of(self, c: char) -> Vec<char> {
        match self {
            Cast::Plain => vec![c],
            Cast::Lower => c.to_lowercase().collect(),
            Cast::Upper => c.to_uppercase().collect(),
            Cast::Bare => {
                let apart = std::iter::once(c).nfd();
                apart.filter(|&c| !is_combining_mark(c)).collect()
            }
            Cast::Apart => std::iter::once(c).nfd().collect(),
        }
    }

    /// Whether a text is as it leaves one.
    pub(super) fn fits(self, cells: &Cells) -> bool {
        let is_same = |c: char| c.is_ascii() || self.of(c) == [c];
        match self {
            Cast::Plain => true,
            Cast::Lower => !cells.chars.iter().any(|c| c.is_uppercase()),
            Cast::Upper => !cells.chars.iter().any(|c| c.is_lowercase()),
            Cast::Bare => {
                let signs = cells.marks.iter().map(|&at| at as usize);
                let behind_letter = signs.filter(|&at| {
                    let begins = at > 0 && cells.chars[at - 1].is_ascii_alphabetic();
                    begins && !cells.chars[at].is_ascii() && !cells.chars[at].is_alphabetic()
                });
                behind_letter.count() * SIGNS > cells.marks.len()
                    && cells.beyond_ascii().all(is_same)
            }
            Cast::Apart => cells.beyond_ascii().any(is_accent) && cells.beyond_ascii().all(is_same),
        }
    }
}

/// Whether a text may be as one of the steps leaves it, at the price of a glance: most have capitals and small letters,
/// and a letter with its accent among their damage.
pub(super) fn may_fit(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    let both_cases = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let composed =
        |c: char| matches!(c, '\u{C0}'..='\u{C5}' | '\u{C7}'..='\u{CF}' | '\u{E0}'..='\u{E5}');
    !both_cases || !text.chars().any(composed)
}

/// Whether this is an accent of Latin, Greek or Cyrillic letters: marks of other scripts stand by themselves.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// What is left of a byte's glyph.
pub(super) struct Form {
    pub(super) chars: Vec<char>,
    pub(super) byte: u8,
    pub(super) glyph: char,
}

/// The forms of a charset's bytes, by the character they begin with.
pub(super) type Forms = HashMap<char, Vec<Form>>;

/// What the step leaves of the glyphs of a charset's bytes, and of the controls that may stand for 80–9F.
pub(super) fn forms(cast: Cast, charset: usize) -> &'static Forms {
    static TABLES: [[OnceLock<Forms>; glyph::COUNT]; ALL_CASTS] =
        [const { [const { OnceLock::new() }; glyph::COUNT] }; ALL_CASTS];
    TABLES[cast as usize][charset].get_or_init(|| {
        let mut forms = Forms::new();
        for byte in 0x80..=0xFF_u8 {
            let control = (byte < 0xA0).then(|| char::from(byte));
            for glyph in shown(charset, byte).into_iter().chain(control) {
                let chars = cast.of(glyph);
                if let Some(&first) = chars.first() {
                    let form = Form { chars, byte, glyph };
                    forms.entry(first).or_default().push(form);
                }
            }
        }
        forms
    })
}
