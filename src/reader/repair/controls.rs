//! Controls: C1 control characters that were meant as windows-1252, or as what Central Europe had for it.
//!
//! Old pages label windows-1252 as ISO-8859-1 and are believed: ’ arrives as the control U+0092. But
//! source code holds controls on purpose, as the ends of a range or to be looked for, so one is
//! damage only where a writer could have set what it was meant as.

use std::ops::Range;

use super::Step;
use super::cells::Cells;
use super::charsets::charset::{self, CHARSETS};
use super::page::Patch;
use super::sharing::Repairs;
use super::sound::odd;
use crate::edit::Certainty;
use crate::reader::language::{BIT, EDGE, Language, Word, detect, is_letter};
use crate::rules::Rule;

const WINDOWS: &str = "windows-1252";
const CENTRAL: &str = "windows-1250";
const MAC: &str = "macintosh";

/// The languages that windows-1250 is for, and which was taken for ISO-8859-2.
const CENTRAL_EUROPE: [&str; 8] = ["pl", "cs", "sk", "sl", "hr", "bs", "hu", "sq"];

/// Characters on either side that tell the language.
const CONTEXT: usize = 600;

/// Controls in a row, some in order, that no quotation marks and dashes make.
const LISTED: usize = 4;

/// The controls of the text that windows-1252, or windows-1250 in its languages, has a character for.
pub(crate) fn find(cells: &Cells) -> Vec<Patch> {
    let (chars, places) = (&cells.chars, &cells.places);
    let marks = cells.marks.iter().map(|&at| at as usize);
    let mut controls = marks.filter(|&at| is_control(chars[at]));
    let mut found = Vec::new();
    let mut repairs = Repairs::default();
    let mut start = 0;
    let mut language = None;
    while let Some(next) = controls.find(|&at| at >= start) {
        start = next;
        let row = chars[start..].iter().take_while(|&&c| is_control(c));
        let end = start + row.count();
        let (before, after) = (&chars[..start], &chars[end..]);
        let (row, left, right) = (&chars[start..end], before.last(), after.first());
        if is_of_broken(left.copied(), row, right.copied()) || is_table(row) {
            start = end;
            continue;
        }
        if let [control] = *row
            && let Some(letter) = mac_letter(control, before, after, &mut language)
        {
            found.push(patch(places.span(start..end), letter, MAC, &mut repairs));
            start = end;
            continue;
        }
        for (at, &control) in (start..end).zip(row) {
            let western = meant(control, WINDOWS);
            let central = meant(control, CENTRAL).filter(|&c| Some(c) != western);
            let mut is_central = || {
                let language = *language.get_or_insert_with(|| language_of(before, after));
                language.is_some_and(|language| CENTRAL_EUROPE.contains(&language.code()))
            };
            let (meant, charset) = match central {
                Some(letter) if is_central() => (Some(letter), CENTRAL),
                _ => (western, WINDOWS),
            };
            let meant = meant.filter(|&c| stands_in_prose(before, c, after));
            let span = || places.span(at..at + 1);
            found.extend(meant.map(|c| patch(span(), c, charset, &mut repairs)));
        }
        start = end;
    }
    found
}

/// Whether a row of controls is what is left of characters, of which other bytes are lost: the last
/// bytes of E2 80 94 and its like; or anything but a quotation mark or dash at the edge of a word in a
/// script that no charset of Windows' with controls like these was for.
pub(crate) fn is_of_broken(before: Option<char>, row: &[char], after: Option<char>) -> bool {
    let is_tail = matches!(row, ['\u{80}', '\u{90}'..='\u{9F}']);
    let of_windows = |c: char| {
        let script = odd::script(c);
        matches!(
            script,
            0 | odd::LATIN | odd::GREEK | odd::CYRILLIC | odd::HEBREW
        ) || matches!(script, odd::ARABIC | odd::THAI)
    };
    let foreign = |side: Option<char>| side.is_some_and(|c| !of_windows(c));
    let gap = |side: Option<char>| side.is_none_or(|c| c.is_whitespace() || c.is_ascii());
    let quotes = || {
        row.iter()
            .all(|c| matches!(c, '\u{82}' | '\u{84}' | '\u{85}' | '\u{91}'..='\u{97}'))
    };
    is_tail || (foreign(before) || foreign(after)) && !(quotes() && (gap(before) || gap(after)))
}

/// Whether a row of controls lists them, one after the other: a charset's table, and no prose.
fn is_table(row: &[char]) -> bool {
    let next = |pair: &[char]| u32::from(pair[1]) == u32::from(pair[0]) + 1;
    row.len() >= LISTED && row.windows(2).any(next)
}

pub(crate) fn is_control(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}')
}

/// What a control was meant as in a charset.
fn meant(control: char, charset: &str) -> Option<char> {
    let byte = u8::try_from(control).ok()?;
    CHARSETS[charset::named(charset)?].glyph(byte)
}

/// The language of the text around a place.
fn language_of(before: &[char], after: &[char]) -> Option<Language> {
    let near = before.iter().rev().take(CONTEXT).rev();
    let text: String = near.chain(after.iter().take(CONTEXT)).collect();
    detect(&text).first().map(|guess| guess.language)
}

/// The letter that a control is in the charset of the Mac, if with it the letters around are a word of the
/// text's language, or spelled as its words are: "tur\u{92}stico" is no English contraction.
fn mac_letter(
    control: char,
    before: &[char],
    after: &[char],
    language: &mut Option<Option<Language>>,
) -> Option<char> {
    /// Letters of the shortest word that tells, and of the longest.
    const SHORTEST: usize = 5;
    const LONGEST: usize = 24;
    /// What a letter of a word costs on the mean, up to which it is spelled as one: what has an apostrophe there
    /// comes to three bits and more, in Irish and Catalan too.
    const FLUENT: u32 = 9 * BIT as u32 / 4;
    let letter = |c: &&char| is_letter(**c);
    let stem = before.iter().rev().take(LONGEST).take_while(letter).count();
    let tail = after.iter().take(LONGEST).take_while(letter).count();
    if stem == 0 || tail == 0 || stem + 1 + tail < SHORTEST {
        return None;
    }
    let meant = meant(control, MAC).filter(|&c| is_letter(c))?;
    let language = (*language.get_or_insert_with(|| language_of(before, after)))?;
    let stem = before[before.len() - stem..].iter();
    let letters = stem.chain([&meant]).chain(&after[..tail]);
    let word: Vec<char> = [&EDGE]
        .into_iter()
        .chain(letters)
        .chain([&EDGE])
        .copied()
        .collect();
    let inner = &word[1..word.len() - 1];
    let known = Word::folding(language, inner).is_known();
    let spelled = language.word_cost(&word) <= FLUENT * (word.len() as u32 - 1);
    (spelled || known).then_some(meant)
}

/// Whether what a control was meant as may stand at its place: a letter beside a letter, a currency sign
/// beside a figure, another sign beside a word, a number or a space. A row of controls stands there
/// together.
fn stands_in_prose(before: &[char], meant: char, after: &[char]) -> bool {
    let mut sides = [before.last(), after.first()].into_iter();
    match meant {
        _ if meant.is_alphabetic() => sides.flatten().any(|c| c.is_alphabetic()),
        '\u{20AC}' => {
            let figure = |c: Option<&char>| c.is_some_and(|c| c.is_numeric());
            let behind_space = |side: Option<&[char]>| match side {
                Some([' ', c]) | Some([c, ' ']) => c.is_numeric(),
                _ => false,
            };
            sides.any(figure)
                || behind_space(before.last_chunk::<2>().map(|two| &two[..]))
                || behind_space(after.first_chunk::<2>().map(|two| &two[..]))
        }
        _ => sides.any(|side| side.is_none_or(|c| c.is_alphanumeric() || c.is_whitespace())),
    }
}

fn patch(span: Range<usize>, meant: char, charset: &'static str, repairs: &mut Repairs) -> Patch {
    Patch {
        span,
        after: meant.to_string(),
        rule: Rule::E105,
        certainty: Certainty::Proven,
        repair: repairs.share(
            charset,
            vec![
                Step::Encode("iso-8859-1".into()),
                Step::Decode(charset.into()),
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let patches = find(&Cells::new(text));
        patches.into_iter().map(|patch| patch.after).collect()
    }

    #[test]
    fn signs_and_letters_in_prose_are_meant() {
        for (text, meant) in [
            ("it\u{92}s", "’"),
            ("\u{93}Not today,\u{94} she said.", "“”"),
            ("wait\u{85}", "…"),
            ("wait \u{85}\u{85}..", "……"),
            ("\u{93}- No!", "“"),
            ("one \u{96} two", "–"),
            ("\u{95} milk\n\u{95} eggs", "••"),
            ("He said: \u{91}\u{93}No\u{94}\u{92}.", "‘“”’"),
            ("for \u{80}5, 7 \u{80} or \u{80} 9", "€€€"),
            ("\u{93}भारत\u{94} में", "“”"),
            ("\u{93}Мир\u{94} и\u{85}", "“”…"),
            ("La pol\u{92}tica del gobierno de la ciudad es nueva", "í"),
            (
                "Deja dos heridos el hundimiento de un barco tur\u{92}stico en la costa",
                "í",
            ),
            (
                "Els nens de l\u{92}antiga fàbrica no volen l\u{92}hotel del port",
                "’’",
            ),
            ("B\u{9C}uf et \u{9C}ufs", "œœ"),
        ] {
            assert_eq!(found(text), meant, "{text:?}");
        }
    }

    #[test]
    fn controls_of_code_and_of_broken_characters_stay() {
        for text in [
            "Vito Mule\u{80}\u{99}",
            "이 옵\u{85}\u{98}을 통화 ²\u{94}주 됩니\u{8B}¤.",
            "\u{9E}\u{94}ង្ហាញ ក្រោ\u{98} ៖",
            "bmp:\"\\0-\u{1F}\u{7F}-\u{9F}\u{AD}\"",
            "[\u{80}-\u{9F}]",
            "\"\u{200B}\u{85}\"!=x",
            "'\u{85}'",
            "xn--a.pt; \u{80}.pt; [V6]",
            "chars: \u{80}\u{81}\u{82}\u{83}\u{84} ",
        ] {
            assert_eq!(found(text), "", "{text:?}");
        }
    }
}
