//! What can stop the engine.

use std::error::Error as StdError;
use std::path::PathBuf;

/// Something without which no result is possible: no model, no input, no store.
///
/// Opaque: ask it with the predicates, print it with its chain of sources.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("could not load the English model")]
    Model(#[source] stemma_english::Error),
    #[error("could not write {}", path.display())]
    Output { path: PathBuf, source: std::io::Error },
    #[error("{attempted}")]
    Other { attempted: String, source: Box<dyn StdError + Send + Sync> },
}

impl Error {
    /// Whether the English model is missing or damaged.
    #[must_use]
    pub fn is_model(&self) -> bool {
        matches!(self.0, Kind::Model(_))
    }
}
