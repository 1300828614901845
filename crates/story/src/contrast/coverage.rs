//! Which report has which point of a story.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, Cell, Claim, ConditionId, Coverage, CoverageCell, Document, DocumentId, Passage,
    Point, PointKind, QuoteId, Relation, Span, Story, StoryId, Thread, TimelineEntry, Utterance,
};

use super::Wordings;
use super::background::told_alone;
use crate::corroboration::Carried;

/// A matrix with more columns than this is read by nobody, and its background sentences, compared
/// pair by pair, would cost more than everything else.
const MOST_DOCUMENTS: usize = 40;

/// A row of figures names at most this many: a reader sees that they differ, and the claims table
/// has them all.
const FIGURES_SHOWN: usize = 4;

/// What the reports are compared by: what was reconstructed before.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// Stories.
    pub stories: &'a [Story],
    /// Threads.
    pub threads: &'a [Thread],
    /// Utterances.
    pub utterances: &'a [Utterance],
    /// Where the quotations stand that several report.
    pub wordings: &'a Wordings,
    /// The timeline.
    pub timeline: &'a [TimelineEntry],
    /// Figures and dates compared.
    pub claims: &'a [Claim],
    /// Conditions, grouped by consequence.
    pub condition_groups: &'a [(String, Vec<(DocumentId, ConditionId)>)],
    /// Passages that several documents carry, as the origins that they join.
    pub carried: &'a Carried<'a>,
}

/// The matrices of what reports have of a story: one a thread of moderate size, and one a story
/// that is in no thread. Each is made by itself.
#[derive(Debug)]
pub struct Matrices<'a> {
    input: Input<'a>,
    /// The places of the documents by id, sorted.
    places: Vec<(DocumentId, usize)>,
    /// The points that documents may tell, as places among their like, sorted: only those of its
    /// documents are looked at for a story, for there are many stories, and many points.
    tells: Vec<(DocumentId, PointKind, u32)>,
    scopes: Vec<Scope>,
}

/// The documents that one matrix sets beside each other, by id.
#[derive(Clone, Debug)]
struct Scope {
    story: Option<StoryId>,
    documents: BTreeSet<DocumentId>,
}

impl<'a> Matrices<'a> {
    /// What the matrices of a collection are made from. Near linear.
    #[must_use]
    pub fn of(input: Input<'a>) -> Self {
        let documents = input.documents.iter().enumerate();
        let mut places: Vec<(DocumentId, usize)> = documents.map(|(at, it)| (it.id, at)).collect();
        places.sort_unstable();
        Self { tells: tells(&input), places, scopes: scopes(&input), input }
    }

    /// The documents that each matrix sets beside each other, as places among all.
    #[must_use]
    pub fn scopes(&self) -> Vec<Vec<usize>> {
        let places = |scope: &Scope| scope.documents.iter().filter_map(|&id| self.at(id)).collect();
        self.scopes.iter().map(places).collect()
    }

    /// The matrix of a scope, by its number, from what its documents attest; none where they tell
    /// nothing. Reads sentences, quotations and conditions.
    ///
    /// Compares the background sentences pair by pair; near linear otherwise.
    #[must_use]
    pub fn matrix(&self, scope: usize, attested: &[&Annotations]) -> Option<Coverage> {
        let Scope { story, documents } = self.scopes.get(scope)?;
        matrix(&Facts::of(self, attested), *story, documents)
    }

    fn at(&self, id: DocumentId) -> Option<usize> {
        let place = self.places.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        Some(self.places[place].1)
    }

    fn document(&self, id: DocumentId) -> Option<&'a Document> {
        self.at(id).map(|at| &self.input.documents[at])
    }

    /// The points that `documents` may tell, each once.
    fn points(&self, documents: &BTreeSet<DocumentId>) -> BTreeSet<(PointKind, u32)> {
        let of = |&id: &DocumentId| {
            let from = self.tells.partition_point(|point| point.0 < id);
            self.tells[from..].iter().take_while(move |point| point.0 == id)
        };
        documents.iter().flat_map(of).map(|&(_, kind, at)| (kind, at)).collect()
    }
}

/// The documents that are set beside each other.
fn scopes(input: &Input<'_>) -> Vec<Scope> {
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
            scopes.push(Scope { story: None, documents });
        }
    }
    let alone = input.stories.iter().filter(|story| !covered.contains(&story.id));
    scopes.extend(alone.map(|story| Scope {
        story: Some(story.id),
        documents: story.documents.iter().copied().collect(),
    }));
    scopes.retain(|scope| (2..=MOST_DOCUMENTS).contains(&scope.documents.len()));
    scopes
}

/// What one matrix looks up.
struct Facts<'m> {
    all: &'m Matrices<'m>,
    attested: BTreeMap<DocumentId, &'m Annotations>,
}

impl<'m> Facts<'m> {
    fn of(all: &'m Matrices<'m>, attested: &[&'m Annotations]) -> Self {
        Self { all, attested: attested.iter().map(|&it| (it.document, it)).collect() }
    }

    fn outlet(&self, id: DocumentId) -> String {
        let outlet = self.all.document(id).and_then(|document| document.outlet.clone());
        outlet.unwrap_or_else(|| id.to_string())
    }

    /// Where a quotation stands that is one of several or of a document of the matrix.
    fn content(&self, document: DocumentId, id: QuoteId) -> &[Span] {
        if let Some(known) = self.all.input.wordings.get(&(document, id)) {
            return known;
        }
        let quotes = self.attested.get(&document).map(|attested| &attested.quotes);
        let quote = quotes.and_then(|quotes| quotes.iter().rfind(|quote| quote.id == id));
        quote.map_or(&[], |quote| &quote.content)
    }

    /// Where a condition of a document of the matrix stands.
    fn condition(&self, document: DocumentId, id: ConditionId) -> Option<Span> {
        let conditions = &self.attested.get(&document)?.conditions;
        let found = conditions.iter().rfind(|condition| condition.id == id)?;
        Some(found.condition.hull(found.consequence).hull(found.trigger))
    }
}

/// A row before it is one: where each document tells the point.
struct Row {
    kind: PointKind,
    text: String,
    told: BTreeMap<DocumentId, (Cell, Vec<Span>)>,
}

/// Which points each document may tell, sorted.
///
/// # Panics
/// If there are 2^32 points of one sort or more.
fn tells(input: &Input<'_>) -> Vec<(DocumentId, PointKind, u32)> {
    let mut tells: Vec<(DocumentId, PointKind, u32)> = Vec::new();
    let mut tell = |document: DocumentId, kind, at: usize| {
        tells.push((document, kind, u32::try_from(at).expect("fewer than 2^32 points")));
    };
    for (at, utterance) in input.utterances.iter().enumerate() {
        utterance.quotes.iter().for_each(|it| tell(it.0, PointKind::Quotation, at));
    }
    for (at, entry) in input.timeline.iter().enumerate() {
        entry.evidence.iter().for_each(|it| tell(it.document, PointKind::Event, at));
    }
    for (at, claim) in input.claims.iter().enumerate() {
        let evidence = claim.values.iter().flat_map(|value| &value.evidence);
        evidence.for_each(|it| tell(it.document, PointKind::Figure, at));
    }
    for (at, (_, members)) in input.condition_groups.iter().enumerate() {
        members.iter().for_each(|it| tell(it.0, PointKind::Condition, at));
    }
    tells.sort_unstable();
    tells.dedup();
    tells.shrink_to_fit();
    tells
}

/// The points that some of `documents` tell, where these tell them; by kind, then place.
fn told_by(facts: &Facts<'_>, documents: &BTreeSet<DocumentId>) -> Vec<Row> {
    let input = &facts.all.input;
    let row = |&(kind, at): &(PointKind, u32)| {
        let at = at as usize;
        match kind {
            PointKind::Quotation => Some(quotation(facts, &input.utterances[at])),
            PointKind::Event => Some(event(&input.timeline[at])),
            PointKind::Figure => Some(figure(facts, &input.claims[at])),
            PointKind::Condition => Some(condition(facts, &input.condition_groups[at])),
            PointKind::Background => None,
        }
    };
    let mut rows: Vec<Row> = facts.all.points(documents).iter().filter_map(row).collect();
    for row in &mut rows {
        row.told.retain(|document, _| documents.contains(document));
    }
    rows.retain(|row| !row.told.is_empty());
    rows
}

fn matrix(
    facts: &Facts<'_>,
    story: Option<StoryId>,
    documents: &BTreeSet<DocumentId>,
) -> Option<Coverage> {
    let mut rows = told_by(facts, documents);
    rows.extend(background(facts, documents));
    let mut rows = merged(rows);
    // Widely carried points first, so that what is left out lines up.
    rows.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then(b.told.len().cmp(&a.told.len())).then_with(|| a.text.cmp(&b.text))
    });
    (!rows.is_empty()).then(|| Coverage {
        story,
        points: rows.iter().map(|row| point(facts, row)).collect(),
        cells: cells(&rows, documents),
        documents: documents.iter().copied().collect(),
    })
}

/// Rows of one sort with one text as one: a sentence that tells two events is one point.
fn merged(rows: Vec<Row>) -> Vec<Row> {
    let mut merged: BTreeMap<(PointKind, String), Row> = BTreeMap::new();
    for row in rows {
        match merged.entry((row.kind, row.text.clone())) {
            Entry::Vacant(place) => {
                place.insert(row);
            }
            Entry::Occupied(mut kept) => kept.get_mut().take_in(row),
        }
    }
    merged.into_values().collect()
}

impl Row {
    /// Adds where `other`, which has the same text, is told.
    fn take_in(&mut self, other: Row) {
        for (document, (state, spans)) in other.told {
            let entry = self.told.entry(document).or_insert((state, Vec::new()));
            if state == Cell::Told {
                entry.0 = Cell::Told;
            }
            let new = spans.into_iter().filter(|span| !entry.1.contains(span)).collect::<Vec<_>>();
            entry.1.extend(new);
        }
    }
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
        origins: facts.all.input.carried.origins(&evidence),
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
        let spans = facts.content(document, quote);
        let words = facts.all.document(document).map(|it| it.joined(spans)).unwrap_or_default();
        if words.len() > text.len() {
            text = words;
        }
        let cut =
            utterance.variants.iter().any(|v| v.b == quote && v.relation == Relation::Trimmed);
        let entry = told.entry(document).or_insert((Cell::Part, Vec::new()));
        if !cut {
            entry.0 = Cell::Told;
        }
        entry.1.extend_from_slice(spans);
    }
    Row { kind: PointKind::Quotation, text, told }
}

fn event(entry: &TimelineEntry) -> Row {
    Row { kind: PointKind::Event, text: entry.text.clone(), told: told(&entry.evidence) }
}

fn figure(facts: &Facts<'_>, claim: &Claim) -> Row {
    let evidence: Vec<Passage> = claim.values.iter().flat_map(|v| v.evidence.clone()).collect();
    let text = format!("{}: {}", claim.about, figures_in_words(facts, &evidence));
    Row { kind: PointKind::Figure, text, told: told(&evidence) }
}

/// The figures as the reports write them, each once, in text order, the first [`FIGURES_SHOWN`].
fn figures_in_words(facts: &Facts<'_>, evidence: &[Passage]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for place in evidence {
        let text =
            facts.all.document(place.document).map_or("", |document| document.slice(place.span));
        if texts.len() < FIGURES_SHOWN && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join(", ")
}

fn condition(
    facts: &Facts<'_>,
    (label, members): &(String, Vec<(DocumentId, ConditionId)>),
) -> Row {
    let place = |&(document, id): &(DocumentId, ConditionId)| {
        facts.condition(document, id).map(|span| Passage::new(document, span))
    };
    let evidence: Vec<Passage> = members.iter().filter_map(place).collect();
    // What hangs on one condition alone is told with it; of a group the question is told.
    let alone = evidence.first().filter(|_| members.len() == 1);
    let words = alone
        .and_then(|place| Some(facts.all.document(place.document)?.slice(place.span).to_owned()));
    let text = words.unwrap_or_else(|| label.clone());
    Row { kind: PointKind::Condition, text, told: told(&evidence) }
}

fn told(evidence: &[Passage]) -> BTreeMap<DocumentId, (Cell, Vec<Span>)> {
    let mut told: BTreeMap<DocumentId, (Cell, Vec<Span>)> = BTreeMap::new();
    for place in evidence {
        let entry = told.entry(place.document).or_insert((Cell::Told, Vec::new()));
        entry.1.push(place.span);
    }
    told
}

/// A row for each passage of background that one document alone has.
fn background(facts: &Facts<'_>, documents: &BTreeSet<DocumentId>) -> Vec<Row> {
    let known = documents
        .iter()
        .filter_map(|&id| Some((facts.all.document(id)?, *facts.attested.get(&id)?)));
    let row = |(document, span): (&Document, Span)| Row {
        kind: PointKind::Background,
        text: document.slice(span).to_owned(),
        told: BTreeMap::from([(document.id, (Cell::Told, vec![span]))]),
    };
    told_alone(&known.collect::<Vec<_>>()).into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_text_are_one_and_the_fuller_state_stays() {
        let [a, b] = ["a", "b"].map(|name| DocumentId::of(&[name]));
        let row = |document, state, start| Row {
            kind: PointKind::Event,
            text: "The bridge opened.".to_owned(),
            told: BTreeMap::from([(document, (state, vec![Span::new(start, start + 5)]))]),
        };
        let rows = merged(vec![
            row(a, Cell::Part, 0),
            row(a, Cell::Told, 0),
            row(a, Cell::Part, 9),
            row(b, Cell::Part, 3),
        ]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].told[&a], (Cell::Told, vec![Span::new(0, 5), Span::new(9, 14)]));
        assert_eq!(rows[0].told[&b].0, Cell::Part);
    }
}
