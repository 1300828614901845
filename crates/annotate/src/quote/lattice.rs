//! The posterior of a linear chain: sums over all ways to label a sequence.

use super::label::{LABELS, may_follow};

/// How many classes of tokens have transition weights of their own.
pub const CLASSES: usize = 8;

/// One number a label.
pub type Row = [f32; LABELS];

/// Transition scores: `[class of the later token][label before][label]`.
pub type Transitions = [[Row; LABELS]; CLASSES];

/// The log-potentials of one sequence.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// For each token, the score of each label.
    pub emissions: Vec<Row>,
    /// For each token, its transition class.
    pub classes: Vec<u8>,
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

/// What a model believes of one sequence: a Markov chain over its labels.
#[derive(Clone, Debug, Default)]
pub struct Posterior {
    /// For each token, the probability of each label.
    pub marginals: Vec<Row>,
    /// For each token but the last, the weight of each label at the next one, still without the
    /// transition into it.
    ahead: Vec<Row>,
    classes: Vec<u8>,
}

impl Posterior {
    /// The posterior of a lattice (forward-backward, scaled; Rabiner 1989). Linear in tokens,
    /// quadratic in labels.
    #[must_use]
    pub fn new(lattice: Lattice, exponentials: &Transitions) -> Self {
        let potentials = Potentials::new(&lattice, exponentials);
        let (forward, _) = potentials.forward(&lattice);
        let backward = potentials.backward(&lattice);
        let marginals = forward.iter().zip(&backward).map(|(a, b)| product(a, b)).collect();
        let weighted = potentials.emissions.iter().zip(&backward).skip(1);
        let ahead = weighted.map(|(emission, row)| product(emission, row)).collect();
        Self { marginals, ahead, classes: lattice.classes }
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marginals.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marginals.is_empty()
    }

    /// How likely each label is at the token after `at`, given that `at` has `label`. Zeroes
    /// after the last.
    #[must_use]
    pub fn next(&self, at: usize, label: usize, exponentials: &Transitions) -> Row {
        let Some(ahead) = self.ahead.get(at) else { return Row::default() };
        product(ahead, &exponentials[usize::from(self.classes[at + 1])][label])
    }
}

/// The product of two rows, scaled to the sum of one.
#[must_use]
pub fn product(a: &Row, b: &Row) -> Row {
    let mut row = *a;
    row.iter_mut().zip(b).for_each(|(x, y)| *x *= y);
    let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    row.map(|x| x / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that differ everywhere, from a fixed formula.
    fn lattice(tokens: usize) -> (Lattice, Box<Transitions>) {
        let score = |i: usize| ((i * 37 % 101) as f32 / 101.0 - 0.5) * 3.0;
        let row = |at: usize| std::array::from_fn(|label| score(at * LABELS + label));
        let scores = std::array::from_fn(|class| {
            std::array::from_fn(|before| std::array::from_fn(|label| score(class + before * label)))
        });
        let classes = (0..tokens).map(|at| (at * 3 % CLASSES) as u8).collect();
        (Lattice { emissions: (0..tokens).map(row).collect(), classes }, exponentials(&scores))
    }

    /// The weight of a whole labelling, zero where it is not allowed.
    fn weight(labels: &[usize], lattice: &Lattice, exponentials: &Transitions) -> f64 {
        let mut weight = f64::from(u8::from(may_follow(labels[labels.len() - 1], 0)));
        let mut before = 0;
        for (at, &label) in labels.iter().enumerate() {
            let class = usize::from(lattice.classes[at]);
            weight *= f64::from(exponentials[class][before][label]);
            weight *= f64::from(lattice.emissions[at][label].exp());
            before = label;
        }
        weight
    }

    #[test]
    fn the_posterior_is_the_sum_over_all_labellings() {
        let (lattice, exponentials) = lattice(3);
        let posterior = Posterior::new(lattice.clone(), &exponentials);
        let all = (0..LABELS.pow(3)).map(|i| [i % LABELS, i / LABELS % LABELS, i / LABELS.pow(2)]);
        let (mut total, mut ends, mut follows) = (0.0, 0.0, 0.0);
        for labels in all {
            let weight = weight(&labels, &lattice, &exponentials);
            total += weight;
            if labels[1] == 3 {
                ends += weight;
                follows += if labels[2] == 9 { weight } else { 0.0 };
            }
        }
        let close = |found: f32, expected: f64| (f64::from(found) - expected).abs() < 1e-4;
        assert!(close(posterior.marginals[1][3], ends / total));
        assert!(close(posterior.next(1, 3, &exponentials)[9], follows / ends));
        assert_eq!(posterior.next(2, 0, &exponentials), Row::default());
    }
}
