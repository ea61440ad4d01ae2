//! Boilerplate by language: every language with phrases has an article of our own writing, and what
//! is boilerplate in one language is left alone in another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use artclean::normalizer::boilerplate::{BoilerplateOptions, boilerplate};
use artclean::{Rule, RuleSet};

/// The languages news is written in most, all large Indian ones among them: these have clean text
/// of their own, too.
const LARGE: &str = "ar bn cs de el en es fa fr gu he hi hu id it ja kn ko ml mr nl or pa pl pt ro \
                     ru sv ta te th tr uk ur vi zh-Hans zh-Hant";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The kinds with phrases, by language; what stays unless asked for aside.
fn kinds_of_phrases() -> BTreeMap<String, BTreeSet<String>> {
    let files = fs::read_dir(root().join("src/data/phrases")).unwrap();
    files
        .map(|entry| {
            let path = entry.unwrap().path();
            let language = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let rows = fs::read_to_string(&path).unwrap();
            let kinds = rows
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once('\t'))
                .map(|(kind, _)| kind.to_owned())
                .filter(|kind| kind != "dateline" && kind != "byline")
                .collect();
            (language, kinds)
        })
        .collect()
}

/// The texts of a language that change, or those that must not.
fn texts(language: &str, change: bool) -> Vec<PathBuf> {
    let folder = root().join("fixtures/boilerplate").join(language);
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_string_lossy().ends_with(".expected.txt"))
        .filter(|path| path.with_extension("expected.txt").exists() == change)
        .collect()
}

/// The kinds that go from a language's texts.
fn kinds_removed(language: &str) -> BTreeSet<&'static str> {
    let removed = |path: PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        boilerplate(&text, RuleSet::default(), &BoilerplateOptions::default())
    };
    texts(language, true)
        .into_iter()
        .flat_map(removed)
        .map(|edit| edit.rule.name())
        .collect()
}

#[test]
fn every_language_with_phrases_has_an_article_with_several_kinds() {
    for (language, kinds) in kinds_of_phrases() {
        let removed = kinds_removed(&language);
        let wanted = kinds.len().min(3);
        assert!(
            removed.len() >= wanted,
            "{language}: fixtures/boilerplate/{language} shows {removed:?}, of {kinds:?} at least {wanted} are wanted"
        );
    }
}

#[test]
fn every_kind_has_a_text() {
    let removed: BTreeSet<&str> = kinds_of_phrases()
        .keys()
        .flat_map(|language| kinds_removed(language))
        .collect();
    let missing: Vec<&str> = Rule::ALL
        .iter()
        .filter(|&&rule| rule.is_boilerplate() && RuleSet::default().contains(rule))
        // What a site's profile takes has a test of its own.
        .filter(|&&rule| rule != Rule::B221)
        .map(|rule| rule.name())
        .filter(|name| !removed.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_large_language_has_clean_text() {
    for language in LARGE.split_whitespace() {
        assert!(
            !texts(language, false).is_empty(),
            "{language} has no text that stays"
        );
    }
}

#[test]
fn a_label_of_one_language_is_a_word_of_another() {
    let paragraph =
        "The council decided on Tuesday to close the old bridge until the repairs are finished";
    for line in [
        "Tag der offenen Tür im Rathaus",     // Indonesian and English: tag
        "Tage: drei",                         // the same
        "Deel 2",                             // Afrikaans: share; Dutch: part
        "Mer om bron skrev hon aldrig",       // Swedish: "more about"
        "Baca, a village of nine houses",     // Malay: read
        "Del Toro: a life in film",           // Norwegian, Danish: share
        "Ad astra",                           // English: ad
        "Soma: a drug that nobody asked for", // Swahili: read
        "Deli counter reopens",               // Slovene: share
        "Más que un club",                    // Spanish: more
        "Altri tempi",                        // Italian: others
        "Teme: the river that floods",        // Slovene: topics
        "Mehr als ein Spiel",                 // German: more
        "Follow the money",
        "Share the road",
        "Source code",
        "Topics in algebra",
        "Comment is free",
        "Bild der Woche",
        "Lire aux enfants",
        "Cookies",
    ] {
        let text = format!("{paragraph}.\n\n{line}\n\n{paragraph}, it said.\n");
        let edits = boilerplate(&text, RuleSet::default(), &BoilerplateOptions::default());
        assert!(edits.is_empty(), "{line}: {edits:?}");
    }
}
