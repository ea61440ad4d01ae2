//! Blocks: a JSON Lines input as blocks of whole lines, none of them larger than memory should hold.

use std::io::{self, BufRead, Read};

use super::Failure;
use super::input::Reader;

/// Bytes of lines that one thread cleans at a time: enough to make starting it worth it, few enough
/// for the blocks under way to fit a processor's cache.
const BLOCK: usize = 256 << 10;

/// Bytes of a buffer: a block, what is read beyond it, and what cleaning adds.
const BUFFER: usize = 2 * BLOCK + (BLOCK >> 2);

/// Bytes of the longest record that is cleaned. The longest articles have a few megabytes; what is
/// longer is a file that lost its line ends, and memory would have to hold several copies of it.
pub const LONGEST_RECORD: usize = 64 << 20;

/// Whole lines.
pub struct Block {
    pub lines: Vec<u8>,
    /// The number of the first of them.
    pub first: usize,
}

/// Why no further block follows at once.
pub enum End {
    /// As many were read as were asked for.
    More,
    /// The input is at its end.
    Input,
    /// A line is longer than may be.
    TooLong,
}

/// An input as blocks of whole lines.
pub struct Blocks {
    reader: Reader,
    /// Lines given so far.
    pub count: usize,
    /// The start of a line whose end was not read yet.
    begun: Vec<u8>,
    /// Buffers that were used: fresh memory costs more than to fill it again.
    spare: Vec<Vec<u8>>,
}

impl Blocks {
    pub fn new(reader: Reader) -> Self {
        Blocks {
            reader,
            count: 0,
            begun: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// A buffer to fill, as large as a block.
    pub fn buffer(&mut self) -> Vec<u8> {
        let spare = self.spare.pop();
        spare.unwrap_or_else(|| Vec::with_capacity(BUFFER))
    }

    /// Takes back a buffer that is no longer needed.
    pub fn give_back(&mut self, mut buffer: Vec<u8>) {
        // What one record of megabytes took is not kept.
        if buffer.capacity() <= 2 * BUFFER {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    /// Adds blocks to `part` until it has `most` of them.
    pub fn fill(&mut self, part: &mut Vec<Block>, most: usize) -> io::Result<End> {
        while part.len() < most {
            let mut lines = self.buffer();
            lines.append(&mut self.begun);
            let (end, result) = self.read_lines(&mut lines);
            // What follows the last line end belongs to the next block, unless nothing follows it.
            let whole = match end {
                End::Input if result.is_ok() => lines.len(),
                _ => memchr::memrchr(b'\n', &lines).map_or(0, |at| at + 1),
            };
            self.begun.extend_from_slice(&lines[whole..]);
            lines.truncate(whole);
            if lines.is_empty() {
                self.give_back(lines);
            } else {
                let ended = memchr::memchr_iter(b'\n', &lines).count();
                let open = usize::from(!lines.ends_with(b"\n"));
                part.push(Block {
                    lines,
                    first: self.count + 1,
                });
                self.count += ended + open;
            }
            result?;
            if !matches!(end, End::More) {
                return Ok(end);
            }
        }
        Ok(End::More)
    }

    /// Reads until there is a block with a line end in it.
    fn read_lines(&mut self, lines: &mut Vec<u8>) -> (End, io::Result<()>) {
        let mut ended = memchr::memchr(b'\n', lines).is_some();
        while lines.len() < BLOCK || !ended {
            if lines.len() > LONGEST_RECORD {
                return (End::TooLong, Ok(()));
            }
            let start = lines.len();
            let read = self.reader.by_ref().take(BLOCK as u64).read_to_end(lines);
            ended |= memchr::memchr(b'\n', &lines[start..]).is_some();
            match read {
                Ok(0) => return (End::Input, Ok(())),
                Ok(_) => {}
                Err(error) => return (End::Input, Err(error)),
            }
        }
        (End::More, Ok(()))
    }

    /// Gives the line that was begun, to its end, in pieces.
    pub fn rest_of_line(
        &mut self,
        mut piece: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), Failure> {
        piece(&self.begun)?;
        self.begun = Vec::new();
        self.count += 1;
        loop {
            let buffer = self.reader.fill_buf().map_err(Failure::Input)?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
            let length = end.unwrap_or(buffer.len());
            piece(&buffer[..length])?;
            self.reader.consume(length);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}
