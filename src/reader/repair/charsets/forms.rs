//! Forms: what later steps make of the glyphs of bytes.
//!
//! Quotation marks are made straight, and others get their compatibility form: the spacing accents, which are a
//! space and a mark then, fractions, ordinals, small figures, ligatures. Most forms tell the byte: no other has them.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::channel::shown;
use super::glyph;
use super::lossy::Trace;

/// A byte, and what later steps make of its glyph.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) byte: u8,
    pub(crate) chars: Vec<char>,
    /// Whether no other byte has this form.
    own: bool,
}

impl Form {
    /// What is there of the byte.
    pub(crate) fn trace(&self) -> Trace {
        let used = self.chars.len() as u8;
        if self.own {
            Trace::Form(used)
        } else {
            Trace::Altered(used)
        }
    }
}

/// Whether a form may begin here that is worth a look.
pub(crate) fn may_begin(chars: &[char]) -> bool {
    let first = chars.first();
    first.is_some_and(|c| {
        matches!(
            c,
            '"' | '\'' | 'T' | '.' | ' ' | '1'..='3' | 'a' | 'o' | '\u{3BC}'
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

/// The forms that stand here, of bytes inside a sequence; none that is the beginning of another, as that of
/// a small figure is of a fraction's, in whatever charset.
pub(crate) fn inside(charset: usize, chars: &[char]) -> impl Iterator<Item = &'static Form> {
    let standing = || standing(&forms(charset).0, chars);
    let least = match chars {
        ['1'..='3', '\u{2044}', ..] => 3,
        _ if is_accent(charset, chars) => 2,
        _ => 1,
    };
    let longest = standing().map(|form| form.chars.len()).max();
    let longest = longest.filter(|&longest| longest >= least);
    standing().filter(move |form| Some(form.chars.len()) == longest)
}

/// The form that stands here and tells its byte. A space tells little of a no-break space.
pub(crate) fn telling(charset: usize, chars: &[char]) -> Option<&'static Form> {
    if !may_begin(chars) || chars[0] == ' ' && !is_accent(charset, chars) {
        return None;
    }
    inside(charset, chars).find(|form| form.own)
}

/// The forms that stand here, of bytes that begin a sequence: two characters and more, of which the first is
/// no ASCII.
pub(crate) fn leading(charset: usize, chars: &[char]) -> impl Iterator<Item = &'static Form> {
    standing(&forms(charset).1, chars)
}

fn standing(forms: &'static [Form], chars: &[char]) -> impl Iterator<Item = &'static Form> {
    forms.iter().filter(|form| chars.starts_with(&form.chars))
}

/// The forms of the bytes inside a sequence, and of those that begin one.
fn forms(charset: usize) -> &'static (Vec<Form>, Vec<Form>) {
    static TABLES: [OnceLock<(Vec<Form>, Vec<Form>)>; glyph::COUNT] =
        [const { OnceLock::new() }; glyph::COUNT];
    TABLES[charset].get_or_init(|| {
        let of = |byte: u8| {
            let shown = shown(charset, byte)?;
            let form = match shown {
                '\u{201C}'..='\u{201E}' => vec!['"'],
                '\u{2018}'..='\u{201A}' => vec!['\''],
                _ => std::iter::once(shown).nfkc().collect(),
            };
            (form != [shown]).then_some((byte, form))
        };
        let all: Vec<(u8, Vec<char>)> = (0x80..=0xBF).filter_map(of).collect();
        let own = |form: &[char]| {
            form != [' '] && all.iter().filter(|(_, other)| other == form).count() == 1
        };
        let inside = all.iter().map(|(byte, chars)| Form {
            byte: *byte,
            chars: chars.clone(),
            own: own(chars),
        });
        let leads = (0xC2..=0xF4).filter_map(of);
        let leads = leads.filter(|(_, form)| form.len() > 1 && !form[0].is_ascii());
        let leading = leads.map(|(byte, chars)| Form {
            byte,
            chars,
            own: true,
        });
        (inside.collect(), leading.collect())
    })
}
