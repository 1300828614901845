//! The pages of a column: their heads, and their bytes unpacked.

use std::io::{self, Read as _};

use flate2::read::MultiGzDecoder;

use super::file::File;
use super::footer::Column;
use super::runs::{Runs, width};
use super::thrift::{self, Value, natural};
use super::{unread, unsound};
use crate::limits::MAX_RECORD;

/// The longest head of a page, in bytes: some writers put the least and the greatest text in it.
const MAX_HEAD: usize = 16 << 20;

/// How the values of a page are kept: `Encoding` in `parquet.thrift`.
pub(super) mod encoding {
    pub(crate) const PLAIN: i64 = 0;
    pub(crate) const PLAIN_DICTIONARY: i64 = 2;
    pub(crate) const RLE: i64 = 3;
    pub(crate) const BIT_PACKED: i64 = 4;
    pub(crate) const DELTA_BINARY_PACKED: i64 = 5;
    pub(crate) const DELTA_LENGTH_BYTE_ARRAY: i64 = 6;
    pub(crate) const DELTA_BYTE_ARRAY: i64 = 7;
    pub(crate) const RLE_DICTIONARY: i64 = 8;
    pub(crate) const BYTE_STREAM_SPLIT: i64 = 9;
}

/// How pages are packed: `CompressionCodec` in `parquet.thrift`.
mod codec {
    pub(super) const UNCOMPRESSED: i64 = 0;
    pub(super) const SNAPPY: i64 = 1;
    pub(super) const GZIP: i64 = 2;
    pub(super) const LZO: i64 = 3;
    pub(super) const BROTLI: i64 = 4;
    pub(super) const LZ4: i64 = 5;
    pub(super) const ZSTD: i64 = 6;
    pub(super) const LZ4_RAW: i64 = 7;
}

/// One page, unpacked.
pub(super) enum Page {
    Dictionary {
        bytes: Vec<u8>,
        count: usize,
    },
    Data(Data),
    /// Something that is no value, and that need not be read.
    Other,
}

/// The levels and values of a page.
pub(super) struct Data {
    pub(super) bytes: Vec<u8>,
    /// How many values there are, nulls too.
    pub(super) count: u64,
    /// The repetition and the definition levels.
    pub(super) repeated: Runs,
    pub(super) defined: Runs,
    /// Where the values start, and how they are kept.
    pub(super) values: usize,
    pub(super) encoding: i64,
}

/// Reads the page at the byte `at` of a column whose pages are packed by `codec`, and moves `at`
/// behind it.
///
/// # Errors
/// If there is no sound page; `FileTooLarge` if it has more than [`MAX_RECORD`] bytes: no more are
/// unpacked, whatever its head says.
pub(super) fn read(file: &mut File, at: &mut u64, codec: i64, column: &Column) -> io::Result<Page> {
    let Head { length, packed, size, kind } = Head::read(file, *at)?;
    let bytes = file.exactly(at.saturating_add(length), packed)?;
    *at += length + packed as u64;
    match kind {
        Kind::Dictionary { count } => {
            Ok(Page::Dictionary { bytes: unpack(codec, &bytes, size)?, count })
        }
        Kind::Data { count, encoding, levels: [repeated, defined] } => {
            let bytes = unpack(codec, &bytes, size)?;
            let mut values = 0;
            let repeated = levels(&bytes, &mut values, repeated, column.repeated)?;
            let defined = levels(&bytes, &mut values, defined, column.defined)?;
            Ok(Page::Data(Data { bytes, count, repeated, defined, values, encoding }))
        }
        Kind::DataV2 { count, encoding, repeated, defined, is_packed } => {
            // The levels are never packed.
            let values = repeated + defined;
            let (levels, rest) = bytes
                .split_at_checked(values)
                .filter(|_| values <= size)
                .ok_or_else(|| unsound("a page is shorter than its levels"))?;
            let codec = if is_packed { codec } else { codec::UNCOMPRESSED };
            let bytes = [levels, &unpack(codec, rest, size - values)?].concat();
            let (repeated, defined) = (
                Runs::new(0, repeated, width(column.repeated)),
                Runs::new(repeated, values, width(column.defined)),
            );
            Ok(Page::Data(Data { bytes, count, repeated, defined, values, encoding }))
        }
        Kind::Other => Ok(Page::Other),
    }
}

/// What a page says of itself.
struct Head {
    /// Its own length.
    length: u64,
    /// The page's length behind it, as it lies there and unpacked.
    packed: usize,
    size: usize,
    kind: Kind,
}

enum Kind {
    /// With how the repetition and the definition levels are kept.
    Data {
        count: u64,
        encoding: i64,
        levels: [Option<i64>; 2],
    },
    DataV2 {
        count: u64,
        encoding: i64,
        repeated: usize,
        defined: usize,
        is_packed: bool,
    },
    Dictionary {
        count: usize,
    },
    Other,
}

impl Head {
    fn read(file: &mut File, at: u64) -> io::Result<Self> {
        let mut window = 1 << 8;
        loop {
            let bytes = file.some(at, window)?;
            match thrift::structure(&bytes) {
                Ok((head, length)) => return Self::of(&head, length as u64),
                Err(error)
                    if error.kind() == io::ErrorKind::UnexpectedEof
                        && bytes.len() == window
                        && window < MAX_HEAD =>
                {
                    window *= 16;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn of(head: &Value<'_>, length: u64) -> io::Result<Self> {
        let (size, packed) = (natural(head.int(2))?, natural(head.int(3))?);
        if size > MAX_RECORD || packed > MAX_RECORD {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let about = |id| head.get(id).ok_or_else(|| unsound("a page does not say what is in it"));
        let kind = match head.int(1) {
            Some(0) => {
                let data = about(5)?;
                Kind::Data {
                    count: natural(data.int(1))?,
                    encoding: natural(data.int(2))?,
                    levels: [data.int(4), data.int(3)],
                }
            }
            Some(2) => Kind::Dictionary { count: natural(about(7)?.int(1))? },
            Some(3) => {
                let data = about(8)?;
                Kind::DataV2 {
                    count: natural(data.int(1))?,
                    encoding: natural(data.int(4))?,
                    defined: natural(data.int(5))?,
                    repeated: natural(data.int(6))?,
                    is_packed: data.int(7) != Some(0),
                }
            }
            _ => Kind::Other,
        };
        Ok(Self { length, packed, size, kind })
    }
}

/// The levels of a page from `at` on, which moves behind them; there are none if all are 0.
fn levels(bytes: &[u8], at: &mut usize, encoding: Option<i64>, most: u32) -> io::Result<Runs> {
    match encoding {
        _ if most == 0 => Ok(Runs::new(0, 0, 0)),
        Some(encoding::BIT_PACKED) => {
            Err(unread("its levels are bit-packed in the deprecated way"))
        }
        _ => sized_runs(bytes, at, width(most)),
    }
}

/// Runs behind their length in four bytes, at `at`, which moves behind them.
pub(super) fn sized_runs(bytes: &[u8], at: &mut usize, width: u32) -> io::Result<Runs> {
    let length = bytes.get(*at..).and_then(<[u8]>::first_chunk);
    let length = length.map(|length| u32::from_le_bytes(*length) as usize);
    let start = *at + 4;
    let end = length.and_then(|length| start.checked_add(length)).filter(|&end| end <= bytes.len());
    *at = end.ok_or_else(|| unsound("a page is shorter than its levels"))?;
    Ok(Runs::new(start, *at, width))
}

/// The `size` bytes that are packed in `bytes`; no more than those are ever unpacked.
fn unpack(codec: i64, bytes: &[u8], size: usize) -> io::Result<Vec<u8>> {
    let unpacked = match codec {
        codec::UNCOMPRESSED => bytes.to_vec(),
        codec::SNAPPY => {
            let length = snap::raw::decompress_len(bytes)?;
            if length != size {
                return Err(unsound("a page has not the length that it says"));
            }
            snap::raw::Decoder::new().decompress_vec(bytes)?
        }
        codec::GZIP => {
            let mut unpacked = Vec::new();
            MultiGzDecoder::new(bytes).take(size as u64 + 1).read_to_end(&mut unpacked)?;
            unpacked
        }
        codec::ZSTD => zstd::bulk::decompress(bytes, size)?,
        codec::LZ4_RAW => lz4_flex::block::decompress(bytes, size)
            .map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?,
        codec::LZO => return Err(unread("it is packed with LZO")),
        codec::BROTLI => return Err(unread("it is packed with Brotli")),
        codec::LZ4 => return Err(unread("it is packed with LZ4 in Hadoop's frames")),
        _ => return Err(unread("it is packed in an unknown way")),
    };
    if unpacked.len() == size {
        Ok(unpacked)
    } else {
        Err(unsound("a page has not the length that it says"))
    }
}
