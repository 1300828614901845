//! Questions, and what answers look like.

mod expression;
mod filter;
mod near;
mod people;
mod quotes;
mod search;
mod stories;
mod timeline;
mod variants;

pub use near::{Near, NearQuery};
pub use people::{PeopleQuery, PersonRow};
pub use quotes::{QuoteQuery, QuoteRow};
pub use search::{SearchQuery, SearchRow};
pub use stories::{StoryQuery, StoryRow};
pub use timeline::{TimelineQuery, TimelineRow};
pub use variants::{VariantQuery, VariantRow};

/// Which part of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many rows to pass over.
    pub skip: u64,
    /// How many rows to give at most.
    pub take: u64,
}

impl Default for Page {
    /// The first twenty rows.
    fn default() -> Self {
        Self { skip: 0, take: 20 }
    }
}

/// A page of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// How many rows all pages have.
    pub total: u64,
}
