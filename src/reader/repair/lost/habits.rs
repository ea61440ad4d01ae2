//! Habits: which of several signs for one purpose a text uses, as its other places and its language tell.
//!
//! Where a dash between spaces or a quotation mark lost its last byte, the place alone does not tell a long dash
//! from a short one, or “ from „ and ”.

use memchr::memmem;

use super::super::tables::rows;
use super::context::Place;
use crate::reader::language::Language;

/// A row for each language of which there is something to say.
const ROWS: &str = include_str!("../../../data/habits.tsv");

const SHORT: char = '\u{2013}';
const LONG: char = '\u{2014}';
const OPENS: char = '\u{201C}';
const OPENS_LOW: char = '\u{201E}';
const CLOSES: char = '\u{201D}';
/// The full stop of Urdu.
const STOP: char = '\u{6D4}';

/// What the habit is worth, on the scale of the prior: it tells two signs apart that fit about as well.
const WORTH: i32 = 20;
/// And what opens a quotation, which hardly ever is another sign than the usual one.
const OPENING_WORTH: i32 = 70;

/// What a text uses, as far as is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Habits {
    dash: Option<char>,
    opens: Option<char>,
    /// What closes a quotation that „ opened.
    closes: Option<char>,
    /// Whether sentences may end in the full stop of Urdu.
    stops: bool,
}

/// Whether habits have a say in a sign at a place.
pub(crate) fn concern(sign: char, place: Place) -> bool {
    match sign {
        SHORT | LONG => (place.left, place.right) == (' ', ' '),
        OPENS_LOW => opens(place),
        OPENS | CLOSES => place.quotes.is_low(),
        _ => sign == STOP,
    }
}

/// Whether a quotation can open at a place.
fn opens(place: Place) -> bool {
    place.left.is_whitespace() && place.right.is_alphanumeric()
}

impl Habits {
    /// The habits of a text in this language. In `certain`, what is not certain is U+FFFD.
    pub(crate) fn of(language: Option<Language>, certain: &str) -> Habits {
        let code = language.map_or("", Language::code);
        let row = language.and_then(|_| rows(ROWS).find(|&(language, _)| language == code));
        let mut columns = row
            .map_or("", |(_, signs)| signs)
            .split('\t')
            .map(|column| {
                let sign = column.chars().next();
                sign.filter(|&sign| sign != '-')
            });
        let [dash, opens, closes] = std::array::from_fn(|_| columns.next().flatten());
        let spaced = |dash: &str| memmem::find(certain.as_bytes(), dash.as_bytes()).is_some();
        Habits {
            dash: match (spaced(" \u{2013} "), spaced(" \u{2014} ")) {
                (true, false) => Some(SHORT),
                (false, true) => Some(LONG),
                _ => dash,
            },
            opens,
            closes,
            stops: matches!(code, "" | "ur"),
        }
    }

    /// How much a sign gains at a place by being the usual one, or loses by being no sign of the language.
    pub(crate) fn fit(self, sign: char, place: Place) -> i32 {
        let (usual, worth) = match sign {
            SHORT | LONG => (self.dash, WORTH),
            STOP if !self.stops => return -OPENING_WORTH,
            OPENS_LOW if opens(place) => (self.opens, OPENING_WORTH),
            OPENS | CLOSES if place.quotes.is_low() => (self.closes, WORTH),
            _ => return 0,
        };
        if usual == Some(sign) { worth } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::context::fit;
    use super::super::quotes::Quotes;
    use super::*;

    fn best(code: &str, certain: &str, signs: &[char], place: Place) -> char {
        let habits = Habits::of(Language::from_code(code), certain);
        let fit = |&&c: &&char| fit(c, place) + habits.fit(c, place);
        *signs.iter().max_by_key(fit).expect("some signs")
    }

    #[test]
    fn every_row_is_of_a_language_and_has_signs() {
        let rows: Vec<&str> = ROWS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.is_sorted());
        for row in rows {
            let columns: Vec<&str> = row.split('\t').collect();
            let [code, dash, opens, closes] = columns[..] else {
                panic!("{row}");
            };
            assert!(Language::from_code(code).is_some(), "{row}");
            assert!(matches!(dash, "-" | "\u{2013}" | "\u{2014}"), "{row}");
            assert!(matches!(opens, "-" | "\u{201E}"), "{row}");
            assert!(matches!(closes, "-" | "\u{201C}" | "\u{201D}"), "{row}");
        }
    }

    #[test]
    fn the_dash_is_that_of_the_text_or_of_its_language() {
        let place = Place::new(' ', ' ', Quotes::NONE);
        let dash = |code, certain| best(code, certain, &[SHORT, LONG], place);
        assert_eq!(dash("lt", ""), SHORT);
        assert_eq!(dash("en", ""), LONG);
        assert_eq!(dash("en", "One \u{2013} two"), SHORT);
        assert_eq!(dash("cs", "Jedna \u{2014} dva"), LONG);
    }

    #[test]
    fn quotations_open_and_close_as_the_language_has_it() {
        let signs = [OPENS, OPENS_LOW, CLOSES];
        let place = |left, right, quotes| Place::new(left, right, quotes);
        let opens = |code| best(code, "", &signs, place(' ', 'e', Quotes::NONE));
        assert_eq!(opens("en"), OPENS);
        assert_eq!(opens("lt"), OPENS_LOW);
        let closes = |code, open| best(code, "", &signs, place('e', ',', Quotes::NONE.read(open)));
        assert_eq!(closes("de", OPENS_LOW), OPENS);
        assert_eq!(closes("pl", OPENS_LOW), CLOSES);
        assert_eq!(closes("de", OPENS), CLOSES);
    }

    #[test]
    fn only_urdu_ends_a_sentence_in_its_full_stop() {
        let place = Place::new('\u{6CC}', ' ', Quotes::NONE);
        let stop = |code| Habits::of(Language::from_code(code), "").fit(STOP, place);
        assert!(stop("fa") < stop("ur"));
    }
}
