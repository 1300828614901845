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
mod read;
mod same;
pub(crate) mod stem;

use std::collections::BTreeSet;

use stemma_model::{
    DateRange, Dated, Document, DocumentId, EventStatus, Passage, Precision, Reason, Span,
    TimelineEntry,
};

pub use read::{DocumentEvents, Events, Reader};
pub use same::COMMON;

use crate::corroboration::Carried;
use moment::Moment;
use read::Told;

pub use actor::{Dating, Deed, deeds, of_actor};

/// What a timeline is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The documents.
    pub documents: &'a [Document],
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
    /// How often a word brought nothing together, because more than [`COMMON`] events of one month
    /// have it: pairs that share no other were not compared.
    pub common_words: usize,
}

/// The timeline of a set of documents from their `events`, which were added in the same order.
///
/// Near linear: only events that share a word and a month are compared, and words that more than
/// a few hundred events of a month share are passed over.
#[must_use]
pub fn timeline(input: &Input<'_>, mut events: Events) -> Timeline {
    let the = events.word("the");
    let (first, _) = same::clusters(&events.told, the);
    let placed = dating::place(input, &events, &first);
    drop(first);
    for (told, moment) in events.told.iter_mut().zip(placed.moments) {
        told.moment = moment;
    }
    let (groups, common_words) = same::clusters(&events.told, the);
    let mut entries: Vec<TimelineEntry> =
        groups.iter().filter_map(|group| entry(input, &events, group)).collect();
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    Timeline { entries, dated: placed.dated, common_words }
}

fn order(
    entry: &TimelineEntry,
) -> (bool, Option<jiff::civil::Date>, Option<jiff::civil::Date>, &str) {
    (entry.date.from.is_none(), entry.date.from, entry.date.to, &entry.text)
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

fn entry(input: &Input<'_>, events: &Events, group: &[usize]) -> Option<TimelineEntry> {
    let members: Vec<&Told> = group.iter().map(|i| &events.told[*i]).collect();
    let moment = members.iter().map(|told| told.moment).reduce(Moment::narrowed)?;
    let mut evidence: Vec<Passage> =
        members.iter().map(|told| Passage::new(told.document, told.sentence)).collect();
    evidence.sort();
    evidence.dedup();
    let documents: BTreeSet<DocumentId> = evidence.iter().map(|passage| passage.document).collect();
    let fullest = members.iter().max_by_key(|told| {
        let sentence = input.documents[told.at].slice(told.sentence);
        (
            std::cmp::Reverse(told.moment.precision()),
            sentence.len().min(LONGEST),
            std::cmp::Reverse(told.document),
        )
    })?;
    Some(TimelineEntry {
        date: moment.range(),
        text: telling(&input.documents[fullest.at], fullest.sentence),
        status: status(&members),
        participants: members
            .iter()
            .flat_map(|told| told.entities.iter().copied())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        reason: reason(input, events, &members, moment, &evidence),
        evidence,
        documents: documents.into_iter().collect(),
    })
}

/// Bytes beyond which a longer sentence is no fuller.
const LONGEST: usize = 400;

/// Happened where anybody tells it as past; else what most say.
fn status(members: &[&Told]) -> EventStatus {
    let count = |status| members.iter().filter(|told| told.status == status).count();
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
    events: &Events,
    members: &[&Told],
    moment: Moment,
    evidence: &[Passage],
) -> Reason {
    let mut dates: Vec<&str> =
        members.iter().map(|told| input.documents[told.at].slice(told.timex)).collect();
    dates.sort_unstable();
    dates.dedup();
    let heads: BTreeSet<&str> = members.iter().map(|told| events.form(told.lemma)).collect();
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
