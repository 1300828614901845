//! Whose words: passages that several documents share.

use serde::{Deserialize, Serialize};

use crate::{AlignmentId, ClusterId, DocumentId, Passage, Reason, Span};

/// Two passages with the same or nearly the same words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// Its id.
    pub id: AlignmentId,
    /// The passage in the document with the smaller id.
    pub a: Passage,
    /// The passage in the other.
    pub b: Passage,
    /// Words in the shorter passage.
    pub words: u32,
    /// Words that match over words in the longer passage, from 0 to 1.
    pub similarity: f32,
    /// Verbatim or nearly so.
    pub kind: AlignmentKind,
    /// Word-level differences, in order.
    pub changes: Vec<Change>,
    /// Which may be the earlier.
    pub first: Earliest,
}

/// How close two passages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AlignmentKind {
    /// The same words; case, punctuation and typography may differ.
    Verbatim,
    /// Words differ.
    NearVerbatim,
}

/// A difference between two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What was done.
    pub op: ChangeOp,
    /// The words in the first; empty, at the place, for an insertion.
    pub a: Span,
    /// The words in the second; empty, at the place, for a deletion.
    pub b: Span,
}

/// What was done between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeOp {
    /// Other words stand in the second.
    Replace,
    /// The second has words that the first has not.
    Insert,
    /// The first has words that the second has not.
    Delete,
    /// The same words in other case, marks or spelling.
    Respell,
}

/// Which documents may have a passage first; never a bare claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earliest {
    /// Those that may, in id order.
    pub candidates: Vec<DocumentId>,
    /// Why these, and why no fewer.
    pub why: String,
}

/// Passages that share one text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its id.
    pub id: ClusterId,
    /// What it is.
    pub kind: ClusterKind,
    /// Its passages, in document order.
    pub passages: Vec<Passage>,
    /// The alignments it was built from.
    pub alignments: Vec<AlignmentId>,
    /// How many independent origins, with reasons.
    pub origins: Origins,
    /// Who may have it from whom.
    pub stemma: Vec<Descent>,
    /// How it was told what it is.
    pub reason: Reason,
}

/// What a cluster of passages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClusterKind {
    /// A whole document carried again.
    NearDuplicate,
    /// Copy of an agency that a credit or dateline names.
    Wire,
    /// Copy of an agency, inferred.
    WireInferred,
    /// Text that recurs within one outlet.
    Boilerplate,
    /// A quotation of a third text by each.
    SharedQuotation,
    /// A text that none of these is the source of: a release, a statement.
    CommonSource,
    /// A passage carried over.
    Passage,
}

/// How many independent origins a text has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origins {
    /// The fewest that the evidence allows.
    pub at_least: u32,
    /// The most that the evidence allows.
    pub at_most: u32,
    /// Why.
    pub reason: Reason,
}

/// That one witness may have its text from another, or from a lost common source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Descent {
    /// The source; `None` for a source that is not among the documents (the wire).
    pub from: Option<DocumentId>,
    /// What the lost source is called, where something names it.
    pub from_name: Option<String>,
    /// The one that has it.
    pub to: DocumentId,
    /// How well it is supported, from 0 to 1: its share among all that `to` may have it from, the
    /// possibility that none of the documents is the source included.
    pub support: f32,
    /// The least and the greatest support, as unknown or overlapping times may turn out.
    pub interval: (f32, f32),
    /// Through what.
    pub reason: Reason,
}

/// Several witnesses of one text, set beside each other word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// How many witnesses there are; readings name them by number, from 0, in the order given.
    pub witnesses: u32,
    /// The text in order: agreed stretches and places where the witnesses part.
    pub places: Vec<CollationPlace>,
}

/// A stretch that all witnesses share, or a place where they part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollationPlace {
    /// What the witnesses have here, the reading of most first; among equals, the longer,
    /// then the first in alphabetical order. One reading where all agree.
    pub readings: Vec<Reading>,
}

/// What some witnesses have at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The words as the first of these witnesses has them; empty where they have none.
    pub text: String,
    /// The witnesses, in order, each with the place in its own text; an empty span, at the place,
    /// where it has nothing.
    pub witnesses: Vec<(u32, Span)>,
}
