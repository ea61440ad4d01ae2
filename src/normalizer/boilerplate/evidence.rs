//! Evidence adds up: what a line says, how long it is, what stands beside it and where it stands.
//!
//! One cue is never enough unless it is a whole line that nobody writes in an article. The weights
//! were tuned on the benchmark's 181 development pages, all of which were read; gold lines that share
//! the cues ("Sign up for the bundle …", "Updated … list") must stay below [`ENOUGH`].

use super::captions::{CAPTION_LETTERS, CREDIT_LETTERS};
use super::mark::{Mark, Stand, cues, marks};
use super::page::Page;
use super::phrases::{Anchor, Found};
use super::shape::{Shape, ends_sentence};
use super::stamp::is_stamp;
use super::unmarked::weigh_unmarked;
use super::zones::Zones;
use crate::rules::Rule;

/// The score from which a line goes.
pub const ENOUGH: i32 = 6;

/// A whole line that nobody writes in an article: enough alone.
const WHOLE_LINE: i32 = 6;
/// A whole line that could be a heading or a word of a list.
const WHOLE_LINE_WEAK: i32 = 3;
/// The opening of a prompt.
const PROMPT: i32 = 4;
/// An opening that sentences share with prompts, with a cue further on.
const LEAD: i32 = 2;
/// The same where the line is longer than most prompts.
const LONG_LEAD: i32 = 0;
/// A credit with its label, or a time stamp with its label.
pub const LABELLED: i32 = 6;
/// The first cue of the same kind, and each further one.
const CUE: i32 = 3;
const CUE_AGAIN: i32 = 1;
/// The line stands above the first prose or below the last.
pub const EDGE: i32 = 2;
/// The line above or below carries a mark of a prompt, too.
const COMPANY: i32 = 2;
/// The very same line stands elsewhere in the text, too. A heading or a word of a list recurs in
/// articles as well (recipes, tables), so that a weak phrase gains nothing.
const REPEATED: i32 = 2;
/// The line is short and no sentence.
const SHORT: i32 = 1;
/// The line is longer than a prompt of its kind ever is.
const TOO_LONG: i32 = -6;

/// A line of at most this many letters counts as short.
const SHORT_LETTERS: u32 = 40;

/// A line of more letters than this is longer than most prompts.
const LEAD_LETTERS: u32 = 140;

/// Names after "Reporting by" take at most this many letters.
const NAMES_LETTERS: u32 = 260;

/// A byline has at most this many words.
const BYLINE_WORDS: u32 = 10;

/// A caption that ends in a bare agency name stands before this many last lines: there the name
/// signs the article.
const SIGNED_LINES: usize = 3;

/// A caption that ends in a bare agency name has at most this many letters.
const AGENCY_CAPTION_LETTERS: u32 = 220;

/// A sentence before a bare agency name is a caption up to this many letters; a longer one is a
/// paragraph that the agency signs.
const AGENCY_SENTENCE_LETTERS: u32 = 120;

/// What one line amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The kind with the highest score.
    pub kind: Rule,
    /// Its score.
    pub score: i32,
}

/// Weighs a line on its page; none if it says nothing.
pub fn weigh(page: &Page, at: usize, zones: &Zones) -> Option<Verdict> {
    let line = page.content(at);
    let marks = marks(line);
    if marks.is_empty() {
        return weigh_unmarked(page, at, zones);
    }
    let shape = Shape::of(line);
    let prompts = |mark: &Mark| matches!(mark.anchor, Anchor::Lead | Anchor::Start);
    let cues = if marks.iter().any(prompts) {
        cues(line)
    } else {
        Vec::new()
    };
    let edge = if zones.at_edge(at) { EDGE } else { 0 };
    marks
        .iter()
        .filter_map(|mark| {
            let cue = cue_score(mark.kind, &cues);
            let (kind, base) = claim(mark, &shape, cue > 0)?;
            if is_signature(page, at, mark, &shape) {
                return None;
            }
            let mut score = base + edge + cue + length(kind, mark, &shape);
            if (ENOUGH - COMPANY..ENOUGH).contains(&score) && has_company(page, at) {
                score += COMPANY;
            }
            if (ENOUGH - REPEATED..ENOUGH).contains(&score)
                && base != WHOLE_LINE_WEAK
                && page.repeats(at)
            {
                score += REPEATED;
            }
            Some(Verdict { kind, score })
        })
        .chain(weigh_unmarked(page, at, zones))
        .max_by_key(|verdict| verdict.score)
}

/// Weighs a sentence that closes the text: no neighbours, and at the edge.
pub fn weigh_alone(sentence: &str) -> Option<Verdict> {
    let marks = marks(sentence);
    if marks.is_empty() {
        return None;
    }
    let shape = Shape::of(sentence);
    let cues = cues(sentence);
    marks
        .iter()
        .filter_map(|mark| {
            let cue = cue_score(mark.kind, &cues);
            let (kind, base) = claim(mark, &shape, cue > 0)?;
            let score = base + EDGE + cue + length(kind, mark, &shape);
            Some(Verdict { kind, score })
        })
        .max_by_key(|verdict| verdict.score)
}

/// What a mark is worth alone and for which kind; none if it does not stand as it must.
fn claim(mark: &Mark, shape: &Shape, cued: bool) -> Option<(Rule, i32)> {
    let alone = matches!(mark.stand, Stand::Alone | Stand::Open);
    let comma = mark.stand == Stand::Within && mark.rest.starts_with([',', '，', '、', '،']);
    if comma && mark.kind != Rule::B214 {
        // "Sign up, they said": the sentence goes on, it is no prompt. A caption's label may have one.
        return None;
    }
    let score = match mark.anchor {
        Anchor::Line | Anchor::Weak if is_count(mark) => WHOLE_LINE,
        Anchor::Line => alone.then_some(WHOLE_LINE)?,
        Anchor::Weak => (alone && !shape.is_prose()).then_some(WHOLE_LINE_WEAK)?,
        Anchor::Start => match mark.kind {
            Rule::B217 => is_stamp(mark.rest).then_some(LABELLED)?,
            Rule::B214 => LABELLED,
            Rule::B213 => return labelled_credit(mark, shape),
            Rule::B211 => is_copyright(mark).then_some(PROMPT)?,
            Rule::B215 => is_byline(mark, shape).then_some(PROMPT)?,
            _ if mark.stand == Stand::Alone => WHOLE_LINE_WEAK,
            _ => PROMPT,
        },
        Anchor::Lead if shape.letters > LEAD_LETTERS => (cued && !alone).then_some(LONG_LEAD)?,
        Anchor::Lead => (cued && !alone).then_some(LEAD)?,
        Anchor::End if mark.kind == Rule::B213 => return closing_credit(mark, shape),
        Anchor::End => LABELLED,
        _ => return None,
    };
    Some((mark.kind, score))
}

/// A credit with its label: "Photo: A. Nyman", "Reporting by A. Nyman", and a caption with a label
/// in front: "Image: the bridge on Monday".
fn labelled_credit(mark: &Mark, shape: &Shape) -> Option<(Rule, i32)> {
    match mark.stand {
        Stand::Before | Stand::Open => Some((credit_kind(shape), LABELLED)),
        Stand::Within => {
            let named = mark.words > 1 && !mark.rest.starts_with(char::is_lowercase);
            named.then_some((Rule::B213, LABELLED))
        }
        _ => (mark.words > 1).then_some((Rule::B213, WHOLE_LINE_WEAK)),
    }
}

/// A credit at the line's end: "A. Nyman/Agency", "… contributed to this report".
fn closing_credit(mark: &Mark, shape: &Shape) -> Option<(Rule, i32)> {
    // Three words and more are a phrase that only credits have.
    if mark.words >= 3 {
        return Some((Rule::B213, LABELLED));
    }
    // "… he said. (AFP)": in brackets after a sentence, the name signs the sentence.
    let before = mark.rest.trim_end_matches(['(', '[', '（']);
    if before.len() < mark.rest.len() && ends_sentence(before) {
        return None;
    }
    let short = mark.words == 2 && shape.letters <= CREDIT_LETTERS;
    let named =
        mark.stand == Stand::Alone || short || (!shape.stopped && is_apart(mark.rest, shape));
    named.then_some((credit_kind(shape), LABELLED))
}

/// A credit by itself, or a caption that a credit closes.
pub fn credit_kind(shape: &Shape) -> Rule {
    if shape.letters > CREDIT_LETTERS {
        Rule::B214
    } else {
        Rule::B213
    }
}

/// Whether punctuation parts an agency's name from what it credits: "A. Nyman/Agency", "(Agency)",
/// and after a short sentence "… in Oslo. Agency", but not "the agency" nor a name in quotes.
fn is_apart(rest: &str, shape: &Shape) -> bool {
    let rest = rest.trim_end();
    rest.ends_with([
        '/', '|', '(', '（', '©', '–', '—', ':', '：', '／', '＝', '=',
    ]) || shape.letters <= AGENCY_SENTENCE_LETTERS && rest.ends_with(['.', '。', '।', '۔'])
}

/// Whether an agency's name at the line's end may sign the article or a paragraph, not a picture.
fn is_signature(page: &Page, at: usize, mark: &Mark, shape: &Shape) -> bool {
    mark.anchor == Anchor::End
        && mark.kind == Rule::B213
        && mark.words < 3
        && shape.letters > CREDIT_LETTERS
        && !mark.rest.trim_end().ends_with(['/', '|', '©'])
        && (shape.letters > AGENCY_CAPTION_LETTERS || at + SIGNED_LINES >= page.len())
}

/// Whether a label of comments has nothing but their number after it: "Comments (12)".
fn is_count(mark: &Mark) -> bool {
    let digits = mark.rest.chars().filter(|c| c.is_numeric()).count();
    mark.kind == Rule::B209
        && (1..=5).contains(&digits)
        && !mark.rest.contains(char::is_alphabetic)
        && mark.rest.chars().count() <= digits + 3
}

/// Whether names follow "By", and no sentence.
fn is_byline(mark: &Mark, shape: &Shape) -> bool {
    !shape.stopped
        && shape.words <= BYLINE_WORDS
        && mark.rest.starts_with(|c: char| !c.is_lowercase())
}

/// Whether a copyright line goes on as one: a year, a sign, a name.
fn is_copyright(mark: &Mark) -> bool {
    let has_sign = |c: char| c.is_ascii_digit() || matches!(c, '©' | 'ⓒ');
    match mark.stand {
        Stand::Within => true,
        Stand::Before => mark.rest.contains(has_sign),
        _ => mark.words > 1,
    }
}

/// What a line's length says about a prompt of this kind.
fn length(kind: Rule, mark: &Mark, shape: &Shape) -> i32 {
    let names = kind == Rule::B213
        && (mark.anchor == Anchor::Start && mark.stand == Stand::Within
            || mark.anchor == Anchor::End && mark.words >= 3);
    let most = if names {
        NAMES_LETTERS
    } else {
        most_letters(kind)
    };
    if shape.letters > most {
        TOO_LONG
    } else if shape.letters <= SHORT_LETTERS && !shape.stopped {
        SHORT
    } else {
        0
    }
}

/// How long, in letters, a prompt of each kind gets.
fn most_letters(kind: Rule) -> u32 {
    match kind {
        // Notices written by lawyers.
        Rule::B211 | Rule::B220 => 900,
        // A longer disclaimer is about this very article: on the development pages the gold keeps it.
        Rule::B212 => 200,
        // Prompts of several sentences.
        Rule::B205 | Rule::B206 | Rule::B207 => 320,
        Rule::B204 => 200,
        Rule::B209 => 160,
        Rule::B210 => 200,
        Rule::B213 => CREDIT_LETTERS,
        Rule::B214 => CAPTION_LETTERS,
        _ => 70,
    }
}

fn cue_score(kind: Rule, cues: &[Found]) -> i32 {
    match cues.iter().filter(|cue| cue.kind == kind).count() as i32 {
        0 => 0,
        count => CUE + CUE_AGAIN * (count - 1).min(2),
    }
}

/// Whether the line above or below is a prompt by its own words.
fn has_company(page: &Page, at: usize) -> bool {
    let is_prompt = |line: usize| {
        marks(page.content(line))
            .iter()
            .any(|mark| match mark.anchor {
                Anchor::Line | Anchor::Weak => matches!(mark.stand, Stand::Alone | Stand::Open),
                Anchor::Start => true,
                _ => false,
            })
    };
    at.checked_sub(1).is_some_and(is_prompt) || is_prompt(at + 1)
}
