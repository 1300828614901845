//! What things are called, and with which verbs people are made to speak.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, Cluster, ClusterKind, Document, DocumentId, EntityId, FramingCue, Passage,
    QuoteId, Span, Term, Utterance, Verb,
};

/// What one document calls things, and how it introduces its quotations.
#[derive(Clone, Debug)]
pub struct DocumentUses {
    document: DocumentId,
    framing: Vec<FramingCue>,
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
    /// The uses of `document`. Reads its quotations and framing.
    #[must_use]
    pub fn of(document: &Document, annotations: &Annotations) -> Self {
        let quotes = annotations.quotes.iter().map(|quote| Introduced {
            id: quote.id,
            content: quote.content.clone(),
            cue: quote.cue.as_ref().map(|cue| (cue.lemma.clone(), cue.span)),
        });
        Self {
            document: document.id,
            framing: annotations.framing.clone(),
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
            verbs: BTreeMap::new(),
            several: several.flat_map(|utterance| utterance.quotes.iter().copied()).collect(),
            wordings: Wordings::new(),
        }
    }

    /// Adds what one document uses.
    pub fn add(&mut self, uses: DocumentUses) {
        let DocumentUses { document, framing, quotes } = uses;
        for cue in framing {
            let place = Passage::new(document, cue.span);
            let uses = self.terms.entry((cue.concept, cue.form)).or_default();
            uses.push((place, cue.quoted.is_some()));
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
    /// every reporting verb by speaker, with where it is used: most used first; and the places of
    /// quotations that others report too.
    ///
    /// Uses inside a quotation count too: whom to quote with which word is the outlet's choice.
    #[must_use]
    pub fn finish(self, clusters: &[Cluster]) -> (Vec<Term>, Vec<Verb>, Wordings) {
        (terms(self.terms, clusters), verbs(self.verbs), self.wordings)
    }
}

fn terms(
    uses: BTreeMap<(String, String), Vec<(Passage, bool)>>,
    clusters: &[Cluster],
) -> Vec<Term> {
    let carried = carried(clusters);
    let copied = |place: &Passage| {
        carried
            .get(&place.document)
            .is_some_and(|spans| spans.iter().any(|span| span.covers(place.span)))
    };
    let term = |((concept, form), uses): ((String, String), Vec<(Passage, bool)>)| {
        let places: Vec<Passage> = uses.iter().map(|&(place, _)| place).collect();
        Term {
            concept,
            form,
            copied: places.iter().filter(|place| copied(place)).copied().collect(),
            quoted: uses.iter().filter(|(_, quoted)| *quoted).map(|&(place, _)| place).collect(),
            uses: places,
        }
    };
    let mut terms: Vec<Term> = uses.into_iter().map(term).collect();
    terms.sort_by(|a, b| a.concept.cmp(&b.concept).then(b.uses.len().cmp(&a.uses.len())));
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
