//! The trained model as this crate keeps it: plain tables, in the order the stages use them.

use std::cmp::Ordering;

use rapidhash::{RapidHashMap, RapidHashSet};
use serde::{Deserialize, Serialize};

use crate::lexeme::string_id;

/// Everything the pipeline needs.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ModelData {
    pub(crate) exceptions: Vec<Exception>,
    /// Norms by the id of the word form.
    pub(crate) norms: Vec<(u64, String)>,
    pub(crate) tags: Vec<String>,
    pub(crate) tok2vec: Tok2VecData,
    pub(crate) tagger: LinearData,
    pub(crate) parser: TransitionData,
    pub(crate) rules: Vec<Rule>,
    pub(crate) lemmas: Vec<LemmaTable>,
    pub(crate) ner_tok2vec: Tok2VecData,
    pub(crate) ner: TransitionData,
}

/// A special case of the tokenizer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Exception {
    pub(crate) text: String,
    pub(crate) tokens: Vec<ExceptionToken>,
}

impl Exception {
    /// Whether its tokens make up its text.
    pub(crate) fn is_whole(&self) -> bool {
        let joined: String = self.tokens.iter().map(|token| token.text.as_str()).collect();
        joined == self.text && self.tokens.iter().all(|token| !token.text.is_empty())
    }
}

/// One token of an [`Exception`]; their texts joined are its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExceptionToken {
    pub(crate) text: String,
    pub(crate) norm: Option<String>,
}

/// A row-major matrix of outputs by inputs, and a bias an output.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LinearData {
    pub(crate) weights: Floats,
    pub(crate) bias: Floats,
}

/// Hash embeddings, a mixer and four windowed layers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Tok2VecData {
    /// Seed and rows of each table, 96 wide.
    pub(crate) tables: Vec<(u32, Floats)>,
    pub(crate) mixer: MaxoutData,
    pub(crate) layers: Vec<MaxoutData>,
}

/// A maxout of three pieces (outputs, pieces, inputs) and its layer norm.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MaxoutData {
    pub(crate) linear: LinearData,
    pub(crate) gain: Floats,
    pub(crate) shift: Floats,
}

/// The scorer of a transition system and its moves.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TransitionData {
    /// 96 to 64.
    pub(crate) reduce: LinearData,
    /// (features, 64, 2, 64).
    pub(crate) lower: LinearData,
    /// (features, 64, 2): stands for a missing token.
    pub(crate) pad: Floats,
    /// Moves by 64.
    pub(crate) upper: LinearData,
    /// Kind (as spaCy numbers it) and label of each move, in scoring order.
    pub(crate) moves: Vec<(u8, String)>,
}

/// One rule of the attribute ruler.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// Alternatives, each a run of one or two tokens.
    pub(crate) patterns: Vec<Vec<TokenPattern>>,
    /// Which token of the run is changed.
    pub(crate) index: usize,
    pub(crate) set: Attributes,
}

/// What a token must be; every part that is given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct TokenPattern {
    pub(crate) tag: Option<Test>,
    pub(crate) lower: Option<Test>,
    pub(crate) dep: Option<Test>,
    pub(crate) is_space: Option<bool>,
}

/// A condition on a string.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    Regex(String),
}

/// What a rule sets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attributes {
    pub(crate) tag: Option<String>,
    pub(crate) pos: Option<String>,
    pub(crate) morph: Option<String>,
    pub(crate) lemma: Option<String>,
    pub(crate) dep: Option<String>,
}

/// The lemmatizer's tables for one part of speech.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LemmaTable {
    /// Lower-case Universal part of speech.
    pub(crate) pos: String,
    /// Endings and what replaces them, in order.
    pub(crate) rules: Vec<(String, String)>,
    /// Irregular forms, sorted, and their lemmas.
    pub(crate) exceptions: Vec<(String, Vec<String>)>,
    /// Known lemmas.
    pub(crate) index: SortedStrings,
}

/// Numbers, stored as little-endian bytes so that reading them is one copy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Floats(pub(crate) Vec<f32>);

impl Serialize for Floats {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|value| value.to_le_bytes()).collect();
        serde_bytes::serialize(&bytes, serializer)
    }
}

impl<'de> Deserialize<'de> for Floats {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: &[u8] = serde_bytes::deserialize(deserializer)?;
        Ok(Self::from_le_bytes(bytes))
    }
}

impl Floats {
    pub(crate) fn from_le_bytes(bytes: &[u8]) -> Self {
        let (values, _) = bytes.as_chunks::<4>();
        Self(values.iter().map(|&value| f32::from_le_bytes(value)).collect())
    }
}

/// A sorted set of strings in one allocation, which takes no time to build.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct SortedStrings {
    arena: String,
    ends: Vec<u32>,
}

impl FromIterator<String> for SortedStrings {
    fn from_iter<I: IntoIterator<Item = String>>(strings: I) -> Self {
        let sorted: std::collections::BTreeSet<String> = strings.into_iter().collect();
        sorted.iter().fold(Self::default(), |mut set, string| {
            set.arena.push_str(string);
            set.ends.push(u32::try_from(set.arena.len()).expect("under 4 GiB of lemmas"));
            set
        })
    }
}

impl SortedStrings {
    pub(crate) fn contains(&self, wanted: &str) -> bool {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.get(middle).cmp(wanted) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => high = middle,
            }
        }
        false
    }

    /// The string at `rank`; empty where a damaged table makes no sense.
    fn get(&self, rank: usize) -> &str {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.arena.get(start as usize..self.ends[rank] as usize).unwrap_or_default()
    }
}

/// Facts about word forms that the model carries.
#[derive(Debug)]
pub(crate) struct Words {
    norms: RapidHashMap<u64, String>,
    phrase_openers: RapidHashSet<Box<str>>,
}

impl Words {
    pub(crate) fn new(norms: Vec<(u64, String)>, phrase_openers: RapidHashSet<Box<str>>) -> Self {
        Self { norms: norms.into_iter().collect(), phrase_openers }
    }

    /// The norm of a form when it is not its lower case.
    pub(crate) fn norm(&self, text: &str) -> Option<&str> {
        let trained = self.norms.get(&string_id(text)).map(String::as_str);
        trained.or_else(|| BASE_NORMS.iter().find(|(form, _)| *form == text).map(|(_, norm)| *norm))
    }

    /// Whether a special phrase of the tokenizer starts with this form.
    pub(crate) fn opens_phrase(&self, text: &str) -> bool {
        self.phrase_openers.contains(text)
    }
}

/// Typographic variants, from spaCy's `lang/norm_exceptions.py`.
const BASE_NORMS: &[(&str, &str)] = &[
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_strings_find_what_they_hold() {
        let set: SortedStrings = ["run", "go", "be"].map(String::from).into_iter().collect();
        assert!(["run", "go", "be"].iter().all(|word| set.contains(word)));
        assert!(["", "a", "g", "gone", "z"].iter().all(|word| !set.contains(word)));
    }
}
