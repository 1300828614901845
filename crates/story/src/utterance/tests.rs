use std::collections::BTreeSet;

use stemma_model::Precision;

use super::*;

/// A quotation of a document, numbered within it.
fn saying(name: &str, number: usize) -> Saying {
    Saying {
        document: DocumentId::of(&[name]),
        quote: id(name, number),
        hull: Some(Span::new(10 * number, 10 * number + 5)),
        entity: None,
        stated: None,
        published: DateRange::unknown(),
    }
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
    let sayings = [saying("a", 0), saying("b", 0), saying("b", 1), saying("c", 0)];
    let (spliced, first, second, other) = (id("a", 0), id("b", 0), id("b", 1), id("c", 0));
    let pairs = [variant(spliced, first), variant(spliced, second), variant(spliced, other)];
    let found = members(&group(&sayings, pairs.to_vec()));
    assert!(found.contains(&BTreeSet::from([spliced, first, other])), "{found:?}");
    assert!(found.contains(&BTreeSet::from([spliced, second, other])), "{found:?}");
    assert!(found.iter().all(|group| !(group.contains(&first) && group.contains(&second))));
}

#[test]
fn quotations_of_two_people_do_not_meet() {
    let person = |name: &str| Some(EntityId::of(&[name]));
    let sayings = [
        Saying { entity: person("Lee"), ..saying("a", 0) },
        Saying { entity: person("Roe"), ..saying("b", 0) },
    ];
    let found = group(&sayings, vec![variant(id("a", 0), id("b", 0))]);
    assert_eq!(members(&found).len(), 2);
}

#[test]
fn days_that_exclude_each_other_make_it_recurring() {
    let day = |text: &str| DateRange::day(text.parse().unwrap());
    let sayings = [
        Saying { stated: Some(day("2021-03-01")), ..saying("a", 0) },
        Saying { stated: Some(day("2022-03-01")), ..saying("b", 0) },
    ];
    let found = group(&sayings, vec![variant(id("a", 0), id("b", 0))]);
    assert_eq!(found[0].variants[0].relation, Relation::Recurring);
    assert_eq!(found[0].said.precision, Precision::Interval);
    assert_eq!(found[0].said.from, day("2021-03-01").from);
}

#[test]
fn every_quotation_is_in_an_utterance() {
    let sayings = [0, 1, 2].map(|number| saying("a", number));
    assert_eq!(group(&sayings, Vec::new()).len(), 3);
}
