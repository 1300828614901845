//! Sentence vectors: kept apart from the annotations, so that neither is read for the other.

use stemma_model::{Annotations, Sentence};

/// The vectors of one document's sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vectors {
    /// Axes of each vector; 0 if there are none.
    pub dimensions: usize,
    /// One signed byte an axis, sentence after sentence.
    pub axes: Vec<i8>,
}

impl Vectors {
    /// Takes the vectors out of `annotations`. If the sentences disagree on how many axes there
    /// are, nothing is taken.
    pub fn take_from(annotations: &mut Annotations) -> Self {
        let dimensions = annotations.sentences.first().map_or(0, |first| first.vector.len());
        if annotations.sentences.iter().any(|sentence| sentence.vector.len() != dimensions) {
            return Self::default();
        }
        let take = |sentence: &mut Sentence| std::mem::take(&mut sentence.vector);
        let axes = annotations.sentences.iter_mut().flat_map(take).collect();
        Self { dimensions, axes }
    }

    /// Puts the vectors back.
    pub fn give_to(&self, annotations: &mut Annotations) {
        for (sentence, vector) in annotations.sentences.iter_mut().zip(self.iter()) {
            sentence.vector = vector.to_vec();
        }
    }

    /// The vectors, in the order of the sentences.
    pub fn iter(&self) -> impl Iterator<Item = &[i8]> {
        self.axes.chunks_exact(self.dimensions.max(1))
    }

    /// The axes as stored.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.axes.iter().map(|&axis| axis.cast_unsigned()).collect()
    }

    /// What [`Self::bytes`] gave.
    pub(crate) fn from_bytes(dimensions: usize, bytes: &[u8]) -> Self {
        Self { dimensions, axes: bytes.iter().map(|&byte| byte.cast_signed()).collect() }
    }

    /// The sign of each axis as a bit, each vector padded to whole bytes.
    pub(crate) fn signs(&self) -> Vec<u8> {
        self.iter().flat_map(signs).collect()
    }
}

/// The sign of each axis as a bit (set when positive), padded to whole bytes.
pub(crate) fn signs(vector: &[i8]) -> Vec<u8> {
    let bit = |(i, &axis): (usize, &i8)| u8::from(axis > 0) << i;
    vector.chunks(8).map(|part| part.iter().enumerate().map(bit).sum()).collect()
}

/// In how many bits two strings of signs differ.
pub(crate) fn differing(a: &[u8], b: &[u8]) -> u32 {
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    let words = a8
        .iter()
        .zip(b8)
        .map(|(a, b)| (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)).count_ones());
    let bytes = a_rest.iter().zip(b_rest).map(|(a, b)| (a ^ b).count_ones());
    words.sum::<u32>() + bytes.sum::<u32>()
}

/// The cosine of two vectors; 0 if either has no length.
pub(crate) fn cosine(a: &[i8], b: &[i8]) -> f32 {
    let dot = |a: &[i8], b: &[i8]| -> i32 {
        a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
    };
    let norm = (dot(a, a) as f32).sqrt() * (dot(b, b) as f32).sqrt();
    if norm > 0.0 { dot(a, b) as f32 / norm } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vector() -> impl Strategy<Value = Vec<i8>> {
        proptest::collection::vec(-127_i8..=127, 100)
    }

    proptest! {
        #[test]
        fn signs_agree_with_counting(a in vector(), b in vector()) {
            let expected = a.iter().zip(&b).filter(|(a, b)| (**a > 0) != (**b > 0)).count();
            prop_assert_eq!(differing(&signs(&a), &signs(&b)) as usize, expected);
        }

        #[test]
        fn cosine_is_symmetric_and_bounded(a in vector(), b in vector()) {
            prop_assert_eq!(cosine(&a, &b).to_bits(), cosine(&b, &a).to_bits());
            prop_assert!(cosine(&a, &b).abs() <= 1.0001);
        }
    }
}
