//! A linear-chain conditional random field: inference.
//!
//! Lafferty, McCallum and Pereira, *Conditional Random Fields* (2001), with transition weights
//! that depend on a small class of the token. Weights are eight-bit integers with one scale; to them
//! come the scores of small networks, one a seed that was trained. Training is in `xtask`.

use super::bytes::{byte, count, float, take, varint};
use super::candidate::{Candidate, candidates};
use super::dense::{Net, View};
use super::label::LABELS;
use super::lattice::{CLASSES, Lattice, Posterior, Row, Transitions, exponentials};

/// A trained model.
#[derive(Clone, Debug)]
pub struct Crf {
    /// Open addressing: the feature's hash, 0 for an empty place.
    keys: Vec<u32>,
    rows: Vec<[i8; LABELS]>,
    scale: f32,
    exponentials: Box<Transitions>,
    nets: Vec<Net>,
}

impl Crf {
    /// The model at the front of `bytes`, as [`Crf::write`] wrote it; takes it off.
    ///
    /// # Panics
    /// When the bytes are not a model: the shipped one is tested.
    #[must_use]
    pub fn read(bytes: &mut &[u8]) -> Self {
        let scale = float(bytes);
        let mut transitions = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        for row in transitions.iter_mut().flatten() {
            row.fill_with(|| float(bytes));
        }
        let mut nets = vec![Net::zero(); count(bytes) as usize];
        let weights = nets.iter_mut().flat_map(Net::weights_mut);
        weights.for_each(|weight| *weight = float(bytes));
        let features = count(bytes) as usize;
        let size = (features * 2).next_power_of_two().max(2);
        let mut model = Self {
            keys: vec![0; size],
            rows: vec![[0; LABELS]; size],
            scale,
            exponentials: exponentials(&transitions),
            nets,
        };
        let mut key = 0;
        for _ in 0..features {
            key += varint(bytes);
            let row = row(bytes);
            let at = model.place(key);
            model.keys[at] = key;
            model.rows[at] = row;
        }
        model
    }

    /// The bytes of a model with these weights, sorted by feature; features whose weights all
    /// round to zero are left out.
    ///
    /// Each feature takes the distance from the one before (LEB128), a bit for each label with a
    /// weight, and those weights.
    #[must_use]
    pub fn write(
        transitions: &Transitions,
        nets: &[Net],
        weights: &[(u32, Row)],
        scale: f32,
    ) -> Vec<u8> {
        let quantise = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let kept: Vec<(u32, [i8; LABELS])> = weights
            .iter()
            .map(|(key, row)| (*key, row.map(quantise)))
            .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
            .collect();
        let mut bytes = scale.to_le_bytes().to_vec();
        for weight in transitions.iter().flatten().flatten() {
            bytes.extend(weight.to_le_bytes());
        }
        bytes.extend((nets.len() as u32).to_le_bytes());
        for weight in nets.iter().flat_map(Net::weights) {
            bytes.extend(weight.to_le_bytes());
        }
        bytes.extend((kept.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, row) in kept {
            write_varint(&mut bytes, key - last);
            last = key;
            let bit = |(label, weight): (usize, &i8)| u16::from(*weight != 0) << label;
            let mask: u16 = row.iter().enumerate().map(bit).sum();
            bytes.extend(mask.to_le_bytes());
            bytes.extend(row.iter().filter(|&&weight| weight != 0).map(|&weight| weight as u8));
        }
        bytes
    }

    /// The place of `key`, or the empty one where it would go.
    fn place(&self, key: u32) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = key as usize & mask;
        while self.keys[at] != key && self.keys[at] != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// Scores of the labels for a token with these features.
    #[must_use]
    pub fn emission(&self, features: &[u32]) -> Row {
        let mut sums = [0_i32; LABELS];
        for &feature in features {
            let at = self.place(feature);
            for (sum, &weight) in sums.iter_mut().zip(&self.rows[at]) {
                *sum += i32::from(weight);
            }
        }
        sums.map(|sum| sum as f32 * self.scale)
    }

    /// Adds to the scores of a sequence what the networks say of its view.
    pub fn add_dense(&self, view: &View, rows: &mut [Row]) {
        for net in &self.nets {
            net.add_scores(&net.hidden(view), rows);
        }
    }

    /// What it believes of a sequence.
    #[must_use]
    pub fn posterior(&self, lattice: Lattice) -> Posterior {
        Posterior::new(lattice, &self.exponentials)
    }

    /// The fragments of a sequence that may be told, sorted by their ends.
    #[must_use]
    pub fn candidates(&self, posterior: &Posterior) -> Vec<Candidate> {
        candidates(posterior, &self.exponentials)
    }
}

fn row(bytes: &mut &[u8]) -> [i8; LABELS] {
    let mask = u16::from_le_bytes(take(bytes));
    std::array::from_fn(|label| if mask >> label & 1 == 1 { byte(bytes) as i8 } else { 0 })
}

fn write_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
