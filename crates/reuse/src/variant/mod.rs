//! How one quotation relates to another.
//!
//! [`candidates`] brings together what is worth comparing; [`relate`] types a pair and says what
//! differs, word by word. The contract (what is folded, what decides) is in `docs/reuse.md`.

mod alter;
mod candidates;
mod paraphrase;
mod prints;
mod relate;
mod relations;
mod said;

pub use candidates::{Candidates, HOLDERS, candidates};
pub use paraphrase::{Closeness, FEATURES, cosine};
pub use relate::{Related, relate};
pub use relations::relations;
pub use said::QuotedText;
