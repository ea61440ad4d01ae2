//! Repair: what one damaged article of 4 KB costs, by the charset it was misread through.

use artclean::reader::repair::repair;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use encoding_rs::Encoding;

use crate::texts::{ARTICLE, article};

#[divan::bench(args = ["windows-1252", "windows-874", "windows-1251", "macintosh", "ibm866", "gbk", "big5", "shift_jis", "euc-kr", "euc-jp"])]
fn damaged_article(bencher: Bencher<'_, '_>, charset: &str) {
    let encoding = Encoding::for_label(charset.as_bytes()).expect("a charset of the web");
    let article = article("typographic");
    let sound = article.repeat(ARTICLE / article.len());
    let (text, _) = encoding.decode_without_bom_handling(sound.as_bytes());
    assert_ne!(text, sound, "{charset} damages it");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| repair(black_box(&text)));
}
