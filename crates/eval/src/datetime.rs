//! Dates against the specifications of Microsoft Recognizers-Text.
//!
//! A case passes when an expression that overlaps the expected one covers the days of its past or
//! its future reading: the specification leaves the choice open, a report's tense makes it.
//! Durations and sets are compared by length. Left out are classes of appointment dialogue that
//! reports have not: times and stretches of the clock alone, sets by the clock, cases that a word turns into an open
//! half-line (`before 2010`, which TIMEX3 has as 2010), and cases the specification itself does
//! not resolve.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use stemma_model::Timex;

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::{Metric, Scores, percent};

/// Classes that are scored.
const CLASSES: [&str; 4] = ["date", "daterange", "duration", "set"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Spec {
    input: String,
    context: Option<Value>,
    #[serde(default)]
    results: Vec<Value>,
}

/// One expected expression.
#[derive(Clone, Debug, PartialEq)]
struct Case {
    class: String,
    /// Code points, half-open.
    start: usize,
    end: usize,
    readings: Vec<Reading>,
}

/// One way to resolve it.
#[derive(Clone, Debug, PartialEq)]
struct Reading {
    timex: String,
    from: Option<Date>,
    /// The last day; ranges of the specification end with the first day after.
    to: Option<Date>,
}

/// Scores the specifications (`*.json`) in `dir`.
///
/// # Errors
/// When the corpus is not there or not of that shape, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let mut texts = Vec::new();
    let mut cases: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for path in files(dir)?.iter().filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let source = read(path)?;
        let shape =
            |error: serde_json::Error| Kind::Shape { path: path.clone(), found: error.to_string() };
        let specs: Vec<Spec> =
            serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(shape)?;
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        for (n, spec) in specs.iter().enumerate() {
            let Some(published) = spec.reference() else { continue };
            let id = format!("{name}-{n}");
            texts.push(Text { id: id.clone(), published, text: spec.input.clone() });
            cases.insert(id, spec.results.iter().filter_map(case).collect());
        }
    }
    let read = annotate(&texts)?;
    let mut passed: BTreeMap<&str, (usize, usize)> = CLASSES.map(|class| (class, (0, 0))).into();
    for (id, cases) in &cases {
        let (text, dates) = match read.get(id) {
            Some((document, annotations)) => (document.text.as_str(), annotations.dates.as_slice()),
            None => ("", [].as_slice()),
        };
        for case in cases {
            let tally = passed
                .entry(CLASSES.iter().find(|class| **class == case.class).expect("scored"))
                .or_default();
            tally.0 += usize::from(case.passes(text, dates));
            tally.1 += 1;
        }
    }
    let total = passed.values().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let mut metrics = vec![Metric::new("cases", percent(total.0, total.1))];
    metrics.extend(
        passed.iter().map(|(class, (right, all))| Metric::new(*class, percent(*right, *all))),
    );
    Ok(Scores { suite: "datetime", corpus: digest(dir)?, documents: texts.len(), metrics })
}

impl Spec {
    /// The day that the case is read on.
    fn reference(&self) -> Option<String> {
        let moment = self.context.as_ref()?.get("ReferenceDateTime")?.as_str()?;
        moment.get(..10).map(str::to_owned)
    }
}

/// The expected expression, if its class is scored and the specification resolves it.
fn case(result: &Value) -> Option<Case> {
    let class = result.get("Type").or_else(|| result.get("TypeName"))?.as_str()?;
    let class = class.trim_start_matches("datetimeV2.").to_owned();
    let number =
        |name: &str| result.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let start = number("Start")?;
    let end = number("Length").map(|length| start + length).or_else(|| Some(number("End")? + 1))?;
    let readings = readings(result)?;
    let clock_set = class == "set" && readings.iter().any(|reading| reading.timex.contains('T'));
    let scored = CLASSES.contains(&class.as_str()) && !readings.is_empty() && !clock_set;
    scored.then_some(Case { class, start, end, readings })
}

fn readings(result: &Value) -> Option<Vec<Reading>> {
    let value = result.get("Value").or_else(|| result.get("Resolution"))?;
    if let Some(values) = value.get("values").and_then(Value::as_array) {
        return values
            .iter()
            .map(|value| reading(value, value.get("timex"), value.get("Mod")))
            .collect();
    }
    ["FutureResolution", "PastResolution"]
        .iter()
        .filter_map(|name| value.get(name))
        .map(|found| reading(found, value.get("Timex"), value.get("Mod")))
        .collect()
}

/// One reading; none where a word makes a half-line of it or nothing resolves it.
fn reading(found: &Value, timex: Option<&Value>, modifier: Option<&Value>) -> Option<Reading> {
    if modifier.is_some_and(|modifier| modifier.as_str().is_some_and(|text| !text.is_empty())) {
        return None;
    }
    let day = |names: &[&str]| {
        names.iter().find_map(|name| found.get(name)?.as_str()?.get(..10)?.parse::<Date>().ok())
    };
    let (from, to) = match day(&["date", "value"]) {
        Some(date) => (Some(date), Some(date)),
        None => (
            day(&["start", "startDate"]),
            day(&["end", "endDate"]).and_then(|end| end.checked_sub(1.day()).ok()),
        ),
    };
    let timex = timex.and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(Reading { timex, from, to })
}

impl Case {
    fn passes(&self, text: &str, dates: &[Timex]) -> bool {
        let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
        let (start, end) = (byte(self.start), byte(self.end));
        let found: Vec<&Timex> = dates
            .iter()
            .filter(|timex| timex.span.start() < end && timex.span.end() > start)
            .collect();
        self.readings.iter().any(|reading| match self.class.as_str() {
            "duration" | "set" => {
                found.iter().any(|timex| same_length(&timex.value, &reading.timex))
            }
            _ => reading.from.is_some() && reading.to.is_some() && covers(reading, &found),
        })
    }
}

/// Whether two values are equal or the same length: `PT30M` and `PT0.5H`, `P1Q` and `P3M`.
fn same_length(a: &str, b: &str) -> bool {
    a == b || seconds(a).zip(seconds(b)).is_some_and(|(a, b)| (a - b).abs() < 1.0)
}

/// The length of a value of lengths, with months of 30 and years of 365 days.
fn seconds(value: &str) -> Option<f64> {
    const DAY: f64 = 86_400.0;
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
            ('M', false) => 30.0 * DAY,
            ('Q', _) => 90.0 * DAY,
            ('Y', _) => 365.0 * DAY,
            _ => return None,
        };
        total += unit * number.parse::<f64>().ok()?;
        number.clear();
    }
    Some(total)
}

/// Whether one expression, or two that name the ends of a range, cover the days of a reading. The
/// specification ends ranges with the first day after, but `to the 5th` with the 5th.
fn covers(reading: &Reading, found: &[&Timex]) -> bool {
    let ends = |to: Option<Date>| {
        to == reading.to || to == reading.to.and_then(|last| last.checked_add(1.day()).ok())
    };
    let range = |timex: &&&Timex| timex.range.map(|range| (range.from, range.to));
    let whole = found
        .iter()
        .filter_map(|timex| range(&timex))
        .any(|(from, to)| from == reading.from && ends(to));
    let (first, last) =
        (found.first().and_then(|t| range(&t)), found.last().and_then(|t| range(&t)));
    whole
        || matches!((first, last), (Some((from, _)), Some((_, to))) if from == reading.from && ends(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_two_shapes_of_cases() {
        let merged = serde_json::json!({"Text": "x", "Start": 3, "End": 5, "TypeName": "datetimeV2.daterange",
            "Resolution": {"values": [{"timex": "2018-04", "type": "daterange", "start": "2018-04-01", "end": "2018-05-01"}]}});
        let case = case(&merged).expect("scored");
        assert_eq!((case.start, case.end), (3, 6));
        assert_eq!(case.readings[0].to, Some(jiff::civil::date(2018, 4, 30)));
        let open = serde_json::json!({"Start": 3, "Length": 5, "Type": "daterange",
            "Value": {"Timex": "2010", "Mod": "before", "FutureResolution": {"endDate": "2010-01-01"}}});
        assert_eq!(super::case(&open), None);
    }
}
