//! Reading: a way to read bytes that are not all UTF-8.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::cost::cost_of_words;

/// A way to read bytes that are not all UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reading {
    pub(super) charset: &'static Encoding,
    /// What is valid UTF-8 is read as that, and only the bytes between in the charset.
    pub(super) keeps_utf8: bool,
}

impl Reading {
    /// The readings in a charset.
    pub(super) fn all_in(charset: &'static Encoding) -> impl Iterator<Item = Reading> {
        // A character of several bytes is no stray byte.
        let ways = 1 + usize::from(charset.is_single_byte());
        [false, true]
            .into_iter()
            .take(ways)
            .map(move |keeps_utf8| Reading {
                charset,
                keeps_utf8,
            })
    }

    /// The text, with U+FFFD for what means nothing.
    pub(super) fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        if !self.keeps_utf8 {
            return self.charset.decode_without_bom_handling(bytes).0;
        }
        let strays = Strays::of(bytes, self.charset);
        let words = bytes.split_inclusive(u8::is_ascii_whitespace);
        let words = words.map(|word| {
            if strays.are_all_of(word) {
                self.charset.decode_without_bom_handling(word).0
            } else {
                strays.text(word).into()
            }
        });
        words.collect::<String>().into()
    }
}

/// Bytes of a single-byte charset that stand among UTF-8.
#[derive(Clone, Copy)]
pub(super) struct Strays {
    charset: &'static Encoding,
    /// Whether the UTF-8 is in a script of three bytes a letter.
    script_is_long: bool,
}

impl Strays {
    /// Those of a line.
    pub(super) fn of(line: &[u8], charset: &'static Encoding) -> Strays {
        let mut sound = line.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
        let is_long =
            |c: char| c >= '\u{800}' && c.is_alphabetic() && !matches!(c, '\u{1E00}'..='\u{1EFF}');
        Strays {
            charset,
            script_is_long: sound.any(is_long),
        }
    }

    /// Whether all of a word's bytes are strays, though some look like UTF-8: so it is likelier a word.
    pub(super) fn are_all_of(self, word: &[u8]) -> bool {
        let chunks = || word.utf8_chunks();
        let has_utf8 = chunks().any(|chunk| !chunk.valid().is_ascii());
        let has_strays = chunks().any(|chunk| !chunk.invalid().is_empty());
        let has_cuts = || chunks().any(|chunk| self.is_cut(chunk.invalid()));
        let is_doubtful = has_utf8 && has_strays || has_cuts();
        if !is_doubtful {
            return false;
        }
        let whole = self.charset.decode_without_bom_handling(word).0;
        cost_of_words(&whole) < cost_of_words(&self.text(word))
    }

    /// Whether stray bytes are the start of a longer character without its end, rather than a letter and a
    /// sign: that of a quotation mark or an emoji, or of any in a text in a script of longer ones.
    pub(super) fn is_cut(self, stray: &[u8]) -> bool {
        let of_sign = [&b"\xE2\x80"[..], b"\xE2\x82", b"\xF0\x9F"];
        let is_sign = || of_sign.iter().any(|sign| stray.starts_with(sign));
        stray.len() > 1 && (self.script_is_long || is_sign())
    }

    fn text(self, word: &[u8]) -> String {
        let mut text = String::with_capacity(word.len() * 2);
        for chunk in word.utf8_chunks() {
            text.push_str(chunk.valid());
            if self.is_cut(chunk.invalid()) {
                text.push('\u{FFFD}');
            } else {
                text.push_str(&self.charset.decode_without_bom_handling(chunk.invalid()).0);
            }
        }
        text
    }
}
