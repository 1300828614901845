//! All relations among many quotations.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stemma_model::{DocumentId, Relation};

use super::relate::{Related, relate};
use super::said::QuotedText;

/// From this closeness on, a quotation has found its counterpart in another document, and what
/// resembles it there less is another sentence of the same speech.
const COUNTERPART: f32 = 0.95;

/// The pairs among `candidates` (see [`candidates`](super::candidates())) that relate, by number,
/// in the order given.
///
/// `same_speaker` tells for two numbers whether one person is said to speak. A speech repeats its
/// phrases, so that a quotation resembles several in a report of the same speech: where one of
/// these has all its words, the others are left out; not those it is spliced from, which each have
/// a part. Linear but for [`relate`], which runs on all threads.
#[must_use]
pub fn relations<'q>(
    candidates: &[(u32, u32)],
    quote: impl Fn(usize) -> QuotedText<'q> + Sync,
    same_speaker: impl Fn(usize, usize) -> bool + Sync,
) -> Vec<(usize, usize, Related)> {
    let mut found: Vec<(usize, usize, Related)> = candidates
        .par_iter()
        .map(|&(i, j)| (i as usize, j as usize))
        .filter_map(|(i, j)| Some((i, j, relate(&quote(i), &quote(j), same_speaker(i, j))?)))
        .collect();
    let mut closest: BTreeMap<(usize, DocumentId), f32> = BTreeMap::new();
    for (i, j, related) in &found {
        for (one, other) in [(*i, *j), (*j, *i)] {
            let best = closest.entry((one, quote(other).document)).or_default();
            *best = best.max(related.closeness);
        }
    }
    found.retain(|(i, j, related)| {
        let spliced = related.relation == Relation::Spliced;
        spliced
            || [(*i, *j), (*j, *i)].into_iter().all(|(one, other)| {
                let best = closest[&(one, quote(other).document)];
                best < COUNTERPART || related.closeness >= best
            })
    });
    found
}
