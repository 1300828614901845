//! B³: for each item, how much of its cluster is its class, and how much of its class its cluster.

use std::collections::BTreeMap;

use crate::Metric;

/// Precision and recall, each the mean over items, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BCubed {
    precision: f64,
    recall: f64,
}

/// Scores clusters against classes. An item that is in no cluster is a cluster of its own. Linear.
#[expect(clippy::cast_precision_loss, reason = "collections are far below 2^52")]
pub(super) fn bcubed(found: &BTreeMap<String, usize>, gold: &BTreeMap<String, String>) -> BCubed {
    let mut clusters: BTreeMap<usize, f64> = BTreeMap::new();
    let mut classes: BTreeMap<&str, f64> = BTreeMap::new();
    let mut both: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for (item, class) in gold {
        *classes.entry(class).or_default() += 1.0;
        if let Some(&cluster) = found.get(item) {
            *clusters.entry(cluster).or_default() += 1.0;
            *both.entry((cluster, class)).or_default() += 1.0;
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (item, class) in gold {
        let cluster = found.get(item);
        let own = cluster.map_or(1.0, |&cluster| clusters[&cluster]);
        let hits = cluster.map_or(1.0, |&cluster| both[&(cluster, class.as_str())]);
        precision += hits / own;
        recall += hits / classes[class.as_str()];
    }
    let count = gold.len().max(1) as f64;
    BCubed { precision: precision / count, recall: recall / count }
}

impl BCubed {
    /// The harmonic mean, in per cent.
    pub(super) fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 200.0 * self.precision * self.recall / sum } else { 0.0 }
    }

    /// Precision, recall and F1 in per cent, called `NAME B3 P` and so on.
    pub(super) fn metrics(self, name: &str) -> [Metric; 3] {
        [("P", 100.0 * self.precision), ("R", 100.0 * self.recall), ("F1", self.f1())]
            .map(|(which, value)| Metric::new(format!("{name} B3 {which}"), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked`: clusters between bars, each item named by its class: `aab|b`. `-` stands before
    /// an item that was not placed.
    #[track_caller]
    fn check(marked: &str, expected: (f64, f64)) {
        let mut found = BTreeMap::new();
        let mut gold = BTreeMap::new();
        for (cluster, items) in marked.split('|').enumerate() {
            let placed = !items.starts_with('-');
            for class in items.trim_start_matches('-').chars() {
                let item = gold.len().to_string();
                if placed {
                    found.insert(item.clone(), cluster);
                }
                gold.insert(item, class.to_string());
            }
        }
        let BCubed { precision, recall } = bcubed(&found, &gold);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(precision, expected.0) && near(recall, expected.1), "{precision} {recall}");
    }

    #[test]
    fn precision_is_over_clusters_and_recall_over_classes() {
        check("aa|bb", (1.0, 1.0));
        check("aabb", (0.5, 1.0));
        check("a|a|b|b", (1.0, 0.5));
        check("aab|b", (2.0 / 3.0 * 0.5 + 1.0 / 3.0 * 0.25 + 0.25, 0.5 + 0.25));
        check("aa|-bb", (1.0, 0.75));
        check("", (0.0, 0.0));
    }
}
