//! Lengths, and dates reckoned by them: `2 weeks before May 13`, `3 days starting next Monday`,
//! `within 2 weeks from today`, `Monday, two weeks from now`, `2 next days`, `3h`, `all day`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{From, Length, Meaning, Placed, Say};
use super::super::super::number::plain;
use super::super::super::unit::Unit;
use super::super::{Read, length::amounts};
use super::{Dated, date, weekday};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    if let Some((say, end)) =
        with_weekday(start).or_else(|| spanning(start)).or_else(|| shifted(start))
    {
        return Some((Meaning::Date(say), end));
    }
    counted_first(start)
}

/// `Monday two weeks from now`, `3 weeks after Christmas on Friday`.
fn with_weekday(start: Cursor<'_>) -> Dated<'_> {
    if let Some((day, end)) = weekday(start) {
        let (say, end) = shifted(end.skip_mark(','))?;
        return Some((Say::DayInWeek(day, Box::new(say)), end));
    }
    let (say, end) = shifted(start)?;
    let (day, end) = weekday(end.eat("on")?)?;
    Some((Say::DayInWeek(day, Box::new(say)), end))
}

/// A length from a date: `2 weeks before May 13`, `16 days from 01/02/2018`, `two years since
/// 2011`, `two weeks from now`, `3 weeks later`.
fn shifted(start: Cursor<'_>) -> Dated<'_> {
    let (length, end) = amounts(start).filter(|(length, _)| length.finest() >= Unit::Night)?;
    if let Some(end) = end.eat("later") {
        return Some((Say::Shift { length, sign: 1, from: From::Writing }, end));
    }
    let sign = match () {
        () if end.any(&["after", "from", "following", "since"]) => 1,
        () if end.any(&["before", "prior"]) => -1,
        () => return None,
    };
    let at = end.next().skip("to");
    let at = at.eat_all("the year").unwrap_or(at);
    let from = match at.eat("now") {
        Some(end) => (From::Writing, end),
        None => date(at).map(|(say, end)| (From::Date(Box::new(say)), end))?,
    };
    Some((Say::Shift { length, sign, from: from.0 }, from.1))
}

/// A length that starts with a date: `3 days starting from next Monday`, `for 1 week, from 20th
/// dec`, `less than 3 days after tomorrow`.
fn spanning(start: Cursor<'_>) -> Dated<'_> {
    let within = start.eat_any(&["within", "for"]).or_else(|| start.eat_all("less than"));
    let (length, end) =
        amounts(within.unwrap_or(start)).filter(|(length, _)| length.finest() >= Unit::Night)?;
    let end = end.skip_mark(',');
    let starting = end
        .eat_any(&["starting", "beginning", "commencing"])
        .map(|at| at.eat_any(&["from", "on"]).unwrap_or(at));
    let at = starting.or_else(|| within.and_then(|_| end.eat_any(&["from", "after"])))?;
    let (from, end) = match at.eat("now") {
        Some(end) => (Say::Day(0), end),
        None => date(at)?,
    };
    Some((Say::Spanning(length, Box::new(from)), end))
}

/// `2 next days`, `5 past years`, `10 previous weeks`.
fn counted_first(start: Cursor<'_>) -> Read<'_> {
    let number = plain(start)?;
    let placed = match () {
        () if number.end.any(&["next", "coming", "upcoming", "following"]) => Placed::Future,
        () if number.end.any(&["past", "last", "previous"]) => Placed::Past,
        () => return None,
    };
    let unit = number.end.next();
    let kind = unit.entry().unit.filter(|_| unit.entry().plural)?;
    let length = Length::of(Some(number.value), kind);
    Some((Meaning::Length(length, placed), unit.next()))
}

/// Lengths by letters and by `all`: `3h`, `10D`, `all day`, `another week`, `one and half hour`.
pub(super) fn length(start: Cursor<'_>) -> Read<'_> {
    let (length, end) = lettered(start).or_else(|| all(start)).or_else(|| with_part(start))?;
    Some((Meaning::Length(length, Placed::Nowhere), end))
}

fn lettered(start: Cursor<'_>) -> Option<(Length, Cursor<'_>)> {
    start.eat_digits()?;
    let number = plain(start)?;
    let letter = number.end;
    let unit = match letter.word() {
        "h" | "H" => Unit::Hour,
        "d" | "D" => Unit::Day,
        "w" | "W" => Unit::Week,
        "y" | "Y" => Unit::Year,
        _ => return None,
    };
    letter.glued().then(|| (Length::of(Some(number.value), unit), letter.next()))
}

fn all(start: Cursor<'_>) -> Option<(Length, Cursor<'_>)> {
    let brought = start.back().is_some_and(|back| back.any(&["for"]));
    let at = start
        .eat_any(&["all", "another", "whole"])
        .or_else(|| start.eat("the").filter(|at| brought && at.is("hour")))?;
    let unit = at.entry().unit.filter(|_| !at.entry().plural)?;
    Some((Length::of(Some(1.0), unit), at.next()))
}

/// `one hour and half`, `one and a quarter year`, `twenty and four hours`.
fn with_part(start: Cursor<'_>) -> Option<(Length, Cursor<'_>)> {
    let number = plain(start)?;
    if let Some((part, end)) = fraction(number.end) {
        let unit = end.entry().unit?;
        return Some((Length::of(Some(number.value + part), unit), end.next()));
    }
    if let Some(unit) = number.end.entry().unit {
        let (part, end) = fraction(number.end.next())?;
        return Some((Length::of(Some(number.value + part), unit), end));
    }
    let ones = plain(number.end.eat("and")?)?;
    let tens = number.value >= 20.0 && number.value % 10.0 == 0.0 && ones.value < 10.0;
    let unit = ones.end.entry().unit.filter(|_| tens)?;
    Some((Length::of(Some(number.value + ones.value), unit), ones.end.next()))
}

/// `and a half`, `and half`, `and a quarter`.
fn fraction(end: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let at = end.eat("and")?.skip("a");
    at.eat("half").map(|end| (0.5, end)).or_else(|| at.eat("quarter").map(|end| (0.25, end)))
}
