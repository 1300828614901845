//! Figures, dates and positions compared across documents.

use serde::{Deserialize, Serialize};

use crate::{
    ClaimId, ConditionId, DateRange, DocumentId, EntityId, EventStatus, Origins, Passage,
    PositionId, Reason, StoryId,
};

/// An entry of the timeline: one event with everybody who reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When.
    pub date: DateRange,
    /// The fullest sentence that tells it.
    pub text: String,
    /// Whether it happened.
    pub status: EventStatus,
    /// Who takes part.
    pub participants: Vec<EntityId>,
    /// Every mention of it.
    pub evidence: Vec<Passage>,
    /// Who carries it, in id order.
    pub documents: Vec<DocumentId>,
    /// Why these mentions are one.
    pub reason: Reason,
}

/// Figures or dates about one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// What it is about.
    pub about: String,
    /// The values given, in order of value.
    pub values: Vec<ClaimValue>,
    /// How they stand to each other.
    pub status: ClaimStatus,
    /// Why.
    pub reason: Reason,
}

/// One value of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimValue {
    /// The value as a number or TIMEX3 value.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Who gives it.
    pub evidence: Vec<Passage>,
    /// How many independent origins, where reuse is known.
    pub origins: Option<Origins>,
}

/// How the values of a claim stand to each other. No verdict on which is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClaimStatus {
    /// All the same.
    Agrees,
    /// They differ.
    Conflicts,
    /// A later one replaces an earlier one.
    Updates,
    /// They differ, and count different things.
    Scope,
    /// Only one document gives it.
    Single,
}

/// What somebody wants, refuses, promises or threatens on a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// Who holds it.
    pub entity: Option<EntityId>,
    /// Whom it is put to: "urged *the council* to", "told *reporters*".
    pub towards: Option<Passage>,
    /// On what.
    pub on: String,
    /// Which way.
    pub stance: Stance,
    /// Under which conditions.
    pub conditions: Vec<ConditionId>,
    /// Since when, as far as these documents tell.
    pub date: DateRange,
    /// The story it belongs to.
    pub story: Option<StoryId>,
    /// The words.
    pub evidence: Vec<Passage>,
    /// The holder's last position on the question of an earlier time, and how this stands to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Earlier>,
    /// What decided it.
    pub reason: Reason,
}

/// A position that a later one of the same holder on the same question is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Earlier {
    /// The earlier position.
    pub position: PositionId,
    /// How the later one stands to it.
    pub relation: EarlierRelation,
}

/// How a position stands to its holder's last one on the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EarlierRelation {
    /// It takes the same side.
    Repeats,
    /// It puts a condition where there was none, or says no where there was a condition.
    Weakens,
    /// It drops a condition, or puts one where there was a no.
    Strengthens,
    /// It takes the other side.
    Reverses,
}

/// Which way a position goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// For it.
    Supports,
    /// Against it.
    Opposes,
    /// For it, after something.
    Conditional,
    /// Says that it will do it.
    Promises,
    /// Says that it will not.
    Refuses,
    /// Asks others for it.
    Demands,
    /// Announces harm.
    Threatens,
}
