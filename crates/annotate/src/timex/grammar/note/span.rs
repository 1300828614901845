//! Stretches between two dates as one expression: `from 4 to 22 this month`, `10/1-11/2/2017`,
//! `between Jan 22 and now`, `next week between Wednesday and Friday`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{Meaning, Say, Which, Year};
use super::super::{Read, calendar, the};
use super::{Dated, date, day, is_day, longest, weekday};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let ways = [days_of_month, days_after_month, weekdays_of_week, dates];
    let (say, end) = longest(ways.iter().filter_map(|way| way(start)))?;
    Some((Meaning::Date(say), end))
}

fn range(from: Say, to: Say) -> Say {
    Say::Range(Box::new(from), Box::new(to))
}

/// Past `from` or `between`.
pub(super) fn introduction(start: Cursor<'_>) -> Option<Cursor<'_>> {
    start.eat_any(&["from", "between"])
}

/// Past what stands between two ends; `and` only after `between`.
pub(super) fn connector(end: Cursor<'_>, between: bool) -> Option<Cursor<'_>> {
    end.eat_any(&["to", "until", "till", "through", "thru"])
        .or_else(|| end.eat("and").filter(|_| between))
        .or_else(|| end.eat_dash())
        .or_else(|| end.eat_mark('~'))
}

/// `4`, `to`, `22`: two days of a month, the first before the second.
fn two_days(start: Cursor<'_>) -> Option<((i8, i8), Cursor<'_>)> {
    let at = introduction(start).unwrap_or(start);
    let (first, end) = day::day_number(the(at))?;
    let at = connector(end, start.is("between"))?;
    let (last, end) = day::day_number(the(at))?;
    (first < last).then_some(((first, last), end))
}

fn in_month(days: (i8, i8), month: &Say) -> Say {
    let day = |day| Say::DayOf(day, Box::new(month.clone()));
    range(day(days.0), day(days.1))
}

/// `from 4 to 22 this month`, `3 until 12 of Sept`.
fn days_of_month(start: Cursor<'_>) -> Dated<'_> {
    let (days, end) = two_days(start)?;
    let (month, end) = day::a_month(end).or_else(|| {
        let at = end.eat_any(&["of", "in"]).unwrap_or(end).skip_mark(',');
        month_and_year(at)
    })?;
    Some((in_month(days, &month), end))
}

/// `November between 19 and 20`, `Feb between 2-7 two thousand and eighteen`.
fn days_after_month(start: Cursor<'_>) -> Dated<'_> {
    let month = start.entry().month?;
    let at = start.next().skip_mark('.');
    introduction(at)?;
    let (days, end) = two_days(at)?;
    let (year, end) = calendar::year_after(end);
    Some((in_month(days, &Say::Calendar { year, month, day: None, weekday: None }), end))
}

fn month_and_year(at: Cursor<'_>) -> Dated<'_> {
    let month = at.entry().month?;
    let (year, end) = calendar::year_after(at.next().skip_mark('.'));
    let end = if year == Year::Open { at.next() } else { end };
    Some((Say::Calendar { year, month, day: None, weekday: None }, end))
}

/// `next week between Wednesday and Friday`, `Tue to Thur next week`.
fn weekdays_of_week(start: Cursor<'_>) -> Dated<'_> {
    let week = |at| {
        let (which, at) = day::which(at)?;
        Some((which, at.eat("week")?))
    };
    let lead: Option<(Which, Cursor<'_>)> = week(start);
    let at = lead.map_or(start, |(_, end)| end);
    let inner = introduction(at).unwrap_or(at);
    let (first, end) = weekday(inner)?;
    let (last, end) = weekday(connector(end, at.is("between"))?)?;
    let (which, end) = lead.map(|(which, _)| (which, end)).or_else(|| week(end))?;
    Some((range(Say::WeekdayOf(first, which), Say::WeekdayOf(last, which)), end))
}

/// `from 10/1 to 11/7`, `26 june to 28 june in 2020`, `between Jan 2019 and now`, `Nov-Feb 2017`.
fn dates(start: Cursor<'_>) -> Dated<'_> {
    let introduced = introduction(start);
    let at = introduced.unwrap_or(start);
    let number = day::day_number(the(at)).filter(|_| introduced.is_some()).map(day_of_some_month);
    let firsts = [point(at), number];
    longest(firsts.into_iter().flatten().filter_map(|(first, end)| {
        let (last, end) = last_point(&first, end, start.is("between"))?;
        Some((range(first, last), end))
    }))
}

fn day_of_some_month((day, end): (i8, Cursor<'_>)) -> (Say, Cursor<'_>) {
    (Say::DayOfMonth { day, weekday: None, which: Which::Bare }, end)
}

/// The second end after the connector.
fn last_point<'p>(first: &Say, end: Cursor<'p>, between: bool) -> Dated<'p> {
    let end = end.skip_mark(',');
    let to_date = end.eat_any(&["to", "till", "until"]);
    if let Some(end) = to_date.and_then(|at| at.skip("current").eat("date")) {
        return Some((Say::Day(0), end));
    }
    let at = connector(end, between)?;
    let number = day::day_number(the(at)).filter(|_| is_day(first)).map(day_of_some_month);
    longest([point(at), number].into_iter().flatten())
}

/// A date as an end: also a month by its name alone, and `now`.
fn point(at: Cursor<'_>) -> Dated<'_> {
    if let Some(end) = at.eat("now").or_else(|| at.eat_all("right now")) {
        return Some((Say::Day(0), end));
    }
    longest([date(at), month_and_year(at)].into_iter().flatten())
}
