//! Scores of moves.

use pulp::Arch;

use crate::model::Fault;
use crate::model::data::{LinearData, TransitionData};
use crate::nn::{Linear, Matrix, WIDTH};

/// Units of the hidden layer.
const HIDDEN: usize = 64;
/// Values before the maximum of two pieces.
pub(super) const UNMAXED: usize = 2 * HIDDEN;

/// By hidden unit, the weight of each of `M` moves.
type Upper<const M: usize> = Box<[[f32; M]; HIDDEN]>;

/// A scorer of states with `F` tokens of interest and at most `M` moves, where `M` fills vectors.
#[derive(Debug)]
pub(super) struct Scorer<const F: usize, const M: usize> {
    /// 96 to 64.
    reduce: Linear,
    /// 64 to `F ×` [`UNMAXED`], each run of [`UNMAXED`] ordered by piece and then unit.
    lower: Matrix,
    bias: [f32; UNMAXED],
    /// Stands for the row of a missing token, by place.
    pads: [[f32; UNMAXED]; F],
    /// By hidden unit, the weight of each move.
    upper: Upper<M>,
    upper_bias: [f32; M],
}

impl<const F: usize, const M: usize> Scorer<F, M> {
    /// The scorer, and the moves it scores.
    pub(super) fn new(
        name: &'static str,
        data: TransitionData,
    ) -> Result<(Self, Vec<(u8, String)>), Fault> {
        let wrong = || Fault::WrongSize(name);
        let TransitionData { reduce, lower, pad, upper, moves } = data;
        // Stored as (features, units, pieces, inputs).
        let stored = Matrix::new(name, lower.weights.0, F * UNMAXED, HIDDEN)?;
        let by_piece = |to: usize| to / UNMAXED * UNMAXED + piece_first(to % UNMAXED);
        let bias: [f32; UNMAXED] = lower.bias.0.try_into().map_err(|_| wrong())?;
        let pads = Matrix::new(name, pad.0, F, UNMAXED)?;
        let (upper, upper_bias) = upper_layer(upper, moves.len()).ok_or_else(wrong)?;
        let new = Self {
            reduce: Linear::new(name, reduce, HIDDEN, WIDTH)?,
            lower: stored.with_rows((0..F * UNMAXED).map(by_piece)).transposed(),
            bias: std::array::from_fn(|to| bias[piece_first(to)]),
            pads: std::array::from_fn(|f| std::array::from_fn(|to| pads.row(f)[piece_first(to)])),
            upper,
            upper_bias,
        };
        Ok((new, moves))
    }

    /// The rows of `n` tokens with these vectors: `F ×` [`UNMAXED`] each.
    pub(super) fn rows(
        &self,
        vectors: &[f32],
        n: usize,
        hidden: &mut Vec<f32>,
        rows: &mut Vec<f32>,
    ) {
        self.reduce.apply(vectors, n, hidden);
        rows.resize(n * F * UNMAXED, 0.0);
        self.lower.left_multiply(hidden, HIDDEN, n, rows);
    }

    /// The row of a missing token at place `f`.
    pub(super) fn pad(&self, f: usize) -> &[f32; UNMAXED] {
        &self.pads[f]
    }

    /// The scores of all moves in a state, given its rows by place.
    pub(super) fn score(&self, arch: Arch, rows: [&[f32; UNMAXED]; F]) -> [f32; M] {
        arch.dispatch(
            #[inline(always)]
            || {
                let sum = rows.iter().fold([0.0; UNMAXED], |sum: [f32; UNMAXED], row| {
                    std::array::from_fn(|i| sum[i] + row[i])
                });
                let value = |i: usize| sum[i] + self.bias[i];
                let hidden: [f32; HIDDEN] =
                    std::array::from_fn(|unit| value(unit).max(value(HIDDEN + unit)));
                let mut scores = [0.0; M];
                for (value, weights) in hidden.iter().zip(self.upper.iter()) {
                    scores
                        .iter_mut()
                        .zip(weights)
                        .for_each(|(score, weight)| *score += value * weight);
                }
                std::array::from_fn(|i| scores[i] + self.upper_bias[i])
            },
        )
    }
}

/// From the order by piece and unit to the stored order by unit and piece.
const fn piece_first(to: usize) -> usize {
    to % HIDDEN * 2 + to / HIDDEN
}

/// Weights by hidden unit and bias, both padded to `M` moves.
fn upper_layer<const M: usize>(data: LinearData, moves: usize) -> Option<(Upper<M>, [f32; M])> {
    let (weights, bias) = (data.weights.0, data.bias.0);
    if moves > M || bias.len() != moves || weights.len() != moves * HIDDEN {
        return None;
    }
    let weight = |unit: usize| {
        std::array::from_fn(|i| weights.get(i * HIDDEN + unit).copied().unwrap_or(0.0))
    };
    let padded = std::array::from_fn(|i| bias.get(i).copied().unwrap_or(0.0));
    Some((Box::new(std::array::from_fn(weight)), padded))
}
