//! Channel: what one charset and the steps after it did to each byte.
//!
//! The upper half (A0–FF) is the charset's. The lower half (80–9F) may be its own, the windows-1252
//! glyphs, raw controls, or gone; a byte the charset leaves undefined may be dropped, or have become
//! U+FFFD or a question mark. Which of these happened is read off the document: a byte whose glyph
//! is seen is not lost.

use super::charset::CHARSETS;
use super::glyph;

/// The euro sign, and the byte that windows-1252 and others have it at: the second one of all quotation marks.
pub(crate) const EURO: u16 = 0x20AC;
pub(crate) const FIRST: u8 = 0x80;

/// The trade mark sign, and the byte that windows-1252 and others have it at: the last one of apostrophes.
const TRADE_MARK: u16 = 0x2122;
pub(crate) const LAST: u8 = 0x99;

/// The copyright sign, whose byte the commonest accented letter of Western Europe has, and the registered sign: each as
/// a bit of its own; 0 for what is neither.
pub(crate) fn symbol(own: Option<u16>) -> u8 {
    match own {
        Some(0xA9) => 1,
        Some(0xAE) => 2,
        _ => 0,
    }
}
const COPYRIGHT: u8 = 1;

/// A set of the bytes 80–FF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bytes(u128);

impl Bytes {
    pub(crate) fn add(&mut self, byte: u8) {
        self.0 |= 1 << (byte & 0x7F);
    }

    /// Those that continue a character.
    pub(crate) fn continuing(self) -> Bytes {
        Bytes(self.0 & u128::from(u64::MAX))
    }

    pub(crate) fn has(self, byte: u8) -> bool {
        byte >= 0x80 && self.0 >> (byte & 0x7F) & 1 == 1
    }

    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let low = rest.trailing_zeros() as u8;
                rest &= rest - 1;
                0x80 | low
            })
        })
    }
}

/// How the bytes that the charset leaves undefined in 80–9F show in a document.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    /// Characters with all their bytes.
    pub(crate) exact: u32,
    /// windows-1252 glyphs stand for them.
    pub(crate) filled: u32,
    /// Raw controls stand for them.
    pub(crate) raw: u32,
    /// Bytes 80–9F, whatever stands for them, and where a mark does for what must be one of the euro or trade mark
    /// sign.
    pub(crate) low: u32,
    pub(crate) low_gone: u32,
    /// The no-break space stands where it belongs.
    pub(crate) nbsp: u32,
    /// The soft hyphen stands where it belongs.
    pub(crate) shy: u32,
    /// Where the euro sign stands for its byte, and where it is missing from a quotation mark, dash or ellipsis.
    pub(crate) euro: u32,
    pub(crate) euro_gone: u32,
    /// Where the byte of the trade mark sign stands, and where it is missing from the apostrophe of a contraction.
    pub(crate) trade_mark: u32,
    pub(crate) trade_mark_gone: u32,
    /// Each [`symbol`] that stands for its byte, and how many first bytes of a letter stand before another letter.
    pub(crate) symbols: u8,
    pub(crate) bare: u32,
    /// What later steps have made of glyphs, and of nothing else.
    pub(crate) formed: u32,
    /// Lead bytes that nothing follows which could stand for a lost byte.
    pub(crate) dropped: u32,
    /// U+FFFD and question marks after what may be part of a character.
    pub(crate) replaced: u32,
    pub(crate) questioned: u32,
}

/// A charset, and which bytes can have got lost on the way.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    /// Index into the charsets.
    pub(crate) charset: usize,
    /// Bytes that left no trace, or U+FFFD, or a question mark.
    pub(crate) lost: Bytes,
    /// The byte whose glyph is a no-break space, which later steps make a space of.
    pub(crate) nbsp: u8,
    /// Whether lost bytes leave no trace at all.
    pub(crate) drops: bool,
    /// The byte whose glyph is a soft hyphen, which later steps drop.
    pub(crate) shy: u8,
    /// Whether later steps have made other characters of some glyphs.
    pub(crate) formed: bool,
}

impl Channel {
    pub(crate) fn new(charset: usize, seen: Seen) -> Channel {
        let table = &CHARSETS[charset];
        // Where none of 80–9F shows, what took them for controls has taken them out, or put marks for them, whatever the
        // charset has there.
        let no_low = seen.low == 0 && (seen.dropped > 0 || seen.low_gone > 0);
        // What takes symbols out takes all that there are.
        let no_symbols = seen.symbols & COPYRIGHT == 0 && seen.bare > 1;
        let mut channel = Channel {
            charset,
            lost: Bytes::default(),
            nbsp: 0,
            drops: seen.replaced == 0 && (seen.questioned == 0 || seen.dropped > 0),
            shy: 0,
            formed: seen.formed > 0,
        };
        for byte in 0x80..=0xFF {
            match table.own(byte) {
                _ if byte < 0xA0 && no_low => channel.lost.add(byte),
                Some(0xA0) if seen.nbsp > 0 || seen.dropped > 0 => {}
                Some(0xAD) if seen.shy > 0 => {}
                // Tables that are older than the euro have nothing there.
                Some(EURO) if byte == FIRST && seen.euro == 0 && seen.euro_gone > 0 => {
                    channel.lost.add(byte);
                }
                // Of text that was misread as most is.
                Some(TRADE_MARK)
                    if charset == 0
                        && byte == LAST
                        && seen.trade_mark == 0
                        && (seen.trade_mark_gone > 0 || no_symbols) =>
                {
                    channel.lost.add(byte);
                }
                own if no_symbols && symbol(own) & !seen.symbols != 0 => channel.lost.add(byte),
                Some(0xA0) => channel.nbsp = byte,
                Some(0xAD) => channel.shy = byte,
                Some(_) => {}
                None if byte < 0xA0 && seen.raw > seen.filled => {}
                None if seen.filled > 0 && CHARSETS[0].own(byte).is_some() => {}
                // What fills the others has controls for these.
                None if byte < 0xA0 && seen.raw > 0 && CHARSETS[0].own(byte).is_none() => {}
                None => channel.lost.add(byte),
            }
        }
        channel
    }

    /// The byte a character stands for; 0 if it stands for none.
    #[inline]
    pub(crate) fn byte(&self, id: u16) -> u8 {
        glyph::byte(self.charset, id)
    }

    /// The byte a character stands for inside a sequence; 0 if it stands for none.
    #[inline]
    pub(crate) fn inner(&self, id: u16) -> u8 {
        glyph::inner_byte(self.charset, id)
    }
}
