//! Compression: gzip and Zstandard, read and written as streams, so that a file of any size needs the
//! same memory.
//!
//! What a file is compressed with is told by the bytes it begins with, never by its name: a `.gz`
//! that somebody has unpacked already is met often enough.

use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

/// What the bytes of a file are compressed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// gzip (RFC 1952), of one member or several.
    Gzip,
    /// Zstandard (RFC 8878), of one frame or several.
    Zstd,
}

/// Bytes to hand out at a time; the window of both formats is larger, a pipe's buffer smaller.
const BUFFER: usize = 64 * 1024;

impl Compression {
    /// Bytes of a file's start that tell its compression.
    pub const TELLING_BYTES: usize = 4;

    /// The compression of what begins with `start`; `None` where it is not compressed.
    ///
    /// ```
    /// use artclean::formats::compression::Compression;
    /// assert_eq!(Compression::from_start(&[0x1F, 0x8B, 8]), Some(Compression::Gzip));
    /// assert_eq!(Compression::from_start(b"It rained"), None);
    /// ```
    pub fn from_start(start: &[u8]) -> Option<Compression> {
        match start {
            // The third byte is the method, and deflate is the only one there has ever been.
            [0x1F, 0x8B, 8, ..] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Compression::Zstd),
            _ => None,
        }
    }

    /// Reads what was compressed. A stream that is cut short or damaged gives all that came before,
    /// then an error that [`is_damage`] knows.
    ///
    /// # Errors
    /// The decompressor cannot be set up.
    pub fn reader<'r>(
        self,
        compressed: impl BufRead + Send + 'r,
    ) -> io::Result<Box<dyn BufRead + Send + 'r>> {
        let inner: Box<dyn Read + Send + 'r> = match self {
            Compression::Gzip => Box::new(Members::new(compressed)),
            Compression::Zstd => Box::new(zstd::Decoder::with_buffer(compressed)?),
        };
        let checked = Decompressed {
            inner,
            compression: self,
            given: 0,
            cut_short: None,
        };
        Ok(Box::new(BufReader::with_capacity(BUFFER, checked)))
    }

    /// Compresses to `to` at the level the format's own tool uses.
    ///
    /// # Errors
    /// The compressor cannot be set up.
    pub fn writer<W: Write>(self, to: W) -> io::Result<Compressor<W>> {
        Ok(match self {
            Compression::Gzip => {
                Compressor::Gzip(GzEncoder::new(to, flate2::Compression::default()))
            }
            Compression::Zstd => {
                let mut encoder = zstd::Encoder::new(to, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                encoder.include_checksum(true)?;
                Compressor::Zstd(encoder)
            }
        })
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "Zstandard",
        }
    }
}

/// A stream in the making, whose end has to be written by [`finish`](Compressor::finish).
pub enum Compressor<W: Write> {
    /// gzip.
    Gzip(GzEncoder<W>),
    /// Zstandard.
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Compressor<W> {
    /// Writes the end of the stream.
    ///
    /// # Errors
    /// Those of the writer below.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Compressor::Gzip(encoder) => encoder.finish(),
            Compressor::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Compressor::Gzip(encoder) => encoder.write(bytes),
            Compressor::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Compressor::Gzip(encoder) => encoder.flush(),
            Compressor::Zstd(encoder) => encoder.flush(),
        }
    }
}

/// A compressed stream that is cut short or damaged.
#[derive(Debug)]
struct Damage {
    compression: Compression,
    /// Bytes that came out of it before.
    given: u64,
    cut_short: bool,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = if self.cut_short {
            "is cut short"
        } else {
            "is damaged"
        };
        write!(
            f,
            "the {} stream {what} after {} bytes of content: fetch the file again",
            self.compression.name(),
            self.given
        )
    }
}

impl std::error::Error for Damage {}

/// Whether `error` is that a compressed stream is cut short or damaged: what came before it is sound.
pub fn is_damage(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(|inner| inner.downcast_ref::<Damage>().is_some())
}

/// Decompressed bytes; it puts the errors of the libraries in words and tells them from those of the
/// file below.
struct Decompressed<'r> {
    inner: Box<dyn Read + Send + 'r>,
    compression: Compression,
    given: u64,
    /// Whether the stream is cut short, not damaged otherwise, once it is known not to be sound.
    cut_short: Option<bool>,
}

impl Decompressed<'_> {
    fn damage(&self) -> io::Error {
        io::Error::new(
            io::ErrorKind::InvalidData,
            Damage {
                compression: self.compression,
                given: self.given,
                cut_short: self.cut_short.unwrap_or_default(),
            },
        )
    }
}

impl Read for Decompressed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The libraries tell damage once and an end from then on; who reads on shall not be deceived.
        if self.cut_short.is_some() {
            return Err(self.damage());
        }
        match self.inner.read(buffer) {
            Ok(count) => {
                self.given += count as u64;
                Ok(count)
            }
            Err(error)
                if error.kind() == io::ErrorKind::Interrupted || error.raw_os_error().is_some() =>
            {
                Err(error)
            }
            Err(error) => {
                self.cut_short = Some(error.kind() == io::ErrorKind::UnexpectedEof);
                Err(self.damage())
            }
        }
    }
}

/// The members of a gzip file one after the other, and the zeros passed over that stand behind one: whole
/// blocks of a tape or a device are padded with them, and gzip takes no notice.
struct Members<R> {
    /// The member that is read; it is gone only while the next takes its place.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    fn new(compressed: R) -> Self {
        Members {
            member: Some(GzDecoder::new(compressed)),
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() || at_end(member.get_mut())? {
                return Ok(count);
            }
            let ended = self.member.take();
            self.member = ended.map(|member| GzDecoder::new(member.into_inner()));
        }
        Ok(0)
    }
}

/// Whether nothing comes any more but zeros, which are passed over.
fn at_end(compressed: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = compressed.fill_buf()?;
        if bytes.is_empty() {
            return Ok(true);
        }
        let (length, zeros) = (bytes.len(), bytes.iter().take_while(|&&byte| byte == 0));
        let zeros = zeros.count();
        compressed.consume(zeros);
        if zeros < length {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Compression; 2] = [Compression::Gzip, Compression::Zstd];

    fn compressed(compression: Compression, content: &[u8]) -> Vec<u8> {
        let mut writer = compression.writer(Vec::new()).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap()
    }

    /// What comes out of a stream, and whether it ends in damage, however often it is asked.
    fn read(compression: Compression, stream: &[u8]) -> (Vec<u8>, bool) {
        let mut content = Vec::new();
        let mut reader = compression.reader(stream).unwrap();
        let mut ends = [0; 3].map(|_| reader.read_to_end(&mut content));
        let damaged = ends[0].as_ref().is_err_and(is_damage);
        assert!(ends.iter_mut().all(|end| end.is_err() == damaged));
        (content, damaged)
    }

    #[test]
    fn what_is_written_reads_back_and_is_known_by_its_start() {
        for compression in BOTH {
            let stream = compressed(compression, b"It rained.\n");
            assert_eq!(Compression::from_start(&stream), Some(compression));
            assert_eq!(
                read(compression, &stream),
                (b"It rained.\n".to_vec(), false)
            );
        }
    }

    #[test]
    fn members_and_frames_that_follow_one_another_are_one_content() {
        for compression in BOTH {
            let mut stream = compressed(compression, b"one ");
            stream.extend(compressed(compression, b"two"));
            assert_eq!(read(compression, &stream), (b"one two".to_vec(), false));
        }
    }

    #[test]
    fn a_stream_that_is_cut_short_gives_what_came_before() {
        // Content that does not compress to nothing, and is longer than the buffers.
        let content: Vec<u8> = (0..400_000u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        for compression in BOTH {
            let stream = compressed(compression, &content);
            let (recovered, damaged) = read(compression, &stream[..stream.len() / 2]);
            assert!(damaged, "{compression:?}");
            assert!(
                recovered.len() > content.len() / 4,
                "{compression:?}: {}",
                recovered.len()
            );
            assert!(content.starts_with(&recovered), "{compression:?}");
        }
    }

    #[test]
    fn a_stream_with_a_wrong_byte_is_damage_and_no_crash() {
        for compression in BOTH {
            let mut stream = compressed(compression, &b"It rained all day. ".repeat(9000));
            let middle = stream.len() / 2;
            stream[middle] ^= 0x55;
            assert!(read(compression, &stream).1, "{compression:?}");
        }
    }
}
