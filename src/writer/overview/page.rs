//! Page: the overview as one HTML file that needs nothing else: no network, no script but its own.
//!
//! What it looks like is in `src/data/overview/`: the page, its style and its script. Here the counts
//! and samples are put in. Every text goes through [`escape`].

use std::fmt::Write as _;

use super::{Fate, FileOverview, Overview, Piece, Sample};
use crate::rules::Rule;

const PAGE: &str = include_str!("../../data/overview/page.html");
const STYLE: &str = include_str!("../../data/overview/style.css");
const SCRIPT: &str = include_str!("../../data/overview/script.js");

/// Bars a chart has room for; the rest is counted together.
const MOST_BARS: usize = 12;

/// Renders an overview.
pub(super) fn page(overview: &Overview) -> String {
    let mut files: Vec<_> = overview.files.iter().collect();
    files.sort_by_key(|file| file.rank());
    let shown = files.len().min(super::MOST_FILES);
    let crowded_out = overview.crowded_out + files.len() - shown;
    fill(
        PAGE,
        &[
            ("style", STYLE.to_owned()),
            ("script", SCRIPT.to_owned()),
            ("version", escape(env!("CARGO_PKG_VERSION"))),
            ("headline", headline(overview)),
            ("tiles", tiles(overview)),
            (
                "charsets",
                fates(
                    overview
                        .charsets
                        .iter()
                        .map(|(name, fate)| (escape(name), *fate)),
                ),
            ),
            (
                "damage",
                fates(
                    overview
                        .damage
                        .iter()
                        .map(|(rule, fate)| (named(*rule), *fate)),
                ),
            ),
            (
                "removed",
                counts(
                    overview
                        .removed
                        .iter()
                        .map(|(rule, count)| (named(*rule), *count)),
                ),
            ),
            (
                "files",
                files[..shown].iter().map(|file| self::file(file)).collect(),
            ),
            ("crowded_out", crowded(crowded_out)),
            ("failures", failures(overview)),
            ("nothing", hidden_unless(shown == 0)),
            ("something", hidden_unless(shown > 0)),
        ],
    )
}

/// Puts values in the places a template has for them. A value is never looked into for places of its
/// own, so nothing an article says can be taken for one.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut page = String::with_capacity(template.len() * 4);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    page.push_str(rest);
    page
}

fn hidden_unless(shown: bool) -> String {
    if shown { "" } else { "hidden" }.to_owned()
}

fn headline(overview: &Overview) -> String {
    let left: usize = overview.damage.values().map(|fate| fate.left).sum();
    let mended: usize = overview.damage.values().map(|fate| fate.mended()).sum();
    match (left, mended, overview.removed.is_empty()) {
        (0, 0, true) => "Nothing had to be mended or removed.".to_owned(),
        (0, 0, false) => "No damage. Boilerplate was removed.".to_owned(),
        (0, ..) => "All damage is mended.".to_owned(),
        (1, ..) => "One place of damage is left.".to_owned(),
        (left, ..) => format!("{} places of damage are left.", grouped(left)),
    }
}

fn tiles(overview: &Overview) -> String {
    let fate = overview
        .damage
        .values()
        .fold(Fate::default(), |mut sum, fate| {
            sum.add(*fate);
            sum
        });
    let removed: usize = overview.removed.values().sum();
    let tile = |class: &str, count: usize, label: &str| {
        format!(
            "<li class=\"{}\"><b>{}</b><span>{label}</span></li>\n",
            if count == 0 { "zero" } else { class },
            grouped(count)
        )
    };
    [
        tile("", overview.inputs, "files"),
        tile("", overview.articles, "articles"),
        tile("", overview.touched, "articles changed"),
        tile("proven", fate.proven, "mended, proven"),
        tile("inferred", fate.inferred, "mended, inferred"),
        tile("removed", removed, "passages removed"),
        tile("left", fate.left, "damage left"),
        tile("left", overview.failed, "failed"),
    ]
    .concat()
}

/// A bar for each name, the longest first, parted by what became of the damage.
fn fates(rows: impl Iterator<Item = (String, Fate)>) -> String {
    chart(rows.map(|(name, fate)| {
        let parts = vec![
            ("proven", fate.proven),
            ("inferred", fate.inferred),
            ("left", fate.left),
        ];
        (name, parts)
    }))
}

fn counts(rows: impl Iterator<Item = (String, usize)>) -> String {
    chart(rows.map(|(name, count)| (name, vec![("removed", count)])))
}

fn chart(rows: impl Iterator<Item = (String, Vec<(&'static str, usize)>)>) -> String {
    let total = |parts: &[(&str, usize)]| parts.iter().map(|(_, count)| count).sum::<usize>();
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(_, parts)| std::cmp::Reverse(total(parts)));
    let Some(longest) = rows.first().map(|(_, parts)| total(parts)) else {
        return "<p class=\"none\">None.</p>".to_owned();
    };
    let mut chart = "<ol class=\"chart\">\n".to_owned();
    for (name, parts) in rows.iter().take(MOST_BARS) {
        let bars: String = parts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(class, count)| {
                let width = *count as f64 * 100.0 / longest as f64;
                format!(
                    "<i class=\"{class}\" style=\"width:{width:.2}%\" title=\"{class}: {}\"></i>",
                    grouped(*count)
                )
            })
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            chart,
            "<li><span class=\"name\">{name}</span><span class=\"bar\">{bars}</span><b>{}</b></li>",
            grouped(total(parts))
        );
    }
    if rows.len() > MOST_BARS {
        let rest: usize = rows[MOST_BARS..]
            .iter()
            .map(|(_, parts)| total(parts))
            .sum();
        let _ = writeln!(
            chart,
            "<li class=\"rest\"><span class=\"name\">{} others</span><span></span><b>{}</b></li>",
            rows.len() - MOST_BARS,
            grouped(rest)
        );
    }
    chart + "</ol>"
}

/// A rule by its name, its code beside it.
fn named(rule: Rule) -> String {
    format!(
        "<span title=\"{}\">{} <small>{}</small></span>",
        escape(rule.summary()),
        escape(rule.name()),
        rule.code()
    )
}

fn file(file: &FileOverview) -> String {
    let badge = |class: &str, count: usize, what: &str| match count {
        0 => String::new(),
        count => format!(
            "<span class=\"badge {class}\">{} {what}</span>",
            grouped(count)
        ),
    };
    let records = match file.articles {
        1 => String::new(),
        articles => format!(
            "<span class=\"badge\">{} articles</span>",
            grouped(articles)
        ),
    };
    format!(
        "<details class=\"file\"><summary><span class=\"path\">{}</span><span class=\"badges\">{}{}{}{}</span></summary>\n<ol class=\"samples\">\n{}</ol></details>\n",
        escape(&file.name),
        badge("left", file.fate.left, "left"),
        badge("proven", file.fate.mended(), "mended"),
        badge("removed", file.removed, "removed"),
        records,
        file.samples.iter().map(sample).collect::<String>()
    )
}

fn sample(sample: &Sample) -> String {
    let pieces: String = sample
        .pieces
        .iter()
        .map(|piece| {
            let text = escape(piece.text());
            match piece {
                Piece::Kept(_) => text,
                Piece::Gone(_) => format!("<del>{text}</del>"),
                Piece::New(_) => format!("<ins>{text}</ins>"),
                Piece::Left(_) => format!("<mark>{text}</mark>"),
            }
        })
        .collect();
    let rules: Vec<_> = sample.rules.iter().map(|&rule| named(rule)).collect();
    let how = sample.how.iter().map(|how| format!(" · {}", escape(how)));
    format!(
        "<li><p class=\"what\">{} · {}{}</p><p class=\"line\" dir=\"auto\">{pieces}</p></li>\n",
        rules.join(", "),
        escape(&sample.place),
        how.collect::<String>()
    )
}

fn crowded(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "<p class=\"none\">One more file had less to tell and is not shown.</p>".to_owned(),
        count => format!(
            "<p class=\"none\">{} more files had less to tell and are not shown.</p>",
            grouped(count)
        ),
    }
}

fn failures(overview: &Overview) -> String {
    if overview.failed == 0 {
        return String::new();
    }
    let mut list =
        "<section id=\"failures\"><h2>What failed</h2>\n<ul class=\"failures\">\n".to_owned();
    for sentence in &overview.failures {
        let _ = writeln!(list, "<li>{}</li>", escape(sentence));
    }
    let more = overview.failed - overview.failures.len();
    if more > 0 {
        let _ = writeln!(list, "<li>and {} more</li>", grouped(more));
    }
    list + "</ul></section>"
}

/// `1234567` as `1 234 567`, parted by thin spaces that do not break.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            // U+202F NARROW NO-BREAK SPACE
            grouped.push('\u{202F}');
        }
        grouped.push(digit);
    }
    grouped
}

/// `text` as it can stand in an element or an attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cleaner;

    #[test]
    fn nothing_an_article_or_a_name_says_is_markup() {
        let text = "</style><script>alert('1')</script> â€” {{script}} \" & done";
        let article = Cleaner::default().clean_text(text);
        let mut overview = Overview::default();
        overview.count("<b>\"a\".txt".as_ref(), None, &article, || text.into());
        overview.fail("<i>cannot</i> be read");
        let page = page(&overview);
        assert!(page.contains("&lt;/style&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(page.contains("{{script}} &quot; &amp; done"));
        assert!(page.contains("&lt;b&gt;&quot;a&quot;.txt") && !page.contains("<b>\"a\""));
        assert!(page.contains("&lt;i&gt;cannot"));
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</style").count(), 1);
    }

    #[test]
    fn every_place_of_the_template_is_filled_and_the_page_asks_for_nothing() {
        let page = page(&Overview::default());
        assert!(!page.contains("{{"));
        for foreign in ["http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("Nothing had to be mended"));
    }

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 999, 1234, 12_345, 1_234_567].map(grouped);
        let plain = numbers.map(|number| number.replace('\u{202F}', " "));
        assert_eq!(plain, ["0", "999", "1234", "12 345", "1 234 567"]);
    }

    #[test]
    fn a_chart_has_its_longest_bar_first_and_counts_the_rest() {
        let rows = (0..20).map(|n| (format!("n{n}"), n + 1));
        let chart = counts(rows);
        assert!(chart.find("n19").unwrap() < chart.find("n18").unwrap());
        assert!(chart.contains("width:100.00%"));
        assert!(chart.contains("8 others") && !chart.contains(">n7<"));
    }
}
