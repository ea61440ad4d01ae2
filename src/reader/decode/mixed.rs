//! Mixed: bytes that are not all UTF-8, read line by line, each line in the charset that it is in.
//!
//! Articles of several sources end up in one file, and each keeps its charset.

use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::guess::{Around, Sample};
use super::parts::Parts;
use super::reading::Reading;
use super::{DecodeError, Decoded};
use crate::reader::language::{BIT, detect};

/// What it costs that a line is read otherwise than the line before. Tried from 4 to 32 bits over pairs of articles
/// in two charsets, and lines of one in another.
const CHANGE_COST: u32 = 20 * BIT as u32;
/// So many charsets at most are told apart in one text.
const MOST_CHARSETS: usize = 6;
/// Characters beyond ASCII in a line that may be UTF-8 by chance, at most.
const CHANCE: usize = 4;
/// Bytes at the start of a text that tell its language.
const CONTEXT: usize = 4000;
/// What cannot be.
const NEVER: u32 = u32::MAX / 4;

/// What a line is, as far as its bytes tell.
enum Kind {
    Ascii,
    Utf8,
    /// UTF-8, but so little that a legacy charset may look like that by chance.
    Chance(Sample),
    Odd(Sample),
}

/// A line, and what each reading of it costs.
struct Line {
    range: Range<usize>,
    kind: Kind,
    costs: Vec<u32>,
    /// How many charsets these are of.
    charsets: usize,
    /// Whether in a reading it is words of a language.
    is_fluent: bool,
    /// Whether that is one of two bytes a character, and no chance.
    is_wide: bool,
}

impl Line {
    fn new(bytes: &[u8], range: Range<usize>) -> Line {
        let line = &bytes[range.clone()];
        let beyond = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
        let kind = match std::str::from_utf8(line).map(beyond) {
            Ok(0) => Kind::Ascii,
            Ok(1..=CHANCE) => Kind::Chance(Sample::of([line])),
            Ok(_) => Kind::Utf8,
            Err(_) => Kind::Odd(Sample::of([line])),
        };
        Line {
            range,
            kind,
            costs: Vec::new(),
            charsets: 0,
            is_fluent: false,
            is_wide: false,
        }
    }

    /// Reads it in a charset more.
    fn weigh(&mut self, charset: &'static Encoding, around: Around) {
        self.charsets += 1;
        let mut before = None;
        for reading in Reading::all_in(charset) {
            let cost = match &self.kind {
                Kind::Ascii => 0,
                Kind::Utf8 if reading.keeps_utf8 => 0,
                Kind::Utf8 => NEVER,
                _ if self.is_wide && charset.is_single_byte() => NEVER,
                Kind::Chance(sample) | Kind::Odd(sample) => {
                    let cost = match before {
                        // There is nothing that it keeps.
                        Some(cost) if !sample.has_utf8() => cost,
                        _ => sample.cost(reading, around),
                    };
                    before = Some(cost);
                    self.is_fluent |= cost.is_fluent;
                    self.is_wide |= cost.is_fluent && !charset.is_single_byte() && sample.is_long();
                    cost.bits
                }
            };
            self.costs.push(cost);
        }
    }
}

/// Reads each line in the charset that it is likeliest in. `before` is the charset of what comes before, if
/// something does or a byte order mark tells.
pub(super) fn line_by_line(
    bytes: &[u8],
    bom: usize,
    before: Option<&'static Encoding>,
) -> Result<Decoded<'static>, DecodeError> {
    let mut end = bom;
    let lines = bytes[bom..].split_inclusive(|&byte| byte == b'\n');
    let lines = lines.map(|line| {
        end += line.len();
        Line::new(bytes, end - line.len()..end)
    });
    let mut lines: Vec<Line> = lines.collect();
    let charsets = charsets(bytes, &mut lines, before);
    let readings: Vec<Reading> = charsets.into_iter().flat_map(Reading::all_in).collect();
    let path = cheapest(&lines, &readings, before);
    // What was weighed is not kept: it is as large as the text.
    let mut read: Vec<(Range<usize>, Reading)> = Vec::with_capacity(lines.len());
    read.extend(lines.into_iter().map(|line| line.range).zip(path));
    let mut parts = Parts::new(bytes, bom);
    for same in read.chunk_by(|(_, a), (_, b)| a == b) {
        let [(first, reading), ..] = same else {
            continue;
        };
        if reading.keeps_utf8 {
            for (line, _) in same {
                parts.with_strays(line.clone(), reading.charset)?;
            }
        } else {
            let end = same.last().map_or(first.end, |(last, _)| last.end);
            parts.whole(first.start..end, reading.charset)?;
        }
    }
    Ok(parts.end())
}

/// The charsets that the lines may be in, in each of which every line is weighed.
fn charsets(
    bytes: &[u8],
    lines: &mut [Line],
    before: Option<&'static Encoding>,
) -> Vec<&'static Encoding> {
    let language = |text: &str| detect(text).first().map(|guess| guess.language);
    let head = &bytes[..bytes.len().min(CONTEXT)];
    let mut around = Around {
        language: language(&String::from_utf8_lossy(head)),
        utf8_cost: utf8_cost(bytes),
    };
    let first = match before {
        Some(charset) if charset != UTF_8 => Reading {
            charset,
            keeps_utf8: false,
        },
        _ => {
            let odd = lines
                .iter()
                .filter(|line| matches!(line.kind, Kind::Odd(_)));
            Sample::of(odd.map(|line| &bytes[line.range.clone()])).guess(around)
        }
    };
    around.language = language(&first.text(head));
    let mut charsets = vec![first.charset];
    if !first.charset.is_single_byte() {
        // Beside one of these, lines of UTF-8 are read as that.
        charsets.push(WINDOWS_1252);
    }
    for line in lines.iter_mut() {
        charsets
            .iter()
            .for_each(|charset| line.weigh(charset, around));
        if let Kind::Odd(sample) = &line.kind
            && !line.is_fluent
            && charsets.len() < MOST_CHARSETS
        {
            let own = sample.guess(around).charset;
            if !charsets.contains(&own) {
                charsets.push(own);
            }
        }
    }
    for line in lines {
        for charset in &charsets[line.charsets..] {
            line.weigh(charset, around);
        }
    }
    charsets
}

/// What it costs that a character is UTF-8: little, unless most bytes beyond ASCII are none.
fn utf8_cost(bytes: &[u8]) -> u32 {
    let (mut sound, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    (1 + stray / sound.max(1)).ilog2() * u32::from(BIT)
}

/// The reading of each line, such that all together cost least.
fn cheapest(
    lines: &[Line],
    readings: &[Reading],
    before: Option<&'static Encoding>,
) -> Vec<Reading> {
    let changes = |reading: &Reading| match before {
        Some(before) if before == UTF_8 => !reading.keeps_utf8,
        Some(before) => reading.keeps_utf8 || reading.charset != before,
        None => false,
    };
    let first = |reading| u32::from(changes(reading)) * CHANGE_COST;
    let mut sums: Vec<u32> = readings.iter().map(first).collect();
    let best = |sums: &[u32]| (0..sums.len()).min_by_key(|&at| sums[at]).unwrap_or(0);
    // For each line and reading, the reading of the line before.
    let mut before = Vec::with_capacity(lines.len());
    for line in lines {
        let from = best(&sums);
        let changed = sums[from] + CHANGE_COST;
        let stays = sums
            .iter()
            .enumerate()
            .map(|(at, &sum)| if sum <= changed { at } else { from });
        before.push(stays.collect::<Vec<usize>>());
        let least = sums[from];
        for (sum, cost) in sums.iter_mut().zip(&line.costs) {
            // Only differences count, so they stay small.
            *sum = (*sum).min(changed) - least + cost;
        }
    }
    let mut at = best(&sums);
    let mut path = Vec::with_capacity(lines.len());
    for before in before.iter().rev() {
        path.push(readings[at]);
        at = before[at];
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::super::Undecodable;
    use super::*;
    use crate::reader::decode::decode;
    use encoding_rs::GBK;

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
            let charset = Encoding::for_label(label.as_bytes()).expect("a charset");
            let text = article(language, charset);
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

    /// The article of a language as its file has it, without what a charset cannot hold.
    fn article(language: &str, charset: &'static Encoding) -> String {
        let root = env!("CARGO_MANIFEST_DIR");
        let path = format!("{root}/fixtures/boilerplate/{language}/article.txt");
        let mut text = std::fs::read_to_string(path).expect("UTF-8");
        text.retain(|c| !charset.encode(&c.to_string()).2);
        text
    }

    #[test]
    fn articles_in_several_charsets_are_read_each_in_its_own() {
        let all = [
            ("en", "utf-8"),
            ("de", "windows-1252"),
            ("pl", "windows-1250"),
            ("ru", "windows-1251"),
            ("uk", "koi8-u"),
            ("zh-Hans", "utf-8"),
            ("zh-Hans", "gbk"),
            ("zh-Hant", "big5"),
            ("ja", "shift_jis"),
            ("ko", "euc-kr"),
            ("el", "windows-1253"),
            ("tr", "windows-1254"),
            ("he", "windows-1255"),
            ("ar", "windows-1256"),
            ("lt", "windows-1257"),
            ("th", "windows-874"),
            ("ru", "utf-8"),
        ];
        let all = all.map(|(language, label)| {
            let charset = Encoding::for_label(label.as_bytes()).expect("a charset");
            (article(language, charset), charset)
        });
        for two in all.windows(2) {
            let [(first, charset), (second, other)] = two else {
                continue;
            };
            let bytes = [charset.encode(first).0, other.encode(second).0].concat();
            let decoded = decode(&bytes, None, false).expect("text");
            let name = format!("{} and {}", charset.name(), other.name());
            assert_eq!(decoded.text, [&first[..], second].concat(), "{name}");
            let begins = decoded.offsets.byte(first.len());
            assert_eq!(begins, charset.encode(first).0.len(), "{name}");
        }
    }

    #[test]
    fn a_line_in_another_charset_is_read_in_it() {
        for (line, label) in [
            (
                "W Łodzi zamknięto dziś most, bo pękło przęsło.",
                "windows-1250",
            ),
            (
                "A miniszter szerint jövőre kevesebből épülhet út.",
                "windows-1250",
            ),
            (
                "Министр сегодня открыл новый мост через реку.",
                "windows-1251",
            ),
            ("Міністр сьогодні відкрив новий міст через річку.", "koi8-u"),
            ("部长今天宣布新的大桥将于明年通车。", "gbk"),
            (
                "Ο υπουργός εγκαινίασε σήμερα τη νέα γέφυρα.",
                "windows-1253",
            ),
            (
                "Ministras šiandien atidarė naują tiltą per upę.",
                "windows-1257",
            ),
        ] {
            let charset = Encoding::for_label(label.as_bytes()).expect("a charset");
            let text = article("en", UTF_8);
            for at in [0, text.find('\n').map_or(0, |end| end + 1), text.len()] {
                let (before, behind) = text.split_at(at);
                let odd = charset.encode(line).0;
                let bytes = [before.as_bytes(), &odd, b"\n", behind.as_bytes()].concat();
                let decoded = decode(&bytes, None, false).expect("text");
                assert_eq!(decoded.text, [before, line, "\n", behind].concat());
            }
        }
    }

    #[test]
    fn a_word_of_strays_stays_one_though_some_look_like_utf8() {
        let (before, behind) = ("Так сказав міністр: ", " не знає.\n");
        // The first two bytes are a Greek letter of UTF-8.
        let bytes = [
            before.as_bytes(),
            b"\xCD\xB3\xF5\xF2\xEE",
            behind.as_bytes(),
        ]
        .concat();
        let (text, strays) = read(&bytes);
        assert_eq!(text, [before, "Ніхто", behind].concat());
        assert_eq!(strays.len(), 5);
    }

    #[test]
    fn what_a_charset_cannot_mean_is_named() {
        let mut bytes = GBK.encode(&article("zh-Hans", GBK)).0.into_owned();
        let at = bytes.len() / 2;
        bytes.insert(at, 0xFF);
        let error = decode(&bytes, None, false).err().expect("no text");
        assert_eq!(error.reason, Undecodable::Malformed("GBK"));
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
