//! Reports as weighted words, and how alike two are.

use super::background::specificity;
use super::bag::{Bag, Word};

/// A vector of unit length: (term, weight), by term.
pub(super) type Vector = Vec<(u64, f64)>;

/// The weights of a bag's words, a vector of unit length: (1 + ln tf) times how rare each word is
/// in news at large.
pub(super) fn weights(bag: &Bag) -> Box<[f64]> {
    let weighed = bag.iter().map(|(term, word)| (term, frequency(word) * specificity(term)));
    unit(weighed.collect()).into_iter().map(|(_, weight)| weight).collect()
}

/// A bag with the weights of its words, which are kept without their terms: half of a vector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed<'v> {
    /// The words.
    pub(super) bag: &'v Bag,
    /// Their weights, in the same order.
    pub(super) weights: &'v [f64],
}

impl<'v> Weighed<'v> {
    /// The terms with their weights, by term.
    pub(super) fn iter(self) -> impl Iterator<Item = (u64, f64)> + 'v {
        self.bag.iter().map(|(term, _)| term).zip(self.weights.iter().copied())
    }

    /// The cosine of two reports.
    pub(super) fn cosine(self, other: Self) -> f64 {
        shared(self.iter(), other.iter()).map(|(_, product)| product).sum()
    }
}

/// 1 + ln of the count.
pub(super) fn frequency(word: &Word) -> f64 {
    1.0 + f64::from(word.count()).ln()
}

/// `weights` scaled to unit length; all zero stays so.
pub(super) fn unit(mut weights: Vector) -> Vector {
    let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        weights.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    weights
}

/// The terms that both have, with the product of their weights. Linear in both lengths.
pub(super) fn shared(
    a: impl Iterator<Item = (u64, f64)>,
    b: impl Iterator<Item = (u64, f64)>,
) -> impl Iterator<Item = (u64, f64)> {
    let mut right = b.peekable();
    a.filter_map(move |(term, weight)| {
        while right.next_if(|(other, _)| *other < term).is_some() {}
        right.next_if(|(other, _)| *other == term).map(|(_, other)| (term, weight * other))
    })
}

/// The cosine of two vectors of unit length.
pub(super) fn cosine(a: &Vector, b: &Vector) -> f64 {
    shared(a.iter().copied(), b.iter().copied()).map(|(_, product)| product).sum()
}
