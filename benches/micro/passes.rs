//! Passes: what sound text costs the Unicode and the white-space step, each by itself.

use artclean::{Cleaner, Options, Pass};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use crate::texts::{CLEAN, PAGE, article};

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn unicode(bencher: Bencher<'_, '_>, kind: &str) {
    measure(bencher, kind, Pass::Unicode);
}

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn whitespace(bencher: Bencher<'_, '_>, kind: &str) {
    measure(bencher, kind, Pass::Whitespace);
}

fn measure(bencher: Bencher<'_, '_>, kind: &str, pass: Pass) {
    let article = article(kind);
    let text = article.repeat(PAGE / article.len()).trim_end().to_owned() + "\n";
    let cleaner = Cleaner::new(Options {
        passes: vec![pass],
        ..Options::default()
    });
    assert_eq!(cleaner.clean_text(&text).text, text, "{kind} is sound");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| cleaner.clean_text(black_box(&text)));
}
