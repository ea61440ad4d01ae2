//! Suspects: the characters that may have to change, found at the speed of reading.

use crate::scan::{place, plain_length};

// CLASS_BLOCK_OF and CLASSES.
include!(concat!(env!("OUT_DIR"), "/characters.rs"));

/// A mark that only another mark before it can displace.
const MARK: u8 = 1;
/// A character that is invisible, or that form C may not have.
const SUSPECT: u8 = 2;

/// A walk over the characters that may have to change.
pub(super) struct Suspects<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Whether the character before `at` is a mark.
    marked: bool,
}

impl<'t> Suspects<'t> {
    pub(super) fn new(text: &'t str) -> Suspects<'t> {
        Suspects {
            bytes: text.as_bytes(),
            at: 0,
            marked: false,
        }
    }

    /// Goes on from this byte offset.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at.max(self.at);
        self.marked = false;
    }
}

impl Iterator for Suspects<'_> {
    /// A character's byte offset.
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let (mut at, mut marked) = (self.at, self.marked);
        while let Some(&byte) = self.bytes.get(at) {
            let start = at;
            if is_plain(byte) {
                at += plain_length(&self.bytes[at..], is_plain);
                marked = false;
                continue;
            }
            let (class, length) = if byte < 0x80 {
                (SUSPECT, 1)
            } else {
                let (block, low, length) = place(&self.bytes[at..]);
                (CLASSES[usize::from(CLASS_BLOCK_OF[block])][low], length)
            };
            at += length;
            let displaced = class == MARK && marked;
            marked = class != 0;
            if class == SUSPECT || displaced {
                (self.at, self.marked) = (at, marked);
                return Some(start);
            }
        }
        (self.at, self.marked) = (at, marked);
        None
    }
}

/// Whether a byte is ASCII that is seen, or white space.
#[inline]
fn is_plain(byte: u8) -> bool {
    // No shortcuts: a comparison of 32 bytes costs less than one branch.
    (0x20..0x7F).contains(&byte) | (byte == b'\t') | (byte == b'\n') | (byte == b'\r')
}
