//! Boilerplate over whole texts: fixtures in many languages, switches, and texts made to be hard.
//!
//! A fixture is `fixtures/boilerplate/LANGUAGE/NAME.txt` with `NAME.expected.txt` beside it; without
//! one the text must stay as it is. All are of our own writing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use artclean::normalizer::boilerplate::{BoilerplateOptions, Profile, boilerplate};
use artclean::{Rule, RuleSet};
use proptest::prelude::*;

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/boilerplate");
    let entries = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.unwrap().path())
            .collect()
    };
    let mut texts: Vec<PathBuf> = entries(&folder)
        .iter()
        .flat_map(|language| entries(language))
        .filter(|path| !path.to_string_lossy().ends_with(".expected.txt"))
        .collect();
    texts.sort();
    texts
}

fn options() -> BoilerplateOptions {
    BoilerplateOptions::default()
}

/// The text without its boilerplate, and blank lines as the white-space step leaves them.
fn cleaned(text: &str, options: &BoilerplateOptions) -> String {
    cleaned_of(text, RuleSet::default(), options)
}

/// The text without its boilerplate of some kinds.
fn cleaned_of(text: &str, rules: RuleSet, options: &BoilerplateOptions) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for edit in boilerplate(text, rules, options) {
        assert!(at <= edit.span.start, "edits are sorted and apart");
        assert_eq!(edit.after, "");
        rest.push_str(&text[at..edit.span.start]);
        at = edit.span.end;
    }
    rest.push_str(&text[at..]);
    collapsed(&rest)
}

fn collapsed(text: &str) -> String {
    let mut collapsed = String::new();
    let mut blank = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) && !collapsed.is_empty() {
            collapsed.push('\n');
        }
        collapsed.push_str(line);
        collapsed.push('\n');
    }
    collapsed
}

#[test]
fn fixtures_come_out_as_expected() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 45);
    let mut failures = String::new();
    for path in fixtures {
        let text = fs::read_to_string(&path).unwrap();
        let expected = fs::read_to_string(path.with_extension("expected.txt"))
            .unwrap_or_else(|_| text.clone());
        let got = cleaned(&text, &options());
        if got != collapsed(&expected) {
            failures += &format!("--- {}\n{got}\n", path.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn windows_line_ends_change_nothing() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let windows = text.replace('\n', "\r\n");
        assert_eq!(
            cleaned(&windows, &options()),
            cleaned(&text, &options()),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_kind_can_stay() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        assert!(boilerplate(&text, RuleSet::NONE, &options()).is_empty());
    }
    let text = "The bridge reopened on Monday after two long years of repairs, the council said.\n\n\
                Advertisement\n\n\
                Ships will pass below it again from the first of June, if the weather allows.\n\n\
                Also Read:\nOld bridge closed after storm\n";
    let kept = RuleSet::default().without(RuleSet::NONE.with(Rule::B201));
    let rules: Vec<Rule> = boilerplate(text, kept, &options())
        .iter()
        .map(|edit| edit.rule)
        .collect();
    assert_eq!(rules, [Rule::B208]);
}

#[test]
fn a_byline_goes_only_when_asked_for() {
    let article =
        "The bridge reopened on Monday after two long years of repairs, the council said.\n";
    let text = format!("By A. Nyman\n\n{article}\nBy then it was late\n");
    assert!(boilerplate(&text, RuleSet::default(), &options()).is_empty());
    let dropped = RuleSet::default().with(Rule::B215);
    assert_eq!(
        cleaned_of(&text, dropped, &options()),
        format!("{article}\nBy then it was late\n")
    );
}

#[test]
fn a_dateline_goes_only_when_asked_for_and_leaves_its_paragraph() {
    let text = "Old bridge closed\n\n\
                OSLO, Nov 22 (Reuters) - The council voted on Tuesday to close the old bridge for good.\n\n\
                LONDON: Engineers from London will look at the bridge in the spring, the council said.\n\n\
                PARIS (AFP) - This paragraph is so far below the headline that it keeps what it opens with.\n";
    assert!(boilerplate(text, RuleSet::default(), &options()).is_empty());
    let dropped = RuleSet::default().with(Rule::B216);
    let edits = boilerplate(text, dropped, &options());
    let gone: Vec<&str> = edits.iter().map(|edit| &text[edit.span.clone()]).collect();
    assert_eq!(gone, ["OSLO, Nov 22 (Reuters) - ", "LONDON: "]);
    assert!(edits.iter().all(|edit| edit.rule == Rule::B216));
    let once = cleaned_of(text, dropped, &options());
    assert_eq!(cleaned_of(&once, dropped, &options()), once);
}

#[test]
fn one_passage_is_one_edit() {
    let text = "The bridge reopened on Monday after two long years of repairs, the council said.\n\n\
                Also Read:\n\nOld bridge closed after storm\n\nWho pays for the bridge?\n";
    let edits = boilerplate(text, RuleSet::default(), &options());
    assert_eq!(edits.len(), 1);
    assert_eq!(
        &text[edits[0].span.clone()],
        "Also Read:\n\nOld bridge closed after storm\n\nWho pays for the bridge?\n"
    );
}

#[test]
fn a_profile_takes_the_lines_that_recur() {
    let article = |n: usize| {
        format!(
            "Article {n} is about something else than all the other articles of this week are, it says.\n\nPuzzle of the day inside\n"
        )
    };
    let mut profile = Profile::default();
    (0..3).for_each(|n| profile.learn(&article(n)));
    let options = BoilerplateOptions {
        profile: Some(Arc::new(profile)),
        ..options()
    };
    let edits = boilerplate(&article(9), RuleSet::default(), &options);
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].rule, Rule::B221);
}

#[test]
fn a_profile_that_would_take_the_article_takes_nothing() {
    // The guard looks at long texts, too: a site that prints the same article again and again is
    // learnt as its boilerplate.
    let paragraph = |n: usize| {
        format!(
            "Paragraph {n} of the long report says what the council decided on Tuesday about the bridge.\n\n"
        )
    };
    let article: String = (0..60).map(paragraph).collect();
    let mut profile = Profile::default();
    (0..3).for_each(|_| profile.learn(&article));
    let options = BoilerplateOptions {
        profile: Some(Arc::new(profile)),
        ..options()
    };
    assert!(boilerplate(&article, RuleSet::default(), &options).is_empty());
    let other = format!("{}{article}", "Nothing of this was learnt, and it is a sentence as long as the others are, or longer.\n\n".repeat(40));
    let gone = boilerplate(&other, RuleSet::default(), &options);
    assert_eq!(
        gone.len(),
        60,
        "where an article stays behind, the learnt lines go"
    );
}

#[test]
fn on_a_whole_page_the_article_is_found() {
    let paragraph = "The council decided on Tuesday to close the old bridge until the repairs are finished, it said.";
    let menu = "Home\nNews\nSport\nWeather\nTravel\nMore\n\n";
    let page =
        format!("{menu}{paragraph}\n\n{paragraph} Again.\n\n{menu}All news from the north\n");
    let options = BoilerplateOptions {
        whole_page: true,
        ..options()
    };
    assert_eq!(
        cleaned(&page, &options),
        format!("{paragraph}\n\n{paragraph} Again.\n")
    );
}

#[test]
fn hard_texts_take_linear_time_and_do_not_panic() {
    let paragraph =
        "The council decided on Tuesday to close the old bridge until the repairs are done.";
    for text in [
        "Also Read\n".repeat(20_000),
        "Also Read: Old bridge closed after storm\n".repeat(20_000),
        "\n".repeat(100_000),
        "\r\n \t\n".repeat(50_000) + "Also Read",
        format!("{paragraph} ").repeat(100_000),
        "([(".repeat(200_000),
        "(Also Read: ".repeat(50_000),
        "20 November 2019\n".repeat(20_000),
        "Share\nPrint\n".repeat(20_000),
        "é".repeat(1_000_000),
        "Follow us on Twitter and Facebook\n".repeat(10_000),
        format!(
            "{paragraph}\n{}",
            "follow us on social media\n".repeat(10_000)
        ),
    ] {
        let begun = std::time::Instant::now();
        let once = cleaned(&text, &options());
        assert_eq!(cleaned(&once, &options()), once);
        assert!(
            begun.elapsed().as_secs() < 20,
            "{:?}",
            &text[..20.min(text.len())]
        );
    }
}

/// Lines of the fixtures and others that have to do with boilerplate, to be mixed at random.
fn lines() -> Vec<String> {
    let mut lines: Vec<String> = fixtures()
        .iter()
        .filter(|path| {
            let path = path.to_string_lossy();
            ["/en/", "/de/", "/hi/", "/ja/"]
                .iter()
                .any(|language| path.contains(language))
        })
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    lines.extend(
        [
            "",
            "",
            "(Also Read: Old bridge closed)",
            "20 November 2019",
            "© Agency",
            "a",
            "Photo: A. Nyman",
            "OSLO, Nov 22 (Reuters) - LONDON (AP) -- The council voted on Tuesday to close the bridge.",
            "Berlin: Madrid - Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu schließen.",
        ]
        .map(String::from),
    );
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn cleaning_twice_equals_cleaning_once(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        joins in prop::collection::vec(0..3usize, 40),
    ) {
        let lines = lines();
        let mut text = String::new();
        for (pick, join) in picks.iter().zip(joins) {
            text.push_str(pick.get::<String>(&lines));
            text.push_str(["\n", "\n\n", " "][join]);
        }
        for whole_page in [false, true] {
            let options = BoilerplateOptions { whole_page, ..BoilerplateOptions::default() };
            for rules in [RuleSet::default(), RuleSet::ALL] {
                let once = cleaned_of(&text, rules, &options);
                prop_assert_eq!(cleaned_of(&once, rules, &options), once);
            }
        }
    }

    #[test]
    fn any_text_is_cleaned_without_panic(text in "\\PC{0,200}") {
        let once = cleaned(&text, &BoilerplateOptions::default());
        prop_assert_eq!(cleaned(&once, &BoilerplateOptions::default()), once);
    }
}
