//! Currency: which sign stood before an amount, where its bytes are lost.
//!
//! All signs of currencies but a few are E2 82 and one byte more. Of "₹1,200 crore" the word behind the
//! amount tells the sign; `src/data/currency-words.tsv` lists such words.

use super::super::tables::rows;

/// The table: a word, and the code point of a sign.
const WORDS: &str = include_str!("../../../data/currency-words.tsv");
/// Letters of the longest word in the table.
const LONGEST: usize = 8;
/// As many figures as an amount has.
const FIGURES: usize = 24;

/// The sign that the word behind an amount tells. `chars` begin with the amount.
pub(crate) fn told(chars: &[char]) -> Option<char> {
    let word = word_behind(chars)?;
    let sign = rows(WORDS)
        .find(|(one, _)| one.eq_ignore_ascii_case(&word))?
        .1;
    char::from_u32(u32::from_str_radix(sign, 16).ok()?)
}

/// The sign that a currency has before an amount of millions, if no word tells which currency it is.
pub(crate) fn before(chars: &[char]) -> Option<char> {
    const SCALES: [&str; 6] = ["m", "bn", "million", "billion", "trillion", "thousand"];
    let scaled = |word: String| SCALES.iter().any(|scale| word.eq_ignore_ascii_case(scale));
    told(chars).or_else(|| scaled(word_behind(chars)?).then_some('\u{20AC}'))
}

/// The word behind the figures that `chars` begin with.
fn word_behind(chars: &[char]) -> Option<String> {
    let figure = |c: &&char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let figures = chars.iter().take(FIGURES).take_while(figure).count();
    if figures == 0 || !chars[0].is_ascii_digit() {
        return None;
    }
    let behind = &chars[figures..];
    let behind = behind.strip_prefix(&[' ']).unwrap_or(behind);
    let letters = behind.iter().take(LONGEST + 1);
    Some(letters.take_while(|c| c.is_ascii_alphabetic()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::super::tables::assert_sorted_and_whole;
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert_sorted_and_whole(WORDS);
        for (word, sign) in rows(WORDS) {
            assert!(word.len() <= LONGEST && word.chars().all(|c| c.is_ascii_lowercase()));
            let point = u32::from_str_radix(sign, 16).expect("a code point");
            assert!(char::from_u32(point).is_some(), "{word}");
        }
    }

    #[test]
    fn the_word_behind_an_amount_tells_its_currency() {
        let of = |text: &str| before(&text.chars().collect::<Vec<_>>());
        for (text, sign) in [
            ("1,200 crore", Some('\u{20B9}')),
            ("90 lakh", Some('\u{20B9}')),
            ("45 million", Some('\u{20AC}')),
            ("3bn", Some('\u{20AC}')),
            ("45 men", None),
            ("crore", None),
            ("2024.", None),
        ] {
            assert_eq!(of(text), sign, "{text}");
        }
    }
}
