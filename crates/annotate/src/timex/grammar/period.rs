//! Quarters, halves, seasons, ends of things, weeks: `the third quarter of 1984`, `next year’s
//! first quarter`, `the year-earlier quarter`, `Q3 2019`, `the summer`, `year-end`, `the week of
//! March 6`, `the first friday in this month`.
//!
//! Not: `three quarters of voters`, `the fall of Kabul`, `a second term`.

use super::super::atom::Cursor;
use super::super::meaning::{Meaning, Say, Which, Year};
use super::super::number::ordinal;
use super::super::unit::Unit;
use super::calendar::{date, relative_year};
use super::relative::ended;
use super::year::four_digits;
use super::{Read, narrowing, the};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = quarter(start)
        .or_else(|| two_quarters(start))
        .or_else(|| q_number(start))
        .or_else(|| year_earlier(start))
        .or_else(|| season(start))
        .or_else(|| year_end(start))
        .or_else(|| week_of(start))
        .or_else(|| nth_weekday(start))?;
    Some((Meaning::Date(say), end))
}

/// `the third quarter`, `its fourth quarter`, `the fiscal first quarter`, `the 1988 period`,
/// `this year’s third quarter`, `third-quarter`, `the first half of 1989`, `the latest quarter`.
fn quarter(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let head = head(start)?;
    let end = head.unit.next();
    match head.n {
        _ if head.unit.is("half") => half(&head),
        None if head.earlier => {
            let unit = head.unit.is("quarter").then_some(Unit::Quarter);
            Some((Say::YearEarlier(unit), end))
        }
        Some(_) => numbered(&head),
        None if head.unit.is("period") => {
            let known = head.year != Year::Open || head.latest;
            known.then_some((Say::Period(head.year), end))
        }
        None => unnumbered(&head),
    }
}

/// `the first two quarters of 1990`: its first half.
fn two_quarters(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = the(start);
    let n = if at.is("first") { 1 } else { 2 };
    let end = at.eat_any(&["first", "last", "final"])?.eat("two")?.eat("quarters")?;
    let (year, end) = trailing_year(end, Year::Open);
    (year != Year::Open).then_some((Say::Half(n, year), end))
}

/// What stands before the unit of a quarter, half or period.
struct Head<'p> {
    /// With an article or possessive.
    determined: bool,
    year: Year,
    /// Named as a company's own: `fiscal`.
    fiscal: bool,
    current: bool,
    latest: bool,
    /// `year-ago`.
    earlier: bool,
    /// From 1.
    n: Option<i8>,
    /// At the unit.
    unit: Cursor<'p>,
}

fn head(start: Cursor<'_>) -> Option<Head<'_>> {
    let determined = start.eat_any(&["the", "its", "their", "his", "her", "our"]);
    let (year, at) = leading_year(determined.unwrap_or(start));
    let fiscal = at.is("fiscal");
    let current = at.is("current");
    let at = at.eat_any(&["fiscal", "current", "flat", "strong", "weak"]).unwrap_or(at);
    let earlier = year_ago(at);
    let at = earlier.unwrap_or(at);
    let latest = at.any(&["latest", "most"]);
    let known = determined.is_some() || earlier.is_some() || year != Year::Open;
    let (n, unit) = match ordinal(at) {
        Some((n @ 1..=4, end)) if determined.is_none() || at.at > start.at + 1 => {
            (Some(n as i8), end.skip_hyphen())
        }
        Some((n @ 1..=4, end)) if end.eat_hyphen().is_none() => (Some(n as i8), end),
        _ if at.any(&["last", "final", "latter"]) && at.next().is("half") => (Some(2), at.next()),
        _ if at.is("final") && at.next().is("quarter") => (Some(4), at.next()),
        _ if latest => (None, at.next().skip("recent")),
        _ if known => (None, at),
        _ => return None,
    };
    let named = unit.any(&["quarter", "half"]) || (n.is_none() && unit.is("period"));
    let part = unit.next().eat_hyphen().is_some()
        || unit.next().any(&["century", "decade", "hour", "time"]);
    let determined = determined.is_some();
    (named && !part).then_some(Head {
        determined,
        year,
        fiscal,
        current,
        latest,
        earlier: earlier.is_some(),
        n,
        unit,
    })
}

/// `the first half of 1989`.
fn half<'p>(head: &Head<'p>) -> Option<(Say, Cursor<'p>)> {
    let n @ (1 | 2) = head.n? else { return None };
    let (year, end) = trailing_year(head.unit.next(), head.year);
    Some((Say::Half(n, year), end))
}

/// `the third quarter of 1984`, `the year-ago third quarter`, `its fourth quarter` with `ended
/// Aug. 26` behind it.
fn numbered<'p>(head: &Head<'p>) -> Option<(Say, Cursor<'p>)> {
    let end = head.unit.next();
    let (year, end) = match a_year_ago(end).filter(|_| head.year == Year::Open) {
        Some(after) => (Year::Relative(Which::Last), after),
        None => trailing_year(end, head.year),
    };
    let year = if head.earlier { Year::Relative(Which::Last) } else { year };
    let last = ended(end).map(Box::new);
    let n = head.n?;
    let say = match head.fiscal || last.is_some() {
        true => Say::FiscalQuarter { n, year, last },
        false => Say::Quarter(Some(n), year),
    };
    Some((say, end))
}

/// `the quarter`, `the quarter a year ago`, `the current quarter`, `the 1988 quarter`, `the
/// quarter` with `ended July 31` behind it.
fn unnumbered<'p>(head: &Head<'p>) -> Option<(Say, Cursor<'p>)> {
    let end = head.unit.next();
    if let Some(end) = a_year_ago(end).filter(|_| head.year == Year::Open) {
        return Some((Say::YearEarlier(Some(Unit::Quarter)), end));
    }
    let (year, end) = trailing_year(end, head.year);
    let say = match (year, ended(end)) {
        (Year::Open, _) if head.current => Say::Unit(Unit::Quarter, Which::This),
        (Year::Open, Some(last)) => Say::QuarterEnding(Box::new(last)),
        _ => Say::Quarter(None, year),
    };
    let bare = !head.determined && year == Year::Open;
    (!bare).then_some((say, end))
}

/// Past `a year ago`, `a year earlier`.
fn a_year_ago(end: Cursor<'_>) -> Option<Cursor<'_>> {
    end.eat_all("a year")?.eat_any(&["ago", "earlier", "before"])
}

/// `1988`, `this year’s`, `1998’s` before a quarter.
fn leading_year(at: Cursor<'_>) -> (Year, Cursor<'_>) {
    if let Some((year, end)) = four_digits(at) {
        return (Year::Given(year), end.eat_genitive().unwrap_or(end));
    }
    if let Some(end) = at.eat("year").and_then(|end| end.eat_genitive()) {
        return (Year::Relative(Which::This), end);
    }
    let which = match () {
        () if at.is("last") => Which::Last,
        () if at.is("this") => Which::This,
        () if at.is("next") => Which::Next,
        () => return (Year::Open, at),
    };
    match at.next().eat("year").and_then(|end| end.eat_genitive()) {
        Some(end) => (Year::Relative(which), end),
        None => (Year::Open, at),
    }
}

/// `of 1984`, `1990`, `this year`, `of last year`, `a year ago`.
fn trailing_year(end: Cursor<'_>, leading: Year) -> (Year, Cursor<'_>) {
    if leading != Year::Open {
        return (leading, end);
    }
    let at = end.eat_any(&["of", "in"]).unwrap_or(end);
    let at = at.skip_mark(',').skip("fiscal");
    if let Some((year, after)) = four_digits(at) {
        return (Year::Given(year), after);
    }
    if let Some((year, after)) = super::super::number::spelled_year(at) {
        return (Year::Given(year), after);
    }
    match relative_year(at) {
        Some((which, after)) => (Year::Relative(which), after),
        None => (Year::Open, end),
    }
}

/// `Q3`, `Q3 2019`, `2019 Q3`, `2016H2`, `1Q`.
fn q_number(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let (year, at) = leading_year(start);
    let at = at.skip_hyphen();
    let (letter, n, end) = match at.eat_digits() {
        Some((n @ 1..=4, 1, end)) if end.glued() && end.any(&["q", "h"]) => (end, n, end.next()),
        _ => {
            let (n @ 1..=4, 1, end) = at.next().eat_digits()? else { return None };
            (at, n, end)
        }
    };
    let glued = at.next().glued() || letter.glued();
    let (year, end) = match trailing_year(end.skip_mark(',').skip_hyphen(), year) {
        (Year::Open, _) => (Year::Open, end),
        found => found,
    };
    match () {
        () if !glued => None,
        () if letter.is("q") => Some((Say::Quarter(Some(n as i8), year), end)),
        () if letter.is("h") && n <= 2 => Some((Say::Half(n as i8, year), end)),
        () => None,
    }
}

/// Past `year-earlier`, `year-ago`, `comparable year-ago`, `corresponding`.
pub(super) fn year_ago(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let at = at.eat_any(&["comparable", "same"]).unwrap_or(at);
    let year = at.eat("year")?.skip_hyphen();
    year.eat_any(&["ago", "earlier", "before"])
}

/// `the year-ago period`, `year-earlier` alone before figures.
fn year_earlier(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    if let Some(found) = corresponding(start) {
        return Some(found);
    }
    let at = the(start);
    let end = year_ago(at).filter(|_| at.is("year") && at.next().mark() == Some('-'))?;
    let end = if end.is("period") {
        end.next()
    } else if at.at > start.at {
        return Some((Say::YearEarlier(None), end));
    } else {
        end
    };
    Some((Say::YearEarlier(None), end))
}

/// `the corresponding period last year`, `the same period a year ago`, `the same quarter of 1988`.
fn corresponding(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = start.eat("the")?.eat_any(&["corresponding", "same", "comparable", "like"])?;
    let end = at.eat_any(&["period", "quarter"])?;
    if let (year @ Year::Given(_), end) = trailing_year(end, Year::Open) {
        let quarter = at.is("quarter");
        return Some((if quarter { Say::Quarter(None, year) } else { Say::Period(year) }, end));
    }
    let end = end.eat_all("last year").or_else(|| a_year_ago(end))?;
    Some((Say::YearEarlier(at.is("quarter").then_some(Unit::Quarter)), end))
}

/// `the summer`, `last fall`, `this past spring`, `summer of 1998`, `the winter of 1994`,
/// `early summer`, `spring 2019`.
fn season(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let narrowed = narrowing(start);
    let at = narrowed.unwrap_or(start);
    let determined = at.is("the") || narrowed.is_some();
    let at = the(at);
    let (which, at) = match () {
        () if at.is("last") => (Some(Which::Last), at.next()),
        () if at.any(&["this", "current"]) => match at.next().eat_any(&["past", "coming"]) {
            Some(next) if at.next().is("past") => (Some(Which::Last), next),
            Some(next) => (Some(Which::Next), next),
            None => (Some(Which::This), at.next()),
        },
        () if at.any(&["next", "coming"]) => (Some(Which::Next), at.next()),
        () if at.any(&["past", "previous"]) => (Some(Which::Last), at.next()),
        () => (None, at),
    };
    let season = at.entry().season?;
    let after = at.next();
    let after = after.skip("term").skip("season");
    let (year, end) = trailing_year(after, Year::Open);
    if year != Year::Open {
        return Some((Say::Season(season, year), end));
    }
    let risky = at.any(&["fall", "spring"]);
    let introduced =
        at.back().is_some_and(|b| b.any(&["in", "during", "by", "until", "since", "through"]));
    let fits = match which {
        Some(_) => true,
        None if determined => {
            !(risky && (after.any(&["of", "in", "from"]) || !temporal_before(start)))
        }
        None => introduced && !risky,
    };
    let which = which.unwrap_or(Which::Bare);
    fits.then_some((Say::Season(season, Year::Relative(which)), after))
}

/// Whether a preposition of time stands before.
fn temporal_before(start: Cursor<'_>) -> bool {
    start.back().is_some_and(|back| {
        back.any(&[
            "in",
            "during",
            "by",
            "until",
            "since",
            "through",
            "over",
            "throughout",
            "into",
            "for",
            "of",
        ])
    })
}

/// `midyear`, `year end`, `year-end 1988`, `year’s end`, `the end of the year`, `month’s end`.
fn year_end(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    if let Some(end) = start.eat("midyear").or_else(|| start.eat("mid")?.eat_hyphen()?.eat("year"))
    {
        let whole = temporal_before(start) && end.eat_hyphen().is_none();
        return whole.then_some((Say::Unit(Unit::Year, Which::This), end));
    }
    let hedged = start.eat_any(&["around", "about"]).unwrap_or(start);
    let at = the(hedged);
    let unit = at.entry().unit.filter(|unit| *unit >= Unit::Week && !at.entry().plural)?;
    let inner = at.next().eat_genitive().unwrap_or(at.next()).skip_hyphen();
    let glue = at.next().mark().is_some() || unit == Unit::Year;
    let end = inner.eat("end").filter(|_| glue)?;
    match four_digits(end).filter(|_| unit == Unit::Year) {
        Some((year, end)) => Some((Say::Year(year), end)),
        None => Some((Say::Unit(unit, Which::This), end)),
    }
}

/// `the week of March 6`, `the week beginning February 4`.
fn week_of(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let week = the(start).eat("week")?;
    let at = week
        .eat_any(&["of", "beginning", "starting", "ending", "commencing"])
        .or_else(|| week.eat_all("that begins"))?;
    let (say, end) = date(at.skip("on"))?;
    let is_day = matches!(say, Say::Calendar { day: Some(_), .. } | Say::Holiday(..));
    is_day.then(|| (Say::WeekOf(Box::new(say)), end))
}

/// `the first Friday in this month`, `the last Monday of May`, `the second Tuesday in November`.
fn nth_weekday(start: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = the(start);
    let (n, at) = match ordinal(at) {
        Some((n @ 1..=5, end)) => (n as i8, end),
        _ => (0, at.eat("last")?),
    };
    let weekday = at.entry().weekday.filter(|_| !at.entry().short)?;
    let of = at.next().eat_any(&["of", "in"])?;
    let (month, end) = match super::relative::this_unit(of) {
        Some((Say::Unit(Unit::Month, which), end)) => (Say::Unit(Unit::Month, which), end),
        _ => date(of)?,
    };
    Some((Say::NthWeekday { n, weekday, of: Box::new(month) }, end))
}
