//! Traces: punctuation of which the damage left next to nothing.
//!
//! A charset without characters in 80–9F leaves of "—", UTF-8 E2 80 94, no more than "â"; a
//! double-byte decoder leaves three marks, or two and a character that swallowed the next letter.
//! Which sign it was is inferred from its place alone, so this needs English, whose contractions and
//! possessives ("donât", "Billâs") nobody writes on purpose, and it comes after everything else.

use std::sync::LazyLock;

use super::Step;
use super::charset::CHARSETS;
use super::codec::UTF8;
use super::context::{Place, fit};
use super::english;
use super::known::{Known, UNKNOWN};
use super::odd;
use super::page::Patch;
use super::pairs;
use super::prior::prior;
use super::signs::{self, Misread};
use crate::edit::Certainty;
use crate::reader::language::detect;
use crate::rules::Rule;

/// The lead byte of general punctuation.
const LEAD: u8 = 0xE2;

/// The signs that a trace may be, all of them E2 80 and one byte more.
const SIGNS: [char; 7] = [
    '\u{2019}', '\u{201C}', '\u{201D}', '\u{2018}', '\u{2014}', '\u{2013}', '\u{2026}',
];

/// What a place of a trace says: an apostrophe in "n’t" or "it’s", which no name ends in; in a
/// possessive; a quotation mark that closes behind punctuation; two marks and a letter that went with the last
/// byte; a sign at a word's edge.
const NEGATION: u32 = 3;
const CONTRACTION: u32 = 2;
const CLOSING: u32 = 2;
const SWALLOWED: u32 = 2;
const EDGE: u32 = 1;

/// The points from which traces are read: a negation, or as much in several places. U+FFFD is
/// damage for sure, so that less is enough; and next to nothing is where the rounds before have
/// shown how the text was misread.
const ENOUGH: u32 = 3;
const ENOUGH_LOST: u32 = 2;
const ENOUGH_KNOWN: u32 = 1;

/// Below this a sign does not fit its place, on the scale of [`fit`].
const MISFIT: i32 = -20;

/// Tells whether a kind of trace begins at this place.
type Kind<'k> = &'k dyn Fn(&[char], usize) -> Option<Trace>;

/// A place where a sign may have stood, in code points.
struct Trace {
    start: usize,
    end: usize,
    /// What can have stood there.
    may_be: Vec<char>,
    /// A letter that the last byte took with it.
    swallowed: Option<char>,
    steps: Vec<Step>,
    charset: &'static str,
    /// Whether nothing but damage puts such a thing there, wherever it stands.
    is_certain: bool,
}

/// The patches for the traces of one kind that the text has most evidence for.
pub(crate) fn find(chars: &[char], offsets: &[usize], known: &Known) -> Vec<Patch> {
    let kinds: [(Kind<'_>, u32); 4] = [
        (&marked::<'\u{FFFD}'>, ENOUGH_LOST),
        (&marked::<'?'>, ENOUGH),
        (&bare_lead, ENOUGH),
        (&lone_mark, ENOUGH),
    ];
    static MISREAD: LazyLock<Vec<Misread>> = LazyLock::new(|| signs::misreadings(&SIGNS));
    let misread: Vec<_> = MISREAD
        .iter()
        .map(|way| |chars: &[char], at: usize| another_sign(way, chars, at))
        .collect();
    let best = kinds
        .into_iter()
        .chain(misread.iter().map(|kind| (kind as Kind<'_>, ENOUGH)))
        .filter_map(|(kind, enough)| {
            let mut traces = traces(chars, kind);
            traces.retain(|trace| is_placed(chars, trace));
            let enough = if traces.iter().any(|trace| is_known(chars, trace, known)) {
                ENOUGH_KNOWN
            } else {
                enough
            };
            let (points, telling) = evidence(chars, &traces);
            let sure = enough == ENOUGH_KNOWN || enough == ENOUGH_LOST && points >= ENOUGH;
            let telling = telling || sure;
            (points >= enough && telling).then_some((points, traces))
        })
        .max_by_key(|(points, _)| *points);
    match best {
        Some((points, traces)) if is_english(chars) => {
            let lost = traces.iter().all(|trace| chars[trace.start] == '\u{FFFD}');
            let in_foreign = traces.iter().any(|trace| in_foreign_word(chars, trace));
            if lost || foreign(chars, &traces) < points && !in_foreign {
                patches(chars, offsets, &traces)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

/// Whether the rounds before have shown that the text was misread in the way of this trace.
fn is_known(chars: &[char], trace: &Trace, known: &Known) -> bool {
    match trace.charset {
        UNKNOWN => known.has_marks(),
        name if pairs::named(name).is_some() => known.has_pairs(name),
        _ => CHARSETS.iter().any(|charset| {
            known.has(charset.name)
                && charset.own(LEAD).map(u32::from) == Some(chars[trace.start] as u32)
        }),
    }
}

/// Whether a sign can have stood there. Question marks at the end of a word ask a question, and no
/// sign but an apostrophe stands inside one.
fn is_placed(chars: &[char], trace: &Trace) -> bool {
    let left = trace.start.checked_sub(1).map_or('\n', |at| chars[at]);
    let inside = left.is_alphabetic() && next(chars, trace).is_some_and(char::is_alphabetic);
    if trace.is_certain {
        return true;
    }
    if inside {
        return is_contraction(chars, trace);
    }
    if let [sign] = *trace.may_be {
        let right = next(chars, trace).unwrap_or('\n');
        let place = |quoted| Place {
            left,
            right,
            quoted,
        };
        return fit(sign, place(true)).max(fit(sign, place(false))) > MISFIT;
    }
    chars[trace.start] != '?' || left.is_whitespace() || left == ','
}

fn traces(chars: &[char], kind: Kind) -> Vec<Trace> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_ascii() && chars[at] != '?' {
            at += 1;
            continue;
        }
        at = match kind(chars, at) {
            Some(trace) => {
                let end = trace.end;
                found.push(trace);
                end
            }
            None => at + 1,
        };
    }
    found
}

/// Three marks in a row and no more, a mark a byte; or what a double-byte charset swallowed.
fn marked<const MARK: char>(chars: &[char], at: usize) -> Option<Trace> {
    /// More marks than one sign leaves.
    const MANY: usize = 4;
    if chars[at] != MARK && odd::script(chars[at]) != odd::HANGUL || at > 0 && chars[at - 1] == MARK
    {
        return None;
    }
    let run = chars[at..]
        .iter()
        .take(MANY)
        .take_while(|&&c| c == MARK)
        .count();
    if run != 3 {
        return swallowing(chars, at, run);
    }
    Some(Trace {
        start: at,
        end: at + 3,
        may_be: SIGNS.to_vec(),
        swallowed: None,
        steps: Vec::new(),
        charset: UNKNOWN,
        is_certain: false,
    })
}

/// One U+FFFD: the byte of an apostrophe in a legacy charset that was read as UTF-8.
fn lone_mark(chars: &[char], at: usize) -> Option<Trace> {
    let mark = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'\u{FFFD}');
    if !mark(Some(at)) || mark(at.checked_sub(1)) || mark(Some(at + 1)) {
        return None;
    }
    Some(Trace {
        start: at,
        end: at + 1,
        may_be: vec!['\u{2019}'],
        swallowed: None,
        steps: Vec::new(),
        charset: UNKNOWN,
        is_certain: false,
    })
}

/// A sign that stands there as another charset reads it.
fn another_sign(way: &Misread, chars: &[char], at: usize) -> Option<Trace> {
    let (glyphs, sign) = way
        .signs
        .iter()
        .find(|(glyphs, _)| chars[at..].starts_with(glyphs))?;
    Some(Trace {
        start: at,
        end: at + glyphs.len(),
        may_be: vec![*sign],
        swallowed: None,
        steps: vec![
            Step::Encode(way.read_as.to_owned()),
            Step::Decode(way.meant.to_owned()),
        ],
        charset: way.read_as,
        is_certain: false,
    })
}

/// The character that E2 is in a charset without characters in 80–9F, in a Latin text.
fn bare_lead(chars: &[char], at: usize) -> Option<Trace> {
    let c = chars[at];
    if c.is_ascii() {
        return None;
    }
    let is_lead = |own: Option<u16>| own.map(u32::from) == Some(c as u32);
    let charset = CHARSETS
        .iter()
        .find(|charset| charset.is_iso() && is_lead(charset.own(LEAD)))?;
    // The two bytes behind it may have left a mark each.
    let marks = chars[at + 1..]
        .iter()
        .take(3)
        .take_while(|&&c| matches!(c, '?' | '\u{FFFD}'));
    let marks = if marks.count() == 2 { 2 } else { 0 };
    let steps = match marks {
        0 => vec![Step::Encode(charset.name.to_owned())],
        _ => Vec::new(),
    };
    Some(Trace {
        start: at,
        end: at + 1 + marks,
        may_be: SIGNS.to_vec(),
        swallowed: None,
        steps,
        charset: charset.name,
        is_certain: false,
    })
}

/// The charset in which the last byte of a sign and an ASCII letter make a character.
const SWALLOWING: &str = "euc-kr";

/// Two marks, or nothing, and a Hangul syllable that is the last byte of a sign and the letter
/// behind it.
fn swallowing(chars: &[char], at: usize, marks: usize) -> Option<Trace> {
    let syllable = *chars.get(at + marks)?;
    if !matches!(marks, 0 | 2) || !('\u{AC00}'..='\u{D7A3}').contains(&syllable) {
        return None;
    }
    let charset = pairs::named(SWALLOWING)?;
    let [last, letter] = charset.code(syllable).to_be_bytes();
    let sign = std::str::from_utf8(&[0xE2, 0x80, last])
        .ok()?
        .chars()
        .next()?;
    if !letter.is_ascii_alphanumeric() || !SIGNS.contains(&sign) {
        return None;
    }
    Some(Trace {
        start: at,
        end: at + marks + 1,
        may_be: vec![sign],
        swallowed: Some(char::from(letter)),
        steps: Vec::new(),
        charset: charset.name,
        is_certain: true,
    })
}

/// The points that the places of the traces make, and whether any of them tells more than an edge.
fn evidence(chars: &[char], traces: &[Trace]) -> (u32, bool) {
    let (mut points, mut telling) = (0, false);
    for trace in traces {
        let before = trace.start.checked_sub(1).map(|at| chars[at]);
        let point = if is_contraction(chars, trace) {
            let (stem, tail) = around(chars, trace);
            let script = odd::script(chars[trace.end - 1]);
            // A syllable that only a misreading makes, or a letter of another script, is no name's.
            let marked = trace.steps.is_empty() && trace.end - trace.start == 3;
            let foreign = trace.swallowed.is_some() || script > 1 || marked;
            let lost = chars[trace.start] == '\u{FFFD}';
            if foreign || english::is_contraction(&stem, &tail) {
                NEGATION
            } else if lost {
                CONTRACTION
            } else {
                // "Nicolâs" and "Murâd" are names.
                EDGE
            }
        } else if before.is_some_and(|c| closes(c, chars[trace.start]))
            && is_gap(next(chars, trace))
        {
            CLOSING
        } else if trace.swallowed.is_some() && trace.end - trace.start > 1 {
            SWALLOWED
        } else if is_gap(before) || is_gap(next(chars, trace)) {
            EDGE
        } else {
            0
        };
        telling |= point > EDGE;
        points += point;
    }
    (points, telling)
}

fn next(chars: &[char], trace: &Trace) -> Option<char> {
    trace.swallowed.or_else(|| chars.get(trace.end).copied())
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ';' | ':')
}

/// Whether a sign may close behind this stop. Of question marks fewer do: "???:???" is what tools
/// print for what they do not know.
fn closes(stop: char, trace: char) -> bool {
    is_stop(stop) && (trace != '?' || matches!(stop, '.' | ','))
}

fn is_gap(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || is_stop(c))
}

/// A letter, the trace, and what English contracts, ended.
fn is_contraction(chars: &[char], trace: &Trace) -> bool {
    let (stem, tail) = around(chars, trace);
    // "t" stands behind an n only: French has "ât" at the end of words.
    let negates = !tail.eq_ignore_ascii_case("t") || stem.ends_with(['n', 'N']);
    !stem.is_empty() && negates && english::is_tail(&tail)
}

/// The words on both sides of a trace, as far as they matter.
fn around(chars: &[char], trace: &Trace) -> (String, String) {
    /// As many letters as tell a pronoun from the end of a longer word.
    const STEM: usize = 10;
    let word = |c: &char| c.is_alphabetic();
    let letters = chars[..trace.start].iter().rev().take_while(|c| word(c));
    let stem: Vec<char> = letters.take(STEM).copied().collect();
    let tail = trace
        .swallowed
        .into_iter()
        .chain(chars[trace.end..].iter().copied())
        .take_while(word)
        .take(3);
    (stem.into_iter().rev().collect(), tail.collect())
}

/// What speaks for another language: letters beyond ASCII that are no trace, and traces that are
/// letters inside a word. Latvian and Kazakh have the letter that a lead byte is, among many.
fn foreign(chars: &[char], traces: &[Trace]) -> u32 {
    let is_foreign = |c: &char| !c.is_ascii() && c.is_alphabetic();
    let letters = |chars: &[char]| chars.iter().filter(|c| is_foreign(c)).count();
    let of_traces = |trace: &Trace| letters(&chars[trace.start..trace.end]);
    let inside = |trace: &&Trace| {
        let left = trace.start.checked_sub(1).map(|at| chars[at]);
        let right = next(chars, trace);
        left.is_some_and(char::is_alphabetic)
            && right.is_some_and(char::is_alphabetic)
            && !is_contraction(chars, trace)
    };
    let others = letters(chars) - traces.iter().map(of_traces).sum::<usize>();
    (others + traces.iter().filter(inside).count()) as u32
}

/// Whether a trace stands in a word with another letter beyond ASCII: what damaged the one would have
/// damaged the other.
fn in_foreign_word(chars: &[char], trace: &Trace) -> bool {
    /// Letters of the longest English words, on either side.
    const LONGEST: usize = 24;
    let left = chars[..trace.start].iter().rev().take(LONGEST);
    let right = chars[trace.end..].iter().take(LONGEST);
    let is_foreign = |c: &&char| !c.is_ascii() && **c != chars[trace.start];
    let letter = |c: &&char| c.is_alphabetic();
    left.take_while(letter).any(|c| is_foreign(&c))
        || right.take_while(letter).any(|c| is_foreign(&c))
}

fn is_english(chars: &[char]) -> bool {
    let text: String = chars.iter().filter(|c| c.is_ascii()).collect();
    detect(&text)
        .first()
        .is_some_and(|guess| guess.language.code() == "en")
}

/// One patch a trace, the sign by its place.
fn patches(chars: &[char], offsets: &[usize], traces: &[Trace]) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut quoted = false;
    let mut walked = 0;
    for trace in traces {
        for &c in &chars[walked..trace.start] {
            quoted = open_after(quoted, c);
        }
        walked = trace.end;
        let place = Place {
            left: trace.start.checked_sub(1).map_or('\n', |at| chars[at]),
            right: next(chars, trace).unwrap_or('\n'),
            quoted,
        };
        let fits = |&c: &char| fit(c, place) + prior(c).unwrap_or(i32::MIN / 2);
        let Some(sign) = trace.may_be.iter().copied().max_by_key(fits) else {
            continue;
        };
        quoted = open_after(quoted, sign);
        patches.push(patch(offsets, trace, sign));
    }
    patches
}

/// Whether a double quotation mark is open behind `c`.
fn open_after(quoted: bool, c: char) -> bool {
    match c {
        '\u{201C}' => true,
        '\u{201D}' | '\n' => false,
        _ => quoted,
    }
}

fn patch(offsets: &[usize], trace: &Trace, sign: char) -> Patch {
    let after: String = std::iter::once(sign).chain(trace.swallowed).collect();
    let mut steps = trace.steps.clone();
    if matches!(steps.as_slice(), [_, Step::Decode(_)]) {
        // The bytes are all there.
    } else if steps.is_empty() {
        // The marks are no bytes, so that nothing is left to be read again.
        steps.push(Step::Write(after.clone()));
    } else {
        let mut bytes = [0; 4];
        for (at, &byte) in sign
            .encode_utf8(&mut bytes)
            .as_bytes()
            .iter()
            .enumerate()
            .skip(1)
        {
            steps.push(Step::Restore { at, byte });
        }
        steps.push(Step::Decode(UTF8.to_owned()));
    }
    Patch {
        span: offsets[trace.start]..offsets[trace.end],
        after,
        rule: Rule::E102,
        certainty: Certainty::Inferred,
        charset: trace.charset.to_owned(),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let (mut offsets, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
        offsets.push(text.len());
        let mut after = text.to_owned();
        for patch in find(&chars, &offsets, &Known::default()).into_iter().rev() {
            after.replace_range(patch.span, &patch.after);
        }
        after
    }

    #[test]
    fn signs_come_back_by_their_place() {
        for (before, after) in [
            (
                "\u{E2}We don\u{E2}t know,\u{E2} she said of Bill\u{E2}s plan \u{E2} and left the room.",
                "“We don’t know,” she said of Bill’s plan — and left the room.",
            ),
            (
                "The mayor\u{FFFD}\u{FFFD}\u{FFFD}s office said nobody knew about the town\u{FFFD}\u{FFFD}\u{FFFD}s letter.",
                "The mayor’s office said nobody knew about the town’s letter.",
            ),
            (
                "They don???t know, and the people of the town know that they don???t.",
                "They don’t know, and the people of the town know that they don’t.",
            ),
            (
                "They don\u{C173} know what the men of the town have done with the boats.",
                "They don’t know what the men of the town have done with the boats.",
            ),
        ] {
            assert_eq!(repaired(before), after);
        }
    }

    #[test]
    fn words_and_questions_stay() {
        for text in [
            "The ch\u{E2}teau of the dignit\u{E2}t is the oldest of the houses in the village.",
            "The operators \u{E2} and \u{E2} are written with a hat in the paper on the theory.",
            "What??? They know??? Nobody in the village has ever heard of the letter.",
            "Il dit que l\u{E2}ge du chef est un secret, et que le d\u{E9}g\u{E2}t est grand.",
            "msgid \"They don't know\" msgstr \"Lietot\u{101}ja v\u{101}rds, parole un j\u{101}.\" The name of the man",
            "Es saprotu, ka dien\u{101}, nakt\u{101}, un j\u{101}, v\u{113}l the names of the men and the towns.",
            "The file is ???:??? in the list, and ???:the_name of it is not known. It was ???:???\n",
            "\u{C548}\u{B155}\u{D558}\u{C138}\u{C694} is what the people in the town say to a friend.",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
