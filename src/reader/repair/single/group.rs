//! Groups: characters of a reading that touch, judged together.
//!
//! That they decode proves nothing; a group is damage if it makes fewer odd neighbours than stood there, if
//! it is punctuation with all its bytes, or if what comes out is a word that no accident makes.

use std::cell::OnceCell;
use std::ops::Range;

use super::super::cells::Cells;
use super::super::charsets::lossy::{self, Guess};
use super::super::lost::english;
use super::super::sound::marks;
use super::super::sound::names;
use super::super::sound::odd;
use super::super::sound::words::{inside_word, is_word, same_script, touches_letter};
use super::evidence::{
    PROVEN_POINTS, counts, evidence, holds_control, is_marked, lacks_second, makes_controls,
    odd_but_layered,
};
use super::kept::Kept;
use super::reading::Reading;
use crate::reader::language::{Language, Word, detect_plain};

/// So many letters in a row are no accident.
const LONG_WORD: usize = 4;

/// What the groups of a reading come to.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) points: i32,
    /// Odd neighbours that the reading does away with.
    pub(crate) gained: u32,
    /// Of each hit, whether it makes the text better by itself, stands for letters of one word, and spells a
    /// name.
    pub(crate) improved: Vec<bool>,
    pub(crate) words: Vec<bool>,
    pub(crate) names: Vec<bool>,
}

/// Judges all groups of a reading.
pub(crate) fn judge(reading: &Reading, cells: &Cells) -> Judged {
    let count = reading.hits.len();
    let mut judged = Judged {
        improved: vec![false; count],
        words: vec![false; count],
        names: vec![false; count],
        ..Judged::default()
    };
    let counted = OnceCell::new();
    let alone = |c: char| {
        let counts = counted.get_or_init(|| scripts(reading, cells));
        counts[script_number(c)] < 2
    };
    let told = OnceCell::new();
    let language = || *told.get_or_init(|| detect_plain(&cells.chars));
    let mut kept = Kept::new();
    let mut first = 0;
    while first < count {
        let mut next = first + 1;
        while next < count && reading.hits[next - 1].end == reading.starts[next] {
            next += 1;
        }
        let group = Group {
            reading,
            cells,
            range: first..next,
            start: reading.starts[first],
            end: reading.hits[next - 1].end,
        };
        match group.look(&mut kept, alone) {
            Look::Sound => {}
            // Whatever stands around: what else is asked is about letters, and about bytes that were lost.
            Look::Sign { gained, points } => {
                judged.gained += gained;
                judged.improved[first] = true;
                judged.points += points;
            }
            Look::Odd { before, after } => {
                judged.gained += before.saturating_sub(after);
                group.judge(&mut judged, before, after, language);
            }
        }
        first = next;
    }
    judged
}

/// What a glance at a group says.
#[derive(Clone, Copy)]
enum Look {
    /// It is no damage.
    Sound,
    /// It is a sign with all its bytes, better than what stands there, and counts so many points.
    Sign { gained: u32, points: i32 },
    /// How many odd neighbours there are as it stands and as it is read.
    Odd { before: u32, after: u32 },
}

/// Hits that touch.
struct Group<'a> {
    reading: &'a Reading,
    cells: &'a Cells,
    range: Range<usize>,
    /// The characters it covers.
    start: usize,
    end: usize,
}

impl Group<'_> {
    fn hits(&self) -> &[Guess] {
        &self.reading.hits[self.range.clone()]
    }

    /// The characters that stand there, before it and behind it.
    fn chars(&self) -> &[char] {
        &self.cells.chars[self.start..self.end]
    }

    fn before(&self) -> &[char] {
        &self.cells.chars[..self.start]
    }

    fn behind(&self) -> &[char] {
        &self.cells.chars[self.end..]
    }

    /// Whether the charset can have made what stands there, and it is no part of a word of its letters.
    fn may_be_damage(&self) -> bool {
        let holds = |i: usize| {
            let hit = &self.reading.hits[i];
            holds_control(hit, &self.cells.chars[self.reading.starts[i]..hit.end])
        };
        let channel = &self.reading.channel;
        makes_controls(channel, self.chars())
            && (self.range.clone().any(holds)
                || self.is_of_threes()
                || !inside_word(channel, self.cells, self.start, self.end))
    }

    /// Whether so many characters of three bytes each and more stand there that letters and signs make by no
    /// accident.
    fn is_of_threes(&self) -> bool {
        const MANY: usize = 3;
        let hits = self.hits();
        hits.len() >= MANY
            && hits.iter().all(|hit| hit.missing == 0 && hit.len > 2)
            && !same_script(self.chars())
    }

    /// What a glance says; where no byte is lost the same for the same characters between the same neighbours.
    /// `alone` tells letters of a script that nothing else in the text is in.
    fn look(&self, kept: &mut Kept<Look>, alone: impl Fn(char) -> bool) -> Look {
        if self.hits().iter().any(|hit| hit.missing > 0) {
            return self.look_anew(alone);
        }
        let (before, behind) = (self.before().last(), self.behind().first());
        kept.of(before.copied(), self.chars(), behind.copied(), || {
            self.look_anew(alone)
        })
    }

    fn look_anew(&self, alone: impl Fn(char) -> bool) -> Look {
        // One letter of such a script: chance makes one.
        let stray = matches!(self.hits(), [hit] if odd::script(hit.c) > odd::LATIN && alone(hit.c));
        if stray && !self.is_greek_index() || !self.may_be_damage() {
            return Look::Sound;
        }
        let (before, after) = self.count_odds();
        match self.hits() {
            [hit] if before > after && is_whole_sign(hit) => Look::Sign {
                gained: before - after,
                points: evidence(hit),
            },
            _ => Look::Odd { before, after },
        }
    }

    /// How many odd neighbours there are as it stands and as it is read.
    fn count_odds(&self) -> (u32, u32) {
        let chars = &self.cells.chars;
        let before = &chars[self.start.saturating_sub(1)..(self.end + 1).min(chars.len())];
        let after = self.before().last().copied().into_iter();
        let after = after
            .chain(self.hits().iter().map(|hit| hit.c))
            .chain(self.behind().first().copied());
        (
            odd::count(before.iter().copied()),
            odd_but_layered(&self.reading.channel, after),
        )
    }

    /// Adds what its hits come to, by the odd neighbours as it stands and as it is read. `language` tells that of
    /// the text.
    fn judge(
        &self,
        judged: &mut Judged,
        before: u32,
        after: u32,
        language: impl Fn() -> Option<Language>,
    ) {
        let word = self.is_word();
        let signs = self.is_sign();
        let spells = before >= after && self.spells();
        let named = self.is_named()
            || self.is_greek_index()
            || before <= after && self.contracts()
            || self.is_known(language);
        let composes = before >= after && self.composes();
        let hits = self.hits();
        for (i, hit) in self.range.clone().zip(hits) {
            judged.words[i] = word;
            judged.names[i] = named || composes;
            if spells {
                judged.improved[i] = true;
                judged.points += 1;
                continue;
            }
            if named && hit.missing <= 1 || composes && hit.missing == 0 {
                judged.improved[i] = true;
                judged.points += PROVEN_POINTS;
                continue;
            }
            // A capital behind a small letter may be another letter, which more of them tell.
            if composes && before > after && hit.missing == 1 {
                judged.points += 1;
                continue;
            }
            let small = matches!(odd::kind(hit.c), odd::Kind::Lower | odd::Kind::Mark);
            let shouted = small && self.is_among_capitals();
            judged.improved[i] = before > after && (!word || hits.len() > 1) && !shouted;
            if hits.len() == 1 && self.counts(hit) {
                judged.improved[i] = true;
                judged.points += evidence(hit);
                continue;
            }
            if self.is_noted() && odd::kind(hit.c) != odd::Kind::Mark {
                judged.improved[i] = false;
                continue;
            }
            if signs && hit.len == 2 {
                continue;
            }
            if word {
                judged.points += i32::from(judged.improved[i] && i > self.range.start);
                continue;
            }
            let is_sign = (hit.missing == 0
                || hit.len == 4 && lossy::begins_sign(hit)
                || lacks_second(hit) && hits.len() == 1 && !self.touches_letter())
                && hit.len > 2
                && odd::script(hit.c) == 0
                && !is_word(&self.cells.chars[self.reading.starts[i]..hit.end]);
            if (before > after || before == after && is_sign) && !shouted {
                let counted = evidence(hit).max(i32::from(is_marked(hit, self.cells)));
                judged.points += counted;
                // All bytes of punctuation are no sound word, whatever else the text holds.
                judged.improved[i] |= is_sign && hit.missing == 0 && counted >= PROVEN_POINTS;
            }
        }
    }

    fn touches_letter(&self) -> bool {
        touches_letter(&self.cells.chars, self.start, self.end)
    }

    /// Whether letters of one script stand there that may be a word.
    fn is_word(&self) -> bool {
        let hits = self.hits();
        // A word in one script may just have an unusual capital, as units have.
        let letters = hits.iter().all(|hit| hit.len == 2)
            || hits.iter().any(|hit| odd::script(hit.c) > odd::LATIN);
        // What is damaged inside a Latin word was a Latin letter or a sign; a letter that touches
        // anything else is of an escape.
        let touches =
            self.touches_letter() && hits.iter().all(|hit| odd::script(hit.c) <= odd::LATIN);
        same_script(self.chars()) && letters && !touches
    }

    /// Whether two signs stand at a word's start, as in a formula or a table: no letter for sure.
    fn is_sign(&self) -> bool {
        let sign = |c: &char| odd::script(*c) == 0;
        self.hits().len() == 1 && sign(&self.chars()[0]) && self.before().last().is_none_or(sign)
    }

    /// Whether a capital stands there with a sign that units and footnotes have behind one, and no small letter
    /// beside them; or a small one of Cyrillic, which is no first byte: "5 Å³", "AMANHÃ¹".
    fn is_noted(&self) -> bool {
        let small = |c: Option<&char>| c.is_some_and(|&c| odd::kind(c) == odd::Kind::Lower);
        let [letter, sign] = self.chars() else {
            return false;
        };
        let noted = match (odd::script(*letter), odd::kind(*letter)) {
            (odd::LATIN, odd::Kind::Upper) => !small(self.before().last()),
            (odd::CYRILLIC, odd::Kind::Lower) => true,
            _ => false,
        };
        noted
            && matches!(
                sign,
                '\u{A7}' | '\u{AA}' | '\u{B0}'..='\u{B3}' | '\u{B6}' | '\u{B9}' | '\u{BA}'
            )
            && !small(self.behind().first())
    }

    /// Whether signs and letters by turns read as a word: dashes in Cyrillic, in a charset of the Mac.
    fn spells(&self) -> bool {
        let hits = self.hits();
        hits.len() >= LONG_WORD
            && hits.iter().all(|hit| hit.missing == 0)
            && same_script(&hits.iter().map(|hit| hit.c).collect::<Vec<_>>())
            && !same_script(self.chars())
    }

    /// Whether capitals stand on both sides: a small letter among them is no gain, as text in capitals looks
    /// odd by itself.
    fn is_among_capitals(&self) -> bool {
        let capital = |c: Option<&char>| c.is_some_and(|&c| odd::kind(c) == odd::Kind::Upper);
        capital(self.before().last()) && capital(self.behind().first())
    }

    /// Whether a sign stands at the figure it goes with.
    fn counts(&self, hit: &Guess) -> bool {
        let letter = |c: &char| odd::script(*c) != 0;
        counts(hit.c, self.before(), self.behind()) && !self.before().last().is_some_and(letter)
    }

    /// Whether this is an apostrophe with all its bytes in an English contraction.
    fn contracts(&self) -> bool {
        matches!(self.hits(), [hit] if hit.c == '\u{2019}' && hit.missing == 0) && {
            let (stem, tail) = names::around(self.before(), self.behind());
            english::is_contraction(stem.iter().copied(), tail.iter().copied())
        }
    }

    /// Whether this is a small Greek letter that stands behind a capital or a figure, as in "TNFα" and
    /// "IL2Rγc", and was no letter there.
    fn is_greek_index(&self) -> bool {
        let behind = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit();
        matches!(self.hits(), [hit] if hit.missing == 0 && ('\u{3B1}'..='\u{3C9}').contains(&hit.c))
            && self.before().last().is_some_and(behind)
            && self.chars().iter().any(|&c| odd::script(c) == 0)
    }

    /// Whether one of these is a mark that makes a letter of the one before it: decomposed text, as the Mac has
    /// it in the names of files.
    fn composes(&self) -> bool {
        let mut base = self.before().last().copied();
        self.hits().iter().any(|hit| {
            let composed = base.and_then(|base| marks::composed(base, hit.c));
            base = composed.or(Some(hit.c));
            composed.is_some()
        })
    }

    /// Whether the word that these hits stand in is a name, as they read.
    fn is_named(&self) -> bool {
        self.is_latin() && names::is_name(&self.word())
    }

    /// Whether they stand inside a word that is one of the text's language as they read, and none as it stands.
    fn is_known(&self, language: impl Fn() -> Option<Language>) -> bool {
        /// Letters of the shortest word that proves anything.
        const LETTERS: usize = 3;
        let small = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
        let inside = small(self.before().last()) && small(self.behind().first());
        if !inside || !self.is_latin() {
            return false;
        }
        let word = self.word();
        let (before, behind) = names::around(self.before(), self.behind());
        word.len() >= LETTERS
            && language().is_some_and(|language| {
                let standing = before.iter().chain(self.chars()).chain(behind);
                Word::folding(language, &word).is_known()
                    && !Word::folding(language, standing).is_known()
            })
    }

    fn is_latin(&self) -> bool {
        let latin = |hit: &Guess| odd::script(hit.c) == odd::LATIN;
        self.hits().iter().all(latin)
    }

    /// The word that these hits stand in, as they read, and others in it.
    fn word(&self) -> Vec<char> {
        /// Hits that one word has, at most, beside these.
        const NEAR: usize = 4;
        let (reading, chars) = (self.reading, &self.cells.chars);
        let hits = &self.range;
        let near = hits.start.saturating_sub(NEAR)..(hits.end + NEAR).min(reading.hits.len());
        let letters = |at: usize, to: usize| {
            chars
                .get(at..to)
                .is_some_and(|between| between.iter().all(char::is_ascii_alphabetic))
        };
        let joins = |&at: &usize| letters(reading.hits[at - 1].end, reading.starts[at]);
        let first = (near.start + 1..=hits.start).rev().take_while(joins).last();
        let first = first.map_or(hits.start, |at| at - 1);
        let last = (hits.end..near.end)
            .take_while(joins)
            .last()
            .unwrap_or(hits.end - 1);
        let (before, behind) = names::around(
            &chars[..reading.starts[first]],
            &chars[reading.hits[last].end..],
        );
        let mut word = before.to_vec();
        for at in first..=last {
            word.push(reading.hits[at].c);
            if at < last {
                word.extend(&chars[reading.hits[at].end..reading.starts[at + 1]]);
            }
        }
        word.extend(behind);
        word
    }
}

/// Whether this is a sign beyond Latin-1 with all its bytes.
fn is_whole_sign(hit: &Guess) -> bool {
    hit.missing == 0 && hit.len > 2 && odd::script(hit.c) == 0
}

/// How many characters beyond ASCII of each script there are, as they stand and as they are read beside others,
/// up to 2.
fn scripts(reading: &Reading, cells: &Cells) -> [u8; SCRIPTS] {
    let mut counts = [0; SCRIPTS];
    let hits = &reading.hits;
    let touches = |i: &usize| {
        let next = |i: usize| hits.get(i).map(|hit| hit.end) == reading.starts.get(i + 1).copied();
        next(*i) || i.checked_sub(1).is_some_and(next)
    };
    let read = (0..hits.len()).filter(touches).map(|i| hits[i].c);
    for c in read.chain(cells.beyond_ascii()) {
        let count = &mut counts[script_number(c)];
        *count = 2.min(*count + 1);
    }
    counts
}

/// More scripts than there are.
const SCRIPTS: usize = 64;

fn script_number(c: char) -> usize {
    usize::from(odd::script(c)) % SCRIPTS
}
