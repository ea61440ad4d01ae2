//! Signs: punctuation of one legacy charset that was read as another.
//!
//! English needs no letters beyond ASCII, so that of such a misreading only the apostrophes, quotation
//! marks and dashes show: "donít" was windows-1252 read as Macintosh, "itÕs" the other way round. Which
//! two charsets they were the places of the signs tell, as with [traces](super::super::traces).

use encoding_rs::Encoding;

use super::super::charsets::charset::{self, CHARSETS};

/// Charsets whose signs are met in the wrong charset, and those they are met in.
const MEANT: [&str; 4] = ["windows-1252", "macintosh", "big5", "gbk"];
const READ_AS: [&str; 4] = ["windows-1252", "macintosh", "ibm437", "ibm850"];

/// What a charset's signs look like in another.
#[derive(Debug, Clone)]
pub(crate) struct Misread {
    pub(crate) meant: &'static str,
    pub(crate) read_as: &'static str,
    /// What stands there, and the sign.
    pub(crate) signs: Vec<(Vec<char>, char)>,
}

/// All ways in which these signs can have been misread.
pub(crate) fn misreadings(signs: &[char]) -> Vec<Misread> {
    let ways = MEANT
        .iter()
        .flat_map(|&meant| READ_AS.iter().map(move |&read_as| (meant, read_as)));
    ways.filter(|(meant, read_as)| meant != read_as)
        .map(|(meant, read_as)| Misread {
            meant,
            read_as,
            signs: signs
                .iter()
                .filter_map(|&sign| Some((glyphs(sign, meant, read_as)?, sign)))
                .filter(|(glyphs, _)| !glyphs.iter().any(|glyph| signs.contains(glyph)))
                .collect(),
        })
        .collect()
}

/// What the bytes of a sign are in another charset.
fn glyphs(sign: char, meant: &str, read_as: &str) -> Option<Vec<char>> {
    let read = &CHARSETS[charset::named(read_as)?];
    let text = sign.to_string();
    let (bytes, _, unmappable) = Encoding::for_label(meant.as_bytes())?.encode(&text);
    if unmappable {
        return None;
    }
    bytes.iter().map(|&byte| read.glyph(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_in_other_charsets() {
        let of = |meant, read_as| {
            let all = misreadings(&['\u{2019}']);
            let way = all
                .into_iter()
                .find(|way| (way.meant, way.read_as) == (meant, read_as));
            way.map(|way| way.signs)
        };
        for (meant, read_as, glyphs) in [
            ("windows-1252", "macintosh", "\u{ED}"),
            ("macintosh", "windows-1252", "\u{D5}"),
            ("windows-1252", "ibm850", "\u{C6}"),
            ("big5", "windows-1252", "\u{A1}\u{A6}"),
        ] {
            let glyphs = glyphs.chars().collect();
            assert_eq!(
                of(meant, read_as),
                Some(vec![(glyphs, '\u{2019}')]),
                "{meant} {read_as}"
            );
        }
        assert_eq!(of("macintosh", "macintosh"), None);
    }
}
