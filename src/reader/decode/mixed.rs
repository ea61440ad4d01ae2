//! Mixed: UTF-8 with stray bytes of a legacy charset, told apart from a legacy charset throughout.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257};

use crate::reader::language::plausibility;

use super::rows::{Origin, is_latin, rows};
use super::{DecodeError, Decoded, Offsets, Undecodable, guess, passed_over, read_as};

/// What bytes that are not all UTF-8 look like as a whole.
pub(super) enum Mixture {
    /// UTF-8 with stray bytes of a legacy charset in it.
    Utf8,
    /// A legacy charset throughout.
    Legacy,
}

impl Mixture {
    /// What is meant outweighs what is chance, or sound characters outweigh the strays by far.
    pub(super) fn of(bytes: &[u8]) -> Mixture {
        /// How much sound UTF-8 outweighs a stray byte, from which on the document is UTF-8.
        const WEIGHT_OF_STRAY: usize = 2;
        let (mut sound, mut stray) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            // The longer a sequence, the less likely it came about by chance.
            let chars = chunk.valid().chars();
            sound += chars.map(|c| (c.len_utf8() - 1).pow(2)).sum::<usize>();
            stray += chunk.invalid().len() * WEIGHT_OF_STRAY;
        }
        if sound >= stray {
            return Mixture::Utf8;
        }
        let (mut meant, mut chance) = (0, 0);
        for row in rows(bytes) {
            match row.origin() {
                Origin::Meant => meant += 1,
                Origin::Chance => chance += 1,
                Origin::Unknown => {}
            }
        }
        if meant > chance {
            Mixture::Utf8
        } else {
            Mixture::Legacy
        }
    }
}

/// The charset of the stray bytes: the one that the text is in without the characters of UTF-8. Where
/// these are Latin letters they tell the language, so they stay, as a charset has them that has them all.
fn charset_of_strays(bytes: &[u8]) -> &'static Encoding {
    const LATIN: [&Encoding; 4] = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257];
    let tells = |c: &char| matches!(c, '\u{C0}'..='\u{17F}');
    let sound = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    let letters: String = sound.filter(tells).collect();
    let has_all = |latin: &&'static Encoding| !latin.encode(&letters).2;
    let of_letters = LATIN.into_iter().find(has_all).unwrap_or(WINDOWS_1252);
    let mut legacy = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let stays = |c: &char| c.is_ascii() || tells(c);
        let valid: String = chunk.valid().chars().filter(stays).collect();
        legacy.extend_from_slice(&of_letters.encode(&valid).0);
        legacy.extend_from_slice(chunk.invalid());
    }
    // Of few strays the guess is often that of another region; the words tell.
    let cost = |charset: &&'static Encoding| {
        let (text, undefined) = charset.decode_without_bom_handling(&legacy);
        let seen = plausibility(&text);
        // Of a letter, a thousand times: a single stray tells little of a long text.
        let mean = 1000 * u64::from(seen.cost) / u64::from(seen.letters.max(1));
        (undefined, mean)
    };
    // A character of several bytes is no stray byte.
    let guessed = Some(guess(&legacy)).filter(|charset| charset.is_single_byte());
    let charsets = [WINDOWS_1252].into_iter().chain(guessed);
    charsets.min_by_key(cost).unwrap_or(WINDOWS_1252)
}

/// UTF-8 in which single bytes of a legacy charset stand: each becomes the character it means there.
pub(super) fn with_strays(bytes: &[u8], bom: usize) -> Result<Decoded<'static>, DecodeError> {
    let charset = charset_of_strays(&bytes[bom..]);
    let malformed = |offset, charset: &'static Encoding| DecodeError {
        offset,
        reason: Undecodable::Malformed(charset.name()),
    };
    let mut sound = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    let script_is_long = sound.any(|c| c >= '\u{800}' && c.is_alphabetic() && !is_latin(c));
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut table = Vec::new();
    let mut edits = passed_over(bom);
    let mut at = bom;
    for chunk in bytes[bom..].utf8_chunks() {
        for (index, _) in chunk.valid().char_indices() {
            table.push((text.len() + index, at + index));
        }
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if is_cut(chunk.invalid(), script_is_long) {
            return Err(malformed(at, UTF_8));
        }
        for byte in chunk.invalid() {
            let read = charset
                .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(byte))
                .filter(|read| !read.chars().any(char::is_control))
                .ok_or_else(|| malformed(at, charset))?;
            let start = text.len();
            table.push((start, at));
            text.push_str(&read);
            edits.push(read_as(charset, start..text.len(), &read));
            at += 1;
        }
    }
    table.push((text.len(), bytes.len()));
    Ok(Decoded {
        text: Cow::Owned(text),
        charset: UTF_8.name(),
        edits,
        offsets: Offsets::Table(table),
    })
}

/// Whether stray bytes are the start of a longer character without its end, rather than a letter and a
/// sign: that of a quotation mark or an emoji, or of any in a text in a script of longer ones.
fn is_cut(stray: &[u8], script_is_long: bool) -> bool {
    let of_sign = [&b"\xE2\x80"[..], b"\xE2\x82", b"\xF0\x9F"];
    stray.len() > 1 && (script_is_long || of_sign.iter().any(|sign| stray.starts_with(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::decode::decode;

    /// What bytes are read as, and each stray byte with what it becomes.
    fn read(bytes: &[u8]) -> (String, Vec<(u8, String)>) {
        let decoded = decode(bytes, None, false).expect("text");
        assert_eq!(decoded.charset, "UTF-8");
        let byte = |edit: &crate::edit::Edit| bytes[decoded.offsets.byte(edit.span.start)];
        let strays = decoded
            .edits
            .iter()
            .map(|edit| (byte(edit), edit.after.clone()));
        (decoded.text.to_string(), strays.collect())
    }

    #[test]
    fn sound_characters_stay_among_stray_bytes() {
        for (bytes, text, strays) in [
            (
                &b"The caf\xE9\xE2\x80\x99s owner \x97 a na\xEFve man \x97 said \x93never\x94.\n"[..],
                "The café’s owner — a naïve man — said “never”.\n",
                "é—ï—“”",
            ),
            (
                b"S\xC3\xA3o Paulo e Bras\xEDlia s\xE3o cidades.\n",
                "São Paulo e Brasília são cidades.\n",
                "íã",
            ),
            (b"caf\xC3\xA9 is caf\xE9.\n", "café is café.\n", "é"),
            (b"\x93\xC3\x89t\xC3\xA9\x94, dit le pr\xC3\xA9fet.\n", "“Été”, dit le préfet.\n", "“”"),
            (b"fianc\xE9\x97caf\xC3\xA9, th\xE9\x97\n", "fiancé—café, thé—\n", "é—é—"),
            (
                b"Sp\xC3\xB3\xC5\x82ka og\xB3osi\xB3a, \xBFe b\xEAdzie p\xF3\xB3.\n",
                "Spółka ogłosiła, że będzie pół.\n",
                "łłżęół",
            ),
            (
                b"\xCC\xFD\xF0 \xE2\x80\x94 \xD0\xBF\xD1\x80\xD0\xB5\xD1\x81\xD1\x81\xD0\xB5 \xCE \xE3\xEE\xF0\xEE\xE4\xE5.\n",
                "Мэр — прессе О городе.\n",
                "МэрОгороде",
            ),
        ] {
            let (read, found) = read(bytes);
            assert_eq!(read, text);
            assert_eq!(found.iter().map(|(_, after)| after.as_str()).collect::<String>(), strays);
            let written = found.iter().filter(|(byte, _)| bytes.contains(byte) && !byte.is_ascii());
            assert_eq!(written.count(), strays.chars().count());
        }
    }

    #[test]
    fn a_legacy_charset_stays_one_though_some_of_it_is_utf8_by_chance() {
        for (language, label) in [
            ("ru", "windows-1251"),
            ("ru", "koi8-u"),
            ("zh-Hans", "gbk"),
            ("zh-Hant", "big5"),
            ("ja", "shift_jis"),
            ("ko", "euc-kr"),
            ("th", "windows-874"),
            ("el", "windows-1253"),
            ("he", "windows-1255"),
            ("ar", "windows-1256"),
            ("tr", "windows-1254"),
            ("pl", "windows-1250"),
            ("fr", "windows-1252"),
        ] {
            let root = env!("CARGO_MANIFEST_DIR");
            let text = std::fs::read_to_string(format!(
                "{root}/fixtures/boilerplate/{language}/article.txt"
            ));
            let charset = Encoding::for_label(label.as_bytes()).expect("a charset");
            let mut text = text.expect("UTF-8");
            text.retain(|c| !charset.encode(&c.to_string()).2);
            let bytes = charset.encode(&text).0;
            let decoded = decode(&bytes, None, false).expect("text");
            assert_eq!(decoded.charset, charset.name(), "{language}");
            assert_eq!(decoded.edits.len(), 1);
        }
        for (bytes, charset) in [
            // "её" and "моё" in KOI8: pairs that are letters of UTF-8.
            (
                &b"\xF1 \xD7\xC9\xC4\xC5\xCC \xC5\xA3 \xC9 \xCD\xCF\xA3.\n"[..],
                "KOI8-U",
            ),
            // Capitals and a closing mark, in Romanian.
            (
                b"SE \xCENCHEIE ASTFEL SCURTA ETAP\xC3 \x84TURBULENT\xC3\x94 A LUI.\n",
                "windows-1250",
            ),
        ] {
            assert_eq!(decode(bytes, None, false).expect("text").charset, charset);
        }
    }

    #[test]
    fn what_is_cut_short_is_no_stray_byte() {
        for (bytes, at) in [
            (&b"caf\xC3\xA9 \xE2\x80\x94 \xE2\x80 x\n"[..], 10),
            (
                b"caf\xC3\xA9s \xE2\x80\x94 \xF0\x9F\x98 x \xE2\x80\x94\n",
                11,
            ),
            (b"\xE4\xB8\xAD\xE6\x96\x87 \xE4\xB8 \xE4\xB8\xAD\n", 7),
        ] {
            let error = decode(bytes, None, false).err().expect("no text");
            assert_eq!(
                (error.offset, error.reason),
                (at, Undecodable::Malformed("UTF-8"))
            );
        }
    }
}
