//! Single: UTF-8 that was misread through a single-byte charset.

use super::channel::{Channel, Seen};
use super::charset::CHARSETS;
use super::codec;
use super::context::{Place, likelihood};
use super::glyph;
use super::known::Known;
use super::lattice::{self, Arc, Around, in_bits};
use super::lossy::{self, Cells, Guess, Trace};
use super::odd;
use super::page::Patch;
use super::prior::prior;
use super::utf8::{self, MOST};
use super::{MANY_ODDS, Step};
use crate::edit::Certainty;
use crate::reader::language::{BIT, detect, is_letter, plausibility};
use crate::rules::Rule;

/// How many charsets are looked at closely: those with the most pairs that decode.
const CANDIDATES: usize = 8;
/// What a damaged run counts when all its bytes are there, and when some were inferred.
const PROVEN_POINTS: i32 = 2;
/// The points a charset needs in the document before anything is changed.
const NEEDED_POINTS: i32 = 2;
/// What a byte counts that a likely character explains.
const WORTH: i32 = 4;
/// So many letters in a row are no accident.
const LONG_WORD: usize = 4;
/// Below this a character is rare, on the scale of the prior.
const RARE: i32 = -65;

/// The bytes of "à", the second of which is a no-break space in most charsets.
const A_GRAVE: [u8; 2] = [0xC3, 0xA0];

/// What it costs a guess to leave a byte behind it that would have continued it.
const ORPHAN_COST: i32 = 30;

/// What it costs to leave what may be part of a character as it is, and a letter among others.
const KEPT_COST: i32 = 12 * BIT as i32;
const KEPT_LETTER_COST: i32 = 8 * BIT as i32;
/// How many bytes of the text tell its language.
const CONTEXT: usize = 2000;

/// What it costs a guess to take a space for a no-break space.
const SPACE_COST: i32 = 12;

/// One charset's account of the document.
struct Reading {
    channel: Channel,
    hits: Vec<Guess>,
    starts: Vec<usize>,
    /// Whether bytes were lost, or something does not decode that should.
    lossy: bool,
    /// Letters that can be bytes of the charset, and do not decode.
    uncovered: usize,
    accepted: Vec<bool>,
    score: i32,
}

impl Reading {
    /// Which characters stand where, in its view.
    fn outcome(&self) -> impl Iterator<Item = (usize, usize, char)> {
        let hits = self.hits.iter().zip(&self.starts).zip(&self.accepted);
        hits.filter(|(_, accepted)| **accepted)
            .map(|((hit, &start), _)| (start, hit.end, hit.c))
    }
}

/// The patches of one round: the charset that explains most, wherever it explains something.
pub(crate) fn find(chars: &[char], offsets: &[usize], known: &Known) -> (i32, Vec<Patch>) {
    let ids: Vec<u16> = chars.iter().map(|&c| glyph::id(c)).collect();
    let marks = marks(chars, &ids);
    let cells = Cells {
        chars,
        ids: &ids,
        marks: &marks,
        odds: odd::count(chars.iter().copied()),
    };
    let mut readings: Vec<Reading> = Vec::new();
    let mut best: Option<usize> = None;
    for (charset, most) in candidates(cells) {
        let so_far = best.map_or(0, |best| readings[best].score);
        if most <= so_far {
            continue;
        }
        let reading = read(charset, cells, known.has(CHARSETS[charset].name));
        if reading.score > so_far {
            best = Some(readings.len());
        }
        readings.push(reading);
    }
    let Some(best) = best else {
        return (0, Vec::new());
    };
    // Sound letters around speak against the commoner charsets, which have them. Where that makes no
    // difference to the outcome, the commonest is the one to name.
    let score = readings[best].score;
    let same = |reading: &Reading| reading.outcome().eq(readings[best].outcome());
    let named = readings.iter().position(same).unwrap_or(best);
    let reading = &mut readings[named];
    settle(reading, cells);
    let uncovered = reading.uncovered;
    let known = known.has(CHARSETS[reading.channel.charset].name);
    accept(reading, cells, uncovered, known);
    (score, patches(reading, cells, offsets))
}

/// Where something stands that may be part of a character, or ends a line.
fn marks(chars: &[char], ids: &[u16]) -> Vec<u32> {
    let is_mark = |(&c, &id): (&char, &u16)| id != 0 || matches!(c, '\n' | '\u{FFFD}');
    let marks = chars.iter().zip(ids).zip(0..);
    marks
        .filter(|&(cell, _)| is_mark(cell))
        .map(|(_, at)| at)
        .collect()
}

/// The charsets in which the most touching characters can be UTF-8, in the order of the table, each
/// with the most that a reading through it can score.
fn candidates(cells: Cells<'_>) -> Vec<(usize, i32)> {
    let mut counts = [(0, 0); glyph::COUNT];
    let mut tally = |mut mask: u64, count: u32, bytes: i32| {
        while mask != 0 {
            let (counted, most) = &mut counts[mask.trailing_zeros() as usize];
            *counted += count;
            *most += WORTH * bytes;
            mask &= mask - 1;
        }
    };
    let cont = |at: usize| cells.ids.get(at).map_or(0, |&id| glyph::roles(id).cont);
    for at in cells.marks.iter().map(|&at| at as usize) {
        let [two, three, four] = glyph::roles(cells.ids[at]).lead;
        if two | three | four == 0 {
            continue;
        }
        let (next, third) = (cont(at + 1), cont(at + 2));
        let whole = [
            two & next,
            three & next & third,
            four & next & third & cont(at + 3),
        ];
        tally(whole[0], 2, 2);
        tally(whole[1], 3, 3);
        tally(whole[2], 4, 4);
        tally((three | four) & next & !third, 1, 0);
        // With a byte missing, what is there counts over what is not.
        tally(two & !whole[0] | three & !whole[1], 0, 1);
        tally(four & !whole[2], 0, 2);
    }
    let mut ranked: Vec<usize> = (0..glyph::COUNT).filter(|&k| counts[k].0 > 0).collect();
    ranked.sort_by_key(|&k| std::cmp::Reverse(counts[k].0));
    ranked.truncate(CANDIDATES);
    ranked.sort_unstable();
    ranked.into_iter().map(|k| (k, counts[k].1)).collect()
}

fn exact(channel: &Channel, cells: Cells<'_>, at: usize) -> Option<Guess> {
    let lead = channel.byte(*cells.ids.get(at)?);
    let len = utf8::length(lead);
    if len == 0 || at + len > cells.ids.len() {
        return None;
    }
    if lead == utf8::SURROGATE_LEAD
        && let Some(guess) = surrogates(channel, cells, at)
    {
        return Some(guess);
    }
    let mut bytes = utf8::led(lead);
    for (byte, &id) in bytes[1..len].iter_mut().zip(&cells.ids[at + 1..at + len]) {
        *byte = channel.inner(id);
        if !utf8::continues(*byte) {
            return None;
        }
    }
    let c = utf8::decode(&bytes[..len])?;
    let mut guess = Guess {
        c,
        end: at + len,
        bytes,
        traces: [Trace::Glyph; MOST],
        len: len as u8,
        missing: 0,
    };
    for i in 1..len {
        let mut bytes = guess.bytes;
        bytes[i] = glyph::other_byte(channel.charset, cells.ids[at + i]);
        match utf8::decode(&bytes[..len]) {
            Some(c) if prior(c) > prior(guess.c) => (guess.c, guess.bytes) = (c, bytes),
            _ => {}
        }
    }
    Some(guess)
}

/// A character beyond U+FFFF of which each surrogate was written as a character.
fn surrogates(channel: &Channel, cells: Cells<'_>, at: usize) -> Option<Guess> {
    let ids = cells.ids.get(at..at + MOST)?;
    let mut traces = [Trace::Glyph; MOST];
    let bytes = std::array::from_fn(|i| match i {
        0 | 3 => channel.byte(ids[i]),
        // A no-break space, which later steps make a space of.
        1 if cells.chars[at + 1] == ' ' => {
            traces[1] = Trace::Altered(1);
            channel.nbsp
        }
        _ => channel.inner(ids[i]),
    });
    Some(Guess {
        c: utf8::surrogates(bytes)?,
        end: at + MOST,
        bytes,
        traces,
        len: MOST as u8,
        missing: u8::from(traces[1] != Trace::Glyph),
    })
}

/// How the document shows the bytes the charset leaves undefined, from what decodes exactly.
fn seen(channel: &Channel, cells: Cells<'_>) -> Seen {
    let mut seen = Seen::default();
    let mut passed = 0;
    for at in cells.marks.iter().map(|&at| at as usize) {
        if at < passed {
            continue;
        }
        match exact(channel, cells, at) {
            Some(hit) => {
                seen.exact += 1;
                for (i, &byte) in hit.bytes[..usize::from(hit.len)].iter().enumerate() {
                    match cells.chars[at + i] {
                        '\u{A0}' => seen.nbsp += 1,
                        '\u{AD}' => seen.shy += 1,
                        _ => {}
                    }
                    if CHARSETS[channel.charset].own(byte).is_none() {
                        if matches!(cells.chars[at + i] as u32, 0x80..=0x9F) {
                            seen.raw += 1;
                        } else {
                            seen.filled += 1;
                        }
                    }
                }
                passed = hit.end;
            }
            None => {
                let byte = channel.byte(cells.ids[at]);
                let next = at + 1;
                match cells.chars.get(next) {
                    _ if byte == 0 => {}
                    Some('\u{FFFD}') => seen.replaced += 1,
                    Some('?') => seen.questioned += 1,
                    Some(' ') => {}
                    Some(_) => {
                        let inner = utf8::continues(channel.inner(cells.ids[next]));
                        let third = cells.chars.get(at + 2);
                        let gap = match utf8::length(byte) {
                            2 => true,
                            3 => {
                                !inner
                                    || !matches!(third, Some(' ' | '?' | '\u{FFFD}' | '"' | '\''))
                            }
                            _ => false,
                        };
                        seen.dropped += u32::from(gap);
                    }
                    None => {}
                }
            }
        }
    }
    seen
}

fn read(charset: usize, cells: Cells<'_>, known: bool) -> Reading {
    let plain = Channel::new(charset, Seen::default());
    let seen = seen(&plain, cells);
    // Letters are guessed only where others of the charset are certain.
    let sure = seen.exact > 0 || seen.replaced > 1;
    let channel = Channel::new(charset, seen);
    let mut hits = Vec::new();
    let mut starts = Vec::new();
    let mut guesses = Vec::new();
    let mut lossy = false;
    let mut uncovered = 0;
    let mut passed = 0;
    let mut last = '\n';
    let mut quoted = false;
    for at in cells.marks.iter().map(|&at| at as usize) {
        if at < passed {
            continue;
        }
        if at > passed {
            last = cells.chars[at - 1];
        }
        let byte = channel.byte(cells.ids[at]);
        let mut hit = None;
        if byte != 0 {
            hit = exact(&channel, cells, at);
            let follows = cells.chars.get(at + 1) == Some(&' ');
            let telling = matches!(byte, 0xE2 | 0xF0) || byte == A_GRAVE[0] && follows;
            if hit.is_none() && utf8::length(byte) > 0 && (sure || telling) {
                lossy::guesses(&channel, cells, at, &mut guesses);
                hit = choose(&channel, cells, &guesses, last, quoted);
            }
        }
        let (c, end) = match hit {
            Some(guess) => {
                lossy |= guess.missing > 0;
                hits.push(guess);
                starts.push(at);
                (guess.c, guess.end)
            }
            None => {
                uncovered += usize::from(byte != 0 && odd::script(cells.chars[at]) > 0);
                lossy |= utf8::length(byte) > 0 || cells.chars[at] == '\u{FFFD}';
                (cells.chars[at], at + 1)
            }
        };
        match c {
            '\n' => quoted = false,
            '\u{201C}' => quoted = true,
            '\u{201D}' => quoted = false,
            _ => {}
        }
        last = c;
        passed = end;
    }
    let mut reading = Reading {
        channel,
        accepted: vec![false; hits.len()],
        hits,
        starts,
        lossy,
        uncovered,
        score: 0,
    };
    accept(&mut reading, cells, uncovered, known);
    reading
}

/// Reads the stretches with lost bytes again, each as a whole, by the language of the text.
fn settle(reading: &mut Reading, cells: Cells<'_>) {
    if !reading.lossy {
        return;
    }
    let channel = &reading.channel;
    let language = detect(&certain(channel, cells))
        .first()
        .map(|guess| guess.language);
    let mut guesses = Vec::new();
    let around = Around {
        before: &[],
        quoted: false,
        after: &['\n'],
    };
    let ways = lattice::settle(0..cells.chars.len(), around, language, |at, ways| {
        let (c, byte) = (cells.chars[at], channel.byte(cells.ids[at]));
        if let Some(hit) = exact(channel, cells, at) {
            ways.push(Arc {
                c: hit.c,
                end: hit.end,
                guessed: false,
                cost: 0,
                what: (at, Some(hit)),
            });
            return;
        }
        let stray = byte != 0 || c == '\u{FFFD}';
        let script = odd::script(c);
        let beside = |at: Option<usize>| {
            let neighbour = at.and_then(|at| cells.chars.get(at));
            script != 0 && neighbour.is_some_and(|&c| odd::script(c) == script)
        };
        let kept = if beside(at.checked_sub(1)) || beside(Some(at + 1)) {
            KEPT_LETTER_COST
        } else {
            KEPT_COST
        };
        ways.push(Arc {
            c,
            end: at + 1,
            guessed: false,
            cost: if stray { kept } else { 0 },
            what: (at, None),
        });
        if utf8::length(byte) > 0 {
            lossy::guesses(channel, cells, at, &mut guesses);
        } else {
            lossy::headless(channel, cells, at, &mut guesses);
        }
        lossy::likeliest(&mut guesses, language);
        for guess in &guesses {
            // A space in the place of a no-break space is no surprise, one in a letter's is.
            let space = |at: usize| cells.chars.get(at) == Some(&' ');
            let last = usize::from(guess.len) - 1;
            let spaced = guess.traces[last] == Trace::Altered(1) && space(guess.end - 1)
                || guess.traces[last] == Trace::Gone
                    && guess.bytes[last] == channel.nbsp
                    && space(guess.end);
            let spaced = spaced && guess.c != '\u{A0}';
            let cost = lossy::cost(guess) + if spaced { SPACE_COST } else { 0 };
            ways.push(Arc {
                c: guess.c,
                end: guess.end,
                guessed: true,
                cost: in_bits(cost),
                what: (at, Some(*guess)),
            });
        }
    });
    let Some(ways) = ways else { return };
    (reading.starts, reading.hits) = ways
        .into_iter()
        .filter_map(|(at, hit)| Some((at, hit?)))
        .unzip();
    reading.accepted = vec![false; reading.hits.len()];
}

/// What of the text is certain, with a hole for each character that is not.
fn certain(channel: &Channel, cells: Cells<'_>) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < cells.chars.len() && text.len() < CONTEXT {
        match exact(channel, cells, at) {
            Some(hit) => {
                text.push(hit.c);
                at = hit.end;
            }
            None => {
                let byte = channel.byte(cells.ids[at]);
                text.push(if byte == 0 {
                    cells.chars[at]
                } else {
                    '\u{FFFD}'
                });
                at += 1;
            }
        }
    }
    text
}

fn choose(
    channel: &Channel,
    cells: Cells<'_>,
    guesses: &[Guess],
    left: char,
    quoted: bool,
) -> Option<Guess> {
    let mut best: Option<(i32, &Guess)> = None;
    for guess in guesses {
        let follows = cells.ids.get(guess.end).map_or(0, |&id| channel.byte(id));
        let right = match exact(channel, cells, guess.end) {
            Some(next) => next.c,
            // Part of another damaged character: it says nothing.
            None if utf8::length(follows) > 0 => '\u{FFFD}',
            None => cells.chars.get(guess.end).copied().unwrap_or('\n'),
        };
        let orphan = if utf8::continues(follows) {
            ORPHAN_COST
        } else {
            0
        };
        let place = Place {
            left,
            right,
            quoted,
        };
        let Some(likelihood) = likelihood(guess.c, guess.missing, place) else {
            continue;
        };
        let score = likelihood
            - orphan
            - if guess.traces.contains(&Trace::Altered(1)) && cells.chars[guess.end - 1] == ' ' {
                SPACE_COST
            } else {
                0
            };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, guess));
        }
    }
    best.map(|(_, guess)| *guess)
}

/// Decides which hits are damage, and what they count together.
fn accept(reading: &mut Reading, cells: Cells<'_>, uncovered: usize, known: bool) {
    let mut points = 0;
    let mut gained = 0;
    let mut improved = vec![false; reading.hits.len()];
    let mut words = vec![false; reading.hits.len()];
    let letter_before = |at: usize| at > 0 && odd::script(cells.chars[at - 1]) != 0;
    let capital = |at: Option<usize>| {
        at.and_then(|at| cells.chars.get(at))
            .is_some_and(|&c| odd::kind(c) == odd::Kind::Upper)
    };
    // A small letter among capitals is no gain: text in capitals looks odd by itself.
    let among_capitals =
        |start: usize, end: usize| capital(start.checked_sub(1)) && capital(Some(end));
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
        if makes_controls(&reading.channel, &cells.chars[start..end])
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
                || hits.iter().any(|hit| odd::script(hit.c) > 1);
            // What is damaged inside a Latin word was a Latin letter or a sign; a letter that touches
            // anything else is of an escape.
            let touches = touches_letter(cells.chars, start, end)
                && hits.iter().all(|hit| odd::script(hit.c) <= 1);
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
            for (i, hit) in hits.iter().enumerate() {
                words[first + i] = word;
                if spells {
                    improved[first + i] = true;
                    points += 1;
                    continue;
                }
                let shouted = odd::kind(hit.c) == odd::Kind::Lower && among_capitals(start, end);
                improved[first + i] = before > after && (!word || hits.len() > 1) && !shouted;
                if hits.len() == 1 && counts(hit.c, &cells.chars[end..]) && !letter_before(start) {
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
                        points += evidence(hit).max(i32::from(is_marked(hit, cells)));
                    }
                }
            }
        }
        first = next;
    }
    // What an earlier round has shown makes up for points, not for words that are odd as they stand.
    let proven = points >= NEEDED_POINTS;
    if !proven && !known {
        return;
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
    let whole = uncovered * 10 <= covered;
    let starts = &reading.starts;
    // Where most letters of a charset do not decode, a word of such letters is one of theirs.
    for (improved, word) in improved.iter_mut().zip(words) {
        *improved &= whole || !word;
    }
    let certain =
        |i: usize, hit: &Guess| improved[i] && holds_control(hit, &cells.chars[starts[i]..hit.end]);
    let mut score = 0;
    for (i, hit) in reading.hits.iter().enumerate() {
        let bare = hit.len - hit.missing <= 1 && !is_marked(hit, cells);
        reading.accepted[i] = if otherwise {
            certain(i, hit)
        } else if bare {
            let needed = if is_tidied(&reading.channel, hit) {
                1
            } else {
                2
            };
            (whole || improved[i]) && points >= needed * NEEDED_POINTS
        } else {
            let word = is_fluent(cells.chars, reading.starts[i]);
            improved[i] || whole && (proven || !word) && !asks(hit, cells)
        };
        reading.accepted[i] &= hit.missing == 0 || is_likelier(hit, cells, reading.starts[i]);
        if reading.accepted[i] {
            score += worth(hit) - controls_for_glyphs(reading, i, cells);
        }
    }
    reading.score = score - uncovered as i32 / 4;
    if reading.score <= 0 {
        reading.score = 0;
        for (i, hit) in reading.hits.iter().enumerate() {
            reading.accepted[i] &= certain(i, hit);
            reading.score += if reading.accepted[i] { worth(hit) } else { 0 };
        }
    }
}

/// Whether the controls among these, if any, are what the charset can have made of a byte: one of DOS
/// or the Mac has a character for each.
fn makes_controls(channel: &Channel, chars: &[char]) -> bool {
    let table = &CHARSETS[channel.charset];
    let is_full = || (0x80..=0x9F).all(|byte| table.own(byte).is_some());
    !chars.iter().any(|&c| odd::kind(c) == odd::Kind::Control) || !is_full()
}

/// Whether a character with all its bytes there has a C1 control among them: no other text has one
/// behind a letter, so it is damage whatever else the document holds.
fn holds_control(hit: &Guess, chars: &[char]) -> bool {
    hit.missing == 0
        && odd::script(chars[0]) != 0
        && chars.iter().any(|&c| odd::kind(c) == odd::Kind::Control)
}

/// Whether the byte that is lost is a no-break space, which tools tidy away.
fn is_tidied(channel: &Channel, hit: &Guess) -> bool {
    hit.missing == 1 && hit.bytes[usize::from(hit.len) - 1] == channel.nbsp
}

/// Whether a guess is likelier, by letters, than what stands there: a sound word of some script can
/// pass for UTF-8 with bytes lost.
fn is_likelier(hit: &Guess, cells: Cells<'_>, start: usize) -> bool {
    let before = &cells.chars[start..hit.end];
    if is_fluent(cells.chars, start) && !is_letter(hit.c) && !lossy::begins_sign(hit) {
        return false;
    }
    let before = plausibility(&before.iter().collect::<String>());
    before.letters < 2 || plausibility(hit.c.encode_utf8(&mut [0; 4])).cost <= before.cost
}

/// Whether U+FFFD shows where the bytes of a hit were.
fn is_marked(hit: &Guess, cells: Cells<'_>) -> bool {
    hit.traces.contains(&Trace::Altered(1)) && cells.chars[hit.end - 1] == '\u{FFFD}'
}

/// Whether the question mark that a letter ends in may be one: it stands at a word's end.
fn asks(hit: &Guess, cells: Cells<'_>) -> bool {
    let at_end = cells.chars.get(hit.end).is_none_or(|c| c.is_whitespace());
    hit.missing > 0 && cells.chars[hit.end - 1] == '?' && at_end && odd::script(hit.c) != 0
}

/// How many odd pairs there are that a next round would not read as characters again.
fn odd_but_layered(channel: &Channel, chars: impl Iterator<Item = char>) -> u32 {
    let chars: Vec<char> = chars.collect();
    let layered = |pair: &&[char]| {
        let (lead, next) = (glyph::id(pair[0]), glyph::id(pair[1]));
        let in_charset = |charset: usize| {
            utf8::length(glyph::byte(charset, lead)) == 2
                && utf8::continues(glyph::inner_byte(charset, next))
        };
        odd::odd(pair[0], pair[1]) && (in_charset(channel.charset) || in_charset(0))
    };
    let layers = chars.windows(2).filter(layered).count() as u32;
    odd::count(chars.iter().copied()).saturating_sub(layers)
}

/// Whether a sign stands before the figure it goes with: an amount, a degree, a section; or an
/// opening mark before its word.
fn counts(sign: char, follows: &[char]) -> bool {
    let digit = |at: usize| follows.get(at).is_some_and(char::is_ascii_digit);
    match sign {
        '\u{A2}'..='\u{A5}' | '\u{B1}' => digit(0),
        '\u{A7}' | '\u{A9}' => digit(0) || follows.first() == Some(&' ') && digit(1),
        '\u{A1}' | '\u{BF}' => follows.first().is_some_and(|c| c.is_ascii_alphabetic()),
        '\u{B0}' => matches!(
            follows,
            ['C' | 'F'] | ['C' | 'F', ' ' | '.' | ',' | ')', ..]
        ),
        _ => false,
    }
}

/// Whether a word of some length stands here that people write, all of one script.
fn is_fluent(chars: &[char], at: usize) -> bool {
    /// So many letters at least: two or three stand together by chance.
    const LETTERS: u32 = 4;
    /// The cost of a letter, in bits, up to which a word is one.
    const FLUENT: u16 = 5 * BIT;
    let script = odd::script(chars[at]);
    let part = |c: &&char| odd::script(**c) == script || odd::kind(**c) == odd::Kind::Mark;
    if script == 0 {
        return false;
    }
    let before = chars[..at].iter().rev().take_while(part).count();
    let after = chars[at..].iter().take_while(part).count();
    let word: String = chars[at - before..at + after].iter().collect();
    let seen = plausibility(&word);
    seen.letters >= LETTERS && seen.per_letter() <= FLUENT
}

/// Whether these are all letters of one script.
fn same_script(chars: &[char]) -> bool {
    let script = odd::script(chars[0]);
    script != 0 && chars.iter().all(|&c| odd::script(c) == script)
}

/// Whether these are letters of one script, small after capital as in a word.
fn is_word(chars: &[char]) -> bool {
    let kinds = || chars.iter().map(|&c| odd::kind(c));
    let capitals = kinds().take_while(|&kind| kind == odd::Kind::Upper).count();
    same_script(chars)
        && (capitals <= 1 || capitals == chars.len())
        && !kinds().skip(capitals).any(|kind| kind == odd::Kind::Upper)
}

/// Whether a letter touches the run on either side.
fn touches_letter(chars: &[char], start: usize, end: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|&c| odd::script(c) != 0)
    };
    letter(start.checked_sub(1)) || letter(Some(end))
}

/// Whether the run is part of a word whose other letters are the charset's too, and do not decode.
fn inside_word(channel: &Channel, cells: Cells<'_>, start: usize, end: usize) -> bool {
    let same = |inner: usize, outer: Option<usize>| {
        outer.is_some_and(|outer| {
            cells
                .ids
                .get(outer)
                .is_some_and(|&id| channel.byte(id) != 0)
                && odd::script(cells.chars[inner]) != 0
                && odd::script(cells.chars[inner]) == odd::script(cells.chars[outer])
        })
    };
    same(start, start.checked_sub(1)) || same(end - 1, Some(end))
}

/// What a hit counts as evidence that the document was misread.
fn evidence(hit: &Guess) -> i32 {
    // U+FFFD itself misread: the loss is older than this misreading.
    let likely = hit.c == '\u{FFFD}' || prior(hit.c).is_some_and(|likelihood| likelihood >= RARE);
    match hit.missing {
        // What some charset makes of a byte is for the next round to undo.
        0 if likely || prior(hit.c).is_none() && glyph::id(hit.c) != 0 => PROVEN_POINTS,
        0 => i32::from(hit.len == 4),
        // The first two bytes of general punctuation or emoji: side by side their glyphs are no text.
        1 if likely && lossy::begins_sign(hit) => PROVEN_POINTS,
        // "voilÃ  le": a capital at the end of a small word, and the space behind it.
        1 if hit.bytes[..2] == A_GRAVE && hit.traces[1] != Trace::Glyph => PROVEN_POINTS,
        // A letter with bytes missing can be had from too many sound words.
        _ => i32::from(likely && odd::script(hit.c) == 0),
    }
}

/// Of the bytes of a hit, those that a control stands for although the charset has a character.
fn controls_for_glyphs(reading: &Reading, at: usize, cells: Cells<'_>) -> i32 {
    let table = &CHARSETS[reading.channel.charset];
    let is_control =
        |&&c: &&char| odd::kind(c) == odd::Kind::Control && table.own(c as u32 as u8).is_some();
    cells.chars[reading.starts[at]..reading.hits[at].end]
        .iter()
        .filter(is_control)
        .count() as i32
}

/// What a hit counts when charsets compete: bytes explained, if the outcome is likely.
fn worth(hit: &Guess) -> i32 {
    let explained = (i32::from(hit.len) - 2 * i32::from(hit.missing)).max(1);
    match prior(hit.c) {
        Some(likelihood) if likelihood >= RARE => WORTH * explained,
        Some(_) => WORTH / 2 * explained,
        None if hit.c == '\u{FFFD}' => WORTH * explained,
        // A control, or what some charset makes of a byte, is for the next round to undo.
        None if glyph::id(hit.c) != 0 => WORTH / 2 * explained,
        None => -WORTH,
    }
}

/// Accepted hits as patches: touching ones of one certainty are one.
fn patches(reading: &Reading, cells: Cells<'_>, offsets: &[usize]) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut first = 0;
    while first < reading.hits.len() {
        if !reading.accepted[first] {
            first += 1;
            continue;
        }
        let proven = reading.hits[first].missing == 0;
        let mut next = first + 1;
        while next < reading.hits.len()
            && reading.accepted[next]
            && (reading.hits[next].missing == 0) == proven
            && reading.hits[next - 1].end == reading.starts[next]
        {
            next += 1;
        }
        let (start, end) = (reading.starts[first], reading.hits[next - 1].end);
        patches.push(patch(
            reading,
            first..next,
            &cells.chars[start..end],
            offsets[start]..offsets[end],
        ));
        first = next;
    }
    patches
}

fn patch(
    reading: &Reading,
    hits: std::ops::Range<usize>,
    chars: &[char],
    span: std::ops::Range<usize>,
) -> Patch {
    let table = &CHARSETS[reading.channel.charset];
    let filled = chars.iter().any(|&c| {
        let byte = reading.channel.byte(glyph::id(c));
        c as u32 >= 0xA0 && byte != 0 && table.own(byte).is_none()
    });
    let charset = codec::misreading(reading.channel.charset, filled);
    let mut steps = vec![Step::Encode(charset.clone())];
    let mut at = 0;
    let mut from = 0;
    let mut proven = true;
    let mut after = String::new();
    let mut cesu8 = false;
    for hit in &reading.hits[hits] {
        after.push(hit.c);
        cesu8 |= usize::from(hit.len) == MOST;
        for (&byte, trace) in hit.bytes.iter().zip(hit.traces).take(usize::from(hit.len)) {
            let used = match trace {
                Trace::Glyph => {
                    // A windows-1252 glyph that the charset itself has for another byte.
                    if reading.channel.byte(glyph::id(chars[from])) != byte {
                        steps.push(Step::Replace { at, len: 1, byte });
                    }
                    1
                }
                Trace::Gone => {
                    steps.push(Step::Restore { at, byte });
                    0
                }
                Trace::Altered(used) => {
                    steps.push(Step::Replace {
                        at,
                        len: usize::from(used),
                        byte,
                    });
                    usize::from(used)
                }
            };
            proven &= trace == Trace::Glyph;
            from += used;
            at += 1;
        }
    }
    debug_assert_eq!(from, chars.len());
    let utf8 = if cesu8 { codec::CESU8 } else { codec::UTF8 };
    steps.push(Step::Decode(utf8.to_owned()));
    let (rule, certainty) = if proven {
        (Rule::E101, Certainty::Proven)
    } else {
        (Rule::E102, Certainty::Inferred)
    };
    Patch {
        span,
        after,
        rule,
        certainty,
        charset,
        steps,
    }
}
