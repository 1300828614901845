//! Conditions, figures compared, positions and the timeline as records.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    Claim, ClaimId, ClaimStatus, Condition, ConditionForce, ConditionId, DocumentId, Earlier,
    EntityId, EventStatus, Holder, Polarity, Position, PositionId, QuoteId, Reason, Stance,
    StoryId, TimelineEntry,
};

use super::place::{DateRecord, DocumentRef, Documents, Located, SpanRecord};
use super::reuse::OriginsRecord;

/// One thing said to depend on another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ConditionRecord<'a> {
    /// Its id.
    pub id: ConditionId,
    /// The words that make it one.
    pub trigger: SpanRecord<'a>,
    /// What has to hold.
    pub condition: SpanRecord<'a>,
    /// What depends on it.
    pub consequence: SpanRecord<'a>,
    /// The pattern that found it.
    pub pattern: &'a str,
    /// Whether the consequence is affirmed or denied under the condition.
    pub polarity: Polarity,
    /// The modal or hedge on the consequence.
    pub modality: Option<&'a str>,
    /// Necessary or sufficient, where the words tell.
    pub force: ConditionForce,
    /// The quotation whose source states it; `null` where the report or its headline does.
    pub holder: Option<QuoteId>,
    /// In whose voice it is stated.
    pub voice: Voice,
    /// How it was found.
    pub reason: &'a Reason,
}

/// In whose voice something is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The source of a quotation.
    Quote,
    /// The outlet.
    Outlet,
    /// A headline.
    Headline,
}

impl<'a> ConditionRecord<'a> {
    pub(super) fn new(condition: &'a Condition, at: &Located<'a>) -> Self {
        let (holder, voice) = match condition.holder {
            Holder::Quote(quote) => (Some(quote), Voice::Quote),
            Holder::Outlet => (None, Voice::Outlet),
            Holder::Headline => (None, Voice::Headline),
        };
        Self {
            id: condition.id,
            trigger: at.span(condition.trigger),
            condition: at.span(condition.condition),
            consequence: at.span(condition.consequence),
            pattern: &condition.pattern,
            polarity: condition.polarity,
            modality: condition.modality.as_deref(),
            force: condition.force,
            holder,
            voice,
            reason: &condition.reason,
        }
    }
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TimelineRecord<'a> {
    /// When.
    pub date: DateRecord,
    /// The fullest sentence that tells it.
    pub text: &'a str,
    /// Whether it happened, as told.
    pub status: EventStatus,
    /// Who takes part.
    pub participants: &'a [EntityId],
    /// Every mention of it.
    pub evidence: Vec<SpanRecord<'a>>,
    /// Who carries it.
    pub documents: Vec<DocumentRef<'a>>,
    /// Why these mentions are one.
    pub reason: &'a Reason,
}

impl<'a> TimelineRecord<'a> {
    pub(super) fn new(entry: &'a TimelineEntry, documents: &Documents<'a>) -> Self {
        Self {
            date: entry.date.into(),
            text: &entry.text,
            status: entry.status,
            participants: &entry.participants,
            evidence: documents.spans(&entry.evidence),
            documents: documents.references(&entry.documents),
            reason: &entry.reason,
        }
    }
}

/// Figures or dates about one thing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClaimRecord<'a> {
    /// Its id.
    pub id: ClaimId,
    /// What it is about.
    pub about: &'a str,
    /// The values given.
    pub values: Vec<ClaimValueRecord<'a>>,
    /// How they stand to each other; no verdict on which is true.
    pub status: ClaimStatus,
    /// Why.
    pub reason: &'a Reason,
}

/// One value of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClaimValueRecord<'a> {
    /// A number or TIMEX3 value.
    pub value: &'a str,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Who gives it.
    pub evidence: Vec<SpanRecord<'a>>,
    /// How many independent origins, where reuse is known.
    pub origins: Option<OriginsRecord<'a>>,
}

impl<'a> ClaimRecord<'a> {
    pub(super) fn new(claim: &'a Claim, documents: &Documents<'a>) -> Self {
        let value = |value: &'a stemma_model::ClaimValue| ClaimValueRecord {
            value: &value.value,
            unit: value.unit.as_deref(),
            evidence: documents.spans(&value.evidence),
            origins: value.origins.as_ref().map(Into::into),
        };
        Self {
            id: claim.id,
            about: &claim.about,
            values: claim.values.iter().map(value).collect(),
            status: claim.status,
            reason: &claim.reason,
        }
    }
}

/// What somebody wants, refuses, promises or threatens on a question.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PositionRecord<'a> {
    /// Its id.
    pub id: PositionId,
    /// Who holds it.
    pub entity: Option<EntityId>,
    /// Whom it is put to.
    pub towards: Option<SpanRecord<'a>>,
    /// On what.
    pub on: &'a str,
    /// Which way.
    pub stance: Stance,
    /// Under which conditions.
    pub conditions: &'a [ConditionId],
    /// Since when, as far as these documents tell.
    pub date: DateRecord,
    /// The story it belongs to.
    pub story: Option<StoryId>,
    /// The words.
    pub evidence: Vec<SpanRecord<'a>>,
    /// The holder's last position on the question of an earlier time, and how this stands to it.
    pub earlier: Option<Earlier>,
    /// What decided it.
    pub reason: &'a Reason,
}

impl<'a> PositionRecord<'a> {
    pub(super) fn new(position: &'a Position, documents: &Documents<'a>) -> Self {
        Self {
            id: position.id,
            entity: position.entity,
            towards: position.towards.map(|passage| documents.span(passage)),
            on: &position.on,
            stance: position.stance,
            conditions: &position.conditions,
            date: position.date.into(),
            story: position.story,
            evidence: documents.spans(&position.evidence),
            earlier: position.earlier,
            reason: &position.reason,
        }
    }
}

/// Conditions on one consequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConditionGroupRecord<'a> {
    /// What depends on them.
    pub label: &'a str,
    /// The conditions.
    pub conditions: Vec<ConditionId>,
    /// The documents that state them.
    pub documents: Vec<DocumentId>,
}
