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
    /// The code unit of lead 80–FF and trail 00–FF; 0 where there is none.
    forward: Vec<u16>,
    /// Which of these every reader makes a character of, a row of 256 bits for each lead.
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

/// The charsets, the likeliest first.
const CHARSETS: [(&str, &Encoding); 5] = [
    ("gbk", GBK),
    ("big5", BIG5),
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

/// Whether a charset with this name is one of them; no table is laid out for the answer.
pub(crate) fn is_one(name: &str) -> bool {
    CHARSETS.iter().any(|&(own, _)| own == name)
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
        forward: vec![0; 128 * 256],
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
            pairs.learn(line, u16::from_be_bytes([lead, trail]));
            let is_known = is_known(encoding, lead, pairs.unit(lead, trail));
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
    unit != 0 && lead >= first && !matches!(unit, 0xE000..=0xF8FF) && !added()
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
    /// Notes what one or two bytes decode to, if it is a single character.
    fn learn(&mut self, text: &[u16], code: u16) {
        let [unit] = *text else { return };
        if unit == 0xFFFD || unit < 0x80 {
            return;
        }
        if code > 0xFF {
            self.forward[usize::from(code & 0x7FFF)] = unit;
        } else {
            self.forward[usize::from(code & 0x7F) << 8] = unit;
        }
        let slot = self.reverse.slot(unit);
        if *slot == 0 {
            *slot = code;
        }
    }

    /// The bytes of a character: one below 100 (hex), two above; 0 if the charset lacks it.
    #[inline]
    pub(crate) fn code(&self, c: char) -> u16 {
        if c.is_ascii() {
            return c as u16;
        }
        self.reverse.code(c)
    }

    /// The code unit of two bytes; 0 if they make no character.
    fn unit(&self, lead: u8, trail: u8) -> u16 {
        if lead < 0x81 || trail == 0 {
            return 0;
        }
        self.forward[usize::from(lead & 0x7F) << 8 | usize::from(trail)]
    }

    /// Whether the two bytes make a character.
    pub(crate) fn is_pair(&self, lead: u8, trail: u8) -> bool {
        self.unit(lead, trail) != 0
    }

    /// Whether every reader makes a character of the two bytes.
    pub(crate) fn is_assigned(&self, lead: u8, trail: u8) -> bool {
        let row = &self.assigned[usize::from(lead & 0x7F)];
        lead >= 0x80 && row[usize::from(trail >> 6)] >> (trail & 0x3F) & 1 == 1
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

    /// The bytes as text, if they are sound.
    pub(crate) fn decode(&self, bytes: &[u8]) -> Option<String> {
        let mut text = String::with_capacity(bytes.len());
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            rest = tail;
            if byte.is_ascii() {
                text.push(char::from(*byte));
                continue;
            }
            let row = usize::from(byte & 0x7F) << 8;
            let unit = match tail {
                [trail, tail @ ..] if self.is_pair(*byte, *trail) => {
                    rest = tail;
                    self.forward[row | usize::from(*trail)]
                }
                _ => self.forward[row],
            };
            text.push(char::from_u32(u32::from(unit)).filter(|&c| c != '\0')?);
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decodes_encodes() {
        for pairs in all() {
            for lead in 0x81..=0xFE {
                for trail in 0x40..=0xFE {
                    let Some(text) = pairs.decode(&[lead, trail]) else {
                        continue;
                    };
                    let again = pairs.encode(&text, b'?');
                    assert_eq!(
                        pairs.decode(&again).as_deref(),
                        Some(&*text),
                        "{}",
                        pairs.name
                    );
                }
            }
        }
    }

    #[test]
    fn every_pair_is_learnt() {
        for (which, &(name, encoding)) in CHARSETS.iter().enumerate() {
            for code in 0x8100..=0xFFFF_u16 {
                let [lead, trail] = code.to_be_bytes();
                let text = units(encoding, &[lead, trail, b'\n']);
                let one = match *text {
                    [unit, 0x0A] if unit != 0xFFFD && unit >= 0x80 => unit,
                    _ => 0,
                };
                if trail >= 0x40 {
                    assert_eq!(table(which).unit(lead, trail), one, "{name} {code:X}");
                }
            }
        }
    }

    #[test]
    fn a_swallowed_letter_is_in_the_pair() {
        // UTF-8 of RIGHT SINGLE QUOTATION MARK and "s", read as GBK.
        assert_eq!(
            named("gbk").unwrap().decode(b"\xE2\x80\x99s").as_deref(),
            Some("\u{9225}\u{6A9A}")
        );
    }
}
