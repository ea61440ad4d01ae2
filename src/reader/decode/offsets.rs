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
#[derive(Default)]
pub(crate) struct Table(Vec<(u32, u32)>);

impl Table {
    /// Notes where a character begins, behind those before. The same distance as at the last goes without saying.
    pub(super) fn add(&mut self, text: usize, byte: usize) {
        let (text, byte) = (text as u32, byte as u32);
        let distance = |(text, byte): (u32, u32)| byte.wrapping_sub(text);
        if self.0.last().copied().map(distance) != Some(distance((text, byte))) {
            self.0.push((text, byte));
        }
    }

    fn byte(&self, at: usize) -> usize {
        let next = self.0.partition_point(|&(text, _)| text as usize <= at);
        next.checked_sub(1).map_or(0, |i| {
            let (text, byte) = self.0[i];
            byte as usize + at - text as usize
        })
    }
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
        assert_eq!(table.0.len(), 3);
        let offsets = Offsets::Table(table);
        for (text, byte) in places {
            assert_eq!(offsets.byte(text), byte);
        }
        assert_eq!(Offsets::Shifted(3).byte(5), 8);
    }
}
