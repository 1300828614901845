//! The time of the year a report was written in, when the year itself is not told.
//!
//! `told the magazine this month` … `said in May` … `a summit on July 9-11` yet to come: between
//! the start of June and 11 July of some year.

use jiff::civil::Date;
use stemma_model::{Anchor, Span, Timex, TimexType};

use crate::Sheet;
use crate::timex::{Looks, looks};

/// The first possible day of the year, by month and day; and the last, if the text tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Season {
    from: (i8, i8),
    to: Option<(i8, i8)>,
    /// The words that say so.
    pub evidence: Vec<Span>,
}

impl Season {
    /// The first day on or after `day` on which such a time of the year starts or goes on.
    pub fn next_start(&self, day: Date) -> Option<Date> {
        let here = (day.month(), day.day());
        let inside = self.to.is_some_and(|to| here >= self.from && here <= to);
        if inside {
            return Some(day);
        }
        let year = if here <= self.from { day.year() } else { day.year() + 1 };
        self.to.and_then(|_| Date::new(year, self.from.0, self.from.1).ok())
    }

    /// What the text tells, for a reader.
    pub fn note(&self) -> String {
        let day = |(month, day): (i8, i8)| format!("{} {day}", MONTHS[(month - 1) as usize]);
        match self.to {
            Some(to) => format!("written between {} and {} of a year", day(self.from), day(to)),
            None => format!("written on or after {} of a year that the text does not tell", day(self.from)),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

/// A month, perhaps with days, whose year is not known.
struct Open {
    first: (i8, i8),
    last: (i8, i8),
    whole_month: bool,
    span: Span,
    looks: Looks,
}

/// The time of the year that the document's own year-less dates allow, when they agree.
pub(super) fn season(sheet: &Sheet<'_>, timexes: &[Timex]) -> Option<Season> {
    let open: Vec<Open> = timexes.iter().filter_map(|timex| read(sheet, timex)).collect();
    let past = latest_past(&open);
    let coming = open.iter().filter(|date| date.looks == Looks::Ahead).min_by_key(|date| date.last);
    let past_start = past.map(|past| (start(past, mentions_this_month(sheet, timexes)), past.span));
    let coming = coming.filter(|coming| past_start.is_none_or(|(start, _)| coming.last >= start));
    match (past_start, coming) {
        (Some((from, span)), coming) => Some(Season {
            from,
            to: coming.map(|coming| coming.last),
            evidence: std::iter::once(span).chain(coming.map(|coming| coming.span)).collect(),
        }),
        (None, _) => None,
    }
}

/// The latest of the dates told as past. Read in the order of the calendar; where they run over
/// the turn of a year (`December` beside `January`) no order is certain and none is claimed.
fn latest_past(open: &[Open]) -> Option<&Open> {
    let past = || open.iter().filter(|date| date.looks == Looks::Back);
    let first = past().map(|date| date.first).min()?;
    let last = past().max_by_key(|date| date.first)?;
    (last.first.0 - first.0 <= 6).then_some(last)
}

/// A month told as past beside `this month` is over: writing starts with the month after.
fn start(past: &Open, this_month: bool) -> (i8, i8) {
    match past.whole_month && this_month && past.first.0 < 12 {
        true => (past.first.0 + 1, 1),
        false => past.first,
    }
}

fn mentions_this_month(sheet: &Sheet<'_>, timexes: &[Timex]) -> bool {
    timexes.iter().any(|timex| {
        let words = timex.span.of_text(sheet.text());
        words.to_ascii_lowercase().ends_with("this month")
    })
}

fn read(sheet: &Sheet<'_>, timex: &Timex) -> Option<Open> {
    let open = timex.anchor == Anchor::Missing && timex.kind == TimexType::Date;
    let value = timex.value.strip_prefix("XXXX-").filter(|_| open)?;
    let (first, last) = value.split_once("/XXXX-").unwrap_or((value, value));
    let (first, last) = (month_day(first)?, month_day(last)?);
    Some(Open {
        first: (first.0, first.1.unwrap_or(1)),
        last: (last.0, last.1.unwrap_or(31)),
        whole_month: first.1.is_none(),
        span: timex.span,
        looks: looks(sheet, timex.span),
    })
}

fn month_day(value: &str) -> Option<(i8, Option<i8>)> {
    let (month, day) = match value.split_once('-') {
        Some((month, day)) => (month, Some(day.parse().ok()?)),
        None => (value, None),
    };
    let month: i8 = month.parse().ok()?;
    (1..=12).contains(&month).then_some((month, day))
}
