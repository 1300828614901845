//! The bridges between a case of Recognizers-Text and TIMEX3.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use stemma_model::Timex;

use super::Reading;

/// Whether a duration or set says the same.
pub(super) fn length(reading: &Reading, found: &[&Timex]) -> bool {
    let timex = reading.timex.as_str();
    found.iter().any(|ours| {
        let value = ours.value.as_str();
        same_length(value, timex) || vague_length(value, timex) || same_set(value, timex)
    })
}

/// Whether two values are equal or the same length: `PT30M` and `PT0.5H`, `P1Q` and `P3M`.
fn same_length(a: &str, b: &str) -> bool {
    a == b || seconds(a).zip(seconds(b)).is_some_and(|(a, b)| (a - b).abs() < 1.0)
}

/// The length of a value of lengths, with years of 365 days and months of a twelfth of them.
fn seconds(value: &str) -> Option<f64> {
    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 365.0 * DAY;
    let (mut total, mut number, mut clock) = (0.0, String::new(), false);
    for letter in value.strip_prefix('P')?.chars() {
        let unit = match (letter, clock) {
            ('0'..='9' | '.', _) => {
                number.push(letter);
                continue;
            }
            ('T', _) => {
                clock = true;
                continue;
            }
            ('S', _) => 1.0,
            ('M', true) => 60.0,
            ('H', _) => 3600.0,
            ('D', _) => DAY,
            ('W', _) => 7.0 * DAY,
            ('M', false) => YEAR / 12.0,
            ('Q', _) => YEAR / 4.0,
            ('Y', _) => YEAR,
            _ => return None,
        };
        total += unit * number.parse::<f64>().ok()?;
        number.clear();
    }
    Some(total)
}

/// `PXW` against `P3W`: the specification reads `several` as three.
fn vague_length(ours: &str, theirs: &str) -> bool {
    ours.starts_with('P') && ours.contains('X') && ours.replace('X', "3") == theirs
}

/// Sets by the clock and by parts of the day, which the specification gives without their days
/// (`T15`, `TNI`), and weekends, which it gives in two ways.
fn same_set(ours: &str, theirs: &str) -> bool {
    let weekend = ["P1WE", "XXXX-WXX-WE"];
    if weekend.contains(&ours) && weekend.contains(&theirs) {
        return true;
    }
    let Some((days, time)) = theirs.split_once('T') else { return false };
    let Some((our_days, our_time)) = ours.split_once('T') else { return false };
    let same_days = days.is_empty() || days == our_days;
    same_days && (time == our_time || clock(time).is_some() && clock(time) == clock(our_time))
}

/// Whether a date or a range of days says the same.
pub(super) fn days(reading: &Reading, found: &[&Timex]) -> bool {
    let (start, end) = (day(&reading.start), day(&reading.end));
    let point = day(&reading.point).filter(|day| day.year() > 1);
    match reading.modifier.as_str() {
        "start" | "mid" | "end" => return same_value(&reading.timex, found),
        "" | "approx" | "ref_undef" => {}
        _ => return is_bound(start.or(end), found) || same_value(&reading.timex, found),
    }
    let unresolved = point.is_none() && start.is_none();
    if unresolved || !reading.timex.contains(['X', '(']) {
        if same_value(&reading.timex, found) {
            return true;
        }
    }
    match (point, start, end) {
        (Some(day), ..) => covers(day, day, found) || in_coarser(day, found),
        (None, Some(start), Some(end)) => {
            end.checked_sub(1.day()).is_ok_and(|last| covers(start, last, found))
        }
        _ => false,
    }
}

/// Whether one of our values is the specification's, where that leaves a year open or none
/// (`XXXX-05`, `SU`), or names a fiscal year (`FY2018`), which TIMEX3 has as a year.
fn same_value(theirs: &str, found: &[&Timex]) -> bool {
    let theirs = theirs.strip_prefix("FY").unwrap_or(theirs);
    let fits = |ours: &str| {
        ours.len() == theirs.len()
            && ours.chars().zip(theirs.chars()).all(|(a, b)| a == b || b == 'X')
    };
    let season = |ours: &str| theirs.len() == 2 && ours.ends_with(theirs);
    !theirs.is_empty() && found.iter().any(|ours| fits(&ours.value) || season(&ours.value))
}

/// Whether the bound of a half-line is one of ours; the specification may mean the day after.
fn is_bound(bound: Option<Date>, found: &[&Timex]) -> bool {
    let Some(bound) = bound else { return false };
    let bounds = [Some(bound), bound.checked_sub(1.day()).ok()];
    found.iter().any(|ours| bounds.contains(&first(ours)) || bounds.contains(&last(ours)))
}

fn first(timex: &Timex) -> Option<Date> {
    timex.range?.from
}

fn last(timex: &Timex) -> Option<Date> {
    timex.range?.to
}

/// Whether one expression, or two that name its ends, cover the days from `start` to `end`.
fn covers(start: Date, end: Date, found: &[&Timex]) -> bool {
    let begins = |timex: &Timex| first(timex) == Some(start);
    let end = Some(end);
    let after = end.and_then(|end| end.checked_add(1.day()).ok());
    let ends = |day: Option<Date>| day.is_some() && (day == end || day == after);
    let whole = found
        .iter()
        .any(|ours| begins(ours) && (ends(last(ours)) || ends(start_of_last(&ours.value))));
    let two = match found {
        [one, .., two] => begins(one) && (ends(last(two)) || ends(first(two))),
        _ => false,
    };
    whole || two
}

/// The first day of what a range names last: `2017-02-01` of `2016-11/2017-02`.
fn start_of_last(value: &str) -> Option<Date> {
    let (_, last) = value.split_once('/')?;
    let year: i16 = last.get(..4)?.parse().ok()?;
    let number = |text: &str| text.parse::<i8>().ok();
    match last.get(5..) {
        None | Some("") => Date::new(year, 1, 1).ok(),
        Some(quarter) if quarter.starts_with('Q') => {
            Date::new(year, number(&quarter[1..])? * 3 - 2, 1).ok()
        }
        Some(week) if week.starts_with('W') => {
            Some(ISOWeekDate::new(year, number(&week[1..])?, Weekday::Monday).ok()?.date())
        }
        Some(month) if month.len() == 2 => Date::new(year, number(month)?, 1).ok(),
        Some(_) => last.parse().ok(),
    }
}

/// Whether a day lies in the week, month or year that TIMEX3 gives for a day so reckoned.
fn in_coarser(day: Date, found: &[&Timex]) -> bool {
    found.iter().any(|ours| {
        let reckoned = matches!(ours.reason.rule.as_ref(), "length" | "reckoned");
        let whole = !ours.value.contains('/') && first(ours) < last(ours);
        reckoned && whole && first(ours) <= Some(day) && Some(day) <= last(ours)
    })
}

/// Whether a time, or a range of times, says the same.
pub(super) fn times(reading: &Reading, found: &[&Timex]) -> bool {
    let timex = reading.timex.as_str();
    if timex == "PRESENT_REF" {
        return found.iter().any(|ours| ours.value == timex);
    }
    if let Some(part) = part(timex).filter(|_| !timex.starts_with('(')) {
        let day = timex.contains('-').then(|| day(&reading.start)).flatten();
        return found.iter().any(|ours| {
            self::part(&ours.value) == Some(part) && (day.is_none() || first(ours) == day)
        });
    }
    if let Some(point) = &reading.point {
        return found.iter().any(|ours| is_point(point, &ours.value));
    }
    match (&reading.start, &reading.end) {
        (Some(start), Some(end)) => between(start, end, found) || narrowed(reading, found),
        (Some(bound), None) | (None, Some(bound)) => {
            found.iter().any(|ours| is_point(bound, &ours.value))
        }
        _ => false,
    }
}

/// A day narrowed to a part of it (`later today`), which TIMEX3 has as the day.
fn narrowed(reading: &Reading, found: &[&Timex]) -> bool {
    !reading.modifier.is_empty() && found.iter().any(|ours| first(ours) == day(&reading.start))
}

fn between(start: &str, end: &str, found: &[&Timex]) -> bool {
    let one = found.iter().any(|ours| {
        let ends = ours.value.split_once('/');
        ends.is_some_and(|(from, to)| is_point(start, from) && is_point(end, to))
    });
    let two = match found {
        [one, .., two] => is_point(start, &one.value) && is_point(end, &two.value),
        _ => false,
    };
    one || two
}

/// Whether a value is the point `2016-11-07 19:30:00`, or at `19:30:00` of any day.
fn is_point(point: &str, value: &str) -> bool {
    let (our_day, our_time) = value.split_once('T').unwrap_or((value, ""));
    let (day, time) = point.split_once(' ').unwrap_or(("", point));
    let midnight = |clock: (u8, u8, u8)| if clock.0 == 24 { (0, 0, 0) } else { clock };
    let ours = clock(our_time).map(midnight);
    ours.is_some() && ours == clock(time) && (day.is_empty() || day == our_day)
}

/// `19`, `19:30` or `19:30:15` as hour, minute and second.
fn clock(text: &str) -> Option<(u8, u8, u8)> {
    let mut parts = text.split(':').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?))
}

/// The letters of a part of the day: `MO` of `2016-11-07TMO`.
fn part(value: &str) -> Option<&str> {
    let (_, letters) = value.split_once('T')?;
    letters.starts_with(|first: char| first.is_ascii_uppercase()).then_some(letters)
}

fn day(point: &Option<String>) -> Option<Date> {
    point.as_ref()?.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_sets_agree() {
        let check = |ours: &str, theirs: &str, agree: bool| {
            let found =
                same_length(ours, theirs) || vague_length(ours, theirs) || same_set(ours, theirs);
            assert_eq!(found, agree, "{ours} {theirs}");
        };
        check("PT30M", "PT0.5H", true);
        check("P3Y6M", "P3.5Y", true);
        check("P1Q", "P3M", true);
        check("PXW", "P3W", true);
        check("PXW", "P3D", false);
        check("XXXX-XX-XXT15:00", "T15", true);
        check("XXXX-WXX-1T16:00", "XXXX-WXX-2T16", false);
        check("P1WE", "XXXX-WXX-WE", true);
        check("P1D", "P1W", false);
    }

    #[test]
    fn points_agree_with_values() {
        let check = |point: &str, value: &str, agree: bool| {
            assert_eq!(is_point(point, value), agree, "{point} {value}");
        };
        check("2016-11-07 19:30:00", "2016-11-07T19:30", true);
        check("2016-11-07 19:30:00", "2016-11-08T19:30", false);
        check("19:00:00", "2016-11-08T19", true);
        check("2016-11-07", "2016-11-07", false);
        assert_eq!(start_of_last("2016-11/2017-02"), Some(jiff::civil::date(2017, 2, 1)));
        assert_eq!(start_of_last("2016-W50/2017-W02"), Some(jiff::civil::date(2017, 1, 9)));
    }
}
