//! Training a conditional random field: stochastic gradient with per-weight rates.
//!
//! AdaGrad (Duchi, Hazan and Singer 2011) on the log-likelihood of whole sequences. All features
//! of a token share one gradient row (expected minus observed labels), so tokens that the model
//! is sure of cost nothing.

use std::ops::Range;

use stemma_annotate::quote::crf::{CLASSES, Lattice, Potentials, Row, Transitions, exponentials};
use stemma_annotate::quote::label::{LABELS, may_follow};

use super::features::Table;

/// What to learn from: rows of features with labels, cut into sequences.
pub struct Examples<'a> {
    pub table: &'a Table,
    pub labels: &'a [u8],
    pub classes: &'a [u8],
    pub sequences: Vec<Range<usize>>,
}

/// How to learn.
#[derive(Clone, Copy)]
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    /// Share of features left out of a token's row at random, in 256ths.
    pub dropout: u32,
    /// Added to the score of every wrong label while learning (softmax-margin, Gimpel and Smith
    /// 2010), by whether the right label is outside.
    pub margin: [f32; 2],
}

/// Weights in training.
pub struct Weights {
    pub rows: Vec<Row>,
    squares: Vec<Row>,
    pub transitions: Box<Transitions>,
    transition_squares: Box<Transitions>,
}

/// Gradients below this are not worth an update.
const NEGLIGIBLE: f32 = 1e-3;

impl Weights {
    pub fn new(features: usize) -> Self {
        let table = || Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        Self {
            rows: vec![[0.0; LABELS]; features],
            squares: vec![[1e-2; LABELS]; features],
            transitions: table(),
            transition_squares: Box::new([[[1e-1; LABELS]; LABELS]; CLASSES]),
        }
    }

    pub fn emission(&self, features: &[u32]) -> Row {
        let mut sum = [0.0; LABELS];
        for &feature in features {
            sum.iter_mut().zip(&self.rows[feature as usize]).for_each(|(s, w)| *s += w);
        }
        sum
    }

    pub fn learn(&mut self, examples: &Examples<'_>, settings: Settings) {
        let mut order: Vec<usize> = (0..examples.sequences.len()).collect();
        let mut random = Random(0x5eed_1234_abcd_0001);
        for epoch in 0..settings.epochs {
            for i in (1..order.len()).rev() {
                order.swap(i, random.below(i + 1));
            }
            // The rate falls to a tenth over the epochs.
            let progress = epoch as f32 / settings.epochs.max(1) as f32;
            let rate = settings.rate * (1.0 - 0.9 * progress);
            let started = std::time::Instant::now();
            let mut loss = 0.0;
            for &at in &order {
                loss += self.step(
                    examples,
                    examples.sequences[at].clone(),
                    rate,
                    settings,
                    &mut random,
                );
            }
            eprintln!("  epoch {epoch}: loss {loss:.0}, {:.0?}", started.elapsed());
        }
    }

    fn step(
        &mut self,
        examples: &Examples<'_>,
        range: Range<usize>,
        rate: f32,
        settings: Settings,
        random: &mut Random,
    ) -> f64 {
        let kept: Vec<Vec<u32>> = range
            .clone()
            .map(|i| {
                let row = examples.table.row(i).iter().copied();
                row.filter(|_| random.byte() >= settings.dropout).collect()
            })
            .collect();
        let gold = &examples.labels[range.clone()];
        let classes = examples.classes[range].to_vec();
        let scale = 256.0 / (256.0 - settings.dropout as f32);
        let mut emissions: Vec<Row> =
            kept.iter().map(|row| self.emission(row).map(|score| score * scale)).collect();
        for (row, &label) in emissions.iter_mut().zip(gold) {
            let margin = settings.margin[usize::from(label != 0)];
            (0..LABELS).filter(|&l| l != usize::from(label)).for_each(|l| row[l] += margin);
        }
        let lattice = Lattice { emissions, classes };
        let exponentials = exponentials(&self.transitions);
        let potentials = Potentials::new(&lattice, &exponentials);
        let (forward, log_sum) = potentials.forward(&lattice);
        let backward = potentials.backward(&lattice);
        for (i, features) in kept.iter().enumerate() {
            let mut gradient = product(&forward[i], &backward[i]);
            gradient[usize::from(gold[i])] -= 1.0;
            self.update(features, &gradient, rate, settings.decay);
        }
        self.update_transitions(&lattice, &potentials, &forward, &backward, gold, rate);
        log_sum - self.score(&lattice, gold)
    }

    fn update(&mut self, features: &[u32], gradient: &Row, rate: f32, decay: f32) {
        if gradient.iter().all(|g| g.abs() < NEGLIGIBLE) {
            return;
        }
        for &feature in features {
            let row = &mut self.rows[feature as usize];
            let squares = &mut self.squares[feature as usize];
            for label in 0..LABELS {
                let g = gradient[label] + decay * row[label];
                squares[label] += g * g;
                row[label] -= rate * g / squares[label].sqrt();
            }
        }
    }

    fn update_transitions(
        &mut self,
        lattice: &Lattice,
        potentials: &Potentials<'_>,
        forward: &[Row],
        backward: &[Row],
        gold: &[u8],
        rate: f32,
    ) {
        let mut gradient: Box<Transitions> = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        for i in 1..gold.len() {
            let class = usize::from(lattice.classes[i]);
            let table = &potentials.transitions[class];
            let mut joint = [[0.0; LABELS]; LABELS];
            let mut sum = 0.0;
            for before in 0..LABELS {
                for label in 0..LABELS {
                    let mass = forward[i - 1][before]
                        * table[before][label]
                        * potentials.emissions[i][label]
                        * backward[i][label];
                    joint[before][label] = mass;
                    sum += mass;
                }
            }
            let sum = sum.max(f32::MIN_POSITIVE);
            for before in 0..LABELS {
                for label in 0..LABELS {
                    gradient[class][before][label] += joint[before][label] / sum;
                }
            }
            gradient[class][usize::from(gold[i - 1])][usize::from(gold[i])] -= 1.0;
        }
        let weights = self.transitions.iter_mut().flatten().flatten();
        let squares = self.transition_squares.iter_mut().flatten().flatten();
        for ((weight, square), g) in weights.zip(squares).zip(gradient.iter().flatten().flatten()) {
            if g.abs() >= NEGLIGIBLE {
                *square += g * g;
                *weight -= rate * g / square.sqrt();
            }
        }
    }

    fn score(&self, lattice: &Lattice, gold: &[u8]) -> f64 {
        let mut before = 0;
        let mut sum = 0.0;
        for (i, &label) in gold.iter().enumerate() {
            debug_assert!(may_follow(before, label.into()));
            sum += f64::from(lattice.emissions[i][usize::from(label)]);
            sum += f64::from(
                self.transitions[usize::from(lattice.classes[i])][before][usize::from(label)],
            );
            before = usize::from(label);
        }
        sum
    }
}

fn product(a: &Row, b: &Row) -> Row {
    let mut row = *a;
    row.iter_mut().zip(b).for_each(|(x, y)| *x *= y);
    let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    row.map(|x| x / sum)
}

/// A fixed sequence of pseudo-random numbers (xorshift64*, Vigna 2016).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    fn byte(&mut self) -> u32 {
        (self.next() >> 56) as u32
    }
}
