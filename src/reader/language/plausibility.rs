//! Whether a text looks like any language at all: letter groups pooled over all of them.
//!
//! One legacy charset read as another leaves no trace but nonsense; hundreds of re-readings are judged, so
//! this has to be cheap. Every script has the same share in the pool, whoever writes in it.

use std::sync::OnceLock;

use super::{BIT, EDGE, Language, UNSEEN, fold, table::Table};

/// How much a text looks like any language at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Plausibility {
    /// How many letters and marks were judged.
    pub letters: u32,
    /// Their cost in all, whatever the language, with case pattern and word ends.
    pub cost: u32,
}

impl Plausibility {
    /// Mean cost of a letter; 0 if there are none.
    pub fn per_letter(self) -> u16 {
        self.cost
            .checked_div(self.letters)
            .map_or(0, |cost| u16::try_from(cost).unwrap_or(u16::MAX))
    }
}

/// Judges `text` by letter groups pooled over all languages: cheap enough for hundreds of candidates.
///
/// Prose comes to about 3 to 5 bits a letter (Han 9 to 10), one charset read as another to much more.
///
/// ```
/// use artclean::reader::language::plausibility;
/// let (meant, misread) = (plausibility("Привет, мир"), plausibility("Ïðèâåò, ìèð"));
/// assert!(meant.per_letter() + 16 < misread.per_letter());
/// ```
pub fn plausibility(text: &str) -> Plausibility {
    let pool = Table::of(Language(0));
    let mut seen = Plausibility::default();
    let (mut last, mut before) = (EDGE, [EDGE; 2]);
    let mut start = 1; // where the letters of this word begin in `before`
    for c in text.chars() {
        let folded = fold(c);
        if folded == EDGE && before[1] == EDGE {
            continue;
        }
        seen.cost += u32::from(pool.cost(before.get(start..).unwrap_or_default(), folded));
        if folded == EDGE {
            (last, before, start) = (EDGE, [EDGE; 2], 1);
            continue;
        }
        seen.letters += 1;
        seen.cost += u32::from(case_cost(last, c));
        (last, before, start) = (c, [before[1], folded], 0);
    }
    seen
}

/// Cost of a Han, kana or Hangul character by how common it is in Chinese, Japanese or Korean text,
/// whichever knows it best; [`UNSEEN`] for any other.
///
/// Running text averages about 9 to 10 bits, mojibake made of rare characters 14 and more.
///
/// ```
/// use artclean::reader::language::commonness;
/// assert!(commonness('的') < commonness('鈥'));
/// ```
pub fn commonness(c: char) -> u16 {
    static TABLES: OnceLock<[Option<&Table>; 4]> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        ["zh", "zh-TW", "ja", "ko"].map(|code| Language::from_code(code).map(Table::of))
    });
    let known = match c {
        '\u{3040}'..='\u{30FF}' => 2..3,
        '\u{AC00}'..='\u{D7A3}' => 3..4,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => 0..3,
        _ => return UNSEEN,
    };
    let tables = tables.get(known).unwrap_or_default().iter().flatten();
    tables
        .map(|table| table.cost(&[], c))
        .min()
        .unwrap_or(UNSEEN)
}

/// Cost of the case of `next` after `before` ([`EDGE`] at a word's start); 0 where there is no case.
///
/// A capital begins about one word in eight of news text, and rarely stands inside one.
pub fn case_cost(before: char, next: char) -> u16 {
    if next.is_ascii_lowercase() || !next.is_uppercase() {
        return if before.is_uppercase() && next.is_lowercase() {
            BIT / 4
        } else {
            0
        };
    }
    if before.is_lowercase() {
        9 * BIT
    } else {
        3 * BIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str) -> u16 {
        plausibility(text).per_letter()
    }

    #[test]
    fn what_was_meant_is_likelier_than_what_was_misread() {
        for (meant, misread) in [
            ("Привет, как дела?", "Ïðèâåò, êàê äåëà?"), // windows-1251 as 1252
            ("Привет, как дела?", "оПХБЕР, ЙЮЙ ДЕКЮ?"), // windows-1251 as KOI8-R
            ("Καλημέρα σε όλους", "ÊáëçìÝñá óå üëïõò"), // windows-1253 as 1252
            ("สวัสดีชาวโลก", "ÊÇÑÊ´ÕªÒÇâÅ¡"),             // windows-874 as 1252
            ("něco řekl předseda", "nìco øekl pøedseda"), // windows-1250 as 1252
            ("שלום לכולם", "ùìåí ìëåìí"),               // windows-1255 as 1252
        ] {
            assert!(
                cost(meant) < cost(misread),
                "{meant} {} {misread} {}",
                cost(meant),
                cost(misread)
            );
        }
    }

    #[test]
    fn common_characters_are_cheaper_than_those_of_mojibake() {
        let mean = |text: &str| {
            text.chars().map(|c| u32::from(commonness(c))).sum::<u32>()
                / text.chars().count() as u32
        };
        let clean = [
            "政府今天批准了新的税法草案",
            "日本の首相は新しい法律を発表した",
            "정부는 오늘 새로운 법안을 승인했다고",
        ];
        let damaged = ["鍥藉鏀垮簻浠婂ぉ鎵瑰噯浜嗘柊", "鈥檚鈥淭鈥攈鈥檛"];
        for text in clean {
            let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(
                mean(&letters) < u32::from(12 * BIT),
                "{text} {}",
                mean(&letters)
            );
        }
        for text in damaged {
            let letters: String = text.chars().filter(|c| !c.is_ascii()).collect();
            assert!(
                mean(&letters) > u32::from(13 * BIT),
                "{text} {}",
                mean(&letters)
            );
        }
        assert_eq!(commonness('a'), UNSEEN);
    }

    #[test]
    fn no_letters_cost_nothing() {
        assert_eq!(cost(""), 0);
        assert_eq!(cost("2024 — 100 %"), 0);
    }

    #[test]
    fn a_capital_inside_a_word_is_rare() {
        assert!(case_cost('a', 'B') > case_cost(EDGE, 'B'));
        assert_eq!(case_cost('a', 'b'), 0);
        assert_eq!(case_cost('ก', 'า'), 0);
    }
}
