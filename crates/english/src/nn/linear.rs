//! Matrix products.

use gemm_common::Parallelism;

use crate::model::Fault;
use crate::model::data::{Floats, LinearData};

/// A row-major matrix.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    columns: usize,
    data: Vec<f32>,
}

impl Matrix {
    /// The matrix of these values, which must be `rows` by `columns`.
    pub(crate) fn new(
        name: &'static str,
        data: Vec<f32>,
        rows: usize,
        columns: usize,
    ) -> Result<Self, Fault> {
        if data.len() == rows * columns {
            Ok(Self { columns, data })
        } else {
            Err(Fault::WrongSize(name))
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.data.len() / self.columns
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..(row + 1) * self.columns]
    }

    pub(crate) fn transposed(&self) -> Self {
        let column =
            |column| (0..self.rows()).map(move |row| self.data[row * self.columns + column]);
        Self { columns: self.rows(), data: (0..self.columns).flat_map(column).collect() }
    }

    /// The rows in another order.
    pub(crate) fn with_rows(&self, order: impl Iterator<Item = usize>) -> Self {
        Self { columns: self.columns, data: order.flat_map(|row| self.row(row)).copied().collect() }
    }

    /// Some of the rows.
    pub(crate) fn part(&self, rows: std::ops::Range<usize>) -> Self {
        self.with_rows(rows)
    }

    /// `out = lhs · self`: `lhs` has a row of `self.rows()` values every `stride`, and may overlap
    /// itself; `out` gets `m` rows of `self.columns`.
    ///
    /// # Panics
    /// When `lhs` or `out` is shorter than that.
    pub(crate) fn left_multiply(&self, lhs: &[f32], stride: usize, m: usize, out: &mut [f32]) {
        multiply((lhs, stride, m), (&self.data, self.columns), out);
    }
}

/// `out = lhs · rhs`, all row-major and dense: `lhs` is `m` by `k`, `rhs` is `k` by `n`, `out` is `m`
/// by `n`, where `k = rhs.len() / n`. One core; O(m · n · k). For small networks that stand on the
/// pipeline's vectors.
///
/// # Panics
/// When `n` is zero or the lengths are not those of such matrices.
pub fn product(lhs: &[f32], rhs: &[f32], n: usize, out: &mut [f32]) {
    let (k, m) = (rhs.len() / n, out.len() / n);
    assert!(rhs.len() == k * n && out.len() == m * n, "the rows are not of {n} columns");
    assert_eq!(lhs.len(), m * k, "the left matrix is not {m} by {k}");
    multiply((lhs, k, m), (rhs, n), out);
}

/// `out = lhs · rhs`: `lhs` has `m` rows, one every `stride` values, `rhs` rows of `n` values.
fn multiply((lhs, stride, m): (&[f32], usize, usize), (rhs, n): (&[f32], usize), out: &mut [f32]) {
    let k = rhs.len() / n;
    if m == 0 {
        return;
    }
    assert!(lhs.len() >= (m - 1) * stride + k, "the left matrix is too short");
    assert!(out.len() >= m * n, "the output is too short");
    let step = |count: usize| isize::try_from(count).expect("matrices fit in memory");
    // The kernels prefer columns that are contiguous, so ask for the transposed product: `out` and
    // both factors are read as column-major matrices of the other shape.
    // SAFETY: read so, the kernel reads rhs[i * n + j] for i < k, j < n and lhs[i * stride + j] for
    // i < m, j < k, and writes out[i * n + j] for i < m, j < n. `k * n` is at most the length of
    // `rhs`, the assertions above bound the other two, and `out` is borrowed mutably, so it
    // overlaps neither.
    unsafe {
        gemm_f32::gemm::f32::get_gemm_fn()(
            n,
            m,
            k,
            out.as_mut_ptr(),
            step(n),
            1,
            false,
            rhs.as_ptr(),
            step(n),
            1,
            lhs.as_ptr(),
            step(stride),
            1,
            0.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// A matrix of inputs by outputs, and what is added to each output.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    weights: Matrix,
    bias: Vec<f32>,
}

impl Linear {
    /// From the stored outputs-by-inputs layout.
    pub(crate) fn new(
        name: &'static str,
        data: LinearData,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, Fault> {
        let Floats(bias) = data.bias;
        if bias.len() != outputs {
            return Err(Fault::WrongSize(name));
        }
        let weights = Matrix::new(name, data.weights.0, outputs, inputs)?.transposed();
        Ok(Self { weights, bias })
    }

    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// `m` rows of outputs for `m` packed rows of inputs.
    pub(crate) fn apply(&self, inputs: &[f32], m: usize, out: &mut Vec<f32>) {
        out.resize(m * self.outputs(), 0.0);
        self.weights.left_multiply(inputs, self.weights.rows(), m, out);
        for row in out.chunks_exact_mut(self.bias.len()) {
            row.iter_mut().zip(&self.bias).for_each(|(value, bias)| *value += bias);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_rows_multiply_like_copied_ones() {
        let weights = Matrix::new("test", vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, 2).unwrap();
        let mut out = [0.0; 6];
        weights.left_multiply(&[1.0, 0.0, 2.0, 1.0, 0.0], 1, 3, &mut out);
        assert_eq!(out, [11.0, 14.0, 11.0, 14.0, 5.0, 8.0]);
        assert_eq!(weights.transposed().data, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
    }

    #[test]
    fn a_product_is_row_by_column() {
        let mut out = [0.0; 4];
        product(&[1.0, 2.0, 0.0, 1.0], &[1.0, 2.0, 3.0, 4.0], 2, &mut out);
        assert_eq!(out, [7.0, 10.0, 3.0, 4.0]);
        product(&[], &[1.0, 2.0], 2, &mut []);
    }

    #[test]
    #[should_panic = "the left matrix is not 2 by 1"]
    fn a_product_of_other_sizes_panics() {
        product(&[1.0], &[1.0, 2.0], 2, &mut [0.0; 4]);
    }

    #[test]
    fn wrong_sizes_are_refused() {
        assert!(Matrix::new("test", vec![0.0; 5], 2, 3).is_err());
    }
}
