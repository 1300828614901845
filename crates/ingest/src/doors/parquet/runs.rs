//! Small numbers, packed: runs and bit-packed groups, and differences.
//!
//! Source: `Encodings.md` in Apache Parquet's format. Both readers hold places in the bytes of a
//! page, not the numbers: a run of a billion equal ones takes no more room than one.

use std::io;

use super::thrift::{varint, zigzag};
use super::unsound;

/// The number of `width` (at most 64) bits at the bit `at`, lowest bits first; bits past the end
/// are zero, for some writers leave out the last bytes of a group.
pub(super) fn bits(bytes: &[u8], at: usize, width: u32) -> u64 {
    let near = bytes.get(at / 8..).unwrap_or_default();
    let count = (at % 8 + width as usize).div_ceil(8);
    let sum = near.iter().take(count).rev().fold(0_u128, |sum, &byte| sum << 8 | u128::from(byte));
    ((sum >> (at % 8)) & ((1_u128 << width) - 1)) as u64
}

/// How many bits the numbers up to `most` take.
pub(super) fn width(most: u32) -> u32 {
    u32::BITS - most.leading_zeros()
}

/// The hybrid of runs and bit-packed groups: levels, places in a dictionary, truth values.
#[derive(Clone, Debug)]
pub(super) struct Runs {
    at: usize,
    end: usize,
    width: u32,
    run: Run,
}

#[derive(Clone, Copy, Debug)]
enum Run {
    /// One number so many times.
    Same { number: u32, left: u64 },
    /// So many numbers from a bit on.
    Packed { bit: usize, left: u64 },
}

impl Runs {
    /// Numbers of `width` (at most 32) bits in the bytes from `at` to `end`.
    pub(super) fn new(at: usize, end: usize, width: u32) -> Self {
        Self { at, end, width: width.min(32), run: Run::Same { number: 0, left: 0 } }
    }

    /// The next number.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn next(&mut self, bytes: &[u8]) -> io::Result<u32> {
        loop {
            match &mut self.run {
                Run::Same { left: 0, .. } | Run::Packed { left: 0, .. } => self.load(bytes)?,
                Run::Same { number, left } => {
                    *left -= 1;
                    return Ok(*number);
                }
                Run::Packed { bit, left } => {
                    let number = bits(bytes, *bit, self.width) as u32;
                    *bit += self.width as usize;
                    *left -= 1;
                    return Ok(number);
                }
            }
        }
    }

    /// Goes on to the next run; every one takes a byte at least, so that there is an end.
    fn load(&mut self, bytes: &[u8]) -> io::Result<()> {
        let rest = bytes.get(self.at..self.end.min(bytes.len())).unwrap_or_default();
        let (head, length) = varint(rest).ok_or_else(|| unsound("a page ends too early"))?;
        self.at += length;
        let left = head >> 1;
        if head & 1 == 0 {
            let number = bits(bytes, self.at * 8, self.width) as u32;
            self.run = Run::Same { number, left };
            self.at += self.width.div_ceil(8) as usize;
        } else {
            self.run = Run::Packed { bit: self.at * 8, left: left.saturating_mul(8) };
            let length = left.saturating_mul(u64::from(self.width));
            self.at = self.at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        }
        Ok(())
    }
}

/// Numbers kept as differences (`DELTA_BINARY_PACKED`).
#[derive(Clone, Debug)]
pub(super) struct Deltas {
    /// How many numbers are to come.
    left: u64,
    last: i64,
    is_first: bool,
    least: i64,
    /// The numbers of a miniblock, and the miniblocks of a block.
    numbers: u64,
    miniblocks: usize,
    /// Where the widths of the block's miniblocks are, and which one is being read.
    widths: usize,
    miniblock: usize,
    /// The bit of the next difference, the differences left, and the end of the miniblock.
    bit: usize,
    packed: u64,
    end: usize,
}

impl Deltas {
    /// The numbers that start at the byte `at`, at most `most`.
    ///
    /// # Errors
    /// If there is no sound head.
    pub(super) fn new(bytes: &[u8], mut at: usize, most: u64) -> io::Result<Self> {
        let mut head = || number(bytes, &mut at);
        let (block, miniblocks, left, first) = (head()?, head()?, head()?, head()?);
        let numbers = block.checked_div(miniblocks).unwrap_or_default();
        // No block is that long; the widths of one lie in a byte each.
        if numbers == 0 || numbers % 32 != 0 || block > 1 << 20 || left > most {
            return Err(unsound("a page of differences has a head that cannot be"));
        }
        Ok(Self {
            left,
            last: zigzag(first),
            is_first: true,
            least: 0,
            numbers,
            miniblocks: miniblocks as usize,
            widths: at,
            miniblock: miniblocks as usize,
            bit: 0,
            packed: 0,
            end: at,
        })
    }

    /// The next number.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn next(&mut self, bytes: &[u8]) -> io::Result<i64> {
        let left = self.left.checked_sub(1);
        self.left = left.ok_or_else(|| unsound("a page ends too early"))?;
        if std::mem::take(&mut self.is_first) {
            return Ok(self.last);
        }
        if self.packed == 0 {
            self.load(bytes)?;
        }
        let width = self.width(bytes);
        let difference = bits(bytes, self.bit, width) as i64;
        self.bit += width as usize;
        self.packed -= 1;
        self.last = self.last.wrapping_add(self.least).wrapping_add(difference);
        Ok(self.last)
    }

    /// The byte behind all the numbers, before any was read.
    ///
    /// # Errors
    /// If it lies behind the end.
    pub(super) fn end(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = self.clone();
        let mut left = self.left.saturating_sub(1);
        while left > 0 {
            rest.load(bytes)?;
            left = left.saturating_sub(self.numbers);
        }
        Ok(rest.end)
    }

    fn width(&self, bytes: &[u8]) -> u32 {
        let width = bytes.get(self.widths + self.miniblock).copied().unwrap_or_default();
        u32::from(width.min(64))
    }

    /// Goes on to the next miniblock, and to the next block behind the last one.
    fn load(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.miniblock += 1;
        if self.miniblock >= self.miniblocks {
            self.least = zigzag(number(bytes, &mut self.end)?);
            (self.widths, self.miniblock) = (self.end, 0);
            self.end += self.miniblocks;
        }
        self.bit = self.end * 8;
        self.packed = self.numbers;
        self.end += self.width(bytes) as usize * self.numbers as usize / 8;
        if self.end > bytes.len() && self.left > self.numbers {
            return Err(unsound("a page of differences breaks off"));
        }
        Ok(())
    }
}

fn number(bytes: &[u8], at: &mut usize) -> io::Result<u64> {
    let found = bytes.get(*at..).and_then(varint);
    let (number, length) = found.ok_or_else(|| unsound("a page of differences breaks off"))?;
    *at += length;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn runs_and_groups() {
        // The group of the format's own example, 0 to 7 in three bits each; then 5 four times.
        let bytes = [0x03, 0x88, 0xc6, 0xfa, 0x08, 0x05];
        let mut runs = Runs::new(0, bytes.len(), 3);
        let found: Vec<u32> = std::iter::from_fn(|| runs.next(&bytes).ok()).collect();
        assert_eq!(found, [0, 1, 2, 3, 4, 5, 6, 7, 5, 5, 5, 5]);
        assert_eq!([0, 1, 2, 3, 4].map(width), [0, 1, 2, 2, 3]);
    }

    #[test]
    fn differences() {
        // The format's second example: 7, 5, 3, 1, 2, 3, 4, 5, in blocks of 128 with 4 miniblocks;
        // the smallest difference is -2, and 0, 0, 0, 3, 3, 3, 3 are left in two bits each.
        let head = [0x80, 0x01, 0x04, 0x08, 0x0e, 0x03, 0x02, 0x00, 0x00, 0x00];
        let bytes = [&head[..], &[0b1100_0000, 0b0011_1111, 0, 0, 0, 0, 0, 0, 9]].concat();
        let deltas = Deltas::new(&bytes, 0, 8).expect("a head");
        assert_eq!(deltas.end(&bytes).expect("an end"), bytes.len() - 1);
        let mut rest = deltas.clone();
        let found: Vec<i64> = std::iter::from_fn(|| rest.next(&bytes).ok()).collect();
        assert_eq!(found, [7, 5, 3, 1, 2, 3, 4, 5]);
        assert!(Deltas::new(&bytes, 0, 7).is_err(), "more numbers than there are values");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..60), width in 0..40_u32) {
            let mut runs = Runs::new(0, bytes.len(), width);
            (0..100).find(|_| runs.next(&bytes).is_err());
            if let Ok(mut deltas) = Deltas::new(&bytes, 0, 1000) {
                let _ = deltas.end(&bytes);
                (0..1000).find(|_| deltas.next(&bytes).is_err());
            }
        }
    }
}
