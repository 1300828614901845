//! What moved in a thread from one story to the next.

use serde::{Deserialize, Serialize};

use crate::{
    ClaimId, ConditionId, DateRange, EntityId, MovementId, Passage, PositionId, QuoteId, Reason,
    StoryId, ThreadId, UtteranceId,
};

/// Something that a later story of a thread has otherwise than the earlier ones, or has again.
///
/// It rests on what other records already relate ([`Position::earlier`](crate::Position::earlier),
/// claims that update, conditions of one group, utterances that recur) and on who speaks in which
/// story; it adds which stories these stand in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// Its id.
    pub id: MovementId,
    /// The thread.
    pub thread: ThreadId,
    /// What sort of movement it is.
    pub kind: MovementKind,
    /// Whose it is, where it is somebody's.
    pub entity: Option<EntityId>,
    /// On what: a question, what a figure counts, the words said again. Empty for a new speaker.
    pub about: String,
    /// The earlier state; `None` where no earlier story has one.
    pub earlier: Option<State>,
    /// The later state.
    pub later: State,
    /// The claim whose value was updated.
    pub claim: Option<ClaimId>,
    /// The utterance that recurs.
    pub utterance: Option<UtteranceId>,
    /// Why.
    pub reason: Reason,
}

/// One end of a movement: what a story has, and the records and words it is read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The story.
    pub story: StoryId,
    /// When it was said or, failing that, published.
    pub date: DateRange,
    /// The value, of a figure.
    pub value: Option<String>,
    /// The positions, in the record's order.
    pub positions: Vec<PositionId>,
    /// The conditions, in text order.
    pub conditions: Vec<ConditionId>,
    /// The quotations, in text order.
    pub quotes: Vec<QuoteId>,
    /// The words.
    pub evidence: Vec<Passage>,
}

/// What moved. The order is that in which movements of one story are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// The holder goes over to the other side of the question.
    Reversed,
    /// The holder binds it to more than before, or turns from a condition to no.
    Weakened,
    /// The holder binds it to less than before.
    Strengthened,
    /// A figure that a later one replaces.
    UpdatedFigure,
    /// What somebody held, what was said, or a condition that was stated, stands there again.
    Repeated,
    /// A condition like none that earlier stories state on that consequence.
    NewCondition,
    /// A position of somebody of whom earlier stories have none on that question.
    NewPosition,
    /// Somebody speaks whom no earlier story quotes.
    NewSpeaker,
}
