//! Glyphs: from a character back to the bytes it may have been misread from, in every charset at once.
//!
//! A *glyph* is a character that at least one charset gives one of the bytes 80–FF. For each the
//! table below holds, charset by charset, the byte; and four masks with a bit a charset that say
//! where it can lead a UTF-8 sequence of two, three or four bytes, or continue one. Two touching
//! characters can be mojibake only in the charsets where the masks meet: two loads and an `and`.
//!
//! The two halves of a charset are independent. What a charset leaves undefined or to controls in
//! 80–9F may show as the windows-1252 glyph of the byte or as the raw control: later steps on the
//! way do both. So those stand for the byte too.

use super::charset::CHARSETS;

/// How many charsets there are.
pub(crate) const COUNT: usize = CHARSETS_LEN;
const CHARSETS_LEN: usize = CHARSETS.len();
/// The most glyphs there may be; the build fails when they are more.
pub(crate) const GLYPHS: usize = 1024;
/// The most blocks of 256 code points that hold a glyph.
const PAGES: usize = 24;

/// What a glyph can be, a bit a charset.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Roles {
    /// Leads two bytes, three bytes, four bytes.
    pub(crate) lead: [u64; 3],
    /// Continues a sequence.
    pub(crate) cont: u64,
}

struct Index {
    page_of: [u8; 256],
    pages: [[u16; 256]; PAGES],
    roles: [Roles; GLYPHS],
    bytes: [[u8; GLYPHS]; CHARSETS_LEN],
    /// The byte of windows-1252 for a glyph that is also the charset's own for another byte.
    others: [[u8; GLYPHS]; CHARSETS_LEN],
}

static INDEX: Index = build();

const fn build() -> Index {
    const NONE: Roles = Roles {
        lead: [0; 3],
        cont: 0,
    };
    let mut index = Index {
        page_of: [0; 256],
        pages: [[0; 256]; PAGES],
        roles: [NONE; GLYPHS],
        bytes: [[0; GLYPHS]; CHARSETS_LEN],
        others: [[0; GLYPHS]; CHARSETS_LEN],
    };
    let mut pages = 1;
    let mut glyphs = 1;
    // Own glyphs first: where a windows-1252 glyph is also a charset's own, the own byte counts.
    let mut layer = 0;
    while layer < 3 {
        let mut k = 0;
        while k < CHARSETS_LEN {
            let mut low = 0;
            while low < 128 {
                let byte = 0x80 + low as u8;
                let own = CHARSETS[k].own(byte);
                let glyph = match layer {
                    0 => own,
                    1 if own.is_none() => CHARSETS[0].own(byte),
                    2 if byte < 0xA0 => Some(byte as u16),
                    _ => None,
                };
                if let Some(c) = glyph {
                    let block = (c >> 8) as usize;
                    if index.page_of[block] == 0 {
                        index.page_of[block] = pages;
                        pages += 1;
                    }
                    let slot = &mut index.pages[index.page_of[block] as usize][(c & 0xFF) as usize];
                    if *slot == 0 {
                        *slot = glyphs;
                        glyphs += 1;
                    }
                    let id = *slot as usize;
                    let slot = &mut index.bytes[k][id];
                    if *slot == 0 {
                        *slot = byte;
                    } else if layer == 1 && byte < 0xC0 {
                        index.others[k][id] = byte;
                    } else {
                        low += 1;
                        continue;
                    }
                    let roles = &mut index.roles[id];
                    match byte {
                        0x80..=0xBF => roles.cont |= 1 << k,
                        0xC2..=0xDF => roles.lead[0] |= 1 << k,
                        0xE0..=0xEF => roles.lead[1] |= 1 << k,
                        0xF0..=0xF4 => roles.lead[2] |= 1 << k,
                        _ => {}
                    }
                }
                low += 1;
            }
            k += 1;
        }
        layer += 1;
    }
    index
}

/// The number of what is no glyph.
pub(crate) const NONE: u16 = 0;

/// The number of a character among the glyphs; [`NONE`] for one that is none.
#[inline]
pub(crate) fn id(c: char) -> u16 {
    let c = c as u32;
    if c > 0xFFFF {
        return NONE;
    }
    INDEX.pages[INDEX.page_of[(c >> 8) as usize] as usize][(c & 0xFF) as usize]
}

/// What a glyph can be in the charsets.
#[inline]
pub(crate) fn roles(id: u16) -> &'static Roles {
    &INDEX.roles[id as usize]
}

/// The byte a glyph stands for in a charset; 0 if it stands for none.
#[inline]
pub(crate) fn byte(charset: usize, id: u16) -> u8 {
    INDEX.bytes[charset][id as usize]
}

/// The byte a glyph stands for within a sequence: one that continues, where there are two.
#[inline]
pub(crate) fn inner_byte(charset: usize, id: u16) -> u8 {
    match INDEX.bytes[charset][id as usize] {
        own @ 0x80..=0xBF => own,
        own => match other_byte(charset, id) {
            0 => own,
            other => other,
        },
    }
}

/// The byte a glyph stands for besides, where windows-1252 fills the gaps of the charset; or 0.
#[inline]
pub(crate) fn other_byte(charset: usize, id: u16) -> u8 {
    INDEX.others[charset][id as usize]
}

/// The bytes a glyph may stand for in a charset.
pub(crate) fn bytes(charset: usize, id: u16) -> impl Iterator<Item = u8> {
    let both = [byte(charset, id), other_byte(charset, id)];
    both.into_iter().filter(|&byte| byte != 0)
}

/// Every glyph.
pub(crate) fn all() -> impl Iterator<Item = char> {
    ('\u{80}'..='\u{FFFF}').filter(|&c| id(c) != NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::repair::charsets::charset::named;

    #[test]
    fn the_halves_are_independent() {
        let thai = named("windows-874").unwrap();
        // THAI CHARACTER SARA O, EURO SIGN, TRADE MARK SIGN (windows-1252), and its raw control.
        for (c, want) in [
            ('\u{E42}', 0xE2),
            ('\u{20AC}', 0x80),
            ('\u{2122}', 0x99),
            ('\u{99}', 0x99),
        ] {
            assert_eq!(byte(thai, id(c)), want);
        }
        assert_eq!(id('a'), 0);
    }
}
