//! Whether two reports without dates hear a speaker on one occasion.
//!
//! Reports of one question over years share their words; what tells their events apart, where no
//! date does, is what people are quoted with. Two reports that quote one person in the same words
//! heard one speech; two that quote the same person, and nothing in common, heard two.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Annotations, Document};
use stemma_text::{fold, words};

use super::Input;
use super::bag::hash;
use super::window::{Edges, days_apart};

/// Words of the shortest quotation that is compared.
const SHORTEST: usize = 6;

/// Words of a run that two quotations share.
const RUN: usize = 3;

/// The share of the shorter quotation's runs that the other has, from which on both render one
/// speech. A statement made again in other words, as politicians do, shares up to half (the
/// recurring statements of the seeds).
const ONE_SPEECH: f64 = 0.6;

/// What is left of a likeness when the same person says nothing the same.
const OTHER_WORDS: f64 = 0.35;

/// The runs of each quotation of a report, by who speaks.
type Speeches = BTreeMap<String, Vec<BTreeSet<u64>>>;

/// Weighs every pair whose distance in days is not known by what the reports quote.
pub(super) fn weigh(edges: &mut Edges, input: Input<'_>, dates: &[stemma_model::DateRange]) {
    let speeches: Vec<Speeches> =
        input.documents.iter().zip(input.annotations).map(|(d, a)| speeches(d, a)).collect();
    if speeches.is_empty() {
        return;
    }
    for (&(a, b), likeness) in edges.iter_mut() {
        if days_apart(dates[a], dates[b]).is_none() && apart(&speeches[a], &speeches[b]) {
            *likeness *= OTHER_WORDS;
        }
    }
}

/// Whether somebody speaks in both and nobody in the same words.
fn apart(a: &Speeches, b: &Speeches) -> bool {
    let mut both = a.iter().filter_map(|(who, left)| Some((left, b.get(who)?))).peekable();
    both.peek().is_some()
        && !both.any(|(left, right)| {
            left.iter().any(|x| right.iter().any(|y| share(x, y) >= ONE_SPEECH))
        })
}

/// The share of the smaller set that the other has.
fn share(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    a.intersection(b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

fn speeches(document: &Document, annotations: &Annotations) -> Speeches {
    let mut speeches = Speeches::new();
    for quote in &annotations.quotes {
        let Some(name) = &quote.source.name else { continue };
        let text: String =
            quote.marked.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" ");
        let said: Vec<String> = words(&text).map(|span| fold(span.of_text(&text))).collect();
        let surname = fold(name).split_whitespace().last().map(str::to_owned);
        if let Some(surname) = surname.filter(|_| said.len() >= SHORTEST) {
            let runs = said.windows(RUN).map(|run| hash(&run.join(" "))).collect();
            speeches.entry(surname).or_default().push(runs);
        }
    }
    speeches
}
