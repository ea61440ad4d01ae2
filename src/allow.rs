//! Allow: what is to be left as it is, though a rule finds it. A tool's own tests about mojibake hold
//! mojibake; a name may be spelled as no model expects.

use std::ops::Range;

use regex::Regex;

use crate::edit::Edit;
use crate::reader::repair::Step;
use crate::rules::{Rule, RuleSet};
use crate::scan::line_around;
use crate::wide;

/// Texts, patterns and comments that allow what they cover. An edit that is allowed is neither made
/// nor reported.
///
/// ```
/// use artclean::{Allow, Cleaner, Options};
/// let allow = Allow { strings: vec!["a  b  ".into()], ..Allow::default() };
/// let cleaner = Cleaner::new(Options { allow, ..Options::default() });
/// assert_eq!(cleaner.clean_text("a  b  \nc  \n").text, "a  b  \nc\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Allow {
    /// Texts that may stand anywhere.
    pub strings: Vec<String>,
    /// Patterns of such texts, matched line by line.
    pub patterns: Vec<Regex>,
    /// Whether the text is code, or markup that code people write. There the comments
    /// `artclean: ignore` and `artclean: ignore-next-line` count (`artclean: ignore[E101]` for some
    /// rules only), and an escape such as `\x92` is what somebody meant to write.
    pub code: bool,
}

impl Allow {
    /// Whether `edit` of `text` falls within something that is allowed.
    pub(crate) fn covers(&self, text: &str, edit: &Edit) -> bool {
        let span = &edit.span;
        self.strings
            .iter()
            .any(|string| has_over(text, string, span))
            || (!self.patterns.is_empty() && self.matches_over(text, span))
            || (self.code && (is_escape(text, edit) || is_ignored(text, edit)))
    }

    /// Whether nothing in `text` can be damage to be repaired: code in ASCII, in which escapes are meant,
    /// has only what HTML references hide. Most code is, and is passed over at the speed of reading.
    pub(crate) fn allows_all_of(&self, text: &str) -> bool {
        self.code && wide::is_plain_code(text.as_bytes())
    }

    /// The rules that a comment on the last line of `text` says to ignore on the line after it.
    pub(crate) fn ignored_after(&self, text: &str) -> RuleSet {
        if !self.code {
            return RuleSet::NONE;
        }
        let last = text.strip_suffix('\n').unwrap_or(text).len();
        let said = comments(&text[line_around(text, last)]);
        let next = said.filter(|(word, _)| *word == "ignore-next-line");
        next.fold(RuleSet::NONE, |all, (_, rules)| all.union(rules))
    }

    fn matches_over(&self, text: &str, span: &Range<usize>) -> bool {
        let line = line_around(text, span.start);
        let found = |pattern: &Regex| {
            let matches = pattern.find_iter(&text[line.clone()]);
            matches
                .map(|found| line.start + found.start()..line.start + found.end())
                .any(|found| is_within(span, &found))
        };
        self.patterns.iter().any(found)
    }
}

/// Whether bytes are ASCII in which no HTML reference stands, such as `&acirc;` or `&#226;`.
pub(crate) fn is_plain_code(bytes: &[u8]) -> bool {
    let mut signs = memchr::memchr_iter(b'&', bytes);
    bytes.is_ascii() && !signs.any(|at| is_reference(&bytes[at..]))
}

/// Whether bytes that begin with an ampersand begin with a reference.
#[inline]
pub(crate) fn is_reference(bytes: &[u8]) -> bool {
    let name = &bytes[1..];
    let letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
    let length = name.iter().take_while(letter).count();
    length > 0 && name.get(length) == Some(&b';')
}

fn is_within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether `string` stands in `text` so that it covers `span`.
fn has_over(text: &str, string: &str, span: &Range<usize>) -> bool {
    let first = span.end.saturating_sub(string.len());
    !string.is_empty()
        && (first..=span.start).any(|at| text.as_bytes()[at..].starts_with(string.as_bytes()))
}

/// Whether what is found is written in an escape of a programming language or of a URL, or is a
/// reference such as `&#128;`, which browsers read as windows-1252 too. HTML references that hide UTF-8
/// are damage even in code.
fn is_escape(text: &str, edit: &Edit) -> bool {
    let hides_utf8 = || {
        let repair = edit.repair.as_ref();
        repair.is_some_and(|repair| repair.steps.iter().any(Step::reads_utf8))
    };
    edit.rule == Rule::E106 && (text[edit.span.clone()].starts_with(['\\', '%']) || !hides_utf8())
}

/// Whether a comment on the edit's line, or on the line before, says to ignore it.
fn is_ignored(text: &str, edit: &Edit) -> bool {
    let line = line_around(text, edit.span.start);
    let says = |line: Range<usize>, wanted: &str| {
        comments(&text[line]).any(|(word, rules)| word == wanted && rules.contains(edit.rule))
    };
    says(line.clone(), "ignore")
        || line
            .start
            .checked_sub(1)
            .is_some_and(|end_of_last| says(line_around(text, end_of_last), "ignore-next-line"))
}

/// The comments to artclean on a line: what they say, and for which rules.
fn comments(line: &str) -> impl Iterator<Item = (&str, RuleSet)> {
    line.split("artclean:").skip(1).map(|said| {
        let said = said.trim_start();
        let end = said
            .find(|c: char| !c.is_ascii_alphabetic() && c != '-')
            .unwrap_or(said.len());
        let (word, rest) = said.split_at(end);
        // The dashes that close an HTML comment stand right behind where nobody puts a space.
        (word.trim_end_matches('-'), named(rest))
    })
}

/// The rules in brackets, or all. A code that names no rule ignores nothing.
fn named(rest: &str) -> RuleSet {
    let codes = rest
        .strip_prefix('[')
        .and_then(|rest| Some(rest.split_once(']')?.0));
    let Some(codes) = codes else {
        return RuleSet::ALL;
    };
    let sets = codes
        .split(',')
        .filter_map(|code| RuleSet::from_selector(code.trim()));
    sets.fold(RuleSet::NONE, RuleSet::union)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::edit::Repair;

    fn edit(text: &str, damaged: &str) -> Edit {
        let start = text.find(damaged).unwrap();
        Edit::delete(Rule::E101, start..start + damaged.len())
    }

    #[test]
    fn a_string_allows_only_what_it_covers() {
        let allow = |string: &str| Allow {
            strings: vec![string.to_owned()],
            ..Allow::default()
        };
        for (string, text, damaged, covered) in [
            ("Ã©", "x Ã© y", "Ã©", true),
            ("(Ã© y)", "x (Ã© y)", "Ã©", true),
            ("Ã", "x Ã© y", "Ã©", false),
            ("Ã©Ã©", "x Ã© y", "Ã©", false),
            ("é", "é Ã©", "Ã©", false),
            ("", "x Ã© y", "Ã©", false),
        ] {
            let edit = edit(text, damaged);
            assert_eq!(
                allow(string).covers(text, &edit),
                covered,
                "{string} {text}"
            );
        }
    }

    #[test]
    fn a_pattern_allows_what_it_matches_on_a_line() {
        let allow = Allow {
            patterns: vec![Regex::new("bad=.*").unwrap()],
            ..Allow::default()
        };
        for (text, covered) in [
            ("bad=Ã©", true),
            ("Ã© bad=", false),
            ("bad=\nÃ©", false),
            ("\n\nbad=\"Ã©\"\n", true),
        ] {
            assert_eq!(allow.covers(text, &edit(text, "Ã©")), covered, "{text}");
        }
    }

    #[test]
    fn an_escape_in_code_is_meant() {
        let utf8 = || vec![Step::Decode("UTF-8".into())];
        for (text, code, steps, covered) in [
            (r"\x92", true, Vec::new(), true),
            ("%E2%80%99", true, utf8(), true),
            ("&acirc;&euro;&trade;", true, utf8(), false),
            ("&#128;", true, Vec::new(), true),
            ("&#128;", false, Vec::new(), false),
            (r"\x92", false, Vec::new(), false),
        ] {
            let allow = Allow {
                code,
                ..Allow::default()
            };
            let edit = Edit {
                repair: Some(Arc::new(Repair {
                    charset: "windows-1252".into(),
                    steps,
                })),
                ..Edit::delete(Rule::E106, 0..text.len())
            };
            assert_eq!(allow.covers(text, &edit), covered, "{text}");
        }
    }

    #[test]
    fn code_in_ascii_is_passed_over_unless_it_has_references() {
        let allow = |code| Allow {
            code,
            ..Allow::default()
        };
        for (text, passed) in [
            ("let a = &b; // \\x92 %E2%80%99 ?", false),
            ("let a = &mut b && c & d; // \\x92 %E2%80%99 ?", true),
            ("isn&acirc;&euro;&trade;t", false),
            ("isn&#226;t", false),
            ("caf\u{E9}", false),
        ] {
            assert_eq!(allow(true).allows_all_of(text), passed, "{text}");
            assert!(!allow(false).allows_all_of(text));
        }
    }

    #[test]
    fn a_comment_allows_its_line_or_the_next() {
        let allow = Allow {
            code: true,
            ..Allow::default()
        };
        for (text, covered) in [
            ("a = 'Ã©' # artclean: ignore", true),
            ("a = 'Ã©' # artclean: ignore[E101]", true),
            (
                "a = 'Ã©' # artclean: ignore[E9, E1] since it is a test",
                true,
            ),
            ("a = 'Ã©' # artclean: ignore[E9]", false),
            ("a = 'Ã©' # artclean: ignored", false),
            ("a = 'Ã©' # artclean: ignore-next-line", false),
            ("// artclean: ignore-next-line\na = 'Ã©'", true),
            ("<!--artclean:ignore-next-line-->\na = 'Ã©'", true),
            ("/*artclean:ignore*/ 'Ã©'", true),
            ("// artclean: ignore\na = 'Ã©'", false),
            ("// artclean: ignore-next-line\n\na = 'Ã©'", false),
        ] {
            assert_eq!(allow.covers(text, &edit(text, "Ã©")), covered, "{text}");
        }
    }
}
