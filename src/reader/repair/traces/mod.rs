//! Traces: punctuation of which the damage left next to nothing.
//!
//! A charset without characters in 80–9F leaves of "—", UTF-8 E2 80 94, no more than "â"; a
//! double-byte decoder leaves three marks, or two and a character that swallowed the next letter; that of a
//! browser, and of what reads as browsers do, leaves one mark for the first two bytes.
//! Which sign it was is inferred from its place alone, so this needs English, whose contractions and
//! possessives ("donât", "Billâs") nobody writes on purpose, and it comes after everything else.

mod balance;
mod kinds;
mod places;
mod swallowed;

use std::borrow::Cow;
use std::ops::Range;

use kinds::{MISREAD, another_sign, bare_lead, halved, lone_mark, marked, may_begin};
use places::{Placed, evidence, foreign, in_foreign_word, placed};

use super::Step;
use super::cells::{Cells, Places};
use super::charsets::charset::CHARSETS;
use super::charsets::codec::UTF8;
use super::charsets::glyph;
use super::charsets::pairs;
use super::known::{Known, UNKNOWN};
use super::lost::wording::Lexicon;
use super::page::Patch;
use super::sharing::Repairs;
use super::topic::{self, Topic};
use crate::edit::Certainty;
use crate::reader::language::detect_plain;
use crate::rules::Rule;

/// How many characters of a text tell which signs it uses.
const CONTEXT: usize = 600;
/// The lead byte of general punctuation.
const LEAD: u8 = 0xE2;

/// The signs that a trace may be, all of them E2 80 and one byte more.
pub(crate) const SIGNS: [char; 7] = [
    '\u{2019}', '\u{201C}', '\u{201D}', '\u{2018}', '\u{2014}', '\u{2013}', '\u{2026}',
];

/// The points from which traces are read: a negation, or as much in several places. U+FFFD is
/// damage for sure, so that less is enough; and next to nothing is where the rounds before have
/// shown how the text was misread.
const ENOUGH: u32 = 3;
const ENOUGH_LOST: u32 = 2;
const ENOUGH_KNOWN: u32 = 1;

/// One in so many traces may stand in a word of another language, and stays: what is left of an emoji looks like one.
const FEW_FOREIGN: usize = 4;

/// Tells whether a kind of trace begins at this place.
type Kind<'k> = &'k dyn Fn(&[char], usize) -> Option<Trace>;

/// A place where a sign may have stood, in code points.
struct Trace {
    start: usize,
    end: usize,
    /// What can have stood there.
    may_be: Cow<'static, [char]>,
    /// A letter that the last byte took with it, and one that went with the trace right before it.
    swallowed: Option<char>,
    beside: Option<char>,
    left: Left,
    charset: &'static str,
    /// Whether nothing but damage puts such a thing there, wherever it stands.
    is_certain: bool,
    /// Whether it may be meant: it proves nothing, and stays if no sign fits its place well.
    is_doubtful: bool,
}

impl Trace {
    /// Marks that stand for one of these signs, read through nobody knows which charset.
    fn of_marks(span: Range<usize>, may_be: &'static [char]) -> Trace {
        Trace {
            start: span.start,
            end: span.end,
            may_be: may_be.into(),
            swallowed: None,
            beside: None,
            left: Left::Marks,
            charset: UNKNOWN,
            is_certain: false,
            is_doubtful: false,
        }
    }
}

/// What is left of a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// Marks, or a letter's half: no bytes that could be read again.
    Marks,
    /// Its first byte.
    Lead,
    /// All its bytes, which are in this charset.
    Bytes(&'static str),
}

/// The patches for the traces of one kind that a text has most evidence for.
pub(crate) fn find(text: &str, cells: &Cells, known: &Known) -> Vec<Patch> {
    let patches = find_all(cells, known).into_iter();
    // Of a mark by itself nothing but its place tells.
    let is_meant = |span: &Range<usize>| {
        &text[span.clone()] == "\u{FFFD}" && topic::is_near(text, span, Topic::Loss)
    };
    patches.filter(|patch| !is_meant(&patch.span)).collect()
}

/// The same, whatever the text speaks of.
fn find_all(cells: &Cells, known: &Known) -> Vec<Patch> {
    let (chars, places) = (&cells.chars, &cells.places);
    let begin: Vec<u32> = if cells.asks {
        let asks = |at: u32| chars[at as usize] == '?';
        let begins = |&at: &u32| asks(at) || may_begin(cells, at);
        (0..chars.len() as u32).filter(begins).collect()
    } else {
        let marks = cells.marks.iter().copied();
        marks.filter(|&at| may_begin(cells, at)).collect()
    };
    if begin.is_empty() {
        return Vec::new();
    }
    let kinds: [(Kind<'_>, u32); 6] = [
        (&marked::<'\u{FFFD}'>, ENOUGH_LOST),
        (&halved, ENOUGH),
        (&marked::<'?'>, ENOUGH),
        (&bare_lead, ENOUGH),
        (&lone_mark::<'\u{FFFD}'>, ENOUGH_LOST),
        (&lone_mark::<'?'>, ENOUGH),
    ];
    let misread: Vec<_> = MISREAD
        .iter()
        .map(|way| |chars: &[char], at: usize| another_sign(way, chars, at))
        .collect();
    // What stands for a sign of another charset is in a charset, too; most marks are in none.
    let is_glyph = |&at: &u32| cells.ids[at as usize] != glyph::NONE;
    let glyphs: Vec<u32> = begin.iter().copied().filter(is_glyph).collect();
    let kinds = kinds.map(|(kind, enough)| (kind, enough, &begin));
    let misread = misread
        .iter()
        .map(|kind| (kind as Kind<'_>, ENOUGH, &glyphs));
    let best = kinds
        .into_iter()
        .chain(misread)
        .filter_map(|(kind, enough, begin)| {
            let traces = traces(chars, begin, kind);
            let enough = if traces.iter().any(|trace| is_known(chars, trace, known)) {
                ENOUGH_KNOWN
            } else {
                enough
            };
            let (points, telling) = evidence(chars, &traces);
            // A mark by itself may be a bullet, or a space that keeps words together.
            let is_single = traces.iter().all(|trace| trace.end - trace.start == 1);
            let sure =
                enough == ENOUGH_KNOWN || enough == ENOUGH_LOST && points >= ENOUGH && !is_single;
            let telling = telling || sure;
            (points >= enough && telling).then_some((points, sure, traces))
        })
        .max_by_key(|(points, ..)| *points);
    match best {
        Some((points, sure, traces)) if is_english(chars) => {
            let lost = traces.iter().all(|trace| chars[trace.start] == '\u{FFFD}');
            let certain = sure && traces.iter().any(|trace| trace.is_certain);
            if lost || certain {
                return patches(chars, places, &traces);
            }
            let in_foreign = |trace: &Trace| in_foreign_word(chars, trace, &traces);
            let is_kept: Vec<bool> = traces.iter().map(|trace| !in_foreign(trace)).collect();
            let kept = is_kept.iter().filter(|&&is_kept| is_kept).count();
            let few = (traces.len() - kept) * FEW_FOREIGN <= kept;
            if foreign(chars, &traces) >= points || !few {
                return Vec::new();
            }
            let kept = traces.into_iter().zip(is_kept);
            let kept = kept.filter_map(|(trace, is_kept)| is_kept.then_some(trace));
            patches(chars, places, &kept.collect::<Vec<_>>())
        }
        _ => Vec::new(),
    }
}

/// Chooses among the signs that may stand at each of these places of a text, all together. Its language may be
/// known by the lexicon that it was read with.
pub(crate) fn choose(
    text: &[char],
    places: Vec<(usize, Vec<char>)>,
    lexicon: &Lexicon,
) -> Vec<Option<char>> {
    let traces: Vec<Trace> = places
        .into_iter()
        .map(|(at, may_be)| Trace {
            may_be: may_be.into(),
            is_certain: true,
            ..Trace::of_marks(at..at + 1, &[])
        })
        .collect();
    let lexicon = lexicon.of_the_same(text.iter().take(CONTEXT).collect());
    balance::signs(text, &traces, &lexicon)
}

/// Whether the rounds before have shown that the text was misread in the way of this trace.
fn is_known(chars: &[char], trace: &Trace, known: &Known) -> bool {
    match trace.charset {
        UNKNOWN => known.has_marks(),
        name if pairs::is_one(name) => known.has_pairs(name),
        _ => CHARSETS.iter().any(|charset| {
            known.has(charset.name) && charset.glyph(LEAD) == Some(chars[trace.start])
        }),
    }
}

/// The traces of one kind where a sign can have stood, none within another. They begin at these characters
/// only.
fn traces(chars: &[char], begin: &[u32], kind: Kind) -> Vec<Trace> {
    let mut found: Vec<Trace> = Vec::new();
    // Where the last trace ended, and the letter that went with it.
    let (mut passed, mut swallowed) = (0, None);
    for at in begin.iter().map(|&at| at as usize) {
        if at < passed {
            continue;
        }
        if let Some(mut trace) = kind(chars, at) {
            trace.beside = swallowed.filter(|_| passed == at);
            (passed, swallowed) = (trace.end, trace.swallowed);
            let placed = placed(chars, &trace);
            if placed != Placed::No {
                trace.is_doubtful |= placed == Placed::Perhaps;
                found.push(trace);
            }
        }
    }
    found
}

/// Whether the words of a text are English.
pub(crate) fn is_english(chars: &[char]) -> bool {
    detect_plain(chars).is_some_and(|language| language.code() == "en")
}

/// One patch a trace, the signs by their places.
fn patches(chars: &[char], places: &Places, traces: &[Trace]) -> Vec<Patch> {
    let mut repairs = Repairs::default();
    // Nothing is certain of a text that still holds traces.
    let signs = balance::signs(chars, traces, &Lexicon::new(String::new()));
    let signs = signs.into_iter().zip(traces);
    signs
        .filter_map(|(sign, trace)| Some(patch(places, trace, sign?, &mut repairs)))
        .collect()
}

fn patch(places: &Places, trace: &Trace, sign: char, repairs: &mut Repairs) -> Patch {
    let after: String = std::iter::once(sign).chain(trace.swallowed).collect();
    let encode = Step::Encode(trace.charset.into());
    let repair = match trace.left {
        Left::Marks => repairs.share_written(trace.charset, &after),
        Left::Bytes(charset) => {
            repairs.share(trace.charset, vec![encode, Step::Decode(charset.into())])
        }
        Left::Lead => {
            let mut bytes = [0; 4];
            let bytes = sign.encode_utf8(&mut bytes).as_bytes();
            let lost = bytes.iter().enumerate().skip(1);
            let restored = lost.map(|(at, &byte)| Step::Restore { at, byte });
            let decode = Step::Decode(UTF8.into());
            let steps = std::iter::once(encode).chain(restored).chain([decode]);
            repairs.share(trace.charset, steps.collect::<Vec<_>>())
        }
    };
    Patch {
        span: places.span(trace.start..trace.end),
        after,
        rule: Rule::E102,
        certainty: Certainty::Inferred,
        repair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let mut after = text.to_owned();
        for patch in find(text, &Cells::new(text), &Known::default())
            .into_iter()
            .rev()
        {
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
            (
                "The king of the town \u{E2} he was old \u{E2} called it (\u{E2}home\u{E2} to many) and left.",
                "The king of the town — he was old — called it (“home” to many) and left.",
            ),
            (
                "They ran out of the house. ???Are we in trouble.??? ???Yes, but you ??? I mean, look at them!???",
                "They ran out of the house. “Are we in trouble.” “Yes, but you — I mean, look at them!”",
            ),
            (
                "Those who had been at the school 2019\u{E2}2024 were asked again in the town 2025\u{E2}2026.",
                "Those who had been at the school 2019–2024 were asked again in the town 2025–2026.",
            ),
            (
                "They say: \u{E2}??Let the men of the town wait.\u{E2}??",
                "They say: “Let the men of the town wait.”",
            ),
            // What is left of scales among them, in ISO-8859-5.
            (
                "тWe donтt know,т she said of the town. тяИ тTheyтre late,т and they arenтt here.",
                "“We don’t know,” she said of the town. тяИ “They’re late,” and they aren’t here.",
            ),
        ] {
            assert_eq!(repaired(before), after);
        }
    }

    #[test]
    fn one_mark_stands_for_two_bytes_as_browsers_have_it() {
        let clean =
            "“We don’t know,” she said of the town’s bridge — and left… The men don’t care.";
        for damaged in [
            // EUC-KR, Big5, EUC-JP
            "\u{FFFD}\u{C3FB}e don\u{FFFD}\u{C173} know,\u{FFFD}\u{FFFD} she said of the town\u{FFFD}\u{C172} bridge \u{FFFD}\u{FFFD} and left\u{FFFD}\u{FFFD} The men don\u{FFFD}\u{C173} care.",
            "\u{FFFD}\u{4E6A}e don\u{FFFD}\u{810C} know,\u{FFFD}\u{FFFD} she said of the town\u{FFFD}\u{43ED} bridge \u{FFFD}\u{FFFD} and left\u{FFFD}\u{FFFD} The men don\u{FFFD}\u{810C} care.",
            "\u{FFFD}\u{FFFD}We don\u{FFFD}\u{FFFD}t know,\u{FFFD}\u{FFFD} she said of the town\u{FFFD}\u{FFFD}s bridge \u{FFFD}\u{FFFD} and left\u{FFFD}\u{FFFD} The men don\u{FFFD}\u{FFFD}t care.",
        ] {
            assert_eq!(repaired(damaged), clean);
        }
    }

    #[test]
    fn words_and_questions_stay() {
        for text in [
            "The ch\u{E2}teau of the dignit\u{E2}t is the oldest of the houses in the village.",
            "The operators \u{E2} and \u{E2} are written with a hat in the paper on the theory.",
            "The caf\u{FFFD}\u{FFFD}s of the town are closed, and the na\u{FFFD}\u{FFFD}ve men of the caf\u{FFFD}\u{FFFD}s know it.",
            "The sign \u{FFFD}\u{C172} is what the men of the town have read in the paper of the village.",
            "What??? They know??? Nobody in the village has ever heard of the letter.",
            "In Romanian \u{E2} is found inside of words, and the letter \u{E2} stands at the end of none.",
            "The prize of the town goes to ??? and ??? for the ???best house in the village.",
            "Was that ???the one that they have seen??? Nobody in the town knows what it is.",
            "Is that the letter \u{E2}?? Or is it the other one of the two??",
            "They don\u{E2}t know the \u{E9}lev\u{E2} of the \u{E2}g\u{E9} in the town.",
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
