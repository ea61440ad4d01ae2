//! Sift: the passages of a text that may be damaged, found at the price of a glance.
//!
//! Everything after it works on these passages alone, so sound text costs the [`Survey`], which looks
//! at each pair of neighbours, and a damaged text is paid for by the passage. Missing damage here is
//! the one mistake that nothing makes good; taking in too much costs time only.

use std::ops::Range;

use super::charsets::{glyph, utf8};
use super::legacy::{self, SUSPECTS};
use super::lost::english;
use super::multi::word;
use super::sound::odd;
use super::{blanks, entities, topic};
use crate::scan::{boundary_after, boundary_before};
use crate::survey::look::{ACCENT, DAMAGE, ESCAPE, LONE};
use crate::survey::{Spot, Survey};

/// Bytes of context on either side of what is suspicious, up to the end of its line: quotation marks
/// are paired, and a language is told, within a paragraph.
const REACH: usize = 2048;

/// The reasons for which a character may be part of damage.
const LOOKED_AT: u8 = DAMAGE | ACCENT | ESCAPE | LONE;

/// Accented letters in a row that no language has: a word of another script read as Latin.
const LONG_ROW: u32 = 4;

/// What there is to look at closely.
pub(crate) struct Sifted {
    /// The passages that may be damaged, in order, as byte offsets. None touches another.
    pub(crate) passages: Vec<Range<usize>>,
    /// Whether letters may stand for others that a charset of a neighbouring region has.
    pub(crate) strays: bool,
}

/// Finds them among what the survey of a text noted.
pub(crate) fn sift(text: &str, survey: &Survey) -> Sifted {
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut judge = Judge::new(text);
    let mut passed = 0;
    // So far nothing but rare neighbours in sound words, which is what most Chinese texts have.
    let mut sound = true;
    // All that is damaged may be what stands before it.
    if begins_with_mark(text) {
        let passage = around(text, 0);
        (passed, sound) = (passage.end, false);
        passages.push(passage);
    }
    for spot in survey.spots(LOOKED_AT) {
        if spot.at < passed && !sound || !judge.is_suspicious(spot) {
            continue;
        }
        sound = sound && spot.why & LOOKED_AT == DAMAGE && word::is_sound(text, spot.at);
        if spot.at < passed {
            continue;
        }
        let passage = around(text, spot.at);
        passed = passage.end;
        match passages.last_mut() {
            Some(last) if passage.start <= last.end => last.end = passage.end,
            _ => passages.push(passage),
        }
    }
    if sound {
        passages.clear();
    }
    Sifted {
        passages,
        strays: judge.strays > 1,
    }
}

/// Whether there is anything to look at closely.
pub(crate) fn is_suspicious(text: &str) -> bool {
    let mut judge = Judge::new(text);
    let survey = Survey::of(text);
    let mut spots = survey.spots(LOOKED_AT);
    begins_with_mark(text) || spots.any(|spot| judge.is_suspicious(spot))
}

/// Whether a text begins with what a charset makes of a byte order mark, U+FEFF.
fn begins_with_mark(text: &str) -> bool {
    let mut ids = text.chars().take_while(|c| !c.is_ascii()).map(glyph::id);
    let (Some(first), Some(second), Some(third)) = (ids.next(), ids.next(), ids.next()) else {
        return false;
    };
    (0..glyph::COUNT).any(|k| {
        let inner = [second, third].map(|id| glyph::inner_byte(k, id));
        glyph::byte(k, first) == 0xEF && inner == [0xBB, 0xBF]
    })
}

/// What stands around a place, cut at line ends or else at spaces.
fn around(text: &str, spot: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let near = boundary_before(text, spot.saturating_sub(REACH));
    let start = match memchr::memrchr(b'\n', &bytes[near..spot]) {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => memchr::memchr(b' ', &bytes[near..spot]).map_or(near, |at| near + at),
    };
    let far = boundary_after(text, spot + REACH);
    let end = match memchr::memchr(b'\n', &bytes[spot..far]) {
        Some(at) => spot + at,
        None if far == bytes.len() => far,
        None => memchr::memrchr(b' ', &bytes[spot..far]).map_or(far, |at| spot + at),
    };
    start..end.max(spot)
}

/// Judges the spots of a text, in their order.
struct Judge<'t> {
    text: &'t str,
    /// Accented letters in a row up to the last one judged, and where that ends.
    row: u32,
    row_end: usize,
    /// Up to here it is known that escapes hide nothing.
    tried: usize,
    /// Up to here characters of other scripts are spoken of.
    shown: usize,
    /// Letters met that stand for others where a charset of a neighbouring region was meant.
    strays: u32,
}

impl<'t> Judge<'t> {
    fn new(text: &'t str) -> Judge<'t> {
        Judge {
            text,
            row: 0,
            row_end: 0,
            tried: 0,
            shown: 0,
            strays: 0,
        }
    }

    fn is_suspicious(&mut self, spot: Spot) -> bool {
        spot.why & DAMAGE != 0 && !is_meant(self.text, spot.at)
            || spot.why & ACCENT != 0 && self.is_odd_accent(spot.at)
            || spot.why & ESCAPE != 0 && self.is_escape(spot.at)
            || spot.why & LONE != 0 && self.is_lone(spot.at)
    }

    /// Whether the accented letter at `at` is suspicious though its neighbours are not.
    fn is_odd_accent(&mut self, at: usize) -> bool {
        self.row = if at == self.row_end { self.row + 1 } else { 1 };
        // All of them take two bytes.
        self.row_end = at + 2;
        self.strays += u32::from(self.is_stray(at));
        self.row >= LONG_ROW || is_lone_lead(&self.text[..at], &self.text[at..])
    }

    /// Whether the accented letter at `at` may stand for another.
    fn is_stray(&self, at: usize) -> bool {
        let (lead, second) = (self.text.as_bytes()[at], self.text.as_bytes()[at + 1]);
        let strays = STRAYS.get(usize::from(lead.wrapping_sub(FIRST_LEAD)));
        strays.is_some_and(|strays| strays >> (second & 0x3F) & 1 == 1) && {
            let mut before = self.text[..at].chars();
            let mut from = self.text[at..].chars();
            let mut next = || from.next().unwrap_or_default();
            let (c, behind) = (next(), next());
            legacy::is_suspect(before.next_back().unwrap_or_default(), c, behind)
        }
    }

    /// Whether an escape begins here behind which damage hides, or three question marks do, or one stands for
    /// an apostrophe, or for what opens a quotation.
    fn is_escape(&mut self, at: usize) -> bool {
        let (before, rest) = self.text.split_at(at);
        if let Some(behind) = rest.strip_prefix('?') {
            let starts_with = |is: fn(&char) -> bool| behind.starts_with(|c: char| is(&c));
            return behind.starts_with("??")
                || starts_with(char::is_ascii_lowercase) && is_apostrophe(before, behind)
                || starts_with(char::is_ascii_alphabetic)
                    && before.chars().next_back().is_none_or(char::is_whitespace);
        }
        if at < self.tried || !entities::starts(rest) {
            return false;
        }
        let passage = around(self.text, at);
        self.tried = passage.end;
        entities::unescaped(&self.text[passage]).any(|text| is_suspicious(&text))
    }

    /// Whether a character of a multi-byte charset stands by itself among ASCII, between two words or before
    /// a figure, and is not spoken of.
    fn is_lone(&mut self, at: usize) -> bool {
        let mut chars = self.text[at..].chars();
        let c = chars.next().unwrap_or(' ');
        let capital = self.text[..at].ends_with(|c: char| c.is_ascii_uppercase());
        // Or with another that swallowed the letter a word begins with.
        let alone = match chars.next() {
            // "I셝 like", "N尊 5"; not "A股 iPhone"
            Some(' ') if capital => {
                odd::script(c) == odd::HANGUL || chars.next().is_some_and(|c| c.is_ascii_digit())
            }
            Some(next) if capital => next.is_ascii_lowercase(),
            Some(next) if !next.is_ascii() => {
                chars.next().is_some_and(|next| next.is_ascii_lowercase())
            }
            Some(next) => next != '\n',
            None => false,
        };
        if !alone || at < self.shown {
            return false;
        }
        let span = at..at + c.len_utf8();
        if topic::is_near(self.text, &span, topic::Topic::Script) {
            self.shown = at + topic::NEAR;
            return false;
        }
        true
    }
}

/// Whether the neighbours before and behind `at` stand as writers set them, though a misreading may set them so
/// as well.
fn is_meant(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let (mut before, mut behind) = (before.chars().rev(), behind.chars());
    let (Some(a), Some(b)) = (before.next(), behind.next()) else {
        return false;
    };
    // Swedish and Finnish open a quotation with the mark that others close one with; a dash of which that is
    // the last byte has its first two before it.
    if a == '\u{201D}' {
        return b.is_alphabetic() && before.next().is_none_or(char::is_whitespace);
    }
    let small = |c: char| odd::kind(c) == odd::Kind::Lower && odd::script(c) == odd::script(a);
    if !small(a) || !small(b) {
        return false;
    }
    let (last, next) = (before.next(), behind.next());
    let byte = |k: usize, c: char| glyph::inner_byte(k, glyph::id(c));
    let signs = (0..glyph::COUNT)
        .filter(|&k| matches!((byte(k, a), byte(k, b)), (0xE2, 0x80..=0x9F) | (0xF0, 0x9F)));
    let mut signs = signs.peekable();
    // Latvian "gatavošanās" goes on with what is no byte of a sign; Ukrainian "собі" is
    // read as a sign in KOI8-U, which would be in no word.
    if signs.peek().is_some() {
        next.is_some_and(|c| small(c) && signs.all(|k| !utf8::continues(byte(k, c))))
    } else {
        last.into_iter().chain(next).any(small)
    }
}

/// The letters that make one suspect a legacy charset, as bits by their second byte, of each first byte from
/// [`FIRST_LEAD`] on.
const STRAYS: [u64; 3] = {
    let mut masks = [0; 3];
    let mut at = 0;
    while at < SUSPECTS.len() {
        let point = SUSPECTS[at] as usize;
        masks[(point >> 6) - (FIRST_LEAD & 0x1F) as usize] |= 1 << (point & 0x3F);
        at += 1;
    }
    masks
};
const FIRST_LEAD: u8 = 0xC3;

/// A byte order mark, UTF-8 EF BB BF, as windows-1252 reads it: files that were put together have one in their midst.
const MARK: &str = "\u{EF}\u{BB}\u{BF}";

/// Whether a letter that leads E2 in a Latin charset stands where only a sign can: by itself, or in
/// an English contraction; or one that leads C2 where a no-break space can, or all of a byte order mark.
/// Latvian and Maori have U+0101 at the end of words, and as one.
fn is_lone_lead(before: &str, from: &str) -> bool {
    // What an apostrophe is in the legacy charsets it is misread in, too.
    let (after, is_common) = match from.chars().next() {
        Some(c @ '\u{C2}') => return blanks::is_lead(before, &from[c.len_utf8()..]),
        Some('\u{EF}') => return from.starts_with(MARK),
        Some('\u{E2}') => (&from['\u{E2}'.len_utf8()..], false),
        Some(c @ ('\u{101}' | '\u{13A}' | '\u{ED}' | '\u{D5}' | '\u{C6}')) => {
            (&from[c.len_utf8()..], true)
        }
        _ => return false,
    };
    // Two bytes more that left a mark each, or a quotation mark that was made straight and a sign.
    let is_sign = |rest: &str| rest.starts_with(|c: char| !c.is_ascii() && !c.is_alphabetic());
    let behind_quote = after.strip_prefix(['"', '\'']);
    if after.starts_with("??") || !is_common && behind_quote.is_some_and(is_sign) {
        return true;
    }
    if !before.ends_with(is_letter) {
        return !is_common && !after.starts_with(is_letter);
    }
    match contraction(before, after) {
        Some(sure) => sure || !is_common && !after.starts_with(['t', 'm']),
        None => false,
    }
}

/// Whether an apostrophe between these makes what can be nothing but a contraction; `None` if English does not end
/// words so.
fn contraction(before: &str, after: &str) -> Option<bool> {
    // One more than the longest tail has, so that a longer word is none.
    let letters = after.char_indices().take(english::LONGEST_TAIL + 1);
    let letters = letters.take_while(|&(_, c)| is_letter(c));
    let tail = &after[..letters.last().map_or(0, |(at, c)| at + c.len_utf8())];
    let stem = &before[before
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len()..];
    english::is_tail(tail.chars()).then(|| english::is_contraction(stem.chars(), tail.chars()))
}

/// Whether a question mark between these stands for an apostrophe: English contracts so, or a noun owns something.
fn is_apostrophe(before: &str, behind: &str) -> bool {
    let is_noun = || {
        let letters = |c: &char| c.is_ascii_alphabetic();
        let stem = before.chars().rev().take_while(letters);
        let tail = behind.chars().take(2).take_while(letters);
        english::is_noun(stem, tail)
    };
    match contraction(before, behind) {
        Some(sure) => sure || is_noun(),
        None => false,
    }
}

/// Whether it is part of a word, and no sign that a misreading makes; those that stand there most are told at once.
fn is_letter(c: char) -> bool {
    let is_sign = matches!(c, '\u{2010}'..='\u{2064}' | '\u{20A0}'..='\u{20CF}');
    !is_sign && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_damaged_is_taken_out() {
        let sound = "Der Minister sagte: „Wir öffnen.“\n".repeat(100);
        let text = format!("{sound}Sie sagte â€žneinâ€œ.\n{sound}");
        let passages = sift(&text, &Survey::of(&text)).passages;
        let taken: Vec<&str> = passages.iter().map(|p| &text[p.clone()]).collect();
        assert_eq!(taken, ["Sie sagte â€žneinâ€œ."]);
    }

    #[test]
    fn what_escapes_hide_is_seen() {
        for text in [
            "caf&Atilde;&copy;",
            "don&acirc;&#128;&#153;t",
            "caf\\u00c3\\u00a9",
            "caf%C3%83%C2%A9",
        ] {
            assert!(is_suspicious(text), "{text}");
        }
        for text in [
            "AT&T &amp; caf&eacute;",
            "na\\u00efve",
            "100 % of caf%C3%A9",
            "Why? Why??",
        ] {
            assert!(!is_suspicious(text), "{text}");
        }
    }

    #[test]
    fn a_lone_hanzi_is_looked_at_where_nothing_speaks_of_it() {
        for text in [
            "The results are what matters \u{C9E4} 2026.",
            "It was very low \u{9225} but we went on.",
            "The mice of S\u{9054}o Paulo are small.",
            "an attorney. I\u{C15D} like to go",
        ] {
            assert!(is_suspicious(text), "{text}");
        }
        for text in [
            "The character \u{9225} means holmium in chemistry.",
            "In Korean \u{C9E4} is a rare syllable.",
            "The A\u{80A1} market fell.",
            "He said \u{9225}",
        ] {
            assert!(!is_suspicious(text), "{text}");
        }
    }

    #[test]
    fn letters_that_spell_nothing_are_looked_at() {
        // U+2699 in windows-1257, signs in KOI8-R, a mark that closes nothing.
        for text in ["press āš™ now", "it costs бё5", "бї 5", "он—”да"] {
            assert!(is_suspicious(text), "{text}");
        }
    }

    #[test]
    fn sound_text_is_passed_over() {
        for text in [
            "“Don’t,” she said — “it’s 5 °C.” Naïve façade, Łódź.",
            "«Мы это уже видели», — сказала она. Він приїхав до Києва.",
            "รถไฟขบวนแรกออกจากสถานีตอนตีห้าครึ่ง",
            "“我们以前见过这种事，”她说。A股 iPhone15",
            "\u{d55c}\u{ad6d}\u{c740} 2024\u{b144}\u{c5d0}",
            "The lake covers 10 km² and holds 5 km³; km²-ko, 3 m².",
            "The marks ◌́ and ◌̈ make ή of η◌́ and ё of е◌̈.",
            "”Vi har sett det här förut”, sade hon.",
            "Gatavošanās un zināšana; собі й біля області; ребёнок.",
            "Decât să stai, mai bine pleci. Kiểm lâm huyện.",
        ] {
            assert!(!is_suspicious(text), "{text}");
        }
    }
}
