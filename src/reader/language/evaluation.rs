//! Measures the model on texts it was not made from: `tools/model/evaluate.py` runs this.
//!
//! `ARTCLEAN_LANGUAGE_TEXT` names a file of `code TAB document` lines; the answer is a table on standard output.

use std::collections::{BTreeMap, HashMap};

use super::{EDGE, Language, UNSEEN, detect, fold, is_letter};

/// Which bytes a damage loses.
const LOSSES: [(&str, fn(u8) -> bool); 3] = [
    ("1252", |b| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)),
    ("1251", |b| b == 0x98),
    ("8859", |b| matches!(b, 0x80..=0x9F)),
];

/// The character's bytes with the lost ones hidden.
fn seen(c: char, lost: fn(u8) -> bool) -> Vec<Option<u8>> {
    c.encode_utf8(&mut [0; 4])
        .bytes()
        .map(|b| (b < 0x80 || !lost(b)).then_some(b))
        .collect()
}

/// Every letter of the language by what is left of it.
fn candidates(language: Language, lost: fn(u8) -> bool) -> HashMap<Vec<Option<u8>>, Vec<char>> {
    let mut by_rest: HashMap<_, Vec<char>> = HashMap::new();
    for c in ('\u{80}'..='\u{FFFF}').filter(|&c| is_letter(c) && language.cost(&[], c) < UNSEEN) {
        let rest = seen(c, lost);
        if rest.contains(&None) {
            by_rest.entry(rest).or_default().push(c);
        }
    }
    by_rest
}

#[derive(Default)]
struct Score {
    holes: usize,
    right: usize,
    documents: usize,
    whole: usize,
}

/// Loses bytes, fills the holes with the language given, counts.
fn judge(
    language: Language,
    document: &str,
    lost: fn(u8) -> bool,
    by_rest: &HashMap<Vec<Option<u8>>, Vec<char>>,
    score: &mut Score,
) {
    let letters: Vec<char> = document.chars().collect();
    let (mut holes, mut right) = (0, 0);
    for word in letters.split(|&c| fold(c) == EDGE) {
        let own: Vec<[char; 1]> = word.iter().map(|&c| [c]).collect();
        let places: Vec<&[char]> = word
            .iter()
            .zip(&own)
            .map(|(&c, own)| {
                by_rest
                    .get(&seen(c, lost))
                    .filter(|_| seen(c, lost).contains(&None))
                    .map_or(&own[..], Vec::as_slice)
            })
            .collect();
        let lost_here: Vec<usize> = (0..word.len())
            .filter(|&i| seen(word[i], lost).contains(&None))
            .collect();
        if lost_here.is_empty() {
            continue;
        }
        let (filled, _) = language.fill(&places);
        holes += lost_here.len();
        let hit = lost_here
            .iter()
            .filter(|&&i| filled.get(i) == Some(&word[i]))
            .count();
        right += hit;
        if hit < lost_here.len()
            && std::env::var("ARTCLEAN_LANGUAGE_SHOW").is_ok_and(|name| {
                LOSSES
                    .iter()
                    .any(|l| l.0 == name && lost as usize == l.1 as usize)
            })
        {
            eprintln!(
                "{}\t{}\t{}",
                language.code(),
                word.iter().collect::<String>(),
                filled.iter().collect::<String>()
            );
        }
    }
    if holes > 0 {
        score.holes += holes;
        score.right += right;
        score.documents += 1;
        score.whole += usize::from(holes == right);
    }
}

#[test]
#[ignore = "needs ARTCLEAN_LANGUAGE_TEXT; run by tools/model/evaluate.py"]
#[allow(clippy::print_stdout, clippy::print_stderr)]
fn lost_letters_and_languages() {
    let path =
        std::env::var("ARTCLEAN_LANGUAGE_TEXT").expect("ARTCLEAN_LANGUAGE_TEXT names a file");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let mut documents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, document) in text.lines().filter_map(|line| line.split_once('\t')) {
        documents.entry(code).or_default().push(document);
    }
    for (code, documents) in documents {
        let Some(language) = Language::from_code(code) else {
            continue;
        };
        print!("{code}\t{}", documents.len());
        for (_, lost) in LOSSES {
            let by_rest = candidates(language, lost);
            let mut score = Score::default();
            for document in &documents {
                judge(language, document, lost, &by_rest, &mut score);
            }
            print!(
                "\t{}\t{}\t{}\t{}",
                score.holes, score.right, score.documents, score.whole
            );
        }
        let first = documents
            .iter()
            .filter(|d| detect(d).first().is_some_and(|g| g.language == language))
            .count();
        let among = documents
            .iter()
            .filter(|d| detect(d).iter().any(|g| g.language == language))
            .count();
        println!("\t{first}\t{among}");
    }
}
