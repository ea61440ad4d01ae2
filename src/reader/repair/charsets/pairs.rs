//! Pairs: the multi-byte charsets, in which two bytes make a character.
//!
//! Their tables come from `encoding_rs` and are laid out the first time that a text looks damaged
//! through one of them: some two milliseconds for each, once.

use std::sync::OnceLock;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};

/// A charset of one and two bytes a character.
#[derive(Debug)]
pub(crate) struct Pairs {
    /// Its name, as the repair reports it.
    pub(crate) name: &'static str,
    /// Which pairs every reader makes a character of, a row of 256 bits for each lead 80–FF.
    assigned: Vec<[u64; 4]>,
    reverse: Reverse,
}

/// The one or two bytes of a code unit; 0 where there are none.
#[derive(Debug)]
struct Reverse {
    /// Where the codes of each 64 units stand, by 64; 0 where there are none.
    blocks: Vec<u16>,
    codes: Vec<u16>,
}

impl Reverse {
    fn new() -> Reverse {
        Reverse {
            blocks: vec![0; 0x10000 / BLOCK],
            codes: vec![0; BLOCK],
        }
    }

    fn slot(&mut self, unit: u16) -> &mut u16 {
        let block = &mut self.blocks[usize::from(unit) / BLOCK];
        if *block == 0 {
            *block = (self.codes.len() / BLOCK) as u16;
            self.codes.extend([0; BLOCK]);
        }
        &mut self.codes[usize::from(*block) * BLOCK + usize::from(unit) % BLOCK]
    }

    fn code(&self, c: char) -> u16 {
        let block = self.blocks.get(c as usize / BLOCK).copied();
        self.codes[usize::from(block.unwrap_or(0)) * BLOCK + c as usize % BLOCK]
    }
}

/// Code units whose codes stand together. Most of them are in blocks of which a charset has nothing.
const BLOCK: usize = 64;

const BIG5_NAME: &str = "big5";

/// The charsets, the likeliest first.
const CHARSETS: [(&str, &Encoding); 5] = [
    ("gbk", GBK),
    (BIG5_NAME, BIG5),
    ("shift_jis", SHIFT_JIS),
    ("euc-kr", EUC_KR),
    ("euc-jp", EUC_JP),
];

/// All multi-byte charsets.
pub(crate) fn all() -> impl Iterator<Item = &'static Pairs> {
    wanted(|_| true)
}

/// Those with a name that is wanted; the tables of the others are not laid out.
pub(crate) fn wanted(is_wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static Pairs> {
    let wanted = move |which: &usize| is_wanted(CHARSETS[*which].0);
    (0..CHARSETS.len()).filter(wanted).map(table)
}

/// The charset with this name.
pub(crate) fn named(name: &str) -> Option<&'static Pairs> {
    wanted(|own| own == name).next()
}

/// What they are called; no table is laid out for that.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CHARSETS.iter().map(|&(name, _)| name)
}

/// Whether a charset with this name is one of them.
pub(crate) fn is_one(name: &str) -> bool {
    names().any(|own| own == name)
}

/// The bytes as text in the charset with this name, if they are sound; no table is laid out for that either.
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Option<String> {
    let (_, encoding) = CHARSETS.iter().find(|&&(own, _)| own == name)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn table(which: usize) -> &'static Pairs {
    static TABLES: [OnceLock<Pairs>; CHARSETS.len()] = [const { OnceLock::new() }; CHARSETS.len()];
    TABLES[which].get_or_init(|| {
        let (name, encoding) = CHARSETS[which];
        build(name, encoding)
    })
}

fn build(name: &'static str, encoding: &'static Encoding) -> Pairs {
    let mut pairs = Pairs {
        name,
        assigned: vec![[0; 4]; 128],
        reverse: Reverse::new(),
    };
    // The pairs of a row each on a line of its own, decoded at once: a broken one does not reach the next line.
    // Such a one costs several sound ones, so those are left out that the charset has no room for.
    let trails: Vec<u8> = (0x40..=0xFE)
        .filter(|&trail| has_trail(encoding, trail))
        .collect();
    let mut lines = Vec::with_capacity(trails.len() * 3);
    for lead in (0x81..=0xFE).filter(|&lead| has_lead(encoding, lead)) {
        lines.clear();
        for &trail in &trails {
            lines.extend([lead, trail, b'\n']);
        }
        let text = units(encoding, &lines);
        let decoded = text.split(|&unit| unit == u16::from(b'\n'));
        for (line, &trail) in decoded.zip(&trails) {
            let unit = pairs.learn(line, u16::from_be_bytes([lead, trail]));
            let is_known = unit.is_some_and(|unit| is_known(encoding, lead, unit));
            let row = &mut pairs.assigned[usize::from(lead & 0x7F)];
            row[usize::from(trail >> 6)] |= u64::from(is_known) << (trail & 0x3F);
        }
    }
    for byte in 0x80..=0xFFu8 {
        pairs.learn(&units(encoding, &[byte]), u16::from(byte));
    }
    // What Windows makes of the bytes that the standard leaves undefined.
    if encoding == SHIFT_JIS {
        for (unit, byte) in (0xF8F0..).zip([0xA0, 0xFD, 0xFE, 0xFF]) {
            pairs.learn(&[unit], byte);
        }
    }
    if encoding == BIG5 {
        for code in 0x8140..0xA0FFu16 {
            let [lead, trail] = code.to_be_bytes();
            if let Some(c) = private(lead, trail) {
                *pairs.reverse.slot(c as u16) = code;
            }
        }
    }
    pairs
}

/// The private character that Windows has for two bytes of Big5 which the standard leaves to users; Hong Kong has
/// others there.
pub(crate) fn private(lead: u8, trail: u8) -> Option<char> {
    const CELLS: u32 = 157;
    let (first, base) = if lead < 0x8E {
        (0x81, 0xEEB8)
    } else {
        (0x8E, 0xE311)
    };
    let row = u32::from(lead.checked_sub(first)?);
    let cell = match trail {
        0x40..0x7F => trail - 0x40,
        0xA1..=0xFE => trail - 0x62,
        _ => return None,
    };
    char::from_u32(base + row * CELLS + u32::from(cell))
}

/// Whether a charset has rows with this first byte.
fn has_lead(encoding: &'static Encoding, byte: u8) -> bool {
    if encoding == SHIFT_JIS {
        !matches!(byte, 0xA0..=0xDF)
    } else {
        encoding != EUC_JP || matches!(byte, 0x8E | 0xA1..)
    }
}

/// Whether a charset has columns with this second byte.
fn has_trail(encoding: &'static Encoding, byte: u8) -> bool {
    if encoding == EUC_JP {
        byte >= 0xA1
    } else if encoding == EUC_KR {
        matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | 0x81..)
    } else if encoding == BIG5 {
        !matches!(byte, 0x7F..=0xA0)
    } else {
        byte != 0x7F
    }
}

/// Whether every reader knows the character of a pair: not all know the private ones, Hong Kong's below the rows of
/// Big5, or what GB 18030 added to GBK (the euro sign, a letter of pinyin, radicals and what describes hanzi, rare
/// hanzi).
fn is_known(encoding: &'static Encoding, lead: u8, unit: u16) -> bool {
    let first = if encoding == BIG5 { 0xA1 } else { 0x81 };
    let added = || {
        encoding == GBK
            && matches!(unit, 0x1F9 | 0x20AC | 0x2E80..=0x2FFF | 0x303E | 0x3400..=0x4DBF)
    };
    lead >= first && !matches!(unit, 0xE000..=0xF8FF) && !added()
}

/// What bytes decode to, in UTF-16.
fn units(encoding: &'static Encoding, bytes: &[u8]) -> Vec<u16> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf16_buffer_length(bytes.len());
    let mut units = vec![0; most.unwrap_or_default()];
    let (_, _, written, _) = decoder.decode_to_utf16(bytes, &mut units, true);
    units.truncate(written);
    units
}

impl Pairs {
    /// Notes what one or two bytes decode to, if it is a single character; which, if so.
    fn learn(&mut self, text: &[u16], code: u16) -> Option<u16> {
        let [unit] = *text else { return None };
        if unit == 0xFFFD || unit < 0x80 {
            return None;
        }
        let slot = self.reverse.slot(unit);
        if *slot == 0 {
            *slot = code;
        }
        Some(unit)
    }

    /// The bytes of a character: one below 100 (hex), two above; 0 if the charset lacks it.
    #[inline]
    pub(crate) fn code(&self, c: char) -> u16 {
        if c.is_ascii() {
            return c as u16;
        }
        self.reverse.code(c)
    }

    /// Whether every reader makes a character of the two bytes.
    pub(crate) fn is_assigned(&self, lead: u8, trail: u8) -> bool {
        let row = &self.assigned[usize::from(lead & 0x7F)];
        lead >= 0x80 && row[usize::from(trail >> 6)] >> (trail & 0x3F) & 1 == 1
    }

    /// Whether Windows makes a character of the two bytes: in Big5 of those, too, that are left to users.
    pub(crate) fn joins_on_windows(&self, lead: u8, trail: u8) -> bool {
        self.is_assigned(lead, trail) || self.name == BIG5_NAME && private(lead, trail).is_some()
    }

    /// The text as bytes; what the charset lacks becomes `substitute`.
    pub(crate) fn encode(&self, text: &str, substitute: u8) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars() {
            match self.code(c) {
                0 if c != '\0' => bytes.push(substitute),
                code if code < 0x100 => bytes.push(code as u8),
                code => bytes.extend(code.to_be_bytes()),
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decodes_encodes() {
        for pairs in all() {
            for code in 0x8100..=0xFFFF_u16 {
                let Some(text) = decode(pairs.name, &code.to_be_bytes()) else {
                    continue;
                };
                let mut units = text.encode_utf16();
                if let (Some(_), None) = (units.next(), units.next()) {
                    let again = pairs.encode(&text, b'?');
                    assert_eq!(decode(pairs.name, &again), Some(text), "{}", pairs.name);
                }
            }
        }
    }

    #[test]
    fn a_swallowed_letter_is_in_the_pair() {
        // UTF-8 of RIGHT SINGLE QUOTATION MARK and "s", read as GBK.
        assert_eq!(
            decode("gbk", b"\xE2\x80\x99s").as_deref(),
            Some("\u{9225}\u{6A9A}")
        );
    }
}
