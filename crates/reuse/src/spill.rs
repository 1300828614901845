//! Sorting more seeds than memory may hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};

use rayon::prelude::*;

use crate::seed::Seed;

/// Bytes of a seed in memory, and at most on disk.
const BYTES: usize = size_of::<Seed>();

/// Seeds that come in any order and leave sorted. Beyond the given memory, sorted runs wait in
/// unnamed temporary files, which the system removes whatever happens. Where no such file can be
/// written, memory is used after all: analysis does not fail.
pub(crate) struct Sorted {
    buffer: Vec<Seed>,
    capacity: usize,
    runs: Vec<File>,
}

impl Sorted {
    /// Room for about `memory` bytes before anything goes to disk.
    pub fn within(memory: usize) -> Self {
        Self { buffer: Vec::new(), capacity: (memory / BYTES).max(1 << 12), runs: Vec::new() }
    }

    /// Adds seeds, in any order.
    pub fn extend(&mut self, seeds: Vec<Seed>) {
        self.buffer.extend(seeds);
        if self.buffer.len() > self.capacity && self.spill().is_err() {
            self.capacity = usize::MAX;
        }
    }

    /// Moves the buffer to a file; the buffer stays as it is if that fails.
    fn spill(&mut self) -> std::io::Result<()> {
        self.buffer.par_sort_unstable();
        let mut writer = BufWriter::new(tempfile::tempfile()?);
        for seed in &self.buffer {
            writer.write_all(&to_bytes(*seed))?;
        }
        let mut file = writer.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        self.buffer.clear();
        Ok(())
    }

    /// All seeds in order.
    pub fn into_iter(mut self) -> Box<dyn Iterator<Item = Seed>> {
        self.buffer.par_sort_unstable();
        let buffer = self.buffer.into_iter();
        if self.runs.is_empty() {
            return Box::new(buffer);
        }
        let mut runs: Vec<Box<dyn Iterator<Item = Seed>>> = vec![Box::new(buffer)];
        runs.extend(self.runs.into_iter().map(|file| Box::new(read(file)) as _));
        Box::new(merge(runs))
    }
}

/// The seeds of sorted runs in order, by a heap of the runs' heads.
fn merge(mut runs: Vec<Box<dyn Iterator<Item = Seed>>>) -> impl Iterator<Item = Seed> {
    let mut heads: BinaryHeap<Reverse<(Seed, usize)>> = runs
        .iter_mut()
        .enumerate()
        .filter_map(|(run, seeds)| Some(Reverse((seeds.next()?, run))))
        .collect();
    std::iter::from_fn(move || {
        let Reverse((seed, run)) = heads.pop()?;
        heads.extend(runs[run].next().map(|next| Reverse((next, run))));
        Some(seed)
    })
}

/// The seeds of a file that [`Sorted::spill`] wrote. What cannot be read back ends the run: the
/// file is our own and unnamed, so that only a failing disk gets here.
fn read(file: File) -> impl Iterator<Item = Seed> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    std::iter::from_fn(move || {
        let mut bytes = [0; 17];
        reader.read_exact(&mut bytes).ok()?;
        Some(from_bytes(bytes))
    })
}

fn to_bytes(seed: Seed) -> [u8; 17] {
    let mut bytes = [0; 17];
    for (i, number) in [seed.a, seed.b, seed.at_a, seed.at_b].into_iter().enumerate() {
        bytes[i * 4..i * 4 + 4].copy_from_slice(&number.to_le_bytes());
    }
    bytes[16] = u8::from(seed.frequent);
    bytes
}

fn from_bytes(bytes: [u8; 17]) -> Seed {
    let number = |i: usize| {
        u32::from_le_bytes([bytes[i * 4], bytes[i * 4 + 1], bytes[i * 4 + 2], bytes[i * 4 + 3]])
    };
    Seed { a: number(0), b: number(1), at_a: number(2), at_b: number(3), frequent: bytes[16] == 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn disk_and_memory_give_the_same(
            numbers in prop::collection::vec((0..9_u32, 0..9_u32, any::<bool>(), 0..9_u32), 0..400),
        ) {
            let seeds: Vec<Seed> = numbers
                .iter()
                .map(|&(a, b, frequent, at)| Seed { a, b, frequent, at_a: at, at_b: b })
                .collect();
            let mut on_disk = Sorted { buffer: Vec::new(), capacity: 50, runs: Vec::new() };
            seeds.chunks(37).for_each(|chunk| on_disk.extend(chunk.to_vec()));
            let mut expected = seeds;
            expected.sort();
            prop_assert_eq!(on_disk.into_iter().collect::<Vec<_>>(), expected);
        }
    }
}
