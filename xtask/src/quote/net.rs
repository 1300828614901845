//! Training the network over contextual vectors: its gradient, and Adam.

use stemma_annotate::quote::columns::WIDTH;
use stemma_annotate::quote::dense::{HIDDEN, Hidden, Net, SLOTS, View};
use stemma_annotate::quote::lattice::Row;

use super::sgd::{Random, telling};

/// Weights to start from, uniform after Glorot and Bengio (2010); the outer ones smaller, so that
/// the network starts with little to say.
pub fn start(net: &mut Net, random: &mut Random) {
    let inner = (6.0 / (SLOTS * WIDTH + HIDDEN) as f32).sqrt();
    net.inner.iter_mut().flatten().for_each(|weight| *weight = inner * random.sign());
    net.outer.iter_mut().flatten().for_each(|weight| *weight = 0.1 * random.sign());
}

/// The hidden units of a sequence, some left out.
pub struct Pass<'v> {
    view: &'v View,
    hidden: Vec<Hidden>,
}

impl<'v> Pass<'v> {
    pub fn new(net: &Net, view: &'v View, dropout: u32, random: &mut Random) -> Self {
        let scale = 256.0 / (256.0 - dropout as f32);
        let mut hidden = hidden(net, view);
        for unit in hidden.iter_mut().flatten() {
            *unit = if random.byte() < dropout { 0.0 } else { unit.max(0.0) * scale };
        }
        Self { view, hidden }
    }

    pub fn add_scores(&self, net: &Net, emissions: &mut [Row]) {
        net.add_scores(&self.hidden, emissions);
    }

    /// Adds to `sum` the gradient of the net under those of the labels' scores. The scale of what
    /// was left out is taken as part of the hidden unit: it only scales the inner rate.
    pub fn gradient(&self, net: &Net, gradients: &[Row], sum: &mut Net) {
        let backs: Vec<Hidden> =
            self.hidden.iter().zip(gradients).map(|(h, g)| outer(net, h, g, sum)).collect();
        for back in &backs {
            sum.bias.iter_mut().zip(back).for_each(|(sum, g)| *sum += g);
        }
        for slot in 0..SLOTS {
            let rows = &mut sum.inner[slot * WIDTH..(slot + 1) * WIDTH];
            let tokens: Vec<u32> = self.view.column(slot).collect();
            let mut at = 0;
            // Neighbours often see the same token: their gradients are added up first.
            for run in tokens.chunk_by(|a, b| a == b) {
                let mut back = [0.0; HIDDEN];
                backs[at..at + run.len()].iter().for_each(|more| add(&mut back, 1.0, more));
                at += run.len();
                let vector = self.view.vector(run[0]).into_iter().flatten();
                if back.iter().any(|&g| g != 0.0) {
                    vector.zip(&mut *rows).for_each(|(value, row)| add(row, *value, &back));
                }
            }
        }
    }
}

/// The hidden units of every token, as [`Net::hidden`] gives them, but summed in one order on every
/// processor: training must give the same bytes everywhere.
fn hidden(net: &Net, view: &View) -> Vec<Hidden> {
    let mut hidden = Vec::new();
    for slot in 0..SLOTS {
        let rows = &net.inner[slot * WIDTH..][..WIDTH];
        let tokens: Vec<u32> = view.column(slot).collect();
        hidden.resize(tokens.len(), net.bias);
        let mut at = 0;
        // Neighbours often see the same token.
        for run in tokens.chunk_by(|a, b| a == b) {
            let mut part = [0.0; HIDDEN];
            let vector = view.vector(run[0]).into_iter().flatten();
            vector.zip(rows).for_each(|(value, row)| add(&mut part, *value, row));
            hidden[at..at + run.len()].iter_mut().for_each(|sum| add(sum, 1.0, &part));
            at += run.len();
        }
    }
    hidden
}

/// Adds to `sum` the gradient of the outer weights, and gives that of the hidden units.
fn outer(net: &Net, hidden: &Hidden, gradient: &Row, sum: &mut Net) -> Hidden {
    let mut back = [0.0; HIDDEN];
    if telling(gradient) {
        for (unit, &value) in hidden.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            add(&mut sum.outer[unit], value, gradient);
            back[unit] = net.outer[unit].iter().zip(gradient).map(|(w, g)| w * g).sum();
        }
    }
    back
}

/// Adds `share` of a row.
fn add<const N: usize>(sum: &mut [f32; N], share: f32, row: &[f32; N]) {
    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
}

/// Adam (Kingma and Ba 2015).
pub struct Adam {
    sum: Net,
    mean: Net,
    square: Net,
    steps: i32,
}

const MEAN: f32 = 0.9;
const SQUARE: f32 = 0.999;
const LEAST: f32 = 1e-6;

impl Adam {
    pub fn new() -> Self {
        Self { sum: Net::zero(), mean: Net::zero(), square: Net::zero(), steps: 0 }
    }

    /// One step of `net` down the gradient that `add` adds up.
    pub fn descend(&mut self, net: &mut Net, add: impl Fn(&Net, &mut Net), rate: f32) {
        add(net, &mut self.sum);
        self.steps += 1;
        let mean_left = 1.0 - MEAN.powi(self.steps);
        let square_left = 1.0 - SQUARE.powi(self.steps);
        let rate = rate * square_left.sqrt() / mean_left;
        let moments = self.mean.weights_mut().zip(self.square.weights_mut());
        let all = net.weights_mut().zip(self.sum.weights_mut()).zip(moments);
        for ((weight, gradient), (mean, square)) in all {
            *mean += (1.0 - MEAN) * (*gradient - *mean);
            *square += (1.0 - SQUARE) * (*gradient * *gradient - *square);
            *weight -= rate * *mean / (square.sqrt() + LEAST);
            *gradient = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma_annotate::quote::columns::NONE;
    use stemma_annotate::quote::label::LABELS;

    /// What the network's scores are worth under fixed gradients.
    fn value(net: &Net, view: &View, gradients: &[Row]) -> f64 {
        let pass = Pass::new(net, view, 0, &mut Random(1));
        let mut scores = vec![[0.0; LABELS]; gradients.len()];
        pass.add_scores(net, &mut scores);
        let pairs = scores.iter().flatten().zip(gradients.iter().flatten());
        pairs.map(|(score, g)| f64::from(score * g)).sum()
    }

    #[test]
    fn the_gradient_is_the_slope() {
        let mut random = Random(0x1234_5678_9abc_def1);
        let mut net = Net::zero();
        start(&mut net, &mut random);
        let vectors: Vec<f32> = (0..3 * WIDTH).map(|_| random.sign()).collect();
        let mut slots = [[NONE; SLOTS]; 3];
        (0..3).for_each(|at| slots[at] = std::array::from_fn(|slot| (at * slot % 4) as u32));
        let gradients: Vec<Row> = (0..3).map(|_| std::array::from_fn(|_| random.sign())).collect();
        let mut sum = Net::zero();
        let view = View::new(&vectors, &slots);
        Pass::new(&net, &view, 0, &mut random).gradient(&net, &gradients, &mut sum);
        let slopes: Vec<f32> = sum.weights().copied().collect();
        // Steps of a prime number of weights reach every part of the network; a unit that crosses
        // zero between the two values has no one slope, so a few may differ.
        let (mut all, mut wrong) = (0, 0);
        for at in (0..slopes.len()).step_by(61) {
            let moved = |by: f32| {
                let mut net = net.clone();
                net.weights_mut().nth(at).into_iter().for_each(|weight| *weight += by);
                value(&net, &view, &gradients)
            };
            let slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            all += 1;
            wrong += usize::from((slope - f64::from(slopes[at])).abs() > 1e-2);
        }
        assert!(wrong * 50 <= all, "{wrong} of {all} slopes differ");
    }
}
