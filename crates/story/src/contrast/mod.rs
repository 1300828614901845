//! How each report tells it: terms, verbs, coverage, headlines. Counts and spans, never a score.
//!
//! No part needs what all documents attest at once: [`Uses`] takes in one document after the other,
//! [`Headlines`] sees one, [`Matrices`] those of one story.

mod background;
mod coverage;
mod headline;
mod terms;

pub use coverage::{Input, Matrices};
pub use headline::Headlines;
pub use terms::{DocumentUses, Uses, Wordings};
