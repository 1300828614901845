//! What movements are told by, of each document.

use std::collections::HashMap;

use stemma_model::{
    Annotations, Condition, ConditionId, DateRange, Document, DocumentId, Passage, Quote, QuoteId,
    Span, Story, Thread,
};

use super::place::Places;

/// A condition where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) document: DocumentId,
    pub(super) id: ConditionId,
    /// The condition itself.
    pub(super) condition: Span,
    /// With its trigger and consequence.
    whole: Span,
}

impl Stated {
    fn of(document: DocumentId, stated: &Condition) -> Self {
        let Condition { id, trigger, condition, consequence, .. } = *stated;
        Self { document, id, condition, whole: trigger.hull(condition).hull(consequence) }
    }

    pub(super) fn passage(self) -> Passage {
        Passage::new(self.document, self.whole)
    }
}

/// A saying where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) document: DocumentId,
    pub(super) id: QuoteId,
    /// The first part of what was said.
    pub(super) first: Span,
    /// All of it, with what stands between its parts.
    pub(super) hull: Span,
    /// Whether it is said, not only thought or wanted.
    pub(super) is_saying: bool,
}

impl Said {
    fn of(document: DocumentId, quote: &Quote) -> Option<Self> {
        let (first, hull) = (*quote.content.first()?, quote.hull()?);
        Some(Self { document, id: quote.id, first, hull, is_saying: quote.is_saying() })
    }

    pub(super) fn passage(self) -> Passage {
        Passage::new(self.document, self.hull)
    }
}

/// What movements are told by of one document.
#[derive(Clone, Debug)]
pub struct DocumentFacts {
    document: DocumentId,
    published: DateRange,
    conditions: Vec<Stated>,
    sayings: Vec<Said>,
}

impl DocumentFacts {
    /// The facts of a document with its conditions, quotations and day.
    #[must_use]
    pub fn of(document: &Document, own: &Annotations) -> Self {
        let id = document.id;
        Self {
            document: id,
            published: own.published.range,
            conditions: own.conditions.iter().map(|stated| Stated::of(id, stated)).collect(),
            sayings: own.quotes.iter().filter_map(|quote| Said::of(id, quote)).collect(),
        }
    }
}

/// What movements are told by, of all documents that lie in a thread of several stories.
pub struct Facts {
    pub(super) places: Places,
    pub(super) conditions: HashMap<(DocumentId, ConditionId), Stated>,
    pub(super) sayings: HashMap<(DocumentId, QuoteId), Said>,
    pub(super) published: HashMap<DocumentId, DateRange>,
}

impl Facts {
    /// Facts of no document yet.
    #[must_use]
    pub fn of(threads: &[Thread], stories: &[Story]) -> Self {
        Self {
            places: Places::of(threads, stories),
            conditions: HashMap::new(),
            sayings: HashMap::new(),
            published: HashMap::new(),
        }
    }

    /// Takes in those of one document, if its thread has a second story.
    pub fn add(&mut self, facts: DocumentFacts) {
        let DocumentFacts { document, published, conditions, sayings } = facts;
        if !self.places.can_move(document) {
            return;
        }
        self.published.insert(document, published);
        self.conditions.extend(conditions.into_iter().map(|it| ((document, it.id), it)));
        self.sayings.extend(sayings.into_iter().map(|it| ((document, it.id), it)));
    }
}
