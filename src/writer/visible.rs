//! Visible: text made safe to look at. A terminal obeys control characters and lets bidi marks turn a
//! line round, so neither may reach it from a file or its name.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with every character that steers a terminal or cannot be seen written as `<U+009B>`.
/// Spaces stay, and so does what joins emoji and letters.
///
/// ```
/// use artclean::writer::visible::visible;
/// assert_eq!(visible("a\u{9B}31m\u{202E}b"), "a<U+009B>31m<U+202E>b");
/// assert_eq!(visible("“ok” 👩\u{200D}👧"), "“ok” 👩\u{200D}👧");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| steers(c) || c == '\u{200D}') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut previous = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        // ZERO WIDTH JOINER is the glue of emoji; alone it is only invisible.
        let glues = c == '\u{200D}'
            && previous.is_some_and(is_emoji)
            && characters.peek().copied().is_some_and(is_emoji);
        if steers(c) || (c == '\u{200D}' && !glues) {
            // Writing to a String cannot fail.
            let _ = write!(shown, "<U+{:04X}>", c as u32);
        } else {
            shown.push(c);
        }
        previous = Some(c);
    }
    Cow::Owned(shown)
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character is a control, or invisible, or changes how what follows is shown.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}
