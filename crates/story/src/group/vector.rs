//! Reports as weighted words, and how alike two are.

use super::background::specificity;
use super::bag::{Bag, Word};

/// A vector of unit length: (term, weight), by term.
pub(super) type Vector = Vec<(u64, f64)>;

/// The vector of a bag by (1 + ln tf) times how rare each word is in news at large.
pub(super) fn vector(bag: &Bag) -> Vector {
    unit(bag.iter().map(|(term, word)| (term, frequency(word) * specificity(term))).collect())
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
pub(super) fn shared<'v>(a: &'v Vector, b: &'v Vector) -> impl Iterator<Item = (u64, f64)> + 'v {
    let mut right = b.iter().peekable();
    a.iter().filter_map(move |&(term, weight)| {
        while right.next_if(|(other, _)| *other < term).is_some() {}
        right.next_if(|(other, _)| *other == term).map(|(_, other)| (term, weight * other))
    })
}

/// The cosine of two vectors of unit length.
pub(super) fn cosine(a: &Vector, b: &Vector) -> f64 {
    shared(a, b).map(|(_, product)| product).sum()
}
