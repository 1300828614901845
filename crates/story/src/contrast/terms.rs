//! What things are called, and with which verbs people are made to speak.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, Cluster, ClusterKind, Document, DocumentId, EntityId, FramingCue, Passage,
    QuoteId, Span, Term, Utterance, Verb,
};

use crate::entity::Spellings;

/// What one document calls things, and how it introduces its quotations.
#[derive(Clone, Debug)]
pub struct DocumentUses {
    document: DocumentId,
    framing: Vec<FramingCue>,
    /// Spellings by their places among [`Spellings`], and whether a source's marks are around.
    spelled: Vec<(usize, Span, bool)>,
    quotes: Vec<Introduced>,
}

/// A quotation with the verb before or after it.
#[derive(Clone, Debug)]
struct Introduced {
    id: QuoteId,
    content: Vec<Span>,
    cue: Option<(String, Span)>,
}

impl DocumentUses {
    /// The uses of `document`. Reads its mentions, quotations and framing.
    #[must_use]
    pub fn of(document: &Document, annotations: &Annotations, spellings: &Spellings) -> Self {
        let marked = || annotations.quotes.iter().flat_map(|quote| &quote.marked);
        let quoted = |span: Span| marked().any(|part| part.covers(span));
        let spelled = spellings.uses(document, annotations).into_iter();
        let quotes = annotations.quotes.iter().map(|quote| Introduced {
            id: quote.id,
            content: quote.content.clone(),
            cue: quote.cue.as_ref().map(|cue| (cue.lemma.clone(), cue.span)),
        });
        Self {
            document: document.id,
            framing: annotations.framing.clone(),
            spelled: spelled.map(|(at, span)| (at, span, quoted(span))).collect(),
            quotes: quotes.collect(),
        }
    }
}

/// The places of the quotations that several report, by document and quotation.
pub type Wordings = BTreeMap<(DocumentId, QuoteId), Box<[Span]>>;

/// The uses of all documents, taken in one after the other in the order that is to be shown.
#[derive(Debug)]
pub struct Uses {
    speakers: BTreeMap<(DocumentId, QuoteId), EntityId>,
    terms: BTreeMap<(String, String), Vec<(Passage, bool)>>,
    /// Uses of each spelling, by its place.
    spelled: BTreeMap<usize, Vec<(Passage, bool)>>,
    verbs: BTreeMap<(String, Option<EntityId>), Vec<Passage>>,
    /// Quotations of utterances that have others too.
    several: BTreeSet<(DocumentId, QuoteId)>,
    wordings: Wordings,
}

impl Uses {
    /// No uses yet, by the speakers of quotations; `utterances` say which of these others report
    /// too.
    #[must_use]
    pub fn of(speakers: &[(DocumentId, QuoteId, EntityId)], utterances: &[Utterance]) -> Self {
        let several = utterances.iter().filter(|utterance| utterance.quotes.len() > 1);
        Self {
            speakers: speakers.iter().map(|&(d, quote, entity)| ((d, quote), entity)).collect(),
            terms: BTreeMap::new(),
            spelled: BTreeMap::new(),
            verbs: BTreeMap::new(),
            several: several.flat_map(|utterance| utterance.quotes.iter().copied()).collect(),
            wordings: Wordings::new(),
        }
    }

    /// Adds what one document uses.
    pub fn add(&mut self, uses: DocumentUses) {
        let DocumentUses { document, framing, spelled, quotes } = uses;
        for cue in framing {
            let place = Passage::new(document, cue.span);
            let uses = self.terms.entry((cue.concept, cue.form)).or_default();
            uses.push((place, cue.quoted.is_some()));
        }
        for (at, span, quoted) in spelled {
            self.spelled.entry(at).or_default().push((Passage::new(document, span), quoted));
        }
        for Introduced { id, content, cue } in quotes {
            let key = (document, id);
            if let Some((lemma, span)) = cue {
                let entity = self.speakers.get(&key).copied();
                let uses = self.verbs.entry((lemma, entity)).or_default();
                uses.push(Passage::new(document, span));
            }
            if self.several.contains(&key) {
                self.wordings.insert(key, content.into());
            }
        }
    }

    /// Every form of every concept, with where it is used: by concept, then by number of uses;
    /// among them the spellings that compete. Every reporting verb by speaker, with where it is
    /// used: most used first. And the places of quotations that others report too.
    ///
    /// Uses inside a quotation count too: whom to quote with which word is the outlet's choice.
    #[must_use]
    pub fn finish(
        self,
        spellings: &Spellings,
        clusters: &[Cluster],
    ) -> (Vec<Term>, Vec<Verb>, Wordings) {
        let spelled = competing(self.spelled, spellings, &self.terms);
        let words = self.terms.into_iter().map(|((concept, form), uses)| Named {
            concept,
            form,
            entity: None,
            uses,
        });
        (terms(words.chain(spelled), clusters), verbs(self.verbs), self.wordings)
    }
}

/// A form of a concept before what others carry is known.
struct Named {
    concept: String,
    form: String,
    entity: Option<EntityId>,
    /// Where, and whether a source's marks are around.
    uses: Vec<(Passage, bool)>,
}

/// The spellings that compete: two and more of one word, in two documents and more, unless the
/// lexicon knows all of them. Those that one letter sets apart are taken for misprints until they
/// come again.
fn competing(
    mut uses: BTreeMap<usize, Vec<(Passage, bool)>>,
    spellings: &Spellings,
    lexicon: &BTreeMap<(String, String), Vec<(Passage, bool)>>,
) -> Vec<Named> {
    let known: BTreeSet<&str> = lexicon.keys().map(|(_, form)| form.as_str()).collect();
    let mut of_word: Vec<Vec<Named>> = Vec::new();
    for (at, spelling) in spellings.all().iter().enumerate() {
        let least = if spelling.slip { 2 } else { 1 };
        let Some(uses) = uses.remove(&at).filter(|uses| uses.len() >= least) else { continue };
        let (entity, concept) = (Some(spelling.entity), spelling.concept.clone());
        let named = Named { concept, form: spelling.form.clone(), entity, uses };
        let same = |last: &Named| last.entity == entity && last.concept == named.concept;
        match of_word.last_mut() {
            Some(word) if word.last().is_some_and(same) => word.push(named),
            _ => of_word.push(vec![named]),
        }
    }
    let competes = |word: &Vec<Named>| {
        let places = word.iter().flat_map(|named| &named.uses);
        let documents: BTreeSet<DocumentId> = places.map(|(place, _)| place.document).collect();
        let listed = word.iter().all(|named| known.contains(named.form.to_lowercase().as_str()));
        word.len() > 1 && documents.len() > 1 && !listed
    };
    of_word.into_iter().filter(competes).flatten().collect()
}

fn terms(named: impl Iterator<Item = Named>, clusters: &[Cluster]) -> Vec<Term> {
    let carried = carried(clusters);
    let copied = |place: &Passage| {
        carried
            .get(&place.document)
            .is_some_and(|spans| spans.iter().any(|span| span.covers(place.span)))
    };
    let term = |Named { concept, form, entity, uses }: Named| {
        let places: Vec<Passage> = uses.iter().map(|&(place, _)| place).collect();
        Term {
            concept,
            form,
            entity,
            copied: places.iter().filter(|place| copied(place)).copied().collect(),
            quoted: uses.iter().filter(|(_, quoted)| *quoted).map(|&(place, _)| place).collect(),
            uses: places,
        }
    };
    let mut terms: Vec<Term> = named.map(term).collect();
    terms.sort_by(|a, b| {
        let of_lexicon = a.entity.is_some().cmp(&b.entity.is_some());
        let concept = (&a.concept, a.entity).cmp(&(&b.concept, b.entity));
        of_lexicon.then(concept).then(b.uses.len().cmp(&a.uses.len()))
    });
    terms
}

/// The spans of each document that another carries too, quotations that both give left out: those
/// are a source's words, not an agency's.
fn carried(clusters: &[Cluster]) -> BTreeMap<DocumentId, Vec<Span>> {
    let mut carried: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    let shared = clusters.iter().filter(|cluster| cluster.kind != ClusterKind::SharedQuotation);
    for passage in shared.flat_map(|cluster| &cluster.passages) {
        carried.entry(passage.document).or_default().push(passage.span);
    }
    carried
}

fn verbs(uses: BTreeMap<(String, Option<EntityId>), Vec<Passage>>) -> Vec<Verb> {
    let verb = |((lemma, entity), uses)| Verb { lemma, entity, uses };
    let mut verbs: Vec<Verb> = uses.into_iter().map(verb).collect();
    verbs.sort_by_key(|verb| std::cmp::Reverse(verb.uses.len()));
    verbs
}

#[cfg(test)]
mod tests {
    use stemma_model::{
        ChainId, Entity, Form, Mention, MentionForm, MentionId, MentionKind, Reason,
    };

    use super::*;

    /// A report that only says `name`, and what it attests.
    fn report(number: usize, name: &str) -> (Document, Annotations) {
        let id = DocumentId::of(&[&number.to_string()]);
        let span = Span::new(0, name.len());
        let mention = Mention {
            id: MentionId::of(&[name]),
            span,
            kind: MentionKind::Place,
            form: MentionForm::Name,
            chain: Some(ChainId::of(&["one"])),
        };
        let concept = "capital".to_owned();
        let form = name.to_lowercase();
        let framing = match name {
            "Kiev" | "Kyiv" => vec![FramingCue { span, concept, form, quoted: None }],
            _ => Vec::new(),
        };
        let annotations =
            Annotations { mentions: vec![mention], framing, ..Annotations::empty(id) };
        (Document::plain(id, name), annotations)
    }

    /// The concept, form and number of uses of each term of reports that name one place so.
    fn terms_of(names: &[&str]) -> Vec<(String, String, usize)> {
        let reports: Vec<(Document, Annotations)> =
            names.iter().enumerate().map(|(number, name)| report(number, name)).collect();
        let form = |name: &&str| Form { text: (*name).to_owned(), count: 1 };
        let place = Entity {
            id: EntityId::of(&["place"]),
            name: names[0].to_owned(),
            kind: MentionKind::Place,
            forms: names.iter().collect::<BTreeSet<_>>().into_iter().map(form).collect(),
            documents: reports.iter().map(|(document, _)| document.id).collect(),
            chains: reports.iter().map(|(it, _)| (it.id, ChainId::of(&["one"]))).collect(),
            reason: Reason::new("one-name", ""),
        };
        let spellings = Spellings::of(&[place]);
        let mut uses = Uses::of(&[], &[]);
        for (document, annotations) in &reports {
            uses.add(DocumentUses::of(document, annotations, &spellings));
        }
        let (terms, ..) = uses.finish(&spellings, &[]);
        terms.into_iter().map(|term| (term.concept, term.form, term.uses.len())).collect()
    }

    fn term(concept: &str, form: &str, uses: usize) -> (String, String, usize) {
        (concept.to_owned(), form.to_owned(), uses)
    }

    #[test]
    fn spellings_of_one_entity_compete() {
        let expected = [term("Odessa", "Odessa", 2), term("Odessa", "Odesa", 1)];
        assert_eq!(terms_of(&["Odessa", "Odesa", "Odessa"]), expected);
    }

    #[test]
    fn what_the_lexicon_sets_out_is_not_set_out_again() {
        let expected = [term("capital", "kiev", 1), term("capital", "kyiv", 1)];
        assert_eq!(terms_of(&["Kyiv", "Kiev"]), expected);
    }

    #[test]
    fn one_letter_once_is_a_misprint() {
        assert!(terms_of(&["Strasburg", "Strasborg"]).is_empty());
        assert_eq!(terms_of(&["Strasburg", "Strasborg", "Strasburg", "Strasborg"]).len(), 2);
    }
}
