//! Marks: accents that stand behind their letter as characters of their own, as decomposed text has them; the Mac
//! writes names of files so.

use unicode_normalization::char::compose;

/// Whether this is one of the marks of European letters.
pub(crate) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The letter that a mark makes of the one before it, if it makes one.
pub(crate) fn composed(letter: char, mark: char) -> Option<char> {
    is_mark(mark).then(|| compose(letter, mark)).flatten()
}

/// Whether an acute accent may stand on a letter, of the marks the one that loses a byte in charsets for Latin
/// letters. Behind a consonant the capital that it leaves is as often an í that was misread.
pub(crate) fn takes_acute(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
