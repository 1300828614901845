//! From many documents to one record.
//!
//! [`group::group`] joins reports to stories and threads. Nothing in here reads a file, parses a
//! sentence, or can fail; documents and annotations come in, reconstructed nouns with their
//! reasons go out.

pub mod claim;
mod consequence;
pub mod contrast;
pub mod corroboration;
pub mod entity;
pub mod group;
mod likeness;
pub mod movement;
pub mod position;
mod question;
pub mod timeline;
pub mod utterance;

pub use consequence::{ConditionGroup, by_size, condition_groups};
pub use question::{Attesting, questions};
