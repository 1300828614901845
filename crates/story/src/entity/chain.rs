//! Coreference chains as entity resolution sees them.

use std::collections::BTreeMap;

use stemma_model::{
    Annotations, ChainId, DateRange, Document, DocumentId, MentionForm, MentionKind,
};
use stemma_text::fold;

use super::name::{PersonName, name_words};

/// One chain of one document.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    pub(super) document: DocumentId,
    pub(super) date: DateRange,
    pub(super) chain: ChainId,
    pub(super) name: &'a str,
    pub(super) kind: MentionKind,
    /// Whether any mention is a name.
    pub(super) named: bool,
    /// The parts of the name, for a person.
    pub(super) person: Option<PersonName>,
    /// The folded words of the name.
    pub(super) words: Vec<String>,
    /// Its roles and descriptions, folded.
    pub(super) roles: Vec<String>,
    /// What it is called, pronouns left out, with counts. A list, for there are millions of chains
    /// and most have one form: the smallest map takes a quarter of a kilobyte.
    pub(super) forms: Vec<(&'a str, u32)>,
}

impl Link<'_> {
    pub(super) fn is_person(&self) -> bool {
        self.kind == MentionKind::Person && self.person.is_some()
    }
}

/// The chains of all documents, in order of document, then chain.
pub(super) fn links<'a>(
    documents: &'a [Document],
    annotations: &'a [Annotations],
) -> Vec<Link<'a>> {
    let pairs = documents.iter().zip(annotations);
    pairs.flat_map(|(document, annotations)| of_document(document, annotations)).collect()
}

fn of_document<'a>(
    document: &'a Document,
    annotations: &'a Annotations,
) -> impl Iterator<Item = Link<'a>> {
    let mentions: BTreeMap<_, _> = annotations.mentions.iter().map(|m| (m.id, m)).collect();
    annotations.chains.iter().map(move |chain| {
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
        Link {
            document: document.id,
            date: annotations.published.range,
            chain: chain.id,
            name: &chain.name,
            kind: chain.kind,
            named: own().any(|mention| mention.form == MentionForm::Name),
            person: PersonName::parse(&chain.name),
            words: name_words(&chain.name),
            roles,
            forms: forms.into_iter().collect(),
        }
    })
}
