//! What moved in each thread from one story to a later one.
//!
//! Nothing is compared here for the first time but the wordings of two conditions: positions
//! already say how they stand to earlier ones, claims which figure replaces which, groups which
//! conditions are on one consequence, utterances which sayings recur. This stage finds which of
//! that lies between two stories of one thread, and who speaks in a story for the first time.

mod condition;
mod facts;
mod figure;
mod place;
mod position;
mod saying;

use std::collections::{HashMap, HashSet};

use stemma_model::{
    Claim, ClaimId, ConditionId, DateRange, Document, DocumentId, EntityId, Movement, MovementId,
    MovementKind, Passage, Position, QuoteId, Reason, Span, State, StoryId, Thread, Utterance,
    UtteranceId,
};

pub use facts::{DocumentFacts, Facts};
use place::{Place, Places};

/// What movements are read from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// What they tell movements by.
    pub facts: &'a Facts,
    /// Threads.
    pub threads: &'a [Thread],
    /// Whose each quotation is.
    pub speakers: &'a [(DocumentId, QuoteId, EntityId)],
    /// Utterances.
    pub utterances: &'a [Utterance],
    /// Figures compared.
    pub claims: &'a [Claim],
    /// Conditions, grouped by consequence.
    pub condition_groups: &'a [(String, Vec<(DocumentId, ConditionId)>)],
    /// Positions, in the record's order.
    pub positions: &'a [Position],
}

/// Every movement, by thread, then later story, then kind, then date.
///
/// A story is earlier than another where its last day is before the other's first; of stories that
/// overlap in time neither is. Quadratic in the positions of one holder in a thread and in the
/// conditions of one group; otherwise near linear.
#[must_use]
pub fn movements(input: &Input<'_>) -> Vec<Movement> {
    let index = Index::of(input);
    let held = position::movements(input, &index);
    // What a position already tells of a saying is not told again of its words.
    let told: Vec<Passage> = held.iter().flat_map(|moved| moved.later.evidence.clone()).collect();
    let mut found: Vec<Moved> = held;
    found.extend(condition::movements(input, &index));
    found.extend(figure::movements(input, &index));
    found.extend(saying::repeated(input, &index, &told));
    found.extend(saying::new_speakers(input, &index));
    found.sort_by_cached_key(|moved| {
        let day = moved.later.date.from.or(moved.later.date.to);
        (moved.thread, moved.to, moved.kind, day, moved.about.clone(), moved.id(input))
    });
    let mut whole: Vec<Movement> = found.into_iter().map(|moved| moved.whole(input)).collect();
    // A quotation that runs two sayings together recurs with both.
    let mut seen = HashSet::new();
    whole.retain(|movement| seen.insert(movement.id));
    whole
}

/// A movement in the making.
#[derive(Clone, Debug)]
struct Moved {
    /// The thread's place in the input.
    thread: usize,
    /// The later story's place in the thread.
    to: usize,
    kind: MovementKind,
    entity: Option<EntityId>,
    about: String,
    earlier: Option<State>,
    later: State,
    claim: Option<ClaimId>,
    utterance: Option<UtteranceId>,
    reason: Reason,
}

impl Moved {
    /// A movement into `at`, of nobody and on no claim or utterance.
    fn new(at: Place, kind: MovementKind, about: &str, later: State, reason: Reason) -> Self {
        Self {
            thread: at.thread,
            to: at.rank,
            kind,
            entity: None,
            about: about.to_owned(),
            earlier: None,
            later,
            claim: None,
            utterance: None,
            reason,
        }
    }

    fn id(&self, input: &Input<'_>) -> MovementId {
        let states = self.earlier.iter().chain([&self.later]);
        let places = states.flat_map(|state| {
            let words = state.evidence.iter();
            words.map(|at| format!("{}:{}-{}", at.document, at.span.start, at.span.end))
        });
        let thread = input.threads[self.thread].id.to_string();
        let parts: Vec<String> = [thread, format!("{:?}", self.kind), self.about.clone()]
            .into_iter()
            .chain(places)
            .collect();
        MovementId::of(&parts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn whole(self, input: &Input<'_>) -> Movement {
        Movement {
            id: self.id(input),
            thread: input.threads[self.thread].id,
            kind: self.kind,
            entity: self.entity,
            about: self.about,
            earlier: self.earlier,
            later: self.later,
            claim: self.claim,
            utterance: self.utterance,
            reason: self.reason,
        }
    }
}

/// What is looked up by id.
struct Index<'a> {
    facts: &'a Facts,
    documents: HashMap<DocumentId, &'a Document>,
}

impl<'a> Index<'a> {
    fn of(input: &Input<'a>) -> Self {
        let documents = input.documents.iter();
        Self {
            facts: input.facts,
            documents: documents.map(|document| (document.id, document)).collect(),
        }
    }

    fn places(&self) -> &'a Places {
        &self.facts.places
    }

    /// The words at a place.
    fn words(&self, document: DocumentId, span: Span) -> &'a str {
        self.documents.get(&document).map_or("", |document| document.slice(span))
    }

    /// When the first of `evidence` was published.
    fn published(&self, evidence: &[Passage]) -> DateRange {
        let first = evidence.first().and_then(|at| self.facts.published.get(&at.document));
        first.copied().unwrap_or_else(DateRange::unknown)
    }

    /// A state of `story` that rests on `evidence` alone.
    fn state(&self, story: StoryId, evidence: Vec<Passage>) -> State {
        State {
            story,
            date: self.published(&evidence),
            value: None,
            positions: Vec::new(),
            conditions: Vec::new(),
            quotes: Vec::new(),
            evidence,
        }
    }
}

#[cfg(test)]
mod tests;
