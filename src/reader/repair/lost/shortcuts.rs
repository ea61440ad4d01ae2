//! Shortcuts: stretches for which no readings need be followed. Most have no choice, or can only be one sign.

use std::ops::Range;

use super::super::charsets::lossy::LEAST;
use super::lattice::{Arc, WIDTH, in_bits};
use super::path::Path;
use super::prior::prior;
use super::wording::Lexicon;
use crate::reader::language::is_letter;

/// The reading of a stretch in which there is never a choice, whatever it costs; `None` if there is one.
/// `ways` are those at its start, and are again then.
pub(super) fn only_way<T: Copy>(
    span: &Range<usize>,
    ways: &mut Vec<Arc<T>>,
    arcs: &mut impl FnMut(usize, &mut Vec<Arc<T>>),
) -> Option<Option<Vec<T>>> {
    let mut taken = Vec::new();
    let mut at = span.start;
    loop {
        let leads = |way: &&Arc<T>| (at + 1..=span.end).contains(&way.end);
        let mut leading = ways.iter().filter(leads);
        let Some(way) = leading.next() else {
            return Some(None);
        };
        if leading.next().is_some() {
            ways.clear();
            arcs(span.start, ways);
            return None;
        }
        taken.extend(way.what);
        at = way.end;
        if at == span.end {
            return Some(Some(taken));
        }
        ways.clear();
        arcs(at, ways);
    }
}

/// Whether the ways to read a stretch are one sign each, of which the character behind it alone tells which
/// was meant. A letter beyond ASCII that begins a word behind that counts the sign as well.
pub(super) fn is_one_sign<T>(ways: &[Arc<T>], end: usize, after: &[char]) -> bool {
    let is_sign =
        |way: &Arc<T>| way.end == end && way.guessed && !way.c.is_ascii() && !is_letter(way.c);
    after.get(1).is_none_or(char::is_ascii) && !ways.is_empty() && ways.iter().all(is_sign)
}

/// The likeliest sign behind `start`, of those that are likeliest by themselves.
pub(super) fn one_sign<T: Copy>(
    ways: &[Arc<T>],
    start: &Path,
    after: &[char],
    lexicon: &Lexicon,
) -> Option<Vec<T>> {
    let by_itself = |way: &Arc<T>| way.cost + in_bits(-prior(way.c).unwrap_or(LEAST));
    let mut order: Vec<(i32, usize)> = ways.iter().map(by_itself).zip(0..).collect();
    order.sort_unstable();
    let place = after.first().map(|&right| start.place_before(right));
    let cost = |&(cost, at): &(i32, usize)| {
        cost + place.map_or(0, |place| in_bits(-lexicon.fit(ways[at].c, place)))
    };
    // Of the ways to the same sign the cheapest.
    let mut tried: Vec<(i32, usize)> = Vec::with_capacity(WIDTH);
    for way in order {
        if tried.len() < WIDTH && tried.iter().all(|other| ways[other.1].c != ways[way.1].c) {
            tried.push(way);
        }
    }
    let best = tried.iter().min_by_key(|way| cost(way));
    best.map(|&(_, at)| ways[at].what.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::lattice::{Around, settle as followed};
    use super::super::quotes::Quotes;
    use super::*;

    #[test]
    fn the_sign_is_the_one_that_all_readings_lead_to() {
        let lexicon = Lexicon::new("Nobody asked the men of the town.".to_owned());
        let signs = [
            '\u{2019}', '\u{201C}', '\u{201D}', '\u{2014}', '\u{2013}', '\u{2026}', '\u{2022}',
        ];
        for before in ["", "said ", "don", "he said,", "\n", "\u{201C}It is"] {
            for after in ["", "\n", " and", "t know", ".", "nobody"] {
                let before: Vec<char> = before.chars().collect();
                let after: Vec<char> = after.chars().collect();
                let quotes = before
                    .iter()
                    .fold(Quotes::NONE, |quotes, &c| quotes.read(c));
                let around = |after| Around {
                    before: &before,
                    quotes,
                    after,
                };
                // A second way, through a letter no text has, is followed like any lattice.
                let arc = |c, end| Arc {
                    c,
                    end,
                    guessed: true,
                    cost: 0,
                    what: Some(c),
                };
                let ways = |at: usize, ways: &mut Vec<Arc<char>>| {
                    ways.extend(signs.map(|sign| arc(sign, 2)));
                    if at == 0 {
                        ways.push(arc('\u{10400}', 1));
                    }
                };
                let alone = |at: usize, ways: &mut Vec<Arc<char>>| {
                    ways.extend(signs.map(|sign| arc(sign, at + 1)));
                };
                let long = followed(0..2, around(&after), &lexicon, ways);
                let short = followed(0..1, around(&after), &lexicon, alone);
                assert_eq!(short, long, "{before:?} {after:?}");
            }
        }
    }

    #[test]
    fn where_there_is_no_choice_nothing_is_weighed() {
        let arc = |c, end| Arc {
            c,
            end,
            guessed: true,
            cost: 0,
            what: Some(c),
        };
        let read = |rows: &[&[(char, usize)]]| {
            let row = |at: usize, ways: &mut Vec<Arc<char>>| {
                ways.extend(rows[at].iter().map(|&(c, end)| arc(c, end)));
            };
            let mut ways = Vec::new();
            row(0, &mut ways);
            let read = only_way(&(0..rows.len()), &mut ways, &mut { row });
            (read, ways.len())
        };
        let one = |c, end| [(c, end)];
        assert_eq!(
            read(&[&one('a', 2)[..], &[], &one('b', 3)[..]]).0,
            Some(Some(vec!['a', 'b']))
        );
        // A way that leads nowhere, or beyond the end.
        assert_eq!(read(&[&one('a', 1)[..], &[]]).0, Some(None));
        assert_eq!(read(&[&one('a', 1)[..], &one('b', 3)[..]]).0, Some(None));
        // A choice: the ways at the start again.
        assert_eq!(read(&[&one('a', 1)[..], &[('b', 2), ('c', 2)]]), (None, 1));
    }
}
