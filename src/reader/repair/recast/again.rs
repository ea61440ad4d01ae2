//! Again: text that was misread twice, the second time with losses.
//!
//! Each byte of a character is itself a few characters then, of which those between 80 and 9F are gone: "’" is
//! "Ã¢â¬â¢". The rounds undo the layer above first, and know nothing of the one below when they guess what it lost. Here
//! the glyphs of the layer below are looked up as the one above leaves them, and what one of them may have been is
//! told by the character they make.

use std::rc::Rc;

use super::super::ROUNDS;
use super::super::cells::Cells;
use super::super::charsets::forms::Step;
use super::super::lost::prior::RARE;
use super::super::lost::wording::Lexicon;
use super::super::page::{Page, Patch};
use super::super::sound::odd;
use super::super::traces::{self, SIGNS};
use super::cast::{AGAIN, may_be_layered};
use super::way::{Hit, Reading};
use super::{SAVED, likeliest_of, patches_of, sign_cost, spell, written};
use crate::pages::first_page;
use crate::reader::language::{is_letter, plausibility};
use crate::scan::{boundary_after, boundary_before};

/// Bytes of a text that tell how it was misread: the rounds, with which that is compared, take long over what they
/// have to guess.
const SAMPLE: usize = 2048;

/// The patches that write the glyphs of the layer below, for the rounds to read.
pub(super) fn find(text: &str, round: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    let Some(first) = may_be_layered(text) else {
        return Vec::new();
    };
    let from = boundary_before(text, first.saturating_sub(SAMPLE / 4));
    let to = boundary_after(text, (from + SAMPLE).min(text.len()));
    let sample = &text[from..to];
    let cells = Cells::new(sample);
    let Some((way, hits)) = likeliest_of(AGAIN, Step::Again, &cells) else {
        return Vec::new();
    };
    let patches = patches_of(&cells, way, &settled(&cells, hits));
    if !is_better(sample, patches, &round) {
        return Vec::new();
    }
    // What all places of a page may be takes more room than the page by far.
    let mut patches = Vec::new();
    let mut begun = 0;
    while begun < text.len() {
        let piece = &text[begun..];
        let piece = if piece.len() > SAMPLE {
            &piece[..first_page(piece.as_bytes(), SAMPLE)]
        } else {
            piece
        };
        let cells = Cells::new(piece);
        let hits = way.hits(&cells, cells.marks.len());
        let found = patches_of(&cells, way, &settled(&cells, hits)).into_iter();
        patches.extend(found.map(|patch| Patch {
            span: begun + patch.span.start..begun + patch.span.end,
            ..patch
        }));
        begun += piece.len();
    }
    written(text, patches, round)
}

/// The characters that stand where several may.
fn settled(cells: &Cells, mut hits: Vec<(usize, Hit)>) -> Vec<(usize, Hit)> {
    count(cells, &mut hits);
    narrow(cells, &mut hits);
    spell(cells, &mut hits);
    punctuate(cells, &mut hits);
    hits
}

/// Whether the patches of a text lead to a likelier one than rounds do without, one layer behind the other.
fn is_better(text: &str, patches: Vec<Patch>, round: impl Fn(&str) -> Vec<Patch>) -> bool {
    let without = read(text, &round);
    let mut page = Page::new(text);
    page.apply(patches);
    let with = read(&page.text, &round);
    cost(&with) + SAVED <= cost(&without)
}

/// What rounds make of a text.
fn read(text: &str, round: impl Fn(&str) -> Vec<Patch>) -> String {
    let mut page = Page::new(text);
    for _ in 0..ROUNDS {
        let patches = round(&page.text);
        if patches.is_empty() {
            break;
        }
        page.apply(patches);
    }
    page.text
}

/// How unlikely a text is by its letters and signs.
fn cost(text: &str) -> u32 {
    let signs = text.chars().filter(|c| !c.is_ascii());
    plausibility(text).cost + signs.map(sign_cost).sum::<u32>()
}

/// Leaves to each place the letters of the script that the text is in there.
fn narrow(cells: &Cells, hits: &mut [(usize, Hit)]) {
    let main = main_script(cells, hits);
    for (start, hit) in hits {
        let in_latin = is_in_latin(cells, *start, hit.end);
        let script = if in_latin { Some(odd::LATIN) } else { main };
        let fits = |reading: &Reading| {
            if is_letter(reading.c) {
                Some(odd::script(reading.c)) == script
            } else {
                !in_latin
            }
        };
        let fitting: Rc<[Reading]> = hit.all.iter().copied().filter(fits).collect();
        if let Some(&likeliest) = fitting.first() {
            if !fits(&hit.read) {
                hit.read = likeliest;
            }
            hit.all = fitting;
        }
    }
}

/// Whether letters of ASCII touch what stands there, as they do in a word.
fn is_in_latin(cells: &Cells, start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| cells.chars[at]);
    let behind = cells.chars.get(end);
    before.is_some_and(|c| c.is_ascii_alphabetic())
        || behind.is_some_and(|c| c.is_ascii_lowercase())
}

/// The script that the text is in: where few letters of ASCII stand, the one of which the likeliest letters may
/// stand there.
fn main_script(cells: &Cells, hits: &[(usize, Hit)]) -> Option<u8> {
    let ascii = cells.chars.iter().filter(|c| c.is_ascii_alphabetic());
    if ascii.count() > hits.len() {
        return Some(odd::LATIN);
    }
    let mut sums = [0; u8::MAX as usize + 1];
    for (_, hit) in hits {
        // The likeliest first.
        let mut seen = Vec::new();
        for reading in hit.all.iter().filter(|reading| is_letter(reading.c)) {
            let script = odd::script(reading.c);
            if !seen.contains(&script) {
                seen.push(script);
                sums[usize::from(script)] += reading.likelihood - RARE;
            }
        }
    }
    let scripts = (odd::LATIN + 1..=u8::MAX).filter(|&script| sums[usize::from(script)] > 0);
    scripts.max_by_key(|&script| sums[usize::from(script)])
}

/// Before a figure takes the sign that stands there, if one of those may.
fn count(cells: &Cells, hits: &mut [(usize, Hit)]) {
    for (start, hit) in hits {
        let is_digit = |c: &char| c.is_ascii_digit();
        if !cells.chars.get(hit.end).is_some_and(is_digit) || is_in_latin(cells, *start, hit.end) {
            continue;
        }
        let stands_before_figures = |c: char| {
            matches!(
                c,
                '\u{A3}' | '\u{A5}' | '\u{B1}' | '\u{20A0}'..='\u{20CF}' | '\u{2212}'
            )
        };
        if stands_before_figures(hit.read.c) {
            continue;
        }
        let all = hit.all.iter();
        let signs = all.filter(|other| stands_before_figures(other.c));
        if let Some(&sign) = signs.max_by_key(|sign| sign.likelihood) {
            hit.read = sign;
        }
    }
}

/// Of the signs that a place may have takes the one that fits there, among all others.
fn punctuate(cells: &Cells, hits: &mut [(usize, Hit)]) {
    let mut text = Vec::with_capacity(cells.chars.len());
    let (mut places, mut open) = (Vec::new(), Vec::new());
    let mut at = 0;
    for (start, hit) in hits.iter_mut() {
        text.extend(&cells.chars[at..*start]);
        at = hit.end;
        let signs: Vec<char> = hit.all().filter(|c| SIGNS.contains(c)).collect();
        if SIGNS.contains(&hit.read.c) && signs.len() > 1 {
            places.push((text.len(), signs));
            // Which signs the text uses must not be told by what was taken for the time being.
            text.push('\u{FFFD}');
            open.push(hit);
        } else {
            text.push(hit.read.c);
        }
    }
    text.extend(&cells.chars[at..]);
    if open.is_empty() {
        return;
    }
    let lexicon = Lexicon::new(text.iter().collect());
    let signs = traces::choose(&text, places, &lexicon);
    for (hit, sign) in open.into_iter().zip(signs) {
        if let Some(sign) = sign {
            hit.take(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::repair::repaired;

    /// Misread once through a charset and once more as ISO-8859-1, `mark` for each control.
    fn misread(text: &str, once: fn(u8) -> char, mark: &str) -> String {
        let text: String = text.bytes().map(once).collect();
        let again = text.bytes().map(|byte| match byte {
            0x80..=0x9F => mark.to_owned(),
            byte => char::from(byte).to_string(),
        });
        again.collect()
    }

    fn windows(byte: u8) -> char {
        let read = encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&[byte])
            .0
            .into_owned();
        read.chars().next().expect("a character")
    }

    #[test]
    fn what_was_misread_twice_is_read_through_both_layers() {
        let english = "“We’ve waited long enough,” said José of the town’s café — and left…";
        let french = "L’été où les élèves ont été reçus à l’école, la forêt brûlait.";
        let russian = "Три парома вышли в море, а люди ждали на берегу до утра.";
        for text in [
            english,
            french,
            "It isn’t late.",
            "They don’t know what the town’s council said.",
        ] {
            for mark in ["", "?", "\u{FFFD}"] {
                assert_eq!(repaired(&misread(text, windows, mark)), text, "{mark:?}");
                assert_eq!(repaired(&misread(text, char::from, mark)), text, "{mark:?}");
            }
        }
        assert_eq!(repaired(&misread(russian, windows, "")), russian);
    }

    #[test]
    fn five_bytes_are_all_that_some_lose() {
        let text = "“We wait,” she said. “The town’s ferry isn’t late.” Nobody knew.";
        let twice = |mark: &str| {
            let once: String = text.bytes().map(windows).collect();
            let again = once.bytes().map(windows);
            again
                .map(|c| {
                    if c.is_control() {
                        mark.to_owned()
                    } else {
                        c.to_string()
                    }
                })
                .collect::<String>()
        };
        for mark in ["", "?", "\u{FFFD}"] {
            assert_eq!(repaired(&twice(mark)), text, "{mark:?}");
        }
    }

    #[test]
    fn what_is_read_once_stays_so() {
        for text in [
            "MANH\u{C3}, \u{E2}ncora e \u{C2}mbar",
            "The letters \u{C3} and \u{C2} and \u{E2} are Latin: \u{C3} \u{E2}, \u{C3}\u{C2}.",
            "IRM\u{C3}\u{C2}NCORA, S\u{C3}O \u{C2}NGELO",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
