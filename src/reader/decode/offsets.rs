//! Offsets: which byte of the input a place in the decoded text came from.

/// Which byte of the input a place in the decoded text came from.
pub(crate) enum Offsets {
    /// The text stands in the input as it is, this many bytes in.
    Shifted(usize),
    Table(Table),
}

impl Offsets {
    /// The offset in the input of a character that begins `at` this offset in the text, or of the end.
    pub(crate) fn byte(&self, at: usize) -> usize {
        match self {
            Offsets::Shifted(by) => at + by,
            Offsets::Table(table) => table.byte(at),
        }
    }
}

/// Where text and input begin to go side by side: offset in the text, offset in the input. (What is read in one piece
/// and asked for offsets is a page, far shorter than 4 GiB.)
///
/// A page has as many such places as letters beyond ASCII, few of which are ever asked for. So most are kept
/// as what lies between them and the place before.
#[derive(Default)]
pub(crate) struct Table {
    /// Every so many places one that is written out.
    marks: Vec<Mark>,
    /// The places behind each: the step in the text and the step in the input, seven bits a byte.
    steps: Vec<u8>,
    last: Place,
    /// How many places there are.
    places: usize,
}

/// So many places have one mark.
const PLACES: usize = 64;

#[derive(Clone, Copy, Default)]
struct Place {
    text: u32,
    byte: u32,
}

struct Mark {
    place: Place,
    /// Where the steps to the places behind it begin.
    steps: usize,
}

impl Table {
    /// Notes where a character begins, behind those before. The same distance as at the last goes without saying.
    pub(super) fn add(&mut self, text: usize, byte: usize) {
        let place = Place {
            text: text as u32,
            byte: byte as u32,
        };
        let distance = |place: Place| place.byte.wrapping_sub(place.text);
        if self.places > 0 && distance(self.last) == distance(place) {
            return;
        }
        if self.places.is_multiple_of(PLACES) {
            let steps = self.steps.len();
            self.marks.push(Mark { place, steps });
        } else {
            self.step(place.text - self.last.text);
            self.step(place.byte - self.last.byte);
        }
        self.last = place;
        self.places += 1;
    }

    fn step(&mut self, mut length: u32) {
        while length > 0x7F {
            self.steps.push(length as u8 | 0x80);
            length >>= 7;
        }
        self.steps.push(length as u8);
    }

    fn byte(&self, at: usize) -> usize {
        let behind = self
            .marks
            .partition_point(|mark| mark.place.text as usize <= at);
        let Some(mark) = behind.checked_sub(1).map(|number| &self.marks[number]) else {
            return 0;
        };
        let end = self
            .marks
            .get(behind)
            .map_or(self.steps.len(), |next| next.steps);
        let mut steps = self.steps[mark.steps..end].iter();
        let mut place = mark.place;
        while let (Some(text), Some(byte)) = (length(&mut steps), length(&mut steps)) {
            if (place.text + text) as usize > at {
                break;
            }
            place.text += text;
            place.byte += byte;
        }
        place.byte as usize + at - place.text as usize
    }
}

/// The next step.
fn length<'s>(steps: &mut impl Iterator<Item = &'s u8>) -> Option<u32> {
    let mut length = 0;
    for bits in (0..).step_by(7) {
        let &byte = steps.next()?;
        length |= u32::from(byte & 0x7F) << bits;
        if byte <= 0x7F {
            break;
        }
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_behind_characters_of_any_length() {
        // "a", "é" in windows-1252, "bc", "語" in Shift_JIS, and the end.
        let places = [(0, 0), (1, 1), (3, 2), (4, 3), (5, 4), (8, 6)];
        let mut table = Table::default();
        for (text, byte) in places {
            table.add(text, byte);
        }
        assert_eq!(table.places, 3);
        let offsets = Offsets::Table(table);
        for (text, byte) in places {
            assert_eq!(offsets.byte(text), byte);
        }
        assert_eq!(Offsets::Shifted(3).byte(5), 8);
    }

    #[test]
    fn a_place_is_found_among_many_and_behind_a_long_way() {
        // ASCII of all lengths, each behind a letter of two bytes that were one.
        let mut places = vec![(0, 3)];
        for length in (0..300).chain([127, 128, 16_383, 16_384, 2_097_152]) {
            let &(text, byte) = places.last().expect("a place");
            places.push((text + 2, byte + 1));
            places.push((text + 2 + length, byte + 1 + length));
        }
        let mut table = Table::default();
        for &(text, byte) in &places {
            table.add(text, byte);
        }
        for (text, byte) in places {
            assert_eq!(table.byte(text), byte);
        }
    }
}
