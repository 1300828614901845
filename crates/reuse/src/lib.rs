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
//!     "The harbour bridge will stay closed until every cable has been tested by hand, the mayor said.",
//!     "Residents heard that the harbour bridge will stay shut until every cable has been tested by hand.",
//! ];
//! let witnesses = texts.map(|text| Witness::new(DocumentId::of(&[text]), text));
//! let found = alignments(&witnesses, &Options::default().min_words(8));
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].words, 14);
//! assert_eq!(found[0].changes.len(), 2); // The, the; closed, shut
//! ```

mod agency;
mod align;
mod change;
mod cluster;
mod collate;
mod diff;
mod earliest;
mod find;
mod forest;
mod gram;
mod initials;
mod kind;
mod pair;
mod quoted;
mod seed;
mod spelling;
mod spill;
mod stemma;
mod stream;
pub mod variant;
mod witness;

pub use agency::{Credit, CreditPlace, credit};
pub use cluster::clusters;
pub use collate::{collate, tei, xml_text};
pub use find::{alignments, for_each_alignment};
pub use witness::{Options, Witness};
