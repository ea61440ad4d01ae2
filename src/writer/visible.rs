//! Visible: text made safe to look at. A terminal obeys control characters and lets bidi marks turn a
//! line round, so neither may reach it from a file or its name.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// `text` with every character that steers a terminal or cannot be seen written as `<U+009B>`.
/// Spaces stay, and so does what joins emoji and letters.
///
/// ```
/// use artclean::writer::visible::visible;
/// assert_eq!(visible("a\u{9B}31m\u{202E}b"), "a<U+009B>31m<U+202E>b");
/// assert_eq!(visible("“ok” 👩\u{200D}👧"), "“ok” 👩\u{200D}👧");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
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
        if steers(c) && !glues {
            // Writing to a String cannot fail.
            let _ = write!(shown, "<U+{:04X}>", c as u32);
        } else {
            shown.push(c);
        }
        previous = Some(c);
    }
    Cow::Owned(shown)
}

/// A writer to a terminal, which gets everything made [`visible`] but line feeds and tabs, which a text is made
/// of; a byte that is not UTF-8 is written as `<E9>`.
///
/// ```
/// use std::io::Write;
/// use artclean::writer::visible::Shown;
/// let mut shown = Vec::new();
/// Shown(&mut shown).write_all(b"caf\xE9\tis\x1B[31m\n")?;
/// assert_eq!(shown, b"caf<E9>\tis<U+001B>[31m\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Shown<W>(
    /// The terminal.
    pub W,
);

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for chunk in bytes.utf8_chunks() {
            for part in chunk.valid().split_inclusive(['\n', '\t']) {
                let text = part.trim_end_matches(['\n', '\t']);
                write!(self.0, "{}{}", visible(text), &part[text.len()..])?;
            }
            for byte in chunk.invalid() {
                write!(self.0, "<{byte:02X}>")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character is a control, or invisible, or changes how what follows is shown. U+FFFE and
/// U+FFFF are no characters at all, and XML may not hold them.
pub(crate) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}')
}
