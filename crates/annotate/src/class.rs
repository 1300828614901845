//! Word classes as the lexicons have them.

use std::collections::HashSet;

use serde::Deserialize;

/// One class: dictionary forms, with where they come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    #[serde(rename = "source")]
    _source: String,
    words: HashSet<String>,
}

impl Class {
    /// Whether a dictionary form is of this class.
    pub(crate) fn has(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}
