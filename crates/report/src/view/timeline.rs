//! The timeline: what the reports date, and the reports themselves, on one axis.

use jiff::ToSpan;
use jiff::civil::Date;
use stemma_model::{DateRange, DocumentId, TimelineEntry};

use crate::edition::Edition;

/// How many entries a compact page lists.
const COMPACT_ENTRIES: usize = 120;
/// The same on the tersest page.
const BRIEF_ENTRIES: usize = 60;
/// How far beyond the reports' own dates the axis reaches, as a share of their span: what lies
/// further (a treaty of 1949) is shown at its edge, so that it does not squeeze the rest.
const MARGIN: f64 = 0.35;
/// The least reach in days, for reports of one day.
const LEAST_MARGIN: f64 = 14.0;

/// The timeline.
pub(crate) struct Timeline<'r> {
    pub(crate) axis: Axis,
    /// By date; those without any last.
    pub(crate) entries: Vec<&'r TimelineEntry>,
    /// Entries that a compact page leaves out.
    pub(crate) more: usize,
    /// The documents whose date is bounded on both sides, in document order.
    pub(crate) reports: Vec<(DocumentId, DateRange)>,
}

/// Days on a line from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

/// Where an interval lies on an axis, from 0 to 1, and whether it goes on beyond an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) before: bool,
    pub(crate) after: bool,
}

impl Axis {
    fn days(self) -> f64 {
        days(self.from, self.to).max(1.0)
    }

    /// Where a day lies; below 0 and above 1 outside.
    fn place(self, date: Date) -> f64 {
        days(self.from, date) / self.days()
    }

    /// The bar of a range; `None` where nothing is known.
    pub(crate) fn bar(self, range: DateRange) -> Option<Bar> {
        let known = range.from.or(range.to)?;
        let from = range.from.map_or(0.0, |date| self.place(date));
        let to = range.to.map_or(1.0, |date| self.place(date));
        let (early, late) = (self.place(known) < 0.0 || range.from.is_none(), range.to.is_none());
        Some(Bar {
            from: from.clamp(0.0, 1.0),
            to: to.clamp(0.0, 1.0),
            before: early || from < 0.0,
            after: late || to > 1.0,
        })
    }

    /// Round dates with their places: years, quarters, months or weeks, at most a dozen.
    pub(crate) fn ticks(self) -> Vec<(f64, String)> {
        let months = self.days() / 30.4;
        let (step, format) = match months {
            m if m > 120.0 => (60, "%Y"),
            m if m > 48.0 => (12, "%Y"),
            m if m > 18.0 => (6, "%b %Y"),
            m if m > 8.0 => (3, "%b %Y"),
            m if m > 2.0 => (1, "%b %Y"),
            _ => return self.weeks(),
        };
        let first = self.from.first_of_year();
        let ticks = (0..).map(|i: i32| first.saturating_add((i * step).months()));
        self.labelled(ticks, format)
    }

    fn weeks(self) -> Vec<(f64, String)> {
        let step = if self.days() > 28.0 { 14 } else { 7 };
        let ticks = (0..).map(|i: i32| self.from.saturating_add((i * step).days()));
        self.labelled(ticks, "%-d %b")
    }

    fn labelled(self, ticks: impl Iterator<Item = Date>, format: &str) -> Vec<(f64, String)> {
        ticks
            .take(200)
            .skip_while(|&date| date < self.from)
            .take_while(|&date| date <= self.to)
            .map(|date| (self.place(date), date.strftime(format).to_string()))
            .collect()
    }
}

fn days(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The timeline of a record; `None` where nothing has a date.
pub(crate) fn timeline<'r>(edition: &Edition<'r>) -> Option<Timeline<'r>> {
    let mut entries: Vec<&TimelineEntry> = edition.record.timeline.iter().collect();
    let reports: Vec<(DocumentId, DateRange)> = edition
        .record
        .documents
        .iter()
        .map(|document| (document.id, edition.published(document.id)))
        .filter(|(_, range)| range.from.is_some() && range.to.is_some())
        .collect();
    let axis = axis(&reports, &entries)?;
    let limit = edition.limit(COMPACT_ENTRIES, BRIEF_ENTRIES);
    let more = entries.len().saturating_sub(limit);
    if more > 0 {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.documents.len()));
        entries.truncate(limit);
    }
    entries.sort_by_key(|entry| {
        let early = entry.date.from.or(entry.date.to);
        (early.is_none(), early, entry.date.to)
    });
    Some(Timeline { axis, entries, more, reports })
}

/// The axis: the reports' own dates and a margin, no longer than what is dated.
fn axis(reports: &[(DocumentId, DateRange)], entries: &[&TimelineEntry]) -> Option<Axis> {
    let bounds = |range: &DateRange| [range.from, range.to].into_iter().flatten();
    let dated = entries.iter().flat_map(|entry| bounds(&entry.date));
    let own = reports.iter().flat_map(|(_, range)| bounds(range));
    let all: Vec<Date> = own.clone().chain(dated).collect();
    let (earliest, latest) = (*all.iter().min()?, *all.iter().max()?);
    let (first, last) = (own.clone().min().unwrap_or(earliest), own.max().unwrap_or(latest));
    let margin = (days(first, last) * MARGIN).clamp(LEAST_MARGIN, 200_000.0) as i64;
    let from = first.saturating_sub(margin.days()).max(earliest.min(first));
    let to = last.saturating_add(margin.days()).min(latest.max(last));
    Some(Axis { from, to: to.max(from) })
}
