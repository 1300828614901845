//! The time of the year a report was written in, when the year itself is not told.
//!
//! `told the magazine this month` … `said in May` … `a summit on July 9-11` yet to come: between
//! 1 June and 11 July of some year. A window may run over the turn of the year: `last September`
//! and a summit in July leave October to July.

use jiff::civil::Date;
use stemma_model::{Anchor, Span, Timex, TimexType};

use crate::Sheet;
use crate::timex::{Looks, looks};

/// A day of any year.
type DayOfYear = (i8, i8);

/// The window of the year, by its first and last possible day, where the text tells them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Season {
    from: Option<DayOfYear>,
    to: Option<DayOfYear>,
    /// The words that say so.
    pub evidence: Vec<Span>,
}

impl Season {
    /// The first day on or after `day` that lies in the window; `None` for a window open at an end.
    pub fn next_start(&self, day: Date) -> Option<Date> {
        let (from, to) = (self.from?, self.to?);
        let here = (day.month(), day.day());
        let inside =
            if from <= to { here >= from && here <= to } else { here >= from || here <= to };
        if inside {
            return Some(day);
        }
        let year = if here <= from { day.year() } else { day.year().checked_add(1)? };
        Date::new(year, from.0, from.1).ok()
    }

    /// What the text tells, for a reader.
    pub fn note(&self) -> String {
        let day = |(month, day): DayOfYear| format!("{} {day}", MONTHS[(month - 1) as usize]);
        match (self.from, self.to) {
            (Some(from), Some(to)) => {
                format!("written between {} and {} of a year", day(from), day(to))
            }
            (Some(from), None) => {
                format!("written on or after {} of a year that the text does not tell", day(from))
            }
            (None, Some(to)) => {
                format!("written by {} of a year that the text does not tell", day(to))
            }
            (None, None) => String::new(),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Months between the first and the last date told as past beyond which their order in the year is
/// not certain: they may run over its turn.
const SAME_YEAR: i8 = 6;

/// A month, perhaps with days, whose year is not known.
struct Open {
    first: DayOfYear,
    last: DayOfYear,
    whole_month: bool,
    /// `last September`: months ago.
    gone: bool,
    span: Span,
    looks: Looks,
}

/// The window that the document's own year-less dates leave, if they leave one.
pub(super) fn season(sheet: &Sheet<'_>, timexes: &[Timex]) -> Option<Season> {
    let open: Vec<Open> = timexes.iter().filter_map(|timex| read(sheet, timex)).collect();
    let this_month = mentions_this_month(sheet, timexes);
    let past = latest_past(&open).map(|past| (start(past, this_month), past.span));
    let coming = open
        .iter()
        .filter(|date| matches!(date.looks, Looks::Ahead | Looks::AheadThen) && !date.gone)
        .min_by_key(|date| date.last);
    let gone = open.iter().any(|date| date.gone);
    let coming = coming.filter(|coming| gone || past.is_none_or(|(start, _)| coming.last >= start));
    let (from, from_span) = past.unzip();
    let evidence: Vec<Span> =
        from_span.into_iter().chain(coming.map(|coming| coming.span)).collect();
    let to = coming.map(|coming| coming.last);
    (from.is_some() || to.is_some()).then_some(Season { from, to, evidence })
}

/// The latest of the dates told as past, where their order in the year is certain.
fn latest_past(open: &[Open]) -> Option<&Open> {
    let past = || open.iter().filter(|date| date.looks == Looks::Back || date.gone);
    let first = past().map(|date| date.first).min()?;
    let last = past().max_by_key(|date| date.first)?;
    (last.first.0 - first.0 <= SAME_YEAR).then_some(last)
}

/// The first day of writing after a date told as past. A month that is gone, or told beside `this
/// month`, is over: writing starts with the month after.
fn start(past: &Open, this_month: bool) -> DayOfYear {
    match past.whole_month && (this_month || past.gone) {
        true => (past.first.0 % 12 + 1, 1),
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
    let words = timex.span.of_text(sheet.text()).to_ascii_lowercase();
    Some(Open {
        first: (first.0, first.1.unwrap_or(1)),
        last: (last.0, last.1.unwrap_or(31)),
        whole_month: first.1.is_none(),
        gone: words.starts_with("last "),
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
