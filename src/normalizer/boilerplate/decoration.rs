//! What stands before a label or between it and its headline: bullets, brackets, arrows, emoji.

/// The line without white space, bullets, opening brackets, arrows and emoji at its start.
pub fn undecorated(line: &str) -> &str {
    match line.as_bytes().first() {
        Some(&first) if begins_letter(first) => line,
        _ => line.trim_start_matches(is_decoration),
    }
}

/// The line without white space at its ends, which most lines have none of.
pub fn trimmed(line: &str) -> &str {
    let mut chars = line.chars();
    let ends = [chars.next(), chars.next_back()];
    if ends.into_iter().flatten().any(char::is_whitespace) {
        line.trim()
    } else {
        line
    }
}

/// Whether a character that begins with this byte is a letter or digit of ASCII, or of a script: neither
/// white space nor decoration nor a bracket. Those begin with C2, E1 to E3, EF and F0.
fn begins_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, 0xC3..=0xE0 | 0xE4..=0xED)
}

/// The byte that the last character begins with.
fn last_begins(line: &str) -> Option<u8> {
    let begins = |byte: &&u8| *byte & 0xC0 != 0x80;
    line.as_bytes().iter().rev().find(begins).copied()
}

/// The line without white space, closing brackets and full stops at its end.
pub fn unclosed(line: &str) -> &str {
    match line.as_bytes().last() {
        Some(last) if last.is_ascii_alphanumeric() => line,
        Some(0x80..) if last_begins(line).is_some_and(begins_letter) => line,
        // What most lines end in: a letter and a full stop.
        Some(b'.')
            if line
                .as_bytes()
                .iter()
                .nth_back(1)
                .is_some_and(u8::is_ascii_alphanumeric) =>
        {
            &line[..line.len() - 1]
        }
        Some(_) => match line.strip_suffix('。') {
            // The same in Chinese and Japanese.
            Some(rest) if last_begins(rest).is_some_and(begins_letter) => rest,
            _ => line.trim_end_matches(|c: char| c.is_whitespace() || is_closing_bracket(c)),
        },
        None => line,
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
            if begins_letter(text.as_bytes()[0]) {
                assert!(!is_decoration(c) && !is_closing_bracket(c), "{c:?}");
                assert_eq!(last_begins(text), text.bytes().next());
            }
            assert_eq!(trimmed(text), text.trim(), "{c:?}");
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
