//! How each outlet tells it. Counts and spans, never a score or a label for an outlet.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, EntityId, Origins, Passage, Reason, Span, StoryId};

/// Everything that sets the reports of the collection apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// Competing names, by concept.
    pub terms: Vec<Term>,
    /// Reporting verbs, by speaker and document.
    pub verbs: Vec<Verb>,
    /// What each report has of each story.
    pub coverage: Vec<Coverage>,
    /// Headlines against their bodies.
    pub headlines: Vec<Headline>,
}

/// One form of one concept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// What is named.
    pub concept: String,
    /// The form.
    pub form: String,
    /// Whose name it spells, where the collection itself shows that one entity goes by several
    /// spellings; none for words of the lexicon and what a text holds at arm's length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    /// Where, in document order.
    pub uses: Vec<Passage>,
    /// Those of the uses that stand in text that another report carries too: agency copy, not the
    /// outlet's own choice of word.
    pub copied: Vec<Passage>,
    /// Those of the uses that stand in quotation marks: a source's word.
    pub quoted: Vec<Passage>,
}

/// One reporting verb used for one speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verb {
    /// Its dictionary form.
    pub lemma: String,
    /// Whose words it introduces.
    pub entity: Option<EntityId>,
    /// Where, in document order.
    pub uses: Vec<Passage>,
}

/// The points of one story by document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The story; `None` for a matrix over all documents.
    pub story: Option<StoryId>,
    /// Columns.
    pub documents: Vec<DocumentId>,
    /// Rows.
    pub points: Vec<Point>,
    /// Cells, row by row.
    pub cells: Vec<CoverageCell>,
}

/// One thing that reports of a story may tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// What sort of thing.
    pub kind: PointKind,
    /// In words: the fullest wording found.
    pub text: String,
    /// How many outlets carry it.
    pub outlets: u32,
    /// How many independent origins.
    pub origins: Origins,
}

/// Sorts of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PointKind {
    /// An utterance.
    Quotation,
    /// An event.
    Event,
    /// A figure.
    Figure,
    /// A condition.
    Condition,
    /// A sentence of background.
    Background,
}

/// Whether a document tells a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageCell {
    /// Index into [`Coverage::points`].
    pub point: u32,
    /// The document.
    pub document: DocumentId,
    /// Told, in part, or not.
    pub state: Cell,
    /// Where.
    pub evidence: Vec<Span>,
}

/// States of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Told.
    Told,
    /// Told in part.
    Part,
    /// Left out.
    Absent,
}

/// A headline against its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// The document.
    pub document: DocumentId,
    /// The sentences that bear on it.
    pub support: Vec<Span>,
    /// What was found.
    pub verdict: HeadlineVerdict,
    /// What the headline adds or drops: who, condition, certainty.
    pub differences: Vec<String>,
    /// How it was told.
    pub reason: Reason,
}

/// How a headline stands to its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HeadlineVerdict {
    /// Sentences of the body say it.
    Supported,
    /// They say a part of it, or say it with something that the headline drops.
    SupportedInPart,
    /// No sentence was found that says it.
    NotFound,
    /// There is no headline.
    Missing,
}
