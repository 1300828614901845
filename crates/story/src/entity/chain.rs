//! Coreference chains as entity resolution sees them.

use std::collections::{BTreeMap, HashMap};
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
/// There are millions of chains and few names: every text is kept once, and a chain takes some 60
/// bytes.
#[derive(Debug, Default)]
pub struct Names {
    documents: Vec<(DocumentId, DateRange)>,
    chains: Vec<Row>,
    /// The roles of all chains, end to end.
    roles: Vec<Text>,
    /// What all chains are called, pronouns left out, with counts; end to end.
    forms: Vec<(Text, u32)>,
    /// The names of named chains, taken apart.
    names: Vec<Name>,
    /// Where they are.
    parsed: HashMap<Text, u32>,
    texts: Vec<Rc<str>>,
    numbers: HashMap<Rc<str>, Text>,
}

/// The number of a text among [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Text(u32);

/// One chain of one document, by numbers.
#[derive(Debug)]
struct Row {
    document: u32,
    chain: ChainId,
    text: Text,
    /// Where its name is, if any mention is one: what other chains are called is mostly said once,
    /// and not taken apart.
    name: Option<u32>,
    roles: (u32, u32),
    forms: (u32, u32),
    kind: MentionKind,
}

/// A name, taken apart once for all chains that have it.
#[derive(Debug)]
struct Name {
    words: Vec<String>,
    person: Option<PersonName>,
}

impl Names {
    /// Adds the chains of a document.
    ///
    /// # Panics
    /// If there are 2^32 chains, or roles or forms of them, or more.
    pub fn add(&mut self, document: DocumentNames) {
        let DocumentNames { document, date, chains } = document;
        let at = number(self.documents.len());
        self.documents.push((document, date));
        for Called { chain, name, kind, named, roles, forms } in chains {
            let text = self.text(&name);
            let name = named.then(|| self.name(text));
            let (first_role, first_form) = (number(self.roles.len()), number(self.forms.len()));
            for role in &roles {
                let role = self.text(role);
                self.roles.push(role);
            }
            for (form, count) in &forms {
                let form = self.text(form);
                self.forms.push((form, *count));
            }
            self.chains.push(Row {
                document: at,
                chain,
                text,
                name,
                roles: (first_role, number(self.roles.len())),
                forms: (first_form, number(self.forms.len())),
                kind,
            });
        }
    }

    /// The chains, in order.
    pub(super) fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.chains.iter().map(|row| Link { names: self, row })
    }

    fn text(&mut self, text: &str) -> Text {
        if let Some(&known) = self.numbers.get(text) {
            return known;
        }
        let (new, text) = (Text(number(self.texts.len())), Rc::<str>::from(text));
        self.texts.push(Rc::clone(&text));
        self.numbers.insert(text, new);
        new
    }

    fn name(&mut self, text: Text) -> u32 {
        if let Some(&known) = self.parsed.get(&text) {
            return known;
        }
        let (new, name) = (number(self.names.len()), self.form(text));
        let name = Name { words: name_words(name), person: PersonName::parse(name) };
        self.names.push(name);
        self.parsed.insert(text, new);
        new
    }

    fn form(&self, text: Text) -> &str {
        &self.texts[text.0 as usize]
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 chains, roles and forms")
}

/// One chain of one document.
#[derive(Clone, Copy)]
pub(super) struct Link<'n> {
    names: &'n Names,
    row: &'n Row,
}

impl<'n> Link<'n> {
    pub(super) fn document(self) -> DocumentId {
        self.names.documents[self.row.document as usize].0
    }

    /// When its document was published.
    pub(super) fn date(self) -> DateRange {
        self.names.documents[self.row.document as usize].1
    }

    pub(super) fn chain(self) -> ChainId {
        self.row.chain
    }

    pub(super) fn kind(self) -> MentionKind {
        self.row.kind
    }

    /// Whether any mention is a name.
    pub(super) fn is_named(self) -> bool {
        self.row.name.is_some()
    }

    /// What it is called: a name, or else a description.
    pub(super) fn name(self) -> &'n str {
        self.names.form(self.row.text)
    }

    fn parsed(self) -> Option<&'n Name> {
        self.row.name.map(|name| &self.names.names[name as usize])
    }

    /// The folded words of the name; none without a name.
    pub(super) fn words(self) -> &'n [String] {
        self.parsed().map_or(&[], |name| &name.words)
    }

    /// The parts of the name, for a person with a name.
    pub(super) fn person(self) -> Option<&'n PersonName> {
        self.parsed()?.person.as_ref()
    }

    /// Its roles and descriptions, folded, in order of the alphabet.
    pub(super) fn roles(self) -> impl Iterator<Item = &'n str> {
        let Self { names, row } = self;
        let range = row.roles.0 as usize..row.roles.1 as usize;
        names.roles[range].iter().map(|&role| names.form(role))
    }

    /// What it is called, pronouns left out, with counts.
    pub(super) fn forms(self) -> impl Iterator<Item = (&'n str, u32)> {
        let Self { names, row } = self;
        let range = row.forms.0 as usize..row.forms.1 as usize;
        names.forms[range].iter().map(|&(form, count)| (names.form(form), count))
    }

    pub(super) fn is_person(self) -> bool {
        self.kind() == MentionKind::Person && self.person().is_some()
    }
}
