//! The peer: plain TF-IDF with average link, as anyone would try first.
//!
//! Words folded, (1 + ln tf) · ln(N / df) over the collection itself, cosine, and UPGMA (Sokal and
//! Michener 1958) over all pairs until no two clusters are as alike as a threshold.

use std::collections::BTreeMap;

use stemma_text::{fold, words};

use super::Report;

/// Average cosine at which clusters are one. The best of .05, .06 … .29 on ECB+ topics 1 to 20.
const THRESHOLD: f64 = 0.14;

/// The cluster of each report. O(n³) for n reports.
pub(super) fn stories(reports: &[Report]) -> BTreeMap<String, usize> {
    let vectors = vectors(reports);
    let clusters = average_link(&likenesses(&vectors), THRESHOLD);
    let placed = clusters.iter().enumerate().flat_map(|(at, cluster)| {
        cluster.iter().map(move |&report| (reports[report].id.clone(), at))
    });
    placed.collect()
}

type Vector = BTreeMap<String, f64>;

#[expect(clippy::cast_precision_loss, reason = "collections are far below 2^52")]
fn vectors(reports: &[Report]) -> Vec<Vector> {
    let counts: Vec<BTreeMap<String, f64>> = reports.iter().map(counts).collect();
    let mut having: BTreeMap<&str, f64> = BTreeMap::new();
    for word in counts.iter().flat_map(BTreeMap::keys) {
        *having.entry(word).or_default() += 1.0;
    }
    let weigh = |(word, count): (&String, &f64)| {
        let idf = (reports.len() as f64 / having[word.as_str()]).ln();
        (word.clone(), (1.0 + count.ln()) * idf)
    };
    counts.iter().map(|counts| unit(counts.iter().map(weigh).collect())).collect()
}

fn counts(report: &Report) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for text in report.title.iter().chain([&report.text]) {
        for word in words(text) {
            *counts.entry(fold(word.of_text(text))).or_default() += 1.0;
        }
    }
    counts
}

fn unit(mut vector: Vector) -> Vector {
    let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.values_mut().for_each(|weight| *weight /= length);
    }
    vector
}

fn likenesses(vectors: &[Vector]) -> Vec<Vec<f64>> {
    let cosine = |a: &Vector, b: &Vector| {
        a.iter().filter_map(|(word, weight)| Some(weight * b.get(word)?)).sum()
    };
    vectors.iter().map(|a| vectors.iter().map(|b| cosine(a, b)).collect()).collect()
}

/// Merges the two clusters that are most alike on average until none are as alike as `threshold`.
#[expect(clippy::cast_precision_loss, reason = "collections are far below 2^52")]
fn average_link(likeness: &[Vec<f64>], threshold: f64) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = (0..likeness.len()).map(|item| vec![item]).collect();
    let mut sums = likeness.to_vec();
    loop {
        let mut best = (threshold, None);
        for a in 0..clusters.len() {
            for b in 0..a {
                let average = sums[a][b] / (clusters[a].len() * clusters[b].len()) as f64;
                if average > best.0 {
                    best = (average, Some((b, a)));
                }
            }
        }
        let Some((into, from)) = best.1 else { return clusters };
        let moved = clusters.remove(from);
        clusters[into].extend(moved);
        let row = sums.remove(from);
        sums.iter_mut().for_each(|sums| {
            let sum = sums.remove(from);
            sums[into] += sum;
        });
        for (at, sum) in row.into_iter().enumerate().filter(|&(at, _)| at != from) {
            sums[into][at - usize::from(at > from)] += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_bridge_does_not_chain() {
        let likeness = [
            vec![1.0, 0.9, 0.1, 0.0],
            vec![0.9, 1.0, 0.3, 0.1],
            vec![0.1, 0.3, 1.0, 0.8],
            vec![0.0, 0.1, 0.8, 1.0],
        ];
        assert_eq!(average_link(&likeness, 0.2), [vec![0, 1], vec![2, 3]]);
        assert_eq!(average_link(&likeness, 0.1), [vec![0, 1, 2, 3]]);
        assert_eq!(average_link(&likeness, 0.95).len(), 4);
    }

    #[test]
    fn reports_meet_by_the_words_that_few_have() {
        let report = |id: &str, text: &str| Report {
            id: id.to_owned(),
            title: None,
            outlet: None,
            published: None,
            text: text.to_owned(),
            story: String::new(),
        };
        let found = stories(&[
            report("a", "the ferry sank"),
            report("b", "the budget fell"),
            report("c", "late the ferry sank"),
        ]);
        assert!(found["a"] == found["c"] && found["a"] != found["b"], "{found:?}");
    }
}
