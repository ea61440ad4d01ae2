//! Quotes: which quotation marks are open at a place.
//!
//! A closing mark that lost its last byte looks like others that did; that one is due tells them apart.

/// As many quotations within one another as anybody writes; what is told of a place stays one of few.
const DEEPEST: u8 = 2;

/// The quotation marks that are open behind what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Quotes {
    /// How many double ones are: a quotation within one opens another.
    double: u8,
    /// Whether the last of them is „, which “ closes in half of Europe and ” in the other.
    low: bool,
    /// Whether a single one is.
    pub(crate) single: bool,
    /// Whether the last character parts words.
    parted: bool,
    /// Whether the last character is an apostrophe, or closes the single one.
    apostrophe: bool,
}

impl Quotes {
    /// At the start of a text.
    pub(crate) const NONE: Quotes = Quotes {
        double: 0,
        low: false,
        single: false,
        parted: true,
        apostrophe: false,
    };

    /// Whether a double one is open.
    pub(crate) fn is_quoted(self) -> bool {
        self.double > 0
    }

    /// Whether „ opened the one that is due to close.
    pub(crate) fn is_low(self) -> bool {
        self.low
    }

    /// Behind one character more. No mark is open from one line to the next.
    #[inline]
    pub(crate) fn read(mut self, c: char) -> Quotes {
        // Most characters: an apostrophe is one before them.
        if c.is_ascii_alphanumeric() {
            return Quotes {
                parted: false,
                apostrophe: false,
                ..self
            };
        }
        self.single &= !self.apostrophe || c.is_alphanumeric();
        self.apostrophe = false;
        match c {
            '\n' => return Quotes::NONE,
            '\u{201C}' if !self.low => self.double = DEEPEST.min(self.double + 1),
            '\u{201E}' => {
                self.double = DEEPEST.min(self.double + 1);
                self.low = true;
            }
            '\u{201C}' | '\u{201D}' => {
                self.double = self.double.saturating_sub(1);
                self.low = false;
            }
            '\u{2018}' => self.single = true,
            // Many open with this one, too.
            '\u{2019}' if self.parted => self.single = true,
            '\u{2019}' => self.apostrophe = true,
            _ => {}
        }
        self.parted =
            c.is_whitespace() || matches!(c, '(' | '[' | '\u{2014}' | '\u{201C}' | '\u{201E}');
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_open_until_they_are_closed() {
        let behind = |text: &str| {
            let quotes = text.chars().fold(Quotes::NONE, Quotes::read);
            (quotes.is_quoted(), quotes.single)
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
