//! Which differences change what was said.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use stemma_text::{fold, words};

/// What a difference changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Alteration {
    Negation,
    Number,
    Name,
    Modal,
    Condition,
    Quantifier,
    Tense,
}

impl Alteration {
    /// What it is called in a reason.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Number => "number",
            Self::Name => "name",
            Self::Modal => "modal",
            Self::Condition => "condition",
            Self::Quantifier => "quantifier",
            Self::Tense => "tense",
        }
    }

    /// Whether it changes what was said even where direct speech has become indirect, which moves
    /// tenses and modals by rule ("will" becomes "would").
    pub fn outlives_backshift(self) -> bool {
        !matches!(self, Self::Modal | Self::Tense | Self::Name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lexicon {
    negation: BTreeSet<String>,
    modal: BTreeSet<String>,
    quantifier: BTreeSet<String>,
    condition: BTreeSet<String>,
    number: BTreeSet<String>,
    tense: BTreeSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../lexicons/alterations.toml"))
        .expect("the lexicon is checked by a test")
});

/// What changes where `a` stands in one quotation and `b`, in the same place, in the other; the
/// gravest first. Either may be empty.
pub(crate) fn alterations(a: &str, b: &str) -> Vec<Alteration> {
    let (words_a, words_b) = (folded(a), folded(b));
    let differ = |class: fn(&str) -> bool| {
        let of = |words: &[String]| {
            let mut of: Vec<String> = words.iter().filter(|word| class(word)).cloned().collect();
            of.sort_unstable();
            of
        };
        of(&words_a) != of(&words_b)
    };
    let mut found: Vec<Alteration> = [
        (Alteration::Number, is_number as fn(&str) -> bool),
        (Alteration::Modal, |word| LEXICON.modal.contains(word)),
        (Alteration::Condition, |word| LEXICON.condition.contains(word)),
        (Alteration::Quantifier, |word| LEXICON.quantifier.contains(word)),
        (Alteration::Tense, |word| LEXICON.tense.contains(word)),
    ]
    .into_iter()
    .filter(|(_, class)| differ(*class))
    .map(|(alteration, _)| alteration)
    .collect();
    if negations(&words_a) % 2 != negations(&words_b) % 2 {
        found.push(Alteration::Negation);
    }
    if other_name(a, b) {
        found.push(Alteration::Name);
    }
    if other_ending(&words_a, &words_b) {
        found.push(Alteration::Tense);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| fold(word.of_text(text))).collect()
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || LEXICON.number.contains(word)
}

/// How many words deny, counting prefixed adjectives (`unlikely`) only beside their positives.
fn negations(words: &[String]) -> usize {
    words.iter().filter(|word| LEXICON.negation.contains(*word)).count()
}

/// Whether names stand on both sides and none of them is on the other.
fn other_name(a: &str, b: &str) -> bool {
    let names = |text: &str| -> BTreeSet<String> {
        words(text)
            .map(|word| word.of_text(text))
            .filter(|word| {
                word.starts_with(char::is_uppercase)
                    && word.chars().count() > 2
                    && !is_function(word)
            })
            .map(fold)
            .collect()
    };
    let (a, b) = (names(a), names(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// Whether a capital of this word is that of a sentence's first word only.
fn is_function(word: &str) -> bool {
    let word = fold(word);
    let lists = [
        &LEXICON.negation,
        &LEXICON.modal,
        &LEXICON.quantifier,
        &LEXICON.condition,
        &LEXICON.tense,
        &LEXICON.number,
    ];
    lists.iter().any(|list| list.contains(&word))
        || [
            "the", "and", "but", "this", "that", "these", "those", "our", "their", "his", "her",
            "they", "you", "she", "for", "with", "from", "there", "what", "who", "how", "why",
        ]
        .contains(&word.as_str())
}

/// Whether single words stand for each other that differ in a verb's ending: `open`, `opened`.
fn other_ending(a: &[String], b: &[String]) -> bool {
    let ([a], [b]) = (a, b) else { return false };
    let stem = |word: &str| -> String {
        ["ing", "ed", "es", "s", "d"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 3))
            .unwrap_or(word)
            .trim_end_matches('e')
            .to_owned()
    };
    let past = |word: &str| word.ends_with("ed");
    a != b && stem(a) == stem(b) && past(a) != past(b)
}

#[cfg(test)]
mod tests {
    use super::Alteration::*;
    use super::*;

    fn check(a: &str, b: &str, expected: &[Alteration]) {
        assert_eq!(alterations(a, b), expected, "{a} | {b}");
    }

    #[test]
    fn what_a_difference_changes() {
        check("cannot", "can", &[Negation, Modal]);
        check("not", "", &[Negation]);
        check("14", "41", &[Number]);
        check("two", "several", &[Number, Quantifier]);
        check("will", "may", &[Modal]);
        check("if asked", "", &[Condition]);
        check("all", "most", &[Quantifier]);
        check("opened", "open", &[Tense]);
        check("is", "was", &[Tense]);
        check("Calden", "Norrvik", &[Name]);
    }

    #[test]
    fn what_is_only_worded_otherwise() {
        check("big", "large", &[]);
        check("The", "This", &[]);
        check("", "very", &[]);
    }
}
