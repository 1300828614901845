//! The suites that there are.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::{Error, Scores, article_extraction};

/// What can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// The body of HTML pages.
    ArticleExtraction,
}

impl Suite {
    /// Every suite, in the order that the help lists them.
    pub const ALL: &[Self] = &[Self::ArticleExtraction];

    /// All names, for a message.
    fn names() -> String {
        Self::ALL.iter().map(|suite| suite.name()).collect::<Vec<_>>().join(", ")
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ArticleExtraction => "article-extraction",
        }
    }

    /// What it scores, and on what.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::ArticleExtraction => "HTML bodies, on the article extraction benchmark",
        }
    }

    /// Runs it on the corpus in `dir`.
    ///
    /// # Errors
    /// When the corpus is not there or not of the shape the suite expects, or the engine cannot
    /// be opened.
    pub fn score(self, dir: &Path) -> Result<Scores, Error> {
        match self {
            Self::ArticleExtraction => article_extraction::score(dir),
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no suite has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no suite `{name}`; there are: {}", Suite::names())]
pub struct UnknownSuite {
    name: String,
}

impl FromStr for Suite {
    type Err = UnknownSuite;

    fn from_str(name: &str) -> Result<Self, UnknownSuite> {
        let found = Self::ALL.iter().find(|suite| suite.name() == name);
        found.copied().ok_or_else(|| UnknownSuite { name: name.to_owned() })
    }
}
