//! Dates told as a part of another date, or as a stretch from it: `the 20th of next month`, `the
//! last week of July`, `week 10`, `the rest of the year`, `three days starting next Monday`.

use jiff::civil::Date;

use super::meaning::{Length, Say, Year};
use super::resolve::{Basis, Context, Resolved, from_written, in_year, resolve, step};
use super::unit::Unit;
use super::when::{When, add, containing, monday, weekday_of};

/// A day of a month; an open value where the month has no such day.
pub(super) fn day_of(day: i8, month: &Say, context: &Context) -> Resolved {
    let (month, basis) = resolve(month, context);
    let date = month.first().and_then(|first| Date::new(first.year(), first.month(), day).ok());
    let open = || When::Open(format!("{}-{day:02}", month.value()));
    (date.map_or_else(open, When::Day), basis)
}

/// A week by its ISO number.
pub(super) fn week_number(n: i8, year: Year, context: &Context) -> Resolved {
    let week = |year: i16| {
        let first = thursday_on(Date::new(year, 1, 1).ok()?)?;
        add(monday(first), i32::from(n) - 1, Unit::Week).map(When::Week)
    };
    match year {
        Year::Open => from_written(context, "XXXX-WXX", |written| week(written.year())),
        year => in_year(year, context, &format!("W{n:02}"), week),
    }
}

/// The first Thursday on or after a day: the day that says which month or year a week is of
/// (ISO 8601).
fn thursday_on(day: Date) -> Option<Date> {
    const THURSDAY: i8 = 4;
    let ahead = (THURSDAY - day.weekday().to_monday_one_offset()).rem_euclid(7);
    add(day, i32::from(ahead), Unit::Day)
}

/// So many units of a stretch, from the n-th on, or the last ones for 0.
pub(super) fn nth(n: i8, count: i8, unit: Unit, of: &Say, context: &Context) -> Resolved {
    let (whole, basis) = resolve(of, context);
    let found = whole.first().zip(whole.last()).and_then(|(first, last)| {
        let start = start_of_nth(n, i32::from(count), unit, first, last)?;
        let end = add(add(start, i32::from(count), unit)?, -1, Unit::Day)?;
        Some(match count {
            1 => containing(start, unit),
            _ => {
                let (from, to) = (containing(start, unit), containing(end, unit));
                When::Range(Box::new(from), Box::new(to))
            }
        })
    });
    match found {
        Some(when) => (when, basis),
        None => (When::Open(whole.value()), Basis::Missing),
    }
}

fn start_of_nth(n: i8, count: i32, unit: Unit, first: Date, last: Date) -> Option<Date> {
    let steps = i32::from(n) - 1;
    match (unit, n) {
        (Unit::Week, 0) => {
            let thursday = thursday_on(add(last, -6, Unit::Day)?)?;
            add(monday(thursday), 1 - count, Unit::Week)
        }
        (Unit::Week, _) => add(monday(thursday_on(first)?), steps, Unit::Week),
        (_, 0) => add(add(last, 1, Unit::Day)?, -count, unit),
        _ => add(first, steps, unit),
    }
}

/// From the day of writing to the last day of the unit.
pub(super) fn rest(unit: Unit, context: &Context) -> Resolved {
    from_written(context, "XXXX-XX-XX", |written| {
        let last = containing(written, unit).last()?;
        Some(When::Range(Box::new(When::Day(written)), Box::new(When::Day(last))))
    })
}

/// A length from the first day of a date on.
pub(super) fn spanning(length: &Length, from: &Say, context: &Context) -> Resolved {
    let (start, basis) = resolve(from, context);
    let days = start.first().and_then(|first| {
        let last = add(step(first, length, 1)?, -1, Unit::Day)?;
        Some(When::Range(Box::new(When::Day(first)), Box::new(When::Day(last))))
    });
    (days.unwrap_or(start), basis)
}

/// A weekday of the week that holds a date.
pub(super) fn day_in_week(day: i8, date: &Say, context: &Context) -> Resolved {
    let (date, basis) = resolve(date, context);
    let found = date.first().and_then(|first| weekday_of(monday(first), day));
    (found.map_or(date, When::Day), basis)
}

/// The first day from `start` on that a weekday or day of the month can mean; none for dates that
/// say more of themselves.
pub(super) fn first_from(to: &Say, start: Date) -> Option<When> {
    let fits: Box<dyn Fn(Date) -> bool> = match *to {
        Say::Weekday(day, _) => Box::new(move |date| date.weekday().to_monday_one_offset() == day),
        Say::DayOfMonth { day, .. } => Box::new(move |date| date.day() == day),
        _ => return None,
    };
    (0..=DAYS_AROUND)
        .filter_map(|days| add(start, days, Unit::Day))
        .find(|date| fits(*date))
        .map(When::Day)
}

/// The longest way to the next such day of the month: from the 31st of a month over a shorter one.
const DAYS_AROUND: i32 = 62;

/// The last time up to `end` that a date without its year or month can mean; none for dates that
/// say more of themselves.
pub(super) fn last_to(from: &Say, end: Date) -> Option<When> {
    match *from {
        Say::Calendar { year: Year::Open, month, day, .. } => {
            let make = |year| match day {
                Some(day) => Date::new(year, month, day).ok().map(When::Day),
                None => Some(When::Month(year, month)),
            };
            [end.year(), end.year() - 1]
                .into_iter()
                .filter_map(make)
                .find(|when| when.first().is_some_and(|first| first <= end))
        }
        Say::DayOfMonth { day, .. } => (0..=DAYS_AROUND)
            .filter_map(|days| add(end, -days, Unit::Day))
            .find(|date| date.day() == day)
            .map(When::Day),
        _ => None,
    }
}
