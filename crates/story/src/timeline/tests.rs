//! Timelines of invented reports, made from spans of their text.

use jiff::civil::date;
use std::collections::BTreeMap;

use stemma_model::{
    Anchor, Annotations, Basis, ChainId, Dated, Entity, EntityId, Event, EventId, Mention,
    MentionForm, MentionId, MentionKind, Span, Timex, TimexType,
};

use super::read::is_located;
use super::*;

#[expect(clippy::type_complexity, reason = "a table of cases")]
/// A report: `date` expressions and events are looked up in `text`.
struct Report {
    name: &'static str,
    text: &'static str,
    published: Option<jiff::civil::Date>,
    /// Words of the event, its lemma, status, words of its date with value and range.
    events: Vec<(
        &'static str,
        &'static str,
        EventStatus,
        &'static str,
        &'static str,
        Option<DateRange>,
    )>,
    /// Who is mentioned.
    who: Vec<&'static str>,
}

fn document(report: &Report) -> Document {
    Document {
        given_id: Some(report.name.into()),
        outlet: Some(report.name.into()),
        ..Document::plain(DocumentId::of(&[report.name]), report.text)
    }
}

fn annotations(report: &Report, id: DocumentId) -> Annotations {
    let span = |words: &str| Span::of(report.text, words).expect(words);
    let mut mentions: Vec<Mention> = report
        .who
        .iter()
        .map(|who| Mention {
            id: MentionId::of(&[report.name, who]),
            span: span(who),
            kind: MentionKind::Organisation,
            form: MentionForm::Name,
            chain: Some(ChainId::of(&[report.name, who])),
        })
        .collect();
    mentions.sort_by_key(|mention| mention.span);
    let dates = report
        .events
        .iter()
        .map(|(_, _, _, words, value, range)| Timex {
            span: span(words),
            kind: TimexType::Date,
            value: (*value).into(),
            range: *range,
            anchor: Anchor::Absolute,
            reason: Reason::new("test", ""),
        })
        .collect();
    let events = report
        .events
        .iter()
        .enumerate()
        .map(|(i, (words, lemma, status, _, _, range))| Event {
            id: EventId::of(&[report.name, words]),
            span: span(words),
            lemma: (*lemma).into(),
            status: *status,
            date: Some((range.unwrap_or_else(DateRange::unknown), i as u32)),
            participants: mentions.iter().map(|mention| mention.id).collect(),
            sentence: Span::new(0, report.text.len()),
        })
        .collect();
    let range = report.published.map_or_else(DateRange::unknown, DateRange::day);
    Annotations {
        published: Dated {
            range,
            basis: Basis::None,
            evidence: Vec::new(),
            reason: Reason::new("test", ""),
        },
        mentions,
        dates,
        events,
        ..Annotations::empty(id)
    }
}

/// The entries as `from..to sentence-of-n-documents`, and the dates found for documents.
fn check(reports: &[Report], entries: &[&str], dated: &[&str]) {
    let documents: Vec<Document> = reports.iter().map(document).collect();
    let annotations: Vec<Annotations> = reports
        .iter()
        .zip(&documents)
        .map(|(report, document)| annotations(report, document.id))
        .collect();
    let mut entities: BTreeMap<&str, Entity> = BTreeMap::new();
    for (report, document) in reports.iter().zip(&documents) {
        for who in &report.who {
            let entity = entities.entry(who).or_insert_with(|| Entity {
                id: EntityId::of(&[who]),
                name: (*who).into(),
                kind: MentionKind::Organisation,
                forms: Vec::new(),
                documents: Vec::new(),
                chains: Vec::new(),
                reason: Reason::new("test", ""),
            });
            entity.chains.push((document.id, ChainId::of(&[report.name, who])));
        }
    }
    let entities: Vec<Entity> = entities.into_values().collect();
    let reader = Reader::of(&entities);
    let mut events = Events::default();
    let attested = documents.iter().zip(&annotations);
    attested.for_each(|(document, own)| events.add(reader.events(document, own)));
    let input = Input { documents: &documents, carried: &Carried::default() };
    let timeline = timeline(&input, events);
    let day =
        |date: Option<jiff::civil::Date>| date.map_or("?".to_owned(), |date| date.to_string());
    let found: Vec<String> = timeline
        .entries
        .iter()
        .map(|entry| {
            format!("{}..{} {}", day(entry.date.from), day(entry.date.to), entry.documents.len())
        })
        .collect();
    assert_eq!(found, entries);
    let name = |id: &DocumentId| {
        reports.iter().find(|r| DocumentId::of(&[r.name]) == *id).expect("known").name
    };
    let mut found: Vec<String> = timeline
        .dated
        .iter()
        .map(|(id, dated)| {
            format!("{} {}..{}", name(id), day(dated.range.from), day(dated.range.to))
        })
        .collect();
    found.sort();
    assert_eq!(found, dated);
}

fn month(year: i16, month: i8) -> DateRange {
    let first = date(year, month, 1);
    DateRange { from: Some(first), to: Some(first.last_of_month()), precision: Precision::Month }
}

#[test]
fn a_year_is_carried_from_one_report_to_another() {
    check(
        &[
            Report {
                name: "herald",
                text: "Norrvik applied to join the customs union in September 2031.",
                published: None,
                events: vec![(
                    "applied to join the customs union in September 2031",
                    "apply",
                    EventStatus::Happened,
                    "September 2031",
                    "2031-09",
                    Some(month(2031, 9)),
                )],
                who: vec!["Norrvik"],
            },
            Report {
                name: "post",
                text: "On September 30, Norrvik announced it would apply for the union. On November 2 a treaty was signed in Norrvik.",
                published: None,
                events: vec![
                    (
                        "announced it would apply for the union",
                        "announce",
                        EventStatus::Happened,
                        "September 30",
                        "XXXX-09-30",
                        None,
                    ),
                    (
                        "signed in Norrvik",
                        "sign",
                        EventStatus::Happened,
                        "November 2",
                        "XXXX-11-02",
                        None,
                    ),
                ],
                who: vec!["Norrvik"],
            },
        ],
        &["2031-09-30..2031-09-30 2", "2031-11-02..2031-11-02 1"],
        &["post 2031-11-02..2032-09-29"],
    );
}

#[test]
fn events_of_other_days_and_people_stay_apart() {
    let meet = |name, text: &'static str, words, who, day| Report {
        name,
        text,
        published: Some(day),
        events: vec![(
            words,
            "meet",
            EventStatus::Happened,
            "Monday",
            "x",
            Some(DateRange::day(day)),
        )],
        who: vec![who],
    };
    check(
        &[
            meet(
                "a",
                "The Greens met in Calden on Monday.",
                "met in Calden",
                "Greens",
                date(2031, 3, 3),
            ),
            meet(
                "b",
                "The Greens met in Calden on Monday.",
                "met in Calden",
                "Greens",
                date(2031, 3, 10),
            ),
            meet("c", "The Blues met at home on Monday.", "met at home", "Blues", date(2031, 3, 3)),
        ],
        &["2031-03-03..2031-03-03 1", "2031-03-03..2031-03-03 1", "2031-03-10..2031-03-10 1"],
        &[],
    );
}

#[test]
fn a_scene_is_a_place_that_a_preposition_brings() {
    let check = |text: &str, name: &str, scene: bool| {
        assert_eq!(is_located(text, text.find(name).expect(name)), scene, "{text}");
    };
    check("met in Calden", "Calden", true);
    check("was held at the Narrows", "Narrows", true);
    check("applied to join the Norrvik-led alliance", "Norrvik", false);
    check("Norrvik applied", "Norrvik", false);
    check("urged Norrvik to apply", "Norrvik", false);
}
