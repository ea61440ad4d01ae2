//! Quotes: which quotation marks are open at a place.
//!
//! A closing mark that lost its last byte looks like others that did; that one is due tells them apart.

/// As many quotations within one another as anybody writes; what is told of a place stays one of few.
const DEEPEST: u8 = 2;

/// The quotation marks that are open behind what was read: how many double ones, and some flags. In one byte,
/// since a page asks for them behind each of its characters and for many readings of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quotes(u8);

/// How many double ones are open: a quotation within one opens another.
const DOUBLE: u8 = 0b11;
/// Whether the last of them is „, which “ closes in half of Europe and ” in the other.
const LOW: u8 = 0b100;
/// Whether a single one is open.
const SINGLE: u8 = 0b1000;
/// Whether the last character parts words.
const PARTED: u8 = 0b1_0000;
/// Whether the last character is an apostrophe, or closes the single one.
const APOSTROPHE: u8 = 0b10_0000;

impl Quotes {
    /// At the start of a text.
    pub(crate) const NONE: Quotes = Quotes(PARTED);

    fn is(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    /// Whether a double one is open.
    pub(crate) fn is_quoted(self) -> bool {
        self.is(DOUBLE)
    }

    /// Whether „ opened the one that is due to close.
    pub(crate) fn is_low(self) -> bool {
        self.is(LOW)
    }

    /// Whether a single one is open.
    pub(crate) fn is_single(self) -> bool {
        self.is(SINGLE)
    }

    /// Behind one character more. No mark is open from one line to the next.
    #[inline]
    pub(crate) fn read(self, c: char) -> Quotes {
        let open = self.0 & !(PARTED | APOSTROPHE);
        if c.is_ascii_alphanumeric() {
            Quotes(open)
        } else {
            self.read_sign(c, open)
        }
    }

    /// Behind a character that is no plain letter or figure; `open` is what was open before.
    fn read_sign(self, c: char, open: u8) -> Quotes {
        let closed = self.is(APOSTROPHE) && !c.is_alphanumeric();
        let open = if closed { open & !SINGLE } else { open };
        let double = open & DOUBLE;
        let deeper = open & !DOUBLE | DEEPEST.min(double + 1);
        let after = match c {
            '\n' => return Quotes::NONE,
            '\u{201C}' if !self.is_low() => deeper,
            '\u{201E}' => deeper | LOW,
            '\u{201C}' | '\u{201D}' => open & !(DOUBLE | LOW) | double.saturating_sub(1),
            '\u{2018}' => open | SINGLE,
            // Many open with this one, too.
            '\u{2019}' if self.is(PARTED) => open | SINGLE,
            '\u{2019}' => open | APOSTROPHE,
            _ => open,
        };
        let parts =
            c.is_whitespace() || matches!(c, '(' | '[' | '\u{2014}' | '\u{201C}' | '\u{201E}');
        Quotes(if parts { after | PARTED } else { after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_open_until_they_are_closed() {
        let behind = |text: &str| {
            let quotes = text.chars().fold(Quotes::NONE, Quotes::read);
            (quotes.is_quoted(), quotes.is_single())
        };
        for (text, open) in [
            ("“We don’t", (true, false)),
            ("“We don’t,” she", (false, false)),
            ("the ‘quoted", (false, true)),
            ("the ‘don’t", (false, true)),
            ("the ‘quoted’ ", (false, false)),
            ("the ’quoted", (false, true)),
            ("“‘No", (true, true)),
            ("“‘No\n", (false, false)),
            ("“The “first” of", (true, false)),
            ("the mayor’s house", (false, false)),
            ("Sie sagte: „Ich", (true, false)),
            ("Sie sagte: „Ich weiß“ und", (false, false)),
            ("Powiedziała: „Wiem” i", (false, false)),
        ] {
            assert_eq!(behind(text), open, "{text}");
        }
    }
}
