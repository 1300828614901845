//! Training the choice between cuts of conditions.

mod data;
mod logit;
mod train;

pub use train::train_conditions;
