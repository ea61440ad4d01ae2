//! Decode: bytes → text, and which byte each place of the text came from.
//!
//! The order of trust: what the caller says, a byte order mark, UTF-8, UTF-16 by its zero bytes, and
//! last a guess by `chardetng`. Nothing is ever replaced by U+FFFD: bytes that no reading explains are
//! an error that names the first of them, and the caller leaves the file as it is.

mod error;
mod mixed;
mod rows;

use std::borrow::Cow;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

pub use self::error::{DecodeError, Undecodable};
use self::mixed::{Mixture, with_strays};
use crate::edit::{Certainty, Edit, Repair};
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

/// Which byte of the input a place in the decoded text came from.
pub(crate) enum Offsets {
    /// The text stands in the input as it is, this many bytes in.
    Shifted(usize),
    /// (offset in the text, offset in the input) at the start of every character.
    Table(Vec<(usize, usize)>),
}

impl Offsets {
    pub(crate) fn byte(&self, at: usize) -> usize {
        match self {
            Offsets::Shifted(by) => at + by,
            Offsets::Table(table) => {
                let next = table.partition_point(|&(text, _)| text <= at);
                next.checked_sub(1).map_or(0, |i| table[i].1)
            }
        }
    }
}

/// Reads `bytes` as text.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
    strict: bool,
) -> Result<Decoded<'a>, DecodeError> {
    if let Some(encoding) = declared {
        return if encoding == UTF_8 {
            as_utf8(bytes, utf8_bom(bytes))
        } else {
            as_charset(bytes, encoding)
        };
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return as_charset(bytes, encoding);
    }
    let bom = utf8_bom(bytes);
    let utf8 = utf8(&bytes[bom..]);
    let nul = memchr::memchr(0, bytes);
    let error = match (utf8, nul) {
        (Ok(text), None) => return Ok(read_whole(text, bom)),
        (Ok(_), Some(_)) => None,
        (Err(error), _) => Some(error),
    };
    if let Some(encoding) = nul.and_then(|_| utf16_by_zeros(bytes)) {
        return as_charset(bytes, encoding);
    }
    let binary = nul.or_else(|| bytes.iter().position(|&byte| is_binary(byte)));
    let (Some(error), None) = (error, binary) else {
        return Err(DecodeError {
            offset: binary.unwrap_or(0),
            reason: Undecodable::Binary,
        });
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
    match Mixture::of(&bytes[bom..]) {
        Mixture::Legacy if bom == 0 => as_guessed(bytes),
        // A UTF-8 byte order mark is the word of whoever wrote the file.
        _ => with_strays(bytes, bom),
    }
}

/// Bytes that stand in no text in a charset that keeps ASCII: NUL and most C0 controls.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)
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
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut table = Vec::with_capacity(bytes.len());
    // The byte that the character being read began with.
    let mut began = bom;
    // One byte at a time is slow beside a block, but tells which byte each character came from.
    for (at, byte) in bytes.iter().enumerate().skip(bom) {
        let before = text.len();
        let result = decode_one(&mut decoder, std::slice::from_ref(byte), &mut text, false);
        if let DecoderResult::Malformed(..) = result {
            return Err(DecodeError {
                offset: began,
                reason: Undecodable::Malformed(encoding.name()),
            });
        }
        if text.len() > before {
            table.push((before, began));
            began = at + 1;
        }
    }
    if let DecoderResult::Malformed(..) = decode_one(&mut decoder, &[], &mut text, true) {
        return Err(DecodeError {
            offset: began,
            reason: Undecodable::Truncated,
        });
    }
    table.push((text.len(), bytes.len()));
    Ok(Decoded {
        text: Cow::Owned(text),
        charset: encoding.name(),
        edits: Vec::new(),
        offsets: Offsets::Table(table),
    })
}

fn decode_one(
    decoder: &mut encoding_rs::Decoder,
    bytes: &[u8],
    text: &mut String,
    last: bool,
) -> DecoderResult {
    // The longest that one byte can give: a character of four bytes, and one that was held back.
    text.reserve(16);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, text, last);
    result
}

/// UTF-16 without a byte order mark: Latin text in it has a zero in every other byte.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Share of the units whose high byte is zero; Latin prose has nearly all, binary data few.
    const ZERO_SHARE: f64 = 0.6;
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = (sample.len() as f64 / 2.0 * ZERO_SHARE) as usize;
    match (even > enough, odd > enough) {
        (true, false) if odd == 0 => Some(UTF_16BE),
        (false, true) if even == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// The legacy charset that bytes are likeliest in.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A legacy charset nobody named.
fn as_guessed(bytes: &[u8]) -> Result<Decoded<'static>, DecodeError> {
    let encoding = guess(bytes);
    let mut decoded = as_charset(bytes, encoding)?;
    // One finding for the whole: every character of it is in the wrong charset.
    if let Some(start) = decoded.text.find(|c: char| !c.is_ascii()) {
        let rest = &decoded.text[start..];
        let end = start + rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        let read = decoded.text[start..end].to_owned();
        decoded.edits.push(read_as(encoding, start..end, &read));
    }
    Ok(decoded)
}

/// The edit for bytes that were read as `encoding`, for want of being UTF-8.
fn read_as(encoding: &'static Encoding, span: std::ops::Range<usize>, text: &str) -> Edit {
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
