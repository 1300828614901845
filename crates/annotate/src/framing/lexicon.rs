//! `lexicons/framing.toml`, parsed once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// One form of one concept.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) concept: String,
    /// The form, lower-cased.
    pub(super) name: String,
    /// Its tokens, lower-cased.
    pub(super) words: Vec<String>,
    /// Words after which it means something else.
    pub(super) not_after: Vec<String>,
    /// Words before which it means something else.
    pub(super) not_before: Vec<Vec<String>>,
}

/// All forms by their first word.
pub(super) struct Lexicon {
    forms: BTreeMap<String, Vec<Form>>,
}

impl Lexicon {
    /// The forms that start with `word`.
    pub(super) fn starting_with(&self, word: &str) -> impl Iterator<Item = &Form> {
        self.forms.get(word).into_iter().flatten()
    }
}

#[derive(Deserialize)]
struct File {
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Concept {
    id: String,
    /// What Stemma calls it.
    neutral: String,
    /// Where the choice of words is discussed.
    source: String,
    forms: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
}

/// The lexicon.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let text = include_str!("../../../../lexicons/framing.toml");
    parse(text).expect("lexicons/framing.toml is checked by a test")
});

fn parse(text: &str) -> Result<Lexicon, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let mut forms: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    for concept in file.concept {
        debug_assert!(!concept.source.is_empty() && !concept.neutral.is_empty());
        for name in &concept.forms {
            let words = tokens(name);
            let form = Form {
                concept: concept.id.clone(),
                name: name.to_lowercase(),
                words,
                not_after: concept.not_after.clone(),
                not_before: concept.not_before.iter().map(|words| tokens(words)).collect(),
            };
            forms.entry(form.words[0].clone()).or_default().push(form);
        }
    }
    Ok(Lexicon { forms })
}

/// The tokens that the pipeline makes of a form: hyphens stand alone, possessives too.
fn tokens(form: &str) -> Vec<String> {
    let spaced = form.to_lowercase().replace('-', " - ").replace("'s", " 's");
    spaced.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concept_offers_a_choice_and_has_a_source() {
        let text = include_str!("../../../../lexicons/framing.toml");
        let file: File = toml::from_str(text).unwrap();
        for concept in &file.concept {
            assert!(concept.forms.len() > 1, "{} has one form", concept.id);
            assert!(!concept.source.is_empty() && !concept.neutral.is_empty());
        }
        assert_eq!(LEXICON.starting_with("pro").count(), 3);
    }
}
