//! Who holds what on which question, after what, since when, and changed how.

mod commitment;
mod later;
mod lexicon;

use std::collections::BTreeMap;

use stemma_model::{
    Annotations, Condition, ConditionId, DateRange, Document, DocumentId, EntityId, Holder,
    Passage, Position, PositionId, Quote, QuoteId, Reason, Span, Stance, Story, StoryId,
};

/// What positions are read from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// What each attests, in the same order.
    pub annotations: &'a [Annotations],
    /// Whose each quotation is.
    pub speakers: &'a [(DocumentId, QuoteId, EntityId)],
    /// Conditions, grouped by consequence.
    pub condition_groups: &'a [(String, Vec<(DocumentId, ConditionId)>)],
    /// Stories.
    pub stories: &'a [Story],
}

/// Every position that a quotation states, by date, then holder; each says how it stands to the
/// last that the same holder took on the same question.
///
/// Three things make a quotation a position: a condition inside it, a verb that does more than
/// report (`lexicons/positions.toml`), and a speaker's own "we will". What the outlet says in its own voice is no one's position.
#[must_use]
pub fn positions(input: &Input<'_>) -> Vec<Position> {
    let index = Index::of(input);
    let mut positions: Vec<Position> = input
        .documents
        .iter()
        .zip(input.annotations)
        .flat_map(|(document, annotations)| of_document(&index, document, annotations))
        .collect();
    positions.sort_by_key(order);
    later::relate(&mut positions);
    positions
}

/// By date as far as known, then by content.
fn order(position: &Position) -> impl Ord + use<> {
    let DateRange { from, to, .. } = position.date;
    (to.is_none(), to, from, position.entity, position.id)
}

/// What is looked up by document and id.
struct Index<'a> {
    speakers: BTreeMap<(DocumentId, QuoteId), EntityId>,
    groups: BTreeMap<(DocumentId, ConditionId), &'a str>,
    stories: BTreeMap<DocumentId, StoryId>,
}

impl<'a> Index<'a> {
    fn of(input: &Input<'a>) -> Self {
        let grouped = |(label, members): &'a (String, Vec<_>)| {
            members.iter().map(move |&member| (member, label.as_str()))
        };
        let told =
            |story: &Story| story.documents.iter().map(|&d| (d, story.id)).collect::<Vec<_>>();
        Self {
            speakers: input
                .speakers
                .iter()
                .map(|&(d, quote, entity)| ((d, quote), entity))
                .collect(),
            groups: input.condition_groups.iter().flat_map(grouped).collect(),
            stories: input.stories.iter().flat_map(told).collect(),
        }
    }
}

fn of_document(index: &Index<'_>, document: &Document, annotations: &Annotations) -> Vec<Position> {
    let of_quote = |quote: &Quote| {
        let speaker = index.speakers.get(&(document.id, quote.id)).copied();
        let mut found = Vec::new();
        if let Some(entity) = speaker.filter(|_| !quote.negated && !quote.hypothetical) {
            found.extend(conditional(index, document, annotations, quote, entity));
            match performed(index, document, annotations, quote, entity) {
                Some(position) => found.push(position),
                None => {
                    found.extend(commitment::positions(index, document, annotations, quote, entity))
                }
            }
        }
        found
    };
    annotations.quotes.iter().flat_map(of_quote).collect()
}

/// A position for each condition that the quotation states.
fn conditional(
    index: &Index<'_>,
    document: &Document,
    annotations: &Annotations,
    quote: &Quote,
    entity: EntityId,
) -> Vec<Position> {
    let held = |condition: &&Condition| condition.holder == Holder::Quote(quote.id);
    let position = |condition: &Condition| {
        let place = Passage::new(
            document.id,
            condition.condition.hull(condition.consequence).hull(condition.trigger),
        );
        let on = match index.groups.get(&(document.id, condition.id)) {
            Some(&label) => label.to_owned(),
            None => document.slice(condition.consequence).to_owned(),
        };
        Position {
            id: id(document, Stance::Conditional, place),
            entity: Some(entity),
            towards: quote.occasion.audience.map(|span| Passage::new(document.id, span)),
            on,
            stance: Stance::Conditional,
            conditions: vec![condition.id],
            date: said(annotations, quote),
            story: index.stories.get(&document.id).copied(),
            evidence: vec![place],
            reason: Reason::new("states-a-condition", condition.pattern.clone()),
        }
    };
    annotations.conditions.iter().filter(held).map(position).collect()
}

/// A position where the verb promises, refuses, demands and so on.
fn performed(
    index: &Index<'_>,
    document: &Document,
    annotations: &Annotations,
    quote: &Quote,
    entity: EntityId,
) -> Option<Position> {
    let lemma = quote.cue.as_ref()?.lemma.as_str();
    let stance = lexicon::stance(lemma)?;
    let place = Passage::new(document.id, quote.hull()?);
    let (towards, on) = addressee(document, annotations, quote, place.span);
    Some(Position {
        id: id(document, stance, place),
        entity: Some(entity),
        towards: towards.map(|span| Passage::new(document.id, span)),
        on: bare(document.slice(on)).to_owned(),
        stance,
        conditions: Vec::new(),
        date: said(annotations, quote),
        story: index.stories.get(&document.id).copied(),
        evidence: vec![place],
        reason: Reason::new("verb", format!("“{lemma}”")),
    })
}

/// Whom a position is put to, and the words on what: "urged *the council* to sell" asks the
/// council to sell. Where the words begin with nobody, the quotation's audience, if it has one.
fn addressee(
    document: &Document,
    annotations: &Annotations,
    quote: &Quote,
    words: Span,
) -> (Option<Span>, Span) {
    let first = annotations
        .mentions
        .iter()
        .map(|mention| mention.span)
        .filter(|span| span.start() == words.start() && words.covers(*span) && *span != words)
        .max_by_key(|span| span.len());
    let asked = first.and_then(|first| {
        let rest = document.slice(Span::new(first.end(), words.end()));
        // An aside between commas may have an infinitive of its own: what is asked comes after it.
        let aside = rest.starts_with(',').then(|| rest[1..].find(',').map(|at| at + 1)).flatten();
        let from = aside.unwrap_or(0);
        let at = JOINTS.iter().filter_map(|joint| rest[from..].find(joint)).min()?;
        Some((Some(first), Span::new(first.end() + from + at, words.end())))
    });
    asked.unwrap_or((quote.occasion.audience, words))
}

/// What joins an addressee to what is asked or promised.
const JOINTS: &[&str] = &[" to ", " not to ", " that ", " for "];

/// A position's words without marks at their ends and without "that" or "to" in front.
fn bare(words: &str) -> &str {
    let words = words.trim_matches(MARKS);
    let start = words.split_whitespace().next().unwrap_or_default();
    if matches!(start, "that" | "to") && words.len() > start.len() {
        words[start.len()..].trim_matches(MARKS)
    } else {
        words
    }
}

/// What is taken off the ends of a position's words.
const MARKS: &[char] = &['“', '”', '"', '‘', '’', '\'', '«', '»', '„', ' ', ',', '.'];

/// When the quotation was said: its occasion's date, else the last day before publication.
fn said(annotations: &Annotations, quote: &Quote) -> DateRange {
    quote.occasion.date.map_or(annotations.published.range, |(range, _)| range)
}

fn id(document: &Document, stance: Stance, place: Passage) -> PositionId {
    let [start, end] = [place.span.start, place.span.end].map(|offset| offset.to_string());
    PositionId::of(&[&document.id.to_string(), &format!("{stance:?}"), &start, &end])
}
