//! Entities: HTML references and escapes that hide mojibake.
//!
//! Some pipeline steps write every character beyond ASCII as `&acirc;`, `&#226;`, `\u00e2` or `%C3%A2`.
//! Sound text may hold such things on purpose, so they are undone on trial: only where a repair then
//! touches them do they stay undone.

use std::ops::Range;

use super::page::Page;
use super::page::Patch;
use super::{Step, codec};
use crate::edit::Certainty;
use crate::rules::Rule;

/// The notations, by the name that steps give them.
const NOTATIONS: &[(&str, Finder)] = &[
    ("HTML references", reference),
    ("\\u escapes", backslash),
    ("percent escapes", percent),
];

/// Reads an escape at the start of the text: the text it stands for, and its length.
type Finder = fn(&str) -> Option<(String, usize)>;

/// The most levels of escaping, as in `&amp;amp;acirc;`.
const LEVELS: usize = 3;

/// Repairs of what the escapes hide, each with the escape's undoing as its first step.
pub(crate) fn find(text: &str, inner: impl Fn(&str) -> Vec<Patch>) -> Vec<Patch> {
    for &(name, finder) in NOTATIONS {
        let escapes = spans(text, finder);
        if escapes.is_empty() {
            continue;
        }
        let mut trial = Page::new(text);
        let trials = escapes.into_iter().map(|(span, after)| Patch {
            span,
            after,
            rule: Rule::E106,
            certainty: Certainty::Proven,
            charset: name.to_owned(),
            steps: vec![Step::Unescape(name.to_owned())],
        });
        trial.apply(trials.collect());
        let repairs = inner(&trial.text);
        if repairs.is_empty() {
            continue;
        }
        trial.apply(repairs);
        let mut found = trial.into_patches();
        found.retain(|patch| !matches!(patch.steps.as_slice(), [Step::Unescape(_)]));
        for patch in &mut found {
            simplify(&mut patch.steps, &text[patch.span.clone()], name);
        }
        // Code writes single controls so; only UTF-8 read wrongly is no accident there.
        if name != NOTATIONS[0].0 {
            found.retain(|patch| patch.steps.iter().any(Step::reads_utf8));
        }
        if found.iter().any(|patch| patch.rule == Rule::E106) {
            found.retain(|patch| patch.rule == Rule::E106);
            return found;
        }
    }
    Vec::new()
}

/// Whether the text begins with an escape that is not ASCII's.
pub(crate) fn starts(text: &str) -> bool {
    NOTATIONS.iter().any(|(_, finder)| finder(text).is_some())
}

/// The text with its escapes undone, for each notation that it has any of.
pub(crate) fn unescaped(text: &str) -> impl Iterator<Item = String> {
    NOTATIONS.iter().filter_map(move |&(_, finder)| {
        let mut escapes = spans(text, finder).into_iter().rev().peekable();
        escapes.peek()?;
        let mut plain = text.to_owned();
        escapes.for_each(|(span, after)| plain.replace_range(span, &after));
        Some(plain)
    })
}

/// Makes one step of many that each undo one escape, where that comes to the same.
fn simplify(steps: &mut Vec<Step>, before: &str, name: &str) {
    let single = |step: &Step| matches!(step, Step::Part { steps, .. } if matches!(steps.as_slice(), [Step::Unescape(_)]));
    let count = steps.iter().take_while(|step| single(step)).count();
    let undone = super::replay(before, &steps[..count]);
    if count > 0 && undone.is_some() && undone == codec::unescape(before, name) {
        steps.splice(..count, [Step::Unescape(name.to_owned())]);
    }
}

/// The text without the escapes of one notation.
pub(crate) fn undo(text: &str, name: &str) -> Option<String> {
    let &(_, finder) = NOTATIONS.iter().find(|(own, _)| *own == name)?;
    let mut undone = String::with_capacity(text.len());
    let mut at = 0;
    for (span, after) in spans(text, finder) {
        undone.push_str(&text[at..span.start]);
        undone.push_str(&after);
        at = span.end;
    }
    undone.push_str(&text[at..]);
    Some(undone)
}

/// The escapes in a text that stand for characters beyond ASCII.
fn spans(text: &str, finder: Finder) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'&', b'\\', b'%', &text.as_bytes()[at..]) {
        let start = at + next;
        match finder(&text[start..]) {
            Some((after, len)) => {
                at = start + len;
                found.push((start..at, after));
            }
            None => at = start + 1,
        }
    }
    found
}

/// `&acirc;`, `&#226;`, `&#xE2;`, and the same behind `&amp;`.
fn reference(text: &str) -> Option<(String, usize)> {
    let mut rest = text.strip_prefix('&')?;
    for _ in 0..LEVELS {
        match rest.strip_prefix("amp;") {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    let end = rest.as_bytes().iter().take(10).position(|&b| b == b';')?;
    let name = &rest[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value)?
        }
        None => named(name)?,
    };
    let len = text.len() - rest.len() + end + 1;
    (!c.is_ascii()).then(|| (c.to_string(), len))
}

/// `\u00e2`, or a pair of them for a character beyond U+FFFF.
fn backslash(text: &str) -> Option<(String, usize)> {
    fn unit(text: &str) -> Option<(u32, usize)> {
        let rest = text.strip_prefix('\\')?;
        let digits = rest.strip_prefix('u')?.get(..4)?;
        Some((u32::from_str_radix(digits, 16).ok()?, 6))
    }
    let (first, len) = unit(text)?;
    if (0xD800..0xDC00).contains(&first) {
        let (second, more) = unit(text.get(len..)?)?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        let c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)?;
        return Some((c.to_string(), len + more));
    }
    let c = char::from_u32(first).filter(|c| !c.is_ascii())?;
    Some((c.to_string(), len))
}

/// A run of `%C3%A2` that is UTF-8.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    while let Some(digits) = text
        .get(bytes.len() * 3..)
        .and_then(|rest| rest.strip_prefix('%'))
    {
        match digits.get(..2).map(|hex| u8::from_str_radix(hex, 16)) {
            Some(Ok(byte)) if byte >= 0x80 => bytes.push(byte),
            _ => break,
        }
    }
    let decoded = String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())?;
    let len = decoded.len() * 3;
    Some((decoded, len))
}

/// The character of a named reference of HTML 4, the ones that writers of pages use.
fn named(name: &str) -> Option<char> {
    // Latin-1 from A0 on, in order.
    const LATIN1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg \
        plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute \
        Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
        Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc \
        atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    if let Some(place) = LATIN1.split_ascii_whitespace().position(|own| own == name) {
        return char::from_u32(0xA0 + place as u32);
    }
    // Greek from ALPHA on, in order; a dot where Unicode has no letter.
    const CAPITALS: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho \
        . Sigma Tau Upsilon Phi Chi Psi Omega";
    const SMALL: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho \
        sigmaf sigma tau upsilon phi chi psi omega";
    for (names, first) in [(CAPITALS, 0x391), (SMALL, 0x3B1)] {
        if let Some(place) = names.split_ascii_whitespace().position(|own| own == name) {
            return char::from_u32(first + place as u32);
        }
    }
    const OTHERS: &[(&str, u32)] = &[
        ("OElig", 0x152),
        ("oelig", 0x153),
        ("Scaron", 0x160),
        ("scaron", 0x161),
        ("Yuml", 0x178),
        ("fnof", 0x192),
        ("circ", 0x2C6),
        ("tilde", 0x2DC),
        ("ensp", 0x2002),
        ("emsp", 0x2003),
        ("thinsp", 0x2009),
        ("zwnj", 0x200C),
        ("zwj", 0x200D),
        ("lrm", 0x200E),
        ("rlm", 0x200F),
        ("ndash", 0x2013),
        ("mdash", 0x2014),
        ("lsquo", 0x2018),
        ("rsquo", 0x2019),
        ("sbquo", 0x201A),
        ("ldquo", 0x201C),
        ("rdquo", 0x201D),
        ("bdquo", 0x201E),
        ("dagger", 0x2020),
        ("Dagger", 0x2021),
        ("bull", 0x2022),
        ("hellip", 0x2026),
        ("permil", 0x2030),
        ("prime", 0x2032),
        ("Prime", 0x2033),
        ("lsaquo", 0x2039),
        ("rsaquo", 0x203A),
        ("oline", 0x203E),
        ("frasl", 0x2044),
        ("euro", 0x20AC),
        ("image", 0x2111),
        ("weierp", 0x2118),
        ("real", 0x211C),
        ("trade", 0x2122),
        ("alefsym", 0x2135),
        ("larr", 0x2190),
        ("uarr", 0x2191),
        ("rarr", 0x2192),
        ("darr", 0x2193),
        ("harr", 0x2194),
        ("crarr", 0x21B5),
        ("lArr", 0x21D0),
        ("uArr", 0x21D1),
        ("rArr", 0x21D2),
        ("dArr", 0x21D3),
        ("hArr", 0x21D4),
        ("forall", 0x2200),
        ("part", 0x2202),
        ("exist", 0x2203),
        ("empty", 0x2205),
        ("nabla", 0x2207),
        ("isin", 0x2208),
        ("notin", 0x2209),
        ("ni", 0x220B),
        ("prod", 0x220F),
        ("sum", 0x2211),
        ("minus", 0x2212),
        ("lowast", 0x2217),
        ("radic", 0x221A),
        ("prop", 0x221D),
        ("infin", 0x221E),
        ("ang", 0x2220),
        ("and", 0x2227),
        ("or", 0x2228),
        ("cap", 0x2229),
        ("cup", 0x222A),
        ("int", 0x222B),
        ("there4", 0x2234),
        ("sim", 0x223C),
        ("cong", 0x2245),
        ("asymp", 0x2248),
        ("ne", 0x2260),
        ("equiv", 0x2261),
        ("le", 0x2264),
        ("ge", 0x2265),
        ("sub", 0x2282),
        ("sup", 0x2283),
        ("nsub", 0x2284),
        ("sube", 0x2286),
        ("supe", 0x2287),
        ("oplus", 0x2295),
        ("otimes", 0x2297),
        ("perp", 0x22A5),
        ("sdot", 0x22C5),
        ("lceil", 0x2308),
        ("rceil", 0x2309),
        ("lfloor", 0x230A),
        ("rfloor", 0x230B),
        ("loz", 0x25CA),
        ("spades", 0x2660),
        ("clubs", 0x2663),
        ("hearts", 0x2665),
        ("diams", 0x2666),
        ("thetasym", 0x3D1),
        ("upsih", 0x3D2),
        ("piv", 0x3D6),
        ("lang", 0x2329),
        ("rang", 0x232A),
    ];
    let &(_, value) = OTHERS.iter().find(|(own, _)| *own == name)?;
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_reads() {
        for (text, want) in [
            ("&acirc;x", "\u{E2}"),
            ("&amp;#226;", "\u{E2}"),
            ("&#x2019;", "\u{2019}"),
            ("\\u00e2", "\u{E2}"),
            ("\\ud83d\\udd0d", "\u{1F50D}"),
            ("%C3%A2%E2", "\u{E2}"),
        ] {
            let read = NOTATIONS.iter().find_map(|(_, finder)| finder(text));
            let read = read.or_else(|| percent(&text[..6]));
            assert_eq!(read.unwrap().0, want, "{text}");
        }
        assert_eq!(reference("&lt;"), None);
        assert_eq!(reference("&amp;"), None);
    }
}
