//! What moved in threads, as records.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    ClaimId, ConditionId, EntityId, Movement, MovementId, MovementKind, PositionId, QuoteId,
    Reason, State, StoryId, UtteranceId,
};

use super::place::{DateRecord, Documents, SpanRecord};

/// Something that a later story of a thread has otherwise than the earlier ones, or has again.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MovementRecord<'a> {
    /// Its id.
    pub id: MovementId,
    /// What sort of movement it is.
    pub kind: MovementKind,
    /// Whose it is, where it is somebody's.
    pub entity: Option<EntityId>,
    /// On what; empty for a new speaker.
    pub about: &'a str,
    /// The earlier state; `null` where no earlier story has one.
    pub earlier: Option<StateRecord<'a>>,
    /// The later state.
    pub later: StateRecord<'a>,
    /// The claim whose value was updated.
    pub claim: Option<ClaimId>,
    /// The utterance that recurs.
    pub utterance: Option<UtteranceId>,
    /// Why.
    pub reason: &'a Reason,
}

/// One end of a movement: what a story has, and the records and words it is read from.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StateRecord<'a> {
    /// The story.
    pub story: StoryId,
    /// When it was said or, failing that, published.
    pub date: DateRecord,
    /// The value, of a figure.
    pub value: Option<&'a str>,
    /// The positions.
    pub positions: &'a [PositionId],
    /// The conditions.
    pub conditions: &'a [ConditionId],
    /// The quotations.
    pub quotes: &'a [QuoteId],
    /// The words.
    pub evidence: Vec<SpanRecord<'a>>,
}

impl<'a> StateRecord<'a> {
    fn new(state: &'a State, documents: &Documents<'a>) -> Self {
        Self {
            story: state.story,
            date: state.date.into(),
            value: state.value.as_deref(),
            positions: &state.positions,
            conditions: &state.conditions,
            quotes: &state.quotes,
            evidence: documents.spans(&state.evidence),
        }
    }
}

impl<'a> MovementRecord<'a> {
    pub(super) fn new(movement: &'a Movement, documents: &Documents<'a>) -> Self {
        let state = |state| StateRecord::new(state, documents);
        Self {
            id: movement.id,
            kind: movement.kind,
            entity: movement.entity,
            about: &movement.about,
            earlier: movement.earlier.as_ref().map(state),
            later: state(&movement.later),
            claim: movement.claim,
            utterance: movement.utterance,
            reason: &movement.reason,
        }
    }
}
