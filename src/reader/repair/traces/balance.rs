//! Balance: which sign each trace was, all of a text together.
//!
//! Of a closing quotation mark, an apostrophe and a dash the same may be left. A sign is likely by what it
//! touches, and by which marks are open where it stands, so that a choice bears on those behind it: the
//! likeliest choices for all traces are taken, not the likeliest for each.

use std::cell::OnceCell;
use std::cmp::Reverse;

use super::super::lost::context::{Place, depends_on_quotes, parts_range};
use super::super::lost::currency;
use super::super::lost::english;
use super::super::lost::prior::prior;
use super::super::lost::quotes::{Mark, Quotes};
use super::super::lost::wording::Lexicon;
use super::Trace;
use super::places::{around, next};

/// What it counts to leave marks as they are that may be meant: a sign that just fits counts less.
const LEFT: i32 = 0;
/// And one of a sign by itself between two sentences, where an emoji is likelier than a dash.
const UNKNOWN_SIGN: i32 = 20;
/// What a double mark counts that is not closed in its line.
const UNCLOSED: i32 = -10;
/// What an apostrophe counts inside a word that has none.
const NO_APOSTROPHE: i32 = -60;
/// What the sign of a currency counts that the word behind the amount names.
const TOLD: i32 = 60;
/// And before an amount of millions: a quotation that is closed is likelier, one that is not is less so.
const SCALED: i32 = 10;
/// Less than anything: what has no likelihood stands nowhere.
const NEVER: i32 = i32::MIN / 4;

/// Choices so far.
#[derive(Clone, Copy)]
struct Path {
    score: i32,
    quotes: Quotes,
    /// The last choice made, in the list of all.
    last: usize,
}

/// A choice, and the number of the one before it.
struct Choice {
    before: usize,
    sign: Option<char>,
}

/// What may have stood in a place.
struct Candidate {
    /// The sign; none where what stands there stays.
    sign: Option<char>,
    /// How likely it is, as far as its place is known.
    likelihood: i32,
    /// Whether the place has a say that each choice so far makes another.
    is_open: bool,
    /// What it does to the quotation marks that are open.
    mark: Option<Mark>,
}

impl Candidate {
    fn none(likelihood: i32) -> Candidate {
        Candidate {
            sign: None,
            likelihood,
            is_open: false,
            mark: None,
        }
    }
}

/// The sign of each trace; none where it stays as it is. The habits of the text are those that the lexicon tells.
pub(super) fn signs(chars: &[char], traces: &[Trace], lexicon: &Lexicon) -> Vec<Option<char>> {
    let mut choices = vec![Choice {
        before: 0,
        sign: None,
    }];
    let mut paths = vec![Path {
        score: 0,
        quotes: Quotes::NONE,
        last: 0,
    }];
    let (mut standing, mut longer) = (Vec::<Path>::new(), Vec::<Path>::new());
    let (mut telling, mut options) = (Vec::new(), Vec::new());
    let mut passed = 0;
    for (at, trace) in traces.iter().enumerate() {
        let between = &chars[passed..trace.start];
        telling.clear();
        find_telling(between, &mut telling);
        let touches = at > 0 && between.is_empty();
        let follows = traces
            .get(at + 1)
            .is_some_and(|next| next.start == trace.end);
        let right = match next(chars, trace) {
            // Another trace, of which nothing is known yet.
            Some(_) if follows && trace.swallowed.is_none() => '\u{FFFD}',
            right => right.unwrap_or('\n'),
        };
        let left = trace.start.checked_sub(1).map_or('\n', |at| chars[at]);
        let place = Place::new(left, right, Quotes::NONE);
        options.clear();
        if !trace.is_certain && parts_sentences(chars, trace) {
            options.push(Candidate::none(UNKNOWN_SIGN));
        } else if trace.is_doubtful
            && matches!(chars[trace.start..trace.end], ['?', ..] | ['\u{FFFD}'])
        {
            options.push(Candidate::none(LEFT));
        }
        options.extend(may_be(chars, trace).map(|sign| {
            let by_itself = by_itself(chars, trace, sign);
            let is_open = touches || depends_on_quotes(sign);
            Candidate {
                sign: Some(sign),
                likelihood: if is_open {
                    by_itself
                } else {
                    by_itself + lexicon.fit(sign, place)
                },
                is_open,
                mark: Some(Mark::of(sign)),
            }
        }));
        let parts = OnceCell::new();
        let may_part = || *parts.get_or_init(|| may_part(chars, trace));
        standing.clear();
        for path in &paths {
            let mut path = *path;
            for &c in &telling {
                if c == '\n' && path.quotes.is_quoted() {
                    path.score += UNCLOSED;
                }
                path.quotes = path.quotes.read(c);
            }
            // What stands between can make paths alike.
            let alike = |other: &Path| {
                let touch_alike = || choices[other.last].sign == choices[path.last].sign;
                other.quotes == path.quotes && (!touches || touch_alike())
            };
            match standing.iter().position(alike) {
                Some(known) if standing[known].score >= path.score => continue,
                Some(known) => {
                    standing.remove(known);
                }
                None => {}
            }
            standing.push(path);
        }
        longer.clear();
        for path in &standing {
            let (score, quotes) = (path.score, path.quotes);
            let place = if touches {
                let left = trace.beside.or(choices[path.last].sign);
                Place::new(left.unwrap_or('\n'), right, quotes)
            } else {
                place.quoted(quotes)
            };
            let inside = place.left.is_alphabetic() && place.right.is_alphabetic();
            for &Candidate {
                sign,
                likelihood,
                is_open,
                mark,
            } in &options
            {
                let likelihood = match sign {
                    Some('\u{2019}') if inside && !may_part() => NO_APOSTROPHE,
                    Some(sign) if is_open => likelihood + lexicon.fit(sign, place),
                    _ => likelihood,
                };
                let behind = mark.map_or(quotes, |mark| quotes.behind(mark));
                let next = Path {
                    score: score.saturating_add(likelihood),
                    quotes: trace.swallowed.map_or(behind, |letter| behind.read(letter)),
                    last: choices.len(),
                };
                // Of choices that bear alike on what follows, the best.
                let alike = |kept: &&mut Path| {
                    kept.quotes == next.quotes && (!follows || choices[kept.last].sign == sign)
                };
                match longer.iter_mut().find(alike) {
                    Some(kept) if kept.score >= next.score => continue,
                    Some(kept) => *kept = next,
                    None => longer.push(next),
                }
                choices.push(Choice {
                    before: path.last,
                    sign,
                });
            }
        }
        std::mem::swap(&mut paths, &mut longer);
        // The best first, and of those as good the earliest choice.
        paths.sort_unstable_by_key(|path| (Reverse(path.score), path.last));
        passed = trace.end;
    }
    let ended = |path: &Path| {
        let open = chars[passed..].iter().take_while(|&&c| c != '\n');
        let quotes = open.fold(path.quotes, |quotes, &c| quotes.read(c));
        path.score + if quotes.is_quoted() { UNCLOSED } else { 0 }
    };
    let best = paths.iter().max_by_key(|path| ended(path));
    let mut at = best.map_or(0, |path| path.last);
    let mut signs = Vec::with_capacity(traces.len());
    while at > 0 {
        signs.push(choices[at].sign);
        at = choices[at].before;
    }
    signs.reverse();
    for (sign, trace) in signs.iter_mut().zip(traces) {
        let short = *sign == Some('\u{2014}') && trace.may_be.contains(&'\u{2013}');
        if short && parts_range(chars, trace.start, trace.end) {
            *sign = Some('\u{2013}');
        }
    }
    signs
}

/// What of a text bears on which marks are open behind it: the marks, line ends, and what stands beside
/// them, where it ends too.
fn find_telling(text: &[char], telling: &mut Vec<char>) {
    let is_mark = |&c: &char| matches!(c, '\n' | '\u{2018}'..='\u{201E}');
    let mut passed = 0;
    let marks = text.iter().enumerate().filter(|(_, c)| is_mark(c));
    for (at, _) in marks {
        let from = at.saturating_sub(1).max(passed);
        passed = (at + 2).min(text.len());
        telling.extend(&text[from..passed]);
    }
    telling.extend(&text[passed.max(text.len().saturating_sub(1))..]);
}

/// Whether a trace stands by itself behind the end of a sentence, or of a line, and before a capital.
fn parts_sentences(chars: &[char], trace: &Trace) -> bool {
    let ends = match &chars[..trace.start] {
        [] | [.., '\n'] => true,
        [.., stop, ' '] => matches!(stop, '.' | '!' | '?' | '\u{201D}'),
        _ => false,
    };
    let begins = |c: &char| c.is_uppercase() || matches!(c, '\u{201C}' | '"');
    let behind = &chars[trace.end..];
    ends && behind.first() == Some(&' ') && behind.get(1).is_some_and(begins)
}

/// What can have stood there, and the sign of a currency before an amount.
fn may_be(chars: &[char], trace: &Trace) -> impl Iterator<Item = char> {
    let amount = (!trace.is_certain && trace.may_be.len() > 1)
        .then(|| currency::before(&chars[trace.end..]))
        .flatten();
    trace.may_be.iter().copied().chain(amount)
}

/// Whether an apostrophe can stand inside a word, by the letters that it would part.
fn may_part(chars: &[char], trace: &Trace) -> bool {
    trace.is_certain || {
        let (stem, tail) = around(chars, trace);
        english::may_part(stem, tail)
    }
}

/// How likely a sign is before what follows, whatever its place, on the scale of the prior.
fn by_itself(chars: &[char], trace: &Trace, sign: char) -> i32 {
    let told = match sign {
        '\u{20A0}'..='\u{20CF}' if currency::told(&chars[trace.end..]).is_some() => TOLD,
        '\u{20A0}'..='\u{20CF}' => SCALED,
        _ => 0,
    };
    prior(sign).unwrap_or(NEVER) + told
}
