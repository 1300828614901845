//! The words that attribute, from `lexicons/cues.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

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
        Self { classes: classes.into_iter().collect() }
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
    }
}
