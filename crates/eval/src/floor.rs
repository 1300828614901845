//! Quality floors: what a score may not fall below.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Scores;

/// The floors file: for each suite and corpus digest, the least that each metric may be.
///
/// ```toml
/// [[floor]]
/// suite = "polnear"
/// corpus = "3fa0…"
/// about = "PolNeAR dev"
/// at_least = { "content exact F1" = 68.0 }
/// ```
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    floor: Vec<Floor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    suite: String,
    corpus: String,
    #[serde(rename = "about")]
    _about: String,
    at_least: BTreeMap<String, f64>,
}

impl Floors {
    /// The floors that the project pins.
    ///
    /// # Panics
    /// If the file in the repository is malformed, which a test rules out.
    #[must_use]
    pub fn pinned() -> Self {
        toml::from_str(include_str!("../floors.toml")).expect("floors.toml is well formed")
    }

    /// Every metric of `scores` that lies under its floor, in words. Empty also where the project
    /// pins no floor for this corpus.
    #[must_use]
    pub fn broken(&self, scores: &Scores) -> Vec<String> {
        let of_corpus =
            |floor: &&Floor| floor.suite == scores.suite && floor.corpus == scores.corpus;
        let floors = self.floor.iter().filter(of_corpus).flat_map(|floor| &floor.at_least);
        floors.filter_map(|(name, least)| complaint(scores, name, *least)).collect()
    }

    /// Whether the project pins a floor for this suite on this corpus.
    #[must_use]
    pub fn covers(&self, scores: &Scores) -> bool {
        self.floor.iter().any(|floor| floor.suite == scores.suite && floor.corpus == scores.corpus)
    }
}

fn complaint(scores: &Scores, name: &str, least: f64) -> Option<String> {
    match scores.get(name) {
        Some(value) if value >= least => None,
        Some(value) => {
            Some(format!("{}: {name} is {value:.2}, the floor {least:.2}", scores.suite))
        }
        None => Some(format!("{}: there is no metric `{name}`", scores.suite)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metric;

    #[test]
    fn a_score_under_its_floor_is_named() {
        let text = "[[floor]]\nsuite='s'\ncorpus='c'\nabout=''\nat_least={a=50.0,b=1.0,z=0.0}";
        let floors: Floors = toml::from_str(text).unwrap();
        let metrics = vec![Metric::new("a", 49.9), Metric::new("b", 1.0)];
        let scores = Scores { suite: "s", corpus: "c".into(), documents: 1, metrics };
        assert_eq!(
            floors.broken(&scores),
            ["s: a is 49.90, the floor 50.00", "s: there is no metric `z`"]
        );
        assert!(!Floors::pinned().covers(&scores));
    }
}
