//! How each outlet tells it, as records: counts and spans, never a score for an outlet.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    Cell, Contrast, Coverage, DocumentId, EntityId, Headline, HeadlineVerdict, Passage, PointKind,
    Reason, StoryId, Term,
};

use super::place::{DocumentRef, Documents, SpanRecord};
use super::reuse::OriginsRecord;

/// Everything that sets the reports of the collection apart.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ContrastRecord<'a> {
    /// Competing names, by concept.
    pub terms: Vec<TermRecord<'a>>,
    /// Reporting verbs, by speaker and document.
    pub verbs: Vec<VerbRecord<'a>>,
    /// What each report has of each story.
    pub coverage: CoverageRecord<'a>,
    /// Headlines against their bodies.
    pub headlines: Vec<HeadlineRecord<'a>>,
}

/// The competing forms of one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermRecord<'a> {
    /// What is named.
    pub concept: &'a str,
    /// What makes them forms of one thing.
    pub basis: TermBasis,
    /// Whose name they spell; `null` but where the basis is the forms of one entity.
    pub entity: Option<EntityId>,
    /// How often each form stands in each document.
    pub forms: BTreeMap<&'a str, BTreeMap<DocumentId, u32>>,
    /// How many of these stand in text that another report carries too.
    pub copied: BTreeMap<&'a str, BTreeMap<DocumentId, u32>>,
    /// How many of these stand in quotation marks, as a source's words.
    pub quoted: BTreeMap<&'a str, BTreeMap<DocumentId, u32>>,
    /// Where each form stands.
    pub uses: BTreeMap<&'a str, Vec<SpanRecord<'a>>>,
}

/// What makes competing names names of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TermBasis {
    /// The lexicon of competing names, or a text that holds a term at arm's length.
    Words,
    /// The collection: spellings of the name of one entity, which its documents write.
    FormsOfOneEntity,
}

/// One reporting verb used for one speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerbRecord<'a> {
    /// Its dictionary form.
    pub lemma: &'a str,
    /// Whose words it introduces.
    pub entity: Option<EntityId>,
    /// How often in each document.
    pub documents: BTreeMap<DocumentId, u32>,
    /// Where.
    pub uses: Vec<SpanRecord<'a>>,
}

/// The points of the stories by document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct CoverageRecord<'a> {
    /// Rows.
    pub points: Vec<PointRecord<'a>>,
    /// Columns.
    pub documents: Vec<DocumentRef<'a>>,
    /// Cells; a document that does not belong to a point's story has none.
    pub cells: Vec<CoverageCellRecord<'a>>,
}

/// One thing that reports of a story may tell.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PointRecord<'a> {
    /// The story; `null` for a matrix over all documents.
    pub story: Option<StoryId>,
    /// What sort of thing.
    pub kind: PointKind,
    /// The fullest wording found.
    pub text: &'a str,
    /// How many outlets carry it.
    pub outlets: u32,
    /// How many independent origins.
    pub origins: OriginsRecord<'a>,
}

/// Whether a document tells a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoverageCellRecord<'a> {
    /// Index into `points`.
    pub point: usize,
    /// The document.
    pub document: DocumentId,
    /// Its input's own `id`, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// Told, in part, or not.
    pub state: Cell,
    /// Where.
    pub evidence: Vec<SpanRecord<'a>>,
}

/// A headline against its body.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HeadlineRecord<'a> {
    /// The document.
    pub document: DocumentId,
    /// Its input's own `id`, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// The headline; `null` where it does not stand in the text.
    pub headline: Option<SpanRecord<'a>>,
    /// Its words.
    pub title: Option<&'a str>,
    /// The sentences that bear on it.
    pub support: Vec<SpanRecord<'a>>,
    /// What was found.
    pub verdict: HeadlineVerdict,
    /// What the headline adds or drops.
    pub differences: &'a [String],
    /// How it was told.
    pub reason: &'a Reason,
}

impl<'a> ContrastRecord<'a> {
    pub(super) fn new(contrast: &'a Contrast, documents: &Documents<'a>) -> Self {
        let verb = |verb: &'a stemma_model::Verb| VerbRecord {
            lemma: &verb.lemma,
            entity: verb.entity,
            documents: counts(&verb.uses),
            uses: documents.spans(&verb.uses),
        };
        Self {
            terms: terms(&contrast.terms, documents),
            verbs: contrast.verbs.iter().map(verb).collect(),
            coverage: coverage(&contrast.coverage, documents),
            headlines: contrast
                .headlines
                .iter()
                .map(|headline| HeadlineRecord::new(headline, documents))
                .collect(),
        }
    }
}

/// How many of the passages lie in each document.
fn counts(uses: &[Passage]) -> BTreeMap<DocumentId, u32> {
    let mut counts = BTreeMap::new();
    for passage in uses {
        *counts.entry(passage.document).or_default() += 1;
    }
    counts
}

/// Forms gathered under their concepts, in the order in which the concepts first come.
fn terms<'a>(terms: &'a [Term], documents: &Documents<'a>) -> Vec<TermRecord<'a>> {
    let mut records: Vec<TermRecord<'a>> = Vec::new();
    for term in terms {
        let same = |record: &TermRecord<'_>| {
            record.concept == term.concept && record.entity == term.entity
        };
        let at = records.iter().position(same);
        let at = at.unwrap_or_else(|| {
            let (forms, copied, quoted, uses) = Default::default();
            let basis = match term.entity {
                Some(_) => TermBasis::FormsOfOneEntity,
                None => TermBasis::Words,
            };
            let (concept, entity) = (&term.concept, term.entity);
            records.push(TermRecord { concept, basis, entity, forms, copied, quoted, uses });
            records.len() - 1
        });
        records[at].forms.insert(&term.form, counts(&term.uses));
        records[at].copied.insert(&term.form, counts(&term.copied));
        records[at].quoted.insert(&term.form, counts(&term.quoted));
        records[at].uses.insert(&term.form, documents.spans(&term.uses));
    }
    records
}

/// The matrices of all stories in one, as the contract has it.
fn coverage<'a>(matrices: &'a [Coverage], documents: &Documents<'a>) -> CoverageRecord<'a> {
    let columns: BTreeSet<DocumentId> =
        matrices.iter().flat_map(|matrix| matrix.documents.iter().copied()).collect();
    let mut record = CoverageRecord {
        documents: columns.into_iter().map(|id| documents.reference(id)).collect(),
        ..CoverageRecord::default()
    };
    for matrix in matrices {
        let before = record.points.len();
        record.points.extend(matrix.points.iter().map(|point| PointRecord {
            story: matrix.story,
            kind: point.kind,
            text: &point.text,
            outlets: point.outlets,
            origins: (&point.origins).into(),
        }));
        record.cells.extend(matrix.cells.iter().map(|cell| {
            CoverageCellRecord {
                point: before + cell.point as usize,
                document: cell.document,
                given_id: documents.reference(cell.document).given_id,
                state: cell.state,
                evidence: cell
                    .evidence
                    .iter()
                    .map(|&span| documents.span(Passage::new(cell.document, span)))
                    .collect(),
            }
        }));
    }
    record
}

impl<'a> HeadlineRecord<'a> {
    fn new(headline: &'a Headline, documents: &Documents<'a>) -> Self {
        let span = |span| documents.span(Passage::new(headline.document, span));
        let title = documents.get(headline.document).and_then(|at| at.document.title.as_ref());
        Self {
            document: headline.document,
            given_id: documents.reference(headline.document).given_id,
            headline: title.and_then(|title| title.span).map(span),
            title: title.map(|title| title.text.as_str()),
            support: headline.support.iter().map(|&place| span(place)).collect(),
            verdict: headline.verdict,
            differences: &headline.differences,
            reason: &headline.reason,
        }
    }
}
