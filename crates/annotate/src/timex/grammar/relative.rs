//! Dates told by their distance from the writing or from another date: `yesterday`, `last
//! September`, `earlier this month`, `next week`, `Tuesday of next week`, `that day`, `the
//! following year`, `this weekend`, `the day before yesterday`, weekdays.
//!
//! Not: `the last month` of five (`length`), `next of kin`, `this May Day` (`calendar`).

use super::super::atom::Cursor;
use super::super::meaning::{From, Length, Meaning, Say, Which, Year};
use super::super::number::plain;
use super::super::unit::Unit;
use super::calendar::date;
use super::{Read, narrowing, the};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = day_from_today(start)
        .or_else(|| narrowed(start))
        .or_else(|| which_something(start).filter(|(say, _)| !is_stretch(start, say)))
        .or_else(|| skipping(start))
        .or_else(|| next_to_spoken(start))
        .or_else(|| unit_alone(start))
        .or_else(|| weekday(start))?;
    Some((Meaning::Date(say), end))
}

/// What `today’s` makes a thing of the present, not of one day: `in today’s world`.
const AT_LARGE: [&str; 6] = ["age", "climate", "generation", "society", "world", "youth"];

/// `yesterday`, `the day before yesterday`, `the day after tomorrow`, `earlier yesterday`.
fn day_from_today(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = start
        .eat_any(&["earlier", "later", "late", "early"])
        .filter(|at| at.is("yesterday"))
        .unwrap_or(start);
    if let Some(day) = at.entry().day {
        let named =
            at.capital() && at.back().is_some_and(|back| back.capital() && !at.starts_line());
        let at_large =
            !at.page.note && at.back().is_some_and(|of| of.is("of") && is_plural(of.back()));
        let own = at.is("today")
            && at.next().eat_genitive().is_some_and(|next| next.capital() || next.any(&AT_LARGE));
        return (!own && !named && !at_large).then(|| (Say::Day(day), at.next()));
    }
    let day = the(start).eat("day")?;
    if let Some(end) = day.eat_all("before yesterday") {
        return Some((Say::Day(-2), end));
    }
    if let Some(end) = day.eat_all("after tomorrow") {
        return Some((Say::Day(2), end));
    }
    let sign = match () {
        () if day.is("before") => -1,
        () if day.is("after") => 1,
        () => return None,
    };
    let (inner, end) = which_something(day.next()).or_else(|| weekday(day.next()))?;
    let length = Length::of(Some(1.0), Unit::Day);
    Some((Say::Shift { length, sign, from: From::Date(Box::new(inner)) }, end))
}

/// Whether a word is a plural noun, as in `the leaders of tomorrow`, by its ending.
fn is_plural(word: Option<Cursor<'_>>) -> bool {
    word.is_some_and(|word| {
        word.word().ends_with('s') && !word.is("as") || word.any(&["people", "children"])
    })
}

/// `earlier this month`, `late last week`, `the end of the month`, `mid-2015` is in `year`.
fn narrowed(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = match start.eat_any(&["earlier", "later", "early", "late", "sometime", "midway"]) {
        Some(at) => at.eat_any(&["in", "on"]).unwrap_or(at),
        None => narrowing(start)?,
    };
    let definite = || {
        let unit = at.eat("the").or_else(|| at.eat("that"))?;
        let kind = unit.entry().unit.filter(|_| !unit.entry().plural)?;
        let fits = kind >= Unit::Day && kind <= Unit::Decade;
        let which = if at.is("that") { Which::Same } else { Which::This };
        fits.then(|| (Say::Unit(kind, which), unit.next()))
    };
    let comparative = start.any(&["earlier", "later"]);
    // `later in the day` tells an order within the day told of, not the day itself.
    let within_day = |say: &Say| matches!(say, Say::Unit(Unit::Day, _)) && at.is("the");
    let week = |say: &Say| matches!(say, Say::Unit(Unit::Week | Unit::Day, _));
    this_unit(at)
        .filter(|(say, _)| !(comparative && week(say)))
        .or_else(|| which_something(at).filter(|_| !comparative))
        .or_else(|| weekday(at).filter(|_| !start.any(&["the", "late", "earlier", "later"])))
        .or_else(definite)
        .filter(|(say, _)| start.page.note || !within_day(say))
}

/// `the week before last`, unless something is last: `the week before last month's vote`.
fn skipping(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (say, end) = after_next(start).filter(|_| start.is("the"))?;
    let entry = end.entry();
    let goes_on = entry.unit.is_some() || entry.weekday.is_some() || entry.month.is_some();
    let long = matches!(&say, Say::Unit(unit, _) if *unit >= Unit::Week);
    (long && !goes_on).then_some((say, end))
}

/// `the week after next`, `the weekend after the next`, `the year before last`.
pub(super) fn after_next(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = the(start);
    let unit = at.entry().unit.filter(|_| !at.entry().plural)?;
    let end = at.next();
    let after = end.eat("after").and_then(|next| the(next).eat("next"));
    let before = end.eat("before").and_then(|last| the(last).eat("last"));
    match (after, before) {
        (Some(end), _) => Some((Say::Unit(unit, Which::AfterNext), end)),
        (_, Some(end)) => Some((Say::Unit(unit, Which::BeforeLast), end)),
        _ => None,
    }
}

/// `this month`, `last week`, `next year`, `the current year`, `the coming week`.
pub(super) fn this_unit(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (which, at) = which(start)?;
    let unit = at.entry().unit.filter(|_| !at.entry().plural && !is_title(start, at))?;
    let fits = (unit >= Unit::Day || unit == Unit::Night) && at.next().eat_hyphen().is_none();
    fits.then(|| (Say::Unit(unit, which), at.next()))
}

/// Whether capitals in quotation marks name a programme: `on “This Week”`.
fn is_title(start: Cursor<'_>, unit: Cursor<'_>) -> bool {
    let quoted = start.back().is_some_and(|back| {
        matches!(back.mark(), Some('"' | '“' | '‘' | '`' | '\'' | '’')) && start.glued()
    });
    quoted && start.capital() && unit.capital()
}

/// Which one: `last`, `this past`, `the previous`, `that same`.
fn which(start: Cursor<'_>) -> Option<(Which, Cursor<'_>)> {
    let the = start.eat_any(&["the", "its"]);
    let at = the.unwrap_or(start);
    let definite = the.is_some();
    let next = at.next();
    Some(match () {
        () if at.any(&["this", "that", "the"]) && next.any(&["same"]) => (Which::Same, next.next()),
        () if at.is("this") && next.any(&["past", "last"]) => (Which::Last, next.next()),
        () if at.is("this") && next.any(&["coming", "next"]) => (Which::Next, next.next()),
        () if at.any(&["this", "current"]) => (Which::This, next.skip("fiscal")),
        () if at.any(&["last", "past"]) => (Which::Last, next.skip("fiscal")),
        () if at.any(&["next"]) && definite => (Which::Following, next.skip("fiscal")),
        () if at.any(&["next"]) => (Which::Next, next.skip("fiscal")),
        () if at.any(&["coming", "upcoming"]) => (Which::Next, next),
        () if at.any(&["latest", "most"]) => (Which::Last, next.skip("recent").skip("fiscal")),
        () if at.any(&["that", "same"]) => (Which::Same, next),
        () if at.any(&["previous", "preceding", "prior"]) => (Which::Previous, next),
        () if at.is("following") => (Which::Following, next),
        () => return None,
    })
}

/// `last September`, `next Friday`, `this weekend`, `last year`, `that day`.
fn which_something(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (which, at) = which(start)?;
    if let Some(month) = at.entry().month.filter(|_| at.capital()) {
        let end = at.next();
        let end = if at.entry().short { end.skip_mark('.') } else { end };
        let year = Year::Relative(match which {
            Which::Last => Which::Previous,
            Which::Next => Which::Following,
            other => other,
        });
        return Some((Say::Calendar { year, month, day: None, weekday: None }, end));
    }
    if let Some(day) = at
        .entry()
        .weekday
        .filter(|_| !at.entry().short || at.next().mark() == Some('.') && at.capital())
    {
        return Some((Say::Weekday(day, which), at.next()));
    }
    let (say, end) = this_unit(start)?;
    let of = end.eat_any(&["on"]).map_or(end, |on| on);
    match of
        .entry()
        .weekday
        .filter(|_| matches!(say, Say::Unit(Unit::Week, _)) && !of.entry().short)
    {
        Some(day) => Some((Say::WeekdayOf(day, which), of.next())),
        None => sound(start, end).then_some((say, end)),
    }
}

/// Whether `the past year` is a length up to now, or `the next decade` one from now, as after
/// `over` or in `the next year or two`: `length` reads it.
fn is_stretch(start: Cursor<'_>, say: &Say) -> bool {
    const DURING: [&str; 5] = ["over", "during", "for", "throughout", "within"];
    let Say::Unit(unit, _) = say else { return false };
    let which = start.eat("the").unwrap_or(start);
    let or_more = || {
        let end = which.next().next();
        end.eat("or").is_some_and(|more| plain(more).is_some())
    };
    let through = start.back().is_some_and(|back| {
        back.any(&DURING) || back.is("in") && which.is("next") && *unit >= Unit::Decade
    });
    let long = *unit >= Unit::Week && which.at > start.at;
    (through || or_more()) && long && which.any(&["past", "last", "next", "coming"])
}

/// Whether a unit after `this` or `that` is meant as time: not `that second`, `the last day of`,
/// `this quarter-mile`, `the past`.
fn sound(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    let unit = end.back().and_then(|unit| unit.entry().unit);
    let last_of =
        start.eat("the").is_some() && start.next().any(&["last", "latest", "past"]) && end.is("of");
    let day = unit == Some(Unit::Day)
        && start.any(&["this", "the"])
        && start.next().any(&["last", "next", "past", "current"]);
    let night_or_clock = matches!(unit, Some(Unit::Second | Unit::Minute | Unit::Hour));
    let season = unit == Some(Unit::Season);
    !(last_of || (day && !start.next().is("next")) || night_or_clock || season)
}

/// `the year before`, `the week after`, where nothing follows that it could be before.
fn next_to_spoken(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = start.eat("the")?;
    let unit = at.entry().unit.filter(|unit| *unit >= Unit::Day && !at.entry().plural)?;
    let which = match () {
        () if at.next().is("before") => Which::Previous,
        () if at.next().is("after") => Which::Following,
        () => return None,
    };
    let end = at.next().next();
    matches!(end.mark(), Some('.' | ',' | ';' | ')')).then_some((Say::Unit(unit, which), end))
}

/// `the weekend`, `the month` after a preposition, `the year ended`.
fn unit_alone(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let fiscal = start.eat("the")?;
    let at = fiscal.skip("fiscal").skip("full");
    let unit = at.entry().unit.filter(|_| !at.entry().plural)?;
    let end = at.next();
    if end.eat_hyphen().is_some() || end.any(&["of", "before", "after", "ahead", "when"]) {
        return None;
    }
    let before = start.back();
    let temporal = before.is_some_and(|back| {
        back.any(&[
            "in",
            "for",
            "of",
            "during",
            "by",
            "through",
            "throughout",
            "over",
            "since",
            "until",
            "from",
        ])
    });
    if let Some(last) = ended(end).filter(|_| unit == Unit::Week) {
        return Some((Say::WeekOf(Box::new(last)), end));
    }
    match unit {
        Unit::Weekend => Some((Say::Unit(unit, Which::Bare), end)),
        Unit::Year if end.any(&["ended", "ending"]) => None,
        Unit::Week | Unit::Month | Unit::Year if temporal => {
            Some((Say::Unit(unit, Which::This), end))
        }
        _ => None,
    }
}

/// The day in `ended July 31` after `the week`, `the quarter`: it is another expression, but says
/// which is meant.
pub(super) fn ended(end: Cursor<'_>) -> Option<Say> {
    let (last, _) = date(end.eat_any(&["ended", "ending"])?)?;
    matches!(last, Say::Calendar { day: Some(_), .. }).then_some(last)
}

/// `Friday`, `Mon.`, `Tuesday next week`, `Tuesday of last week`.
fn weekday(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let day = start.entry().weekday?;
    let end = start.next();
    let short_with_period = start.entry().short && end.glued() && end.mark() == Some('.');
    let next_word = end.next().word();
    let reads_as_name = !start.capital()
        || !short_with_period
        || next_word.is_empty()
        || start.any(&["sun", "sat"]);
    if start.entry().short && reads_as_name {
        return None;
    }
    if !start.capital() && start.entry().short {
        return None;
    }
    let of = end.eat("of").unwrap_or(end);
    if let Some((Say::Unit(Unit::Week, which), end)) = this_unit(of) {
        return Some((Say::WeekdayOf(day, which), end));
    }
    Some((Say::Weekday(day, Which::Bare), end))
}
