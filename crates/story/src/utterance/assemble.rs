//! From pairs to groups that hold at most one quotation of each document.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::DocumentId;

use super::Saying;

/// Groups one quotation may belong to: a report splices two or three sayings, not more; bounds
/// what a much repeated phrase can cost.
const MOST_GROUPS: usize = 4;

/// Groups of indices, each sorted, in order of first member; every index in one at least.
pub(super) fn groups(
    sayings: &[Saying],
    pairs: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let mut assembly = Assembly::new(sayings);
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let pairs: Vec<(usize, usize)> = pairs.collect();
    for &(a, b) in &pairs {
        neighbours.entry(a).or_default().insert(b);
        neighbours.entry(b).or_default().insert(a);
    }
    for (a, b) in pairs {
        assembly.add(a, b, &neighbours);
    }
    let mut groups: Vec<Vec<usize>> =
        assembly.groups.into_iter().map(|group| group.into_values().collect()).collect();
    let single = (0..sayings.len()).filter(|at| !neighbours.contains_key(at));
    groups.extend(single.map(|at| vec![at]));
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups.dedup();
    groups
}

struct Assembly<'a> {
    sayings: &'a [Saying],
    groups: Vec<BTreeMap<DocumentId, usize>>,
    /// The groups that hold each quotation.
    homes: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Assembly<'a> {
    fn new(sayings: &'a [Saying]) -> Self {
        Self { sayings, groups: Vec::new(), homes: BTreeMap::new() }
    }

    fn homes(&self, quote: usize) -> Vec<usize> {
        self.homes.get(&quote).cloned().unwrap_or_default()
    }

    /// Puts a pair where both are together: into every group of either that has no other quotation
    /// of the document; else into a group of its own, with those that relate to both.
    fn add(&mut self, a: usize, b: usize, neighbours: &BTreeMap<usize, BTreeSet<usize>>) {
        let (with_a, with_b) = (self.homes(a), self.homes(b));
        if with_a.iter().any(|group| with_b.contains(group)) {
            return;
        }
        for (groups, guest) in [(&with_a, b), (&with_b, a)] {
            let document = self.sayings[guest].document;
            let open: Vec<usize> = groups
                .iter()
                .copied()
                .filter(|&group| !self.groups[group].contains_key(&document))
                .collect();
            if !open.is_empty() {
                open.into_iter().for_each(|group| self.put(group, guest));
                return;
            }
        }
        if with_a.len().max(with_b.len()) < MOST_GROUPS {
            self.open(a, b, neighbours);
        }
    }

    fn open(&mut self, a: usize, b: usize, neighbours: &BTreeMap<usize, BTreeSet<usize>>) {
        let group = self.groups.len();
        self.groups.push(BTreeMap::new());
        self.put(group, a);
        self.put(group, b);
        let relatives = |quote: usize| neighbours.get(&quote).into_iter().flatten().copied();
        let companions: BTreeSet<usize> = relatives(a).chain(relatives(b)).collect();
        for companion in companions {
            let document = self.sayings[companion].document;
            let full = self.homes(companion).len() >= MOST_GROUPS;
            let settled = !self.homes(companion).is_empty();
            if settled && !full && !self.groups[group].contains_key(&document) {
                self.put(group, companion);
            }
        }
    }

    fn put(&mut self, group: usize, quote: usize) {
        self.groups[group].insert(self.sayings[quote].document, quote);
        self.homes.entry(quote).or_default().push(group);
    }
}
