//! Which differences change what was said.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Words that count as another.
    same: BTreeMap<String, String>,
    /// Irregular pasts and their presents.
    past: BTreeMap<String, String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../lexicons/alterations.toml"))
        .expect("the lexicon is checked by a test")
});

/// What changes where `a` stands in one quotation and `b`, in the same place, in the other; the
/// gravest first. Either may be empty.
pub(crate) fn alterations(a: &str, b: &str) -> Vec<Alteration> {
    let (words_a, words_b) = (folded(a), folded(b));
    let (words_a, words_b) = (expanded(&words_a, &words_b), expanded(&words_b, &words_a));
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
    if negations(&words_a, &words_b) % 2 != negations(&words_b, &words_a) % 2 {
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
    let text = without_thousands(text);
    words(&text).map(|word| fold(word.of_text(&text))).collect()
}

/// `1,000` as `1000`.
fn without_thousands(text: &str) -> String {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let separates =
        |at: usize| digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next());
    text.char_indices().filter(|&(at, c)| c != ',' || !separates(at)).map(|(_, c)| c).collect()
}

/// The words with contractions written out and words that say the same made one. What `'s` and `'d`
/// stand for is taken from `other`; where it has neither form, a final `s` is a possessive.
fn expanded(words: &[String], other: &[String]) -> Vec<String> {
    let whole = |short: &str, forms: [&'static str; 2]| -> Option<&'static str> {
        if other.iter().any(|word| word == short) {
            return None;
        }
        forms.into_iter().find(|form| other.iter().any(|word| word == form))
    };
    let mut expanded: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match word.as_str() {
            "cannot" => expanded.extend(["can", "not"].map(str::to_owned)),
            "t" if expanded.last().is_some_and(|before| before.ends_with('n')) => {
                if let Some(verb) = expanded.pop() {
                    expanded.extend([denied(&verb), "not".to_owned()]);
                }
            }
            "s" => expanded.extend(whole("s", ["is", "has"]).map(str::to_owned)),
            "d" => expanded.push(whole("d", ["would", "had"]).unwrap_or("d").to_owned()),
            _ => expanded.push(LEXICON.same.get(word).unwrap_or(word).clone()),
        }
    }
    expanded
}

/// The verb before `'t`: `won` of `won't` is `will`.
fn denied(verb: &str) -> String {
    match verb {
        "won" => "will",
        "can" => "can",
        "shan" => "shall",
        _ => verb.strip_suffix('n').unwrap_or(verb),
    }
    .to_owned()
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || LEXICON.number.contains(word)
}

/// How many words deny, counting prefixed adjectives (`unlikely`) only beside their positives.
fn negations(words: &[String], other: &[String]) -> usize {
    let positive = |word: &str| {
        let rest = PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix));
        rest.into_iter().any(|rest| other.iter().any(|word| word == rest))
    };
    words.iter().filter(|word| LEXICON.negation.contains(*word) || positive(word)).count()
}

/// What turns an adjective into its contrary (Quirk et al. 1985, I.21).
const PREFIXES: [&str; 7] = ["un", "in", "im", "il", "ir", "dis", "non"];

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
    let irregular = |past: &str, present: &str| {
        LEXICON.past.get(past).is_some_and(|base| stem(base) == stem(present) && present != past)
    };
    a != b && stem(a) == stem(b) && past(a) != past(b) || irregular(a, b) || irregular(b, a)
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
        check("cannot", "can", &[Negation]);
        check("not", "", &[Negation]);
        check("14", "41", &[Number]);
        check("two", "several", &[Number, Quantifier]);
        check("will", "may", &[Modal]);
        check("if asked", "", &[Condition]);
        check("all", "most", &[Quantifier]);
        check("opened", "open", &[Tense]);
        check("is", "was", &[Tense]);
        check("said", "says", &[Tense]);
        check("go", "went", &[Tense]);
        check("likely", "unlikely", &[Negation, Modal]);
        check("possible", "impossible", &[Negation]);
        check("do", "don't", &[Negation]);
        check("3.5", "35", &[Number]);
        check("Calden", "Norrvik", &[Name]);
    }

    #[test]
    fn what_is_only_worded_otherwise() {
        check("big", "large", &[]);
        check("The", "This", &[]);
        check("", "very", &[]);
        for (a, b) in [
            ("will not", "won't"),
            ("cannot", "can't"),
            ("do not", "don't"),
            ("we will", "we'll"),
            ("it is", "it's"),
            ("it has", "it's"),
            ("they would", "they'd"),
            ("the government", "the government's"),
            ("14", "fourteen"),
            ("1,000", "1000"),
            ("until", "till"),
            ("about", "around"),
            ("possible", "not impossible"),
            ("understand", "see"),
        ] {
            check(a, b, &[]);
            check(b, a, &[]);
        }
    }
}
