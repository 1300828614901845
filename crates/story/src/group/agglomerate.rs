//! Average-link clustering over the pairs that are known.
//!
//! Sokal and Michener's UPGMA on a sparse graph: a pair that is not known counts as a given
//! likeness. Merging small into large with a queue of candidate merges takes
//! O(E log² E) for E pairs; ties go to the smaller indices, so that the result depends on nothing
//! but the pairs.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use stemma_model::DateRange;

use super::reader::Constraints;
use super::window::{Days, Edges};

/// What a cluster may not be.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    /// The dates of the items: a cluster fits one story. Empty: no limit.
    pub(super) dates: &'a [DateRange],
    /// What a reader said.
    pub(super) constraints: &'a Constraints,
}

/// Clusters `count` items: those merged at an average of at least `threshold`, each sorted, in
/// order of first member. A pair without an edge counts as `unknown`.
pub(super) fn agglomerate(
    count: usize,
    edges: &Edges,
    threshold: f64,
    unknown: f64,
    limits: Limits<'_>,
) -> Vec<Vec<usize>> {
    let mut forest = Forest::new(count, edges, unknown, limits);
    let mut queue: BinaryHeap<Merge> = forest.merges(threshold);
    while let Some(merge) = queue.pop() {
        if forest.is_current(&merge) && !forest.forbidden(merge.a, merge.b) {
            let kept = forest.join(merge.a, merge.b);
            queue.extend(forest.merges_of(kept, threshold));
        }
    }
    forest.clusters()
}

/// A merge that may be made, at the state of both sides when it was found.
#[derive(PartialEq)]
struct Merge {
    average: f64,
    a: usize,
    b: usize,
    versions: (u32, u32),
}

impl Eq for Merge {}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.average
            .total_cmp(&other.average)
            .then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The clusters so far; each lives at the index of one of its members.
struct Forest<'a> {
    members: Vec<Vec<usize>>,
    /// Sums of the known cosines to other clusters.
    sums: Vec<Sums>,
    days: Vec<Days>,
    constraints: &'a Constraints,
    version: Vec<u32>,
    unknown: f64,
}

/// What a cluster has in common with others, in order of these: the sum of the likenesses of known
/// pairs, and how many these are. Takes 16 bytes each.
#[derive(Clone, Debug, Default)]
struct Sums(Vec<(u32, u32, f64)>);

impl Sums {
    fn iter(&self) -> impl Iterator<Item = (usize, f64, u32)> {
        self.0.iter().map(|&(other, known, sum)| (other as usize, sum, known))
    }

    fn place(&self, other: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&number(other), |&(other, ..)| other)
    }

    fn remove(&mut self, other: usize) {
        if let Ok(at) = self.place(other) {
            self.0.remove(at);
        }
    }

    fn add(&mut self, other: usize, sum: f64, known: u32) {
        match self.place(other) {
            Ok(at) => {
                let (_, count, all) = &mut self.0[at];
                (*count, *all) = (*count + known, *all + sum);
            }
            Err(at) => self.0.insert(at, (number(other), known, sum)),
        }
    }
}

fn number(report: usize) -> u32 {
    u32::try_from(report).expect("fewer than 2^32 reports")
}

impl<'a> Forest<'a> {
    fn new(count: usize, edges: &Edges, unknown: f64, limits: Limits<'a>) -> Self {
        let mut sums = vec![Sums::default(); count];
        for (&(a, b), &cosine) in edges {
            sums[a].0.push((number(b), 1, cosine));
            sums[b].0.push((number(a), 1, cosine));
        }
        for own in &mut sums {
            own.0.sort_unstable_by_key(|&(other, ..)| other);
            own.0.shrink_to_fit();
        }
        let day = |i: usize| limits.dates.get(i).map(|_| Days::of(&[i], limits.dates));
        Self {
            members: (0..count).map(|i| vec![i]).collect(),
            sums,
            days: (0..count).map(|i| day(i).unwrap_or_default()).collect(),
            constraints: limits.constraints,
            version: vec![0; count],
            unknown,
        }
    }

    fn merges(&self, threshold: f64) -> BinaryHeap<Merge> {
        (0..self.members.len())
            .flat_map(|a| self.merges_of(a, threshold))
            .filter(|merge| merge.a < merge.b)
            .collect()
    }

    fn merges_of(&self, a: usize, threshold: f64) -> impl Iterator<Item = Merge> {
        self.sums[a].iter().filter_map(move |(b, sum, known)| {
            let pairs = (self.members[a].len() * self.members[b].len()) as f64;
            let average = (sum + (pairs - f64::from(known)) * self.unknown) / pairs;
            let (a, b) = (a.min(b), a.max(b));
            let versions = (self.version[a], self.version[b]);
            (average >= threshold).then_some(Merge { average, a, b, versions })
        })
    }

    fn is_current(&self, merge: &Merge) -> bool {
        let alive = !self.members[merge.a].is_empty() && !self.members[merge.b].is_empty();
        alive && merge.versions == (self.version[merge.a], self.version[merge.b])
    }

    fn forbidden(&self, a: usize, b: usize) -> bool {
        !self.days[a].with(self.days[b]).fit_one_story()
            || self.constraints.forbid(&self.members[a], &self.members[b])
    }

    /// Joins two clusters and says where the result lives.
    fn join(&mut self, a: usize, b: usize) -> usize {
        let order = |i: usize| (std::cmp::Reverse(self.sums[i].0.len()), i);
        let (into, from) = if order(a) <= order(b) { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[from]);
        self.members[into].extend(moved);
        self.days[into] = self.days[into].with(self.days[from]);
        for (other, sum, known) in std::mem::take(&mut self.sums[from]).iter() {
            self.sums[other].remove(from);
            if other != into {
                self.sums[into].add(other, sum, known);
                self.sums[other].add(into, sum, known);
            }
        }
        self.version[into] += 1;
        self.version[from] += 1;
        into
    }

    fn clusters(self) -> Vec<Vec<usize>> {
        let mut clusters: Vec<Vec<usize>> =
            self.members.into_iter().filter(|members| !members.is_empty()).collect();
        clusters.iter_mut().for_each(|members| members.sort_unstable());
        clusters.sort_unstable();
        clusters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Edges {
        // Two tight pairs with one weak bridge.
        [((0, 1), 0.9), ((2, 3), 0.8), ((1, 2), 0.3)].into_iter().collect()
    }

    #[test]
    fn a_weak_bridge_does_not_chain() {
        let limits = Limits { dates: &[], constraints: &Constraints::default() };
        assert_eq!(agglomerate(4, &chain(), 0.2, 0.0, limits), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_cluster_fits_one_story() {
        let day = |day: i8| DateRange::day(jiff::civil::date(2031, 3, day));
        let dates = [day(1), DateRange::unknown(), day(20), day(21)];
        let near = [((0, 1), 0.9), ((1, 2), 0.9), ((2, 3), 0.8)].into_iter().collect();
        let limits = Limits { dates: &dates, constraints: &Constraints::default() };
        assert_eq!(agglomerate(4, &near, 0.2, 0.0, limits), [vec![0, 1], vec![2, 3]]);
    }
}
