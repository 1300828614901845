//! The shorthand of calendars and notes: `4/22`, `the 27`, `week 10`, `next week Mon`, `3h`,
//! `from 4 to 22 this month`, `2 weeks before May 13`, `Tue 2-3:30pm`.
//!
//! These rules read only a page that is a note. In a report `4/22` is a score or a share, `the
//! second` an ordinal and `6-8` a result, and a range is two expressions, as TimeML has it.

mod clock;
mod day;
mod hours;
mod often;
mod reckon;
mod span;
mod unit;

use super::super::atom::Cursor;
use super::super::meaning::{Meaning, Say};
use super::{Family, Read};

/// The families of notes. Of readings of the same length the first wins, also before those of
/// reports.
pub(super) const FAMILIES: [Family; 7] = [
    ("hours", hours::read),
    ("clock", clock::read),
    ("shorthand", date_meaning),
    ("span", span::read),
    ("reckoned", reckon::read),
    ("often", often::read),
    ("length", reckon::length),
];

/// What a rule for dates reads: the date and the place after it.
type Dated<'p> = Option<(Say, Cursor<'p>)>;

fn date_meaning(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = date(start)?;
    Some((Meaning::Date(say), end))
}

/// Any date of a note: the longest of all ways to write one, the shorthand first.
fn date(start: Cursor<'_>) -> Dated<'_> {
    const WAYS: [for<'p> fn(Cursor<'p>) -> Dated<'p>; 13] = [
        day::weekday_and_date,
        day::weekday_alone,
        day::fields,
        day::of_month,
        day::relative_weekday,
        day::week_and_day,
        day::bare,
        unit::numbered,
        unit::nth,
        unit::own,
        unit::named,
        unit::holiday,
        known,
    ];
    longest(WAYS.iter().filter_map(|way| way(start)))
}

/// A date as reports write it.
fn known(start: Cursor<'_>) -> Dated<'_> {
    let families =
        [super::calendar::read, super::period::read, super::relative::read, super::year::read];
    longest(families.iter().filter_map(|read| match read(start)? {
        (Meaning::Date(say), end) => Some((say, end)),
        _ => None,
    }))
}

/// The reading that ends last; of several, the first.
fn longest<'p, T>(readings: impl Iterator<Item = (T, Cursor<'p>)>) -> Option<(T, Cursor<'p>)> {
    readings.reduce(|best, next| if next.1.at > best.1.at { next } else { best })
}

/// A date that is one day.
fn one_day(start: Cursor<'_>) -> Dated<'_> {
    date(start).filter(|(say, _)| is_day(say))
}

fn is_day(say: &Say) -> bool {
    match say {
        Say::Day(_)
        | Say::DayOfMonth { .. }
        | Say::DayOf(..)
        | Say::DayInWeek(..)
        | Say::Weekday(..)
        | Say::WeekdayOf(..)
        | Say::NthWeekday { .. }
        | Say::Holiday(..) => true,
        Say::Calendar { day, .. } => day.is_some(),
        Say::Shift { length, .. } => length.finest() <= super::Unit::Day,
        _ => false,
    }
}

/// A weekday by its name or any short form.
fn weekday(at: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let day = at.entry().weekday?;
    // `sat` and `sun` are words.
    if at.any(&["sat", "sun"]) && !at.capital() {
        return None;
    }
    let end = at.next();
    let dotted =
        at.entry().short && end.glued() && end.mark() == Some('.') && !end.next().starts_line();
    Some((day, if dotted && !end.next().capital() { end.next() } else { end }))
}
