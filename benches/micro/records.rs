//! Records: what cleaning JSON Lines costs, beside what reading and writing the JSON alone would.

use artclean::Cleaner;
use artclean::formats::jsonl::Record;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use serde_json::{Value, json};

use crate::texts::{ARTICLE, CLEAN, article};

/// A record as scrapers write them, with an article of a kind in it.
fn record(kind: &str) -> String {
    let article = article(kind);
    let text = article.repeat(ARTICLE / article.len());
    let line = json!({
        "id": 20_417,
        "url": "https://news.example/local/old-bridge",
        "title": text.lines().next(),
        "scraped": "2026-11-22T08:15:00Z",
        "text": text.trim_end().to_owned() + "\n",
    });
    line.to_string()
}

#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn clean(bencher: Bencher<'_, '_>, kind: &str) {
    let line = record(kind);
    let cleaner = Cleaner::default();
    bencher.counter(BytesCount::of_str(&line)).bench_local(|| {
        let record = Record::parse(black_box(line.as_bytes()), "text").expect("a record");
        let (cleaned, _) = record.clean(&cleaner, None).expect("text");
        assert_eq!(*cleaned, *line.as_bytes());
    });
}

/// The yardstick: the same line as a `serde_json` value and back.
#[divan::bench(args = CLEAN.map(|(kind, _)| kind))]
fn serde_json_round_trip(bencher: Bencher<'_, '_>, kind: &str) {
    let line = record(kind);
    bencher.counter(BytesCount::of_str(&line)).bench_local(|| {
        let value: Value = serde_json::from_str(black_box(&line)).expect("JSON");
        value.to_string()
    });
}
