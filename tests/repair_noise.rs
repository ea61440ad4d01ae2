//! What must hold of any damage, whether or not it can be undone: repair never panics, its edits replay,
//! and what it has repaired it leaves alone.

mod common;

use artclean::reader::repair::repair;
use artclean::{Certainty, Step, replay};
use proptest::prelude::*;

/// Charsets of every kind: with and without gaps, of one and of two bytes.
const CHARSETS: [&str; 12] = [
    "windows-1252",
    "windows-874",
    "windows-1251",
    "windows-1255",
    "iso-8859-7",
    "macintosh",
    "koi8-r",
    "ibm437",
    "gbk",
    "big5",
    "shift_jis",
    "euc-kr",
];

/// Words of the fixtures.
fn words() -> Vec<String> {
    let articles = common::fixtures("articles").into_iter();
    let texts = articles.map(|(_, bytes, _)| String::from_utf8_lossy(&bytes).into_owned());
    texts
        .flat_map(|text| {
            text.split_inclusive(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The text misread through a charset, character by character; what that cannot read is left out.
fn misread(text: &str, charset: &'static str) -> String {
    let steps = [Step::Encode("UTF-8".into()), Step::Decode(charset.into())];
    let whole = replay(text, &steps);
    whole.unwrap_or_else(|| {
        let one = |c: char| replay(c.encode_utf8(&mut [0; 4]), &steps).unwrap_or_default();
        text.chars().map(one).collect()
    })
}

/// Words, some of them misread, and some characters lost.
fn damaged() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(words());
    let charset = proptest::sample::select(CHARSETS.to_vec());
    let piece = (
        word,
        charset,
        0..3_u8,
        any::<prop::sample::Index>(),
        0..4_u8,
    );
    let piece = piece.prop_map(|(word, charset, rounds, at, loss)| {
        let mut text = word;
        for _ in 0..rounds {
            text = misread(&text, charset);
        }
        let mut chars: Vec<char> = text.chars().collect();
        if !chars.is_empty() {
            let at = at.index(chars.len());
            match loss {
                0 => drop(chars.remove(at)),
                1 => chars[at] = '\u{FFFD}',
                2 => chars[at] = '?',
                _ => {}
            }
        }
        chars.into_iter().collect::<String>()
    });
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn repaired(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in repair(text) {
        assert!(at <= edit.span.start && edit.span.end <= text.len());
        out.push_str(&text[at..edit.span.start]);
        if let (Some(how), false) = (&edit.repair, edit.certainty == Certainty::Lost) {
            let again = replay(&text[edit.span.clone()], &how.steps);
            assert_eq!(again.as_deref(), Some(&*edit.after), "{how:?}");
        }
        out.push_str(&edit.after);
        at = edit.span.end;
    }
    out + &text[at..]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damage_of_any_kind_is_survived_and_every_edit_replays(text in damaged()) {
        repaired(&text);
    }
}
