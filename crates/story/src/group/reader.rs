//! What a reader said of pairs of reports, and its last word.
//!
//! "Same" is transitive: reports that a chain of it joins are one *unit*, which no stage parts.
//! "Not the same" then holds between the whole units of its two reports. Where the two contradict
//! each other, "not the same" holds, and the "same" that would break it does not.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Correction, DocumentId};

/// What a reader said, by index of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct Constraints {
    /// Pairs that are one, as said.
    pub(super) same: Vec<(usize, usize)>,
    /// Pairs that are not, as said.
    pub(super) apart: Vec<(usize, usize)>,
    /// The unit of each report that was said to be one with others: its first member.
    unit: BTreeMap<usize, usize>,
    /// Pairs of units that are not one, both ways round.
    units_apart: BTreeSet<(usize, usize)>,
}

impl Constraints {
    /// The corrections that are about stories of the reports in `at`.
    pub(super) fn of(corrections: &[Correction], at: &BTreeMap<DocumentId, usize>) -> Self {
        let mut said = Self::default();
        for correction in corrections {
            let (list, a, b) = match correction {
                Correction::SameStory { a, b } => (&mut said.same, a, b),
                Correction::NotSameStory { a, b } => (&mut said.apart, a, b),
                Correction::SamePerson { .. }
                | Correction::NotSamePerson { .. }
                | Correction::Speaker { .. }
                | Correction::Ignore { .. } => continue,
            };
            if let (Some(&a), Some(&b)) = (at.get(a), at.get(b)) {
                list.push((a.min(b), a.max(b)));
            }
        }
        said.settled()
    }

    /// The same with its units. The pairs are taken in order of their reports' ids, so that what holds
    /// does not depend on the order in which they were said.
    fn settled(mut self) -> Self {
        self.same.sort_unstable();
        self.apart.sort_unstable();
        for &(a, b) in &self.apart {
            self.units_apart.extend([(a, b), (b, a)]);
        }
        for (a, b) in self.same.clone() {
            let (a, b) = (self.unit(a), self.unit(b));
            if a != b && !self.units_apart.contains(&(a, b)) {
                self.join(a.min(b), a.max(b));
            }
        }
        self
    }

    /// Makes the unit `from` one with `into`.
    fn join(&mut self, into: usize, from: usize) {
        self.unit.entry(into).or_insert(into);
        self.unit.entry(from).or_insert(from);
        self.unit.values_mut().filter(|unit| **unit == from).for_each(|unit| *unit = into);
        let renamed = |unit: usize| if unit == from { into } else { unit };
        self.units_apart =
            self.units_apart.iter().map(|&(a, b)| (renamed(a), renamed(b))).collect();
    }

    /// The unit of a report: itself where nobody said that it is one with another.
    fn unit(&self, report: usize) -> usize {
        self.unit.get(&report).copied().unwrap_or(report)
    }

    /// The reports that are one with others: each with the first of its unit.
    pub(super) fn joined(&self) -> impl Iterator<Item = (usize, usize)> {
        self.unit.iter().map(|(&report, &unit)| (unit, report)).filter(|(unit, i)| unit != i)
    }

    /// Whether two sets of reports may not be one.
    pub(super) fn forbid(&self, a: &[usize], b: &[usize]) -> bool {
        !self.units_apart.is_empty() && {
            let units: BTreeSet<usize> = b.iter().map(|&report| self.unit(report)).collect();
            let mut left = a.iter().map(|&report| self.unit(report));
            left.any(|unit| {
                let rivals = self.units_apart.range((unit, 0)..=(unit, usize::MAX));
                rivals.into_iter().any(|(_, rival)| units.contains(rival))
            })
        }
    }
}

/// Puts together what a reader put together, and apart what they put apart, whatever the reports
/// say: the clusters of the reports of a unit are one, unless a reader put other reports of theirs
/// apart; then the unit alone lies where its first report does. Of two units that are not one the
/// later leaves.
pub(super) fn obey(clusters: Vec<Vec<usize>>, said: &Constraints) -> Vec<Vec<usize>> {
    let clusters = join_clusters(clusters, said);
    let home: BTreeMap<usize, usize> =
        clusters.iter().enumerate().flat_map(|(at, c)| c.iter().map(move |&i| (i, at))).collect();
    let mut obeyed: BTreeMap<(usize, Option<usize>), Vec<usize>> = BTreeMap::new();
    let mut kept: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &report in home.keys() {
        let unit = said.unit(report);
        let at = home[&unit];
        let stays = kept.entry(at).or_default();
        let leaves = said.forbid(&[unit], stays);
        if !leaves {
            stays.push(unit);
        }
        obeyed.entry((at, leaves.then_some(unit))).or_default().push(report);
    }
    let mut clusters: Vec<Vec<usize>> = obeyed.into_values().collect();
    clusters.sort_unstable();
    clusters
}

/// The clusters, those that share a unit made one where nothing forbids it.
fn join_clusters(mut clusters: Vec<Vec<usize>>, said: &Constraints) -> Vec<Vec<usize>> {
    for (unit, report) in said.joined() {
        let home = |i: usize| clusters.iter().position(|cluster| cluster.contains(&i));
        if let (Some(x), Some(y)) = (home(unit), home(report))
            && x != y
            && !said.forbid(&clusters[x], &clusters[y])
        {
            let moved = std::mem::take(&mut clusters[x.max(y)]);
            clusters[x.min(y)].extend(moved);
        }
    }
    clusters
}
