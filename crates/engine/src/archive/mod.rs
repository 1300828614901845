//! The store at work: documents are added as they come, questions are answered at once.
//!
//! [`add`] reads what is new and annotates it; [`refresh`] reconstructs, from what the store holds,
//! what many documents say together, and is the same whatever the order in which they came.
//! `fetch` (a feature) adds from the web; [`like`] and [`quotes_like`] find by meaning.
//! [`verify`] re-checks every statement; [`compare`] and [`edits`] put two documents, or the
//! versions of one report, beside each other.

mod add;
mod compare;
mod corrections;
mod edits;
#[cfg(feature = "fetch")]
mod fetch;
mod meaning;
mod memory;
mod pool;
mod refresh;
mod verify;
#[cfg(feature = "fetch")]
mod visit;

pub use add::{Added, Adding, add};
pub use compare::{Comparison, Difference, Side, compare};
pub use corrections::corrected;
pub use edits::{Edit, edits};
#[cfg(feature = "fetch")]
pub use fetch::{Visited, Visiting, failures, fetch, next_visit};
pub use meaning::{LikeRow, add_vectors, like, quotes_like};
pub use refresh::{basis, part, refresh};
pub use stemma_ingest::canonical_address;
#[cfg(feature = "fetch")]
pub use stemma_ingest::fetch::{FetchOptions, Fetcher};
pub use stemma_store::{
    Corrected, Error as StoreError, Found, Near, NearQuery, Page, PeopleQuery, PersonRow,
    QuoteQuery, QuoteRow, SearchQuery, SearchRow, Store, Stored, StoryQuery, StoryRow,
    TimelineQuery, TimelineRow, VariantQuery, VariantRow,
};
pub use verify::{Fault, Finding, Verified, verify};

/// The digest of everything that decides what a document attests: the sources of the rooms that
/// read and annotate, their lexicons, weights and the pinned model. A stored annotation is used
/// again as long as this is the same.
pub const STAGE: &str = env!("STEMMA_ANNOTATE_DIGEST");

/// The digest of everything that decides what is reconstructed from annotations.
pub const VERSION: &str = env!("STEMMA_RECONSTRUCT_DIGEST");
