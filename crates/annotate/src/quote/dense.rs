//! A small network over the pipeline's contextual vectors.
//!
//! One hidden layer over the vectors of a token, its neighbours, its head and the possible cues
//! above, before and after it; its outputs join the scores of the sparse features. It is trained
//! together with them, in `xtask`.

use std::ops::Range;

use stemma_english::product;

use super::columns::{Columns, Links, NONE, WIDTH};
use super::label::LABELS;
use super::lattice::Row;

/// How many vectors the network sees.
pub const SLOTS: usize = 8;

/// How many hidden units there are.
pub const HIDDEN: usize = 64;

/// Activations of the hidden layer.
pub type Hidden = [f32; HIDDEN];

/// The weights.
#[derive(Clone, Debug)]
pub struct Net {
    /// From each number of each slot to the hidden units: `SLOTS * WIDTH` rows.
    pub inner: Vec<Hidden>,
    /// Added to the hidden units.
    pub bias: Hidden,
    /// From each hidden unit to the labels.
    pub outer: Vec<Row>,
}

/// The tokens whose vectors the network sees for token `at` of the sequence `range`.
#[must_use]
pub fn slots(columns: &Columns, links: &Links, range: &Range<usize>, at: usize) -> [u32; SLOTS] {
    let known = |i: usize| if range.contains(&i) { i as u32 } else { NONE };
    [
        known(at),
        known(at.wrapping_sub(1)),
        known(at + 1),
        columns.head[at],
        links.cue[at],
        links.branch[at],
        links.before[at],
        links.after[at],
    ]
}

/// What a network sees of a sequence of tokens: every vector that a slot names, once.
#[derive(Clone, Debug)]
pub struct View {
    /// [`WIDTH`] numbers a row.
    vectors: Vec<f32>,
    /// For each token of the sequence, the row of each slot, or [`NONE`].
    slots: Vec<[u32; SLOTS]>,
}

impl View {
    /// The view of tokens with these slots, of the vectors of all tokens. O(n log n).
    #[must_use]
    pub fn new(vectors: &[f32], slots: &[[u32; SLOTS]]) -> Self {
        let mut tokens: Vec<u32> = slots.iter().flatten().copied().collect();
        tokens.sort_unstable();
        tokens.dedup();
        let known = vectors.len() / WIDTH;
        tokens.retain(|&token| (token as usize) < known);
        let vector = |&token: &u32| &vectors[token as usize * WIDTH..][..WIDTH];
        let row = |token| tokens.binary_search(&token).map_or(NONE, |row| row as u32);
        Self {
            slots: slots.iter().map(|slots| slots.map(row)).collect(),
            vectors: tokens.iter().flat_map(vector).copied().collect(),
        }
    }

    /// How many vectors there are.
    fn rows(&self) -> usize {
        self.vectors.len() / WIDTH
    }

    /// For each token of the sequence, the row that a slot sees, or [`NONE`].
    pub fn column(&self, slot: usize) -> impl Iterator<Item = u32> {
        self.slots.iter().map(move |slots| slots[slot])
    }

    /// The vector in a row that there is.
    #[must_use]
    pub fn vector(&self, row: u32) -> Option<&[f32]> {
        let start = row as usize * WIDTH;
        self.vectors.get(start..start + WIDTH)
    }
}

impl Net {
    /// A network whose weights are all zero.
    #[must_use]
    pub fn zero() -> Self {
        Self {
            inner: vec![[0.0; HIDDEN]; SLOTS * WIDTH],
            bias: [0.0; HIDDEN],
            outer: vec![[0.0; LABELS]; HIDDEN],
        }
    }

    /// Every weight, in the order in which they are written.
    pub fn weights(&self) -> impl Iterator<Item = &f32> {
        self.inner.iter().flatten().chain(&self.bias).chain(self.outer.iter().flatten())
    }

    /// The same, to be changed.
    pub fn weights_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        let outer = self.outer.iter_mut().flatten();
        self.inner.iter_mut().flatten().chain(&mut self.bias).chain(outer)
    }

    /// The hidden units of every token of a sequence, before what is below zero is cut off.
    #[must_use]
    pub fn hidden(&self, view: &View) -> Vec<Hidden> {
        let mut hidden = vec![self.bias; view.slots.len()];
        let mut parts = vec![[0.0; HIDDEN]; view.rows()];
        for slot in 0..SLOTS {
            let weights = self.inner[slot * WIDTH..][..WIDTH].as_flattened();
            product(&view.vectors, weights, HIDDEN, parts.as_flattened_mut());
            for (hidden, row) in hidden.iter_mut().zip(view.column(slot)) {
                let part = parts.get(row as usize).into_iter().flatten();
                hidden.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            }
        }
        hidden
    }

    /// Adds the scores of the labels under these hidden units, a row a token.
    pub fn add_scores(&self, hidden: &[Hidden], rows: &mut [Row]) {
        for (row, hidden) in rows.iter_mut().zip(hidden) {
            row.iter_mut().zip(self.scores(hidden)).for_each(|(sum, score)| *sum += score);
        }
    }

    fn scores(&self, hidden: &Hidden) -> Row {
        let mut scores = [0.0; LABELS];
        for (&value, row) in hidden.iter().zip(&self.outer).filter(|(value, _)| **value > 0.0) {
            scores.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
        }
        scores
    }
}
