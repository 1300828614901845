//! Which report has which point of a story.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, Cell, Claim, ConditionId, Coverage, CoverageCell, Document, DocumentId, Passage,
    Point, PointKind, QuoteId, Relation, Sentence, Span, Story, StoryId, TimelineEntry, Utterance,
};

use super::Input;
use crate::likeness::{content, cosine, share};

/// A matrix with more columns than this is read by nobody, and its background sentences, compared
/// pair by pair, would cost more than everything else.
const MOST_DOCUMENTS: usize = 40;

/// A background sentence has at least this many words: shorter ones are asides and links.
const BACKGROUND_WORDS: usize = 8;

/// A clause is told by itself from this many content words on. Chosen on the five seeds, where
/// "overwhelmingly voted to join Russia" must come out and asides such as "he told reporters" not.
const CLAUSE_WORDS: usize = 6;

/// Two sentences tell the same from this share of content words, either way, on; or from this
/// cosine of their vectors on. Chosen by reading the background sentences of the five seeds: the
/// pairs that say the same thing in other words lie above, those on one topic below.
const SAME_WORDS: f32 = 0.5;
const SAME_VECTOR: f32 = 0.8;

/// One matrix a thread of moderate size, and one a story that is in no thread.
pub(super) fn coverage(input: &Input<'_>) -> Vec<Coverage> {
    let facts = Facts::of(input);
    scopes(input)
        .into_iter()
        .filter_map(|(story, documents)| matrix(&facts, story, documents))
        .collect()
}

/// The documents that are set beside each other.
fn scopes(input: &Input<'_>) -> Vec<(Option<StoryId>, BTreeSet<DocumentId>)> {
    let stories: BTreeMap<StoryId, &Story> = input.stories.iter().map(|it| (it.id, it)).collect();
    let mut covered: BTreeSet<StoryId> = BTreeSet::new();
    let mut scopes = Vec::new();
    for thread in input.threads {
        let documents: BTreeSet<DocumentId> = thread
            .stories
            .iter()
            .filter_map(|id| stories.get(id))
            .flat_map(|story| &story.documents)
            .copied()
            .collect();
        if documents.len() <= MOST_DOCUMENTS {
            covered.extend(&thread.stories);
            scopes.push((None, documents));
        }
    }
    let alone = input.stories.iter().filter(|story| !covered.contains(&story.id));
    scopes.extend(alone.map(|story| (Some(story.id), story.documents.iter().copied().collect())));
    scopes.retain(|(_, documents)| (2..=MOST_DOCUMENTS).contains(&documents.len()));
    scopes
}

/// What the matrices look up.
struct Facts<'i> {
    input: &'i Input<'i>,
    documents: BTreeMap<DocumentId, (&'i Document, &'i Annotations)>,
    quotes: BTreeMap<(DocumentId, QuoteId), Vec<Span>>,
    conditions: BTreeMap<(DocumentId, ConditionId), Span>,
    /// The points that each document may tell, as places among their like.
    tells: BTreeMap<DocumentId, BTreeSet<(PointKind, usize)>>,
}

impl<'i> Facts<'i> {
    fn of(input: &'i Input<'i>) -> Self {
        let pairs = || input.documents.iter().zip(input.annotations);
        let quotes = pairs().flat_map(|(document, annotations)| {
            annotations.quotes.iter().map(|quote| ((document.id, quote.id), quote.content.clone()))
        });
        let conditions = pairs().flat_map(|(document, annotations)| {
            let parts = annotations.conditions.iter();
            parts.map(|c| ((document.id, c.id), c.condition.hull(c.consequence).hull(c.trigger)))
        });
        Self {
            input,
            tells: tells(input),
            documents: pairs().map(|(d, a)| (d.id, (d, a))).collect(),
            quotes: quotes.collect(),
            conditions: conditions.collect(),
        }
    }

    fn outlet(&self, id: DocumentId) -> String {
        let outlet = self.documents.get(&id).and_then(|(document, _)| document.outlet.clone());
        outlet.unwrap_or_else(|| id.to_string())
    }
}

/// A row before it is one: where each document tells the point.
struct Row {
    kind: PointKind,
    text: String,
    told: BTreeMap<DocumentId, (Cell, Vec<Span>)>,
}

/// Which points each document may tell: only these are looked at for a story, for there are many
/// stories, and many points.
fn tells(input: &Input<'_>) -> BTreeMap<DocumentId, BTreeSet<(PointKind, usize)>> {
    let mut tells: BTreeMap<DocumentId, BTreeSet<(PointKind, usize)>> = BTreeMap::new();
    let mut tell = |document: DocumentId, point| {
        tells.entry(document).or_default().insert(point);
    };
    for (at, utterance) in input.utterances.iter().enumerate() {
        utterance.quotes.iter().for_each(|it| tell(it.0, (PointKind::Quotation, at)));
    }
    for (at, entry) in input.timeline.iter().enumerate() {
        entry.evidence.iter().for_each(|it| tell(it.document, (PointKind::Event, at)));
    }
    for (at, claim) in input.claims.iter().enumerate() {
        let evidence = claim.values.iter().flat_map(|value| &value.evidence);
        evidence.for_each(|it| tell(it.document, (PointKind::Figure, at)));
    }
    for (at, (_, members)) in input.condition_groups.iter().enumerate() {
        members.iter().for_each(|it| tell(it.0, (PointKind::Condition, at)));
    }
    tells
}

/// The points that some of `documents` tell, where these tell them; by kind, then place.
fn told_by(facts: &Facts<'_>, documents: &BTreeSet<DocumentId>) -> Vec<Row> {
    let points: BTreeSet<(PointKind, usize)> =
        documents.iter().filter_map(|id| facts.tells.get(id)).flatten().copied().collect();
    let row = |&(kind, at): &(PointKind, usize)| match kind {
        PointKind::Quotation => Some(quotation(facts, &facts.input.utterances[at])),
        PointKind::Event => Some(event(&facts.input.timeline[at])),
        PointKind::Figure => Some(figure(&facts.input.claims[at])),
        PointKind::Condition => Some(condition(facts, &facts.input.condition_groups[at])),
        PointKind::Background => None,
    };
    let mut rows: Vec<Row> = points.iter().filter_map(row).collect();
    for row in &mut rows {
        row.told.retain(|document, _| documents.contains(document));
    }
    rows.retain(|row| !row.told.is_empty());
    rows
}

fn matrix(
    facts: &Facts<'_>,
    story: Option<StoryId>,
    documents: BTreeSet<DocumentId>,
) -> Option<Coverage> {
    let mut rows = told_by(facts, &documents);
    rows.extend(background(facts, &documents));
    // Widely carried points first, so that what is left out lines up.
    rows.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then(b.told.len().cmp(&a.told.len())).then_with(|| a.text.cmp(&b.text))
    });
    (!rows.is_empty()).then(|| Coverage {
        story,
        points: rows.iter().map(|row| point(facts, row)).collect(),
        cells: cells(&rows, &documents),
        documents: documents.into_iter().collect(),
    })
}

fn point(facts: &Facts<'_>, row: &Row) -> Point {
    let outlets: BTreeSet<String> = row.told.keys().map(|&id| facts.outlet(id)).collect();
    let evidence: Vec<Passage> = row
        .told
        .iter()
        .flat_map(|(&document, (_, spans))| {
            spans.iter().map(move |&span| Passage::new(document, span))
        })
        .collect();
    Point {
        kind: row.kind,
        text: row.text.clone(),
        outlets: u32::try_from(outlets.len()).unwrap_or(u32::MAX),
        origins: facts.input.carried.origins(&evidence),
    }
}

fn cells(rows: &[Row], documents: &BTreeSet<DocumentId>) -> Vec<CoverageCell> {
    let cell = |(index, row): (usize, &Row)| -> Vec<CoverageCell> {
        let point = u32::try_from(index).unwrap_or(u32::MAX);
        let of = |&document: &DocumentId| {
            let (state, evidence) =
                row.told.get(&document).cloned().unwrap_or((Cell::Absent, Vec::new()));
            CoverageCell { point, document, state, evidence }
        };
        documents.iter().map(of).collect()
    };
    rows.iter().enumerate().flat_map(cell).collect()
}

/// An utterance: told in part where the only quotation in a document is a cut one.
fn quotation(facts: &Facts<'_>, utterance: &Utterance) -> Row {
    let mut told: BTreeMap<DocumentId, (Cell, Vec<Span>)> = BTreeMap::new();
    let mut text = String::new();
    for &(document, quote) in &utterance.quotes {
        let spans = facts.quotes.get(&(document, quote)).cloned().unwrap_or_default();
        let words =
            facts.documents.get(&document).map(|(d, _)| join(d, &spans)).unwrap_or_default();
        if words.len() > text.len() {
            text = words;
        }
        let cut =
            utterance.variants.iter().any(|v| v.b == quote && v.relation == Relation::Trimmed);
        let entry = told.entry(document).or_insert((Cell::Part, Vec::new()));
        if !cut {
            entry.0 = Cell::Told;
        }
        entry.1.extend(spans);
    }
    Row { kind: PointKind::Quotation, text, told }
}

fn join(document: &Document, spans: &[Span]) -> String {
    spans.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" … ")
}

fn event(entry: &TimelineEntry) -> Row {
    Row { kind: PointKind::Event, text: entry.text.clone(), told: told(&entry.evidence) }
}

fn figure(claim: &Claim) -> Row {
    let evidence: Vec<Passage> = claim.values.iter().flat_map(|v| v.evidence.clone()).collect();
    Row { kind: PointKind::Figure, text: claim.about.clone(), told: told(&evidence) }
}

fn condition(
    facts: &Facts<'_>,
    (label, members): &(String, Vec<(DocumentId, ConditionId)>),
) -> Row {
    let place = |&(document, id): &(DocumentId, ConditionId)| {
        facts.conditions.get(&(document, id)).map(|&span| Passage::new(document, span))
    };
    let evidence: Vec<Passage> = members.iter().filter_map(place).collect();
    Row { kind: PointKind::Condition, text: label.clone(), told: told(&evidence) }
}

fn told(evidence: &[Passage]) -> BTreeMap<DocumentId, (Cell, Vec<Span>)> {
    let mut told: BTreeMap<DocumentId, (Cell, Vec<Span>)> = BTreeMap::new();
    for place in evidence {
        let entry = told.entry(place.document).or_insert((Cell::Told, Vec::new()));
        entry.1.push(place.span);
    }
    told
}

/// A sentence of the outlet's own telling, with what it is compared by.
struct Telling<'a> {
    document: DocumentId,
    sentence: &'a Sentence,
    text: &'a str,
    words: BTreeSet<String>,
}

impl Telling<'_> {
    fn same(&self, other: &Self) -> bool {
        share(&self.words, &other.words) >= SAME_WORDS
            || share(&other.words, &self.words) >= SAME_WORDS
            || cosine(&self.sentence.vector, &other.sentence.vector)
                .is_some_and(|c| c >= SAME_VECTOR)
    }
}

/// A row for each sentence of background that one document alone has; of a sentence that others
/// have too, for each clause that they have not.
fn background(facts: &Facts<'_>, documents: &BTreeSet<DocumentId>) -> Vec<Row> {
    let read = |quoted: bool| -> Vec<Telling<'_>> {
        let known = documents.iter().filter_map(|id| facts.documents.get(id));
        known.flat_map(|(document, annotations)| tellings(document, annotations, quoted)).collect()
    };
    // What another report has in somebody's mouth it has too.
    let (own, all) = (read(false), read(true));
    let others = |one: &Telling<'_>| {
        let document = one.document;
        all.iter().filter(move |other| other.document != document)
    };
    let mut rows = Vec::new();
    for one in &own {
        if others(one).any(|other| one.same(other)) {
            let added = clauses(one).into_iter().filter(|(_, words)| {
                words.len() >= CLAUSE_WORDS
                    && !others(one).any(|other| share(words, &other.words) >= SAME_WORDS)
            });
            rows.extend(added.map(|(span, _)| background_row(facts, one.document, span)));
        } else if one.words.len() >= BACKGROUND_WORDS {
            rows.push(background_row(facts, one.document, one.sentence.span));
        }
    }
    rows
}

/// The parts of a sentence between commas, semicolons and dashes outside brackets, with their
/// content words.
fn clauses(telling: &Telling<'_>) -> Vec<(Span, BTreeSet<String>)> {
    let mut start = telling.sentence.span.start();
    let mut parts = Vec::new();
    let mut depth = 0_i32;
    let ends = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth <= 0 && matches!(c, ',' | ';' | '—' | '–')
    };
    for piece in telling.text.split_inclusive(ends) {
        let span = Span::new(start, start + piece.len());
        start += piece.len();
        let bare = piece.trim_matches([' ', ',', ';', '—', '–', '.', '\u{a0}']);
        let from = span.start() + piece.find(bare).unwrap_or(0);
        parts.push((Span::new(from, from + bare.len()), content(bare)));
    }
    parts
}

fn background_row(facts: &Facts<'_>, document: DocumentId, span: Span) -> Row {
    let text = facts.documents.get(&document).map_or("", |(document, _)| document.slice(span));
    let told = BTreeMap::from([(document, (Cell::Told, vec![span]))]);
    Row { kind: PointKind::Background, text: text.to_owned(), told }
}

/// The sentences that the outlet tells itself, headline, boilerplate and, unless wanted, quotations
/// left out.
fn tellings<'a>(
    document: &'a Document,
    annotations: &'a Annotations,
    with_quoted: bool,
) -> Vec<Telling<'a>> {
    let title = document.title.as_ref().and_then(|title| title.span);
    let own = |sentence: &&Sentence| {
        let quoted: usize = annotations
            .quotes
            .iter()
            .flat_map(|quote| &quote.content)
            .map(|part| part.overlap(sentence.span))
            .sum();
        title.is_none_or(|title| !title.overlaps(sentence.span))
            && document.boilerplate_at(sentence.span).is_none()
            && (with_quoted || quoted * 2 < sentence.span.len())
    };
    annotations
        .sentences
        .iter()
        .filter(own)
        .map(|sentence| (sentence, document.slice(sentence.span)))
        .map(|(sentence, text)| Telling {
            document: document.id,
            sentence,
            text,
            words: content(text),
        })
        .collect()
}
