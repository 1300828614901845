//! `stemma reuse`: aligned passages and their clusters.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    Alignment, AlignmentId, AlignmentKind, Change, ChangeOp, Cluster, ClusterId, ClusterKind,
    DocumentId, Origins, Passage, Reason,
};

use super::place::{DocumentRef, Documents, SpanRecord};

/// Two passages with the same or nearly the same words.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReuseRecord<'a> {
    /// Its id.
    pub id: AlignmentId,
    /// The passage in the document with the smaller id.
    pub a: SpanRecord<'a>,
    /// The passage in the other.
    pub b: SpanRecord<'a>,
    /// Words in the shorter passage.
    pub words: u32,
    /// Words that match over words in the longer passage, from 0 to 1.
    pub similarity: f32,
    /// Verbatim or nearly so.
    pub kind: AlignmentKind,
    /// Whether most of it lies in what was told as boilerplate in either document: such passages
    /// are never counted as copied.
    pub boilerplate: bool,
    /// Word-level differences, in order.
    pub changes: Vec<ChangeRecord<'a>>,
    /// Which may be the earlier.
    pub first: FirstRecord<'a>,
}

/// A difference between two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeRecord<'a> {
    /// What was done.
    pub op: ChangeOp,
    /// The words in the first; empty, at the place, for an insertion.
    pub a: SpanRecord<'a>,
    /// The words in the second; empty, at the place, for a deletion.
    pub b: SpanRecord<'a>,
}

/// Which documents may have a passage first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstRecord<'a> {
    /// Those that may.
    pub candidates: Vec<DocumentRef<'a>>,
    /// Why these, and why no fewer.
    pub why: &'a str,
}

/// Passages that share one text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClusterRecord<'a> {
    /// Its id.
    pub id: ClusterId,
    /// What it is.
    pub kind: ClusterKind,
    /// Its passages, in document order.
    pub passages: Vec<SpanRecord<'a>>,
    /// The alignments it was built from.
    pub alignments: &'a [AlignmentId],
    /// How many independent origins.
    pub origins: OriginsRecord<'a>,
    /// Who may have it from whom.
    pub stemma: Vec<DescentRecord<'a>>,
    /// How it was told what it is.
    pub reason: &'a Reason,
}

/// How many independent origins a text has.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OriginsRecord<'a> {
    /// The fewest that the evidence allows.
    pub at_least: u32,
    /// The most that the evidence allows.
    pub at_most: u32,
    /// Why.
    pub reason: &'a Reason,
}

impl<'a> From<&'a Origins> for OriginsRecord<'a> {
    fn from(origins: &'a Origins) -> Self {
        let Origins { at_least, at_most, reason } = origins;
        Self { at_least: *at_least, at_most: *at_most, reason }
    }
}

/// That one witness may have its text from another, or from a lost common source.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DescentRecord<'a> {
    /// The source; `null` for one that is not among the documents.
    pub from: Option<DocumentId>,
    /// The input's own `id` of the source, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_given_id: Option<&'a str>,
    /// What a lost source is called, where something names it.
    pub from_name: Option<&'a str>,
    /// The one that has it.
    pub to: DocumentId,
    /// The input's own `id` of that one, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_given_id: Option<&'a str>,
    /// How well it is supported, from 0 to 1: its share among all that it may come from.
    pub support: f32,
    /// The least and the greatest support, as unknown or overlapping times may turn out.
    pub interval: (f32, f32),
    /// Through what.
    pub reason: &'a Reason,
}

/// The `reuse` record of one alignment.
#[must_use]
pub fn reuse_record<'a>(alignment: &'a Alignment, documents: &Documents<'a>) -> ReuseRecord<'a> {
    let Alignment { id, a, b, words, similarity, kind, changes, first } = alignment;
    ReuseRecord {
        id: *id,
        a: documents.span(*a),
        b: documents.span(*b),
        words: *words,
        similarity: *similarity,
        kind: *kind,
        boilerplate: documents.is_boilerplate(*a) || documents.is_boilerplate(*b),
        changes: change_records(changes, (a.document, b.document), documents),
        first: FirstRecord { candidates: documents.references(&first.candidates), why: &first.why },
    }
}

/// The records of changes between two documents.
pub(super) fn change_records<'a>(
    changes: &[Change],
    (a, b): (DocumentId, DocumentId),
    documents: &Documents<'a>,
) -> Vec<ChangeRecord<'a>> {
    let record = |change: &Change| ChangeRecord {
        op: change.op,
        a: documents.span(Passage::new(a, change.a)),
        b: documents.span(Passage::new(b, change.b)),
    };
    changes.iter().map(record).collect()
}

impl<'a> ClusterRecord<'a> {
    pub(super) fn new(cluster: &'a Cluster, documents: &Documents<'a>) -> Self {
        let descent = |descent: &'a stemma_model::Descent| DescentRecord {
            from: descent.from,
            from_given_id: descent.from.and_then(|id| documents.reference(id).given_id),
            from_name: descent.from_name.as_deref(),
            to: descent.to,
            to_given_id: documents.reference(descent.to).given_id,
            support: descent.support,
            interval: descent.interval,
            reason: &descent.reason,
        };
        Self {
            id: cluster.id,
            kind: cluster.kind,
            passages: documents.spans(&cluster.passages),
            alignments: &cluster.alignments,
            origins: (&cluster.origins).into(),
            stemma: cluster.stemma.iter().map(descent).collect(),
            reason: &cluster.reason,
        }
    }
}
