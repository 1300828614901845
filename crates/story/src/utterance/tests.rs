use std::collections::BTreeSet;

use stemma_model::{DateRange, Precision, QuoteKind, Span};

use super::*;

/// Annotations of one document with `count` quotations, numbered within it.
fn document(name: &str, count: usize) -> Annotations {
    let id = DocumentId::of(&[name]);
    Annotations { quotes: (0..count).map(|i| quote(name, i)).collect(), ..Annotations::empty(id) }
}

fn quote(name: &str, number: usize) -> Quote {
    let content = vec![Span::new(10 * number, 10 * number + 5)];
    Quote::plain(id(name, number), QuoteKind::Direct, content)
}

fn id(name: &str, number: usize) -> QuoteId {
    QuoteId::of(&[name, &number.to_string()])
}

fn variant(a: QuoteId, b: QuoteId) -> Variant {
    Variant {
        a,
        b,
        relation: Relation::Trimmed,
        changes: Vec::new(),
        reason: Reason::new("test", ""),
    }
}

fn members(utterances: &[Utterance]) -> Vec<BTreeSet<QuoteId>> {
    utterances.iter().map(|u| u.quotes.iter().map(|&(_, quote)| quote).collect()).collect()
}

#[test]
fn a_splice_belongs_to_both_sayings_and_they_stay_two() {
    let annotations = [document("a", 1), document("b", 2), document("c", 1)];
    let (spliced, first, second, other) = (id("a", 0), id("b", 0), id("b", 1), id("c", 0));
    let pairs = [variant(spliced, first), variant(spliced, second), variant(spliced, other)];
    let found = members(&group(&annotations, &[], &pairs));
    assert!(found.contains(&BTreeSet::from([spliced, first, other])), "{found:?}");
    assert!(found.contains(&BTreeSet::from([spliced, second, other])), "{found:?}");
    assert!(found.iter().all(|group| !(group.contains(&first) && group.contains(&second))));
}

#[test]
fn quotations_of_two_people_do_not_meet() {
    let annotations = [document("a", 1), document("b", 1)];
    let person = |name: &str| EntityId::of(&[name]);
    let speakers = [
        (annotations[0].document, id("a", 0), person("Lee")),
        (annotations[1].document, id("b", 0), person("Roe")),
    ];
    let found = group(&annotations, &speakers, &[variant(id("a", 0), id("b", 0))]);
    assert_eq!(members(&found).len(), 2);
}

#[test]
fn days_that_exclude_each_other_make_it_recurring() {
    let mut annotations = [document("a", 1), document("b", 1)];
    let day = |text: &str| DateRange::day(text.parse().unwrap());
    annotations[0].quotes[0].occasion.date = Some((day("2021-03-01"), Span::new(0, 1)));
    annotations[1].quotes[0].occasion.date = Some((day("2022-03-01"), Span::new(0, 1)));
    let found = group(&annotations, &[], &[variant(id("a", 0), id("b", 0))]);
    assert_eq!(found[0].variants[0].relation, Relation::Recurring);
    assert_eq!(found[0].said.precision, Precision::Interval);
    assert_eq!(found[0].said.from, day("2021-03-01").from);
}

#[test]
fn every_quotation_is_in_an_utterance() {
    let annotations = [document("a", 3)];
    assert_eq!(group(&annotations, &[], &[]).len(), 3);
}
