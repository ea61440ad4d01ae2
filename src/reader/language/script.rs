//! Scripts by their ISO 15924 codes, and the languages written in each.

/// Scripts told apart, by their ISO 15924 codes.
pub(super) fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => "Latn",
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => "Grek",
        '\u{400}'..='\u{52F}' => "Cyrl",
        '\u{530}'..='\u{58F}' => "Armn",
        '\u{590}'..='\u{5FF}' => "Hebr",
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => "Arab",
        '\u{900}'..='\u{97F}' => "Deva",
        '\u{980}'..='\u{9FF}' => "Beng",
        '\u{A00}'..='\u{A7F}' => "Guru",
        '\u{A80}'..='\u{AFF}' => "Gujr",
        '\u{B80}'..='\u{BFF}' => "Taml",
        '\u{C00}'..='\u{C7F}' => "Telu",
        '\u{C80}'..='\u{CFF}' => "Knda",
        '\u{D00}'..='\u{D7F}' => "Mlym",
        '\u{E00}'..='\u{E7F}' => "Thai",
        '\u{10A0}'..='\u{10FF}' => "Geor",
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => "Kore",
        '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => "Jpan",
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => "Hani",
        _ => return None,
    })
}

/// The languages of scripts without a table of their own.
pub(super) fn languages_of(script: &str) -> &'static [&'static str] {
    match script {
        "Grek" => &["el"],
        "Armn" => &["hy"],
        "Hebr" => &["he"],
        "Beng" => &["bn"],
        "Guru" => &["pa"],
        "Gujr" => &["gu"],
        "Taml" => &["ta"],
        "Telu" => &["te"],
        "Knda" => &["kn"],
        "Mlym" => &["ml"],
        "Thai" => &["th"],
        "Geor" => &["ka"],
        "Kore" => &["ko"],
        "Jpan" => &["ja"],
        "Hani" => &["zh", "zh-TW", "ja"],
        _ => &[],
    }
}

/// The script of most letters; Han with some kana is Japanese.
pub(super) fn main_script(text: &str, most_letters: usize) -> Option<&'static str> {
    let mut seen: Vec<(&'static str, usize)> = Vec::new();
    let (mut rest, mut letters) = (text, 0);
    while letters < most_letters {
        // Letters of ASCII stand in rows, and are one script's.
        let row = &rest.as_bytes()[..rest.len().min(most_letters - letters)];
        let row = &row[..row.iter().take_while(|byte| byte.is_ascii()).count()];
        rest = &rest[row.len()..];
        let plain = row.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let (found, more) = if row.is_empty() {
            let Some(c) = rest.chars().next() else { break };
            rest = &rest[c.len_utf8()..];
            (script(c), 1)
        } else {
            (script('a').filter(|_| plain > 0), plain)
        };
        let Some(found) = found else { continue };
        letters += more;
        let known = seen.iter().position(|(known, _)| *known == found);
        let known = known.unwrap_or_else(|| {
            seen.push((found, 0));
            seen.len() - 1
        });
        seen[known].1 += more;
        // More than half of them are most, whatever the others are.
        if 2 * seen[known].1 > most_letters && found != "Hani" {
            return Some(found);
        }
    }
    let count = |script| {
        seen.iter()
            .find(|(known, _)| *known == script)
            .map_or(0, |&(_, count)| count)
    };
    let (most, _) = *seen.iter().max_by_key(|(_, count)| *count)?;
    // A Japanese text has a tenth of kana at the very least; a Chinese one has none but in names.
    Some(if most == "Hani" && count("Jpan") * 10 > count("Hani") {
        "Jpan"
    } else {
        most
    })
}
