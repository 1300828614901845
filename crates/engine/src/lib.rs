//! The order of the stages, and the threads they run on: the library's façade.
//!
//! [`Engine`] holds the loaded models. [`Engine::annotate`] streams what each document attests;
//! [`Engine::collect`] gathers it and [`reconstruct`] makes the [`Record`](stemma_model::Record)
//! behind the documents, stage by stage. What needs no grammar, such as
//! [`for_each_shared_passage`], needs no engine either.

mod apparatus;
pub mod archive;
mod engine;
mod error;
mod parallel;
mod problem;
mod quoted;
mod read;
mod reconstruct;
mod shared;
mod stories;

pub use apparatus::apparatus;
pub use engine::Engine;
pub use error::Error;
pub use parallel::for_each_in_order;
pub use quoted::closeness;
pub use read::{Collection, Item, count_records, for_each_document};
pub use reconstruct::reconstruct;
pub use shared::{Carrier, for_each_shared_passage, read_witnesses};
pub use stemma_english::{Conllu, Doc, model, record as parse_record};
pub use stemma_ingest::Input;
pub use stemma_ingest::html::{Extracted, extract};
pub use stemma_reuse::Options as ReuseOptions;
pub use stemma_story::timeline::{Dating, Deed, deeds, of_actor};
pub use stories::{Stories, read_stories};
