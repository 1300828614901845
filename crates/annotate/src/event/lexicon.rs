//! The classes of `lexicons/events.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::class::Class;

/// The lexicon: dictionary forms by class.
#[derive(Debug, Deserialize)]
pub(super) struct Classes {
    /// Nouns that name events.
    pub nouns: Class,
    /// Verbs of states.
    pub states: Class,
    /// Verbs of reporting.
    pub reports: Class,
    /// Verbs whose complement is to come.
    pub plans: Class,
    /// Verbs whose complement is denied.
    pub denials: Class,
}

impl Classes {
    /// The lexicon that ships with Stemma, parsed once.
    pub fn get() -> &'static Self {
        static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../lexicons/events.toml"))
                .expect("the shipped lexicon is well formed")
        });
        &CLASSES
    }
}
