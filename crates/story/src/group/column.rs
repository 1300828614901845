//! What recurs in undated reports of one outlet.
//!
//! A page holds more than its report: a series begins and ends alike, and what stands beside one
//! text is saved with many. Dated reports of one outlet are kept apart by their days; of two
//! without, a passage that both have says nothing of their stories. So they are as alike as what
//! is left of them without it, and no more, unless most of one stands in the other: then they
//! are two versions of one text.

use std::collections::BTreeMap;

use stemma_model::{Alignment, Passage, Span};

use super::bag::{self, Forms};
use super::vector::{Weighed, weights};
use super::window::{Edges, FLOOR};
use super::{Report, Reports};

/// The share of the shorter report from which the two are versions of one text. Set, not tuned.
const ONE_TEXT: f64 = 0.5;

/// Weighs every pair of undated reports of one outlet without the passages that they share, and
/// gives what each such pair came to. Linear in the texts of these pairs.
pub(super) fn weigh(
    edges: &mut Edges,
    sorted: &[Report<'_>],
    alignments: &[Alignment],
    reports: &Reports,
) -> Edges {
    let mut passages: BTreeMap<(usize, usize), [Vec<Span>; 2]> = BTreeMap::new();
    for alignment in alignments {
        let at = |passage: &Passage| reports.ids.binary_search(&passage.document).ok();
        let (Some(a), Some(b)) = (at(&alignment.a), at(&alignment.b)) else { continue };
        let pair = (a.min(b), a.max(b));
        let share = reports.reuse.get(&pair).copied().unwrap_or_default();
        if of_one_column(&sorted[a], &sorted[b]) && share < ONE_TEXT {
            let spans = passages.entry(pair).or_default();
            spans[usize::from(a > b)].push(alignment.a.span);
            spans[usize::from(a < b)].push(alignment.b.span);
        }
    }
    let rest = |(pair, spans): ((usize, usize), [Vec<Span>; 2])| {
        let whole = edges.get(&pair).copied().unwrap_or_default();
        let likeness = without(sorted, pair, &spans).min(whole);
        if likeness < FLOOR {
            edges.remove(&pair);
        } else {
            edges.insert(pair, likeness);
        }
        (pair, likeness)
    };
    passages.into_iter().map(rest).collect()
}

/// Whether nothing but their words can tell the stories of two reports apart, which one hand wrote.
fn of_one_column(a: &Report<'_>, b: &Report<'_>) -> bool {
    !a.stated && !b.stated && a.document.outlet.is_some() && a.document.outlet == b.document.outlet
}

/// The cosine of two reports without these passages.
fn without(sorted: &[Report<'_>], (a, b): (usize, usize), [left, right]: &[Vec<Span>; 2]) -> f64 {
    let mut forms = Forms::default();
    let mut rest = |at: usize, spans| bag::bag(sorted[at].document, spans, &mut forms);
    let (left, right) = (rest(a, left), rest(b, right));
    let (of_left, of_right) = (weights(&left), weights(&right));
    Weighed { bag: &left, weights: &of_left }.cosine(Weighed { bag: &right, weights: &of_right })
}
