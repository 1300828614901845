//! A small network over the pipeline's contextual vectors.
//!
//! One hidden layer over the vectors of a token, its neighbours, its head and the possible cues
//! above, before and after it; its outputs join the scores of the sparse features. It is trained together with
//! them, in `xtask`.

use std::ops::Range;

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

/// What each slot brought to the hidden units last: of one network over the vectors of one set of
/// tokens.
#[derive(Clone, Debug)]
pub struct Memory {
    tokens: [u32; SLOTS],
    parts: [Hidden; SLOTS],
}

impl Default for Memory {
    fn default() -> Self {
        Self { tokens: [NONE; SLOTS], parts: [[0.0; HIDDEN]; SLOTS] }
    }
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

/// The vector of a token that there is, of the vectors of all.
#[must_use]
pub fn vector(vectors: &[f32], token: u32) -> Option<&[f32]> {
    let start = token as usize * WIDTH;
    vectors.get(start..start + WIDTH)
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

    /// The hidden units, before what is below zero is cut off.
    ///
    /// `memory` holds what the slots held last: neighbours often share a head or a cue.
    #[inline]
    #[must_use]
    pub fn hidden(&self, memory: &mut Memory, vectors: &[f32], slots: &[u32; SLOTS]) -> Hidden {
        let mut hidden = self.bias;
        for (slot, &token) in slots.iter().enumerate() {
            if memory.tokens[slot] != token {
                memory.tokens[slot] = token;
                memory.parts[slot] = self.part(vectors, slot, token);
            }
            hidden.iter_mut().zip(&memory.parts[slot]).for_each(|(sum, part)| *sum += part);
        }
        hidden
    }

    /// What a token brings to the hidden units from a slot.
    #[inline]
    fn part(&self, vectors: &[f32], slot: usize, token: u32) -> Hidden {
        let mut part = [0.0; HIDDEN];
        let rows = &self.inner[slot * WIDTH..(slot + 1) * WIDTH];
        for (value, row) in vector(vectors, token).into_iter().flatten().zip(rows) {
            part.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
        }
        part
    }

    /// The scores of the labels under these hidden units.
    #[must_use]
    pub fn scores(&self, hidden: &Hidden) -> Row {
        let mut scores = [0.0; LABELS];
        for (&value, row) in hidden.iter().zip(&self.outer).filter(|(value, _)| **value > 0.0) {
            scores.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
        }
        scores
    }
}
