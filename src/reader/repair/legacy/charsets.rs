//! Charsets: those that texts were misread through, and those they were meant in.

use std::sync::LazyLock;

use super::super::charsets::charset;
use super::super::charsets::pairs;

/// Charsets that detectors and defaults wrongly assume, the likeliest first.
const READ_AS: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "macintosh",
    "koi8-r",
    "ibm437",
    "ibm850",
    "ibm866",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "windows-1257",
    "windows-874",
    "ibm852",
    "windows-1255",
    "x-mac-cyrillic",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-7",
    "iso-8859-13",
    "iso-8859-15",
    "koi8-u",
    "windows-1258",
    "x-mac-ce",
    "ibm737",
    "ibm857",
];

/// Charsets that texts were written in, the likeliest first.
const MEANT: &[&str] = &[
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "iso-8859-5",
    "x-mac-cyrillic",
    "windows-1250",
    "iso-8859-2",
    "ibm852",
    "x-mac-ce",
    "windows-1253",
    "iso-8859-7",
    "ibm737",
    "windows-1254",
    "windows-1255",
    "ibm862",
    "windows-1256",
    "iso-8859-6",
    "windows-874",
    "windows-1257",
    "windows-1258",
    "macintosh",
    "ibm850",
    "ibm437",
    "ibm857",
];

/// A charset in which text was meant.
#[derive(Clone, Copy)]
pub(super) enum Meant {
    Single(usize),
    Double(&'static str),
}

impl Meant {
    pub(super) fn name(self) -> &'static str {
        match self {
            Meant::Single(which) => charset::CHARSETS[which].name,
            Meant::Double(name) => name,
        }
    }

    /// The character that one byte is, if it is one.
    pub(super) fn read(self, byte: u8) -> Option<char> {
        match self {
            Meant::Single(which) => charset::CHARSETS[which].read(byte),
            Meant::Double(_) => None,
        }
    }

    /// The bytes as text, if all of them are sound.
    pub(super) fn decode(self, bytes: &[u8], text: &mut String) -> bool {
        text.clear();
        match self {
            Meant::Single(which) => {
                let table = &charset::CHARSETS[which];
                for &byte in bytes {
                    match table.read(byte) {
                        Some(c) => text.push(c),
                        None => return false,
                    }
                }
                true
            }
            Meant::Double(name) => match pairs::decode(name, bytes) {
                Some(decoded) => {
                    text.push_str(&decoded);
                    true
                }
                None => false,
            },
        }
    }
}

/// A way that a text can have been misread.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// The number of the charset that it was read as.
    pub(super) read_as: usize,
    pub(super) meant: Meant,
}

impl Way {
    /// Whether it is none. Controls read as what they are in the same charset are a finding of their own.
    pub(super) fn is_none(self) -> bool {
        self.meant.name() == charset::CHARSETS[self.read_as].name
    }

    /// Whether both charsets are of Windows or their ISO counterparts, which differ in a few letters.
    pub(super) fn is_of_windows(self) -> bool {
        let is_of_windows =
            |name: &str| name.starts_with("windows-125") || name.starts_with("iso-8859-");
        is_of_windows(charset::CHARSETS[self.read_as].name) && is_of_windows(self.meant.name())
    }
}

/// The numbers of the charsets that texts were misread through, the likeliest first.
pub(super) fn read_as() -> impl Iterator<Item = usize> {
    static NUMBERS: LazyLock<Vec<usize>> = LazyLock::new(|| numbers(READ_AS));
    NUMBERS.iter().copied()
}

/// The charsets that texts were meant in, the likeliest first.
pub(super) fn meant() -> impl Iterator<Item = Meant> {
    static NUMBERS: LazyLock<Vec<usize>> = LazyLock::new(|| numbers(MEANT));
    let singles = NUMBERS.iter().copied().map(Meant::Single);
    singles.chain(pairs::names().map(Meant::Double))
}

fn numbers(names: &[&str]) -> Vec<usize> {
    let numbers = names.iter().filter_map(|name| charset::named(name));
    numbers.collect()
}
