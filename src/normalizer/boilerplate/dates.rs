//! Lines that are nothing but a date or a time, in any language.
//!
//! Month names need not be known: a date is told by its numbers (a year beside a day, 2019-11-20,
//! 20.11.2019, 2019年11月20日, 10:42) and by how little else is on the line.

/// The most words besides numbers on a line that is a date: weekday, month, "at", time zone, "CBS
/// News", "updated", "published" and the same again for a second date.
const OTHER_WORDS: usize = 7;

/// The most letters besides digits on such a line.
const OTHER_LETTERS: usize = 60;

/// A line longer than this, in bytes, is no date.
const LONGEST: usize = 200;

// So its letters can be counted in a byte.
const _: () = assert!(LONGEST <= u8::MAX as usize);

/// Whether the line holds a date or a time of day and hardly anything else.
pub fn is_date_line(line: &str) -> bool {
    // A quoted post ends in its author's handle and a date: that is the article's.
    if line.len() > LONGEST || is_wordy(line) || !has_digit(line) || has_handle(line) {
        return false;
    }
    tokens(line).is_some_and(|tokens| has_date(line, &tokens))
}

/// Whether ASCII alone has more letters than may stand on a line that is no longer than a date, told of many
/// bytes at once: most lines are sentences.
fn is_wordy(line: &str) -> bool {
    let is_letter = |byte: u8| u8::from(byte.is_ascii_alphabetic());
    let letters = line
        .bytes()
        .fold(0_u8, |count, byte| count.wrapping_add(is_letter(byte)));
    usize::from(letters) > OTHER_LETTERS
}

/// The bytes that the digits of other scripts begin with in UTF-8: Arabic, Persian and Indian ones.
const DIGIT_LEADS: [u8; 3] = [0xD9, 0xDB, 0xE0];

/// Whether a digit stands on the line. Most lines have none: they are asked byte by byte, and letters
/// only where no ASCII digit is.
fn has_digit(line: &str) -> bool {
    let [arabic, persian, indian] = DIGIT_LEADS;
    let may_be =
        |byte: u8| byte.is_ascii_digit() | (byte == arabic) | (byte == persian) | (byte == indian);
    let other = |c: char| c >= '\u{660}' && digit(c).is_some();
    any_byte(line, may_be) && (any_byte(line, |byte| byte.is_ascii_digit()) || line.contains(other))
}

/// Whether any byte of a line is what is looked for.
#[inline]
fn any_byte(line: &str, is: impl Fn(u8) -> bool) -> bool {
    // No shortcuts inside a block: a comparison of many bytes costs less than a branch for each.
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, &byte| any | is(byte));
    let (blocks, rest) = line.as_bytes().as_chunks::<32>();
    blocks.iter().any(|block| any(block)) || any(rest)
}

/// Whether an account's name stands on the line: "@" before a letter.
fn has_handle(line: &str) -> bool {
    line.split('@')
        .skip(1)
        .any(|after| after.starts_with(char::is_alphabetic))
}

/// A word or a number, and what stands between it and the next.
struct Token {
    number: Option<u32>,
    digits: usize,
    letters: usize,
    gap: Gap,
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Colon,
    Comma,
    /// A stop, slash or hyphen without spaces, as in 20.11.2019.
    Joint,
    Other,
}

/// The tokens of a line, if hardly anything else than numbers is on it.
fn tokens(line: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut words, mut letters) = (0, 0);
    let (mut class, mut end) = (None, 0);
    for (at, c) in line.char_indices() {
        let this = c.is_alphanumeric().then(|| c.is_numeric());
        if this.is_some() {
            let starts = this != class;
            if starts {
                if let Some(token) = tokens.last_mut() {
                    token.gap = gap_of(&line[end..at]);
                }
                tokens.push(Token::EMPTY);
            }
            let token = tokens.last_mut()?;
            token.take(c);
            end = at + c.len_utf8();
            if token.number.is_none() {
                words += usize::from(starts);
                letters += 1;
            }
        }
        if words > OTHER_WORDS || letters > OTHER_LETTERS {
            return None;
        }
        class = this;
    }
    Some(tokens)
}

impl Token {
    const EMPTY: Token = Token {
        number: None,
        digits: 0,
        letters: 0,
        gap: Gap::Other,
    };

    fn take(&mut self, c: char) {
        match digit(c) {
            Some(digit) if self.letters == 0 => {
                self.number = Some(
                    self.number
                        .unwrap_or(0)
                        .saturating_mul(10)
                        .saturating_add(digit),
                );
                self.digits += 1;
            }
            _ => self.letters += 1,
        }
    }

    fn is_year(&self) -> bool {
        self.digits == 4
            && self
                .number
                // Gregorian years, the Buddhist years of Thailand, the Persian years of Iran.
                .is_some_and(|year| matches!(year, 1990..=2049 | 2533..=2592 | 1370..=1429))
    }

    fn is_day(&self) -> bool {
        (1..=2).contains(&self.digits) && self.number.is_some_and(|day| (1..=31).contains(&day))
    }
}

/// The zeros of the large scripts.
const ZEROS: [char; 12] = ['0', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '٠', '۰'];

/// The value of a decimal digit of any large script.
fn digit(c: char) -> Option<u32> {
    ZEROS
        .iter()
        .map(|&zero| u32::from(c).wrapping_sub(u32::from(zero)))
        .find(|&digit| digit < 10)
}

fn gap_of(gap: &str) -> Gap {
    match gap {
        "" => Gap::Nothing,
        ":" => Gap::Colon,
        "." | "/" | "-" | "\u{2013}" => Gap::Joint,
        _ if gap.contains(',') => Gap::Comma,
        _ => Gap::Other,
    }
}

fn has_date(line: &str, tokens: &[Token]) -> bool {
    let time = tokens.windows(2).any(|pair| {
        pair[0].gap == Gap::Colon
            && pair[0].digits <= 2
            && pair[1].digits == 2
            && pair[0].number.is_some_and(|hour| hour < 25)
            && pair[1].number.is_some_and(|minute| minute < 60)
    });
    let numeric = tokens.windows(3).any(|three| {
        let joined = three[0].gap == Gap::Joint && three[1].gap == Gap::Joint;
        joined
            && three.iter().all(|token| token.number.is_some())
            && ((three[0].is_day() && three[1].is_day() && matches!(three[2].digits, 2 | 4))
                || (three[0].is_year() && three[1].is_day() && three[2].is_day()))
    });
    // "20 November 2019", "20 de noviembre de 2019": one or two words, or three, between day and year.
    let day_first = (2..=4).any(|apart| {
        tokens.windows(apart + 1).any(|run| {
            run[0].is_day()
                && run[apart].is_year()
                && run[1..apart].iter().all(|token| token.number.is_none())
        })
    });
    // "November 20, 2019": the comma tells it from "Formula 1 2019".
    let month_first = tokens.windows(3).any(|run| {
        run[0].number.is_none() && run[1].is_day() && run[1].gap == Gap::Comma && run[2].is_year()
    }) || tokens.windows(4).any(|run| {
        run[0].number.is_none()
            && run[1].is_day()
            && run[2].number.is_none()
            && run[2].letters == 2
            && run[3].is_year()
    });
    let ideographic = line.contains('年') && line.contains('月') && line.contains('日')
        || line.contains('월') && line.contains('일') && tokens.iter().any(Token::is_day);
    time || numeric || day_first || month_first || ideographic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_every_script_are_seen() {
        for c in ZEROS {
            assert!(has_digit(&format!("a{c}b")), "{c}");
        }
        assert!(!has_digit("a\u{E01}b") && !has_digit(""));
    }

    #[test]
    fn dates_of_many_languages() {
        for line in [
            "November 20, 2019",
            "Wednesday, November 20th, 2019 - 07:29 GMT",
            "20 de noviembre de 2019",
            "segunda-feira, 22 de janeiro de 2018 às 0:13",
            "20. November 2019, 08:57 Uhr",
            "20.11.2019",
            "2019-11-19T08:57:40+01:00",
            "2019年11月20日",
            "2019년 11월 20일",
            "२० नवंबर २०१९",
            "November 18, 2019 | 4:10pm",
            "| 4:20am |",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in [
            "Formula 1 2019",
            "2019 American Music Awards",
            "Chapter 4",
            "Team 3 - 2 Opponents",
            "Sept. 18 -- The Forum, Los Angeles, CA",
            "In 2019 the council voted on 20 proposals and rejected 12 of them",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
