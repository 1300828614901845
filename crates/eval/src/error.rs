//! What can stop an evaluation.

use std::path::PathBuf;

/// A corpus that cannot be read, or is not what the suite expects.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("could not read {} of the corpus", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("no file lies below {}: is it the corpus's folder?", dir.display())]
    Empty { dir: PathBuf },
    #[error("{} is not as the suite expects: {found}", path.display())]
    Shape { path: PathBuf, found: String },
    #[error("the engine failed")]
    Engine(#[source] stemma_engine::Error),
}

impl From<stemma_engine::Error> for Error {
    fn from(source: stemma_engine::Error) -> Self {
        Kind::Engine(source).into()
    }
}

impl Error {
    /// Whether the corpus, rather than the engine, is at fault.
    #[must_use]
    pub fn is_corpus(&self) -> bool {
        !matches!(self.0, Kind::Engine(_))
    }
}
