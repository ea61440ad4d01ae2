//! What stands before a label or between it and its headline: bullets, brackets, arrows, emoji.

/// The line without white space, bullets, opening brackets, arrows and emoji at its start.
#[inline]
pub fn undecorated(line: &str) -> &str {
    match line.as_bytes().first() {
        Some(&first) if begins_letter(first) => line,
        // What most other lines begin with.
        Some(0xE2) if line.starts_with(['“', '‘']) => line,
        _ => line.trim_start_matches(is_decoration),
    }
}

/// The line without white space at its ends, which most lines have none of.
#[inline]
pub fn trimmed(line: &str) -> &str {
    if begins_inked(line.as_bytes()) && ends_inked(line.as_bytes()) {
        line
    } else {
        line.trim()
    }
}

/// Whether a line begins with what most lines begin with: a letter, a digit, a sign of ASCII, or a curly
/// quotation mark. White space beyond ASCII begins with C2 and E1 to E3.
#[inline]
fn begins_inked(line: &[u8]) -> bool {
    matches!(
        line,
        [b'!'..=b'~' | 0xC3..=0xE0 | 0xE4..=0xFF, ..] | [0xE2, 0x80, 0x98..=0x9F, ..]
    )
}

/// Whether a line ends in what most lines end in: the same, or a full stop of Chinese.
#[inline]
fn ends_inked(line: &[u8]) -> bool {
    matches!(
        line,
        [.., b'!'..=b'~']
            | [.., 0xC3..=0xDF, _]
            | [.., 0xE0 | 0xE4..=0xEF, _, _]
            | [.., 0xE2, 0x80, 0x98..=0x9F]
            | [.., 0xE3, 0x80, 0x82]
    )
}

/// Whether a character that begins with this byte is a letter or digit of ASCII, or of a script: neither
/// white space nor decoration nor a bracket. Those begin with C2, E1 to E3, EF and F0.
fn begins_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, 0xC3..=0xE0 | 0xE4..=0xED)
}

/// Whether a line ends in such a character.
#[inline]
fn ends_letter(line: &[u8]) -> bool {
    match *line {
        [.., last] if last.is_ascii() => last.is_ascii_alphanumeric(),
        [.., lead @ 0xC0..=0xFF, _] | [.., lead @ 0xE0..=0xFF, _, _] => begins_letter(lead),
        _ => false,
    }
}

/// The line without white space, closing brackets and full stops at its end.
#[inline]
pub fn unclosed(line: &str) -> &str {
    let is_over = |line: &str| ends_letter(line.as_bytes());
    match line.as_bytes() {
        // What most lines end in: a letter and a full stop, a curly quotation mark behind it or not.
        [.., b'.'] if is_over(&line[..line.len() - 1]) => &line[..line.len() - 1],
        [.., 0xE3, 0x80, 0x82] if is_over(&line[..line.len() - 3]) => &line[..line.len() - 3],
        [.., 0xE2, 0x80, 0x9D] => line,
        _ if is_over(line) => line,
        _ => line.trim_end_matches(|c: char| c.is_whitespace() || is_closing_bracket(c)),
    }
}

/// Takes the separators off the start of what follows a label; none if there is no separator.
///
/// ```text
/// ": Old bridge closed"  -> Some("Old bridge closed")
/// " | Old bridge closed" -> Some("Old bridge closed")
/// " Old bridge closed"   -> None
/// ```
pub fn separated(rest: &str) -> Option<&str> {
    let after =
        rest.trim_start_matches(|c: char| c.is_whitespace() || is_separator(c) || is_emoji(c));
    let between = &rest[..rest.len() - after.len()];
    between
        .chars()
        .any(|c| is_separator(c) || is_emoji(c))
        .then_some(after)
}

/// Whether nothing but separators, brackets, bullets and emoji is written here.
pub fn is_bare(rest: &str) -> bool {
    rest.chars()
        .all(|c| is_separator(c) || is_decoration(c) || is_closing_bracket(c))
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace()
        || is_emoji(c)
        || matches!(
            c,
            '*' | '•'
                | '·'
                | '-'
                | '–'
                | '—'
                | '>'
                | '»'
                | '›'
                | '|'
                | '/'
                | '~'
                | '='
                | '+'
                | '_'
                | '#'
                | '('
                | '['
                | '{'
                | '<'
                | '（'
                | '［'
                | '【'
                | '〔'
                | '《'
                | '〈'
                | '「'
                | '『'
                | '＜'
                | '≪'
                | '«'
                | '｜'
                | '※'
                | '・'
                | '￭'
                | '▪'
                | '‣'
                | '⁃'
                | '…'
        )
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ':' | '|'
            | '-'
            | '–'
            | '—'
            | '»'
            | '>'
            | '›'
            | '•'
            | '·'
            | '/'
            | '~'
            | ';'
            | '?'
            | '…'
            | ']'
            | '='
    ) || matches!(
        c,
        // Fullwidth and ideographic signs, the ratio sign, arrowheads.
        '：' | '｜'
            | '／'
            | '＝'
            | '？'
            | '】'
            | '］'
            | '〉'
            | '》'
            | '＞'
            | '∶'
            | '→'
            | '▶'
            | '►'
    ) || matches!(
        c,
        // Armenian but, Arabic semicolon and question mark; visargas, which are typed for a colon.
        '՝' | '؛' | '؟' | 'ః' | 'ઃ' | 'ः' | 'ঃ'
    )
}

fn is_closing_bracket(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '）'
            | '］'
            | '】'
            | '〕'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '＞'
            | '≫'
            | '.'
            | '!'
            | '。'
            | '！'
            | '…'
            | '"'
            | '\''
    )
}

/// Arrows, geometric shapes, dingbats, pictographs, and the invisible characters that join them.
fn is_emoji(c: char) -> bool {
    matches!(
        c,
        '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_as_letters_do_is_nothing_to_take_off() {
        let mut bytes = [0; 4];
        for c in '\0'..=char::MAX {
            let text: &str = c.encode_utf8(&mut bytes);
            let is_letter = begins_letter(text.as_bytes()[0]);
            assert!(
                !is_letter || !is_decoration(c) && !is_closing_bracket(c),
                "{c:?}"
            );
            for before in ["", "a", "\u{440}", "\u{915}", "\u{1F600}"] {
                let ends = format!("{before}{text}");
                assert_eq!(
                    ends_letter(ends.as_bytes()),
                    is_letter && c < '\u{10000}',
                    "{ends:?}"
                );
                let closed = |c: char| c.is_whitespace() || is_closing_bracket(c);
                for line in [format!("{ends}."), format!("{ends}\u{3002}"), ends] {
                    assert_eq!(unclosed(&line), line.trim_end_matches(closed), "{line:?}");
                    assert_eq!(trimmed(&line), line.trim(), "{line:?}");
                }
            }
            let begins = format!("{text}a");
            assert_eq!(trimmed(&begins), begins.trim(), "{begins:?}");
            assert_eq!(
                undecorated(&begins),
                begins.trim_start_matches(is_decoration)
            );
        }
        assert_eq!(trimmed(" \u{3000}a b\u{A0}"), "a b");
        assert_eq!(trimmed(""), "");
    }

    #[test]
    fn decoration_goes_and_letters_stay() {
        for line in [
            "Also read",
            "  • Also read",
            "[Also read",
            "👉🏽 Also read",
            ">> Also read",
            "【Also read",
        ] {
            assert_eq!(undecorated(line), "Also read");
        }
        assert_eq!(undecorated("“Also read”"), "“Also read”");
    }

    #[test]
    fn a_separator_parts_label_and_headline() {
        for rest in [
            ": Bridge",
            " | Bridge",
            "- Bridge",
            " 👉 Bridge",
            "：Bridge",
            " >> Bridge",
            "]: Bridge",
        ] {
            assert_eq!(
                separated(rest.trim_start_matches(']')),
                Some("Bridge"),
                "{rest}"
            );
        }
        assert_eq!(separated(" Bridge"), None);
        assert!(is_bare(" :") && is_bare("") && is_bare("…]") && !is_bare(": Bridge"));
    }
}
