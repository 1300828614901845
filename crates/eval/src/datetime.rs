//! Dates and times against the specifications of Microsoft Recognizers-Text.
//!
//! A case passes when what we find where it expects an expression says the same. The two schemes
//! differ in form, and the comparison goes over these bridges, one function each in `agree`:
//!
//! - the specification gives a past and a future reading where a note leaves the choice; either is
//!   right;
//! - it ends a range with the first day after, or with the first day of what is named last (`2014
//!   to 2018`); we end with the last day named; and two expressions may name the ends of a range;
//! - it gives `early May` as half of May, TIMEX3 as May with a modifier: the values are compared;
//! - it gives `before May 5` as a half-line: TIMEX3 has its bound, which must be ours;
//! - it gives `two weeks ago` as a day, TIMEX3 as a week: the day must lie in it;
//! - it reads `few` and `several` as three, TIMEX3 as an unknown number.
//!
//! Left out are, and counted in [`LEFT_OUT`]: what is reckoned from the minute of writing (`in 5
//! minutes`), of which a document's date knows nothing; meal times, school years and working days,
//! which TIMEX3 has no values for; time zones alone; and cases that give no resolution at all.

mod agree;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use stemma_model::Timex;

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::{Metric, Scores, percent};

/// Classes that are scored.
const CLASSES: [&str; 8] =
    ["date", "daterange", "datetime", "datetimerange", "duration", "set", "time", "timerange"];

/// Marks of values that TIMEX3 has none for: meals, school years, fiscal years without a number,
/// and working days.
const LEFT_OUT: [&str; 4] = ["TME", "SY", "FYX", "BD"];

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

/// One way to resolve it, as the specification writes it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    timex: String,
    /// `before`, `since`, `mid` …; empty for none.
    modifier: String,
    /// A point: `2016-11-07`, `19:56:30`, or both with a space between.
    point: Option<String>,
    /// The first point of a range.
    start: Option<String>,
    /// The first point after it.
    end: Option<String>,
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
            cases.insert(
                id,
                spec.results.iter().filter_map(|result| case(&spec.input, result)).collect(),
            );
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
fn case(input: &str, result: &Value) -> Option<Case> {
    let class = result.get("Type").or_else(|| result.get("TypeName"))?.as_str()?;
    let class = class.trim_start_matches("datetimeV2.").to_owned();
    let number =
        |name: &str| result.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let start = number("Start")?;
    let end = number("Length").map(|length| start + length).or_else(|| Some(number("End")? + 1))?;
    let readings = readings(result);
    let words: String = input.chars().skip(start).take(end - start).collect();
    let scored = CLASSES.contains(&class.as_str()) && !readings.is_empty();
    let applies = readings.iter().all(|reading| applies(reading, &class, &words));
    (scored && applies).then_some(Case { class, start, end, readings })
}

/// Whether TIMEX3 and a document's day can express a reading.
fn applies(reading: &Reading, class: &str, words: &str) -> bool {
    let no_value = LEFT_OUT.iter().any(|mark| reading.timex.contains(mark));
    let seconds =
        reading.timex.split_once('T').is_some_and(|(_, time)| time.matches(':').count() > 1);
    let written = words.contains(':') || words.contains('.');
    let from_the_minute = seconds && !written && !matches!(class, "duration" | "set");
    !(no_value || from_the_minute)
}

fn readings(result: &Value) -> Vec<Reading> {
    let Some(value) = result.get("Value").or_else(|| result.get("Resolution")) else {
        return Vec::new();
    };
    if let Some(values) = value.get("values").and_then(Value::as_array) {
        return values.iter().map(|value| reading(value, value)).collect();
    }
    ["FutureResolution", "PastResolution"]
        .iter()
        .filter_map(|name| Some(reading(value.get(name)?, value)))
        .collect()
}

/// One reading: its points, and the value and modifier that stand beside or above them.
fn reading(found: &Value, about: &Value) -> Reading {
    let text = |value: &Value, names: &[&str]| {
        names.iter().find_map(|name| value.get(name)?.as_str().map(str::to_owned))
    };
    Reading {
        timex: text(about, &["timex", "Timex"]).unwrap_or_default(),
        modifier: text(about, &["Mod"]).unwrap_or_default(),
        point: text(found, &["date", "value"]),
        start: text(found, &["start", "startDate"]),
        end: text(found, &["end", "endDate"]),
    }
}

impl Case {
    fn passes(&self, text: &str, dates: &[Timex]) -> bool {
        let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
        let (start, end) = (byte(self.start), byte(self.end));
        let found: Vec<&Timex> = dates
            .iter()
            .filter(|timex| timex.span.start() < end && timex.span.end() > start)
            .collect();
        let agrees = match self.class.as_str() {
            "duration" | "set" => agree::length,
            "date" | "daterange" => agree::days,
            _ => agree::times,
        };
        !found.is_empty() && self.readings.iter().any(|reading| agrees(reading, &found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_two_shapes_of_cases() {
        let merged = serde_json::json!({"Text": "x", "Start": 3, "End": 5, "TypeName": "datetimeV2.daterange",
            "Resolution": {"values": [{"timex": "2018-04", "type": "daterange", "start": "2018-04-01", "end": "2018-05-01"}]}});
        let case = case("", &merged).expect("scored");
        assert_eq!((case.start, case.end), (3, 6));
        assert_eq!(case.readings[0].end.as_deref(), Some("2018-05-01"));
        let old = serde_json::json!({"Start": 3, "Length": 5, "Type": "daterange",
            "Value": {"Timex": "2010", "Mod": "before", "FutureResolution": {"endDate": "2010-01-01"}}});
        let case = super::case("", &old).expect("scored");
        assert_eq!((case.end, case.readings[0].modifier.as_str()), (8, "before"));
    }

    #[test]
    fn what_is_reckoned_from_the_minute_does_not_apply() {
        let check = |timex: &str, words: &str, expected| {
            let reading = Reading { timex: timex.into(), ..Reading::default() };
            assert_eq!(applies(&reading, "datetime", words), expected, "{words}");
        };
        check("2016-11-07T00:05:00", "in 5 minutes", false);
        check("2018-05-03T17:49:19", "5/3/18 @ 17:49:19", true);
        check("TMED", "at dinner", false);
        check("2016-11-07T19", "today at 7pm", true);
    }
}
