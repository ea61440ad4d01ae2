//! The shape of a line: how long it is and how it ends, which is what tells a headline from prose.
//!
//! Length is counted in letters, an ideograph for three, so that one set of limits holds for
//! every script. Sentence ends are those of all large scripts; some (Thai, Lao) have none, so that
//! length alone must do there.

/// How many bytes of a line are looked at before it is simply long. A paragraph of prose is decided
/// long before; the limit keeps a line of 100 MB cheap.
const LOOK: usize = 2_000;

/// A line this long, in letters, is prose however it ends: the longest headlines of the development
/// pages have 150.
const LONG: u32 = 200;

/// A line that ends a sentence is prose from this length on, in letters; shorter ones may be a
/// headline or a heading with a full stop.
const SENTENCE: u32 = 60;

/// In a script that has no full stops (Thai, Lao) a line is prose from this length on, in letters: the
/// fixtures' headlines have 60 at most, paragraphs of two sentences more than 120.
const LONG_UNSTOPPED: u32 = 110;

/// A headline has at least this many letters; shorter lines are labels, names and headings.
const HEADLINE_LEAST: u32 = 12;

/// A headline has at most this many letters.
const HEADLINE_MOST: u32 = 170;

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Letters and digits, an ideograph counted three times; at most about [`LOOK`].
    pub letters: u32,
    /// Words: runs of letters between white space.
    pub words: u32,
    /// Digits among the letters.
    pub digits: u32,
    /// Whether it ends as a sentence does: full stop, danda and their kin.
    pub stopped: bool,
    /// Whether it ends with a question or exclamation mark, or an ellipsis: a sentence or a headline.
    pub open_ended: bool,
    /// Whether most letters are of a script that has no full stops.
    pub unstopped: bool,
}

impl Shape {
    /// Looks at a line without its line end.
    pub fn of(line: &str) -> Shape {
        let mut cut = line.len().min(LOOK);
        while !line.is_char_boundary(cut) {
            cut -= 1;
        }
        let mut shape = Shape {
            letters: 0,
            words: 0,
            digits: 0,
            stopped: false,
            open_ended: false,
            unstopped: false,
        };
        let mut unstopped = 0;
        let mut in_word = false;
        for c in line[..cut].chars() {
            if c.is_whitespace() {
                in_word = false;
            } else if c.is_alphanumeric() {
                shape.letters += if is_ideograph(c) { 3 } else { 1 };
                shape.digits += u32::from(c.is_numeric());
                unstopped += u32::from(matches!(c, '\u{0e00}'..='\u{0eff}'));
                shape.words += u32::from(!in_word);
                in_word = true;
            }
        }
        shape.unstopped = unstopped * 2 > shape.letters;
        let end = line.trim_end_matches(is_closing);
        match end.chars().next_back() {
            Some(last) if is_full_stop(last) => {
                shape.stopped = !end.ends_with("...");
                shape.open_ended = !shape.stopped;
            }
            Some('?' | '!' | '…' | '？' | '！' | '؟' | '՞' | '՜') => shape.open_ended = true,
            _ => {}
        }
        shape
    }

    /// Whether the line is a paragraph of prose.
    pub fn is_prose(&self) -> bool {
        let long = if self.unstopped { LONG_UNSTOPPED } else { LONG };
        self.letters >= long || (self.letters >= SENTENCE && (self.stopped || self.open_ended))
    }

    /// Whether the line could be a headline.
    pub fn is_headline(&self) -> bool {
        let is_paragraph = self.unstopped && self.is_prose();
        !(self.stopped || is_paragraph)
            && (HEADLINE_LEAST..=HEADLINE_MOST).contains(&self.letters)
            && self.digits * 2 < self.letters
    }
}

/// Whether a line ends in a full stop of some script, closing quotes and brackets aside.
pub fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(is_closing);
    end.ends_with(is_full_stop)
}

/// A character of a script written without spaces, in which a word has about two characters.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Quotes and brackets that may close a sentence after its full stop.
fn is_closing(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '\'' | ')' | ']' | '”' | '’' | '“' | '»' | '«' | '」' | '』' | '）' | '】' | '|'
        )
}

/// The full stops of the world.
fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '。' | '．' | '｡' | '।' | '॥' | '۔' | '։' | '።' | '။' | '។' | '꯫' | '᙮'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_headlines_in_many_scripts() {
        for prose in [
            "The council voted on Tuesday to close the bridge until the inspection is over.",
            "“We will be back in the spring, whatever they say, and with many more of us next time.”",
            "परिषद ने मंगलवार को पुल को निरीक्षण पूरा होने तक बंद रखने के पक्ष में मतदान किया और मरम्मत का आदेश दिया।",
            "市議会は火曜日、点検が終わるまで橋を閉鎖することを決め、修理を命じた。",
        ] {
            let shape = Shape::of(prose);
            assert!(
                shape.is_prose() && !shape.is_headline(),
                "{prose}: {shape:?}"
            );
        }
        for headline in [
            "Council closes old bridge after storm",
            "Who will pay for the bridge?",
            "पुल बंद, मरम्मत का आदेश",
            "市議会、橋を閉鎖",
        ] {
            let shape = Shape::of(headline);
            assert!(
                shape.is_headline() && !shape.is_prose(),
                "{headline}: {shape:?}"
            );
        }
        for neither in ["Sport", "12:30 - 14:00", "2 - 1", "Yes.", ""] {
            let shape = Shape::of(neither);
            assert!(
                !shape.is_headline() && !shape.is_prose(),
                "{neither}: {shape:?}"
            );
        }
    }

    #[test]
    fn a_line_of_any_length_is_looked_at_to_a_limit() {
        let line = "é".repeat(5_000_000);
        assert!(Shape::of(&line).letters as usize <= LOOK);
    }
}
