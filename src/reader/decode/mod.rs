//! Decode: bytes → text, and which byte each place of the text came from.
//!
//! The order of trust: what the caller says, a byte order mark, UTF-8, UTF-16 by its zero bytes, ISO-2022-JP by its
//! escapes, and last a guess by the language model, line by line. Nothing is ever replaced by U+FFFD: bytes that no
//! reading explains are an error that names the first of them, and the caller leaves the file as it is.

mod cost;
mod error;
mod guess;
mod mixed;
mod offsets;
mod parts;
mod reading;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use encoding_rs::{Decoder, DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

pub use self::error::{DecodeError, Undecodable};
use self::mixed::line_by_line;
pub(crate) use self::offsets::Offsets;
use self::offsets::Table;
use self::parts::Parts;
use crate::edit::{Certainty, Edit, Repair};
use crate::reader::language::{BIT, plausibility};
use crate::reader::repair::Step;
use crate::rules::Rule;

/// Text read from bytes.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// The charset's name in the Encoding Standard.
    pub charset: &'static str,
    /// What was wrong with the bytes, as edits whose spans are already offsets into `text`; they
    /// have been made.
    pub edits: Vec<Edit>,
    pub offsets: Offsets,
}

/// Reads `bytes` as text.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
    strict: bool,
) -> Result<Decoded<'a>, DecodeError> {
    match declared {
        Some(encoding) if encoding == UTF_8 => as_utf8(bytes, utf8_bom(bytes)),
        Some(encoding) => as_charset(bytes, encoding),
        None => decode_behind(bytes, None, strict),
    }
}

/// The same of bytes of which nobody says what they are, behind others that were found to be in a charset.
pub(crate) fn decode_behind<'a>(
    bytes: &'a [u8],
    before: Option<&'static Encoding>,
    strict: bool,
) -> Result<Decoded<'a>, DecodeError> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let before = marked.or(before);
    if let Some(encoding) = before.filter(|&encoding| is_utf16(encoding)) {
        return as_charset(bytes, encoding);
    }
    let bom = utf8_bom(bytes);
    let utf8 = utf8(&bytes[bom..]);
    let steers = memchr::memchr2(0, ESCAPE, bytes).is_some();
    if let (Ok(text), false) = (utf8, steers) {
        return Ok(read_whole(text, bom));
    }
    let nul = memchr::memchr(0, bytes);
    if let Some(encoding) = nul.and_then(|_| utf16_by_zeros(bytes)) {
        return as_charset(bytes, encoding);
    }
    let binary = || bytes.iter().position(|&byte| is_binary(byte));
    if let Some(offset) = nul.or_else(|| utf8.is_err().then(binary).flatten()) {
        return Err(DecodeError {
            offset,
            reason: Undecodable::Binary,
        });
    }
    let error = match utf8 {
        Ok(_) if !strict && is_iso_2022_jp(bytes) => return in_charset(bytes, ISO_2022_JP),
        Ok(text) => return Ok(read_whole(text, bom)),
        Err(error) => error,
    };
    let (invalid, truncated) = (bom + error.valid_up_to(), error.error_len().is_none());
    if truncated && bytes[bom..invalid].iter().any(|byte| !byte.is_ascii()) {
        return Err(DecodeError {
            offset: invalid,
            reason: Undecodable::Truncated,
        });
    }
    if strict {
        return Err(DecodeError {
            offset: invalid,
            reason: Undecodable::NotUtf8,
        });
    }
    line_by_line(bytes, bom, before)
}

/// The byte that the escapes of ISO-2022-JP begin with.
const ESCAPE: u8 = 0x1B;

/// Bytes that stand in no text in a charset that keeps ASCII: NUL and most C0 controls.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)
}

pub(crate) fn is_utf16(encoding: &Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16, if a text that begins so is in it.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let marked = marked.filter(|&encoding| is_utf16(encoding));
    marked.or_else(|| memchr::memchr(0, bytes).and_then(|_| utf16_by_zeros(bytes)))
}

/// Whether what is ASCII escapes to Japanese, and means something all along.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let escapes = |escape| memchr::memmem::find(bytes, escape).is_some();
    (escapes(b"\x1B$B") || escapes(b"\x1B$@"))
        && ISO_2022_JP
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
}

/// The bytes as UTF-8. What is none is read again for where: knowing that all along costs more.
fn utf8(bytes: &[u8]) -> Result<&str, simdutf8::compat::Utf8Error> {
    simdutf8::basic::from_utf8(bytes).or_else(|_| simdutf8::compat::from_utf8(bytes))
}

/// Length of the byte order mark of UTF-8 that `bytes` begin with.
pub(crate) fn utf8_bom(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    }
}

/// The bytes without the part of a character that UTF-8 breaks off in.
///
/// ```
/// use artclean::reader::whole_characters;
/// assert_eq!(whole_characters(b"caf\xC3"), b"caf");
/// assert_eq!(whole_characters(b"caf\xE9s"), b"caf\xE9s");
/// ```
pub fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

fn as_utf8(bytes: &[u8], bom: usize) -> Result<Decoded<'_>, DecodeError> {
    let text = utf8(&bytes[bom..]).map_err(|error| DecodeError {
        offset: bom + error.valid_up_to(),
        reason: if error.error_len().is_none() {
            Undecodable::Truncated
        } else {
            Undecodable::Malformed(UTF_8.name())
        },
    })?;
    Ok(read_whole(text, bom))
}

/// All of the bytes behind a byte order mark of this length as text.
fn read_whole(text: &str, bom: usize) -> Decoded<'_> {
    Decoded {
        text: Cow::Borrowed(text),
        charset: UTF_8.name(),
        edits: passed_over(bom),
        offsets: Offsets::Shifted(bom),
    }
}

/// The edit for a byte order mark of UTF-8 of this length, which is no part of the text.
fn passed_over(bom: usize) -> Vec<Edit> {
    let marked = (bom > 0).then(|| Edit::delete(Rule::U304, 0..0));
    marked.into_iter().collect()
}

/// Reads all of `bytes` in one charset, the byte order mark aside.
fn as_charset(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded<'static>, DecodeError> {
    let bom = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut table = Table::default();
    read_into(bytes, bom..bytes.len(), encoding, &mut text, &mut table)?;
    table.add(text.len(), bytes.len());
    Ok(Decoded {
        text: Cow::Owned(text),
        charset: encoding.name(),
        edits: Vec::new(),
        offsets: Offsets::Table(table),
    })
}

/// Bytes that are read at once.
const BLOCK: usize = 16 << 10;

/// Reads a range of `bytes` in one charset, behind a text and its table of offsets.
fn read_into(
    bytes: &[u8],
    range: Range<usize>,
    encoding: &'static Encoding,
    text: &mut String,
    table: &mut Table,
) -> Result<(), DecodeError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // The longest that one byte can give: a character of four bytes, and one that was held back.
    let mut room = "\0".repeat(16);
    let malformed = |offset| DecodeError {
        offset,
        reason: Undecodable::Malformed(encoding.name()),
    };
    // The byte that the character being read began with.
    let mut began = range.start;
    if let Some(width) = width(encoding) {
        for block in bytes[range.clone()].chunks(BLOCK) {
            let start = text.len();
            let most = decoder.max_utf8_buffer_length_without_replacement(block.len());
            text.reserve(most.unwrap_or_default());
            let (result, _) = decoder.decode_to_string_without_replacement(block, text, false);
            for (index, c) in text[start..].char_indices() {
                table.add(start + index, began);
                began += width(c);
            }
            if let DecoderResult::Malformed(..) = result {
                return Err(malformed(began));
            }
        }
        return ended(decoder, began, text, &mut room);
    }
    let mut at = range.start;
    while at < range.end {
        if began == at && encoding.is_ascii_compatible() {
            let ascii = &bytes[at..range.end];
            let ascii = &ascii[..Encoding::ascii_valid_up_to(ascii)];
            if !ascii.is_empty() {
                table.add(text.len(), at);
                text.extend(ascii.iter().copied().map(char::from));
                at += ascii.len();
                began = at;
                continue;
            }
        }
        // One byte at a time is slow beside a block, but tells which byte each character came from.
        let byte = std::slice::from_ref(&bytes[at]);
        let (result, _, written) =
            decoder.decode_to_str_without_replacement(byte, &mut room, false);
        if let DecoderResult::Malformed(..) = result {
            return Err(malformed(began));
        }
        at += 1;
        if written > 0 {
            table.add(text.len(), began);
            text.push_str(&room[..written]);
            began = at;
        }
    }
    ended(decoder, began, text, &mut room)
}

/// Reads the end of a text; `began` says where what the decoder holds back began.
fn ended(
    mut decoder: Decoder,
    began: usize,
    text: &mut String,
    room: &mut str,
) -> Result<(), DecodeError> {
    let (result, _, written) = decoder.decode_to_str_without_replacement(&[], room, true);
    text.push_str(&room[..written]);
    match result {
        DecoderResult::Malformed(..) => Err(DecodeError {
            offset: began,
            reason: Undecodable::Truncated,
        }),
        _ => Ok(()),
    }
}

/// How many bytes each character takes, in a charset in which that can be told from the character.
fn width(encoding: &'static Encoding) -> Option<fn(char) -> usize> {
    if encoding.is_single_byte() {
        Some(|_| 1)
    } else if is_utf16(encoding) {
        Some(|c| 2 * c.len_utf16())
    } else {
        None
    }
}

/// UTF-16 without a byte order mark: only on the right side of its zeros it is text.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Bytes at the start that tell.
    const SAMPLE: usize = 4096;
    /// Mean cost of a letter from which a text is none: prose in hanzi comes to 10 bits.
    const NO_TEXT: u16 = 14 * BIT;
    /// Of Latin text it is the same without the zeros, or nearly so.
    const SIMILAR: u16 = 2 * BIT;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let judged = [UTF_16LE, UTF_16BE].into_iter().filter_map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let steers = |c: char| c.is_control() && !c.is_whitespace();
        (!text.contains(steers)).then_some((plausibility(&text).per_letter(), encoding))
    });
    let (cost, encoding) = judged.min_by_key(|&(cost, _)| cost)?;
    // Sound text that somehow got zeros is better off without them.
    let is_sound = |text: &&str| !text.bytes().any(|byte| byte != 0 && is_binary(byte));
    let sound = std::str::from_utf8(whole_characters(sample)).ok();
    let without = |text: &str| plausibility(&text.replace('\0', "")).per_letter();
    let rival = sound.filter(is_sound).map_or(NO_TEXT, without);
    let is_text = cost < NO_TEXT && cost < rival + SIMILAR;
    (is_text && bytes.len().is_multiple_of(2)).then_some(encoding)
}

/// All of the bytes in a legacy charset that nobody named.
fn in_charset(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded<'static>, DecodeError> {
    let mut parts = Parts::new(bytes, 0);
    parts.whole(0..bytes.len(), encoding)?;
    Ok(parts.end())
}

/// The edit for bytes that were read as `encoding`, for want of being UTF-8.
fn read_as(encoding: &'static Encoding, span: Range<usize>, text: &str) -> Edit {
    Edit {
        rule: Rule::E104,
        span,
        after: text.to_owned(),
        certainty: Certainty::Inferred,
        repair: Some(Arc::new(Repair {
            charset: encoding.name().into(),
            steps: vec![Step::Decode(encoding.name().into())],
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAPANESE: &str = "政府は今日、新しい橋が1月に開通すると発表した。\n";

    #[test]
    fn utf16_is_known_by_its_zeros_in_every_script() {
        for text in [
            "Three ferries stayed in port.\n",
            "Три парома остались в порту.\n",
            "Τρία πλοία έμειναν στο λιμάνι.\n",
            "ظلت ثلاث سفن في الميناء.\n",
            "政府今天宣布，新的大桥将于一月通车。\n",
            "가을 여객선 3척이 항구에 남았다.\n",
            JAPANESE,
        ] {
            let units = || text.encode_utf16();
            for (bytes, charset) in [
                (
                    units().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
                    "UTF-16LE",
                ),
                (units().flat_map(u16::to_be_bytes).collect(), "UTF-16BE"),
            ] {
                let decoded = decode(&bytes, None, false).expect(text);
                assert_eq!((decoded.charset, &*decoded.text), (charset, text));
            }
        }
    }

    #[test]
    fn zeros_in_other_bytes_are_no_utf16() {
        for bytes in [
            &b"Three ferries\0 stayed in port all day.\n"[..],
            b"caf\xC3\xA9 \0\n",
            b"caf\xC3\xA9s by the sea\nH\0a\0l\0l\0o\0 \0W\0e\0l\0t\0\n\0",
            b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR",
        ] {
            let error = decode(bytes, None, false).err().expect("no text");
            assert_eq!(error.reason, Undecodable::Binary);
        }
    }

    #[test]
    fn iso_2022_jp_is_known_by_its_escapes() {
        let bytes = ISO_2022_JP.encode(JAPANESE).0;
        let decoded = decode(&bytes, None, false).expect("text");
        assert_eq!((decoded.charset, &*decoded.text), ("ISO-2022-JP", JAPANESE));
        // The colours of a terminal, and what only looks like it.
        for text in ["\u{1B}[1mbold\u{1B}[0m\n", "a \u{1B}$B price\n"] {
            let decoded = decode(text.as_bytes(), None, false).expect("text");
            assert_eq!((decoded.charset, &*decoded.text), ("UTF-8", text));
        }
    }
}
