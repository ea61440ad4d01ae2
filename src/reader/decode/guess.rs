//! Guess: which legacy charset bytes are in, by the words that they spell there.

use super::cost::{Cost, FLUENT_WIDE, cost, cost_of_words};
use super::reading::Reading;
use crate::reader::language::{BIT, Language};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5,
    ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15,
    ISO_8859_16, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};

/// The charsets that news was written in, the likeliest first. (The decoder of GBK is that of gb18030.)
static CHARSETS: [&Encoding; 32] = [
    WINDOWS_1252,
    WINDOWS_1251,
    WINDOWS_1250,
    GBK,
    SHIFT_JIS,
    BIG5,
    EUC_KR,
    WINDOWS_1254,
    WINDOWS_1256,
    WINDOWS_1253,
    WINDOWS_1255,
    WINDOWS_874,
    WINDOWS_1257,
    WINDOWS_1258,
    EUC_JP,
    ISO_8859_2,
    KOI8_U,
    KOI8_R,
    ISO_8859_7,
    ISO_8859_15,
    ISO_8859_13,
    ISO_8859_4,
    ISO_8859_5,
    ISO_8859_6,
    ISO_8859_8,
    IBM866,
    MACINTOSH,
    X_MAC_CYRILLIC,
    ISO_8859_16,
    ISO_8859_14,
    ISO_8859_3,
    ISO_8859_10,
];

/// What a charset costs over the one before it in the list.
const RANK_COST: u32 = BIT as u32 / 2;
/// Bytes of words by which all readings are judged, first as words of any language.
const FIRST_SAMPLE: usize = 200;
/// How many readings are judged by language then. With twelve, Welsh in ISO-8859-14 was not found.
const FINALISTS: usize = 16;
/// And none that costs more than the best does by this part of that: words in another alphabet cost twice as much.
const NEAR: u32 = 2;
/// Of those judged, one in so many is judged by so many times more words.
const MORE: usize = 4;
/// Bytes of words beyond which there are only those with bytes that no word before had.
const SAMPLE: usize = FIRST_SAMPLE * MORE * MORE;

/// Bytes of a line's words that are no text in a charset of two bytes a character by chance: of lines of seventeen
/// charsets among those of another, read in the other, none is.
const LONG: usize = 40;

/// What is known of a text in which bytes stand.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    pub(super) language: Option<Language>,
    /// What it costs that a character is UTF-8, where hardly any is.
    pub(super) utf8_cost: u32,
}

/// The words that hold bytes beyond ASCII; of many the first, and those with bytes that are new.
pub(super) struct Sample {
    words: Vec<u8>,
}

impl Sample {
    pub(super) fn of<'b>(lines: impl IntoIterator<Item = &'b [u8]>) -> Sample {
        let mut words = Vec::new();
        let mut seen = [false; 0x80];
        let lines = lines.into_iter();
        for word in lines.flat_map(|line| line.split(u8::is_ascii_whitespace)) {
            let (mut is_ascii, mut is_new) = (true, false);
            for byte in word.iter().filter_map(|byte| byte.checked_sub(0x80)) {
                is_ascii = false;
                is_new |= !std::mem::replace(&mut seen[usize::from(byte)], true);
            }
            if is_new || !is_ascii && words.len() < SAMPLE {
                words.extend_from_slice(&word[..word.len().min(SAMPLE)]);
                words.push(b' ');
            }
        }
        Sample { words }
    }

    /// Whether any of it is valid UTF-8 beyond ASCII.
    pub(super) fn has_utf8(&self) -> bool {
        self.words
            .utf8_chunks()
            .any(|chunk| !chunk.valid().is_ascii())
    }

    /// Whether there are so many that no chance makes text of them in a charset of two bytes a character.
    pub(super) fn is_long(&self) -> bool {
        self.words.len() >= LONG
    }

    /// What the words cost in a reading.
    pub(super) fn cost(&self, reading: Reading, around: Around) -> Cost {
        of_words(&self.words, reading, around)
    }

    /// The likeliest reading.
    pub(super) fn guess(&self, around: Around) -> Reading {
        let readings = CHARSETS.iter().copied().flat_map(Reading::all_in);
        let has_utf8 = self.has_utf8();
        let differs = |reading: &Reading| has_utf8 || !reading.keeps_utf8;
        let mut most = FIRST_SAMPLE;
        let mut words = first_words(&self.words, most);
        let cost = |reading: Reading| cost_of_words(&reading.text(words)) + prior(reading);
        let weighed = readings
            .filter(differs)
            .map(|reading| (cost(reading), reading));
        let mut weighed: Vec<(u32, Reading)> = weighed.collect();
        weighed.sort_by_key(|&(cost, _)| cost);
        let least = weighed[0].0;
        weighed.retain(|&(cost, _)| cost <= least + least / NEAR);
        weighed.truncate(FINALISTS);
        let mut left: Vec<Reading> = weighed.into_iter().map(|(_, reading)| reading).collect();
        loop {
            let cost = |reading| of_words(words, reading, around).bits + prior(reading);
            left.sort_by_cached_key(|&reading| cost(reading));
            if words.len() == self.words.len() {
                return left[0];
            }
            left.truncate(left.len().div_ceil(MORE));
            most = if most < SAMPLE {
                most * MORE
            } else {
                usize::MAX
            };
            words = first_words(&self.words, most);
        }
    }
}

/// So many bytes at most of words.
fn first_words(words: &[u8], most: usize) -> &[u8] {
    let Some(first) = words.get(..most) else {
        return words;
    };
    let end = first.iter().rposition(|&byte| byte == b' ');
    &first[..end.unwrap_or(most)]
}

fn of_words(words: &[u8], reading: Reading, around: Around) -> Cost {
    let mut cost = cost(&reading.text(words), around.language);
    let is_wide = !reading.charset.is_single_byte();
    cost.is_fluent |= is_wide && 2 * cost.bits <= words.len() as u32 * FLUENT_WIDE;
    if reading.keeps_utf8 && around.utf8_cost > 0 {
        let sound = words.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
        cost += sound.filter(|c| !c.is_ascii()).count() as u32 * around.utf8_cost;
    }
    cost
}

/// What a charset costs, whatever comes of it.
fn prior(reading: Reading) -> u32 {
    let rank = CHARSETS
        .iter()
        .position(|&charset| charset == reading.charset);
    rank.unwrap_or(0) as u32 * RANK_COST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::decode::decode;

    #[test]
    fn an_article_is_read_in_its_charset() {
        for (language, label) in [
            ("en", "macintosh"),
            ("fr", "macintosh"),
            ("de", "iso-8859-15"),
            ("cy", "iso-8859-14"),
            ("gl", "windows-1252"),
            ("nl", "windows-1252"),
            ("pl", "windows-1250"),
            ("cs", "iso-8859-2"),
            ("hu", "windows-1250"),
            ("sk", "iso-8859-2"),
            ("ro", "windows-1250"),
            ("lt", "windows-1257"),
            ("lv", "windows-1257"),
            ("et", "windows-1257"),
            ("lt", "iso-8859-13"),
            ("lv", "iso-8859-4"),
            ("ru", "x-mac-cyrillic"),
            ("ru", "ibm866"),
            ("ru", "iso-8859-5"),
            ("ru", "koi8-r"),
            ("uk", "windows-1251"),
            ("bg", "windows-1251"),
            ("el", "iso-8859-7"),
            ("tr", "iso-8859-9"),
            ("he", "iso-8859-8"),
            ("ar", "windows-1256"),
            ("fa", "windows-1256"),
            ("zh-Hans", "gb18030"),
            ("zh-Hant", "big5"),
            ("ja", "euc-jp"),
            ("ja", "shift_jis"),
            ("ko", "euc-kr"),
            ("th", "windows-874"),
        ] {
            let root = env!("CARGO_MANIFEST_DIR");
            let article = format!("{root}/fixtures/boilerplate/{language}/article.txt");
            let mut text = std::fs::read_to_string(article).expect("UTF-8");
            let charset = Encoding::for_label(label.as_bytes()).expect("a charset");
            text.retain(|c| !charset.encode(&c.to_string()).2);
            let bytes = charset.encode(&text).0;
            let decoded = decode(&bytes, None, false).expect("text");
            assert_eq!(decoded.text, text, "{language} in {label}");
        }
    }

    #[test]
    fn signs_by_themselves_are_those_of_the_west() {
        for text in [
            "It cost \u{A3}5m.",
            "10 \u{D7} 20 \u{B5}m \u{B1} 5",
            "1\u{BD} cups, 20 \u{B0}C",
            "\u{A9} 2024 Herald",
            "\u{201C}Never\u{201D}, she said \u{2013} and left.",
            "\u{2022} one",
        ] {
            let bytes = WINDOWS_1252.encode(text).0;
            let decoded = decode(&bytes, None, false).expect("text");
            assert_eq!(decoded.text, text);
        }
    }
}
