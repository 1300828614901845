//! Single days in shorthand: `4/22`, `Oct/2`, `mar3`, `2019-sep-1`, `16. Nov. 2016`, `20161016`,
//! `the 27`, `Sunday 31`, `this friday 5/12`, `the 20th of next month`, `next week Mon`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{Say, Which, Year};
use super::super::super::number::{ordinal, spelled_year, words};
use super::super::super::unit::Unit;
use super::super::year::pivot;
use super::super::{relative, the};
use super::{Dated, weekday};

/// One field of a date.
#[derive(Clone, Copy)]
enum Field {
    Year(i16),
    Month(i8),
    /// A number of one or two digits, or a spelled one: a day, a month, or a short year.
    Number(u32),
}

/// What stands between two fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Comma {
        glued: bool,
    },
    /// A slash, hyphen or dot, touching both fields or not.
    Mark {
        mark: char,
        glued: bool,
    },
}

/// Two or three fields that make a date, or eight digits that are one.
pub(super) fn fields(start: Cursor<'_>) -> Dated<'_> {
    if super::super::is_money(start) {
        return None;
    }
    if let Some(found) = compact(start) {
        return Some(found);
    }
    let (first, end) = field(start)?;
    let (gap, at) = gap(end)?;
    let (second, end) = field(at)?;
    let three = self::gap(end).and_then(|(next_gap, at)| {
        let (third, end) = field(at)?;
        if matches!(end.mark(), Some('/' | '-')) && end.glued() && end.next().glued() {
            return None;
        }
        Some((three_fields([first, second, third], [gap, next_gap])?, end))
    });
    let found = three.or_else(|| Some((two_fields([first, second], gap)?, end)))?;
    is_free(found.1).then_some(found)
}

/// `20161016`.
fn compact(start: Cursor<'_>) -> Dated<'_> {
    let (value, 8, end) = start.eat_digits()? else { return None };
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let fits =
        (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| (calendar_day(year as i16, month as i8, day as i8), end))
}

fn calendar_day(year: i16, month: i8, day: i8) -> Say {
    Say::Calendar { year: Year::Given(year), month, day: Some(day), weekday: None }
}

fn field(at: Cursor<'_>) -> Option<(Field, Cursor<'_>)> {
    if let Some(month) = at.entry().month {
        let end = at.next();
        let dot = end.eat_mark('.').filter(|_| end.glued());
        return Some((Field::Month(month), dot.filter(|_| at.entry().short).unwrap_or(end)));
    }
    if let Some(year) = at.eat_apostrophe().and_then(Cursor::eat_digits) {
        let (value, 2, end) = year else { return None };
        return Some((Field::Year(pivot(value)), end));
    }
    if let Some((value, digits, end)) = at.eat_digits() {
        return match digits {
            4 if (1000..2200).contains(&value) => Some((Field::Year(value as i16), end)),
            1 | 2 => {
                let suffix = end.eat_any(&["st", "nd", "rd", "th"]).filter(|_| end.glued());
                Some((Field::Number(value), suffix.unwrap_or(end)))
            }
            _ => None,
        };
    }
    if let Some((year, end)) = spelled_year(at) {
        return Some((Field::Year(year), end));
    }
    let (value, end) = spelled_day(the(at))?;
    Some((Field::Number(value), end))
}

/// A day of the month in words: `twenty one`, `fifteenth`.
pub(super) fn spelled_day(at: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let place = ordinal(at).filter(|_| !at.word().is_empty());
    let (value, end) = place.or_else(|| {
        let number = words(at).filter(|_| !at.any(&["a", "an"]))?;
        Some((number.value as u32, number.end))
    })?;
    (1..=31).contains(&value).then_some((value, end))
}

fn gap(end: Cursor<'_>) -> Option<(Gap, Cursor<'_>)> {
    let skipped = end.skip_mark('.');
    let end = if skipped.at > end.at && skipped.eat_mark(',').is_some() { skipped } else { end };
    match end.mark() {
        Some(',') => Some((Gap::Comma { glued: end.next().glued() }, end.next())),
        Some(mark @ ('/' | '-' | '.')) => {
            let glued = end.glued() && end.next().glued();
            Some((Gap::Mark { mark, glued }, end.next()))
        }
        Some('\'' | '’') => Some((Gap::Space, end)),
        Some(_) => None,
        None => Some((Gap::Space, end.eat_any(&["of", "in"]).unwrap_or(end))),
    }
}

fn three_fields(fields: [Field; 3], gaps: [Gap; 2]) -> Option<Say> {
    use Field::{Month, Number, Year};
    let marked = matches!(gaps[0], Gap::Mark { .. })
        && (gaps[1] == gaps[0] || matches!(gaps[1], Gap::Comma { .. }));
    let (year, month, day) = match fields {
        [Month(month), Number(day), Year(year)]
        | [Number(day), Month(month), Year(year)]
        | [Year(year), Month(month), Number(day)]
        | [Year(year), Number(day), Month(month)]
        | [Month(month), Year(year), Number(day)]
        | [Number(day), Year(year), Month(month)] => (year, month, day),
        [Year(year), Number(a), Number(b)] => {
            let (month, day) = if a > 12 { (b, a) } else { (a, b) };
            (year, month_number(month)?, day)
        }
        [Number(a), Number(b), Year(year)] if marked => {
            let (month, day) = month_and_day(a, b)?;
            (year, month, day)
        }
        [Number(a), Number(b), Number(short)]
            if marked && gaps[1] != (Gap::Comma { glued: false }) =>
        {
            let (month, day) = month_and_day(a, b)?;
            (pivot(short), month, day)
        }
        [Number(day), Month(month), Number(short)] if gaps[1] == Gap::Space && short > 31 => {
            (pivot(short), month, day)
        }
        _ => return None,
    };
    (1..=31).contains(&day).then(|| calendar_day(year, month, day as i8))
}

fn two_fields(fields: [Field; 2], gap: Gap) -> Option<Say> {
    use Field::{Month, Number, Year as GivenYear};
    let marked = matches!(gap, Gap::Mark { .. });
    let (year, month, day) = match fields {
        [Month(month), Number(day)] if day <= 31 => (Year::Open, month, Some(day)),
        [Month(month), Number(short)] if gap == Gap::Space => {
            (Year::Given(pivot(short)), month, None)
        }
        [Number(day), Month(month)] => (Year::Open, month, Some(day)),
        [GivenYear(year), Month(month)] | [Month(month), GivenYear(year)] => {
            (Year::Given(year), month, None)
        }
        [GivenYear(year), Number(month)] | [Number(month), GivenYear(year)] if marked => {
            (Year::Given(year), month_number(month)?, None)
        }
        [Number(a), Number(b)] if matches!(gap, Gap::Mark { glued: true, .. }) => {
            let (month, day) = month_and_day(a, b)?;
            (Year::Open, month, Some(day))
        }
        _ => return None,
    };
    if day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    Some(Say::Calendar { year, month, day: day.map(|day| day as i8), weekday: None })
}

fn month_number(value: u32) -> Option<i8> {
    (1..=12).contains(&value).then_some(value as i8)
}

/// The month first, unless it cannot be.
fn month_and_day(a: u32, b: u32) -> Option<(i8, u32)> {
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((month_number(month)?, day))
}

/// Whether a date can end here: no unit, share or further part of a number follows.
fn is_free(end: Cursor<'_>) -> bool {
    let counted = end.entry().unit.is_some() && !end.entry().short && end.entry().part.is_none();
    let runs_on = end.glued()
        && (matches!(end.mark(), Some('%' | '°' | ':'))
            || end.mark() == Some('.') && end.next().glued() && end.next().eat_digits().is_some());
    let in_word = end.glued() && !end.word().is_empty();
    !(counted || runs_on || in_word || end.any(&["percent", "am", "pm"]))
}

/// A weekday with the day it falls on: `Sunday 31`, `Fri 14th`, `monday, jan twenty two, 2018`,
/// `this friday 5/12`, `next 6th of april`.
pub(super) fn weekday_and_date(start: Cursor<'_>) -> Dated<'_> {
    let which = start.eat_any(&["this", "next", "last", "coming", "upcoming"]);
    let at = which.unwrap_or(start);
    let named = weekday(at);
    let (day, at) = match named {
        Some((day, end)) => (Some(day), the(end.skip_mark(',').skip("on"))),
        None => (None, which?),
    };
    // `Monday 12-4` are hours.
    let hours =
        at.eat_digits().and_then(|(_, _, end)| Some(end.eat_dash()?.eat_digits().is_some()));
    if hours == Some(true) {
        return None;
    }
    if let Some((say, end)) = fields(at) {
        let Say::Calendar { year, month, day: Some(day_of_month), weekday } = say else {
            return None;
        };
        let year = match year {
            Year::Open if named.is_none() && start.is("next") => Year::Relative(Which::Next),
            Year::Open if which.is_some() => Year::Relative(Which::This),
            given => given,
        };
        return Some((Say::Calendar { year, month, day: Some(day_of_month), weekday }, end));
    }
    let (value, end) = day_number(at)?;
    // `Monday 6-8` and `Monday 2 pm` are times.
    if !is_free(end)
        || matches!(end.mark(), Some('-' | '–' | '~'))
        || end.any(&["to", "until", "a", "p", "o", "oclock"])
    {
        return None;
    }
    Some((Say::DayOfMonth { day: value, weekday: Some(day?), which: Which::This }, end))
}

/// `27`, `27th`, `twenty-seventh`.
pub(super) fn day_number(at: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (value, end) = match at.eat_digits() {
        Some((value, 1 | 2, end)) => {
            let suffix = end.eat_any(&["st", "nd", "rd", "th"]).filter(|_| end.glued());
            (value, suffix.unwrap_or(end))
        }
        Some(_) => return None,
        None => spelled_day(at)?,
    };
    (1..=31).contains(&value).then_some((value as i8, end))
}

/// `the 20th of next month`, `around the 21st this month`, `the twenty-sixth day of the month`.
pub(super) fn of_month(start: Cursor<'_>) -> Dated<'_> {
    let at = start.eat_any(&["around", "about"]).unwrap_or(start);
    let (day, end) = day_number(the(at))?;
    let (month, end) = a_month(end.skip("day"))?;
    Some((Say::DayOf(day, Box::new(month)), end))
}

/// `of next month`, `this month`, `in the month`.
pub(super) fn a_month(end: Cursor<'_>) -> Dated<'_> {
    let of = end.eat_any(&["of", "in"]);
    let at = of.unwrap_or(end);
    if let Some(end) = at.eat_all("the month").or_else(|| of?.eat("month")) {
        return Some((Say::Unit(Unit::Month, Which::This), end));
    }
    relative::this_unit(at).filter(|(say, _)| matches!(say, Say::Unit(Unit::Month, _)))
}

/// `Mon`, `fri`.
pub(super) fn weekday_alone(start: Cursor<'_>) -> Dated<'_> {
    let (day, end) = weekday(start)?;
    Some((Say::Weekday(day, Which::Bare), end))
}

/// `next Sunday` as the one of the next week, `last Wed` as the one of the last.
pub(super) fn relative_weekday(start: Cursor<'_>) -> Dated<'_> {
    let (which, at) = which(start).filter(|_| !the(start).is("past"))?;
    let (day, end) = weekday(at)?;
    Some((Say::WeekdayOf(day, which), end))
}

pub(super) fn which(start: Cursor<'_>) -> Option<(Which, Cursor<'_>)> {
    let at = the(start);
    let which = match () {
        () if at.any(&["this", "current", "upcoming"]) => Which::This,
        () if at.any(&["next", "following", "coming"]) => Which::Next,
        () if at.any(&["last", "previous", "past"]) => Which::Last,
        () => return None,
    };
    Some((which, at.next()))
}

/// `next week Mon`, `previous week - Monday`, `Monday next week`, `second Sunday`.
pub(super) fn week_and_day(start: Cursor<'_>) -> Dated<'_> {
    if let Some((which, at)) = which(start)
        && let Some(end) = at.eat("week")
    {
        let at = end.eat_dash().unwrap_or(end);
        let (day, end) = weekday(at.eat_any(&["on", "for"]).unwrap_or(at))?;
        return Some((Say::WeekdayOf(day, which), end));
    }
    if let Some((day, end)) = weekday(start) {
        let (which, at) = which(end.skip_mark(',').skip("of"))?;
        return Some((Say::WeekdayOf(day, which), at.eat("week")?));
    }
    let (n @ 1..=5, end) = ordinal(the(start))? else { return None };
    let (weekday, end) = weekday(end)?;
    let (of, end) = a_month(end).unwrap_or((Say::Unit(Unit::Month, Which::This), end));
    Some((Say::NthWeekday { n: n as i8, weekday, of: Box::new(of) }, end))
}

/// `the 27`, `the 27th`, `29th`, `the second`, `on 15`.
pub(super) fn bare(start: Cursor<'_>) -> Dated<'_> {
    let at = the(start);
    let definite = at.at > start.at;
    let introduced = start.back().is_some_and(|back| back.any(&["on"]));
    let (day, end) = day_number(at)?;
    let suffixed = end.at > at.at + 1 && super::super::super::number::is_digits(at);
    let digits = super::super::super::number::is_digits(at);
    let says_day = if digits { definite || introduced || suffixed } else { definite };
    (says_day && ends(end) && is_free(end))
        .then_some((Say::DayOfMonth { day, weekday: None, which: Which::Bare }, end))
}

/// Whether a day can end here: no noun that it counts follows, and no range or clock goes on.
fn ends(end: Cursor<'_>) -> bool {
    const AFTER: [&str; 24] = [
        "and", "or", "at", "from", "to", "between", "for", "in", "until", "till", "is", "was",
        "this", "with", "after", "before", "around", "about", "by", "please", "i", "we", "on",
        "through",
    ];
    match end.mark() {
        Some('-' | '–' | '~' | '/' | ':' | '%' | '$' | '°') => false,
        Some(_) => true,
        None => end.word().is_empty() && end.eat_digits().is_none() || end.any(&AFTER),
    }
}
