//! Scan: what sound text costs the repair, which is one look at every pair of neighbours.

use artclean::reader::repair::repair;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use crate::texts::{CLEAN, PAGE, article};

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn sound_page(bencher: Bencher<'_, '_>, kind: &str) {
    let article = article(kind);
    let text = article.repeat(PAGE / article.len());
    assert!(repair(&text).is_empty(), "{kind} is sound");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| repair(black_box(&text)));
}
