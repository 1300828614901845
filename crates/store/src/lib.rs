//! The embedded store: one SQLite file that loses nothing.
//!
//! A [`Store`] takes documents with what they attest ([`Entry`]) and, from time to time, a
//! [`Record`](stemma_model::Record) of what was reconstructed from all of them, in [`Batch`]es
//! that are stored wholly or not at all; questions ([`QuoteQuery`] and its like) come out as rows.
//! People's corrections are kept beside both and touched by neither. `docs/store.md` describes
//! the tables, which any SQLite tool can read.
//!
//! This is the only room that knows the disk's layout and its versions. It analyses nothing.
//!
//! ```
//! use stemma_store::{QuoteQuery, Store};
//!
//! let store = Store::in_memory()?;
//! assert_eq!(store.quotes(&QuoteQuery::default())?.total, 0);
//! # Ok::<(), stemma_store::Error>(())
//! ```

mod check;
mod codec;
mod correction;
mod derived;
mod draft;
mod dump;
mod error;
mod names;
mod query;
mod read;
mod references;
mod schema;
mod store;
mod vector;
mod write;

pub use correction::Corrected;
pub use draft::Draft;
pub use error::Error;
pub use query::{
    Found, Near, NearQuery, Page, PeopleQuery, PersonRow, QuoteQuery, QuoteRow, SearchQuery,
    SearchRow, StoryQuery, StoryRow, TimelineQuery, TimelineRow, VariantQuery, VariantRow,
};
pub use read::{Arrival, Fetched, Listing, Stored};
pub use references::{Derived, QuotePlace};
pub use store::Store;
pub use vector::Vectors;
pub use write::{Batch, Entry};
