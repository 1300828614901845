//! Reconstructed from many documents: stories, entities, utterances.

use serde::{Deserialize, Serialize};

use crate::{
    ChainId, Change, DateRange, DocumentId, EntityId, MentionKind, QuoteId, Reason, StoryId,
    ThreadId, UtteranceId,
};

/// One event told by several documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// The headline of its most central document.
    pub title: String,
    /// Its documents, in id order.
    pub documents: Vec<DocumentId>,
    /// When.
    pub date: DateRange,
    /// Why these are one.
    pub reason: Reason,
}

/// Stories about one question over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// What it is about.
    pub title: String,
    /// Its stories, by time.
    pub stories: Vec<StoryId>,
    /// Why these are one.
    pub reason: Reason,
}

/// Somebody or something behind the names of many documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// The name it is known by here.
    pub name: String,
    /// What it is.
    pub kind: MentionKind,
    /// The forms it goes by, most frequent first.
    pub forms: Vec<Form>,
    /// The documents that mention it, in id order.
    pub documents: Vec<DocumentId>,
    /// The chains it was made from, in order.
    pub chains: Vec<(DocumentId, ChainId)>,
    /// Why these are one.
    pub reason: Reason,
}

/// A form that an entity goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The words.
    pub text: String,
    /// How often.
    pub count: u32,
}

/// The saying that several quotations report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Its id.
    pub id: UtteranceId,
    /// Who said it.
    pub entity: Option<EntityId>,
    /// When it can have been said.
    pub said: DateRange,
    /// The quotations that report it, in id order of document, then text order.
    pub quotes: Vec<(DocumentId, QuoteId)>,
    /// How they relate, pair by pair.
    pub variants: Vec<Variant>,
    /// Why these are one.
    pub reason: Reason,
}

/// How one quotation relates to another of the same utterance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The fuller.
    pub a: QuoteId,
    /// The other.
    pub b: QuoteId,
    /// The relation of `b` to `a`.
    pub relation: Relation,
    /// What differs, in order.
    pub changes: Vec<Change>,
    /// What decided it.
    pub reason: Reason,
}

/// How one quotation relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same words and marks.
    Verbatim,
    /// The same words; case, marks, spelling or hyphens differ.
    Typographic,
    /// A part of the other, cut.
    Trimmed,
    /// Two sayings given as one.
    Spliced,
    /// Other words inside the marks, to the same effect.
    Reworded,
    /// Indirect here, direct there.
    Paraphrase,
    /// A negation, number, name, modal, tense, condition or quantifier differs.
    Altered,
    /// The same thing said on another occasion.
    Recurring,
}
