//! Whether two reports without dates hear a speaker on one occasion.
//!
//! Reports of one question over years share their words; what tells their events apart, where no
//! date does, is what people are quoted with. Two reports that quote somebody in the same words
//! heard one speech; two that quote the same person at length, and nothing that stands in the other,
//! more likely heard two, unless both name things of which the news at large knows little.

use std::collections::{BTreeMap, BTreeSet};

use stemma_text::{fold, words};

use super::Report;
use super::background::specificity;
use super::bag::{self, Bag, hash, stem};
use super::window::{Edges, Pairs};

/// Words of the shortest quotation that is compared.
const SHORTEST: usize = 6;

/// Words of a run.
const RUN: usize = 3;

/// Quotations of one person that each report must have: one alone is as often another part of the
/// same speech. Of pairs of a cosine of .14 with two and more and nothing in common, 57 in 130 on
/// undated BASIL and ECB+ topics 1 to 35 tell different events; with one, 51 in 243.
const AT_LENGTH: usize = 2;

/// The share of a quotation's runs that stand in the other report, from which both may render one
/// speech. Of .3, .4 and .6 the one that cost undated BASIL least and parts the four events of the
/// seeds, for which the rule was made.
const ONE_SPEECH: f64 = 0.4;

/// What is left of a likeness when the same person says nothing the same: little enough that long
/// reports of one question, whose cosine reaches .5, stay apart (the seeds).
const OTHER_WORDS: f64 = 0.2;

/// How [specific](specificity) a name or number is that reports of two events would hardly share:
/// it stands in fewer than one article in 147.
const RARE: f64 = 5.0;

/// How many such names, beside those of the people quoted, make two reports of one event. On undated
/// BASIL, where no such rule gives B³ F1 .947, two of 4, 4.5 or 5 give .955, three of 4 .951, and four
/// of 3.5 .947; one of 5 gives .955 and joins two events of the seeds. ECB+ topics 1 to 20 stay at
/// .943 with each of them.
const ONE_EVENT: usize = 2;

/// The runs of a text.
type Runs = BTreeSet<u64>;

/// What a report quotes, by who speaks, and all of its runs.
struct Heard {
    /// The words of the names of those who are quoted.
    people: BTreeSet<u64>,
    speeches: BTreeMap<String, Vec<Runs>>,
    text: Runs,
}

/// Weighs every pair of reports without a stated date by what they quote; the pairs that tell of two
/// occasions.
pub(super) fn weigh(edges: &mut Edges, reports: &[Report<'_>], bags: &[Bag]) -> Pairs {
    // Of most archives nearly all is dated: only what stands in an undated pair is read.
    let mut known: Vec<Option<Heard>> = reports.iter().map(|_| None).collect();
    let mut pairs = Pairs::new();
    for (&(a, b), likeness) in edges.iter_mut() {
        if reports[a].stated || reports[b].stated {
            continue;
        }
        for i in [a, b] {
            known[i].get_or_insert_with(|| heard(&reports[i]));
        }
        if let (Some(one), Some(other)) = (&known[a], &known[b])
            && apart(one, other)
            && !is_one_event(one, other, [&bags[a], &bags[b]])
        {
            *likeness *= OTHER_WORDS;
            pairs.insert((a, b));
        }
    }
    pairs
}

/// Whether somebody speaks at length in both and nobody in the same words.
fn apart(a: &Heard, b: &Heard) -> bool {
    let both: Vec<(&[Runs], &[Runs])> = a
        .speeches
        .iter()
        .filter_map(|(who, left)| Some((left.as_slice(), b.speeches.get(who)?.as_slice())))
        .collect();
    let stands = |speeches: &[Runs], text: &Runs| speeches.iter().any(|s| share(s, text));
    both.iter().any(|(left, right)| left.len().min(right.len()) >= AT_LENGTH)
        && !both.iter().any(|(left, right)| stands(left, &b.text) || stands(right, &a.text))
}

/// Whether both name enough that is rare in news, beside the people they quote.
fn is_one_event(a: &Heard, b: &Heard, [left, right]: [&Bag; 2]) -> bool {
    let named = left.iter().filter(|(term, word)| {
        word.is_name()
            && right.get(*term).is_some_and(|word| word.is_name())
            && specificity(*term) >= RARE
            && !a.people.contains(term)
            && !b.people.contains(term)
    });
    named.take(ONE_EVENT).count() == ONE_EVENT
}

/// Whether enough of a quotation stands in a text.
fn share(speech: &Runs, text: &Runs) -> bool {
    speech.intersection(text).count() as f64 >= ONE_SPEECH * speech.len() as f64
}

fn heard(report: &Report<'_>) -> Heard {
    let Report { document, quotes, .. } = *report;
    let named = quotes.iter().filter_map(|quote| quote.source.name.as_deref());
    let people = named.flat_map(|name| words(name).filter_map(|span| stem(span.of_text(name))));
    let people = people.map(|stem| hash(&stem)).collect();
    let mut speeches: BTreeMap<String, Vec<Runs>> = BTreeMap::new();
    for quote in quotes {
        let Some(name) = &quote.source.name else { continue };
        let said: Vec<&str> = quote.marked.iter().map(|&span| document.slice(span)).collect();
        let said = said.join(" ");
        let surname = fold(name).split_whitespace().last().map(str::to_owned);
        if let Some(surname) = surname.filter(|_| words(&said).count() >= SHORTEST) {
            speeches.entry(surname).or_default().push(runs(&said));
        }
    }
    let title = document.title.as_ref().map_or("", |title| title.text.as_str());
    let text = if speeches.is_empty() {
        Runs::new()
    } else {
        runs(title).into_iter().chain(runs(&document.text)).collect()
    };
    Heard { people, speeches, text }
}

fn runs(text: &str) -> Runs {
    bag::runs(text, RUN).into_iter().collect()
}
