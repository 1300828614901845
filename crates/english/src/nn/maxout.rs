//! Maxout of three pieces, then layer norm.

use super::linear::Matrix;
use super::{PIECES, UNMAXED, WIDTH};
use crate::model::Fault;
use crate::model::data::{Floats, MaxoutData};

/// The values added up side by side; sixteen fill the widest vectors.
const LANES: usize = 16;

/// Weights of one maxout layer.
#[derive(Clone, Debug)]
pub(super) struct Maxout {
    /// Inputs by [`UNMAXED`], ordered by piece and then output, so that the maximum is of whole runs.
    pub(super) weights: Matrix,
    bias: [f32; UNMAXED],
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl Maxout {
    /// From the stored (outputs, pieces, inputs) layout.
    pub(super) fn new(name: &'static str, data: MaxoutData, inputs: usize) -> Result<Self, Fault> {
        let by_piece =
            || (0..PIECES).flat_map(|piece| (0..WIDTH).map(move |output| output * PIECES + piece));
        let weights = Matrix::new(name, data.linear.weights.0, UNMAXED, inputs)?;
        let bias: [f32; UNMAXED] = sized(name, data.linear.bias)?;
        Ok(Self {
            weights: weights.with_rows(by_piece()).transposed(),
            bias: std::array::from_fn(|to| bias[to % WIDTH * PIECES + to / WIDTH]),
            gain: sized(name, data.gain)?,
            shift: sized(name, data.shift)?,
        })
    }

    /// The layer's output for one row of products: maximum of the pieces, then layer norm (population
    /// variance plus 1e-8), scaled and shifted.
    #[inline(always)]
    pub(super) fn activate(&self, products: &[f32; UNMAXED]) -> [f32; WIDTH] {
        let value = |at: usize| products[at] + self.bias[at];
        let max: [f32; WIDTH] =
            std::array::from_fn(|o| value(o).max(value(WIDTH + o)).max(value(2 * WIDTH + o)));
        let mean = sum(&max) / WIDTH_F32;
        let centred = max.map(|x| x - mean);
        let variance = sum(&centred.map(|x| x * x)) / WIDTH_F32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        std::array::from_fn(|o| centred[o] * scale * self.gain[o] + self.shift[o])
    }
}

#[expect(clippy::cast_precision_loss, reason = "96 is exact")]
const WIDTH_F32: f32 = WIDTH as f32;

#[inline(always)]
fn sum(values: &[f32; WIDTH]) -> f32 {
    let (chunks, _) = values.as_chunks::<LANES>();
    let lanes = chunks.iter().fold([0.0; LANES], |sums: [f32; LANES], chunk| {
        std::array::from_fn(|i| sums[i] + chunk[i])
    });
    lanes.iter().sum()
}

fn sized<const N: usize>(name: &'static str, Floats(values): Floats) -> Result<[f32; N], Fault> {
    values.try_into().map_err(|_| Fault::WrongSize(name))
}
