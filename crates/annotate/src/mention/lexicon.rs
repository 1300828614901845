//! Names, titles and roles, from `lexicons/persons.toml` and `lexicons/roles.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

const PERSONS: &str = include_str!("../../../../lexicons/persons.toml");
const ROLES: &str = include_str!("../../../../lexicons/roles.toml");

#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    male: Vec<String>,
    #[serde(default)]
    female: Vec<String>,
    #[serde(default)]
    neutral: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    names: Vec<Vec<String>>,
}

/// Gender as English grammar marks it; for plain words and first names, the one they usually go
/// with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// *he*.
    Male,
    /// *she*.
    Female,
}

/// What a role noun is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// The head of something.
    Top,
    /// An office or post.
    Office,
    /// An occupation.
    Occupation,
    /// A plain word for people.
    Plain,
    /// An organisation or document.
    Body,
}

/// The words that mention detection and coreference know.
#[derive(Clone, Debug)]
pub struct NameLexicon {
    titles: BTreeMap<String, Option<Gender>>,
    suffixes: BTreeSet<String>,
    first: BTreeMap<String, Gender>,
    roles: BTreeMap<String, RoleKind>,
    generic: BTreeSet<String>,
    gendered: BTreeMap<String, Gender>,
    unnamed: BTreeSet<String>,
    same: BTreeMap<String, usize>,
    offices: BTreeMap<String, String>,
}

impl NameLexicon {
    /// The lexicon that ships.
    ///
    /// # Panics
    /// Never with the files in the repository: a test loads them.
    #[must_use]
    pub fn load() -> Self {
        let persons = sections(PERSONS);
        let roles = sections(ROLES);
        let titles = &persons["titles"];
        let neutral = titles.neutral.iter().map(|title| (title.clone(), None));
        let known = |section: &Section| -> BTreeMap<String, Gender> {
            let male = section.male.iter().map(|word| (word.clone(), Gender::Male));
            let female = section.female.iter().map(|word| (word.clone(), Gender::Female));
            male.chain(female).collect()
        };
        let gendered =
            |name: &str, gender| roles[name].words.iter().map(move |w| (w.clone(), gender));
        Self {
            titles: known(titles).into_iter().map(|(w, g)| (w, Some(g))).chain(neutral).collect(),
            suffixes: persons["suffixes"].words.iter().cloned().collect(),
            first: unambiguous(&persons["first"]),
            roles: role_kinds(&roles),
            generic: roles["generic"].words.iter().cloned().collect(),
            gendered: gendered("male", Gender::Male)
                .chain(gendered("female", Gender::Female))
                .collect(),
            offices: persons["offices"]
                .names
                .iter()
                .filter_map(|row| row.split_first())
                .flat_map(|(office, titles)| {
                    titles.iter().map(move |title| (title.clone(), office.clone()))
                })
                .collect(),
            unnamed: roles["unnamed"].words.iter().cloned().collect(),
            same: roles["same"]
                .names
                .iter()
                .enumerate()
                .flat_map(|(i, names)| names.iter().map(move |name| (name.clone(), i)))
                .collect(),
        }
    }

    /// Whether a lower-cased word is a form of address, and the gender it marks.
    #[must_use]
    pub fn title(&self, word: &str) -> Option<Option<Gender>> {
        self.titles.get(word).copied()
    }

    /// The office that a lower-cased form of address tells: of `sen.` senator.
    #[must_use]
    pub fn office(&self, title: &str) -> Option<&str> {
        self.offices.get(title).map(String::as_str)
    }

    /// Whether a lower-cased word follows a name: `jr.`.
    #[must_use]
    pub fn is_suffix(&self, word: &str) -> bool {
        self.suffixes.contains(word)
    }

    /// The gender a lower-cased first name usually goes with.
    #[must_use]
    pub fn first_name(&self, word: &str) -> Option<Gender> {
        self.first.get(word).copied()
    }

    /// What the lemma of a noun is a role in.
    #[must_use]
    pub fn role(&self, lemma: &str) -> Option<RoleKind> {
        self.roles.get(lemma).copied()
    }

    /// Whether a lemma stands for the head of anything: *chief*, *leader*.
    #[must_use]
    pub fn is_generic(&self, lemma: &str) -> bool {
        self.generic.contains(lemma)
    }

    /// The gender a role noun marks.
    #[must_use]
    pub fn gender_of_role(&self, lemma: &str) -> Option<Gender> {
        self.gendered.get(lemma).copied()
    }

    /// Whether a lemma is of sources that stay without a name.
    #[must_use]
    pub fn is_unnamed(&self, lemma: &str) -> bool {
        self.unnamed.contains(lemma)
    }

    /// The number of the body that a lower-cased name is one of the names of.
    #[must_use]
    pub fn same(&self, name: &str) -> Option<usize> {
        self.same.get(name).copied()
    }
}

fn sections(text: &str) -> BTreeMap<String, Section> {
    toml::from_str(text).expect("the lexicons are well formed")
}

/// First names listed for one gender only.
fn unambiguous(section: &Section) -> BTreeMap<String, Gender> {
    let female: BTreeSet<&String> = section.female.iter().collect();
    let male: BTreeSet<&String> = section.male.iter().collect();
    let of = |names: &BTreeSet<&String>, others: &BTreeSet<&String>, gender| -> Vec<_> {
        names.difference(others).map(|name| ((*name).clone(), gender)).collect()
    };
    let mut known = of(&male, &female, Gender::Male);
    known.extend(of(&female, &male, Gender::Female));
    known.into_iter().collect()
}

fn role_kinds(roles: &BTreeMap<String, Section>) -> BTreeMap<String, RoleKind> {
    let order = [
        ("body", RoleKind::Body),
        ("plain", RoleKind::Plain),
        ("occupation", RoleKind::Occupation),
        ("office", RoleKind::Office),
        ("top", RoleKind::Top),
    ];
    order
        .iter()
        .flat_map(|(name, kind)| roles[*name].words.iter().map(move |word| (word.clone(), *kind)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_meaning() {
        let lexicon = NameLexicon::load();
        assert_eq!(lexicon.title("mrs"), Some(Some(Gender::Female)));
        assert_eq!(lexicon.office("sen."), Some("senator"));
        assert_eq!(lexicon.first_name("jens"), Some(Gender::Male));
        assert_eq!(lexicon.role("director"), Some(RoleKind::Top));
        assert_eq!(lexicon.role("official"), Some(RoleKind::Office));
        assert_eq!(lexicon.same("north atlantic alliance"), lexicon.same("nato"));
        assert!(lexicon.is_generic("leader") && lexicon.is_unnamed("source"));
    }
}
