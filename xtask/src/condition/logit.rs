//! The conditional logit: how much each trait of an alternative speaks for it.

use std::collections::HashMap;

use stemma_annotate::condition::choice::shares;

/// One trigger: the numbers of the traits of each cut, and how much of the answer each cut is; what
/// is left over is "no condition".
pub struct Row(Vec<(Vec<u32>, f64)>);

impl Row {
    /// A row whose cuts share the answer by how well they fit; where none fits it is "no condition".
    pub fn shared(mut cuts: Vec<(Vec<u32>, f64)>) -> Self {
        let all: f64 = cuts.iter().map(|(_, fit)| fit).sum();
        if all > 0.0 {
            cuts.iter_mut().for_each(|(_, fit)| *fit /= all);
        }
        Self(cuts)
    }
}

/// Names of traits as numbers.
#[derive(Default)]
pub struct Names(HashMap<String, u32>);

impl Names {
    /// The number of a name.
    pub fn number(&mut self, name: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The names that come when conditions are found, with weights that change anything at the
    /// second decimal.
    pub fn weights(&self, weights: &[f64]) -> HashMap<String, f64> {
        let all = self.0.iter().map(|(name, &at)| (name, weights[at as usize]));
        let worn = all.filter(|(name, it)| it.abs() >= 0.005 && !name.starts_with("mended "));
        worn.map(|(name, weight)| (name.clone(), weight)).collect()
    }
}

/// The steps that training takes: more change nothing at the second decimal.
const STEPS: usize = 400;

/// The weights that make the answers most likely, less `penalty` halves of their squares: a convex
/// problem, by RPROP (Riedmiller and Braun 1993) on all rows at once, so that the same rows give
/// the same weights.
pub fn fit(rows: &[&Row], traits: usize, penalty: f64) -> Vec<f64> {
    let mut weights = vec![0.0; traits];
    let mut steps = vec![0.05_f64; traits];
    let mut last = vec![0.0_f64; traits];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -penalty * weight).collect();
        rows.iter().for_each(|row| add_slope(row, &weights, &mut slope));
        for at in 0..traits {
            let turn = slope[at] * last[at];
            if turn > 0.0 {
                steps[at] = (steps[at] * 1.2).min(1.0);
            } else if turn < 0.0 {
                steps[at] = (steps[at] * 0.5).max(1e-6);
                slope[at] = 0.0;
            }
            if slope[at] != 0.0 {
                weights[at] += steps[at] * slope[at].signum();
            }
            last[at] = slope[at];
        }
    }
    weights
}

/// Adds the slope of one row's log-likelihood.
fn add_slope(row: &Row, weights: &[f64], slope: &mut [f64]) {
    let score = |traits: &[u32]| traits.iter().map(|&t| weights[t as usize]).sum::<f64>();
    let scores: Vec<f64> = row.0.iter().map(|(traits, _)| score(traits)).collect();
    for ((traits, answer), share) in row.0.iter().zip(shares(&scores)) {
        let surprise = answer - share;
        traits.iter().for_each(|&t| slope[t as usize] += surprise);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_answer_is_learned() {
        // Trait 0 marks the answer among two cuts; where it is missing, there is none.
        let right = Row::shared(vec![(vec![0, 2], 1.0), (vec![1, 2], 0.0)]);
        let none = Row::shared(vec![(vec![1, 2], 0.0)]);
        let rows: Vec<&Row> = [&right, &none].repeat(20);
        let weights = fit(&rows, 3, 0.1);
        assert!(weights[0] > 1.0 && weights[1] < -1.0, "{weights:?}");
        assert_eq!(fit(&rows, 3, 0.1), weights);
    }
}
