//! Accept: which characters of a reading are damage, and what they count together.

use std::cell::OnceCell;
use std::ops::Range;

use super::MANY_ODDS;
use super::cells::Cells;
use super::charset::CHARSETS;
use super::english;
use super::evidence::{
    PROVEN_POINTS, asks, counts, evidence, holds_control, is_altered, is_likelier, is_marked,
    is_tidied, makes_controls, odd_but_layered, worth,
};
use super::lossy::{self, Guess, LEAST};
use super::names;
use super::odd;
use super::prior::prior;
use super::single::Reading;
use super::words::{inside_word, is_fluent, is_word, same_script, touches_letter};

/// So many letters in a row are no accident.
const LONG_WORD: usize = 4;
/// The points a charset needs in the document before anything is changed.
const NEEDED_POINTS: i32 = 2;
/// The points that leave no doubt what a text was misread through.
const BEYOND_DOUBT: i32 = 20;

/// Decides which hits are damage, and what they count together. Returns whether they prove
/// enough for letters with lost bytes to be guessed, too.
pub(crate) fn accept(reading: &mut Reading, cells: &Cells, known: bool) -> bool {
    let mut points = 0;
    let mut gained = 0;
    let mut improved = vec![false; reading.hits.len()];
    let mut words = vec![false; reading.hits.len()];
    let mut names = vec![false; reading.hits.len()];
    let letter_before = |at: usize| at > 0 && odd::script(cells.chars[at - 1]) != 0;
    let capital = |at: Option<usize>| {
        at.and_then(|at| cells.chars.get(at))
            .is_some_and(|&c| odd::kind(c) == odd::Kind::Upper)
    };
    // A small letter among capitals is no gain: text in capitals looks odd by itself.
    let among_capitals =
        |start: usize, end: usize| capital(start.checked_sub(1)) && capital(Some(end));
    let counted = OnceCell::new();
    let alone = |c: char| {
        let counts = counted.get_or_init(|| scripts(reading, cells));
        counts[usize::from(odd::script(c) & 63)] < 2
    };
    let mut first = 0;
    while first < reading.hits.len() {
        let mut next = first + 1;
        while next < reading.hits.len() && reading.hits[next - 1].end == reading.starts[next] {
            next += 1;
        }
        let hits = &reading.hits[first..next];
        let (start, end) = (reading.starts[first], reading.hits[next - 1].end);
        let controls = (first..next).any(|i| {
            holds_control(
                &reading.hits[i],
                &cells.chars[reading.starts[i]..reading.hits[i].end],
            )
        });
        // One letter of a script that nothing else in the text is in: chance makes one.
        let greek = is_greek_index(hits, &cells.chars[..start], &cells.chars[start..end]);
        let stray = matches!(hits, [hit] if odd::script(hit.c) > odd::LATIN && alone(hit.c));
        if (!stray || greek)
            && makes_controls(&reading.channel, &cells.chars[start..end])
            && (controls || !inside_word(&reading.channel, cells, start, end))
        {
            let before = &cells.chars[start.saturating_sub(1)..(end + 1).min(cells.chars.len())];
            let left = start.checked_sub(1).map(|i| cells.chars[i]);
            let after = left
                .into_iter()
                .chain(hits.iter().map(|hit| hit.c))
                .chain(cells.chars.get(end).copied());
            let (before, after) = (
                odd::count(before.iter().copied()),
                odd_but_layered(&reading.channel, after),
            );
            gained += before.saturating_sub(after);
            // A word in one script may just have an unusual capital, as units have.
            let letters = hits.iter().all(|hit| hit.len == 2)
                || hits.iter().any(|hit| odd::script(hit.c) > odd::LATIN);
            // What is damaged inside a Latin word was a Latin letter or a sign; a letter that touches
            // anything else is of an escape.
            let touches = touches_letter(&cells.chars, start, end)
                && hits.iter().all(|hit| odd::script(hit.c) <= odd::LATIN);
            let word = same_script(&cells.chars[start..end]) && letters && !touches;
            // Two signs at a word's start, as in a formula or a table, are no letter for sure.
            let signs = hits.len() == 1
                && odd::script(cells.chars[start]) == 0
                && start
                    .checked_sub(1)
                    .is_none_or(|at| odd::script(cells.chars[at]) == 0);
            // Signs and letters by turns that read as a word: dashes in Cyrillic, in a charset of the Mac.
            let spells = hits.len() >= LONG_WORD
                && before >= after
                && hits.iter().all(|hit| hit.missing == 0)
                && same_script(&hits.iter().map(|hit| hit.c).collect::<Vec<_>>())
                && !same_script(&cells.chars[start..end]);
            let named = is_named(reading, cells, first..next)
                || greek
                || contracts(hits, cells, start, end);
            for (i, hit) in hits.iter().enumerate() {
                words[first + i] = word;
                names[first + i] = named;
                if spells {
                    improved[first + i] = true;
                    points += 1;
                    continue;
                }
                if named && hit.missing <= 1 {
                    improved[first + i] = true;
                    points += PROVEN_POINTS;
                    continue;
                }
                let shouted = odd::kind(hit.c) == odd::Kind::Lower && among_capitals(start, end);
                improved[first + i] = before > after && (!word || hits.len() > 1) && !shouted;
                if hits.len() == 1
                    && counts(hit.c, &cells.chars[..start], &cells.chars[end..])
                    && !letter_before(start)
                {
                    improved[first] = true;
                    points += evidence(hit);
                    continue;
                }
                if signs && hit.len == 2 {
                    continue;
                }
                if word {
                    points += i32::from(improved[first + i] && i > 0);
                } else {
                    let is_sign = (hit.missing == 0 || hit.len == 4 && lossy::begins_sign(hit))
                        && hit.len > 2
                        && odd::script(hit.c) == 0
                        && !is_word(&cells.chars[reading.starts[first + i]..hit.end]);
                    if (before > after || before == after && is_sign) && !shouted {
                        let counted = evidence(hit).max(i32::from(is_marked(hit, cells)));
                        points += counted;
                        // All bytes of punctuation are no sound word, whatever else the text holds.
                        improved[first + i] |=
                            is_sign && hit.missing == 0 && counted >= PROVEN_POINTS;
                    }
                }
            }
        }
        first = next;
    }
    // What an earlier round has shown makes up for points, not for words that are odd as they stand.
    let proven = points >= NEEDED_POINTS;
    if !proven && !known {
        return false;
    }
    // Where most of what is odd stays odd, the text was misread in another way.
    let odds = cells.odds;
    let otherwise =
        odds >= MANY_ODDS && gained * 3 < odds && points < i32::try_from(odds).unwrap_or(i32::MAX);
    let covered: usize = reading
        .hits
        .iter()
        .map(|hit| usize::from(hit.len - hit.missing))
        .sum();
    let whole = reading.uncovered * 10 <= covered;
    // Where all else decodes, what is left of a character is no word of the script it looks like.
    let beyond_doubt = whole && !otherwise && points >= BEYOND_DOUBT;
    let starts = &reading.starts;
    // Where most letters of a charset do not decode, a word of such letters is one of theirs.
    for (improved, word) in improved.iter_mut().zip(words) {
        *improved &= whole || !word;
    }
    let certain =
        |i: usize, hit: &Guess| improved[i] && holds_control(hit, &cells.chars[starts[i]..hit.end]);
    let at_figures = |i: usize, hit: &Guess| {
        let (before, behind) = (&cells.chars[..starts[i]], &cells.chars[hit.end..]);
        counts(hit.c, before, behind)
    };
    let mut score = 0;
    let mut likelihood = 0;
    for (i, hit) in reading.hits.iter().enumerate() {
        let bare = hit.len - hit.missing <= 1 && !is_marked(hit, cells);
        reading.accepted[i] = if otherwise {
            certain(i, hit)
        } else if bare && !names[i] && !at_figures(i, hit) {
            let needed = if is_tidied(&reading.channel, hit) || improved[i] && is_altered(hit) {
                1
            } else {
                2
            };
            (whole || improved[i]) && points >= needed * NEEDED_POINTS
        } else {
            let word = || is_fluent(&cells.chars, reading.starts[i]);
            improved[i] || whole && (proven || !word()) && !asks(hit, cells)
        };
        reading.accepted[i] &=
            hit.missing == 0 || beyond_doubt || is_likelier(hit, cells, reading.starts[i]);
        if reading.accepted[i] {
            score += worth(hit) - controls_for_glyphs(reading, i, cells);
            if hit.missing == 0 && !names[i] {
                likelihood += prior(hit.c).unwrap_or(LEAST);
            }
        }
    }
    reading.likelihood = likelihood;
    reading.score = score - reading.uncovered as i32 / 4;
    if reading.score <= 0 {
        reading.score = 0;
        for (i, hit) in reading.hits.iter().enumerate() {
            reading.accepted[i] &= certain(i, hit);
            reading.score += if reading.accepted[i] { worth(hit) } else { 0 };
        }
    }
    // Noise reads as UTF-8 here and there, and more of it does not.
    !otherwise || reading.uncovered <= covered
}

/// How many characters beyond ASCII of each script there are, as they stand and as they are read, up to 2.
fn scripts(reading: &Reading, cells: &Cells) -> [u8; 64] {
    let mut counts = [0; 64];
    let read = reading.hits.iter().map(|hit| hit.c);
    for c in read.chain(cells.beyond_ascii()) {
        let count = &mut counts[usize::from(odd::script(c) & 63)];
        *count = 2.min(*count + 1);
    }
    counts
}

/// Whether this is a small Greek letter that stands behind a capital or a figure, as in "TNFα" and "IL2Rγc",
/// and was no letter there.
fn is_greek_index(hits: &[Guess], before: &[char], chars: &[char]) -> bool {
    let behind = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit();
    matches!(hits, [hit] if hit.missing == 0 && ('\u{3B1}'..='\u{3C9}').contains(&hit.c))
        && before.last().is_some_and(behind)
        && chars.iter().any(|&c| odd::script(c) == 0)
}

/// Whether these hits are an apostrophe with all its bytes in an English contraction.
fn contracts(hits: &[Guess], cells: &Cells, start: usize, end: usize) -> bool {
    matches!(hits, [hit] if hit.c == '\u{2019}' && hit.missing == 0) && {
        let (stem, tail) = names::around(&cells.chars[..start], &cells.chars[end..]);
        let string = |letters: &[char]| letters.iter().collect::<String>();
        english::is_contraction(&string(stem), &string(tail))
    }
}

/// Whether the word that these hits stand in is a name, as they read.
fn is_named(reading: &Reading, cells: &Cells, hits: Range<usize>) -> bool {
    /// Hits that one word has, at most, beside these.
    const NEAR: usize = 4;
    let latin = |hit: &Guess| odd::script(hit.c) == odd::LATIN;
    if !reading.hits[hits.clone()].iter().all(latin) {
        return false;
    }
    let near = hits.start.saturating_sub(NEAR)..(hits.end + NEAR).min(reading.hits.len());
    let letters = |at: usize, to: usize| {
        cells
            .chars
            .get(at..to)
            .is_some_and(|between| between.iter().all(char::is_ascii_alphabetic))
    };
    let joins = |&at: &usize| letters(reading.hits[at - 1].end, reading.starts[at]);
    let first = (near.start + 1..=hits.start).rev().take_while(joins).last();
    let first = first.map_or(hits.start, |at| at - 1);
    let last = (hits.end..near.end)
        .take_while(joins)
        .last()
        .unwrap_or(hits.end - 1);
    let (before, behind) = names::around(
        &cells.chars[..reading.starts[first]],
        &cells.chars[reading.hits[last].end..],
    );
    let mut word = before.to_vec();
    for at in first..=last {
        word.push(reading.hits[at].c);
        if at < last {
            word.extend(&cells.chars[reading.hits[at].end..reading.starts[at + 1]]);
        }
    }
    word.extend(behind);
    names::is_name(&word)
}

/// Of the bytes of a hit, those that a control stands for although the charset has a character.
fn controls_for_glyphs(reading: &Reading, at: usize, cells: &Cells) -> i32 {
    let table = &CHARSETS[reading.channel.charset];
    let is_control =
        |&&c: &&char| odd::kind(c) == odd::Kind::Control && table.own(c as u32 as u8).is_some();
    cells.chars[reading.starts[at]..reading.hits[at].end]
        .iter()
        .filter(is_control)
        .count() as i32
}
