//! `stemma stories`, and what is reconstructed around stories.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    DocumentId, Entity, EntityId, MentionKind, Movement, QuoteId, Reason, Relation, Story, StoryId,
    Thread, ThreadId, Utterance, UtteranceId,
};

use super::movement::MovementRecord;
use super::place::{DateRecord, DocumentRef, Documents};
use super::reuse::{ChangeRecord, change_records};

/// One event told by several documents.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoryRecord<'a> {
    /// Its id.
    pub id: StoryId,
    /// The headline of its most central document.
    pub title: &'a str,
    /// Its documents.
    pub documents: Vec<StoryDocumentRecord<'a>>,
    /// When.
    pub date: DateRecord,
    /// Why these are one.
    pub reason: &'a Reason,
}

/// A document of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoryDocumentRecord<'a> {
    /// Its content-hash id.
    pub id: DocumentId,
    /// The input's own `id`.
    pub given_id: Option<&'a str>,
    /// The outlet that carries it.
    pub outlet: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
}

/// Stories about one question over time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ThreadRecord<'a> {
    /// Its id.
    pub id: ThreadId,
    /// What it is about.
    pub title: &'a str,
    /// Its stories, by time.
    pub stories: &'a [StoryId],
    /// What moved from an earlier story to a later one, by later story, then kind.
    pub movements: Vec<MovementRecord<'a>>,
    /// Why these are one.
    pub reason: &'a Reason,
}

/// Somebody or something behind the names of many documents.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EntityRecord<'a> {
    /// Its id.
    pub id: EntityId,
    /// The name it is known by here.
    pub name: &'a str,
    /// What it is.
    pub kind: MentionKind,
    /// The forms it goes by, most frequent first.
    pub forms: Vec<FormRecord<'a>>,
    /// The documents that mention it.
    pub documents: Vec<DocumentRef<'a>>,
    /// Why these are one.
    pub reason: &'a Reason,
}

/// A form that an entity goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormRecord<'a> {
    /// The words.
    pub text: &'a str,
    /// How often.
    pub count: u32,
}

/// The saying that several quotations report.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct UtteranceRecord<'a> {
    /// Its id.
    pub id: UtteranceId,
    /// Who said it.
    pub entity: Option<EntityId>,
    /// When it can have been said.
    pub said: DateRecord,
    /// The quotations that report it.
    pub quotes: Vec<QuoteId>,
    /// How they relate, pair by pair.
    pub variants: Vec<VariantRecord<'a>>,
    /// Why these are one.
    pub reason: &'a Reason,
}

/// How one quotation relates to another of the same utterance.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct VariantRecord<'a> {
    /// The fuller.
    pub a: QuoteId,
    /// The other.
    pub b: QuoteId,
    /// The relation of `b` to `a`.
    pub relation: Relation,
    /// What differs, in order.
    pub changes: Vec<ChangeRecord<'a>>,
    /// What decided it.
    pub reason: &'a Reason,
}

/// The `stories` record of one story.
#[must_use]
pub fn story_record<'a>(story: &'a Story, documents: &Documents<'a>) -> StoryRecord<'a> {
    let member = |&id: &DocumentId| {
        let document = documents.get(id).map(|located| located.document);
        StoryDocumentRecord {
            id,
            given_id: document.and_then(|document| document.given_id.as_deref()),
            outlet: document.and_then(|document| document.outlet.as_deref()),
            title: document.and_then(|document| document.title.as_ref()).map(|t| t.text.as_str()),
        }
    };
    StoryRecord {
        id: story.id,
        title: &story.title,
        documents: story.documents.iter().map(member).collect(),
        date: story.date.into(),
        reason: &story.reason,
    }
}

impl<'a> ThreadRecord<'a> {
    /// The thread with its movements.
    pub(super) fn new(
        thread: &'a Thread,
        movements: &[&'a Movement],
        documents: &Documents<'a>,
    ) -> Self {
        let Thread { id, title, stories, reason } = thread;
        let movements = movements.iter().map(|it| MovementRecord::new(it, documents)).collect();
        Self { id: *id, title, stories, movements, reason }
    }
}

impl<'a> EntityRecord<'a> {
    pub(super) fn new(entity: &'a Entity, documents: &Documents<'a>) -> Self {
        let form =
            |form: &'a stemma_model::Form| FormRecord { text: &form.text, count: form.count };
        Self {
            id: entity.id,
            name: &entity.name,
            kind: entity.kind,
            forms: entity.forms.iter().map(form).collect(),
            documents: documents.references(&entity.documents),
            reason: &entity.reason,
        }
    }
}

impl<'a> UtteranceRecord<'a> {
    pub(super) fn new(utterance: &'a Utterance, documents: &Documents<'a>) -> Self {
        let home: HashMap<QuoteId, DocumentId> =
            utterance.quotes.iter().map(|&(document, quote)| (quote, document)).collect();
        let variant = |variant: &'a stemma_model::Variant| {
            let ends = home.get(&variant.a).zip(home.get(&variant.b));
            VariantRecord {
                a: variant.a,
                b: variant.b,
                relation: variant.relation,
                changes: ends.map_or_else(Vec::new, |(&a, &b)| {
                    change_records(&variant.changes, (a, b), documents)
                }),
                reason: &variant.reason,
            }
        };
        Self {
            id: utterance.id,
            entity: utterance.entity,
            said: utterance.said.into(),
            quotes: utterance.quotes.iter().map(|&(_, quote)| quote).collect(),
            variants: utterance.variants.iter().map(variant).collect(),
            reason: &utterance.reason,
        }
    }
}
