//! Folding: two spellings of one phrase become the same characters.
//!
//! Newspapers write "ALSO READ", "Also read" and "Also Read"; Greek capitals drop their accents;
//! Indian scripts are typed with and without the nukta; Arabic with and without vowel signs and
//! hamza; quotes are straight or curly. Phrases and text are both folded before they are compared,
//! and the folding remembers where in the text each character came from.

/// A folded character of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The character.
    pub c: char,
    /// Where the text goes on after it and its marks; read backwards, where it starts.
    pub end: usize,
    /// Whether it was a capital: "captionWho" is two words.
    pub capital: bool,
}

/// The folded characters of a text, one by one: most comparisons end after a few.
///
/// White space is one space, case is folded, marks that are often left out are dropped.
pub fn forwards(text: &str) -> impl Iterator<Item = Folded> + Clone {
    let mut at = 0;
    let mut spaced = true;
    std::iter::from_fn(move || {
        loop {
            let raw = text[at..].chars().next()?;
            at += raw.len_utf8();
            let Some(c) = fold_char(raw).filter(|&c| c != ' ' || !spaced) else {
                continue;
            };
            spaced = c == ' ';
            // Marks that are dropped belong to the letter before them.
            let is_dropped = |c: &char| !c.is_ascii() && fold_char(*c).is_none();
            while let Some(mark) = text[at..].chars().next().filter(is_dropped) {
                at += mark.len_utf8();
            }
            let capital = !is_caseless(raw) && raw.is_uppercase();
            return Some(Folded {
                c,
                end: at,
                capital,
            });
        }
    })
}

/// The folded characters of a text, the last one first.
pub fn backwards(text: &str) -> impl Iterator<Item = Folded> + Clone {
    let mut chars = text.char_indices().rev();
    let mut spaced = true;
    std::iter::from_fn(move || {
        loop {
            let (end, raw) = chars.next()?;
            let Some(c) = fold_char(raw).filter(|&c| c != ' ' || !spaced) else {
                continue;
            };
            spaced = c == ' ';
            let capital = !is_caseless(raw) && raw.is_uppercase();
            return Some(Folded { c, end, capital });
        }
    })
}

/// A whole text, folded, without white space at its ends.
pub fn folded(text: &str) -> String {
    let mut folded: String = forwards(text).map(|folded| folded.c).collect();
    folded.truncate(folded.trim_end().len());
    folded
}

/// The character that stands for `c` and its variants; none for a mark that may be left out.
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(match c {
            '\t' | '\r' | '\n' => ' ',
            _ => c.to_ascii_lowercase(),
        });
    }
    Some(match c {
        c if c.is_whitespace() => ' ',
        // Apostrophes: right and left single quotation mark, modifier letters, prime.
        '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{02b9}' | '\u{2032}' | '\u{00b4}' => '\'',
        // Double quotation marks.
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        // Hyphens and dashes.
        '\u{2010}'..='\u{2014}' => '-',
        // Zero width (non-)joiner, directional marks, word joiner, byte order mark.
        '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        // Combining dot above (what a capital dotted i leaves), variation selectors.
        '\u{0307}' | '\u{fe0e}' | '\u{fe0f}' => return None,
        // Arabic vowel signs and tatweel.
        '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}' => return None,
        // Nuktas: Devanagari, Bengali, Gurmukhi, Gujarati, Oriya.
        '\u{093c}' | '\u{09bc}' | '\u{0a3c}' | '\u{0abc}' | '\u{0b3c}' => return None,
        // Arabic alefs with hamza or madda, alef maqsura and Farsi yeh, keheh.
        '\u{0622}' | '\u{0623}' | '\u{0625}' => '\u{0627}',
        '\u{0649}' | '\u{06cc}' => '\u{064a}',
        '\u{06a9}' => '\u{0643}',
        // Fullwidth forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            return char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase());
        }
        // Greek: final sigma, and the accents that capitals drop.
        'ς' => 'σ',
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        // Cyrillic io; Turkish dotless i; Romanian cedillas for commas.
        'ё' | 'Ё' => 'е',
        'ı' | 'İ' => 'i',
        'ş' | 'Ş' => 'ș',
        'ţ' | 'Ţ' => 'ț',
        c if is_caseless(c) => c,
        c => c.to_lowercase().next().unwrap_or(c),
    })
}

/// Whether a character is of the large scripts without case, from Hebrew to Burmese and those of East
/// Asia: asking for its case costs more than all the rest.
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109F}' | '\u{2E80}'..='\u{A63F}' | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_without_case_has_none() {
        for c in ('\0'..=char::MAX).filter(|&c| is_caseless(c)) {
            assert!(c.to_lowercase().eq([c]) && !c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn spellings_of_one_phrase_fold_alike() {
        for (one, other) in [
            ("ALSO  READ ", "also read"),
            ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
            ("Je m\u{2019}abonne", "je m'abonne"),
            ("पढ\u{093c}ें", "पढें"),
            ("اقرأ أيضا\u{064b}", "اقرا ايضا"),
            ("İLGİLİ", "ilgili"),
            ("Ｐｈｏｔｏ：", "photo:"),
            ("اشتراک\u{200c}گذاری", "اشتراكگذاري"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} / {other}");
        }
    }

    #[test]
    fn ends_point_after_the_character_and_its_marks() {
        let ends = |text| forwards(text).map(|folded| folded.end).collect::<Vec<_>>();
        assert_eq!(ends("पढ\u{093c}ें"), [3, 9, 12, 15]);
        assert_eq!(ends("A  b"), [1, 2, 4]);
        let starts: Vec<usize> = backwards("a  b").map(|folded| folded.end).collect();
        assert_eq!(starts, [3, 2, 0]);
    }
}
