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

/// What two wordings have in common; each from 0 to 1 but for the last two.
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
    /// Runs of three words in common over those of the shorter.
    pub threes: f32,
    /// The weight of the shorter over that of the longer.
    pub length: f32,
    /// 1 where the numbers differ.
    pub numbers: f32,
    /// 1 where one denies and the other does not.
    pub negation: f32,
    /// By how many words one is longer than the other, in tens.
    pub longer_by: f32,
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
            neighbours: runs::<2>(&prints_a, &prints_b, usize::max),
            threes: runs::<3>(&prints_a, &prints_b, usize::min),
            length: ratio(all_a.min(all_b), all_a.max(all_b)),
            numbers: flag(Alteration::Number),
            negation: flag(Alteration::Negation),
            longer_by: count(prints_a.len().abs_diff(prints_b.len())) / 10.0,
            cosine: cosine(vectors.0, vectors.1),
        }
    }

    /// The constant 1 and the features in their order; a cosine that is not known is 0.
    #[must_use]
    pub fn features(&self) -> [f32; FEATURES] {
        [
            1.0,
            self.shorter,
            self.longer,
            self.in_order,
            self.neighbours,
            self.threes,
            self.length,
            self.numbers,
            self.negation,
            self.longer_by,
            self.cosine.unwrap_or(0.0),
        ]
    }

    /// How likely the two say the same, from 0 to 1: a logistic model of the features, trained on
    /// the 3,576 training pairs of the Microsoft Research Paraphrase Corpus (Dolan and Brockett
    /// 2005) by `crates/reuse/dev/paraphrase.py`; scores in docs/accuracy/reuse.md.
    #[must_use]
    pub fn probability(&self) -> f32 {
        let sum: f32 =
            self.features().iter().zip(self.model().weights).map(|(x, weight)| x * weight).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn model(&self) -> &'static Model {
        if self.cosine.is_some() { &WORDS_AND_VECTORS } else { &WORDS }
    }

    /// Whether the two say the same, at the threshold with the best F1 in ten-fold cross-validation on
    /// the training pairs.
    #[must_use]
    pub fn same(&self) -> bool {
        self.probability() >= self.model().threshold
    }
}

/// Features of a pair, the constant among them.
pub const FEATURES: usize = 11;

/// A logistic model and the probability from which on it says yes.
struct Model {
    weights: [f32; FEATURES],
    threshold: f32,
}

/// Trained without the cosine, for texts whose vectors are not known.
static WORDS: Model = Model {
    weights: [-2.212, 1.998, 2.989, 3.518, 2.063, -2.86, -1.364, -0.498, -0.96, -1.45, 0.0],
    threshold: 0.36,
};
static WORDS_AND_VECTORS: Model = Model {
    weights: [-2.959, 1.363, 2.402, 3.361, 1.911, -2.706, -1.878, -0.588, -0.928, -1.635, 2.673],
    threshold: 0.47,
};

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

/// Runs of `N` words that both have, over the different runs of one of them.
fn runs<const N: usize>(a: &[u32], b: &[u32], of: impl Fn(usize, usize) -> usize) -> f32 {
    let distinct =
        |prints: &[u32]| -> BTreeSet<[u32; N]> { prints.array_windows().copied().collect() };
    let (a, b) = (distinct(a), distinct(b));
    ratio(count(a.intersection(&b).count()), count(of(a.len(), b.len())))
}

#[expect(clippy::cast_precision_loss, reason = "quotations are far shorter than 2^24 words")]
fn count(count: usize) -> f32 {
    count as f32
}
