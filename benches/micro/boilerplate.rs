//! Boilerplate: what the phrase match costs clean text of several kinds, and text made to be hard.

use artclean::RuleSet;
use artclean::normalizer::boilerplate::{BoilerplateOptions, boilerplate};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use memchr::memchr_iter;

use crate::texts::{ARTICLE, CLEAN, PAGE, article};

/// Texts in which every line, or hardly any, is worth a look.
const HARD: [(&str, &str); 4] = [
    ("also-read", "Also Read\n"),
    ("short", "a\n"),
    ("blank", "\n"),
    ("brackets", "([( Also "),
];

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn clean_page(bencher: Bencher<'_, '_>, kind: &str) {
    measure(bencher, &article(kind), PAGE);
}

/// The budget: where the line feeds of the same page are, by the fastest search for one byte.
#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn newline_scan(bencher: Bencher<'_, '_>, kind: &str) {
    let text = article(kind);
    let text = text.repeat(PAGE / text.len());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| memchr_iter(b'\n', black_box(text.as_bytes())).collect::<Vec<usize>>());
}

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn clean_article(bencher: Bencher<'_, '_>, kind: &str) {
    measure(bencher, &article(kind), ARTICLE);
}

#[divan::bench(args = HARD.map(|(kind, _)| kind))]
fn hard_page(bencher: Bencher<'_, '_>, kind: &str) {
    let (_, line) = HARD.iter().find(|(name, _)| *name == kind).expect("a kind");
    measure(bencher, line, PAGE);
}

fn measure(bencher: Bencher<'_, '_>, unit: &str, size: usize) {
    let text = unit.repeat(size / unit.len());
    let options = BoilerplateOptions::default();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| boilerplate(black_box(&text), RuleSet::default(), &options));
}
