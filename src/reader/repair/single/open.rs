//! Open: which quotation marks are open somewhere in a document that is being read.

use super::super::cells::Cells;
use super::super::charsets::lossy::Guess;
use super::super::lost::quotes::Quotes;

/// The quotation marks that are open somewhere in a document, by its marks and what is read of them: few
/// places ask, so they are followed no further than the last that did.
pub(crate) struct Open {
    quotes: Quotes,
    /// Where it is followed to: the marks, the hits and the characters behind it.
    marks: usize,
    hits: usize,
    chars: usize,
}

impl Default for Open {
    fn default() -> Open {
        Open {
            quotes: Quotes::NONE,
            marks: 0,
            hits: 0,
            chars: 0,
        }
    }
}

impl Open {
    /// Those that are open before the mark at `at`, up to which the hits have been found.
    pub(crate) fn before(
        &mut self,
        at: usize,
        cells: &Cells,
        hits: &[Guess],
        starts: &[usize],
    ) -> Quotes {
        // Between two marks is ASCII, of which what stands beside them has a say.
        let ascii_before = |quotes: Quotes, mark: usize, passed: usize| {
            if mark > passed {
                quotes.read(cells.chars[mark - 1])
            } else {
                quotes
            }
        };
        while let Some(mark) = cells.marks.get(self.marks).map(|&mark| mark as usize) {
            if mark >= at {
                break;
            }
            self.marks += 1;
            if mark < self.chars {
                continue;
            }
            self.quotes = ascii_before(self.quotes, mark, self.chars);
            let (c, end) = match hits.get(self.hits) {
                Some(hit) if starts[self.hits] == mark => {
                    self.hits += 1;
                    (hit.c, hit.end)
                }
                _ => (cells.chars[mark], mark + 1),
            };
            self.quotes = self.quotes.read(c);
            if let Some(&next) = cells.chars.get(end).filter(|next| next.is_ascii()) {
                self.quotes = self.quotes.read(next);
            }
            self.chars = end;
        }
        ascii_before(self.quotes, at, self.chars)
    }
}
