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
/// Every pair of documents that share a run gives a seed, with two exceptions that keep the number
/// of seeds near linear: a run in more than [`Options::max_documents`] documents links each of
/// them with the next only, and a run in more than [`OUTLET_DOCUMENTS`] documents of one outlet
/// links those documents so, or not at all ([`Options::boilerplate`]). A run that continues one word to the left with another one whose
/// pairs are all followed is left out: extending that one covers it. So a copied text of any
/// length gives one seed for each stretch without a difference.
pub(crate) fn seeds(stream: &Stream, options: &Options) -> Sorted {
    let n = options.min_words.clamp(2, SEED_WORDS);
    let groups = gram::groups(stream, n, options.max_documents, options.memory / 2);
    let followed = Followed::of(stream, &groups);
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

/// Words in more documents of one outlet than this are its boilerplate or standing background:
/// of 70 alignments read at random in a run without this limit, 55 were inside one outlet, nearly
/// all of them its promotion, captions and inserted headlines.
const OUTLET_DOCUMENTS: usize = 3;

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
            push_neighbours(&places, options, &mut seeds);
        } else {
            push_pairs(stream, &places, followed, options, &mut seeds);
            push_recurring(&places, options, &mut seeds);
        }
    }
    seeds
}

/// A position of the stream with the document it lies in and that one's outlet.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    document: u32,
    start: u32,
    outlet: Option<u32>,
}

impl Place {
    fn of(stream: &Stream, at: u32) -> Self {
        let document = stream.document_at(at);
        let outlet = stream.outlet(document);
        Self { at, document, start: stream.start(document), outlet }
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

    fn same_outlet(self, other: Self) -> bool {
        self.outlet.is_some() && self.outlet == other.outlet
    }
}

/// Each place with each later one in another document, unless the run recurs in their outlet.
fn push_pairs(
    stream: &Stream,
    places: &[Place],
    followed: &Followed,
    options: &Options,
    seeds: &mut Vec<Seed>,
) {
    let recurs = recurring(places);
    for (i, &a) in places.iter().enumerate() {
        for &b in &places[i + 1..] {
            let same_outlet = a.same_outlet(b);
            let left_out = same_outlet && (!options.same_outlet || recurs.contains(&a.outlet));
            let followed = if same_outlet { &followed.inside } else { &followed.across };
            let continues = stream.equal_before(a.at, b.at, (a.start, b.start))
                && followed.contains(a.at - 1)
                && followed.contains(b.at - 1);
            if a.document != b.document && !left_out && !continues {
                seeds.push(a.seed(b, false));
            }
        }
    }
}

/// Each document of an outlet in which the run recurs with the outlet's next.
fn push_recurring(places: &[Place], options: &Options, seeds: &mut Vec<Seed>) {
    let linked = options.same_outlet && options.boilerplate;
    for outlet in recurring(places).into_iter().filter(|_| linked) {
        let inside: Vec<Place> =
            places.iter().copied().filter(|place| place.outlet == outlet).collect();
        seeds.extend(neighbours(&inside).map(|(a, b)| a.seed(b, false)));
    }
}

/// Each document with the next, if they may be compared.
fn push_neighbours(places: &[Place], options: &Options, seeds: &mut Vec<Seed>) {
    let comparable = |a: Place, b: Place| options.same_outlet || !a.same_outlet(b);
    let pairs = neighbours(places).filter(|&(a, b)| comparable(a, b));
    seeds.extend(pairs.map(|(a, b)| a.seed(b, true)));
}

/// The first places of each document and the next.
fn neighbours(places: &[Place]) -> impl Iterator<Item = (Place, Place)> {
    let firsts = || places.chunk_by(|a, b| a.document == b.document).map(|same| same[0]);
    firsts().zip(firsts().skip(1))
}

/// The outlets with more than `OUTLET_DOCUMENTS` documents among some places.
fn recurring(places: &[Place]) -> Vec<Option<u32>> {
    if places.len() <= OUTLET_DOCUMENTS {
        return Vec::new();
    }
    let mut outlets: Vec<Option<u32>> = places
        .chunk_by(|a, b| a.document == b.document)
        .filter(|same| same[0].outlet.is_some())
        .map(|same| same[0].outlet)
        .collect();
    outlets.sort_unstable();
    outlets
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() > OUTLET_DOCUMENTS)
        .map(|same| same[0])
        .collect()
}

/// The positions where a run starts all of whose pairs are followed up.
struct Followed {
    /// With documents of other outlets.
    across: Bits,
    /// With documents of the same outlet.
    inside: Bits,
}

impl Followed {
    fn of(stream: &Stream, groups: &[Groups]) -> Self {
        let mut followed =
            Self { across: Bits::new(stream.len()), inside: Bits::new(stream.len()) };
        let groups = groups.iter().flat_map(Groups::iter).filter(|&(_, frequent)| !frequent);
        for (group, _) in groups {
            group.iter().for_each(|&at| followed.across.insert(at));
            if group.len() <= OUTLET_DOCUMENTS {
                group.iter().for_each(|&at| followed.inside.insert(at));
                continue;
            }
            let places: Vec<Place> = group.iter().map(|&at| Place::of(stream, at)).collect();
            let recurs = recurring(&places);
            let inside = places.iter().filter(|place| !recurs.contains(&place.outlet));
            inside.for_each(|place| followed.inside.insert(place.at));
        }
        followed
    }
}

/// One bit a word.
struct Bits(Vec<u64>);

impl Bits {
    fn new(words: usize) -> Self {
        Self(vec![0; words.div_ceil(64)])
    }

    fn insert(&mut self, at: u32) {
        self.0[at as usize / 64] |= 1 << (at % 64);
    }

    fn contains(&self, at: u32) -> bool {
        self.0[at as usize / 64] >> (at % 64) & 1 == 1
    }
}
