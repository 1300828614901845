//! A linear-chain conditional random field: inference.
//!
//! Lafferty, McCallum and Pereira, *Conditional Random Fields* (2001), with transition weights
//! that depend on a small class of the token. Weights are eight-bit integers with one scale;
//! training is in `xtask`.

use super::label::{LABELS, OUTSIDE, may_follow};

/// How many classes of tokens have transition weights of their own.
pub const CLASSES: usize = 8;

/// One number a label.
pub type Row = [f32; LABELS];

/// The log-potentials of one sequence.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// For each token, the score of each label.
    pub emissions: Vec<Row>,
    /// For each token, its transition class.
    pub classes: Vec<u8>,
}

/// Transition scores: `[class of the later token][label before][label]`.
pub type Transitions = [[Row; LABELS]; CLASSES];

/// A trained model.
#[derive(Clone, Debug)]
pub struct Crf {
    /// Open addressing: the feature's hash, 0 for an empty place.
    keys: Vec<u32>,
    rows: Vec<[i8; LABELS]>,
    scale: f32,
    transitions: Box<Transitions>,
    exponentials: Box<Transitions>,
}

/// Makes impossible what may not follow.
fn forbid(transitions: &mut Transitions) {
    for (before, row) in transitions.iter_mut().flat_map(|table| table.iter_mut().enumerate()) {
        for (label, weight) in row.iter_mut().enumerate() {
            if !may_follow(before, label) {
                *weight = f32::NEG_INFINITY;
            }
        }
    }
}

/// The exponentials of transition scores; zero where a label may not follow.
#[must_use]
pub fn exponentials(transitions: &Transitions) -> Box<Transitions> {
    let mut found = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
    for (table, scores) in found.iter_mut().zip(transitions) {
        for (before, (row, scores)) in table.iter_mut().zip(scores).enumerate() {
            for (label, (value, score)) in row.iter_mut().zip(scores).enumerate() {
                *value = if may_follow(before, label) { score.exp() } else { 0.0 };
            }
        }
    }
    found
}

impl Crf {
    /// The model in `bytes`, as [`Crf::write`] wrote it.
    ///
    /// # Panics
    /// When the bytes are not a model: the shipped one is tested.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::empty();
        }
        let mut reader = Reader { bytes };
        let scale = reader.float();
        let mut transitions = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        for row in transitions.iter_mut().flatten() {
            row.fill_with(|| reader.float());
        }
        forbid(&mut transitions);
        let exponentials = exponentials(&transitions);
        let count = u32::from_le_bytes(reader.take()) as usize;
        let size = (count * 2).next_power_of_two().max(2);
        let mut model = Self {
            keys: vec![0; size],
            rows: vec![[0; LABELS]; size],
            scale,
            transitions,
            exponentials,
        };
        let mut key = 0;
        for _ in 0..count {
            key += reader.varint();
            let row = reader.row();
            let at = model.place(key);
            model.keys[at] = key;
            model.rows[at] = row;
        }
        model
    }

    /// A model that has learnt nothing: what trains the first one stands on.
    fn empty() -> Self {
        let mut transitions = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        forbid(&mut transitions);
        let exponentials = exponentials(&transitions);
        Self { keys: vec![0; 2], rows: vec![[0; LABELS]; 2], scale: 1.0, transitions, exponentials }
    }

    /// The bytes of a model with these weights, sorted by feature; features whose weights all
    /// round to zero are left out.
    ///
    /// Each feature takes the distance from the one before (LEB128), a bit for each label with a
    /// weight, and those weights.
    #[must_use]
    pub fn write(transitions: &Transitions, weights: &[(u32, Row)], scale: f32) -> Vec<u8> {
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

    /// Whether it has learnt nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.len() == 2
    }

    /// The likeliest labels of a sequence.
    #[must_use]
    pub fn decode(&self, lattice: &Lattice) -> Vec<u8> {
        decode(lattice, &self.transitions)
    }

    /// The probability of each label at each token.
    #[must_use]
    pub fn marginals(&self, lattice: &Lattice) -> Vec<Row> {
        marginals(lattice, &self.exponentials)
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (head, rest) = self.bytes.split_first_chunk().expect("a whole model");
        self.bytes = rest;
        *head
    }

    fn float(&mut self) -> f32 {
        f32::from_le_bytes(self.take())
    }

    fn varint(&mut self) -> u32 {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let [byte] = self.take();
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }

    fn row(&mut self) -> [i8; LABELS] {
        let mask = u16::from_le_bytes(self.take());
        std::array::from_fn(
            |label| {
                if mask >> label & 1 == 1 { self.take::<1>()[0] as i8 } else { 0 }
            },
        )
    }
}

fn write_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// The likeliest labels (Viterbi). Linear in tokens, quadratic in labels.
///
/// `transitions` are those of a model, where what may not follow is impossible.
#[must_use]
pub fn decode(lattice: &Lattice, transitions: &Transitions) -> Vec<u8> {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(lattice.emissions.len());
    let mut best = [f32::NEG_INFINITY; LABELS];
    best[OUTSIDE] = 0.0;
    for (emission, &class) in lattice.emissions.iter().zip(&lattice.classes) {
        let table = &transitions[usize::from(class)];
        let mut scores = [f32::NEG_INFINITY; LABELS];
        let mut from = [0_u8; LABELS];
        for (before, (&carried, row)) in best.iter().zip(table).enumerate() {
            for label in 0..LABELS {
                let score = carried + row[label];
                if score > scores[label] {
                    scores[label] = score;
                    from[label] = before as u8;
                }
            }
        }
        scores.iter_mut().zip(emission).for_each(|(score, &own)| *score += own);
        best = scores;
        back.push(from);
    }
    trace(&back, &best)
}

/// The way back from the best last label.
fn trace(back: &[[u8; LABELS]], last: &Row) -> Vec<u8> {
    let mut labels = vec![0; back.len()];
    let mut label = (0..LABELS)
        .filter(|&label| may_follow(label, 0))
        .fold(0, |best, label| if last[label] > last[best] { label } else { best });
    for (i, from) in back.iter().enumerate().rev() {
        labels[i] = label as u8;
        label = usize::from(from[label]);
    }
    labels
}

/// The probability of each label at each token (forward-backward, scaled; Rabiner 1989).
fn marginals(lattice: &Lattice, exponentials: &Transitions) -> Vec<Row> {
    let potentials = Potentials::new(lattice, exponentials);
    let (mut rows, _) = potentials.forward(lattice);
    let backward = potentials.backward(lattice);
    for (row, back) in rows.iter_mut().zip(&backward) {
        row.iter_mut().zip(back).for_each(|(value, other)| *value *= other);
        let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        row.iter_mut().for_each(|value| *value /= sum);
    }
    rows
}

/// Exponentiated scores.
#[derive(Debug)]
pub struct Potentials<'t> {
    /// By token.
    pub emissions: Vec<Row>,
    /// What was taken out of each token's scores.
    pub shifts: Vec<f32>,
    /// By class; zero where a label may not follow.
    pub transitions: &'t Transitions,
}

impl<'t> Potentials<'t> {
    /// The exponentials of a lattice, with those of its transitions: see [`exponentials`].
    #[must_use]
    pub fn new(lattice: &Lattice, exponentials: &'t Transitions) -> Self {
        let shift = |row: &Row| row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shifts: Vec<f32> = lattice.emissions.iter().map(shift).collect();
        let emissions = lattice
            .emissions
            .iter()
            .zip(&shifts)
            .map(|(row, shift)| row.map(|score| (score - shift).exp()))
            .collect();
        Self { emissions, shifts, transitions: exponentials }
    }

    /// Scaled forward sums and the logarithm of the total.
    #[must_use]
    pub fn forward(&self, lattice: &Lattice) -> (Vec<Row>, f64) {
        let mut rows: Vec<Row> = Vec::with_capacity(self.emissions.len());
        let mut log_sum = 0.0_f64;
        let mut last = [0.0; LABELS];
        last[0] = 1.0;
        for (i, emission) in self.emissions.iter().enumerate() {
            let table = &self.transitions[usize::from(lattice.classes[i])];
            let mut row = [0.0; LABELS];
            for (before, &mass) in last.iter().enumerate() {
                for (value, &weight) in row.iter_mut().zip(&table[before]) {
                    *value += mass * weight;
                }
            }
            row.iter_mut().zip(emission).for_each(|(value, &weight)| *value *= weight);
            if i + 1 == self.emissions.len() {
                (0..LABELS)
                    .filter(|&label| !may_follow(label, 0))
                    .for_each(|label| row[label] = 0.0);
            }
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|value| *value /= sum);
            log_sum += f64::from(sum.ln()) + f64::from(self.shifts[i]);
            rows.push(row);
            last = row;
        }
        (rows, log_sum)
    }

    /// Scaled backward sums.
    #[must_use]
    pub fn backward(&self, lattice: &Lattice) -> Vec<Row> {
        let n = self.emissions.len();
        let mut rows = vec![[0.0; LABELS]; n];
        let mut next = [0.0; LABELS];
        (0..LABELS).filter(|&label| may_follow(label, 0)).for_each(|label| next[label] = 1.0);
        for i in (0..n).rev() {
            if i + 1 < n {
                let table = &self.transitions[usize::from(lattice.classes[i + 1])];
                let mut weighted = rows[i + 1];
                weighted.iter_mut().zip(&self.emissions[i + 1]).for_each(|(v, &e)| *v *= e);
                for before in 0..LABELS {
                    next[before] = weighted.iter().zip(&table[before]).map(|(v, w)| v * w).sum();
                }
            }
            let sum: f32 = next.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            next.iter_mut().for_each(|value| *value /= sum);
            rows[i] = next;
        }
        rows
    }
}
