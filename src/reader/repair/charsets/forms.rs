//! Forms: what later steps leave of the glyphs of bytes.
//!
//! Quotation marks are made straight, and others get their compatibility form: the spacing accents, which are a
//! space and a mark then, fractions, ordinals, small figures, ligatures. Most forms tell the byte: no other has them.
//! Other steps change a text throughout: all goes to lower case, loses its accents, or is misread again.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::charset::CHARSETS;
use super::glyph;
use super::lossy::Trace;
use super::utf8;

/// What a later step makes of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Nothing.
    None,
    /// Compatibility forms, and straight quotation marks.
    Compatible,
    Lower,
    Upper,
    /// Accents taken off.
    Bare,
    /// Accents set behind their letters.
    Apart,
    /// Read as windows-1252 once more, with a control for each of the five bytes it has no character for.
    Again,
    /// Read as ISO-8859-1 once more, of which the controls are dropped, or a mark stands for each.
    Dropped,
    Marked,
    Asked,
    /// Read as windows-1252 once more: the same becomes of the five bytes.
    GapDropped,
    GapMarked,
    GapAsked,
}

const STEPS: usize = Step::GapAsked as usize + 1;

impl Step {
    /// What it makes of a character.
    pub(crate) fn of(self, c: char) -> Vec<char> {
        match (self, c) {
            (Step::None, _) => vec![c],
            (Step::Compatible, '\u{201C}'..='\u{201E}') => vec!['"'],
            (Step::Compatible, '\u{2018}'..='\u{201A}') => vec!['\''],
            // No form of Unicode's, but what many make of it.
            (Step::Compatible, '\u{153}') => vec!['o', 'e'],
            (Step::Compatible, _) => std::iter::once(c).nfkc().collect(),
            (Step::Lower, _) => c.to_lowercase().collect(),
            (Step::Upper, _) => c.to_uppercase().collect(),
            (Step::Bare, _) => {
                let apart = std::iter::once(c).nfd();
                apart.filter(|&c| !is_combining_mark(c)).collect()
            }
            (Step::Apart, _) => std::iter::once(c).nfd().collect(),
            (Step::Again, _) => misread(c, |byte| windows(byte).or(Some(char::from(byte))), None),
            (Step::Dropped, _) => misread(c, latin1, None),
            (Step::Marked, _) => misread(c, latin1, Some('\u{FFFD}')),
            (Step::Asked, _) => misread(c, latin1, Some('?')),
            (Step::GapDropped, _) => misread(c, windows, None),
            (Step::GapMarked, _) => misread(c, windows, Some('\u{FFFD}')),
            (Step::GapAsked, _) => misread(c, windows, Some('?')),
        }
    }

    /// Whether it is to misread a text again.
    pub(crate) fn is_misreading(self) -> bool {
        self >= Step::Again
    }
}

/// The bytes of a character, read one by one; `mark` stands for those that are no character.
fn misread(c: char, read: fn(u8) -> Option<char>, mark: Option<char>) -> Vec<char> {
    let mut bytes = [0; utf8::MOST];
    let bytes = c.encode_utf8(&mut bytes).bytes();
    bytes.filter_map(|byte| read(byte).or(mark)).collect()
}

fn latin1(byte: u8) -> Option<char> {
    (!matches!(byte, 0x80..=0x9F)).then_some(char::from(byte))
}

fn windows(byte: u8) -> Option<char> {
    CHARSETS[0].glyph(byte)
}

/// A glyph, and what a step leaves of it.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) glyph: char,
    pub(crate) chars: Vec<char>,
    is_changed: bool,
}

impl Form {
    /// The bytes of a charset that the glyph may stand for.
    pub(crate) fn bytes(&self, charset: usize) -> impl Iterator<Item = u8> {
        glyph::bytes(charset, glyph::id(self.glyph))
    }

    /// Whether the step makes another of it; of one that misreads all, whether bytes of it are lost.
    pub(crate) fn is_changed(&self) -> bool {
        self.is_changed
    }
}

/// The forms that stand at the beginning of `chars`, of all glyphs.
pub(crate) fn standing(step: Step, chars: &[char]) -> impl Iterator<Item = &'static Form> {
    static TABLES: [OnceLock<Vec<Form>>; STEPS] = [const { OnceLock::new() }; STEPS];
    let table = TABLES[step as usize].get_or_init(|| {
        let of = |glyph: char| {
            let chars = step.of(glyph);
            let is_told = |c: &&char| !matches!(c, '\u{FFFD}' | '?');
            let is_changed = if step.is_misreading() {
                chars.iter().filter(is_told).count() < glyph.len_utf8()
            } else {
                chars != [glyph]
            };
            Form {
                glyph,
                chars,
                is_changed,
            }
        };
        let mut forms: Vec<Form> = glyph::all().map(of).collect();
        if step == Step::Compatible {
            // No form of Unicode's either.
            forms.push(Form {
                glyph: '\u{2122}',
                chars: "(TM)".chars().collect(),
                is_changed: true,
            });
        }
        forms.sort_by(|one, other| one.chars.cmp(&other.chars));
        forms
    });
    let first = chars.first();
    let start = table.partition_point(|form| form.chars.first() < first);
    let begun = table[start..].iter();
    let begun = begun.take_while(move |form| first.is_some() && form.chars.first() == first);
    begun.filter(move |form| chars.starts_with(&form.chars))
}

/// A byte of which not the glyph is there but what a step has made of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Formed {
    pub(crate) byte: u8,
    /// How many characters are left of it.
    pub(crate) used: usize,
    /// Whether no other byte of the charset leaves the same.
    own: bool,
}

impl Formed {
    /// What is there of the byte.
    pub(crate) fn trace(self) -> Trace {
        let used = self.used as u8;
        if self.own {
            Trace::Form(used)
        } else {
            Trace::Altered(used)
        }
    }
}

/// Whether a compatibility form may begin here that is worth a look.
pub(crate) fn may_begin(chars: &[char]) -> bool {
    let first = chars.first();
    first.is_some_and(|c| {
        matches!(
            c,
            '"' | '\'' | '(' | 'T' | '.' | ' ' | '1'..='3' | 'a' | 'o' | '\u{3BC}'
        )
    })
}

/// Whether what tools make of a spacing accent stands here: it is no space. The marks of windows-1258 and
/// windows-874 are glyphs.
pub(crate) fn is_accent(charset: usize, chars: &[char]) -> bool {
    let [' ', mark, ..] = *chars else {
        return false;
    };
    is_combining_mark(mark) && glyph::byte(charset, glyph::id(mark)) == 0
}

/// The bytes inside a sequence whose compatibility form stands here; none whose form is the beginning of another's, as
/// that of a small figure is of a fraction's, in whatever charset.
pub(crate) fn inside(charset: usize, chars: &[char]) -> impl Iterator<Item = Formed> {
    let standing = || compatible(charset, chars).filter(|formed| utf8::continues(formed.0));
    let least = match chars {
        ['1'..='3', '\u{2044}', ..] => 3,
        _ if is_accent(charset, chars) => 2,
        _ => 1,
    };
    let longest = standing().map(|(_, used)| used).max();
    let longest = longest.filter(|&longest| longest >= least);
    let longest = move |&(_, used): &(u8, usize)| Some(used) == longest;
    let alone = standing().filter(longest).count() == 1;
    standing().filter(longest).map(move |(byte, used)| Formed {
        byte,
        used,
        own: alone && chars[..used] != [' '],
    })
}

/// The byte whose compatibility form stands here, where that tells it. A space tells little of a no-break space.
pub(crate) fn telling(charset: usize, chars: &[char]) -> Option<Formed> {
    if !may_begin(chars) || chars[0] == ' ' && !is_accent(charset, chars) {
        return None;
    }
    inside(charset, chars).find(|formed| formed.own)
}

/// The bytes that begin a sequence whose compatibility form stands here: two characters and more, of which the first
/// is no ASCII.
pub(crate) fn leading(charset: usize, chars: &[char]) -> impl Iterator<Item = Formed> {
    let is_ascii = chars.first().is_none_or(char::is_ascii);
    let standing = compatible(charset, if is_ascii { &[] } else { chars });
    let leads = standing.filter(|&(byte, used)| utf8::length(byte) > 0 && used > 1);
    leads.map(|(byte, used)| Formed {
        byte,
        used,
        own: true,
    })
}

/// The bytes of a charset whose compatibility form stands here, other than the glyph, and how long it is.
fn compatible(charset: usize, chars: &[char]) -> impl Iterator<Item = (u8, usize)> {
    let changed = standing(Step::Compatible, chars).filter(|form| form.is_changed());
    changed.flat_map(move |form| form.bytes(charset).map(|byte| (byte, form.chars.len())))
}
