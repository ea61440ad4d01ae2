//! Known: which misreadings the rounds before have shown in the text.
//!
//! One damaged word proves little. But a text of which a part was misread through a charset was as
//! a rule misread through it as a whole, so that later rounds need less to read the rest so.

use super::charsets::charset;
use super::charsets::codec;
use super::charsets::glyph;
use super::charsets::pairs;
use super::multi::is_wide;
use super::page::Patch;
use crate::scan::ascii_length;

/// The charset of damage that left nothing to name one by.
pub(crate) const UNKNOWN: &str = "unknown";

/// The charsets that the text is known to have been misread through, each once, alone or with the glyphs
/// of windows-1252.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<String>);

impl Known {
    pub(crate) fn add(&mut self, patches: &[Patch]) {
        for patch in patches {
            let charset = codec::without_filling(&patch.repair.charset);
            if !self.has(charset) {
                self.0.push(charset.to_owned());
            }
        }
    }

    /// Whether the text was misread through this charset.
    pub(crate) fn has(&self, charset: &str) -> bool {
        self.0.iter().any(|known| known == charset)
    }

    /// Whether the text was misread through this charset, or through one that has the same character for
    /// the first byte of signs and as little for 80–9F.
    pub(crate) fn is_like(&self, charset: usize) -> bool {
        /// The first byte of dashes and quotation marks.
        const SIGN: u8 = 0xE2;
        let one = &charset::CHARSETS[charset];
        let names = self.0.iter().filter_map(|name| charset::named(name));
        names.map(|known| &charset::CHARSETS[known]).any(|known| {
            known.name == one.name
                || known.is_iso() && one.is_iso() && known.own(SIGN) == one.own(SIGN)
        })
    }

    /// Whether anything is left in the text that one of the charsets can have made: a lead byte and one
    /// that continues, the first of a sign, or a character of two bytes.
    pub(crate) fn may_have_left(&self, text: &str) -> bool {
        /// What dashes, quotation marks and emoji begin with; seldom are their other bytes lost.
        const TELLING: [u8; 2] = [0xE2, 0xF0];
        let names = self.0.iter();
        let charsets = names.filter_map(|name| charset::named(name));
        let charsets: Vec<usize> = charsets.collect();
        let wide = self.has_marks();
        let mut leads = 0;
        let mut rest = text;
        loop {
            let plain = ascii_length(rest.as_bytes());
            if plain > 0 {
                leads = 0;
            }
            let Some(c) = rest[plain..].chars().next() else {
                return false;
            };
            rest = &rest[plain + c.len_utf8()..];
            let id = glyph::id(c);
            let roles = glyph::roles(id);
            let of_pair = charsets.iter().any(|&charset| {
                (leads & roles.cont) >> charset & 1 == 1
                    || TELLING.contains(&glyph::byte(charset, id))
            });
            if of_pair || wide && is_wide(c) {
                return true;
            }
            leads = roles.lead.iter().fold(0, |all, lead| all | lead);
        }
    }

    /// Whether the text was misread through this multi-byte charset, or one that left only marks.
    pub(crate) fn has_pairs(&self, charset: &str) -> bool {
        self.has(charset) || self.has(UNKNOWN)
    }

    /// Whether the text was misread through a charset of which whole characters leave only marks.
    pub(crate) fn has_marks(&self) -> bool {
        self.0
            .iter()
            .any(|known| known == UNKNOWN || pairs::is_one(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_known_charset_makes_is_seen() {
        let left = |charset: &str, text: &str| Known(vec![charset.to_owned()]).may_have_left(text);
        assert!(left("windows-874", "half \u{E22}\u{E1E} full")); // 3/4
        assert!(left("windows-1252", "the men\u{E2} boats"));
        assert!(left("euc-kr", "half \u{8077} full"));
        assert!(left(UNKNOWN, "half \u{8077} full"));
        assert!(!left("windows-1252", "half \u{E22}\u{E1E} full"));
        assert!(!left("windows-1252", "“Naïve” cafés — half \u{8077} full"));
    }
}
