//! Who holds what on which question, after what, since when, and changed how.

mod commitment;
mod later;
mod lexicon;

use std::collections::BTreeMap;

use stemma_model::{
    Annotations, Condition, ConditionId, DateRange, Document, DocumentId, EntityId, Holder,
    Passage, Position, PositionId, Quote, QuoteId, Reason, Span, Stance, Story, StoryId,
};

/// Puts the positions of all documents in order, by date, then holder, and says of each how it
/// stands to the last that the same holder took on the same question.
///
/// Quadratic only in the positions of one holder.
pub fn relate(positions: &mut [Position]) {
    positions.sort_by_key(order);
    later::relate(positions);
}

/// By date as far as known, then by content.
fn order(position: &Position) -> impl Ord + use<> {
    let DateRange { from, to, .. } = position.date;
    (to.is_none(), to, from, position.entity, position.id)
}

/// Reads positions from documents, one by one.
#[derive(Debug)]
pub struct Positions<'a> {
    speakers: BTreeMap<(DocumentId, QuoteId), EntityId>,
    groups: BTreeMap<(DocumentId, ConditionId), &'a str>,
    stories: BTreeMap<DocumentId, StoryId>,
}

impl<'a> Positions<'a> {
    /// Knows whose each quotation is, what conditions answer one question, and who tells what:
    /// `condition_groups` are grouped by consequence.
    #[must_use]
    pub fn of(
        speakers: &[(DocumentId, QuoteId, EntityId)],
        condition_groups: &'a [(String, Vec<(DocumentId, ConditionId)>)],
        stories: &[Story],
    ) -> Self {
        let grouped = |(label, members): &'a (String, Vec<_>)| {
            members.iter().map(move |&member| (member, label.as_str()))
        };
        let told =
            |story: &Story| story.documents.iter().map(|&d| (d, story.id)).collect::<Vec<_>>();
        Self {
            speakers: speakers.iter().map(|&(d, quote, entity)| ((d, quote), entity)).collect(),
            groups: condition_groups.iter().flat_map(grouped).collect(),
            stories: stories.iter().flat_map(told).collect(),
        }
    }

    /// Every position that a quotation of `document` states. Reads its sentences, mentions,
    /// quotations, dates, figures and conditions; linear in them.
    ///
    /// Three things make a quotation a position: a condition inside it, a verb that does more than
    /// report (`lexicons/positions.toml`), and a speaker's own "we will". What the outlet says in
    /// its own voice is no one's position.
    #[must_use]
    pub fn of_document(&self, document: &Document, annotations: &Annotations) -> Vec<Position> {
        let of_quote = |quote: &Quote| {
            let speaker = self.speakers.get(&(document.id, quote.id)).copied();
            let entity = speaker.filter(|_| !quote.negated && !quote.hypothetical);
            let of_speaker =
                |entity| Saying { index: self, document, annotations, quote, entity }.positions();
            entity.map(of_speaker).unwrap_or_default()
        };
        annotations.quotes.iter().flat_map(of_quote).collect()
    }
}

/// A quotation with its speaker, where it stands.
#[derive(Clone, Copy)]
struct Saying<'a> {
    index: &'a Positions<'a>,
    document: &'a Document,
    annotations: &'a Annotations,
    quote: &'a Quote,
    entity: EntityId,
}

impl Saying<'_> {
    fn positions(&self) -> Vec<Position> {
        let mut found = self.conditional();
        match self.performed() {
            Some(position) => found.push(position),
            None => found.extend(commitment::positions(self)),
        }
        found
    }

    /// The speaker's stance on what the words at `place` say, put to the quotation's audience.
    fn position(&self, stance: Stance, place: Span, on: &str, reason: Reason) -> Position {
        let Self { index, document, annotations, quote, entity } = *self;
        let place = Passage::new(document.id, place);
        Position {
            id: id(document, stance, place),
            entity: Some(entity),
            towards: self.towards(quote.occasion.audience),
            on: on.to_owned(),
            stance,
            conditions: Vec::new(),
            date: said(annotations, quote),
            story: index.stories.get(&document.id).copied(),
            evidence: vec![place],
            earlier: None,
            reason,
        }
    }

    fn towards(&self, addressee: Option<Span>) -> Option<Passage> {
        addressee.map(|span| Passage::new(self.document.id, span))
    }

    /// A position for each condition that the quotation states.
    fn conditional(&self) -> Vec<Position> {
        let Self { index, document, annotations, quote, .. } = *self;
        let held = |condition: &&Condition| condition.holder == Holder::Quote(quote.id);
        let position = |condition: &Condition| {
            let place = condition.condition.hull(condition.consequence).hull(condition.trigger);
            let label = index.groups.get(&(document.id, condition.id)).copied();
            let on = label.unwrap_or_else(|| document.slice(condition.consequence));
            let reason = Reason::new("states-a-condition", condition.pattern.clone());
            Position {
                conditions: vec![condition.id],
                ..self.position(Stance::Conditional, place, on, reason)
            }
        };
        annotations.conditions.iter().filter(held).map(position).collect()
    }

    /// A position where the verb promises, refuses, demands and so on.
    fn performed(&self) -> Option<Position> {
        let Self { document, annotations, quote, .. } = *self;
        let lemma = quote.cue.as_ref()?.lemma.as_str();
        let stance = lexicon::stance(lemma)?;
        let place = quote.hull()?;
        let (towards, on) = addressee(document, annotations, quote, place);
        let reason = Reason::new("verb", format!("“{lemma}”"));
        Some(Position {
            towards: self.towards(towards),
            ..self.position(stance, place, bare(document.slice(on)), reason)
        })
    }
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
