//! All relations among many quotations.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stemma_model::{DocumentId, Relation};

use super::candidates::candidates;
use super::relate::{Related, relate};
use super::said::QuotedText;

/// From this closeness on, a quotation has found its counterpart in another document, and what
/// resembles it there less is another sentence of the same speech.
const COUNTERPART: f32 = 0.95;

/// Every pair of quotations of different documents that relate, by number, sorted.
///
/// `same_speaker` tells for two numbers whether one person is said to speak. A speech repeats its
/// phrases, so that a quotation resembles several in a report of the same speech: where one of
/// these has all its words, the others are left out; not those it is spliced from, which each have
/// a part. Near linear but for [`relate`], which runs on all threads: in a store of hundreds of
/// reports it takes two fifths of a reconstruction.
#[must_use]
pub fn relations(
    quotes: &[QuotedText<'_>],
    same_speaker: impl Fn(usize, usize) -> bool + Sync,
) -> Vec<(usize, usize, Related)> {
    let mut found: Vec<(usize, usize, Related)> = candidates(quotes)
        .into_par_iter()
        .filter(|&(i, j)| quotes[i].document != quotes[j].document)
        .filter_map(|(i, j)| Some((i, j, relate(&quotes[i], &quotes[j], same_speaker(i, j))?)))
        .collect();
    let mut closest: BTreeMap<(usize, DocumentId), f32> = BTreeMap::new();
    for (i, j, related) in &found {
        for (quote, other) in [(*i, *j), (*j, *i)] {
            let best = closest.entry((quote, quotes[other].document)).or_default();
            *best = best.max(related.closeness);
        }
    }
    found.retain(|(i, j, related)| {
        let spliced = related.relation == Relation::Spliced;
        spliced
            || [(*i, *j), (*j, *i)].into_iter().all(|(quote, other)| {
                let best = closest[&(quote, quotes[other].document)];
                best < COUNTERPART || related.closeness >= best
            })
    });
    found
}
