//! Sift: the passages of a text that may be damaged, found at the price of a glance.
//!
//! Everything after it works on these passages alone, so sound text costs one look at each pair of
//! neighbours, and a damaged text is paid for by the passage. Missing damage here is the one mistake
//! that nothing makes good; taking in too much costs time only.

use std::ops::Range;

use super::legacy::SUSPECTS;
use super::{english, entities};
use crate::scan::{boundary_after, boundary_before, place, plain_length};

// BLOCK_OF, BLOCKS, FIRES and ASTRAL.
include!(concat!(env!("OUT_DIR"), "/touch.rs"));

/// Bytes of context on either side of what is suspicious, up to the end of its line: quotation marks
/// are paired, and a language is told, within a paragraph.
const REACH: usize = 2048;

/// Accented letters in a row that no language has: a word of another script read as Latin.
const LONG_ROW: u32 = 4;

/// What there is to look at closely.
pub(crate) struct Sifted {
    /// The passages that may be damaged, in order, as byte offsets. None touches another.
    pub(crate) passages: Vec<Range<usize>>,
    /// Whether letters may stand for others that a charset of a neighbouring region has.
    pub(crate) strays: bool,
}

/// Looks through a text once.
pub(crate) fn sift(text: &str) -> Sifted {
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut scan = Scan::new(text);
    while let Some(spot) = scan.next_spot() {
        let passage = around(text, spot);
        scan.skip_to(passage.end);
        match passages.last_mut() {
            Some(last) if passage.start <= last.end => last.end = passage.end,
            _ => passages.push(passage),
        }
    }
    Sifted {
        passages,
        strays: scan.strays > 1,
    }
}

/// Whether there is anything to look at closely.
pub(crate) fn is_suspicious(text: &str) -> bool {
    Scan::new(text).next_spot().is_some()
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

/// A walk over the text, from one suspicious place to the next.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The class of the character before `at`.
    last: u8,
    /// Accented letters just passed.
    row: u32,
    /// Up to here it is known that escapes hide nothing.
    tried: usize,
    /// Letters passed that stand for others where a charset of a neighbouring region was meant.
    strays: u32,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Scan<'t> {
        Scan {
            text,
            at: 0,
            last: class_of_ascii(b'\n'),
            row: 0,
            tried: 0,
            strays: 0,
        }
    }

    fn skip_to(&mut self, at: usize) {
        self.at = at.max(self.at);
        self.last = class_of_ascii(b'\n');
        self.row = 0;
    }

    /// The byte offset of the next suspicious character, which is passed.
    fn next_spot(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut last) = (self.at, self.last);
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            let class = if byte >= 0x80 {
                let (class, length) = class_at(&bytes[at..]);
                at += length;
                class
            } else {
                self.row = 0;
                at += 1;
                if !is_plain(byte) && self.is_escape(start) {
                    (self.at, self.last) = (at, class_of_ascii(byte));
                    return Some(start);
                }
                class_of_ascii(byte)
            };
            let fires = fires(last, class);
            last = class;
            if fires || (0xC2..=0xC5).contains(&byte) && self.is_odd_accent(start) {
                (self.at, self.last) = (at, last);
                return Some(start);
            }
            if is_plain(byte) {
                at += plain_length(&bytes[start..], is_plain) - 1;
                last = class_of_ascii(bytes[at - 1]);
            }
        }
        (self.at, self.last) = (at, last);
        None
    }

    /// Whether the accented letter at `at` is suspicious though its neighbours are not.
    fn is_odd_accent(&mut self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let follows_another = at >= 2 && (0xC2..=0xC5).contains(&bytes[at - 2]);
        self.row = if follows_another { self.row + 1 } else { 1 };
        let stray = bytes[at] == 0xC3 && STRAYS >> (bytes[at + 1] & 0x3F) & 1 == 1;
        self.strays += u32::from(stray);
        self.row >= LONG_ROW || is_lone_lead(&self.text[..at], &self.text[at..])
    }

    /// Whether an escape begins here behind which damage hides, or three question marks do.
    fn is_escape(&mut self, at: usize) -> bool {
        let rest = &self.text[at..];
        if rest.starts_with('?') {
            return rest.starts_with("???");
        }
        if at < self.tried || !entities::starts(rest) {
            return false;
        }
        let passage = around(self.text, at);
        self.tried = passage.end;
        entities::unescaped(&self.text[passage]).any(|text| is_suspicious(&text))
    }
}

/// Whether a byte is ASCII and neither begins an escape nor marks a lost byte.
#[inline]
fn is_plain(byte: u8) -> bool {
    // No shortcuts: a comparison of 32 bytes costs less than one branch.
    (byte < 0x80) & (byte != b'&') & (byte != b'\\') & (byte != b'%') & (byte != b'?')
}

/// Whether characters of these classes, side by side, are suspicious.
#[inline]
fn fires(last: u8, class: u8) -> bool {
    FIRES[usize::from(last)][usize::from(class)]
}

#[inline]
fn class_of_ascii(byte: u8) -> u8 {
    let block = BLOCK_OF[usize::from(byte >> 6)];
    BLOCKS[usize::from(block)][usize::from(byte & 0x3F)]
}

/// The class of the character beyond ASCII that `bytes` begin with, and its length.
#[inline]
fn class_at(bytes: &[u8]) -> (u8, usize) {
    let (block, low, length) = place(bytes);
    let block = BLOCK_OF
        .get(block)
        .map(|&block| &BLOCKS[usize::from(block)]);
    (block.map_or(ASTRAL, |block| block[low]), length)
}

/// The letters that make one suspect a legacy charset, as bits from U+00C0 on.
const STRAYS: u64 = {
    let mut mask = 0;
    let mut at = 0;
    while at < SUSPECTS.len() {
        mask |= 1 << (SUSPECTS[at] as u32 & 0x3F);
        at += 1;
    }
    mask
};

/// Whether a letter that leads E2 in a Latin charset stands where only a sign can: by itself, or in
/// an English contraction. Latvian and Maori have U+0101 at the end of words, and as one.
fn is_lone_lead(before: &str, from: &str) -> bool {
    // What an apostrophe is in the legacy charsets it is misread in, too.
    let (after, is_common) = match from.chars().next() {
        Some('\u{E2}') => (&from['\u{E2}'.len_utf8()..], false),
        Some(c @ ('\u{101}' | '\u{ED}' | '\u{D5}' | '\u{C6}')) => (&from[c.len_utf8()..], true),
        _ => return false,
    };
    let is_letter = |c: char| c.is_alphabetic();
    // Two bytes more that left a mark each.
    if after.starts_with("??") {
        return true;
    }
    if !before.ends_with(is_letter) {
        return !is_common && !after.starts_with(is_letter);
    }
    // One more than the longest tail has, so that a longer word is none.
    let letters = after.char_indices().take(english::LONGEST_TAIL + 1);
    let letters = letters.take_while(|&(_, c)| is_letter(c));
    let tail = &after[..letters.last().map_or(0, |(at, c)| at + c.len_utf8())];
    if !english::is_tail(tail) {
        return false;
    }
    let stem = &before[before
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len()..];
    english::is_contraction(stem, tail) || !is_common && !matches!(tail, "t" | "m")
}

#[cfg(test)]
mod tests {
    use super::super::touch;
    use super::*;

    #[test]
    fn the_table_holds_what_fires() {
        let class = |c: char| {
            let mut bytes = [0; 4];
            match *c.encode_utf8(&mut bytes).as_bytes() {
                [byte] => class_of_ascii(byte),
                ref more => class_at(more).0,
            }
        };
        let all = || ('\0'..='\u{FFFF}').chain(['\u{1F600}']);
        for a in [
            'a', 'E', '?', '\u{C3}', '\u{E2}', '\u{20AC}', '\u{440}', '\u{E42}', '\u{9225}',
        ] {
            for b in all() {
                let pairs = [(a, b), (b, a)];
                for (a, b) in pairs {
                    let fires = super::fires(class(a), class(b));
                    assert_eq!(fires, touch::fires(a, b), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn only_what_looks_damaged_is_taken_out() {
        let sound = "Der Minister sagte: „Wir öffnen.“\n".repeat(100);
        let text = format!("{sound}Sie sagte â€žneinâ€œ.\n{sound}");
        let passages = sift(&text).passages;
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
    fn sound_text_is_passed_over() {
        for text in [
            "“Don’t,” she said — “it’s 5 °C.” Naïve façade, Łódź.",
            "«Мы это уже видели», — сказала она. Він приїхав до Києва.",
            "รถไฟขบวนแรกออกจากสถานีตอนตีห้าครึ่ง",
            "“我们以前见过这种事，”她说。A股 iPhone15",
            "\u{d55c}\u{ad6d}\u{c740} 2024\u{b144}\u{c5d0}",
            "Decât să stai, mai bine pleci. Kiểm lâm huyện.",
        ] {
            assert!(!is_suspicious(text), "{text}");
        }
    }
}
