//! The words that attribute, from `lexicons/cues.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use stemma_model::Attitude;

use super::columns::hash;

const CUES: &str = include_str!("../../../../lexicons/cues.toml");

#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
}

/// Which classes of attributing words a lemma belongs to, as a set of bits.
///
/// Bits 0 to 5 are the verb classes say, think, intend, ask, show, judge; 6 nouns; 7 adjectives.
#[derive(Clone, Debug)]
pub struct CueLexicon {
    /// By the hash of the lemma, sorted.
    classes: Vec<(u32, u8)>,
    /// The attitudes that verbs and nouns have otherwise than by their class.
    attitudes: BTreeMap<String, Attitude>,
    /// Verbs of not doing.
    refusing: BTreeSet<String>,
}

/// The verb classes.
pub const VERB: u8 = 0b0011_1111;
/// Verbs of saying.
pub const SAY: u8 = 1;
/// Verbs of asking and urging.
pub const ASK: u8 = 8;
/// Nouns.
pub const NOUN: u8 = 64;
/// Adjectives.
pub const ADJECTIVE: u8 = 128;

impl CueLexicon {
    /// The lexicon that ships.
    ///
    /// # Panics
    /// Never with the file in the repository: a test loads it.
    #[must_use]
    pub fn load() -> Self {
        let sections: BTreeMap<String, Section> =
            toml::from_str(CUES).expect("lexicons/cues.toml is well formed");
        let mut classes: BTreeMap<u32, u8> = BTreeMap::new();
        let order = ["say", "think", "intend", "ask", "show", "judge"];
        for (bit, name) in order.iter().enumerate() {
            for verb in &sections[*name].verbs {
                *classes.entry(hash(verb)).or_default() |= 1 << bit;
            }
        }
        for noun in &sections["nouns"].nouns {
            *classes.entry(hash(noun)).or_default() |= NOUN;
        }
        for adjective in &sections["adjectives"].adjectives {
            *classes.entry(hash(adjective)).or_default() |= ADJECTIVE;
        }
        let marked = [
            ("belief", Attitude::Belief),
            ("fact", Attitude::Fact),
            ("eventuality", Attitude::Eventuality),
        ];
        let attitudes = marked.into_iter().flat_map(|(name, attitude)| {
            let section = &sections[name];
            let words = section.verbs.iter().chain(&section.nouns).chain(&section.adjectives);
            words.map(move |word| (word.clone(), attitude))
        });
        Self {
            attitudes: attitudes.collect(),
            refusing: sections["refusing"].verbs.iter().cloned().collect(),
            classes: classes.into_iter().collect(),
        }
    }

    /// Whether who does this to saying something does not say it: *declined to say*.
    #[must_use]
    pub fn refuses(&self, lemma: &str) -> bool {
        self.refusing.contains(lemma)
    }

    /// Whether this is a verb of saying.
    #[must_use]
    pub fn says(&self, lemma: &str) -> bool {
        self.classes(hash(lemma)) & SAY != 0
    }

    /// What a cue of this lemma does with a reported clause. A lemma of several classes has the
    /// first of: listed under an attitude, saying, thinking, showing, judging, intending, asking.
    #[must_use]
    pub fn attitude(&self, lemma: &str, pos: &str) -> Attitude {
        let lemma = lemma.to_lowercase();
        let classes = self.classes(hash(&lemma));
        let has = |bit: usize| classes & (1 << bit) != 0;
        if let Some(listed) = self.attitudes.get(&lemma) {
            *listed
        } else if pos == "ADJ" {
            Attitude::Belief
        } else if pos == "NOUN" || has(0) || has(4) {
            Attitude::Assertion
        } else if has(1) {
            Attitude::Belief
        } else if has(2) || has(3) || has(5) {
            Attitude::Eventuality
        } else {
            Attitude::Assertion
        }
    }

    /// The classes of the lemma with this hash.
    #[must_use]
    pub fn classes(&self, lemma: u32) -> u8 {
        self.classes
            .binary_search_by_key(&lemma, |&(key, _)| key)
            .map_or(0, |at| self.classes[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas_have_their_classes() {
        let lexicon = CueLexicon::load();
        assert_eq!(lexicon.classes(hash("say")) & SAY, SAY);
        assert_eq!(lexicon.classes(hash("urge")) & ASK, ASK);
        assert_eq!(lexicon.classes(hash("table")), 0);
        assert!(lexicon.refuses("decline") && !lexicon.refuses("want"));
        for (lemma, pos, attitude) in [
            ("say", "VERB", Attitude::Assertion),
            ("claim", "NOUN", Attitude::Assertion),
            ("hope", "VERB", Attitude::Belief),
            ("know", "VERB", Attitude::Fact),
            ("urge", "VERB", Attitude::Eventuality),
            ("plan", "NOUN", Attitude::Eventuality),
            ("confident", "ADJ", Attitude::Belief),
        ] {
            assert_eq!(lexicon.attitude(lemma, pos), attitude, "{lemma}");
        }
    }
}
