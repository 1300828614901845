//! Claims of invented reports.

use stemma_model::{Annotations, Basis, DateRange, Dated, Document, Figure, Sentence};

use super::*;

/// A report with its day of March and its figures: words, kind, value, unit, what is counted.
type Fact = (&'static str, FigureKind, f64, Option<&'static str>, &'static str);

struct Report(&'static str, i8, &'static str, Vec<Fact>);

fn document(report: &Report) -> Document {
    Document::plain(DocumentId::of(&[report.0]), report.2)
}

fn annotations(report: &Report) -> Annotations {
    let span = |words: &str| Span::of(report.2, words).expect(words);
    let figures = report.3.iter().map(|(words, kind, value, unit, what)| Figure {
        span: span(words),
        kind: *kind,
        value: *value,
        upper: None,
        unit: unit.map(str::to_owned),
        approximate: words.ends_with("illions"),
        hedge: words.starts_with("as many as").then(|| "as many as".to_owned()),
        what: (!what.is_empty()).then(|| span(what)),
    });
    Annotations {
        published: Dated {
            range: DateRange::day(jiff::civil::date(2031, 3, report.1)),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            reason: Reason::new("test", ""),
        },
        sentences: vec![Sentence { span: Span::new(0, report.2.len()), vector: Vec::new() }],
        figures: figures.collect(),
        ..Annotations::empty(DocumentId::of(&[report.0]))
    }
}

fn check(reports: &[Report], expected: &[&str]) {
    let documents: Vec<Document> = reports.iter().map(document).collect();
    let annotations: Vec<Annotations> = reports.iter().map(annotations).collect();
    let question: Vec<Attesting<'_>> = documents.iter().zip(&annotations).collect();
    let input = Input { question: &question, carried: &Carried::default() };
    let mut found: Vec<String> = claims(&input)
        .iter()
        .map(|claim| {
            let values: Vec<&str> = claim.values.iter().map(|value| value.value.as_str()).collect();
            format!("{:?} {}", claim.status, values.join(" "))
        })
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

use FigureKind::{Count, Money};

#[test]
fn what_grows_is_updated_and_what_differs_at_once_conflicts() {
    check(
        &[
            Report(
                "a",
                4,
                "The blast injured 14 people.",
                vec![("14", Count, 14.0, None, "people")],
            ),
            Report(
                "b",
                5,
                "The blast put 41 people in hospital.",
                vec![("41", Count, 41.0, None, "people")],
            ),
            Report(
                "c",
                12,
                "Sixteen people are now known to have been injured.",
                vec![("Sixteen", Count, 16.0, None, "people")],
            ),
            Report("d", 5, "The blast killed 3 people.", vec![("3", Count, 3.0, None, "people")]),
        ],
        &["Conflicts 14 41", "Single 3", "Updates 14 16"],
    );
}

#[test]
fn as_many_as_is_the_most_there_may_be() {
    check(
        &[
            Report(
                "a",
                4,
                "The blast injured as many as 40 people.",
                vec![("as many as 40", Count, 40.0, None, "people")],
            ),
            Report(
                "b",
                4,
                "The blast injured 37 people.",
                vec![("37", Count, 37.0, None, "people")],
            ),
        ],
        &["Agrees 37 40"],
    );
}

#[test]
fn only_one_subject_is_compared() {
    check(
        &[
            Report(
                "a",
                4,
                "She said the repairs would cost €230 million.",
                vec![("€230 million", Money, 230e6, Some("EUR"), "repairs")],
            ),
            Report(
                "b",
                4,
                "He put the cost of the repairs at €320 million.",
                vec![("€320 million", Money, 320e6, Some("EUR"), "cost of the repairs")],
            ),
            Report(
                "c",
                5,
                "The tunnel cost €1.9 billion to build.",
                vec![("€1.9 billion", Money, 1.9e9, Some("EUR"), "tunnel")],
            ),
        ],
        &["Conflicts 230000000 320000000", "Single 1900000000"],
    );
}

#[test]
fn amounts_that_are_no_number_say_nothing() {
    let report = |name, day| {
        Report(
            name,
            day,
            "The repairs cost billions of crowns.",
            vec![("billions", Count, 2e9, None, "crowns")],
        )
    };
    check(&[report("a", 4), report("b", 5)], &[]);
}

#[test]
fn equal_figures_agree() {
    check(
        &[
            Report(
                "a",
                4,
                "About 22,000 vehicles use the tunnel.",
                vec![("22,000", Count, 22e3, None, "vehicles")],
            ),
            Report(
                "b",
                12,
                "It carries 22,000 vehicles a day.",
                vec![("22,000", Count, 22e3, None, "vehicles")],
            ),
            Report(
                "c",
                12,
                "It has two of nine shafts and seven more.",
                vec![("two", Count, 2.0, None, "shafts"), ("seven", Count, 7.0, None, "shafts")],
            ),
        ],
        &["Agrees 22000"],
    );
}
