//! Bytes that can be read anywhere.

use std::io::{self, Read, Seek, SeekFrom};

use super::unsound;

/// What a Parquet file is read from: a file, or all of its bytes.
pub(crate) trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// Bytes with their number.
pub(super) struct File {
    bytes: Box<dyn Bytes>,
    length: u64,
}

impl File {
    pub(super) fn new(mut bytes: Box<dyn Bytes>) -> io::Result<Self> {
        let length = bytes.seek(SeekFrom::End(0))?;
        Ok(Self { bytes, length })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The `count` bytes from `start`, or as many as there are.
    pub(super) fn some(&mut self, start: u64, count: usize) -> io::Result<Vec<u8>> {
        let mut found = Vec::new();
        if start >= self.length {
            return Ok(found);
        }
        self.bytes.seek(SeekFrom::Start(start))?;
        self.bytes.by_ref().take(count as u64).read_to_end(&mut found)?;
        Ok(found)
    }

    /// The `count` bytes from `start`, all of them.
    pub(super) fn exactly(&mut self, start: u64, count: usize) -> io::Result<Vec<u8>> {
        let found = self.some(start, count)?;
        if found.len() < count { Err(unsound("it ends before it should")) } else { Ok(found) }
    }
}
