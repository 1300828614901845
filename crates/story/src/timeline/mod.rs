//! One timeline from many reports.
//!
//! [`timeline`] takes every event that a report dates, joins those that are one, and gives an
//! entry a happening: its date as finely as any report has it, the fullest sentence, who takes
//! part, and every mention as evidence. Two mentions are one when their times agree and they share
//! the word that tells the event and somebody who takes part, or most of their words. A report
//! whose year nobody states is dated by what it shares with one that does: see [`dating`].

mod actor;
mod dating;
mod moment;
mod same;
pub(crate) mod stem;

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{
    Annotations, DateRange, Dated, Document, DocumentId, Entity, EntityId, Event, EventStatus,
    Mention, MentionId, MentionKind, Passage, Precision, Reason, Span, TimelineEntry, Timex,
};

use crate::corroboration::Carried;
use crate::entity::Holders;
use moment::Moment;

pub use actor::{Dating, Deed, deeds, of_actor};

/// What a timeline is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
    /// What each attests, in the same order.
    pub annotations: &'a [Annotations],
    /// Who is behind the chains.
    pub entities: &'a [Entity],
    /// Who carries whose text.
    pub carried: &'a Carried<'a>,
}

/// A timeline, with what it tells of the documents' own dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The entries: by first day, last day, text; those without a day last.
    pub entries: Vec<TimelineEntry>,
    /// Dates of documents that other documents narrowed, in document order.
    pub dated: Vec<(DocumentId, Dated)>,
}

/// The timeline of a set of documents.
///
/// Near linear: only events that share a word and a month are compared, and words that more than
/// a few hundred events of a month share are passed over.
#[must_use]
pub fn timeline(input: &Input<'_>) -> Timeline {
    let told = told(input);
    let first = same::clusters(&told);
    let placed = dating::place(input, &told, &first);
    let told: Vec<Told<'_>> = told
        .into_iter()
        .zip(&placed.moments)
        .map(|(told, moment)| Told { moment: *moment, ..told })
        .collect();
    let mut entries: Vec<TimelineEntry> =
        same::clusters(&told).iter().filter_map(|group| entry(input, &told, group)).collect();
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    Timeline { entries, dated: placed.dated }
}

fn order(
    entry: &TimelineEntry,
) -> (bool, Option<jiff::civil::Date>, Option<jiff::civil::Date>, &str) {
    (entry.date.from.is_none(), entry.date.from, entry.date.to, &entry.text)
}

/// An event as one document tells it.
#[derive(Clone, Debug)]
struct Told<'a> {
    /// The document's place in the input.
    at: usize,
    document: DocumentId,
    event: &'a Event,
    timex: &'a Timex,
    moment: Moment,
    /// The stem of its head.
    head: String,
    /// The stems of its words.
    words: BTreeSet<String>,
    entities: BTreeSet<EntityId>,
    /// The places among them where its own words say that it happened.
    places: BTreeSet<EntityId>,
    /// It is named as known: `the fire of March 3`.
    definite: bool,
}

/// Every event with a time that can be compared.
fn told<'a>(input: &Input<'a>) -> Vec<Told<'a>> {
    let holders = Holders::of(input.entities);
    let documents = input.documents.iter().zip(input.annotations).enumerate();
    documents
        .flat_map(|(at, (document, annotations))| {
            let entity = |mention: &Mention| holders.get(document.id, mention.chain?);
            let by_mention: BTreeMap<MentionId, EntityId> = annotations
                .mentions
                .iter()
                .filter_map(|mention| Some((mention.id, entity(mention)?)))
                .collect();
            let events = annotations.events.iter();
            events
                .filter_map(|event| tell(at, document, annotations, event, &by_mention))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn tell<'a>(
    at: usize,
    document: &'a Document,
    annotations: &'a Annotations,
    event: &'a Event,
    entities: &BTreeMap<MentionId, EntityId>,
) -> Option<Told<'a>> {
    let (_, index) = event.date?;
    let timex = annotations.dates.get(index as usize)?;
    let moment = Moment::of(timex)?;
    let own = document.slice(event.span);
    // A saying is known by what is said, which may stand before it, a state by what is in it.
    let whole = same::is_saying(&event.lemma) || same::is_state(&event.lemma);
    let words = if whole { document.slice(event.sentence) } else { own };
    let without_date =
        |stem: &String| !document.slice(timex.span).to_lowercase().contains(stem.as_str());
    let from =
        annotations.mentions.partition_point(|mention| mention.span.start < event.span.start);
    let inside = annotations.mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start < event.span.end);
    let inside: Vec<(&Mention, EntityId)> =
        inside.filter_map(|mention| Some((mention, *entities.get(&mention.id)?))).collect();
    let is_scene = |mention: &Mention| {
        mention.kind == MentionKind::Place && is_located(&document.text, mention.span.start())
    };
    let places =
        inside.iter().filter(|(mention, _)| is_scene(mention)).map(|(_, id)| *id).collect();
    let taking_part = event.participants.iter().filter_map(|id| entities.get(id).copied());
    let entities = inside.iter().map(|(_, id)| *id).chain(taking_part).collect();
    Some(Told {
        at,
        document: document.id,
        event,
        timex,
        moment,
        head: stem::stem(&event.lemma),
        words: stem::stems(words).filter(without_date).collect(),
        entities,
        places,
        definite: document.text[..event.span.start()]
            .split_whitespace()
            .next_back()
            .is_some_and(|word| word.eq_ignore_ascii_case("the")),
    })
}

/// The words of a sentence without a dateline or credit before them.
fn telling(document: &Document, sentence: Span) -> String {
    let lead = document
        .boilerplate
        .iter()
        .filter(|part| part.span.start() <= sentence.start() && part.span.end() < sentence.end())
        .map(|part| part.span.end())
        .max()
        .map_or(sentence.start(), |end| end.max(sentence.start()));
    let words = document.slice(Span::new(lead, sentence.end()));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a preposition of place brings the name at `start`: `in Washington`, `near the Sound`,
/// not `the US-led alliance` nor `urged Ukraine`.
fn is_located(text: &str, start: usize) -> bool {
    let mut before = text[..start].split_whitespace().rev();
    let word = match before.next() {
        Some("the" | "The") => before.next(),
        word => word,
    };
    word.is_some_and(|word| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "across"
                | "around"
                | "off"
                | "to"
                | "from"
        )
    })
}

fn entry(input: &Input<'_>, told: &[Told<'_>], group: &[usize]) -> Option<TimelineEntry> {
    let members: Vec<&Told<'_>> = group.iter().map(|i| &told[*i]).collect();
    let moment = members.iter().map(|told| told.moment).reduce(Moment::narrowed)?;
    let mut evidence: Vec<Passage> =
        members.iter().map(|told| Passage::new(told.document, told.event.sentence)).collect();
    evidence.sort();
    evidence.dedup();
    let documents: BTreeSet<DocumentId> = evidence.iter().map(|passage| passage.document).collect();
    let fullest = members.iter().max_by_key(|told| {
        let sentence = input.documents[told.at].slice(told.event.sentence);
        (
            std::cmp::Reverse(told.moment.precision()),
            sentence.len().min(LONGEST),
            std::cmp::Reverse(told.document),
        )
    })?;
    Some(TimelineEntry {
        date: moment.range(),
        text: telling(&input.documents[fullest.at], fullest.event.sentence),
        status: status(&members),
        participants: members
            .iter()
            .flat_map(|told| told.entities.iter().copied())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        reason: reason(input, &members, moment, &evidence),
        evidence,
        documents: documents.into_iter().collect(),
    })
}

/// Bytes beyond which a longer sentence is no fuller.
const LONGEST: usize = 400;

/// Happened where anybody tells it as past; else what most say.
fn status(members: &[&Told<'_>]) -> EventStatus {
    let count = |status| members.iter().filter(|told| told.event.status == status).count();
    let others = [EventStatus::Planned, EventStatus::Conditional, EventStatus::Denied];
    if count(EventStatus::Happened) > 0
        && count(EventStatus::Happened) >= count(EventStatus::Denied)
    {
        return EventStatus::Happened;
    }
    others.into_iter().rev().max_by_key(|status| count(*status)).unwrap_or(EventStatus::Happened)
}

fn reason(
    input: &Input<'_>,
    members: &[&Told<'_>],
    moment: Moment,
    evidence: &[Passage],
) -> Reason {
    let mut dates: Vec<&str> =
        members.iter().map(|told| input.documents[told.at].slice(told.timex.span)).collect();
    dates.sort_unstable();
    dates.dedup();
    let heads: BTreeSet<&str> = members.iter().map(|told| told.event.lemma.as_str()).collect();
    let heads: Vec<&str> = heads.into_iter().collect();
    let rule = if members.len() > 1 { "same-event" } else { "told-once" };
    let when = match moment.range().precision {
        Precision::Unknown => format!("; the year is not told ({})", moment.value()),
        _ => String::new(),
    };
    let note = format!(
        "{} mention(s) of `{}`, dated `{}`{when}",
        members.len(),
        heads.join("`, `"),
        dates.join("`, `")
    );
    let reason = Reason::new(rule, note);
    match input.carried.origins(evidence) {
        origins if members.len() > 1 => reason.because(origins.reason),
        _ => reason,
    }
}

/// The range of a day or stretch, as an interval argued from several statements.
fn interval(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> DateRange {
    DateRange { from, to, precision: Precision::Interval }
}

#[cfg(test)]
mod tests;
