//! Where alignments start: runs of words that two documents share.

use rayon::prelude::*;

use crate::Options;
use crate::gram::{self, Groups};
use crate::spill::Sorted;
use crate::stream::Stream;

/// A run of words that two documents share, at its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    /// Number of the first document.
    pub a: u32,
    /// Number of the second, which is greater.
    pub b: u32,
    /// Whether too many documents have the run for it to tell much.
    pub frequent: bool,
    /// The word in the first document where the run starts.
    pub at_a: u32,
    /// The word in the second.
    pub at_b: u32,
}

/// All seeds, sorted by pair of documents.
///
/// A run that continues one word to the left with another followed run is left out: extending
/// that one covers it. So a copied text of any length gives one seed for each stretch without a
/// difference.
pub(crate) fn seeds(stream: &Stream, options: &Options) -> Sorted {
    let n = options.min_words.min(SEED_WORDS).max(2);
    let groups = gram::groups(stream, n, options.max_documents, options.memory / 2);
    let followed = Followed::of(stream.len(), &groups);
    let mut sorted = Sorted::within(options.memory / 2);
    // In batches, so that at most one batch is held unsorted.
    for batch in groups.chunks(rayon::current_num_threads()) {
        let found: Vec<Vec<Seed>> =
            batch.par_iter().map(|groups| of_groups(stream, groups, &followed, options)).collect();
        found.into_iter().for_each(|seeds| sorted.extend(seeds));
    }
    sorted
}

/// Words in a seed: a passage needs one stretch of this many words without a difference. Eight
/// finds passages in which every tenth word was changed; fewer words cost time and find stock
/// phrases (measured in docs/benchmarks/reuse.md).
const SEED_WORDS: usize = 8;

/// The seeds of some groups, in no order.
fn of_groups(
    stream: &Stream,
    groups: &Groups,
    followed: &Followed,
    options: &Options,
) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (group, frequent) in groups.iter() {
        let places: Vec<Place> = group.iter().map(|&at| Place::of(stream, at)).collect();
        if frequent {
            push_neighbours(stream, &places, options, &mut seeds);
        } else {
            push_pairs(stream, &places, followed, options, &mut seeds);
        }
    }
    seeds
}

/// A position of the stream with the document it lies in.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    document: u32,
    start: u32,
}

impl Place {
    fn of(stream: &Stream, at: u32) -> Self {
        let document = stream.document_at(at);
        Self { at, document, start: stream.start(document) }
    }

    fn seed(self, other: Self, frequent: bool) -> Seed {
        Seed {
            a: self.document,
            b: other.document,
            frequent,
            at_a: self.at - self.start,
            at_b: other.at - other.start,
        }
    }
}

/// Whether two documents are to be compared at all.
fn comparable(stream: &Stream, a: u32, b: u32, options: &Options) -> bool {
    let witness = |document: u32| stream.witnesses[document as usize];
    a != b && (options.same_outlet || !witness(a).same_outlet(witness(b)))
}

/// Each place with each later one in another document.
fn push_pairs(
    stream: &Stream,
    places: &[Place],
    followed: &Followed,
    options: &Options,
    seeds: &mut Vec<Seed>,
) {
    for (i, &a) in places.iter().enumerate() {
        for &b in &places[i + 1..] {
            let continues = stream.equal_before(a.at, b.at, (a.start, b.start))
                && followed.contains(a.at - 1)
                && followed.contains(b.at - 1);
            if !continues && comparable(stream, a.document, b.document, options) {
                seeds.push(a.seed(b, false));
            }
        }
    }
}

/// Each document with the next that may be compared with it.
fn push_neighbours(stream: &Stream, places: &[Place], options: &Options, seeds: &mut Vec<Seed>) {
    let firsts: Vec<Place> = places
        .chunk_by(|a, b| a.document == b.document)
        .filter_map(|same| same.first().copied())
        .collect();
    for pair in firsts.windows(2) {
        if comparable(stream, pair[0].document, pair[1].document, options) {
            seeds.push(pair[0].seed(pair[1], true));
        }
    }
}

/// The positions where a run starts all of whose pairs are followed up: one bit a word.
struct Followed(Vec<u64>);

impl Followed {
    fn of(words: usize, groups: &[Groups]) -> Self {
        let mut bits = vec![0_u64; words.div_ceil(64)];
        let followed = groups.iter().flat_map(Groups::iter).filter(|&(_, frequent)| !frequent);
        for &at in followed.flat_map(|(group, _)| group) {
            bits[at as usize / 64] |= 1 << (at % 64);
        }
        Self(bits)
    }

    fn contains(&self, at: u32) -> bool {
        self.0[at as usize / 64] >> (at % 64) & 1 == 1
    }
}
