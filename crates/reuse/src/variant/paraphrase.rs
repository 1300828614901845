//! Whether two wordings say the same.

use std::collections::BTreeSet;

use stemma_text::{fold, words};

use super::alter::{Alteration, alterations};
use super::said::weight;
use crate::diff::pairs;
use crate::stream::fingerprint;

/// The cosine of two quantised vectors; none where either is missing or of another length.
#[must_use]
pub fn cosine(a: &[i8], b: &[i8]) -> Option<f32> {
    if a.is_empty() || a.len() != b.len() {
        return None;
    }
    let dot = |x: &[i8], y: &[i8]| -> i64 {
        x.iter().zip(y).map(|(&x, &y)| i64::from(x) * i64::from(y)).sum()
    };
    let lengths = dot(a, a) * dot(b, b);
    #[expect(clippy::cast_precision_loss, reason = "a cosine needs no more than 24 bits")]
    (lengths > 0).then(|| dot(a, b) as f32 / (lengths as f32).sqrt())
}

/// What two wordings have in common, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// Weighed words in common over those of the shorter.
    pub shorter: f32,
    /// The same over those of the longer.
    pub longer: f32,
    /// The same in common order, over those of the longer.
    pub in_order: f32,
    /// Pairs of neighbouring words in common over those of the longer.
    pub neighbours: f32,
    /// Words of the shorter over words of the longer.
    pub length: f32,
    /// 1 where the numbers differ.
    pub numbers: f32,
    /// 1 where one denies and the other does not.
    pub negation: f32,
    /// The cosine of the vectors, where both are known.
    pub cosine: Option<f32>,
}

impl Closeness {
    /// The closeness of two texts with their vectors, in time linear in mostly equal texts.
    #[must_use]
    pub fn of(a: &str, b: &str, vectors: (&[i8], &[i8])) -> Self {
        let (prints_a, prints_b) = (prints(a), prints(b));
        let (all_a, all_b) = (weigh(&prints_a), weigh(&prints_b));
        let (set_a, set_b) = (set(&prints_a), set(&prints_b));
        let common: f32 = set_a.intersection(&set_b).map(|&print| weight(print)).sum();
        let (in_a, in_b): (f32, f32) =
            (set_a.iter().map(|&p| weight(p)).sum(), set_b.iter().map(|&p| weight(p)).sum());
        let order: f32 =
            pairs(&prints_a, &prints_b, |print| if weight(print) > 1.0 { 3 } else { 1 })
                .iter()
                .map(|&(i, _)| weight(prints_a[i]))
                .sum();
        let found = alterations(a, b);
        let flag = |alteration| f32::from(u8::from(found.contains(&alteration)));
        Self {
            shorter: ratio(common, in_a.min(in_b)),
            longer: ratio(common, in_a.max(in_b)),
            in_order: ratio(order, all_a.max(all_b)),
            neighbours: neighbours(&prints_a, &prints_b),
            length: ratio(all_a.min(all_b), all_a.max(all_b)),
            numbers: flag(Alteration::Number),
            negation: flag(Alteration::Negation),
            cosine: cosine(vectors.0, vectors.1),
        }
    }

    /// How likely the two say the same, from 0 to 1: a logistic model of the features, trained on
    /// the 3,576 training pairs of the Microsoft Research Paraphrase Corpus (Dolan and Brockett
    /// 2005) by `crates/reuse/dev/paraphrase.py`; scores in docs/accuracy/reuse.md.
    #[must_use]
    pub fn probability(&self) -> f32 {
        let weights = if self.cosine.is_some() { WITH_VECTOR } else { WITHOUT_VECTOR };
        let features = [
            1.0,
            self.shorter,
            self.longer,
            self.in_order,
            self.neighbours,
            self.length,
            self.numbers,
            self.negation,
            self.cosine.unwrap_or(0.0),
        ];
        let sum: f32 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// Whether the two say the same, at the threshold with the best F1 on the training pairs.
    #[must_use]
    pub fn same(&self) -> bool {
        self.probability() >= THRESHOLD
    }
}

/// Weights of the constant and the features in their order.
const WITHOUT_VECTOR: [f32; 9] = [-3.662, 0.454, 3.55, 2.693, -0.342, 1.09, -0.517, -1.235, 0.0];
const WITH_VECTOR: [f32; 9] = [-3.662, 0.454, 3.55, 2.693, -0.342, 1.09, -0.517, -1.235, 0.0];
const THRESHOLD: f32 = 0.41;

fn prints(text: &str) -> Vec<u32> {
    words(text).map(|word| fingerprint(&fold(word.of_text(text)))).collect()
}

fn weigh(prints: &[u32]) -> f32 {
    prints.iter().map(|&print| weight(print)).sum()
}

fn set(prints: &[u32]) -> BTreeSet<u32> {
    prints.iter().copied().collect()
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "quotations are far shorter than 2^24 words")]
fn neighbours(a: &[u32], b: &[u32]) -> f32 {
    let two = |prints: &[u32]| -> BTreeSet<(u32, u32)> {
        prints.windows(2).map(|two| (two[0], two[1])).collect()
    };
    let (a, b) = (two(a), two(b));
    ratio(a.intersection(&b).count() as f32, a.len().max(b.len()) as f32)
}
