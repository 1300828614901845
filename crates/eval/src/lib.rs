//! Scores on gold corpora, measured from outside through the engine's façade.
//!
//! A [`Suite`] reads a corpus in its own format, runs the engine on its texts, and gives
//! [`Scores`]; [`Floors`] holds what each may not fall below. Every scorer follows the one that
//! the corpus's authors or the task's organisers publish, as its module says.

mod article_extraction;
mod basil;
pub mod brat;
mod citron;
mod conditions;
mod coref;
mod corpus;
mod datetime;
mod error;
mod floor;
mod paraphrase;
mod polnear;
mod reading;
mod reuse;
mod score;
mod seeds;
mod stories;
mod suite;
mod timeline;
mod timeml;

pub use corpus::digest;
pub use error::Error;
pub use floor::Floors;
pub use score::{Counts, Metric, Scores, percent};
pub use suite::{Suite, UnknownSuite};
