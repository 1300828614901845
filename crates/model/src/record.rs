//! The record behind a pile of reports.

use serde::{Deserialize, Serialize};

use crate::{
    Alignment, Annotations, Claim, Cluster, Condition, ConditionId, Contrast, Document, DocumentId,
    Entity, EntityId, Movement, Position, Problem, Quote, QuoteId, Story, Thread, TimelineEntry,
    Utterance,
};

/// Everything that was reconstructed from a set of documents, and the documents themselves.
///
/// `documents` and `annotations` run in parallel, in the order that `engine` fixed; everything
/// else is sorted by its own stated order. The same inputs give the same record in any order of
/// arrival and on any number of threads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The documents, by date, then id.
    pub documents: Vec<Document>,
    /// What each attests, in the same order.
    pub annotations: Vec<Annotations>,
    /// Stories, by date, then id.
    pub stories: Vec<Story>,
    /// Threads.
    pub threads: Vec<Thread>,
    /// People, organisations and places, most mentioned first.
    pub entities: Vec<Entity>,
    /// Which entity each quotation is attributed to.
    pub speakers: Vec<(DocumentId, QuoteId, EntityId)>,
    /// Utterances.
    pub utterances: Vec<Utterance>,
    /// Aligned passages.
    pub alignments: Vec<Alignment>,
    /// Their clusters.
    pub clusters: Vec<Cluster>,
    /// The timeline.
    pub timeline: Vec<TimelineEntry>,
    /// Figures and dates compared.
    pub claims: Vec<Claim>,
    /// Conditions grouped by consequence: each with the label of its group.
    pub condition_groups: Vec<(String, Vec<(DocumentId, ConditionId)>)>,
    /// Positions.
    pub positions: Vec<Position>,
    /// What moved in the threads, by thread, then later story, then kind.
    pub movements: Vec<Movement>,
    /// How each outlet tells it.
    pub contrast: Contrast,
    /// Everything that went wrong, inputs without a document included.
    pub problems: Vec<Problem>,
}

impl Record {
    /// The document with `id`, with its annotations.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<(&Document, &Annotations)> {
        let at = self.documents.iter().position(|document| document.id == id)?;
        Some((&self.documents[at], &self.annotations[at]))
    }

    /// Every quotation with its document.
    pub fn quotes(&self) -> impl Iterator<Item = (&Document, &Quote)> {
        self.documents.iter().zip(&self.annotations).flat_map(|(document, annotations)| {
            annotations.quotes.iter().map(move |quote| (document, quote))
        })
    }

    /// Every condition with its document.
    pub fn conditions(&self) -> impl Iterator<Item = (&Document, &Condition)> {
        self.documents.iter().zip(&self.annotations).flat_map(|(document, annotations)| {
            annotations.conditions.iter().map(move |condition| (document, condition))
        })
    }

    /// The entity with `id`.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}
