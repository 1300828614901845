//! Weeks, months, years and holidays in shorthand: `week 10`, `the third week of July`, `my week`,
//! `the rest of the month`, `2016, nov`, `the week after next`, `in may`, `next easter`.

use super::super::super::atom::Cursor;
use super::super::super::lexicon::Holiday;
use super::super::super::meaning::{Say, Which, Year};
use super::super::super::number::{ordinal, plain};
use super::super::super::unit::Unit;
use super::super::{calendar, narrowing, relative, the};
use super::{Dated, day, weekday};

/// A year that is said after a date: `of 2027`, `next year`.
fn a_year(end: Cursor<'_>) -> (Year, Cursor<'_>) {
    let at = end.eat_any(&["of", "in"]).unwrap_or(end);
    match calendar::year_after(at) {
        (Year::Open, _) => (Year::Open, end),
        found => found,
    }
}

/// `week 10`, `the week 3 of 2027`, `year 247`, `w/c Feb 4`, `the week of the 18th`.
pub(super) fn numbered(start: Cursor<'_>) -> Dated<'_> {
    let at = the(start);
    if let Some(date) = at.eat("w").and_then(|slash| slash.eat_mark('/')?.eat("c")) {
        let (say, end) = super::one_day(date)?;
        return Some((Say::WeekOf(Box::new(say)), end));
    }
    if let Some(of) = at.eat("week").and_then(|of| of.eat_any(&["of", "beginning", "starting"])) {
        let (say, end) = super::one_day(of)?;
        return Some((Say::WeekOf(Box::new(say)), end));
    }
    if let Some(number) = at.eat("year") {
        let year = plain(number).filter(|n| (1.0..=9999.0).contains(&n.value))?;
        return Some((Say::Year(year.value as i16), year.end));
    }
    let (n @ 1..=53, 1 | 2, end) = at.eat_any(&["week", "wk"])?.eat_digits()? else { return None };
    let (year, end) = a_year(end);
    Some((Say::WeekNumber(n as i8, year), end))
}

/// `the third week of 2027`, `first week of Jan 2015`, `the last three weeks of this year`, `the
/// 9th month of next year`, `1st week of Oct. on Friday`.
pub(super) fn nth(start: Cursor<'_>) -> Dated<'_> {
    let at = the(start);
    let (n, at) = match ordinal(at) {
        Some((n @ 1..=53, end)) => (n as i8, end),
        _ => (0, at.eat_any(&["last", "final"])?),
    };
    let (count, unit_at) = match plain(at) {
        Some(number) if n <= 1 && (2.0..=60.0).contains(&number.value) => {
            (number.value as i8, number.end)
        }
        Some(_) => return None,
        None => (1, at),
    };
    let unit =
        unit_at.entry().unit.filter(|unit| matches!(unit, Unit::Day | Unit::Week | Unit::Month))?;
    let end = unit_at.next();
    let of = the(end.eat_any(&["of", "in"]).unwrap_or(end));
    let (whole, end) = day::a_month(of).or_else(|| year_or_month(of))?;
    let stretch = Say::Nth { n, count, unit, of: Box::new(whole) };
    if let Some((day, end)) = end.skip_mark('.').eat("on").and_then(weekday) {
        return Some((Say::DayInWeek(day, Box::new(stretch)), end));
    }
    Some((stretch, end))
}

fn year_or_month(at: Cursor<'_>) -> Dated<'_> {
    if let (Year::Given(year), end) = calendar::year_after(at) {
        return Some((Say::Year(year), end));
    }
    if let Some(read @ (Say::Unit(Unit::Year, _), _)) = relative::this_unit(at) {
        return Some(read);
    }
    let dated = day::fields(at).or_else(|| named(at)).or_else(|| calendar::date(at));
    dated.filter(|(say, _)| matches!(say, Say::Calendar { day: None, .. }))
}

/// `the week`, `my weekend`, `the day`, `rest of my week`, `end of year`, `this working week`,
/// `the month after the next`, `the day before`.
pub(super) fn own(start: Cursor<'_>) -> Dated<'_> {
    if let Some(read) =
        rest(start).or_else(|| super::super::relative::after_next(start)).or_else(|| edge(start))
    {
        return Some(read);
    }
    if let Some((which, at)) = day::which(start) {
        return working_week(at, which);
    }
    let owner = start.eat_any(&["the", "my", "your", "our", "his", "her", "their"]);
    let at = owner.unwrap_or(start);
    let unit = at.entry().unit.filter(|_| !at.entry().plural)?;
    let end = at.next();
    match unit {
        Unit::Weekend => Some((Say::Unit(unit, Which::This), end)),
        Unit::Day
            if owner.is_some() && end.any(&["before", "after"]) && ends_sentence(end.next()) =>
        {
            Some((Say::Day(if end.is("before") { -1 } else { 1 }), end.next()))
        }
        Unit::Day | Unit::Week | Unit::Month | Unit::Fortnight
            if owner.is_some() && !end.any(&["of", "after", "before", "that"]) =>
        {
            Some((Say::Unit(unit, Which::This), end))
        }
        _ => None,
    }
}

fn ends_sentence(end: Cursor<'_>) -> bool {
    end.word().is_empty() && end.eat_digits().is_none()
}

/// `the rest of the week`, `rest of my week`, `remaining of the week`.
fn rest(start: Cursor<'_>) -> Dated<'_> {
    let at = the(start).eat_any(&["rest", "remainder", "remaining"])?.skip("of");
    let at = at.eat_any(&["the", "this", "my", "our", "your"]).unwrap_or(at);
    let unit = at.entry().unit.filter(|unit| *unit > Unit::Day && !at.entry().plural)?;
    Some((Say::Rest(unit), at.next()))
}

/// `end of month`, `EOY`: the unit, as `the end of the month` is.
fn edge(start: Cursor<'_>) -> Dated<'_> {
    let at = the(start);
    if let Some(end) = at.eat("eoy") {
        return Some((Say::Unit(Unit::Year, Which::This), end));
    }
    if let Some(end) = at.eat("eom") {
        return Some((Say::Unit(Unit::Month, Which::This), end));
    }
    let at = at.eat_any(&["end", "start", "beginning", "middle"])?.eat("of")?;
    let unit = at.entry().unit.filter(|unit| *unit >= Unit::Week && !at.entry().plural)?;
    Some((Say::Unit(unit, Which::This), at.next()))
}

/// `this working week`, `next workweek`: Monday to Friday.
fn working_week(at: Cursor<'_>, which: Which) -> Dated<'_> {
    let end =
        at.eat("workweek").or_else(|| at.eat_any(&["working", "work", "business"])?.eat("week"));
    let calendar = at.eat_all("calendar year").map(|end| (Say::Unit(Unit::Year, which), end));
    let (monday, friday) = (Say::WeekdayOf(1, which), Say::WeekdayOf(5, which));
    end.map(|end| (Say::Range(Box::new(monday), Box::new(friday)), end)).or(calendar)
}

/// A month or season by its name alone, in any case, where a word brings it: `in may`, `from sep`.
pub(super) fn named(start: Cursor<'_>) -> Dated<'_> {
    if let Some((which, at)) = day::which(start)
        && let Some(month) = at.entry().month
    {
        let year = Year::Relative(match which {
            Which::Last => Which::Previous,
            Which::Next => Which::Following,
            other => other,
        });
        return Some((Say::Calendar { year, month, day: None, weekday: None }, after_month(at)));
    }
    let at = narrowing(start).unwrap_or(start);
    if let Some(season) = the(at).entry().season {
        let (year, end) = a_year(the(at).next());
        let verb = the(at).any(&["fall", "spring"]) && the(at).at == start.at;
        let year = if year == Year::Open { Year::Relative(Which::Bare) } else { year };
        return (!verb).then_some((Say::Season(season, year), end));
    }
    let month = at.entry().month?;
    let brought = at.at > start.at
        || start.back().is_some_and(|back| {
            back.any(&[
                "in", "of", "from", "to", "between", "and", "after", "before", "since", "until",
                "till", "by", "through", "on", "for",
            ]) || matches!(back.mark(), Some('-' | '–' | '~' | '/'))
        });
    let end = after_month(at);
    let (year, end) = a_year(end);
    (brought || year != Year::Open)
        .then_some((Say::Calendar { year, month, day: None, weekday: None }, end))
}

fn after_month(at: Cursor<'_>) -> Cursor<'_> {
    let end = at.next();
    end.eat_mark('.').filter(|_| end.glued() && at.entry().short).unwrap_or(end)
}

/// A holiday in any case, with its year: `last easter`, `black friday 2010`, `new year`.
pub(super) fn holiday(start: Cursor<'_>) -> Dated<'_> {
    const NEW_YEAR: Holiday = Holiday::Fixed(1, 1);
    let (which, at) = match the(start) {
        at if at.any(&["last", "previous"]) => (Year::Relative(Which::Previous), at.next()),
        at if at.any(&["next", "following"]) => (Year::Relative(Which::Following), at.next()),
        at if at.is("this") => (Year::Relative(Which::This), at.next()),
        at => (Year::Open, at),
    };
    let (rule, end) = calendar::holiday_name(at)
        .or_else(|| Some((NEW_YEAR, at.eat_all("new year")?.skip("day"))))?;
    let (year, end) = match a_year(end) {
        (Year::Open, _) => (which, end),
        given => given,
    };
    let say = Say::Holiday(rule, year);
    match end.entry().unit {
        Some(Unit::Week) => Some((Say::WeekOf(Box::new(say)), end.next())),
        _ => Some((say, end)),
    }
}
