//! `stemma report --format json`: the whole record.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{
    ConditionId, DocumentId, EntityId, Movement, QuoteId, Record, Thread, ThreadId,
};

use super::claim::{
    ClaimRecord, ConditionGroupRecord, ConditionRecord, PositionRecord, TimelineRecord,
};
use super::contrast::ContrastRecord;
use super::document::DocumentRecord;
use super::place::{Attested, Documents, Located};
use super::problem::ProblemRecord;
use super::quote::QuoteRecord;
use super::reuse::{ClusterRecord, ReuseRecord, reuse_record};
use super::story::{EntityRecord, StoryRecord, ThreadRecord, UtteranceRecord, story_record};
use crate::sigla::Sigla;

/// The record behind a pile of reports.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DossierRecord<'a> {
    /// The documents, by date.
    pub documents: Vec<DossierDocumentRecord<'a>>,
    /// Stories, by date.
    pub stories: Vec<StoryRecord<'a>>,
    /// Threads.
    pub threads: Vec<ThreadRecord<'a>>,
    /// People, organisations and places, most mentioned first.
    pub people: Vec<EntityRecord<'a>>,
    /// What somebody is reported to have said.
    pub quotes: Vec<DossierQuoteRecord<'a>>,
    /// What somebody is only reported to believe, know or want, in none of their own words.
    pub attitudes: Vec<DossierQuoteRecord<'a>>,
    /// Utterances.
    pub utterances: Vec<UtteranceRecord<'a>>,
    /// Aligned passages.
    pub reuse: Vec<ReuseRecord<'a>>,
    /// Their clusters.
    pub clusters: Vec<ClusterRecord<'a>>,
    /// The timeline.
    pub timeline: Vec<TimelineRecord<'a>>,
    /// Figures and dates compared.
    pub claims: Vec<ClaimRecord<'a>>,
    /// Conditions.
    pub conditions: Vec<DossierConditionRecord<'a>>,
    /// Conditions grouped by consequence.
    pub condition_groups: Vec<ConditionGroupRecord<'a>>,
    /// Positions.
    pub positions: Vec<PositionRecord<'a>>,
    /// How each outlet tells it.
    pub contrast: ContrastRecord<'a>,
    /// Everything that went wrong, inputs without a document included.
    pub problems: Vec<ProblemRecord<'a>>,
}

/// A document of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DossierDocumentRecord<'a> {
    /// The letter by which the dossier's pages name it.
    pub siglum: String,
    /// The document.
    #[serde(flatten)]
    pub document: DocumentRecord<'a>,
}

/// A quotation of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DossierQuoteRecord<'a> {
    /// Its document.
    pub document: DocumentId,
    /// Its document's own `id` in the input, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// Who it is attributed to, across documents.
    pub entity: Option<EntityId>,
    /// The quotation.
    #[serde(flatten)]
    pub quote: QuoteRecord<'a>,
}

/// A condition of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DossierConditionRecord<'a> {
    /// Its document.
    pub document: DocumentId,
    /// Its document's own `id` in the input, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// The consequence it is grouped under.
    pub group: Option<&'a str>,
    /// Who states it, across documents; `null` where the report or its headline does.
    pub entity: Option<EntityId>,
    /// The condition.
    #[serde(flatten)]
    pub condition: ConditionRecord<'a>,
}

/// The dossier of a record, in time linear in what it writes.
#[must_use]
pub fn dossier(record: &Record) -> DossierRecord<'_> {
    let documents = Documents::new(&record.documents);
    let speakers = speakers(record);
    let at = &documents;
    let (quotes, attitudes) = quotes(record, at, &speakers);
    DossierRecord {
        documents: document_records(record),
        stories: record.stories.iter().map(|story| story_record(story, at)).collect(),
        threads: threads(record, at),
        people: record.entities.iter().map(|entity| EntityRecord::new(entity, at)).collect(),
        quotes,
        attitudes,
        utterances: record.utterances.iter().map(|said| UtteranceRecord::new(said, at)).collect(),
        reuse: record.alignments.iter().map(|pair| reuse_record(pair, at)).collect(),
        clusters: record.clusters.iter().map(|cluster| ClusterRecord::new(cluster, at)).collect(),
        timeline: record.timeline.iter().map(|entry| TimelineRecord::new(entry, at)).collect(),
        claims: record.claims.iter().map(|claim| ClaimRecord::new(claim, at)).collect(),
        conditions: conditions(record, at, &speakers),
        condition_groups: record.condition_groups.iter().map(group).collect(),
        positions: record.positions.iter().map(|held| PositionRecord::new(held, at)).collect(),
        contrast: ContrastRecord::new(&record.contrast, at),
        problems: problems(record, at),
    }
}

fn threads<'a>(record: &'a Record, documents: &Documents<'a>) -> Vec<ThreadRecord<'a>> {
    let mut movements: HashMap<ThreadId, Vec<&Movement>> = HashMap::new();
    for movement in &record.movements {
        movements.entry(movement.thread).or_default().push(movement);
    }
    let of = |thread: &Thread| movements.get(&thread.id).map_or(&[][..], Vec::as_slice);
    let threads = record.threads.iter();
    threads.map(|thread| ThreadRecord::new(thread, of(thread), documents)).collect()
}

type Speakers = HashMap<(DocumentId, QuoteId), EntityId>;

fn speakers(record: &Record) -> Speakers {
    record.speakers.iter().map(|&(document, quote, entity)| ((document, quote), entity)).collect()
}

fn document_records(record: &Record) -> Vec<DossierDocumentRecord<'_>> {
    let sigla = Sigla::new(&record.documents);
    let pairs = record.documents.iter().zip(&record.annotations);
    pairs
        .map(|(document, annotations)| DossierDocumentRecord {
            siglum: sigla.of(document.id).to_owned(),
            document: DocumentRecord::new(&Attested { at: Located::new(document), annotations }),
        })
        .collect()
}

/// Sayings, and the other attributions.
fn quotes<'a>(
    record: &'a Record,
    documents: &Documents<'a>,
    speakers: &Speakers,
) -> (Vec<DossierQuoteRecord<'a>>, Vec<DossierQuoteRecord<'a>>) {
    let (mut sayings, mut attitudes) = (Vec::new(), Vec::new());
    for (document, quote) in record.quotes() {
        let Some(located) = documents.get(document.id) else { continue };
        let list = if quote.is_saying() { &mut sayings } else { &mut attitudes };
        list.push(DossierQuoteRecord {
            document: document.id,
            given_id: document.given_id.as_deref(),
            entity: speakers.get(&(document.id, quote.id)).copied(),
            quote: QuoteRecord::new(quote, located),
        });
    }
    (sayings, attitudes)
}

fn conditions<'a>(
    record: &'a Record,
    documents: &Documents<'a>,
    speakers: &Speakers,
) -> Vec<DossierConditionRecord<'a>> {
    let groups: HashMap<(DocumentId, ConditionId), &str> = record
        .condition_groups
        .iter()
        .flat_map(|(label, members)| members.iter().map(move |&member| (member, label.as_str())))
        .collect();
    let conditions = record.conditions().filter_map(|(document, condition)| {
        let condition_record = ConditionRecord::new(condition, documents.get(document.id)?);
        Some(DossierConditionRecord {
            document: document.id,
            given_id: document.given_id.as_deref(),
            group: groups.get(&(document.id, condition.id)).copied(),
            entity: condition_record
                .holder
                .and_then(|quote| speakers.get(&(document.id, quote)).copied()),
            condition: condition_record,
        })
    });
    conditions.collect()
}

fn group((label, members): &(String, Vec<(DocumentId, ConditionId)>)) -> ConditionGroupRecord<'_> {
    let mut documents: Vec<DocumentId> = members.iter().map(|&(document, _)| document).collect();
    documents.dedup();
    ConditionGroupRecord {
        label,
        conditions: members.iter().map(|&(_, condition)| condition).collect(),
        documents,
    }
}

/// The record's problems and those of its documents, each once.
fn problems<'a>(record: &'a Record, documents: &Documents<'a>) -> Vec<ProblemRecord<'a>> {
    let mut seen = HashSet::new();
    let own =
        record.documents.iter().zip(&record.annotations).flat_map(|(document, annotations)| {
            let both = document.problems.iter().chain(&annotations.problems);
            both.map(|problem| (problem, documents.get(document.id)))
        });
    let own = own.filter_map(|(problem, at)| Some(ProblemRecord::of(problem, at?)));
    let of_run = record.problems.iter().map(|problem| ProblemRecord::among(problem, documents));
    of_run
        .chain(own)
        .filter(|problem| {
            seen.insert((problem.document, problem.code, problem.start, problem.message))
        })
        .collect()
}
