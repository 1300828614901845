//! The words that make one thing depend on another, from `lexicons/conditions.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use stemma_model::ConditionForce;

/// Classes of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    Subordinator,
    Temporal,
    Lacking,
    Occasion,
    Preposition,
    Verb,
    Tie,
    Noun,
    Necessity,
    Refusal,
    Embedding,
    Asking,
    Inquiry,
    Commissive,
    Thinking,
    Manner,
    Authority,
    Rule,
    People,
    Desire,
    Occurrence,
    Discourse,
    Idiom,
}

/// One section of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    /// Where its entries come from.
    source: String,
    #[serde(default)]
    sufficient: Vec<String>,
    #[serde(default)]
    necessary: Vec<String>,
    #[serde(default)]
    unspecified: Vec<String>,
}

/// A multi-word form with its force, split at spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) words: Vec<String>,
    pub(super) force: ConditionForce,
}

/// The lexicon: entries by class, longest first.
pub(super) struct Lexicon {
    classes: BTreeMap<Class, Vec<Entry>>,
}

impl Lexicon {
    /// The entries of `class`, longest first.
    pub(super) fn entries(&self, class: Class) -> &[Entry] {
        self.classes.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Whether the one word `word` is an entry of `class`.
    pub(super) fn has(&self, class: Class, word: &str) -> bool {
        self.entries(class).iter().any(|entry| entry.words == [word])
    }
}

/// The lexicon, parsed once.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let text = include_str!("../../../../lexicons/conditions.toml");
    parse(text).expect("lexicons/conditions.toml is checked by a test")
});

fn parse(text: &str) -> Result<Lexicon, toml::de::Error> {
    let file: BTreeMap<Class, Vec<Section>> = toml::from_str(text)?;
    let classes = file
        .into_iter()
        .map(|(class, sections)| (class, sections.into_iter().flat_map(entries).collect()))
        .map(|(class, mut entries): (Class, Vec<Entry>)| {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
            (class, entries)
        })
        .collect();
    Ok(Lexicon { classes })
}

fn entries(section: Section) -> impl Iterator<Item = Entry> {
    debug_assert!(!section.source.is_empty(), "every section names its source");
    let Section { sufficient, necessary, unspecified, source: _ } = section;
    [
        (sufficient, ConditionForce::Sufficient),
        (necessary, ConditionForce::Necessary),
        (unspecified, ConditionForce::Unspecified),
    ]
    .into_iter()
    .flat_map(|(forms, force)| {
        forms
            .into_iter()
            .map(move |form| Entry { words: form.split(' ').map(str::to_owned).collect(), force })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_longer_forms_come_first() {
        let entries = LEXICON.entries(Class::Subordinator);
        assert!(entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.words.len())));
        assert!(LEXICON.has(Class::Subordinator, "unless"));
        assert!(!LEXICON.has(Class::Subordinator, "whether"));
    }
}
