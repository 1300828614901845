//! MUC, B³ and entity-based CEAF.

use std::collections::BTreeMap;

use super::Chain;

/// A measure of coreference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Links: Vilain et al. (1995).
    Muc,
    /// Mentions: Bagga and Baldwin (1998).
    BCubed,
    /// Chains, aligned one to one: Luo (2005), φ4.
    CeafE,
}

impl Measure {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Muc => "MUC",
            Self::BCubed => "B³",
            Self::CeafE => "CEAF-e",
        }
    }
}

/// Numerators and denominators of precision and recall, summed over documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sums: [[(f64, f64); 2]; 3],
}

impl Tally {
    /// Adds one document.
    pub(super) fn add(&mut self, gold: &[Chain], found: &[Chain]) {
        let similar = aligned(gold, found);
        let parts = [
            [muc(found, gold), muc(gold, found)],
            [b_cubed(found, gold), b_cubed(gold, found)],
            [(similar, real(found.len())), (similar, real(gold.len()))],
        ];
        for (sums, parts) in self.sums.iter_mut().zip(parts) {
            for (sum, part) in sums.iter_mut().zip(parts) {
                sum.0 += part.0;
                sum.1 += part.1;
            }
        }
    }

    /// Precision, recall and F1, in per cent.
    pub(super) fn scores(&self, measure: Measure) -> [f64; 3] {
        let [p, r] = self.sums[measure as usize]
            .map(|(hits, all)| if all > 0.0 { 100.0 * hits / all } else { 0.0 });
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }

    /// The mean of the three F1.
    pub(super) fn conll(&self) -> f64 {
        let all = [Measure::Muc, Measure::BCubed, Measure::CeafE];
        all.map(|measure| self.scores(measure)[2]).iter().sum::<f64>() / 3.0
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

/// The chain of each mention.
fn index(chains: &[Chain]) -> BTreeMap<usize, usize> {
    let numbered = chains.iter().enumerate();
    numbered.flat_map(|(i, chain)| chain.iter().map(move |&mention| (mention, i))).collect()
}

/// How many links of `keys` stand in `answers`, of how many.
fn muc(keys: &[Chain], answers: &[Chain]) -> (f64, f64) {
    let of = index(answers);
    let (mut hits, mut all) = (0, 0);
    for chain in keys {
        let mut parts: Vec<Option<usize>> = chain.iter().map(|m| of.get(m).copied()).collect();
        let missing = parts.iter().filter(|part| part.is_none()).count();
        parts.retain(Option::is_some);
        parts.sort_unstable();
        parts.dedup();
        hits += chain.len() - (missing + parts.len());
        all += chain.len() - 1;
    }
    (real(hits), real(all))
}

/// For each mention of `keys` the share of its chain that its chain in `answers` has.
fn b_cubed(keys: &[Chain], answers: &[Chain]) -> (f64, f64) {
    let of = index(answers);
    let (mut hits, mut all) = (0.0, 0);
    for chain in keys {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        chain.iter().filter_map(|m| of.get(m)).for_each(|&c| *shared.entry(c).or_default() += 1);
        hits += shared.values().map(|&n| real(n * n) / real(chain.len())).sum::<f64>();
        all += chain.len();
    }
    (hits, real(all))
}

/// The total similarity φ4 of the best one-to-one alignment of chains.
fn aligned(gold: &[Chain], found: &[Chain]) -> f64 {
    let of = index(found);
    let size = gold.len().max(found.len());
    let mut similar = vec![vec![0.0; size]; size];
    for (i, chain) in gold.iter().enumerate() {
        for &j in chain.iter().filter_map(|mention| of.get(mention)) {
            similar[i][j] += 2.0 / real(chain.len() + found[j].len());
        }
    }
    assignment(&similar)
}

/// The greatest sum of one entry a row and column: the Hungarian method with potentials, cubic.
fn assignment(gain: &[Vec<f64>]) -> f64 {
    let size = gain.len();
    let (mut rows, mut columns) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut from = vec![0; size + 1];
        let mut seen = vec![false; size + 1];
        let mut at = 0;
        while row_of[at] != 0 {
            seen[at] = true;
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for column in 1..=size {
                if seen[column] {
                    continue;
                }
                let here = row_of[at];
                let cost = -gain[here - 1][column - 1] - rows[here] - columns[column];
                if cost < least[column] {
                    least[column] = cost;
                    from[column] = at;
                }
                if least[column] < delta {
                    delta = least[column];
                    next = column;
                }
            }
            for column in 0..=size {
                if seen[column] {
                    rows[row_of[column]] += delta;
                    columns[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[from[at]];
            at = from[at];
        }
    }
    (1..=size).map(|column| gain[row_of[column] - 1][column - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &[Chain], found: &[Chain], measure: Measure, expected: [f64; 2]) {
        let mut tally = Tally::default();
        tally.add(gold, found);
        let [p, r, _] = tally.scores(measure);
        assert!((p - expected[0]).abs() < 0.01 && (r - expected[1]).abs() < 0.01, "{p} {r}");
    }

    /// The worked example of Bagga and Baldwin (1998), figure 1.
    #[test]
    fn as_the_papers_have_it() {
        let gold = [vec![1, 2, 3, 4, 5], vec![6, 7], vec![8, 9, 10, 11, 12]];
        let found = [vec![1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11, 12]];
        check(&gold, &found, Measure::Muc, [90.0, 100.0]);
        check(&gold, &found, Measure::BCubed, [76.19, 100.0]);
        check(&gold, &gold, Measure::CeafE, [100.0, 100.0]);
        check(&gold, &found, Measure::CeafE, [91.67, 61.11]);
    }

    #[test]
    fn the_best_alignment_is_not_the_greedy_one() {
        assert!((assignment(&[vec![3.0, 2.0], vec![2.0, 0.0]]) - 4.0).abs() < 1e-9);
        assert!(assignment(&[]).abs() < f64::EPSILON);
    }
}
