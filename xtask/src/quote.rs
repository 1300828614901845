//! Training and measuring the quotation model.

mod boost;
mod clusters;
mod data;
mod features;
mod histogram;
mod judge;
mod net;
mod predict;
mod score;
mod sgd;
mod train;

pub use clusters::cluster_words;
pub use predict::predict_quotes;
pub use train::train_quotes;
