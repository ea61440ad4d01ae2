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
        while let Some(&byte) = self.bytes.get(self.at) {
            let at = self.at;
            if byte < 0x80 {
                self.marked = false;
                if !is_plain(byte) {
                    self.at += 1;
                    return Some(at);
                }
                self.at += plain_length(&self.bytes[at..], is_plain);
                continue;
            }
            let (block, low, length) = place(&self.bytes[at..]);
            let class = CLASSES[usize::from(CLASS_BLOCK_OF[block])][low];
            self.at += length;
            let displaced = class == MARK && self.marked;
            self.marked = class != 0;
            if class == SUSPECT || displaced {
                return Some(at);
            }
        }
        None
    }
}

/// Whether a byte is ASCII that is seen, or white space.
#[inline]
fn is_plain(byte: u8) -> bool {
    // No shortcuts: a comparison of 32 bytes costs less than one branch.
    (0x20..0x7F).contains(&byte) | (byte == b'\t') | (byte == b'\n') | (byte == b'\r')
}
