//! What the carrier says of the date: metadata, the address, the dateline.

use jiff::civil::Date;
use stemma_model::{Basis, BoilerplateKind, Dated, Problem, Span};

use super::day;
use crate::Sheet;
use crate::timex::read_date;

/// The first year a document can plausibly have been published in: the oldest newspapers.
const FIRST_YEAR: i16 = 1600;

/// The last year: beyond it, a typing error or a placeholder. No clock is read, so that the same
/// input gives the same answer tomorrow.
const LAST_YEAR: i16 = 2049;

/// How far into the text a dateline can stand, in bytes.
const OPENING: usize = 400;

/// The day of writing, where the carrier states it.
pub(crate) fn stated(sheet: &Sheet<'_>) -> Option<(Date, Basis)> {
    let dated = read(sheet)?;
    Some((dated.range.from?, dated.basis))
}

/// The same as a date with its evidence.
pub(super) fn read(sheet: &Sheet<'_>) -> Option<Dated> {
    metadata(sheet).or_else(|| address(sheet)).or_else(|| dateline(sheet))
}

fn metadata(sheet: &Sheet<'_>) -> Option<Dated> {
    let published = sheet.document.published.as_deref()?;
    let date = calendar_day(published)?;
    let from = sheet.document.published_from.as_deref().unwrap_or("metadata");
    Some(day(date, Basis::Metadata, "metadata", format!("`{published}` ({from})")))
}

/// `/2025/03/04/` or `/2025-03-04-` in the document's address.
fn address(sheet: &Sheet<'_>) -> Option<Dated> {
    let url = sheet.document.url.as_deref()?;
    let date = day_in_address(url)?;
    Some(day(date, Basis::Metadata, "address", format!("the address has {date}")))
}

fn day_in_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(['/', '-', '_', '.', '?', '=', '&']).collect();
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let sized =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (sized && is_plausible(date)).then_some(date)
    })
}

/// A full date in the line that the report opens with.
fn dateline(sheet: &Sheet<'_>) -> Option<Dated> {
    let text = sheet.text();
    let marked =
        sheet.document.boilerplate.iter().find(|part| part.kind == BoilerplateKind::Dateline);
    let span = match marked {
        Some(part) => part.span,
        None => opening(text)?,
    };
    let (date, place) = dates_in(text, span).find(|(date, _)| is_plausible(*date))?;
    let mut dated =
        day(date, Basis::Dateline, "dateline", "the line the report opens with".to_owned());
    dated.evidence.push(place);
    Some(dated)
}

/// The dateline of a report, marked as one or to be known by its city in capitals or its agency.
pub(crate) fn dateline_span(sheet: &Sheet<'_>) -> Option<Span> {
    let mut marked = sheet.document.boilerplate.iter();
    if let Some(part) = marked.find(|part| part.kind == BoilerplateKind::Dateline) {
        return Some(part.span);
    }
    let span = opening(sheet.text())?;
    let head = span.of_text(sheet.text());
    let city = head.split([' ', ',']).next().unwrap_or_default();
    let in_capitals = city.len() > 2 && !city.contains(char::is_lowercase);
    (in_capitals || head.ends_with(')')).then_some(span)
}

/// The opening of a report that has a dateline: up to a dash, as in `BRUSSELS, March 4, 2021 (AP) —`.
fn opening(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let mut end = (start + OPENING).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let line = text[start..end].lines().next()?;
    let dash = line
        .find(" - ")
        .or_else(|| line.find(" – "))
        .or_else(|| line.find(" — "))
        .or_else(|| line.find(" -- "))?;
    let head = &line[..dash];
    let city = head.chars().next().is_some_and(char::is_uppercase) && head.len() < 80;
    let names_date = city && head.split_whitespace().count() <= 10;
    names_date.then(|| Span::new(start, start + dash))
}

/// The full calendar days named in a stretch of text, in order.
fn dates_in(text: &str, span: Span) -> impl Iterator<Item = (Date, Span)> {
    read_date(span.of_text(text)).into_iter().map(move |(date, place)| {
        (date, Span::new(span.start() + place.start(), span.start() + place.end()))
    })
}

/// The day that a date or date-time of metadata names, if it is on the calendar and plausible.
pub(super) fn calendar_day(published: &str) -> Option<Date> {
    let text = published.trim();
    let iso = text.get(..10).and_then(|head| head.parse::<Date>().ok());
    let compact = || {
        let digits = text.get(..8).filter(|head| head.bytes().all(|byte| byte.is_ascii_digit()))?;
        let part = |range: std::ops::Range<usize>| digits[range].parse::<i16>().ok();
        Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()
    };
    iso.or_else(compact)
        .or_else(|| read_date(text).into_iter().map(|(date, _)| date).next())
        .filter(|date| is_plausible(*date))
}

fn is_plausible(date: Date) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year())
}

/// What is wrong with the metadata.
pub(super) fn problems(sheet: &Sheet<'_>) -> Vec<Problem> {
    let published = sheet.document.published.as_deref().map(str::trim).unwrap_or_default();
    if published.is_empty() || calendar_day(published).is_some() {
        return Vec::new();
    }
    let used = match read(sheet) {
        Some(dated) => format!("its date was taken from elsewhere: {}", dated.reason.note),
        None => "its date was argued from the text".to_owned(),
    };
    vec![
        Problem::new(
            "impossible-date",
            format!("read the publication date `{published}`: it is no day between {FIRST_YEAR} and {LAST_YEAR}; {used}"),
        )
        .hint("correct `published` in the input, as YYYY-MM-DD"),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn reads_what_carriers_write() {
        let check =
            |text: &str, expected: Option<Date>| assert_eq!(calendar_day(text), expected, "{text}");
        check("2025-03-04T15:10:00+01:00", Some(date(2025, 3, 4)));
        check("20250304", Some(date(2025, 3, 4)));
        check("March 4, 2025", Some(date(2025, 3, 4)));
        check("Tue, 04 Mar 2025 15:10:00 GMT", Some(date(2025, 3, 4)));
        check("3/4/25", Some(date(2025, 3, 4)));
        check("2025-02-30", None);
        check("0001-01-01", None);
        check("soon", None);
    }

    #[test]
    fn reads_addresses() {
        assert_eq!(day_in_address("https://a.example/2025/03/04/x"), Some(date(2025, 3, 4)));
        assert_eq!(day_in_address("https://a.example/news-2025-03-04"), Some(date(2025, 3, 4)));
        assert_eq!(day_in_address("https://a.example/2025/13/04/x"), None);
    }
}
