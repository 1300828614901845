//! The units of `lexicons/units.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lexicon: all words in lower case.
#[derive(Debug, Deserialize)]
pub(super) struct Units {
    /// Signs before a number, with their currency codes.
    pub signs: Words,
    /// Words after a number, with their currency codes and what one of them is of the currency.
    pub currencies: Words,
    /// Hundredth parts of currencies: `cents`.
    pub hundredths: Words,
    /// Measures, with their symbols.
    pub measures: Words,
}

/// A section: its source and its words.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    #[serde(rename = "source")]
    _source: String,
    #[serde(flatten)]
    words: HashMap<String, String>,
}

impl Words {
    /// What a word stands for.
    pub fn get(&self, word: &str) -> Option<&str> {
        self.words.get(word).or_else(|| self.words.get(&word.to_lowercase())).map(String::as_str)
    }
}

impl Units {
    /// The lexicon that ships with Stemma, parsed once.
    pub fn get() -> &'static Self {
        static UNITS: LazyLock<Units> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../lexicons/units.toml"))
                .expect("the shipped lexicon is well formed")
        });
        &UNITS
    }
}
