//! The arithmetic of the network: products of matrices, maxout, layer norm.
//!
//! All numbers are `f32`, all matrices row-major. Products go to `gemm`; everything else is plain
//! loops over lanes, compiled for the processor's widest vectors through `pulp`.

mod cache;
mod linear;
mod maxout;
mod tok2vec;

pub(crate) use cache::{Cache, Slot};
pub use linear::product;
pub(crate) use linear::{Linear, Matrix};
pub(crate) use tok2vec::{Encoder, Key, REACH, Tok2Vec};

/// The width of every token vector.
pub(crate) const WIDTH: usize = 96;

/// The pieces of every maxout.
const PIECES: usize = 3;

/// A maxout's values before the maximum.
const UNMAXED: usize = WIDTH * PIECES;
