//! Dating documents by one another.
//!
//! A report that says `September 30` without a year, of an event that another report puts in
//! `September 2022`, was written within the year after it: reports name a year when it is not the
//! last such day. The latest month and day it tells as past then bounds its own date from below,
//! and its other dates without a year fall into their years.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use stemma_model::{Basis, Dated, DocumentId, EventStatus, Reason, Span};

use super::moment::Moment;
use super::{Events, Input, Told, interval};

/// Months between the earliest and latest date told as past beyond which their order in the year
/// is not certain.
const SAME_YEAR: i8 = 6;

/// Events placed, and documents dated, by what documents share.
pub(super) struct Placed {
    /// For each event its time, with a year where one was found.
    pub moments: Vec<Moment>,
    /// The documents that this dated.
    pub dated: Vec<(DocumentId, Dated)>,
}

/// What fixed a document's year: the event, the day it fell on, and the document that tells.
struct Fix {
    event: usize,
    first: Date,
    last: Date,
    by: usize,
}

pub(super) fn place(input: &Input<'_>, events: &Events, groups: &[Vec<usize>]) -> Placed {
    let told = &events.told;
    let mut moments: Vec<Moment> = told.iter().map(|told| told.moment).collect();
    let mut fixes: BTreeMap<usize, Fix> = BTreeMap::new();
    for fix in groups.iter().flat_map(|group| fixes_in(told, group)) {
        let at = told[fix.event].at;
        let undated = events.published[at].range;
        if undated.from.is_none() || undated.from != undated.to {
            fixes.entry(at).or_insert(fix);
        }
    }
    let mut dated = Vec::new();
    for (at, fix) in &fixes {
        let own: Vec<usize> = (0..told.len()).filter(|i| told[*i].at == *at).collect();
        let Some((from, to)) = written(input, events, &own, fix) else { continue };
        for i in own {
            moments[i] = in_year_before(told[i].moment, told[i].status, from);
        }
        dated.push((input.documents[*at].id, document_date(input, events, fix, from, to)));
    }
    Placed { moments, dated }
}

/// The yearless events of a group that another document of the group puts in a year.
fn fixes_in(told: &[Told], group: &[usize]) -> Vec<Fix> {
    let placed = group.iter().filter_map(|&i| match told[i].moment {
        Moment::Placed(range) => Some((i, range)),
        Moment::Yearless { .. } => None,
    });
    let placed: Vec<_> = placed.collect();
    let yearless = group.iter().filter(|&&i| matches!(told[i].moment, Moment::Yearless { .. }));
    yearless
        .filter_map(|&event| {
            let (by, range) = *placed.iter().find(|(by, _)| told[*by].at != told[event].at)?;
            let fixed = told[event].moment.in_year_of(range)?.range();
            Some(Fix { event, first: fixed.from?, last: fixed.to?, by: told[by].at })
        })
        .collect()
}

/// The days on which a document can have been written, given one of its events' year.
fn written(input: &Input<'_>, events: &Events, own: &[usize], fix: &Fix) -> Option<(Date, Date)> {
    let told = &events.told;
    let gone = is_gone(input, told, fix.event);
    let after = if gone { fix.last.tomorrow().ok()? } else { fix.first };
    let to = fix.first.checked_add(1.year()).ok()?.yesterday().ok()?;
    let to =
        if gone { to.last_of_month().checked_add(1.month()).ok()?.last_of_month() } else { to };
    let latest = latest_past(input, told, own).and_then(|(month, day)| {
        (after.year()..=after.year() + 1)
            .filter_map(|year| Date::new(year, month, day).ok())
            .find(|date| *date >= after)
    });
    let from = latest.filter(|date| *date <= to).unwrap_or(after);
    let published = events.published[told[fix.event].at].range;
    let from = published.from.filter(|bound| *bound <= to).map_or(from, |bound| bound.max(from));
    let to = published.to.filter(|bound| *bound >= from).map_or(to, |bound| bound.min(to));
    Some((from, to))
}

/// Whether the expression says that the month is over: `last September`.
fn is_gone(input: &Input<'_>, told: &[Told], event: usize) -> bool {
    let words = input.documents[told[event].at].slice(told[event].timex);
    words.to_ascii_lowercase().starts_with("last ")
}

/// The latest month and day that a document tells as past, where their order is certain. A month
/// that is gone (`last September`) may be of the year before and does not count.
fn latest_past(input: &Input<'_>, told: &[Told], own: &[usize]) -> Option<(i8, i8)> {
    let past = own
        .iter()
        .filter(|i| told[**i].status == EventStatus::Happened && !is_gone(input, told, **i));
    let days: Vec<(i8, i8)> = past
        .filter_map(|&i| match told[i].moment {
            Moment::Yearless { month, days, .. } => Some((month, days.map_or(1, |days| days.0))),
            Moment::Placed(_) => None,
        })
        .collect();
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    (last.0 - first.0 <= SAME_YEAR).then_some(*last)
}

/// The last such day up to the writing for what happened, the first from then on for what is to come.
fn in_year_before(moment: Moment, status: EventStatus, written: Date) -> Moment {
    let mut candidates =
        (written.year() - 1..=written.year() + 1).filter_map(|year| moment.in_year(year));
    let found = match status {
        EventStatus::Planned => candidates.find(|moment| moment.range().to >= Some(written)),
        _ => candidates.rfind(|moment| moment.range().from <= Some(written)),
    };
    found.unwrap_or(moment)
}

fn document_date(input: &Input<'_>, events: &Events, fix: &Fix, from: Date, to: Date) -> Dated {
    let told = &events.told;
    let document = &input.documents[told[fix.event].at];
    let words = document.slice(told[fix.event].timex);
    let other = &input.documents[fix.by];
    let name = other
        .outlet
        .as_deref()
        .or(other.given_id.as_deref())
        .map_or_else(|| other.id.to_string(), str::to_owned);
    let before = &events.published[told[fix.event].at];
    let mut evidence: Vec<Span> = before.evidence.clone();
    evidence.push(told[fix.event].timex);
    evidence.sort();
    evidence.dedup();
    let note = format!(
        "`{words}` is {} as another report has it ({name}); a report names the year of what lies further back",
        fix.first.year()
    );
    Dated {
        range: interval(Some(from), Some(to)),
        basis: Basis::Text,
        evidence,
        reason: Reason::new("dated-by-another", note).because(before.reason.clone()),
    }
}
