//! Passages that share one text, brought together.

use std::collections::BTreeMap;

use rayon::prelude::*;
use stemma_model::{Alignment, AlignmentId, Cluster, ClusterId, DocumentId, Passage, Span};

use crate::Witness;
use crate::agency::{Credit, credit};
use crate::forest::Forest;
use crate::kind;
use crate::quoted::{quoted, share};
use crate::stemma::descents;

/// Two passages of one document are of one text where they overlap by this share of the longer:
/// then a report carried whole and one paragraph of it carried further are two texts, each with
/// its own witnesses.
const OVERLAP: f32 = 0.5;

/// From this share in quotation marks on, a passage is a quotation of a third text.
pub(crate) const QUOTED: f32 = 0.8;

/// The texts that several documents share, with what each is, how many independent origins it
/// has, and who may have it from whom; sorted by their first passage.
///
/// `alignments` are those that [`crate::alignments`] gave for the same witnesses. Order of neither
/// matters. Time near linear in the alignments, but for the stemma of each text (see
/// `docs/reuse.md`).
#[must_use]
pub fn clusters(witnesses: &[Witness<'_>], alignments: &[Alignment]) -> Vec<Cluster> {
    let passages = all_passages(alignments);
    let members = components(&passages, alignments);
    let facts = facts(witnesses, &passages);
    let links = Links::of(&facts, alignments);
    let mut clusters: Vec<Cluster> = members
        .par_iter()
        .filter_map(|component| Group::of(component, &passages, &facts, &links))
        .map(|group| group.cluster())
        .collect();
    clusters.sort_by(|one, other| one.passages.cmp(&other.passages));
    clusters
}

/// Documents of a text whose other common passages are counted.
const LOOKED_AT: usize = 32;

/// What is known of one document.
pub(crate) struct Facts<'w> {
    pub witness: &'w Witness<'w>,
    pub quoted: Vec<Span>,
    pub credit: Option<Credit>,
    /// Bytes that are the document's own telling.
    pub own: usize,
}

impl<'w> Facts<'w> {
    fn of(witness: &'w Witness<'w>) -> Self {
        let skipped: usize = witness.skip.iter().map(|span| span.len()).sum();
        Self {
            witness,
            quoted: quoted(witness.text),
            credit: credit(witness),
            own: witness.text.len().saturating_sub(skipped),
        }
    }
}

/// The facts of every document that has a passage.
fn facts<'w>(
    witnesses: &'w [Witness<'w>],
    passages: &[Passage],
) -> BTreeMap<DocumentId, Facts<'w>> {
    let has = |id| {
        let at = passages.partition_point(|passage| passage.document < id);
        passages.get(at).is_some_and(|passage| passage.document == id)
    };
    witnesses
        .par_iter()
        .filter(|witness| has(witness.id))
        .map(|witness| (witness.id, Facts::of(witness)))
        .collect()
}

/// Every passage of some alignment once, sorted.
fn all_passages(alignments: &[Alignment]) -> Vec<Passage> {
    let mut passages: Vec<Passage> =
        alignments.iter().flat_map(|alignment| [alignment.a, alignment.b]).collect();
    passages.sort_unstable();
    passages.dedup();
    passages
}

/// Passages that belong together, and the alignments that say so.
#[derive(Default)]
struct Component {
    passages: Vec<usize>,
    alignments: Vec<AlignmentId>,
}

fn components(passages: &[Passage], alignments: &[Alignment]) -> Vec<Component> {
    let number =
        |passage: &Passage| passages.binary_search(passage).expect("made from the same alignments");
    let mut forest = Forest::new(passages.len());
    for alignment in alignments {
        forest.join(number(&alignment.a), number(&alignment.b));
    }
    join_overlapping(passages, &mut forest);
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for i in 0..passages.len() {
        components.entry(forest.find(i)).or_default().passages.push(i);
    }
    for alignment in alignments {
        let root = forest.find(number(&alignment.a));
        components.entry(root).or_default().alignments.push(alignment.id);
    }
    components.into_values().collect()
}

/// Joins passages of one document that overlap enough; time linear in the overlapping pairs.
fn join_overlapping(passages: &[Passage], forest: &mut Forest) {
    for (i, passage) in passages.iter().enumerate() {
        let after = passages[i + 1..].iter().zip(i + 1..).take_while(|(other, _)| {
            other.document == passage.document && other.span.start < passage.span.end
        });
        for (other, j) in after {
            if forest.find(i) != forest.find(j) && is_one(passage.span, other.span) {
                forest.join(i, j);
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "passages are far shorter than 2^24 bytes")]
fn is_one(a: Span, b: Span) -> bool {
    a.overlap(b) as f32 >= OVERLAP * a.len().max(b.len()) as f32
}

/// Pairs of documents that share words outside quotation marks: one of them, or both, copied.
pub(crate) struct Links(Vec<(DocumentId, DocumentId)>);

impl Links {
    fn of(facts: &BTreeMap<DocumentId, Facts<'_>>, alignments: &[Alignment]) -> Self {
        let is_quotation = |passage: Passage| {
            facts
                .get(&passage.document)
                .is_some_and(|facts| share(&facts.quoted, passage.span) >= QUOTED)
        };
        let mut pairs: Vec<_> = alignments
            .iter()
            .filter(|alignment| !is_quotation(alignment.a) && !is_quotation(alignment.b))
            .map(|alignment| (alignment.a.document, alignment.b.document))
            .collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// How many passages some documents, in order, share among each other; counted for the first
    /// few only, as more of them are no chance.
    fn between(&self, documents: &[DocumentId]) -> usize {
        let few = &documents[..documents.len().min(LOOKED_AT)];
        let pairs = few.iter().enumerate().flat_map(|(i, &one)| {
            few[i + 1..].iter().filter(move |&&other| other != one).map(move |&other| (one, other))
        });
        pairs
            .map(|pair| {
                let from = self.0.partition_point(|known| *known < pair);
                self.0[from..].iter().take_while(|known| **known == pair).count()
            })
            .sum()
    }

    /// Whether the two share words that neither quotes.
    pub fn linked(&self, one: DocumentId, other: DocumentId) -> bool {
        self.0.binary_search(&(one.min(other), one.max(other))).is_ok()
    }
}

/// The passages of one text with what is known of their documents.
pub(crate) struct Group<'g> {
    /// In order of document and place, not overlapping.
    pub passages: Vec<Passage>,
    /// The facts of each passage's document.
    pub facts: Vec<&'g Facts<'g>>,
    pub links: &'g Links,
    alignments: Vec<AlignmentId>,
}

impl<'g> Group<'g> {
    /// The group of a component; none where a witness is missing.
    fn of(
        component: &Component,
        passages: &[Passage],
        facts: &'g BTreeMap<DocumentId, Facts<'g>>,
        links: &'g Links,
    ) -> Option<Self> {
        let mut merged: Vec<Passage> = Vec::new();
        for passage in component.passages.iter().map(|&i| passages[i]) {
            match merged.last_mut() {
                Some(last)
                    if last.document == passage.document && last.span.overlaps(passage.span) =>
                {
                    last.span = last.span.hull(passage.span);
                }
                _ => merged.push(passage),
            }
        }
        let mut alignments = component.alignments.clone();
        alignments.sort_unstable();
        let facts = merged
            .iter()
            .map(|passage| facts.get(&passage.document))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { passages: merged, facts, links, alignments })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.passages.chunk_by(|a, b| a.document == b.document).count()
    }

    /// The share of a passage that stands in quotation marks.
    pub fn quoted_share(&self, i: usize) -> f32 {
        share(&self.facts[i].quoted, self.passages[i].span)
    }

    /// Whether some of its documents share other words too that neither quotes.
    pub fn shares_more(&self) -> bool {
        let ids: Vec<DocumentId> = self.passages.iter().map(|passage| passage.document).collect();
        let within: usize = self.links.between(&ids);
        within > self.alignments.len()
    }

    fn cluster(self) -> Cluster {
        let (kind, reason) = kind::kind(&self);
        let origins = kind::origins(&self, kind, &reason);
        let parts: Vec<String> = self
            .passages
            .iter()
            .map(|p| format!("{} {}-{}", p.document, p.span.start, p.span.end))
            .collect();
        Cluster {
            id: ClusterId::of(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
            kind,
            origins,
            stemma: descents(&self, kind),
            passages: self.passages,
            alignments: self.alignments,
            reason,
        }
    }
}
