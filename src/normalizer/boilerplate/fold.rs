//! Folding: two spellings of one phrase become the same characters.
//!
//! Newspapers write "ALSO READ", "Also read" and "Also Read"; Greek capitals drop their accents;
//! Indian scripts are typed with and without the nukta; Arabic with and without vowel signs and
//! hamza; quotes are straight or curly. Phrases and text are both folded before they are compared,
//! and the folding remembers where in the text each character came from.

/// How many folded characters of a line's start are looked at: longer than every phrase.
pub const WINDOW: usize = 72;

/// The folded start of a text, with the byte offset after each character.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    /// The folded characters.
    pub chars: Vec<char>,
    /// For each character, where the text goes on after it.
    pub ends: Vec<usize>,
    /// Whether each was a capital: "captionWho" is two words.
    pub capitals: Vec<bool>,
}

/// Folds the first `most` characters of `text`, such as [`WINDOW`].
///
/// White space is one space, case is folded, marks that are often left out are dropped.
pub fn fold(text: &str, most: usize) -> Folded {
    let mut folded = Folded::default();
    for (at, raw) in text.char_indices() {
        if folded.chars.len() == most {
            break;
        }
        let end = at + raw.len_utf8();
        match fold_char(raw) {
            Some(' ') if folded.chars.last().is_none_or(|&last| last == ' ') => {}
            Some(c) => {
                folded.chars.push(c);
                folded.ends.push(end);
                folded.capitals.push(raw.is_uppercase());
            }
            None => {}
        }
        if let Some(last) = folded.ends.last_mut() {
            // A dropped mark belongs to the letter before it.
            *last = end;
        }
    }
    folded
}

/// Folds the last [`WINDOW`] characters of `text`, the last one first; `ends` says where each starts.
pub fn fold_backwards(text: &str) -> Folded {
    let mut folded = Folded::default();
    for (at, raw) in text.char_indices().rev() {
        if folded.chars.len() == WINDOW {
            break;
        }
        match fold_char(raw) {
            Some(' ') if folded.chars.last().is_none_or(|&last| last == ' ') => {}
            Some(c) => {
                folded.chars.push(c);
                folded.ends.push(at);
                folded.capitals.push(raw.is_uppercase());
            }
            None => {}
        }
    }
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
        c => c.to_lowercase().next().unwrap_or(c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_phrase_fold_alike() {
        for (one, other) in [
            ("ALSO  READ", "also read"),
            ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
            ("Je m\u{2019}abonne", "je m'abonne"),
            ("पढ\u{093c}ें", "पढें"),
            ("اقرأ أيضا\u{064b}", "اقرا ايضا"),
            ("İLGİLİ", "ilgili"),
            ("Ｐｈｏｔｏ：", "photo:"),
            ("اشتراک\u{200c}گذاری", "اشتراكگذاري"),
        ] {
            assert_eq!(
                fold(one, WINDOW).chars,
                fold(other, WINDOW).chars,
                "{one} / {other}"
            );
        }
    }

    #[test]
    fn ends_point_after_the_character_and_its_marks() {
        let folded = fold("पढ\u{093c}ें", WINDOW);
        assert_eq!(folded.ends.last(), Some(&"पढ\u{093c}ें".len()));
        assert_eq!(fold("A  b", WINDOW).ends, [1, 3, 4]);
    }
}
