//! A record with everything that views look up in it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use stemma_model::{
    Alignment, AlignmentId, Claim, ClaimId, ClusterId, Condition, ConditionId, DateRange, Document,
    DocumentId, Entity, EntityId, Passage, Position, PositionId, Quote, QuoteId, Record,
    SourceStatus, Span, Utterance,
};

use crate::dates;
use crate::records::Documents;
use crate::sigla::Sigla;

/// How much a view sets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// Everything.
    Full,
    /// Long lists are cut with a note of what was left out, and statements that one report alone
    /// carries are an index to their places.
    Compact,
    /// Notes in the margin too are kept to what several reports tell.
    Dense,
    /// Of the texts, the paragraphs that something else on the page speaks of; of the statements,
    /// those that several reports carry.
    Brief,
}

/// A record, its sigla, and maps from every id to what it names.
pub(crate) struct Edition<'r> {
    pub(crate) record: &'r Record,
    pub(crate) sigla: Sigla,
    documents: Documents<'r>,
    index: HashMap<DocumentId, usize>,
    quotes: HashMap<(DocumentId, QuoteId), &'r Quote>,
    conditions: HashMap<(DocumentId, ConditionId), &'r Condition>,
    entities: HashMap<EntityId, &'r Entity>,
    claims: HashMap<ClaimId, &'r Claim>,
    positions: HashMap<PositionId, &'r Position>,
    speakers: HashMap<(DocumentId, QuoteId), EntityId>,
    utterances: HashMap<(DocumentId, QuoteId), &'r Utterance>,
    /// Quotations that run two sayings together, so that several utterances hold them.
    spliced: HashSet<(DocumentId, QuoteId)>,
    runs: HashMap<DocumentId, Vec<SharedRun>>,
    pub(crate) detail: Detail,
}

impl<'r> Edition<'r> {
    /// The edition of a record, in time linear in it.
    pub(crate) fn new(record: &'r Record, detail: Detail) -> Self {
        let keyed = |(document, quote): (&'r Document, &'r Quote)| ((document.id, quote.id), quote);
        let said = record.utterances.iter();
        Self {
            record,
            sigla: Sigla::new(&record.documents),
            documents: Documents::new(&record.documents),
            index: record.documents.iter().enumerate().map(|(i, d)| (d.id, i)).collect(),
            quotes: record.quotes().map(keyed).collect(),
            conditions: record.conditions().map(|(d, c)| ((d.id, c.id), c)).collect(),
            claims: record.claims.iter().map(|claim| (claim.id, claim)).collect(),
            positions: record.positions.iter().map(|held| (held.id, held)).collect(),
            entities: record.entities.iter().map(|entity| (entity.id, entity)).collect(),
            speakers: record.speakers.iter().map(|&(d, q, entity)| ((d, q), entity)).collect(),
            utterances: said
                .flat_map(|said| said.quotes.iter().map(move |&quote| (quote, said)))
                .collect(),
            spliced: spliced(record),
            runs: runs(record, &Documents::new(&record.documents)),
            detail,
        }
    }

    /// Whether long lists are cut.
    pub(crate) fn compact(&self) -> bool {
        self.detail >= Detail::Compact
    }

    /// How much of a list stands on the page: all of it, or `compact` items, or on the tersest
    /// page `brief`.
    pub(crate) fn limit(&self, compact: usize, brief: usize) -> usize {
        match self.detail {
            Detail::Full => usize::MAX,
            Detail::Compact | Detail::Dense => compact,
            Detail::Brief => brief,
        }
    }

    /// The passages of a document that others share, in text order: those of one cluster that
    /// overlap as one.
    pub(crate) fn runs_of(&self, id: DocumentId) -> &[SharedRun] {
        self.runs.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn siglum(&self, id: DocumentId) -> &str {
        self.sigla.of(id)
    }

    /// Where a document stands in the order of the documents.
    pub(crate) fn order(&self, id: DocumentId) -> usize {
        self.index.get(&id).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn document(&self, id: DocumentId) -> Option<&'r Document> {
        self.record.documents.get(self.order(id))
    }

    /// When a document was published, as far as known.
    pub(crate) fn published(&self, id: DocumentId) -> DateRange {
        let annotations = self.record.annotations.get(self.order(id));
        annotations.map_or_else(DateRange::unknown, |annotations| annotations.published.range)
    }

    /// The text of a passage; empty for a passage of no document here.
    pub(crate) fn text(&self, passage: Passage) -> &'r str {
        let document = self.document(passage.document);
        document.and_then(|d| d.text.get(passage.span.range())).unwrap_or_default()
    }

    /// The first code point of a passage.
    pub(crate) fn start(&self, passage: Passage) -> usize {
        self.documents.span(passage).start
    }

    /// Whether a pair of passages is page furniture on either side, which counts as copied nowhere.
    pub(crate) fn is_boilerplate(&self, pair: &Alignment) -> bool {
        self.documents.is_boilerplate(pair.a) || self.documents.is_boilerplate(pair.b)
    }

    pub(crate) fn quote(&self, key: (DocumentId, QuoteId)) -> Option<&'r Quote> {
        self.quotes.get(&key).copied()
    }

    pub(crate) fn condition(&self, key: (DocumentId, ConditionId)) -> Option<&'r Condition> {
        self.conditions.get(&key).copied()
    }

    pub(crate) fn claim(&self, id: ClaimId) -> Option<&'r Claim> {
        self.claims.get(&id).copied()
    }

    pub(crate) fn position(&self, id: PositionId) -> Option<&'r Position> {
        self.positions.get(&id).copied()
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'r Entity> {
        self.entities.get(&id).copied()
    }

    pub(crate) fn speaker(&self, key: (DocumentId, QuoteId)) -> Option<&'r Entity> {
        self.speakers.get(&key).and_then(|&id| self.entity(id))
    }

    /// The utterance that a quotation reports, if it was reconstructed.
    pub(crate) fn utterance(&self, key: (DocumentId, QuoteId)) -> Option<&'r Utterance> {
        self.utterances.get(&key).copied()
    }

    /// Whether a quotation runs two sayings together.
    pub(crate) fn spliced(&self, key: (DocumentId, QuoteId)) -> bool {
        self.spliced.contains(&key)
    }

    /// Who says a quotation, as a reader may be told: the entity's name, else the name that the
    /// document gives, else the words that stand for the source, else nothing.
    pub(crate) fn source_name(&self, document: DocumentId, quote: &'r Quote) -> Option<&'r str> {
        let entity = self.speaker((document, quote.id)).map(|entity| entity.name.as_str());
        let words = || quote.source.span.map(|span| self.text(Passage::new(document, span)));
        match quote.source.status {
            SourceStatus::Unattributed => entity,
            SourceStatus::Named | SourceStatus::Unnamed | SourceStatus::Ambiguous => {
                entity.or(quote.source.name.as_deref()).or_else(words)
            }
        }
    }

    /// The outlet of a document, or what else tells where it comes from.
    pub(crate) fn outlet(&self, document: &'r Document) -> String {
        document.outlet.clone().unwrap_or_else(|| source_name(document))
    }

    /// The distinct documents of passages, in document order.
    pub(crate) fn witnesses(&self, passages: &[Passage]) -> Vec<DocumentId> {
        self.first_passages(passages).into_iter().map(|passage| passage.document).collect()
    }

    /// The first passage in each document, in document order.
    pub(crate) fn first_passages(&self, passages: &[Passage]) -> Vec<Passage> {
        let mut first: BTreeMap<usize, Passage> = BTreeMap::new();
        for &passage in passages {
            let entry = first.entry(self.order(passage.document)).or_insert(passage);
            *entry = (*entry).min(passage);
        }
        first.into_values().collect()
    }

    /// The sentence around a span, else the span.
    pub(crate) fn sentence(&self, passage: Passage) -> Passage {
        let Some(annotations) = self.record.annotations.get(self.order(passage.document)) else {
            return passage;
        };
        let around = annotations.sentence_at(passage.span).map(|sentence| sentence.span);
        Passage::new(passage.document, around.unwrap_or(passage.span))
    }

    /// The days over which the documents were published, by those of which the days are known or
    /// bounded on both sides; unknown where there are none such.
    pub(crate) fn published_over(&self) -> DateRange {
        let all = self.record.annotations.iter().map(|annotations| annotations.published.range);
        let bounded = all.filter(|range| range.from.is_some() && range.to.is_some());
        bounded.fold(DateRange::unknown(), |whole, range| DateRange {
            from: [whole.from, range.from].into_iter().flatten().min(),
            to: [whole.to, range.to].into_iter().flatten().max(),
            precision: stemma_model::Precision::Interval,
        })
    }

    /// What the dossier is called: its largest thread or story, else its first headline.
    pub(crate) fn title(&self) -> String {
        let thread = self.record.threads.iter().max_by_key(|thread| thread.stories.len());
        let story = self.record.stories.iter().max_by_key(|story| story.documents.len());
        let headline = self.record.documents.iter().find_map(|document| document.title.as_ref());
        thread
            .map(|thread| thread.title.clone())
            .or_else(|| story.map(|story| story.title.clone()))
            .or_else(|| headline.map(|title| title.text.clone()))
            .filter(|title| !title.trim().is_empty())
            .unwrap_or_else(|| "Untitled reports".to_owned())
    }

    /// `17 June 2024`, `undated`.
    pub(crate) fn date_words(&self, id: DocumentId) -> String {
        dates::words(self.published(id))
    }
}

/// A passage that others share: its place, what it is shown under, and who shares it.
#[derive(Clone, Debug)]
pub(crate) struct SharedRun {
    pub(crate) span: Span,
    pub(crate) under: Under,
    /// The other documents, in id order.
    pub(crate) others: Vec<DocumentId>,
}

/// What a shared passage is shown under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Under {
    Cluster(ClusterId),
    Pair(AlignmentId),
}

fn spliced(record: &Record) -> HashSet<(DocumentId, QuoteId)> {
    let mut seen = HashSet::new();
    let held = record.utterances.iter().flat_map(|said| said.quotes.iter().copied());
    held.filter(|&quote| !seen.insert(quote)).collect()
}

fn runs(record: &Record, documents: &Documents<'_>) -> HashMap<DocumentId, Vec<SharedRun>> {
    let held: HashSet<AlignmentId> =
        record.clusters.iter().flat_map(|cluster| cluster.alignments.iter().copied()).collect();
    let clusters = record
        .clusters
        .iter()
        .map(|cluster| (Under::Cluster(cluster.id), cluster.passages.clone()));
    let pairs = record
        .alignments
        .iter()
        .filter(|pair| !held.contains(&pair.id))
        .filter(|pair| !documents.is_boilerplate(pair.a) && !documents.is_boilerplate(pair.b))
        .map(|pair| (Under::Pair(pair.id), vec![pair.a, pair.b]));
    let mut runs: HashMap<DocumentId, Vec<SharedRun>> = HashMap::new();
    for (under, passages) in clusters.chain(pairs) {
        let members: BTreeSet<DocumentId> = passages.iter().map(|p| p.document).collect();
        for Passage { document, span } in passages {
            let own = runs.entry(document).or_default();
            match own.last_mut() {
                Some(last) if last.under == under && last.span.overlaps(span) => {
                    last.span = last.span.hull(span);
                }
                _ => {
                    let others = members.iter().copied().filter(|&id| id != document).collect();
                    own.push(SharedRun { span, under, others });
                }
            }
        }
    }
    runs.values_mut().for_each(|own| own.sort_by_key(|run| run.span));
    runs
}

/// The last part of where a document was read from.
fn source_name(document: &Document) -> String {
    match &document.source {
        stemma_model::Source::Path { path, line } => {
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
            line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"))
        }
        stemma_model::Source::Url(url) => {
            let host = url.split("//").nth(1).unwrap_or(url);
            host.split('/').next().unwrap_or(host).to_owned()
        }
        stemma_model::Source::Stdin(line) => format!("standard input, line {line}"),
    }
}
