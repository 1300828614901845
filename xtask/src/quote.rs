//! Training and measuring the quotation model.

mod clusters;
mod data;
mod features;
mod score;
mod sgd;
mod train;

pub use clusters::cluster_words;
pub use train::train_quotes;
