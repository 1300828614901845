//! One document in, everything it attests out.
//!
//! A [`Sheet`] is a [`Document`](stemma_model::Document) beside its parse; every submodule reads sheets and fills one part
//! of [`Annotations`](stemma_model::Annotations): mentions and their chains, quotations with cue,
//! content and source, dates, events, figures, conditions, framing. Nothing in here sees a second
//! document, reads a file, or can fail.

mod annotator;
mod class;
pub mod condition;
pub mod coref;
pub mod dated;
pub mod event;
pub mod figure;
pub mod framing;
pub mod mention;
pub mod occasion;
pub mod quote;
#[cfg(test)]
mod sample;
mod sheet;
pub mod timex;

pub use annotator::{Annotator, annotate, annotate_parsed};
pub use sheet::Sheet;
