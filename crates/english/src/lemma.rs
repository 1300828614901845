//! Dictionary forms by rule: endings are replaced and the result looked up.
//!
//! Source: spaCy's `pipeline/lemmatizer.py` (mode `rule`) and `lang/en/lemmatizer.py`.

use std::borrow::Cow;

use crate::model::data::LemmaTable;
use crate::unicode::{is_alpha, lower};

/// The tables, by part of speech.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: Vec<LemmaTable>,
}

impl Lemmatizer {
    pub(crate) const fn new(tables: Vec<LemmaTable>) -> Self {
        Self { tables }
    }

    /// The lemma of a form of this part of speech and morphology.
    pub(crate) fn lemma<'t>(&self, text: &'t str, pos: &str, morph: &str) -> Cow<'t, str> {
        if matches!(pos, "" | "SPACE" | "EOL") || is_base_form(pos, morph) {
            return Cow::Owned(lower(text));
        }
        match self.tables.iter().find(|table| table.pos.eq_ignore_ascii_case(pos)) {
            Some(table) => table.lemma(text),
            None if pos == "PROPN" => Cow::Borrowed(text),
            None => Cow::Owned(lower(text)),
        }
    }
}

/// Whether the morphology says that this is a dictionary form already.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |wanted: &str| {
        let mut features = morph.split('|').filter_map(|feature| feature.split_once('='));
        features.find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    let present = || feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres");
    matches!(feature("VerbForm"), Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
        || (pos == "NOUN" && feature("Number") == Some("Sing"))
        || (pos == "VERB" && present() && feature("Number").is_none())
}

impl LemmaTable {
    /// An irregular form's lemma, else the result of the last rule that gives a known word, else of
    /// the first that gives no word at all (`1980`), else of the first that gives an unknown one.
    fn lemma<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let form = lower(text);
        let results = || self.rules.iter().filter_map(|rule| apply(&form, rule));
        let mut known: Vec<String> = Vec::new();
        let mut unknown = None;
        for result in results() {
            if self.index.contains(&result) {
                known.insert(0, result);
            } else if is_alpha(&result) {
                unknown = unknown.or(Some(result));
            } else {
                known.push(result);
            }
        }
        let irregular = self.exceptions.binary_search_by(|(word, _)| word.as_str().cmp(&form));
        let irregular = irregular.map_or(&[][..], |found| self.exceptions[found].1.as_slice());
        let lemma = irregular.iter().rev().find(|lemma| !known.contains(lemma)).cloned();
        let lemma = lemma.or_else(|| known.into_iter().next()).or(unknown);
        lemma.map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

fn apply(form: &str, (old, new): &(String, String)) -> Option<String> {
    let stem = form.strip_suffix(old.as_str())?;
    Some([stem, new].concat()).filter(|result| !result.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nouns() -> LemmaTable {
        let pairs =
            |pairs: &[(&str, &str)]| pairs.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        LemmaTable {
            pos: "noun".into(),
            rules: pairs(&[("s", ""), ("ves", "f"), ("ies", "y")]),
            exceptions: vec![("mice".into(), vec!["mouse".into()])],
            index: ["dog", "city", "mouse"].map(String::from).into_iter().collect(),
        }
    }

    #[test]
    fn rules_index_and_exceptions() {
        let lemmatizer = Lemmatizer::new(vec![nouns()]);
        let lemma = |text, pos, morph| lemmatizer.lemma(text, pos, morph).into_owned();
        assert_eq!(lemma("Dogs", "NOUN", "Number=Plur"), "dog");
        assert_eq!(lemma("cities", "NOUN", "Number=Plur"), "city");
        assert_eq!(lemma("Mice", "NOUN", "Number=Plur"), "mouse");
        assert_eq!(lemma("quxes", "NOUN", "Number=Plur"), "quxe");
        assert_eq!(lemma("News", "NOUN", "Number=Sing"), "news");
        assert_eq!(lemma("1980s", "NOUN", "Number=Plur"), "1980");
        assert_eq!(lemma("Kiev", "PROPN", "Number=Sing"), "Kiev");
        assert_eq!(lemma("THEY", "PRON", ""), "they");
        assert_eq!(lemma("Xx", "NOUN", "Number=Plur"), "Xx");
    }
}
