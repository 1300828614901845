//! The classes of `lexicons/outlook.toml`: words that tell whether a clause looks back or forward.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::class::Class;

/// The lexicon: dictionary forms by class.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outlook {
    /// Words that say that what follows is to come.
    pub ahead: Class,
    /// Verbs whose past is their plain form, which a tagger takes for the present.
    pub invariant: Class,
    /// Verbs whose passive tells that what follows came to be: `was forced to resign`.
    pub brought_about: Class,
    /// Verbs that say how what follows goes on, not when: `is continuing to sell`, `tried to sell`.
    pub aspect: Class,
    /// Words that make a date the end of something, which may lie ahead of what is told as past.
    pub ends: Class,
    /// Those whose age is told in months or weeks.
    pub small_children: Class,
}

impl Outlook {
    /// The lexicon that ships with Stemma, parsed once.
    pub fn get() -> &'static Self {
        static OUTLOOK: LazyLock<Outlook> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../lexicons/outlook.toml"))
                .expect("the shipped lexicon is well formed")
        });
        &OUTLOOK
    }
}
