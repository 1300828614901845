//! Which runs of `n` words stand in several documents: an exact index, built in bounded memory.
//!
//! Every run of `n` words has a rolling hash (Karp and Rabin 1987). The hash space is cut into
//! slices; one slice at a time is collected from the whole stream, sorted and grouped, so that
//! the table of all runs never exists at once. Time O(words × slices + words log words); the
//! factor is small, as rolling costs about a nanosecond a word.

use rayon::prelude::*;

use crate::stream::Stream;

/// Occurrences of one run inside one document that are followed up. Further ones stand in
/// repetitive text (tables, refrains), where every pair of occurrences would be reported.
const OCCURRENCES: usize = 4;

/// Multiplier of the rolling hash: odd, with well-mixed bits (the golden ratio's).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bytes an occurrence takes while its slice is sorted.
const BYTES: usize = 16;

/// Runs that stand in two documents or more.
pub(crate) struct Groups {
    /// Positions in the stream, group by group, ascending in each.
    positions: Vec<u32>,
    /// For each group, where it ends in `positions`, and whether too many documents have it.
    ends: Vec<(u32, bool)>,
}

impl Groups {
    /// Every group: its positions, and whether too many documents have it.
    pub fn iter(&self) -> impl Iterator<Item = (&[u32], bool)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, frequent)| {
            let group = &self.positions[start..end as usize];
            start = end as usize;
            (group, frequent)
        })
    }
}

/// The groups of all runs of `n` words, in slices; `memory` bounds what is sorted at once.
pub(crate) fn groups(stream: &Stream, n: usize, frequent: usize, memory: usize) -> Vec<Groups> {
    let threads = rayon::current_num_threads();
    let slices = (stream.len() * BYTES * threads).div_ceil(memory.max(1 << 20)).max(4 * threads);
    (0..slices as u64)
        .into_par_iter()
        .map(|slice| grouped(stream, collect(stream, n, slice, slices as u64), frequent))
        .collect()
}

/// The hash and position of every run whose hash lies in `slice` of `slices`, sorted.
fn collect(stream: &Stream, n: usize, slice: u64, slices: u64) -> Vec<(u64, u32)> {
    let expected = stream.len() / usize::try_from(slices).expect("slices fit");
    let mut found = Vec::with_capacity(expected + expected / 8);
    for document in stream.documents() {
        let start = stream.start(document);
        for (at, hash) in (start..).zip(rolling(stream.words(document), n)) {
            if (u128::from(hash) * u128::from(slices)) >> 64 == u128::from(slice) {
                found.push((hash, at));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The hashes of all runs of `n` words, in order.
pub(crate) fn rolling(words: &[u32], n: usize) -> impl Iterator<Item = u64> {
    let oldest = (1..n).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    words.iter().enumerate().filter_map(move |(i, &word)| {
        if i >= n {
            hash = hash.wrapping_sub(mix(u64::from(words[i - n])).wrapping_mul(oldest));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(mix(u64::from(word)));
        (i + 1 >= n).then(|| mix(hash))
    })
}

/// Spreads the bits of `x` (the finaliser of Steele, Lea and Flood 2014, SplitMix64).
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The sorted occurrences as groups, without runs that stand in one document only.
fn grouped(stream: &Stream, sorted: Vec<(u64, u32)>, frequent: usize) -> Groups {
    let mut groups = Groups { positions: Vec::new(), ends: Vec::new() };
    for same in sorted.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let start = groups.positions.len();
        let documents = push_occurrences(stream, same, &mut groups.positions);
        if documents < 2 {
            groups.positions.truncate(start);
        } else {
            let end = u32::try_from(groups.positions.len()).expect("no more groups than words");
            groups.ends.push((end, documents > frequent));
        }
    }
    groups.positions.shrink_to_fit();
    groups
}

/// Adds the positions of one group, the first few of each document; says how many documents.
fn push_occurrences(stream: &Stream, same: &[(u64, u32)], positions: &mut Vec<u32>) -> usize {
    let (mut documents, mut here, mut end) = (0, 0, 0);
    for &(_, position) in same {
        if documents == 0 || position as usize >= end {
            end = stream.range(stream.document_at(position)).end;
            (documents, here) = (documents + 1, 0);
        }
        here += 1;
        if here <= OCCURRENCES {
            positions.push(position);
        }
    }
    documents
}
