//! All passages that two documents share, from where their seeds are.

use std::ops::Range;

use crate::Options;
use crate::align::{Block, extend, run_at, weight};
use crate::gram::rolling;
use crate::seed::Seed;

/// The share of words in the shorter passage that must be equal: below it, readers no longer see
/// one text (on the alignments read for testdata/reuse/precision.tsv).
const MIN_EQUAL: f32 = 0.66;

/// Words in the seed of a further passage.
const FURTHER_SEED: usize = 5;

/// What the equal words of a further passage must weigh, a function word being 1 and others 3:
/// "former Vice President Joe Biden and his son Hunter" weighs 19. Chosen on 200 alignments read:
/// of the passages that were no copies, five weighed 19 or 20.
const FURTHER_WEIGHT: i32 = 22;

/// The share of equal words that a further passage needs if it is shorter than a first one.
const FURTHER_EQUAL: f32 = 0.85;

/// Earlier passages a new one is compared with: more of them overlap only in repetitive text.
const LOOK_BACK: usize = 16;

/// A shared passage: blocks of equal words, in order, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path(pub Vec<Block>);

impl Path {
    /// The words it covers in the first text.
    pub fn a(&self) -> Range<usize> {
        self.0[0].a..self.0[self.0.len() - 1].end().0
    }

    /// The words it covers in the second.
    pub fn b(&self) -> Range<usize> {
        self.0[0].b..self.0[self.0.len() - 1].end().1
    }

    /// How many words are equal.
    pub fn equal(&self) -> usize {
        self.0.iter().map(|block| block.len).sum()
    }

    /// The words of its longest block.
    fn longest(&self) -> usize {
        self.0.iter().map(|block| block.len).max().unwrap_or_default()
    }

    fn weight(&self, words: &[u32]) -> i32 {
        self.0.iter().map(|block| weight(&words[block.a..block.end().0])).sum()
    }

    /// Words in the shorter passage.
    pub fn words(&self) -> usize {
        self.a().len().min(self.b().len())
    }

    /// The share of the shorter side's words that are equal.
    #[expect(clippy::cast_precision_loss, reason = "passages are far shorter than 2^24 words")]
    fn equal_share(&self) -> f32 {
        self.equal() as f32 / self.words() as f32
    }

    fn is_close(&self) -> bool {
        self.equal_share() >= MIN_EQUAL
    }

    fn covers(&self, run: Block) -> bool {
        let (end_a, end_b) = run.end();
        self.a().start <= run.a
            && end_a <= self.a().end
            && self.b().start <= run.b
            && end_b <= self.b().end
    }
}

/// The shared passages of two texts, sorted by their places; `near` says that the two can have
/// been published at about one time.
///
/// A passage proves itself by a run of equal words as long as the shortest passage, or by half as
/// many words again. Where none does, texts that are apart in time share a title, a legal formula
/// or a list of names: of the 200 alignments in testdata/reuse/precision.tsv, 16 were of this
/// kind and none of them a copy.
pub(crate) fn passages(
    a: &[u32],
    b: &[u32],
    seeds: &[Seed],
    near: bool,
    options: &Options,
) -> Vec<Path> {
    let telling = seeds.iter().any(|seed| !seed.frequent);
    let least = if telling { options.min_words } else { 2 * options.min_words };
    let starts = seeds.iter().map(|seed| (seed.at_a as usize, seed.at_b as usize));
    let mut found = from_starts(a, b, starts);
    found.retain(|path| path.words() >= least && path.is_close());
    let proves = |path: &Path| path.longest() >= least || path.words() * 2 >= least * 3;
    if near || found.iter().any(proves) {
        if near {
            found.extend(further(a, b, &found, options));
        }
        found.sort_by_key(|path| (path.a().start, path.b().start));
        // Extended from two sides, two passages can come to be the same.
        found.dedup_by(|one, other| one.a() == other.a() && one.b() == other.b());
        return found;
    }
    Vec::new()
}

/// The passages around the given equal words.
fn from_starts(a: &[u32], b: &[u32], starts: impl Iterator<Item = (usize, usize)>) -> Vec<Path> {
    let mut found: Vec<Path> = Vec::new();
    for start in starts {
        if a[start.0] != b[start.1] {
            continue; // two runs whose hashes collide
        }
        let run = run_at(a, b, start);
        if found.iter().rev().take(LOOK_BACK).any(|path| path.covers(run)) {
            continue;
        }
        add(&mut found, Path(extend(a, b, run)));
    }
    found
}

/// Adds a passage, joined with an earlier one that it runs into on both sides.
fn add(found: &mut Vec<Path>, new: Path) {
    let meets = |old: &Path| {
        old.a().start <= new.a().start
            && old.b().start <= new.b().start
            && new.a().start < old.a().end
            && new.b().start < old.b().end
    };
    let oldest = found.len().saturating_sub(LOOK_BACK);
    let Some(old) = found[oldest..].iter_mut().rev().find(|old| meets(old)) else {
        return found.push(new);
    };
    for block in new.0 {
        let (end_a, end_b) = (old.a().end, old.b().end);
        let inside = end_a.saturating_sub(block.a).max(end_b.saturating_sub(block.b));
        if inside < block.len {
            let rest = Block { a: block.a + inside, b: block.b + inside, len: block.len - inside };
            match old.0.last_mut() {
                Some(last) if last.end() == (rest.a, rest.b) => last.len += rest.len,
                _ => old.0.push(rest),
            }
        }
    }
}

/// Shorter passages of two documents that share a longer one and are near in time; none for
/// others.
fn further(a: &[u32], b: &[u32], known: &[Path], options: &Options) -> Vec<Path> {
    if known.is_empty() {
        return Vec::new();
    }
    let starts = common_runs(a, b)
        .into_iter()
        .filter(|start| !known.iter().any(|path| path.a().contains(&start.0)));
    let mut found = from_starts(a, b, starts);
    found.retain(|path| {
        path.words() >= options.min_further_words
            && (path.words() >= options.min_words || path.equal_share() >= FURTHER_EQUAL)
            && path.is_close()
            && path.weight(a) >= FURTHER_WEIGHT
            && !known.iter().any(|old| overlap(&old.a(), &path.a()) || overlap(&old.b(), &path.b()))
    });
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Where both texts have the same `FURTHER_SEED` words, each run that stands once in the second.
///
/// A bit for each hash of the first text tells for most runs of the second that they are not
/// shared; only the rest is sorted.
fn common_runs(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let bits = (a.len().max(b.len()) * 16).next_power_of_two().max(1 << 10);
    let slot = |hash: u64| usize::try_from(hash & (bits as u64 - 1)).expect("slots fit");
    let in_b = hits(a, b, bits, slot);
    if in_b.is_empty() {
        return Vec::new();
    }
    let mut starts = Vec::new();
    for (i, hash) in rolling(a, FURTHER_SEED).enumerate() {
        let first = in_b.partition_point(|hit| hit.0 < hash);
        match in_b[first..] {
            [(one, at), (other, _), ..] if one == hash && other != hash => starts.push((i, at)),
            [(one, at)] if one == hash => starts.push((i, at)),
            _ => {}
        }
    }
    starts
}

/// The runs of `b` whose slot some run of `a` has, sorted by hash.
fn hits(a: &[u32], b: &[u32], bits: usize, slot: impl Fn(u64) -> usize) -> Vec<(u64, usize)> {
    let mut filter = vec![0_u64; bits / 64];
    for hash in rolling(a, FURTHER_SEED) {
        filter[slot(hash) / 64] |= 1 << (slot(hash) % 64);
    }
    let mut hits: Vec<(u64, usize)> = rolling(b, FURTHER_SEED)
        .enumerate()
        .filter(|&(_, hash)| filter[slot(hash) / 64] >> (slot(hash) % 64) & 1 == 1)
        .map(|(j, hash)| (hash, j))
        .collect();
    hits.sort_unstable();
    hits
}
