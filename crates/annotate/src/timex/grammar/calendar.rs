//! Months and days: `July 9-11`, `Friday, Oct. 23, 1998`, `the 5th of May`, `5 May 2020`,
//! `2016-11-07`, `11/7/2016`, `late November`, `Christmas Eve`, `April 24 and 25`.
//!
//! Not: `may` the verb, `march` the verb, `Theresa May`, `the Sun`, `Jan de Vries`.

use super::super::atom::Cursor;
use super::super::lexicon::Holiday;
use super::super::meaning::{Meaning, Say, Which, Year};
use super::super::number::ordinal;
use super::super::unit::Unit;
use super::year::{four_digits, pivot};
use super::{Read, narrowing, the};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = date(start)?;
    Some((Meaning::Date(say), end))
}

/// Any way to write a date down.
pub(super) fn date(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    numeric(start).or_else(|| named(start))
}

fn named(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (weekday, at) = leading_weekday(start);
    let at = match weekday {
        Some(_) => at,
        None => narrowing(start).or_else(|| which_month(start)).unwrap_or(start),
    };
    range_of_days(at)
        .or_else(|| month_first(at, weekday))
        .or_else(|| day_first(at, weekday))
        .or_else(|| weekday.and_then(|weekday| day_of_month(at, weekday)))
        .or_else(|| weekday.is_none().then(|| holiday(start)).flatten())
}

/// `last` before a month with a day, as in `last Oct. 23`, changes nothing but its direction.
fn which_month(start: Cursor<'_>) -> Option<Cursor<'_>> {
    None.or_else(|| {
        let next = start.eat("last")?;
        (next.entry().month.is_some() && day(after_month(next)).is_some()).then_some(next)
    })
}

/// `Friday,` before a date.
fn leading_weekday(start: Cursor<'_>) -> (Option<i8>, Cursor<'_>) {
    let day = start.eat_any(&["this", "last", "next"]).map(|day| day.skip("coming").skip("past"));
    let day = day.unwrap_or(start);
    match day.entry().weekday {
        Some(weekday) if day.capital() || !day.entry().short => {
            let at = day.next().skip_mark('.').skip_mark(',').skip_mark('(');
            (Some(weekday), the(at.skip("on")))
        }
        _ => (None, start),
    }
}

/// Past a month's name and its period.
fn after_month(month: Cursor<'_>) -> Cursor<'_> {
    let end = month.next();
    match end.eat_mark('.') {
        Some(after) if end.glued() && month.entry().short => after,
        _ => end,
    }
}

/// A month's name that is one: capital, or not a common word.
fn month(at: Cursor<'_>) -> Option<i8> {
    let month = at.entry().month?;
    let common = at.any(&["may", "march", "mar", "sep", "dec", "jan", "august"]);
    (at.capital() || !common).then_some(month)
}

/// `July 9`, `July 9th, 2020`, `October 1998`, `June of 1999`, `November`.
fn month_first(at: Cursor<'_>, weekday: Option<i8>) -> Option<(Say, Cursor<'_>)> {
    let month = month(at)?;
    let after = after_month(at);
    if let Some((day, end)) = day_after_month(after) {
        let (year, end) = year_after(end);
        return Some((Say::Calendar { year, month, day: Some(day), weekday }, end));
    }
    if weekday.is_some() {
        return None;
    }
    let (year, end) = year_after(after.skip("of").skip("in"));
    let (year, end) = match year {
        Year::Open => (year, after),
        _ => (year, end),
    };
    let alone = year == Year::Open;
    if alone && at.entry().short && !at.is("sept") && !after_month_period(at) {
        return None;
    }
    if alone && (is_name(at) || at.is("may") && !at.capital()) {
        return None;
    }
    Some((
        Say::Calendar { year, month, day: None, weekday: None },
        if alone { at.next() } else { end },
    ))
}

fn after_month_period(at: Cursor<'_>) -> bool {
    after_month(at).at > at.at + 1
}

/// Whether a month's name stands as a person's: `Theresa May`, `April Smith`, `Julian March`.
fn is_name(at: Cursor<'_>) -> bool {
    let may = at.any(&["may", "april", "june", "august", "march"]);
    let before = at.back().filter(|_| !at.starts_line());
    let name_before = before.is_some_and(|back| {
        back.capital()
            && !back.entry().short
            && back.entry().weekday.is_none()
            && !super::STARTERS.iter().any(|word| back.is(word))
    });
    let name_after = at.next().capital()
        && !at.next().glued()
        && at.next().entry().month.is_none()
        && !at.next().starts_line();
    may && (name_before || name_after && !at.any(&["march", "may", "august"]))
}

/// `9`, `9th`, `the 9th`, `the twenty-first`, directly after a month.
fn day_after_month(at: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let at = the(at.skip_hyphen());
    if let Some((value, end)) = ordinal(at) {
        return is_day(value).map(|day| (day, end));
    }
    day(at)
}

/// One or two digits that are a day.
fn day(at: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (value, 1 | 2, end) = at.eat_digits()? else { return None };
    let part = end.glued()
        && (matches!(end.mark(), Some(':' | '%' | '.' | ','))
            && end.next().glued()
            && end.next().eat_digits().is_some()
            || matches!(end.mark(), Some('%')));
    if part || (end.glued() && !end.word().is_empty()) {
        return None;
    }
    let hour = end.any(&["am", "pm"]) || (end.any(&["a", "p"]) && end.next().mark() == Some('.'));
    if hour {
        return None;
    }
    is_day(value).map(|day| (day, end))
}

fn is_day(value: u32) -> Option<i8> {
    (1..=31).contains(&value).then_some(value as i8)
}

/// The year after a day or month: `, 1998`, ` 1998`, `last year`, `of this year`, `’98`.
pub(super) fn year_after(end: Cursor<'_>) -> (Year, Cursor<'_>) {
    let at = end.skip_mark(',');
    let at = if at.at > end.at { at } else { at.skip_hyphen() };
    if let Some((year, after)) = any_year(at)
        && !(after.entry().unit.is_some() && after.entry().plural)
    {
        return (Year::Given(year), after);
    }
    if let Some((year, after)) = super::super::number::spelled_year(at) {
        return (Year::Given(year), after);
    }
    if let Some(digits) = at.eat_apostrophe()
        && let Some((two, 2, after)) = digits.eat_digits()
        && digits.glued()
    {
        return (Year::Given(pivot(two)), after);
    }
    let of = end.eat_any(&["of", "in"]).unwrap_or(end);
    match relative_year(of) {
        Some((which, after)) => (Year::Relative(which), after),
        None => (Year::Open, end),
    }
}

/// Four digits that stand as a year beside a month: medieval ones too.
fn any_year(at: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let (value @ 1000..=2100, 4, end) = at.eat_digits()? else { return None };
    Some((value as i16, end))
}

/// `last year`, `this year`, `next year`.
pub(super) fn relative_year(at: Cursor<'_>) -> Option<(Which, Cursor<'_>)> {
    let which = match () {
        () if at.is("last") => Which::Last,
        () if at.is("this") => Which::This,
        () if at.is("next") => Which::Next,
        () if at.any(&["that", "same"]) => Which::Same,
        () => return None,
    };
    let year = at.next();
    (year.is("year") && year.next().eat_genitive().is_none()).then(|| (which, year.next()))
}

/// `5 May 2020`, `the 5th of May`, `5-Aug-2016`.
fn day_first(start: Cursor<'_>, weekday: Option<i8>) -> Option<(Say, Cursor<'_>)> {
    if super::is_money(start) {
        return None;
    }
    let at = the(start);
    let (day, after) = match ordinal(at) {
        Some((value, end)) => (is_day(value)?, end.skip("day")),
        None => day(at)?,
    };
    let month_at = after.skip("of").skip_hyphen();
    let month = month(month_at)?;
    let spaced = after_month(month_at);
    let (year, end) = year_after(spaced);
    Some((Say::Calendar { year, month, day: Some(day), weekday }, end))
}

/// `Friday the 11th`, `Tuesday the twenty-first`.
fn day_of_month(at: Cursor<'_>, weekday: i8) -> Option<(Say, Cursor<'_>)> {
    let (value, end) = ordinal(at)?;
    let day = is_day(value)?;
    let noun =
        !end.word().is_empty() && !end.any(&["of", "at", "and", "to", "until"]) && end.capital();
    (!noun).then_some((Say::DayOfMonth { day, weekday: Some(weekday), which: Which::This }, end))
}

/// `July 9-11`, `July 30-August 2`, `9-11 July`, `July 9 to 11, 2024`, `between July 9 and July 11`.
fn range_of_days(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    month_range(at).or_else(|| days_then_month(at)).or_else(|| months(at))
}

/// `June-August 1992`, `Jan–Feb`.
fn months(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let first = month(at)?;
    let second = after_month(at).eat_dash()?;
    let last = month(second).filter(|last| *last > first)?;
    let (year, end) = year_after(after_month(second));
    let say = |month| Box::new(Say::Calendar { year, month, day: None, weekday: None });
    Some((Say::Range(say(first), say(last)), end))
}

fn month_range(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let first_month = month(at)?;
    let (first, end) = day_after_month(after_month(at))?;
    let dash = end.eat_dash();
    let second = dash.or_else(|| end.eat_any(&["to", "through", "till"]))?;
    if let Some(last_month) = month(second).filter(|_| dash.is_some()) {
        let (last, end) = day_after_month(after_month(second))?;
        let (year, end) = year_after(end);
        return Some((range((year, first_month, first), (year, last_month, last)), end));
    }
    let spelled = end.eat_dash().is_none();
    let (last, end) = day_after_month(second)?;
    if last <= first || (spelled && end.entry().unit.is_some()) {
        return None;
    }
    let (year, end) = year_after(end);
    Some((range((year, first_month, first), (year, first_month, last)), end))
}

fn days_then_month(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = the(start);
    let (first, end) = bare_day(at)?;
    let second = end.eat_dash().or_else(|| end.eat_any(&["to", "through", "till"]))?;
    let (last, end) = bare_day(the(second))?;
    let month_at = end.skip("of");
    let month = month(month_at)?;
    if last <= first {
        return None;
    }
    let (year, end) = year_after(after_month(month_at));
    Some((range((year, month, first), (year, month, last)), end))
}

fn bare_day(at: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    match ordinal(at) {
        Some((value, end)) => Some((is_day(value)?, end)),
        None => {
            let (value, 1 | 2, end) = at.eat_digits()? else { return None };
            Some((is_day(value)?, end))
        }
    }
}

fn range(from: (Year, i8, i8), to: (Year, i8, i8)) -> Say {
    let say =
        |(year, month, day)| Box::new(Say::Calendar { year, month, day: Some(day), weekday: None });
    Say::Range(say(from), say(to))
}

/// `2016-11-07`, `11/7/2016`, `21.04.2016`, `2016/11`, `4/22`.
fn numeric(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    year_first(at).or_else(|| year_last(at))
}

fn year_first(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (year, after) = four_digits(at)?;
    let mark = after.mark().filter(|mark| matches!(mark, '-' | '/' | '.') && after.glued())?;
    let (month @ 1..=12, 1 | 2, end) = after.next().eat_digits()? else { return None };
    if !after.next().glued() {
        return None;
    }
    let month = month as i8;
    let year = Year::Given(year);
    if end.mark() == Some(mark)
        && end.glued()
        && let Some((day @ 1..=31, 1 | 2, end)) = end.next().eat_digits()
    {
        return Some((Say::Calendar { year, month, day: Some(day as i8), weekday: None }, end));
    }
    (mark != '.').then_some((Say::Calendar { year, month, day: None, weekday: None }, end))
}

fn year_last(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (first @ 1..=31, 1 | 2, after) = at.eat_digits()? else { return None };
    let mark = after.mark().filter(|mark| matches!(mark, '-' | '/' | '.') && after.glued())?;
    let (second @ 1..=31, 1 | 2, end) = after.next().eat_digits()? else { return None };
    if !after.next().glued() || end.mark() != Some(mark) || !end.glued() {
        return None;
    }
    let (year, digits @ (2 | 4), end) = end.next().eat_digits()? else { return None };
    let year = Year::Given(if digits == 2 { pivot(year) } else { i16::try_from(year).ok()? });
    let (month, day) = month_and_day(first, second, mark)?;
    Some((Say::Calendar { year, month, day: Some(day), weekday: None }, end))
}

/// Which of two numbers is the month: with dots the second, else the first, unless it cannot be.
fn month_and_day(first: u32, second: u32, mark: char) -> Option<(i8, i8)> {
    let day_first = if mark == '.' { second <= 12 } else { first > 12 };
    let (month, day) = if day_first { (second, first) } else { (first, second) };
    (1..=12).contains(&month).then_some((month as i8, day as i8))
}

/// `Christmas Eve`, `last Thanksgiving`, `Easter 2019`, `Thanksgiving Day`.
fn holiday(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (which, at) = match () {
        () if start.is("last") => (Year::Relative(Which::Previous), start.next()),
        () if start.is("next") => (Year::Relative(Which::Following), start.next()),
        () if start.is("this") => (Year::Relative(Which::This), start.next()),
        () => (Year::Open, start),
    };
    let (rule, end) = named_holiday(at)?;
    if end.entry().unit == Some(Unit::Week) {
        let say = Say::Holiday(rule, which);
        return Some((Say::WeekOf(Box::new(say)), end.next()));
    }
    let (year, end) = match year_after(end) {
        (Year::Open, _) => (which, end),
        given => given,
    };
    Some((Say::Holiday(rule, year), end))
}

fn named_holiday(at: Cursor<'_>) -> Option<(Holiday, Cursor<'_>)> {
    if at.capital() { holiday_name(at) } else { None }
}

/// A holiday's name in any case.
pub(super) fn holiday_name(at: Cursor<'_>) -> Option<(Holiday, Cursor<'_>)> {
    at.entry()
        .holidays
        .iter()
        .find_map(|(rest, rule)| {
            let end = rest.iter().try_fold(at.next(), |cursor, word| {
                let cursor = cursor.eat_apostrophe().unwrap_or(cursor).skip_mark('.');
                cursor.eat(word)
            })?;
            Some((*rule, end.eat_apostrophe().filter(|_| rest.is_empty()).unwrap_or(end)))
        })
        .map(|(rule, end)| (rule, if end.at > at.at + 1 || end.glued() { end } else { at.next() }))
}

/// Further days of the same month after a date: `April 24 and 25`, `May 3, 5 and 9`.
pub(super) fn listed(mut end: Cursor<'_>, first: &Meaning) -> Vec<(usize, usize, Meaning)> {
    let Meaning::Date(Say::Calendar { year: Year::Open, month, day: Some(_), .. }) = first else {
        return Vec::new();
    };
    let mut found = Vec::new();
    loop {
        let at = end.skip_mark(',');
        let at = at.eat_any(&["and", "or"]).unwrap_or(at);
        let Some((day, next)) = day(at).filter(|_| at.at > end.at) else { break };
        if !(next.word().is_empty() || next.any(&["and", "or", "in", "at", "as", "for"])) {
            break;
        }
        let say = Say::Calendar { year: Year::Open, month: *month, day: Some(day), weekday: None };
        found.push((at.at, next.at, Meaning::Date(say)));
        end = next;
    }
    found
}
