//! How each report tells it: terms, verbs, coverage, headlines. Counts and spans, never a score.

mod coverage;
mod headline;
mod terms;

use stemma_model::{
    Annotations, Claim, Cluster, ConditionId, Contrast, Document, DocumentId, EntityId, QuoteId,
    Story, Thread, TimelineEntry, Utterance,
};

use crate::corroboration::Carried;

/// What the reports are compared by: everything that was reconstructed before.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// What each attests, in the same order.
    pub annotations: &'a [Annotations],
    /// Stories.
    pub stories: &'a [Story],
    /// Threads.
    pub threads: &'a [Thread],
    /// Whose each quotation is.
    pub speakers: &'a [(DocumentId, QuoteId, EntityId)],
    /// Utterances.
    pub utterances: &'a [Utterance],
    /// The timeline.
    pub timeline: &'a [TimelineEntry],
    /// Figures and dates compared.
    pub claims: &'a [Claim],
    /// Conditions, grouped by consequence.
    pub condition_groups: &'a [(String, Vec<(DocumentId, ConditionId)>)],
    /// Passages that several documents carry.
    pub clusters: &'a [Cluster],
    /// The same, as the origins that they join.
    pub carried: &'a Carried<'a>,
}

/// Sets the reports beside each other.
///
/// Near linear in the annotations, but for the background sentences of a story, which are
/// compared pair by pair within it.
#[must_use]
pub fn contrast(input: &Input<'_>) -> Contrast {
    Contrast {
        terms: terms::terms(input),
        verbs: terms::verbs(input),
        coverage: coverage::coverage(input),
        headlines: headline::headlines(input),
    }
}
