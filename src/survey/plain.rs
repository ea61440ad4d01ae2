//! Plain prose: stretches that need nobody's attention, told by comparing many bytes at once.
//!
//! ASCII is one kind; another is ASCII with the punctuation that newsrooms set beside it, dashes, curly
//! quotation marks and ellipses, all of which are `E2 80` and one byte more. The others are words of one
//! script, and what of ASCII stands between them. No two neighbours in a stretch are worth a look, whatever
//! they are: the tables say so, and the tests go through all of them.

/// A kind of plain prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// ASCII.
    Ascii,
    /// ASCII and the punctuation beside it.
    Punctuated,
    /// Russian words: its letters but for `ё`, capitals only where a word begins. No letter of ASCII.
    Russian,
    /// Words in Devanagari, but for letters with a dot below and marks of stress. And ASCII.
    Devanagari,
    /// Thai words, but for figures and a few rare signs. No letter of ASCII.
    Thai,
}

impl Plain {
    /// What the character that these bytes begin may open.
    #[inline(always)]
    pub(super) fn opened_by(lead: u8, second: u8) -> Option<Plain> {
        match (lead, second) {
            (0xD0 | 0xD1, _) => Some(Plain::Russian),
            (0xE0, 0xA4 | 0xA5) => Some(Plain::Devanagari),
            (0xE0, 0xB8 | 0xB9) => Some(Plain::Thai),
            (LEAD, SECOND) => Some(Plain::Punctuated),
            _ => None,
        }
    }

    /// How many bytes of it there are from the start. Where a processor compares no more than 16 bytes at a
    /// time, looking letters up costs no more than comparing them does.
    #[inline(always)]
    pub(crate) fn length(self, bytes: &[u8]) -> usize {
        match self {
            Plain::Ascii => ascii_length(bytes),
            Plain::Punctuated => prose_length(bytes),
            Plain::Russian | Plain::Devanagari | Plain::Thai => 0,
        }
    }
}

/// Bytes that are looked at together: two registers of SSE2, which the compiler makes of the loops.
pub(crate) const STRIDE: usize = 32;

/// Strides of ASCII in a row after which prose is looked at as ASCII again.
const PATIENCE: usize = 8;

/// The byte that the punctuation begins with, and the one behind it.
pub(crate) const LEAD: u8 = 0xE2;
pub(crate) const SECOND: u8 = 0x80;

/// How many bytes of plain ASCII there are from the start.
#[inline(always)]
fn ascii_length(bytes: &[u8]) -> usize {
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    let all_plain =
        |stride: &[u8; STRIDE]| stride.iter().fold(true, |all, &byte| all & is_ascii(byte));
    let whole = strides
        .iter()
        .take_while(|stride| all_plain(stride))
        .count();
    let broken = strides.get(whole).map_or(rest, |stride| stride.as_slice());
    whole * STRIDE + first_ascii(broken)
}

/// The same, byte by byte.
#[inline(always)]
pub(crate) fn first_ascii(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&byte| is_ascii(byte)).count()
}

/// How many bytes of plain prose there are from the start, whole strides and whole characters only. It
/// ends where there has long been nothing but ASCII, which is passed over faster.
#[inline(always)]
fn prose_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    let mut strides_of_ascii = 0;
    while let Some(stride) = bytes[length..].first_chunk::<{ STRIDE + 1 }>() {
        let pairs = stride.iter().zip(&stride[1..]);
        let all_plain = pairs.fold(true, |all, (&byte, &next)| all & is_prose(byte, next));
        if !all_plain || strides_of_ascii == PATIENCE {
            break;
        }
        let is_ascii = stride[..STRIDE]
            .iter()
            .fold(true, |all, byte| all & byte.is_ascii());
        strides_of_ascii = if is_ascii { strides_of_ascii + 1 } else { 0 };
        length += STRIDE;
    }
    // A character may go on beyond the last stride.
    let begins = |at: usize| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
    while !begins(length) {
        length -= 1;
    }
    length
}

/// Whether a byte is ASCII that is seen, a space or a line feed, and neither begins an escape nor marks a
/// lost byte.
#[inline(always)]
pub(crate) const fn is_ascii(byte: u8) -> bool {
    // No shortcuts, here and below: a comparison of 32 bytes costs less than one branch.
    ((byte >= 0x20) & (byte < 0x7F) | (byte == b'\n'))
        & (byte != b'&')
        & (byte != b'\\')
        & (byte != b'%')
        & (byte != b'?')
}

/// Whether a byte is plain ASCII or part of the punctuation beside it, if `next` is.
#[inline(always)]
fn is_prose(byte: u8, next: u8) -> bool {
    // – — ‘ ’ “ ” …
    let is_last = (byte == 0x93) | (byte == 0x94) | (byte & 0xFA == 0x98) | (byte == 0xA6);
    // A closing quotation mark and a letter are the work of a misreading now and then.
    let opens_word = (byte == 0x9D) & next.is_ascii_alphabetic();
    is_ascii(byte)
        | (byte == LEAD) & (next == SECOND)
        | (byte == SECOND) & (next != SECOND)
        | is_last & !opens_word
}

#[cfg(test)]
mod tests {
    use super::super::Survey;
    use super::*;

    /// All characters that plain prose is made of.
    fn plain() -> Vec<char> {
        let ascii = (0..0x80u8).filter(|&byte| is_ascii(byte)).map(char::from);
        ascii.chain("–—‘’“”…".chars()).collect()
    }

    #[test]
    fn plain_prose_is_what_the_tables_have_nothing_to_say_of() {
        for &a in &plain() {
            for &b in &plain() {
                let prose = format!("“{a}{b}{}", "’".repeat(STRIDE));
                let is_plain = prose_length(prose.as_bytes()) > 0;
                // Too short for a stride: each character is looked up.
                let has_spots = Survey::of(&format!("“{a}{b}"))
                    .spots(u8::MAX)
                    .next()
                    .is_some();
                let opens_word = |a, b: char| a == '”' && b.is_alphabetic();
                assert_eq!(is_plain, !opens_word(a, b), "{a:?} {b:?}");
                assert_eq!(has_spots, opens_word(a, b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn only_plain_prose_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|c| !plain().contains(c)) {
            let text = format!("a “{c}” {}", "’".repeat(STRIDE));
            let passed = 2 + prose_length(&text.as_bytes()[2..]);
            assert!(passed <= "a “".len(), "{c:?}");
            let text = format!("a{c}{}", "a".repeat(STRIDE));
            assert_eq!(ascii_length(text.as_bytes()), 1, "{c:?}");
        }
    }

    #[test]
    fn stretches_end_where_they_end() {
        for length in 1..100 {
            let text = "a".repeat(length);
            assert_eq!(ascii_length(text.as_bytes()), length);
            let text = text + "&" + &"a".repeat(100);
            assert_eq!(ascii_length(text.as_bytes()), length);
        }
    }
}
