//! Swallowed: the letter behind a sign, which a double-byte decoder took for a second byte.

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, Encoding};

use super::super::charsets::pairs::private;
use super::{LEAD, SIGNS};

/// The charsets that make a character of a sign's last byte and a letter, and none of its first two bytes.
const CHARSETS: [(&str, &Encoding); 2] = [("euc-kr", EUC_KR), ("big5", BIG5)];

/// What is made of two such bytes comes behind this one: hanzi, hangul and private characters.
const LEAST: char = '\u{3000}';

/// A sign and the letter behind it, of which one character was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Swallowed {
    pub(super) sign: &'static char,
    pub(super) letter: char,
    pub(super) charset: &'static str,
}

/// What a character was made of, if it is one of those.
pub(super) fn swallowed(c: char) -> Option<Swallowed> {
    /// By the character.
    static TABLE: LazyLock<Vec<(char, Swallowed)>> = LazyLock::new(table);
    // Most texts have none, and need no table.
    if c < LEAST {
        return None;
    }
    let at = TABLE.binary_search_by_key(&c, |&(made, _)| made).ok()?;
    Some(TABLE[at].1)
}

fn table() -> Vec<(char, Swallowed)> {
    let mut table = Vec::new();
    for sign in &SIGNS {
        let mut utf8 = [0; 4];
        let &[LEAD, _, last] = sign.encode_utf8(&mut utf8).as_bytes() else {
            continue;
        };
        for letter in (b'0'..=b'z').filter(u8::is_ascii_alphanumeric) {
            for (charset, encoding) in CHARSETS {
                let bytes = [last, letter];
                let made = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
                let made = made.and_then(|text| {
                    let mut chars = text.chars();
                    chars.next().filter(|_| chars.next().is_none())
                });
                let private = (encoding == BIG5).then(|| private(last, letter)).flatten();
                let swallowed = Swallowed {
                    sign,
                    letter: char::from(letter),
                    charset,
                };
                let made = made.into_iter().chain(private);
                table.extend(made.map(|c| (c, swallowed)));
            }
        }
    }
    table.sort_by_key(|&(c, _)| c);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_comes_before_the_least() {
        assert!(table().iter().all(|&(c, _)| c >= LEAST));
    }

    #[test]
    fn each_charset_swallows_letters() {
        for (c, sign, letter, charset) in [
            ('\u{C172}', '\u{2019}', 's', "euc-kr"),
            ('\u{C3FB}', '\u{201C}', 'W', "euc-kr"),
            ('\u{43ED}', '\u{2019}', 's', "big5"),
            ('\u{26BF7}', '\u{201C}', 'A', "big5"),
            ('\u{EA03}', '\u{2019}', 's', "big5"),
        ] {
            let expected = Swallowed {
                sign: SIGNS.iter().find(|&&known| known == sign).unwrap(),
                letter,
                charset,
            };
            assert_eq!(swallowed(c), Some(expected), "{c}");
        }
        for c in ['s', '\u{AC00}', '\u{4E2D}', '\u{FFFD}'] {
            assert_eq!(swallowed(c), None, "{c}");
        }
    }

    #[test]
    fn no_character_is_made_of_two() {
        let table = table();
        assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
