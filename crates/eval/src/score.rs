//! What a suite measures.

use std::fmt;

use serde::Serialize;

/// The scores of one suite on one corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// The suite's name.
    pub suite: &'static str,
    /// SHA-256 over the corpus's files, so that a figure names what it was measured on.
    pub corpus: String,
    /// How many documents were scored.
    pub documents: usize,
    /// The figures, in the suite's own order.
    pub metrics: Vec<Metric>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// What it measures: `content exact F1`.
    pub name: String,
    /// Its value, in per cent unless the name says otherwise.
    pub value: f64,
}

impl Scores {
    /// The value of the metric called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.metrics.iter().find(|metric| metric.name == name).map(|metric| metric.value)
    }
}

impl Metric {
    /// A figure with its name.
    #[must_use]
    pub fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value }
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width =
            self.metrics.iter().map(|metric| metric.name.chars().count()).max().unwrap_or(0);
        writeln!(f, "{}: {} documents, corpus {}", self.suite, self.documents, &self.corpus[..12])?;
        for Metric { name, value } in &self.metrics {
            writeln!(f, "  {name:width$}  {value:6.2}")?;
        }
        Ok(())
    }
}

/// Counts of what was predicted, what is gold, and what of both agrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predictions that agree with gold.
    pub hits: usize,
    /// Predictions.
    pub predicted: usize,
    /// Gold items.
    pub gold: usize,
}

impl Counts {
    /// Hits over predictions, in per cent; 0 where nothing was predicted.
    #[must_use]
    pub fn precision(self) -> f64 {
        percent(self.hits, self.predicted)
    }

    /// Hits over gold, in per cent; 0 where there is no gold.
    #[must_use]
    pub fn recall(self) -> f64 {
        percent(self.hits, self.gold)
    }

    /// The harmonic mean of precision and recall, in per cent.
    #[must_use]
    pub fn f1(self) -> f64 {
        percent(2 * self.hits, self.predicted + self.gold)
    }

    /// Precision, recall and F1 as three metrics called `NAME P`, `NAME R` and `NAME F1`.
    #[must_use]
    pub fn metrics(self, name: &str) -> [Metric; 3] {
        [("P", self.precision()), ("R", self.recall()), ("F1", self.f1())]
            .map(|(which, value)| Metric::new(format!("{name} {which}"), value))
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

/// How much two stretches, in code points, both cover.
pub(crate) fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// The share of what either of two stretches covers that both cover: the Jaccard index of
/// `Span::jaccard`, for stretches in code points.
#[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52")]
pub(crate) fn jaccard(a: (usize, usize), b: (usize, usize)) -> f64 {
    let both = overlap(a, b);
    let either = (a.1 - a.0) + (b.1 - b.0) - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// `part` of `whole` in per cent; 0 of nothing is 0.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let counts = Counts { hits: 3, predicted: 4, gold: 6 };
        let (p, r) = (counts.precision(), counts.recall());
        assert!((counts.f1() - 2.0 * p * r / (p + r)).abs() < 1e-9);
        assert!(Counts::default().f1().abs() < f64::EPSILON);
    }

    #[test]
    fn stretches_share_what_both_cover() {
        assert!((jaccard((0, 10), (5, 15)) - 1.0 / 3.0).abs() < 1e-9);
        assert!(jaccard((0, 0), (3, 3)).abs() < 1e-9);
    }
}
