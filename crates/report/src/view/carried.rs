//! Who carries whose text: pairs of documents by how much they share.

use std::collections::{BTreeMap, HashMap};

use stemma_model::{AlignmentId, ClusterKind, Descent, DocumentId};

use crate::edition::{Edition, Under};
use crate::view::stemma::{LIKELY, shown};

/// Two documents that share text, the earlier first.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub(crate) a: DocumentId,
    pub(crate) b: DocumentId,
    pub(crate) passages: usize,
    /// Words of all passages, those of the document that has fewer where they overlap.
    pub(crate) words: usize,
    pub(crate) direction: Option<Direction>,
    /// Where the longest passage is set out.
    pub(crate) under: Under,
}

/// Which of two has the text from the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Direction {
    pub(crate) from: DocumentId,
    pub(crate) to: DocumentId,
    /// Whether the text itself shows it, or it is only likely.
    pub(crate) shown: bool,
}

impl Carried {
    /// Which has it from which, in words; `siglum` names a document.
    pub(crate) fn told<'s>(&self, siglum: impl Fn(DocumentId) -> &'s str) -> String {
        match self.direction {
            Some(Direction { from, to, shown: true }) => {
                format!("{} has it from {}, as the text shows", siglum(to), siglum(from))
            }
            Some(Direction { from, to, shown: false }) => {
                format!("{} likely has it from {}", siglum(to), siglum(from))
            }
            None => "who has it from whom is open".to_owned(),
        }
    }
}

/// Every pair of documents that share text, the most words first. Text that recurs within one
/// outlet and page furniture do not count. Time is linear in alignments and descents.
pub(crate) fn carried(edition: &Edition<'_>) -> Vec<Carried> {
    let record = edition.record;
    let mut home: HashMap<AlignmentId, (Under, ClusterKind)> = HashMap::new();
    for cluster in &record.clusters {
        let under = (Under::Cluster(cluster.id), cluster.kind);
        home.extend(cluster.alignments.iter().map(|&id| (id, under)));
    }
    let mut pairs: BTreeMap<(usize, usize), (Carried, u32)> = BTreeMap::new();
    for pair in record.alignments.iter().filter(|pair| !edition.is_boilerplate(pair)) {
        let own = (Under::Pair(pair.id), ClusterKind::Passage);
        let (under, kind) = home.get(&pair.id).copied().unwrap_or(own);
        if kind == ClusterKind::Boilerplate {
            continue;
        }
        let mut ends = [pair.a.document, pair.b.document];
        ends.sort_by_key(|&id| edition.order(id));
        let [a, b] = ends;
        let new = || (Carried { a, b, passages: 0, words: 0, direction: None, under }, 0);
        let (known, longest) =
            pairs.entry((edition.order(a), edition.order(b))).or_insert_with(new);
        known.passages += 1;
        known.words += pair.words as usize;
        if pair.words > *longest {
            (known.under, *longest) = (under, pair.words);
        }
    }
    let directions = directions(edition);
    let mut found: Vec<Carried> = pairs.into_values().map(|(carried, _)| carried).collect();
    for carried in &mut found {
        carried.direction = direction(&directions, carried);
    }
    // Pairs come by document, and the sort is stable.
    found.sort_by_key(|carried| std::cmp::Reverse(carried.words));
    found
}

/// The best support for each ordered pair.
fn directions<'r>(edition: &Edition<'r>) -> HashMap<(DocumentId, DocumentId), &'r Descent> {
    let mut best: HashMap<(DocumentId, DocumentId), &Descent> = HashMap::new();
    for descent in edition.record.clusters.iter().flat_map(|cluster| &cluster.stemma) {
        let Some(from) = descent.from.filter(|_| descent.support >= LIKELY) else {
            continue;
        };
        let known = best.entry((from, descent.to)).or_insert(descent);
        if descent.support > known.support {
            *known = descent;
        }
    }
    best
}

/// One way, where only one is likely or one is shown and the other is not.
fn direction(
    directions: &HashMap<(DocumentId, DocumentId), &Descent>,
    Carried { a, b, .. }: &Carried,
) -> Option<Direction> {
    let way = |from: DocumentId, to: DocumentId| {
        let descent = directions.get(&(from, to))?;
        Some(Direction { from, to, shown: shown(descent) })
    };
    match (way(*a, *b), way(*b, *a)) {
        (Some(forth), Some(back)) if forth.shown == back.shown => None,
        (Some(forth), Some(back)) => Some(if forth.shown { forth } else { back }),
        (forth, back) => forth.or(back),
    }
}
