//! Coreference chains as entity resolution sees them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use stemma_model::{
    Annotations, ChainId, DateRange, Document, DocumentId, MentionForm, MentionKind,
};
use stemma_text::fold;

use super::name::{PersonName, name_words};

/// The chains of one document with what they are called, as [`Names::add`] takes them.
#[derive(Clone, Debug)]
pub struct DocumentNames {
    document: DocumentId,
    date: DateRange,
    chains: Vec<Called>,
}

/// One chain of one document.
#[derive(Clone, Debug)]
struct Called {
    chain: ChainId,
    name: String,
    kind: MentionKind,
    named: bool,
    roles: Vec<String>,
    forms: Vec<(String, u32)>,
}

impl DocumentNames {
    /// What the chains of `document` are called. Reads its mentions and chains.
    #[must_use]
    pub fn of(document: &Document, annotations: &Annotations) -> Self {
        let mentions: BTreeMap<_, _> = annotations.mentions.iter().map(|m| (m.id, m)).collect();
        let called = |chain: &stemma_model::Chain| {
            let own = || chain.mentions.iter().filter_map(|id| mentions.get(id));
            let mut forms: BTreeMap<&str, u32> = BTreeMap::new();
            for mention in own().filter(|mention| mention.form != MentionForm::Pronoun) {
                *forms.entry(document.slice(mention.span)).or_default() += 1;
            }
            let described = own().filter(|mention| mention.form == MentionForm::Nominal);
            let roles = chain.roles.iter().map(|role| fold(role));
            let mut roles: Vec<String> = roles
                .chain(described.map(|mention| fold(document.slice(mention.span))))
                .map(|role| role.trim_start_matches("the ").to_owned())
                .collect();
            roles.sort_unstable();
            roles.dedup();
            Called {
                chain: chain.id,
                name: chain.name.clone(),
                kind: chain.kind,
                named: own().any(|mention| mention.form == MentionForm::Name),
                roles,
                forms: forms.into_iter().map(|(form, count)| (form.to_owned(), count)).collect(),
            }
        };
        Self {
            document: document.id,
            date: annotations.published.range,
            chains: annotations.chains.iter().map(called).collect(),
        }
    }
}

/// The chains of all documents, in the order in which they were added.
///
/// There are millions of chains and few names: every text is kept once, and a chain takes some
/// 150 bytes.
#[derive(Debug, Default)]
pub struct Names {
    pub(super) links: Vec<Link>,
    names: HashMap<Rc<str>, Rc<Name>>,
    texts: HashSet<Rc<str>>,
}

impl Names {
    /// Adds the chains of a document.
    pub fn add(&mut self, document: DocumentNames) {
        let DocumentNames { document, date, chains } = document;
        self.links.reserve(chains.len());
        for Called { chain, name, kind, named, roles, forms } in chains {
            let name = self.name(&name);
            let roles = roles.iter().map(|role| self.text(role)).collect();
            let forms = forms.iter().map(|(form, count)| (self.text(form), *count)).collect();
            self.links.push(Link { document, date, chain, kind, named, name, roles, forms });
        }
    }

    fn text(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.texts.get(text) {
            return Rc::clone(known);
        }
        let new: Rc<str> = text.into();
        self.texts.insert(Rc::clone(&new));
        new
    }

    fn name(&mut self, text: &str) -> Rc<Name> {
        if let Some(known) = self.names.get(text) {
            return Rc::clone(known);
        }
        let text = self.text(text);
        let name = Rc::new(Name {
            words: name_words(&text),
            person: PersonName::parse(&text),
            text: Rc::clone(&text),
        });
        self.names.insert(text, Rc::clone(&name));
        name
    }
}

/// What a chain is called, taken apart once for all chains of that name.
#[derive(Debug)]
struct Name {
    text: Rc<str>,
    words: Vec<String>,
    person: Option<PersonName>,
}

/// One chain of one document.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) document: DocumentId,
    pub(super) date: DateRange,
    pub(super) chain: ChainId,
    pub(super) kind: MentionKind,
    /// Whether any mention is a name.
    pub(super) named: bool,
    name: Rc<Name>,
    roles: Box<[Rc<str>]>,
    /// What it is called, pronouns left out, with counts.
    pub(super) forms: Box<[(Rc<str>, u32)]>,
}

impl Link {
    pub(super) fn name(&self) -> &str {
        &self.name.text
    }

    /// The folded words of the name.
    pub(super) fn words(&self) -> &[String] {
        &self.name.words
    }

    /// The parts of the name, for a person.
    pub(super) fn person(&self) -> Option<&PersonName> {
        self.name.person.as_ref()
    }

    /// Its roles and descriptions, folded, in order of the alphabet.
    pub(super) fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|role| &**role)
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == MentionKind::Person && self.person().is_some()
    }
}
