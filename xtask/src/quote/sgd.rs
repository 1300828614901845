//! Training a conditional random field: stochastic gradient with per-weight rates.
//!
//! AdaGrad (Duchi, Hazan and Singer 2011) on the log-likelihood of whole sequences. All features
//! of a token share one gradient row (expected minus observed labels), so tokens that the model
//! is sure of cost nothing.

use std::ops::Range;

use stemma_annotate::quote::dense::Net;
use stemma_annotate::quote::label::{LABELS, may_follow};
use stemma_annotate::quote::lattice::{
    CLASSES, Lattice, Potentials, Row, Transitions, exponentials, product,
};

use super::features::{Table, Views};
use super::net::{Adam, Pass};

/// What to learn from: rows of features with labels, cut into sequences.
pub struct Examples<'a> {
    pub table: &'a Table,
    pub views: &'a Views,
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
    /// The network's rate; without the network where it is zero.
    pub net_rate: f32,
    /// Share of hidden units left out at random, in 256ths.
    pub net_dropout: u32,
    /// How many times in the second half of training the weights are added to the average.
    pub snapshots: usize,
    /// How many models of different seeds are averaged.
    pub members: usize,
}

/// What is learnt.
#[derive(Clone)]
pub struct Weights {
    pub rows: Vec<Row>,
    pub transitions: Box<Transitions>,
    pub net: Net,
}

impl Weights {
    /// Weights of zero.
    pub fn zero(features: usize) -> Self {
        let transitions = Box::new([[[0.0; LABELS]; LABELS]; CLASSES]);
        Self { rows: vec![[0.0; LABELS]; features], transitions, net: Net::zero() }
    }

    fn all(&self) -> impl Iterator<Item = &f32> {
        let transitions = self.transitions.iter().flatten().flatten();
        self.rows.iter().flatten().chain(transitions).chain(self.net.weights())
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        let transitions = self.transitions.iter_mut().flatten().flatten();
        self.rows.iter_mut().flatten().chain(transitions).chain(self.net.weights_mut())
    }

    /// Adds a share of other weights.
    pub fn add(&mut self, other: &Self, share: f32) {
        self.all_mut().zip(other.all()).for_each(|(sum, weight)| *sum += share * weight);
    }

    fn emission(&self, features: &[u32]) -> Row {
        let mut sum = [0.0; LABELS];
        for &feature in features {
            sum.iter_mut().zip(&self.rows[feature as usize]).for_each(|(s, w)| *s += w);
        }
        sum
    }
}

/// Weights in training.
struct Learner {
    weights: Weights,
    squares: Vec<Row>,
    transition_squares: Box<Transitions>,
    adam: Adam,
    random: Random,
}

/// Gradients below this are not worth an update.
const NEGLIGIBLE: f32 = 1e-3;

/// How far the rates fall over all epochs.
const FALL: f32 = 0.95;

/// The average of the weights over the second half of training (Polyak and Juditsky 1992), from
/// one seed of the order, the first weights and what is left out.
pub fn learn(features: usize, examples: &Examples<'_>, settings: Settings, seed: u64) -> Weights {
    let mut learner = Learner::new(features, seed);
    let mut average = Weights::zero(features);
    let mut order: Vec<usize> = (0..examples.sequences.len()).collect();
    let total = settings.epochs * order.len();
    let snapshot = (total / 2 / settings.snapshots).max(1);
    let (mut steps, mut taken) = (0, 0);
    for epoch in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, learner.random.below(i + 1));
        }
        let started = std::time::Instant::now();
        let mut loss = 0.0;
        for &at in &order {
            let left = 1.0 - FALL * steps as f32 / total as f32;
            loss += learner.step(examples, examples.sequences[at].clone(), left, settings);
            steps += 1;
            if taken < settings.snapshots
                && total - steps == (settings.snapshots - 1 - taken) * snapshot
            {
                average.add(&learner.weights, 1.0 / settings.snapshots as f32);
                taken += 1;
            }
        }
        eprintln!("  epoch {epoch}: loss {loss:.0}, {:.0?}", started.elapsed());
    }
    average
}

impl Learner {
    fn new(features: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let mut weights = Weights::zero(features);
        super::net::start(&mut weights.net, &mut random);
        Self {
            weights,
            squares: vec![[1e-2; LABELS]; features],
            transition_squares: Box::new([[[1e-1; LABELS]; LABELS]; CLASSES]),
            adam: Adam::new(),
            random,
        }
    }

    /// One step down the gradient of one sequence; `left` is the share of the rate that is left.
    fn step(
        &mut self,
        examples: &Examples<'_>,
        range: Range<usize>,
        left: f32,
        settings: Settings,
    ) -> f64 {
        let random = &mut self.random;
        let kept: Vec<Vec<u32>> = range
            .clone()
            .map(|i| {
                let row = examples.table.row(i).iter().copied();
                row.filter(|_| random.byte() >= settings.dropout).collect()
            })
            .collect();
        let scale = 256.0 / (256.0 - settings.dropout as f32);
        let mut emissions: Vec<Row> =
            kept.iter().map(|row| self.weights.emission(row).map(|score| score * scale)).collect();
        let view = examples.views.of(range.clone());
        let pass = (settings.net_rate > 0.0)
            .then(|| Pass::new(&self.weights.net, &view, settings.net_dropout, &mut self.random));
        if let Some(pass) = &pass {
            pass.add_scores(&self.weights.net, &mut emissions);
        }
        let gold = &examples.labels[range.clone()];
        let lattice = Lattice { emissions, classes: examples.classes[range].to_vec() };
        let exponentials = exponentials(&self.weights.transitions);
        let potentials = Potentials::new(&lattice, &exponentials);
        let (forward, log_sum) = potentials.forward(&lattice);
        let backward = potentials.backward(&lattice);
        let gradients: Vec<Row> = (0..gold.len())
            .map(|i| {
                let mut gradient = product(&forward[i], &backward[i]);
                gradient[usize::from(gold[i])] -= 1.0;
                gradient
            })
            .collect();
        let told = log_sum - self.score(&lattice, gold);
        let rate = settings.rate * left;
        for (features, gradient) in kept.iter().zip(&gradients).filter(|(_, g)| telling(g)) {
            self.update(features, gradient, rate, settings.decay);
        }
        if let Some(pass) = pass {
            let net = &mut self.weights.net;
            self.adam.descend(
                net,
                |net, sum| pass.gradient(net, &gradients, sum),
                settings.net_rate * left,
            );
        }
        self.update_transitions(&lattice, &potentials, &forward, &backward, gold, rate);
        told
    }

    fn update(&mut self, features: &[u32], gradient: &Row, rate: f32, decay: f32) {
        for &feature in features {
            let row = &mut self.weights.rows[feature as usize];
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
        let weights = self.weights.transitions.iter_mut().flatten().flatten();
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
                self.weights.transitions[usize::from(lattice.classes[i])][before]
                    [usize::from(label)],
            );
            before = usize::from(label);
        }
        sum
    }
}

/// Whether a gradient is worth an update.
pub fn telling(gradient: &Row) -> bool {
    gradient.iter().any(|g| g.abs() >= NEGLIGIBLE)
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

    /// From -1 to 1.
    pub fn sign(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 8_388_608.0 - 1.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    pub fn byte(&mut self) -> u32 {
        (self.next() >> 56) as u32
    }
}
