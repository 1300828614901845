//! The values of a page, one at a time, in each way that they can be kept.
//!
//! Source: `Encodings.md` in Apache Parquet's format.

use std::io;

use super::footer::{Column, Physical};
use super::page::encoding::*;
use super::page::{Data, sized_runs};
use super::runs::{Deltas, Runs};
use super::{unread, unsound};

/// A value before it is known what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    Boolean(bool),
    Int(i64),
    Float(f64),
    Bytes(Vec<u8>),
}

/// The values that a column's pages name by their places.
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

impl Dictionary {
    /// The `count` plain values in `bytes`, in linear time.
    ///
    /// # Errors
    /// If there are fewer.
    pub(super) fn new(bytes: Vec<u8>, count: usize, physical: Physical) -> io::Result<Self> {
        let mut at = 0;
        let mut starts = Vec::new();
        for _ in 0..count {
            starts.push(at as u32);
            plain(&bytes, &mut at, physical)?;
        }
        Ok(Self { bytes, starts })
    }

    fn get(&self, index: u32, physical: Physical) -> io::Result<Raw> {
        let start = self.starts.get(index as usize).map(|&start| start as usize);
        let mut at = start.ok_or_else(|| unsound("a page names a value that there is not"))?;
        plain(&self.bytes, &mut at, physical).map(|value| raw(value, physical))
    }
}

/// Where the values of a page are read, by the way they are kept.
pub(super) enum Values {
    /// One behind another, from a byte on.
    Plain(usize),
    /// A bit each, from a bit on.
    Bits(usize),
    Runs(Runs),
    Places(Runs),
    Deltas(Deltas),
    /// Lengths, and the bytes from a place on.
    Lengths(Deltas, usize),
    /// What is shared with the value before, and what is not.
    Prefixes {
        shared: Deltas,
        lengths: Deltas,
        at: usize,
        last: Vec<u8>,
    },
    /// The first bytes of all values, then the second, from a place on.
    Split {
        at: usize,
        size: usize,
        stride: usize,
    },
}

impl Values {
    /// The values of a page.
    ///
    /// # Errors
    /// If they are kept in a way that is not known for their type.
    pub(super) fn new(page: &Data, physical: Physical) -> io::Result<Self> {
        let (bytes, at) = (&page.bytes[..], page.values);
        let deltas = |at| Deltas::new(bytes, at, page.count);
        Ok(match (page.encoding, physical) {
            (PLAIN, Physical::Boolean) => Self::Bits(at * 8),
            (PLAIN, _) => Self::Plain(at),
            (PLAIN_DICTIONARY | RLE_DICTIONARY, _) => {
                let width = bytes.get(at).copied().unwrap_or_default();
                Self::Places(Runs::new(at + 1, bytes.len(), u32::from(width)))
            }
            (RLE, Physical::Boolean) => Self::Runs(sized_runs(bytes, &mut { at }, 1)?),
            (DELTA_BINARY_PACKED, Physical::Int32 | Physical::Int64) => Self::Deltas(deltas(at)?),
            (DELTA_LENGTH_BYTE_ARRAY, Physical::Bytes) => {
                let lengths = deltas(at)?;
                let at = lengths.end(bytes)?;
                Self::Lengths(lengths, at)
            }
            (DELTA_BYTE_ARRAY, Physical::Bytes | Physical::Fixed(_)) => {
                let shared = deltas(at)?;
                let lengths = deltas(shared.end(bytes)?)?;
                let at = lengths.end(bytes)?;
                Self::Prefixes { shared, lengths, at, last: Vec::new() }
            }
            (BYTE_STREAM_SPLIT, physical) => {
                let size = size(physical).ok_or_else(unknown)?;
                Self::Split { at, size, stride: bytes.len().saturating_sub(at) / size }
            }
            _ => return Err(unknown()),
        })
    }

    /// The next value of the page with these bytes.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn next(
        &mut self,
        bytes: &[u8],
        column: &Column,
        dictionary: Option<&Dictionary>,
    ) -> io::Result<Raw> {
        let physical = column.physical;
        Ok(match self {
            Self::Plain(at) => raw(plain(bytes, at, physical)?, physical),
            Self::Bits(at) => {
                let byte = bytes.get(*at / 8).ok_or_else(short)?;
                let bit = byte >> (*at % 8) & 1;
                *at += 1;
                Raw::Boolean(bit == 1)
            }
            Self::Runs(runs) => Raw::Boolean(runs.next(bytes)? == 1),
            Self::Places(runs) => {
                let dictionary = dictionary.ok_or_else(|| unsound("a dictionary is missing"))?;
                dictionary.get(runs.next(bytes)?, physical)?
            }
            Self::Deltas(deltas) => match deltas.next(bytes)? {
                number if physical == Physical::Int32 => Raw::Int(i64::from(number as i32)),
                number => Raw::Int(number),
            },
            Self::Lengths(lengths, at) => {
                Raw::Bytes(taken(bytes, at, length(lengths.next(bytes)?)?)?.to_vec())
            }
            Self::Prefixes { shared, lengths, at, last } => {
                let shared = length(shared.next(bytes)?)?;
                if shared > last.len() {
                    return Err(unsound("a value shares more than there is"));
                }
                last.truncate(shared);
                last.extend_from_slice(taken(bytes, at, length(lengths.next(bytes)?)?)?);
                Raw::Bytes(last.clone())
            }
            Self::Split { at, size, stride } => {
                let split = bytes.get(*at..).unwrap_or_default().iter().step_by((*stride).max(1));
                let value: Vec<u8> = split.take(*size).copied().collect();
                if value.len() < *size {
                    return Err(short());
                }
                *at += 1;
                raw(&value, physical)
            }
        })
    }
}

/// The bytes of the plain value at `at`, which moves behind it.
fn plain<'b>(bytes: &'b [u8], at: &mut usize, physical: Physical) -> io::Result<&'b [u8]> {
    let size = match size(physical) {
        Some(size) => size,
        None if physical == Physical::Boolean => return Err(unknown()),
        None => {
            let length = taken(bytes, at, 4)?;
            u32::from_le_bytes(length.try_into().expect("four bytes")) as usize
        }
    };
    taken(bytes, at, size)
}

/// How many bytes each value takes, if all take the same.
fn size(physical: Physical) -> Option<usize> {
    match physical {
        Physical::Int32 | Physical::Float => Some(4),
        Physical::Int64 | Physical::Double => Some(8),
        Physical::Int96 => Some(12),
        Physical::Fixed(size) => Some(size),
        Physical::Boolean | Physical::Bytes => None,
    }
}

/// The value that has these bytes, as many as its type takes.
fn raw(bytes: &[u8], physical: Physical) -> Raw {
    let four = || bytes.first_chunk().copied().unwrap_or_default();
    let eight = || bytes.first_chunk().copied().unwrap_or_default();
    match physical {
        Physical::Int32 => Raw::Int(i64::from(i32::from_le_bytes(four()))),
        Physical::Int64 => Raw::Int(i64::from_le_bytes(eight())),
        Physical::Float => Raw::Float(f64::from(f32::from_le_bytes(four()))),
        Physical::Double => Raw::Float(f64::from_le_bytes(eight())),
        Physical::Boolean | Physical::Int96 | Physical::Bytes | Physical::Fixed(_) => {
            Raw::Bytes(bytes.to_vec())
        }
    }
}

fn taken<'b>(bytes: &'b [u8], at: &mut usize, count: usize) -> io::Result<&'b [u8]> {
    let end = at.checked_add(count);
    let taken = end.and_then(|end| bytes.get(*at..end)).ok_or_else(short)?;
    *at += count;
    Ok(taken)
}

fn length(number: i64) -> io::Result<usize> {
    usize::try_from(number).map_err(|_| unsound("a value has less than no length"))
}

fn short() -> io::Error {
    unsound("a page ends inside a value")
}

fn unknown() -> io::Error {
    unread("the values of a column are kept in a way that is not known")
}
