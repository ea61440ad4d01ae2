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
        if c.is_ascii_alphanumeric() {
            return Quotes(self.0 & !(PARTED | APOSTROPHE));
        }
        match Mark::of(c) {
            Mark::Other if self.is(APOSTROPHE) && c.is_alphanumeric() => self.behind(Mark::Letter),
            mark => self.behind(mark),
        }
    }

    /// Behind a mark, or what else stands there.
    #[inline]
    pub(crate) fn behind(self, mark: Mark) -> Quotes {
        Quotes(BEHIND[mark as usize][usize::from(self.0)])
    }

    const fn follow(self, mark: Mark) -> Quotes {
        let open = self.0 & !(PARTED | APOSTROPHE);
        let closed = self.0 & APOSTROPHE != 0 && !matches!(mark, Mark::Letter);
        let open = if closed { open & !SINGLE } else { open };
        let double = open & DOUBLE;
        let more = if double < DEEPEST {
            double + 1
        } else {
            DEEPEST
        };
        let deeper = open & !DOUBLE | more;
        Quotes(match mark {
            Mark::LineEnd => return Quotes::NONE,
            Mark::Opens if self.0 & LOW == 0 => deeper | PARTED,
            Mark::OpensLow => deeper | LOW | PARTED,
            Mark::Opens => open & !(DOUBLE | LOW) | double.saturating_sub(1) | PARTED,
            Mark::Closes => open & !(DOUBLE | LOW) | double.saturating_sub(1),
            Mark::OpensSingle => open | SINGLE,
            // Many open with this one, too.
            Mark::Apostrophe if self.0 & PARTED != 0 => open | SINGLE,
            Mark::Apostrophe => open | APOSTROPHE,
            Mark::Parts => open | PARTED,
            Mark::Letter | Mark::Other => open,
        })
    }
}

/// What a character is to quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    LineEnd,
    /// “, which closes what „ opened.
    Opens,
    OpensLow,
    Closes,
    OpensSingle,
    Apostrophe,
    /// A space, bracket or dash, behind which a word begins.
    Parts,
    Letter,
    Other,
}

impl Mark {
    /// What a character is that is no letter or figure.
    pub(crate) fn of(c: char) -> Mark {
        match c {
            '\n' => Mark::LineEnd,
            '\u{201C}' => Mark::Opens,
            '\u{201E}' => Mark::OpensLow,
            '\u{201D}' => Mark::Closes,
            '\u{2018}' => Mark::OpensSingle,
            '\u{2019}' => Mark::Apostrophe,
            '(' | '[' | '\u{2014}' => Mark::Parts,
            _ if c.is_whitespace() => Mark::Parts,
            _ => Mark::Other,
        }
    }
}

/// What is open behind each mark, by what was before: a page asks behind each of its characters.
static BEHIND: [[u8; STATES]; Mark::Other as usize + 1] = {
    const MARKS: [Mark; Mark::Other as usize + 1] = [
        Mark::LineEnd,
        Mark::Opens,
        Mark::OpensLow,
        Mark::Closes,
        Mark::OpensSingle,
        Mark::Apostrophe,
        Mark::Parts,
        Mark::Letter,
        Mark::Other,
    ];
    let mut behind = [[0; STATES]; MARKS.len()];
    let mut number = 0;
    while number < MARKS.len() {
        let mark = MARKS[number];
        let mut before = 0;
        while before < STATES {
            behind[mark as usize][before] = Quotes(before as u8).follow(mark).0;
            before += 1;
        }
        number += 1;
    }
    behind
};
/// As many as a byte has, so that none is looked up beyond them.
const STATES: usize = 1 << u8::BITS;

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
