//! What can stop the engine.

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
    #[error(transparent)]
    Store(stemma_store::Error),
}

impl Error {
    /// Whether the English model is missing or damaged.
    #[must_use]
    pub fn is_model(&self) -> bool {
        matches!(self.0, Kind::Model(_))
    }

    /// What the store reports, if it was the store.
    #[must_use]
    pub fn store(&self) -> Option<&stemma_store::Error> {
        match &self.0 {
            Kind::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<stemma_store::Error> for Error {
    fn from(error: stemma_store::Error) -> Self {
        Self(Kind::Store(error))
    }
}
