//! Spellings of one name: words of an entity's forms that differ in letters, not in length or title.
//!
//! Hits: *Kyiv*, *Kiev* / *Zelensky*, *Zelenskyy* / *Vladimir*, *Volodymyr* of one person.
//! Not: *Bill*, *William* (a short form) / *Ukraine*, *Ukrainian* / names that could be of two.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Annotations, Document, Entity, EntityId, Form, MentionForm, MentionKind, Span};
use stemma_text::fold;

use super::Holders;
use super::lexicon::{FORMS, TITLES};
use super::name::{one_slip, spelling_key};

/// Letters of the shortest words of which one slip makes two spellings.
const SLIP_LENGTH: usize = 6;

/// Letters of the shortest consonant skeleton in which one slip makes two spellings.
const SKELETON_LENGTH: usize = 3;

/// One spelling among those of one word of an entity's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    pub(crate) entity: EntityId,
    /// What is spelled: the entity's name, and which word of it where several are.
    pub(crate) concept: String,
    /// As it is mostly written.
    pub(crate) form: String,
    /// Whether only a letter sets it apart: used once, that is a misprint.
    pub(crate) slip: bool,
}

/// The spellings of all entities that have several.
#[derive(Debug)]
pub struct Spellings {
    /// One after the other, those of one word together.
    all: Vec<Spelling>,
    /// The place of each by its entity and how it reads, in lower case.
    places: BTreeMap<(EntityId, String), usize>,
    holders: Holders,
}

impl Spellings {
    /// The spellings that `entities` have by their forms. An entity one of whose names could be
    /// somebody else's has none. Linear in the forms, but for those of one entity.
    #[must_use]
    pub fn of(entities: &[Entity]) -> Self {
        let sure = |entity: &&Entity| entity.reason.parts.iter().all(|it| it.rule != "ambiguous");
        let named = |entity: &&Entity| {
            use MentionKind::{Group, Organisation, Other, Person, Place};
            match entity.kind {
                Person | Place => true,
                // "Ministry of Defence" spells a word, no name.
                Organisation => !entity.name.contains(' '),
                Group | Other => false,
            }
        };
        let (mut all, mut places) = (Vec::new(), BTreeMap::new());
        for entity in entities.iter().filter(|it| it.forms.len() > 1).filter(sure).filter(named) {
            for spelling in of_entity(entity) {
                places.insert((entity.id, lower(&spelling.form)), all.len());
                all.push(spelling);
            }
        }
        let spelled: BTreeSet<EntityId> = all.iter().map(|it| it.entity).collect();
        let holders = Holders::of(entities.iter().filter(|entity| spelled.contains(&entity.id)));
        Self { all, places, holders }
    }

    /// The spellings, those of one word together.
    pub(crate) fn all(&self) -> &[Spelling] {
        &self.all
    }

    /// Where a document has one, in text order, with its place among all. Reads its mentions.
    pub(crate) fn uses(
        &self,
        document: &Document,
        annotations: &Annotations,
    ) -> Vec<(usize, Span)> {
        let names = annotations.mentions.iter().filter(|it| it.form == MentionForm::Name);
        let mut found: Vec<(usize, Span)> = names
            .filter_map(|it| Some((self.holders.get(document.id, it.chain?)?, it.span)))
            .flat_map(|(entity, span)| {
                let text = document.slice(span);
                let place = move |word| {
                    let part = Span::of(text, word)?;
                    let at = *self.places.get(&(entity, lower(word)))?;
                    Some((at, Span::new(span.start() + part.start(), span.start() + part.end())))
                };
                words(text).filter_map(place)
            })
            .collect();
        found.sort_unstable_by_key(|&(at, span)| (span, at));
        found.dedup();
        found
    }
}

/// One word of an entity's forms in one spelling.
struct Word {
    /// In lower case.
    key: String,
    /// How it is written, and how often.
    written: BTreeMap<String, u32>,
}

/// The spellings of one entity, the most written of a word first.
fn of_entity(entity: &Entity) -> Vec<Spelling> {
    let names: Vec<&Form> = entity.forms.iter().filter(|form| is_name(&form.text)).collect();
    let words = spelled(&names);
    let own: BTreeSet<String> = self::words(&entity.name).map(lower).collect();
    let apart = |class: &Vec<(Word, bool)>| {
        let both = |name: &&Form| {
            let keys: BTreeSet<String> = self::words(&name.text).map(lower).collect();
            class.iter().filter(|(word, _)| keys.contains(&word.key)).count() > 1
        };
        class.len() > 1
            && class.iter().any(|(word, _)| own.contains(&word.key))
            && !names.iter().any(both)
    };
    let classes: Vec<Vec<(Word, bool)>> = classes(words).into_iter().filter(apart).collect();
    let several = classes.len() > 1;
    let spelling = |class: &[(Word, bool)]| {
        let forms: Vec<String> = class.iter().map(|(word, _)| shown(word)).collect();
        let concept = match forms.first() {
            Some(first) if several => format!("{} ({first})", entity.name),
            _ => entity.name.clone(),
        };
        let slips = class.iter().map(|&(_, slip)| slip);
        let all: Vec<Spelling> = forms
            .into_iter()
            .zip(slips)
            .map(|(form, slip)| Spelling {
                entity: entity.id,
                concept: concept.clone(),
                form,
                slip,
            })
            .collect();
        all
    };
    classes.iter().flat_map(|class| spelling(class)).collect()
}

/// The words of some forms, most written first.
fn spelled(names: &[&Form]) -> Vec<Word> {
    let mut by_key: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for form in names {
        for word in words(&form.text) {
            *by_key.entry(lower(word)).or_default().entry(word.to_owned()).or_default() +=
                form.count;
        }
    }
    let mut found: Vec<Word> =
        by_key.into_iter().map(|(key, written)| Word { key, written }).collect();
    found.sort_by_key(|word| std::cmp::Reverse(word.written.values().sum::<u32>()));
    found
}

/// Words of like spelling together, each with whether only a slip sets it apart from the first.
fn classes(words: Vec<Word>) -> Vec<Vec<(Word, bool)>> {
    let mut classes: Vec<Vec<(Word, bool)>> = Vec::new();
    for word in words {
        let near = classes.iter_mut().find_map(|class| {
            let slip = alike(&class[0].0.key, &word.key)?;
            Some((class, slip))
        });
        match near {
            Some((class, slip)) => class.push((word, slip)),
            None => classes.push(vec![(word, false)]),
        }
    }
    classes
}

/// Whether two words spell one name, and if so, whether that is only told by their being one letter
/// apart.
fn alike(a: &str, b: &str) -> Option<bool> {
    let (a, b) = (fold(a), fold(b));
    let (key_a, key_b) = (spelling_key(&a), spelling_key(&b));
    if key_a == key_b {
        return Some(false);
    }
    if a.starts_with(&b) || b.starts_with(&a) {
        return None;
    }
    let row =
        |rows: &BTreeMap<String, String>| rows.get(&a).is_some_and(|it| rows.get(&b) == Some(it));
    let (bare_a, bare_b) = (skeleton(&key_a), skeleton(&key_b));
    let near = bare_a.len().min(bare_b.len()) >= SKELETON_LENGTH && one_slip(&bare_a, &bare_b);
    if (row(&FORMS.given) || row(&FORMS.bodies)) && (bare_a == bare_b || near) {
        return Some(false);
    }
    let long = key_a.chars().count().min(key_b.chars().count()) >= SLIP_LENGTH;
    (long && one_slip(&key_a, &key_b)).then_some(true)
}

/// The consonants of a spelling, doubled ones single.
fn skeleton(key: &str) -> String {
    let mut bare = String::with_capacity(key.len());
    for letter in key.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) {
        if !bare.ends_with(letter) {
            bare.push(letter);
        }
    }
    bare
}

/// How a word is mostly written, capitals throughout only where it never is otherwise.
fn shown(word: &Word) -> String {
    let shouted = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let best = word
        .written
        .iter()
        .max_by_key(|&(text, &count)| (!shouted(text), count, std::cmp::Reverse(text.as_str())));
    best.map_or_else(|| word.key.clone(), |(text, _)| text.clone())
}

/// Whether all words of a form are of a name: "the Kyiv mayor" is none.
fn is_name(text: &str) -> bool {
    let small = |word: &str| word.starts_with(char::is_lowercase);
    text.split_whitespace().all(|word| !small(word) || TITLES.particles.contains(&fold(word)))
}

/// The words of a name without titles, marks and possessive endings.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let bare = |word: &'_ str| -> usize {
        let ending = ["'s", "’s", "'", "’"].into_iter().find(|end| word.ends_with(end));
        word.len() - ending.map_or(0, str::len)
    };
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(move |word| &word[..bare(word)])
        .filter(|word| {
            let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
            word.chars().count() > 2
                && word.starts_with(char::is_uppercase)
                && word.chars().all(letters)
                && !TITLES.before.contains(&fold(word))
        })
}

/// In lower case, apostrophes straight.
fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use stemma_model::Reason;

    use super::*;

    fn entity(kind: MentionKind, name: &str, forms: &[&str], rule: &'static str) -> Entity {
        let form = |text: &&str| Form { text: (*text).to_owned(), count: 2 };
        Entity {
            id: EntityId::of(&[name]),
            name: name.to_owned(),
            kind,
            forms: forms.iter().map(form).collect(),
            documents: Vec::new(),
            chains: Vec::new(),
            reason: Reason::new("one-name", "").because(Reason::new(rule, "")),
        }
    }

    /// The concepts with their forms.
    fn found(entities: &[Entity]) -> Vec<(String, Vec<String>)> {
        let spellings = Spellings::of(entities);
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for spelling in spellings.all() {
            match found.last_mut() {
                Some((concept, forms)) if *concept == spelling.concept => {
                    forms.push(spelling.form.clone());
                }
                _ => found.push((spelling.concept.clone(), vec![spelling.form.clone()])),
            }
        }
        found.iter_mut().for_each(|(_, forms)| forms.sort());
        found
    }

    #[test]
    fn what_differs_in_letters_competes() {
        let forms = ["Volodymyr Zelensky", "Mr. Zelenskyy’s", "Vladimir Zelensky", "ZELENSKY"];
        let person = entity(MentionKind::Person, "Volodymyr Zelensky", &forms, "same-name");
        let expected = [
            ("Volodymyr Zelensky (Zelensky)", vec!["Zelensky", "Zelenskyy"]),
            ("Volodymyr Zelensky (Vladimir)", vec!["Vladimir", "Volodymyr"]),
        ];
        let expected = expected.map(|(concept, forms)| {
            (concept.to_owned(), forms.into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        assert_eq!(found(&[person]), expected);
        let place = entity(MentionKind::Place, "Kyiv", &["Kyiv", "Kiev", "KYIV"], "other-name");
        let pair = vec!["Kiev".to_owned(), "Kyiv".to_owned()];
        assert_eq!(found(&[place]), [("Kyiv".to_owned(), pair)]);
    }

    #[test]
    fn length_titles_and_doubt_make_no_spelling() {
        let person = |name, forms: &[&str], rule| entity(MentionKind::Person, name, forms, rule);
        let place = |name, forms: &[&str]| entity(MentionKind::Place, name, forms, "same-name");
        let none = [
            person("William Lee", &["Bill Lee", "William Lee", "Mr. Lee"], "same-name"),
            person("Ann Petrov", &["Ann Petrov", "Anne Petroff Petrov"], "same-name"),
            person("Anna Zelensky", &["Zelensky", "Zelenskyy"], "ambiguous"),
            place("Ukraine", &["Ukraine", "Ukrainian", "the Ukraine"]),
            place("United States", &["United States", "US", "America"]),
            entity(
                MentionKind::Organisation,
                "Ministry of Defence",
                &["Ministry of Defence", "Ministry of Defense"],
                "same-name",
            ),
        ];
        for entity in none {
            assert!(found(std::slice::from_ref(&entity)).is_empty(), "{}", entity.name);
        }
    }

    #[test]
    fn a_use_is_the_word_in_the_mention() {
        let text = "Mr. Zelenskyy’s visit to Kiev";
        let document = Document::plain(stemma_model::DocumentId::of(&[text]), text);
        let chain = stemma_model::ChainId::of(&["one"]);
        let forms = ["Zelenskyy", "Zelensky"];
        let mut person = entity(MentionKind::Person, "Zelensky", &forms, "same-name");
        person.chains = vec![(document.id, chain)];
        let mention = stemma_model::Mention {
            id: stemma_model::MentionId::of(&["one"]),
            span: Span::new(0, "Mr. Zelenskyy’s".len()),
            kind: MentionKind::Person,
            form: MentionForm::Name,
            chain: Some(chain),
        };
        let annotations =
            Annotations { mentions: vec![mention], ..Annotations::empty(document.id) };
        let spellings = Spellings::of(&[person]);
        let uses = spellings.uses(&document, &annotations);
        let read: Vec<(&str, &str)> = uses
            .iter()
            .map(|&(at, span)| (spellings.all()[at].form.as_str(), document.slice(span)))
            .collect();
        assert_eq!(read, [("Zelenskyy", "Zelenskyy")]);
    }
}
