//! Whose words: texts compared by their words alone, without grammar.
//!
//! A [`Witness`] is a text with what its carrier says about it. [`alignments`] gives every passage
//! that two witnesses share, verbatim or nearly so, as [`stemma_model::Alignment`]s.
//!
//! ```
//! use stemma_model::DocumentId;
//! use stemma_reuse::{Options, Witness, alignments};
//!
//! let texts = [
//!     "The harbour bridge will stay closed until every cable has been tested, the mayor said.",
//!     "Residents heard that the harbour bridge will stay shut until every cable has been tested.",
//! ];
//! let witnesses = texts.map(|text| Witness::new(DocumentId::of(&[text]), text));
//! let found = alignments(&witnesses, &Options::default().min_words(8));
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].words, 12);
//! assert_eq!(found[0].changes.len(), 1); // closed, shut
//! ```

mod align;
mod change;
mod earliest;
mod find;
mod gram;
mod pair;
mod seed;
mod spelling;
mod spill;
mod stream;
mod witness;

pub use find::{alignments, for_each_alignment};
pub use witness::{Options, Witness};
