//! Prior: how likely a character is in news text, before anything is known about its place.
//!
//! Only used where bytes were lost and several characters fit what is left.

/// Ten times the natural logarithm of a character's likelihood, roughly; `None` for one that no
/// lost byte is ever completed to.
pub(crate) fn prior(c: char) -> Option<i32> {
    let likelihood = match c as u32 {
        0x2019 => -10,
        0x201C | 0x201D => -15,
        0x2013 | 0x2014 => -20,
        0x2026 => -25,
        0x2018 => -30,
        0x2022 => -35,
        0xA0 => -35,
        0x20AC => -40,
        0x2122 => -50,
        0x20B9 => -50,
        0xE9 => -20,
        0xE1 | 0xED | 0xF3 | 0xE8 | 0xE0 | 0xE4 | 0xF6 | 0xFC | 0xF1 | 0xE7 | 0xE3 => -25,
        0xA3 | 0xA9 | 0xAB | 0xBB | 0xB0 | 0xB7 => -35,
        0xC0..=0xFF => -40,
        0xA1..=0xBF => -50,
        0xFE0F => -30,
        0x2020 | 0x2032 | 0x2033 | 0x2039 | 0x203A | 0x201E | 0x201A => -65,
        0x2190..=0x2193 | 0x2212 | 0x2248 | 0x2264 | 0x2265 | 0x25CF | 0x25A0 | 0x2605 => -65,
        0x20A0..=0x20BF => -80,
        0x200C => -40,
        0x2010 | 0x2011 => -80,
        0x2000..=0x206F => -100,
        0x17F => -90,
        0x100..=0x17F => -45,
        0x218..=0x21B => -40,
        0x180..=0x24F => -90,
        0x300..=0x304 | 0x306..=0x309 | 0x30C => -70,
        0x386..=0x3CE => -35,
        0x401 | 0x451 | 0x404 | 0x406 | 0x407 | 0x454 | 0x456 | 0x457 | 0x490 | 0x491 => -35,
        0x410..=0x44F => -30,
        0x400..=0x45F => -60,
        0x5D0..=0x5EA => -30,
        0x5BE | 0x5F3 | 0x5F4 => -50,
        0x60C | 0x61B | 0x61F | 0x621..=0x63A | 0x641..=0x64A => -30,
        0x67E | 0x686 | 0x698 | 0x6A9 | 0x6AF | 0x6CC => -30,
        0x64B..=0x652 | 0x660..=0x669 | 0x6F0..=0x6F9 => -45,
        0x600..=0x6FF => -75,
        0x901..=0x97F | 0xE01..=0xE5B | 0xB82..=0xBFA | 0xC00..=0xC7F => -40,
        0x980..=0xDFF => -45,
        0xE80..=0xEFF | 0x1000..=0x109F | 0x10A0..=0x10FF | 0x1780..=0x17FF | 0x1200..=0x137F => {
            -50
        }
        0x530..=0x58F => -60,
        0x3001 | 0x3002 | 0xFF0C | 0x300C | 0x300D | 0xFF1A | 0xFF08 | 0xFF09 => -25,
        0x3041..=0x30FF => -35,
        0x3000..=0x303F => -60,
        0x4E00..=0x9FFF => -60,
        0xAC00..=0xD7A3 => -55,
        0x1EA0..=0x1EF9 => -35,
        0x1E00..=0x1EFF => -90,
        0x2190..=0x21FF | 0x2460..=0x24FF => -80,
        0x2200..=0x22FF => -85,
        0x2500..=0x259F => -80,
        0x25A0..=0x25FF => -75,
        0x2600..=0x27BF => emoji(c)?,
        0x2070..=0x209F | 0x2100..=0x218F => -85,
        0x2300..=0x23FF | 0x2B00..=0x2BFF => emoji(c).unwrap_or(-100),
        0xFF00..=0xFF5E => -60,
        0x1F000..=0x1FAFF => emoji(c)?,
        _ => return None,
    };
    Some(likelihood)
}

/// The likelihood of an emoji, by how often it is used.
fn emoji(c: char) -> Option<i32> {
    /// The section marks and reactions of news and the web, the commonest first.
    const COMMON: &[char] = &[
        '\u{2764}',
        '\u{1F602}',
        '\u{1F525}',
        '\u{2705}',
        '\u{1F64F}',
        '\u{1F449}',
        '\u{1F680}',
        '\u{1F4CC}',
        '\u{1F50D}',
        '\u{1F30D}',
        '\u{1F4C8}',
        '\u{1F6A8}',
        '\u{1F4A1}',
        '\u{1F389}',
        '\u{2728}',
        '\u{1F447}',
        '\u{26A0}',
        '\u{1F4B0}',
        '\u{1F3C6}',
        '\u{1F4E2}',
        '\u{1F4CA}',
        '\u{1F4CD}',
        '\u{2696}',
        '\u{26A1}',
    ];
    if let Some(rank) = COMMON.iter().position(|&e| e == c) {
        return Some(-35 - rank as i32);
    }
    match c as u32 {
        0x1F1E6..=0x1F1FF => Some(-55),
        0x1F3FB..=0x1F3FF => Some(-75),
        0x1F300..=0x1F5FF | 0x1F600..=0x1F64F | 0x1F680..=0x1F6FF => Some(-60),
        0x1F900..=0x1F9FF => Some(-65),
        0x1FA70..=0x1FAFF => Some(-80),
        0x2600..=0x27BF => Some(-65),
        0x1F000..=0x1F2FF => Some(-110),
        _ => None,
    }
}
