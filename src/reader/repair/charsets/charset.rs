//! Charsets: which character each single-byte charset gives the bytes 80–FF.
//!
//! The tables are text files in `src/data/charsets/`, parsed by the compiler, so that the program
//! has nothing to parse or build when it starts.

/// A single-byte charset that a reader may have taken UTF-8 for.
#[derive(Debug)]
pub(crate) struct Charset {
    /// Its name, as the repair reports it.
    pub(crate) name: &'static str,
    /// The same where windows-1252 fills its gaps.
    pub(crate) filled: &'static str,
    /// The characters of the bytes 80–FF; 0 where the charset has none.
    pub(crate) upper: [u16; 128],
}

impl Charset {
    /// The charset's own character for a byte, if it has one and that is not a C1 control.
    pub(crate) const fn own(&self, byte: u8) -> Option<u16> {
        match self.upper[(byte & 0x7F) as usize] {
            0 => None,
            c if c >= 0x80 && c < 0xA0 => None,
            c => Some(c),
        }
    }

    /// The same as a character.
    #[inline]
    pub(crate) fn glyph(&self, byte: u8) -> Option<char> {
        char::from_u32(u32::from(self.own(byte)?))
    }

    /// What it reads a byte as, one of ASCII as every charset does.
    #[inline]
    pub(crate) fn read(&self, byte: u8) -> Option<char> {
        if byte.is_ascii() {
            Some(char::from(byte))
        } else {
            self.glyph(byte)
        }
    }

    /// Whether it has a character for each of the bytes 80–9F, as those of DOS and the Mac do: no
    /// reading through it leaves a C1 control.
    pub(crate) fn is_full(&self) -> bool {
        (0x80..=0x9F).all(|byte| self.own(byte).is_some())
    }

    /// Whether the bytes 80–9F are all controls: the ISO-8859 family.
    pub(crate) const fn is_iso(&self) -> bool {
        self.own(0x80).is_none() && self.own(0x93).is_none()
    }
}

macro_rules! charsets {
    ($($name:literal)*) => {
        /// Every single-byte charset, the likeliest first: of two that explain a text equally
        /// well, the earlier is named.
        pub(crate) static CHARSETS: &[Charset] = &TABLES;
        const TABLES: [Charset; [$($name),*].len()] = [$(Charset {
            name: $name,
            filled: concat!($name, "+1252"),
            upper: parse(include_str!(concat!("../../../data/charsets/", $name, ".txt"))),
        },)*];
    };
}

charsets! {
    "windows-1252" "windows-874" "windows-1250" "windows-1251" "windows-1253" "windows-1254"
    "windows-1255" "windows-1256" "windows-1257" "windows-1258" "macintosh" "ibm437" "ibm850"
    "ibm852" "ibm866" "koi8-r" "koi8-u" "x-mac-cyrillic" "iso-8859-1" "iso-8859-2" "iso-8859-7"
    "iso-8859-15" "iso-8859-9" "iso-8859-5" "iso-8859-13" "iso-8859-3" "iso-8859-4" "iso-8859-6"
    "iso-8859-8" "iso-8859-10" "iso-8859-14" "iso-8859-16" "ibm737" "ibm775" "ibm855" "ibm857"
    "ibm860" "ibm861" "ibm862" "ibm863" "ibm864" "ibm865" "ibm869" "x-mac-greek" "x-mac-turkish"
    "x-mac-ce" "x-mac-icelandic" "x-mac-romanian" "x-mac-croatian"
}

/// Reads a table: `#` comments, then eight rows of sixteen code points in hexadecimal.
const fn parse(file: &str) -> [u16; 128] {
    let text = file.as_bytes();
    let mut upper = [0u16; 128];
    let (mut at, mut cell) = (0, 0);
    while at < text.len() {
        match text[at] {
            b'#' => {
                while at < text.len() && text[at] != b'\n' {
                    at += 1;
                }
            }
            b' ' | b'\n' => at += 1,
            _ => {
                let mut value = 0;
                let mut digit = 0;
                while digit < 4 {
                    value = value * 16 + hex(text[at + digit]);
                    digit += 1;
                }
                upper[cell] = value;
                cell += 1;
                at += 4;
            }
        }
    }
    assert!(cell == 128, "a charset table has 128 cells");
    upper
}

const fn hex(digit: u8) -> u16 {
    match digit {
        b'.' => 0,
        b'0'..=b'9' => (digit - b'0') as u16,
        b'A'..=b'F' => (digit - b'A' + 10) as u16,
        _ => panic!("a cell is four hexadecimal digits or four dots"),
    }
}

/// The charset with this name.
pub(crate) fn named(name: &str) -> Option<usize> {
    CHARSETS.iter().position(|charset| charset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_file_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/data/charsets");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let mut names: Vec<String> = CHARSETS.iter().map(|c| format!("{}.txt", c.name)).collect();
        names.sort();
        assert_eq!(files, names);
    }

    #[test]
    fn tables_agree_with_encoding_rs_where_it_has_the_charset() {
        // encoding_rs follows the web, where these differ on purpose from the standard tables.
        const OWN_WAY: &[&str] = &["iso-8859-1", "iso-8859-9", "koi8-u"];
        for charset in CHARSETS.iter().filter(|c| !OWN_WAY.contains(&c.name)) {
            let Some(encoding) = encoding_rs::Encoding::for_label(charset.name.as_bytes()) else {
                continue;
            };
            for byte in 0x80..=0xFFu8 {
                let Some(own) = charset.own(byte) else {
                    continue;
                };
                let byte_alone = [byte];
                let (text, _) = encoding.decode_without_bom_handling(&byte_alone);
                let theirs = text.chars().next().unwrap_or_default();
                if theirs != '\u{FFFD}' {
                    assert_eq!(
                        u32::from(own),
                        u32::from(theirs),
                        "{} {byte:02X}",
                        charset.name
                    );
                }
            }
        }
    }
}
