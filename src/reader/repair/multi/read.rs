//! Read: all runs of a text, one after the other.

use super::super::cells::Cells;
use super::super::charsets::utf8;
use super::super::lost::quotes::Quotes;
use super::is_wide;
use super::run::{ROOM, Run};
use super::stream::{Care, Reader};

/// All runs of the text that read as UTF-8 through one charset.
pub(super) fn read(reader: &mut Reader<'_>, cells: &Cells) -> Vec<Run> {
    let (pairs, chars, care) = (reader.pairs, &cells.chars, reader.care);
    let mut runs = Vec::new();
    let mut passed = 0;
    let mut stretch = 0;
    // The text as it is read so far.
    let mut text: Vec<char> = Vec::with_capacity(chars.len());
    let mut quotes = Quotes::NONE;
    // Only what is guessed asks which marks are open.
    let behind = |quotes: Quotes, chars: &[char]| match care {
        Care::Whole => quotes,
        _ => between(quotes, chars),
    };
    for at in begins(cells) {
        if at < passed {
            continue;
        }
        text.extend(&chars[passed..at]);
        quotes = behind(quotes, &chars[passed..at]);
        let code = pairs.code(chars[at]);
        let begins = match care {
            Care::Whole => {
                let [lead, byte] = code.to_be_bytes();
                utf8::length(if lead > 0 { lead } else { byte }) > 0
            }
            _ => code >= 0x80 || matches!(chars[at], '\u{FFFD}' | '?'),
        };
        let run = if begins {
            if at >= stretch {
                stretch = reader.stretch(at);
            }
            reader.move_to(at);
            reader.run(at..stretch, &text, quotes)
        } else {
            None
        };
        match run {
            Some(Ok(mut run)) => {
                // A page may be runs throughout.
                run.parts.shrink_to(ROOM);
                if run.doubtful {
                    text.extend(&chars[at..run.chars.end]);
                } else {
                    for part in &run.parts {
                        text.push(part.c());
                        quotes = behind(quotes, &[part.c()]);
                    }
                }
                passed = run.chars.end;
                runs.push(run);
            }
            // What reads as UTF-8 by chance is passed over as a whole.
            Some(Err(end)) => {
                text.extend(&chars[at..end]);
                passed = end;
            }
            None => {
                text.push(chars[at]);
                quotes = behind(quotes, &chars[at..=at]);
                passed = at + 1;
            }
        }
    }
    runs
}

/// Where a run may begin: at the marks, and at a question mark before a wide character, which may stand for
/// its first byte.
fn begins(cells: &Cells) -> impl Iterator<Item = usize> {
    let chars = &cells.chars;
    let marks = cells.marks.iter().map(|&at| at as usize);
    marks.flat_map(|at| {
        let asked = at.checked_sub(1).filter(|&at| chars[at] == '?');
        asked.filter(|_| is_wide(chars[at])).into_iter().chain([at])
    })
}

/// The quotation marks that are open behind ASCII without line ends: what stands between its first and its
/// last character has no say.
fn between(quotes: Quotes, ascii: &[char]) -> Quotes {
    match *ascii {
        [] => quotes,
        [only] => quotes.read(only),
        [first, .., last] => quotes.read(first).read(last),
    }
}
