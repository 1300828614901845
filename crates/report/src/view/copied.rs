//! Copied passages side by side, with their differences.

use std::collections::{HashMap, HashSet};

use stemma_model::{
    Alignment, AlignmentId, AlignmentKind, Change, ChangeOp, Cluster, ClusterKind, Passage, Span,
};

use crate::edition::{Edition, Under};
use crate::view::statement::turned;
use crate::view::stemma::{Drawing, drawing};

/// How many pairs of one cluster are set side by side: the fullest against the others tells a
/// reader more than every other pair.
const PAIRS_OF_A_CLUSTER: usize = 6;
/// How many clusters are set side by side on a compact page.
const COMPACT_CLUSTERS: usize = 40;
/// The same on the tersest page.
const BRIEF_CLUSTERS: usize = 16;
/// From how many bytes a passage on is given as its differences in context.
const LONG_PASSAGE: usize = 1_200;
/// How many bytes of context stand around a difference in a long passage.
const CONTEXT: usize = 90;

/// Passages that share one text.
pub(crate) struct Shared<'r> {
    /// `None` for a pair that no cluster holds.
    pub(crate) cluster: Option<&'r Cluster>,
    pub(crate) passages: Vec<Passage>,
    /// Words in the longest pair.
    pub(crate) words: u32,
    pub(crate) pairs: Vec<Pair<'r>>,
    /// Pairs that are not set out.
    pub(crate) more: usize,
    pub(crate) drawing: Option<Drawing>,
}

impl Shared<'_> {
    /// What links to it name.
    pub(crate) fn under(&self) -> Option<Under> {
        let pair = || self.pairs.first().map(|pair| Under::Pair(pair.alignment.id));
        self.cluster.map(|cluster| Under::Cluster(cluster.id)).or_else(pair)
    }
}

/// Two passages set side by side, the earlier document left.
pub(crate) struct Pair<'r> {
    pub(crate) alignment: &'r Alignment,
    pub(crate) left: Passage,
    pub(crate) right: Passage,
    pub(crate) left_pieces: Vec<Piece<'r>>,
    pub(crate) right_pieces: Vec<Piece<'r>>,
}

/// A piece of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'r> {
    /// Both have it.
    Same(&'r str),
    /// The other has something else here.
    Changed(&'r str),
    /// Only this one has it.
    Only(&'r str),
    /// The other sets or spells it otherwise.
    Respelt(&'r str),
    /// The other has something here that this one has not.
    Lacks,
    /// Words that both have, left out here.
    Elided,
}

/// What is set out, and how many clusters of a compact page are not.
pub(crate) struct Copied<'r> {
    pub(crate) shared: Vec<Shared<'r>>,
    pub(crate) more: usize,
}

/// Every cluster, those that tell most first, with its pairs; then pairs that no cluster holds.
pub(crate) fn copied<'r>(edition: &Edition<'r>) -> Copied<'r> {
    let record = edition.record;
    let by_id: HashMap<AlignmentId, &Alignment> =
        record.alignments.iter().map(|alignment| (alignment.id, alignment)).collect();
    let held: HashSet<AlignmentId> =
        record.clusters.iter().flat_map(|cluster| cluster.alignments.iter().copied()).collect();
    let clusters = record.clusters.iter().map(|cluster| {
        let alignments = cluster.alignments.iter().filter_map(|id| by_id.get(id).copied());
        (Some(cluster), cluster.passages.clone(), alignments.collect::<Vec<_>>())
    });
    let lone = record
        .alignments
        .iter()
        .filter(|alignment| !held.contains(&alignment.id))
        .filter(|alignment| !edition.is_boilerplate(alignment))
        .map(|alignment| (None, vec![alignment.a, alignment.b], vec![alignment]));
    let mut all: Vec<_> = clusters.chain(lone).collect();
    all.sort_by_cached_key(|(cluster, passages, alignments)| {
        let weight = longest(alignments) as usize * passages.len();
        let first = passages.iter().map(|p| (edition.order(p.document), p.span)).min();
        (cluster.map_or(1, |cluster| rank(cluster.kind)), std::cmp::Reverse(weight), first)
    });
    let shown = all.len().min(edition.limit(COMPACT_CLUSTERS, BRIEF_CLUSTERS));
    let more = all.len() - shown;
    let set_out = |(cluster, passages, alignments)| shared(edition, cluster, passages, alignments);
    Copied { shared: all.into_iter().take(shown).map(set_out).collect(), more }
}

/// Text that recurs within one outlet tells least.
fn rank(kind: ClusterKind) -> u8 {
    match kind {
        ClusterKind::Boilerplate => 2,
        ClusterKind::NearDuplicate
        | ClusterKind::Wire
        | ClusterKind::WireInferred
        | ClusterKind::SharedQuotation
        | ClusterKind::CommonSource
        | ClusterKind::Passage => 1,
    }
}

fn longest(alignments: &[&Alignment]) -> u32 {
    alignments.iter().map(|alignment| alignment.words).max().unwrap_or(0)
}

fn shared<'r>(
    edition: &Edition<'r>,
    cluster: Option<&'r Cluster>,
    mut passages: Vec<Passage>,
    mut alignments: Vec<&'r Alignment>,
) -> Shared<'r> {
    passages.sort_by_key(|passage| (edition.order(passage.document), passage.span));
    let words = longest(&alignments);
    // The document that most pairs have in common, of several the one with most shared text.
    let fullest = passages.iter().rev().max_by_key(|passage| {
        let ends = alignments.iter().flat_map(|pair| [pair.a.document, pair.b.document]);
        (ends.filter(|&id| id == passage.document).count(), passage.span.len())
    });
    let fullest = fullest.map(|passage| passage.document);
    let holds = |alignment: &Alignment| {
        Some(alignment.a.document) == fullest || Some(alignment.b.document) == fullest
    };
    alignments.sort_by_key(|alignment| {
        let ends = (edition.order(alignment.a.document), edition.order(alignment.b.document));
        (!holds(alignment), ends, alignment.a.span)
    });
    let of_fullest = alignments.iter().filter(|alignment| holds(alignment)).count();
    let shown = of_fullest.clamp(1, PAIRS_OF_A_CLUSTER).min(alignments.len());
    Shared {
        cluster,
        passages,
        words,
        more: alignments.len() - shown,
        pairs: alignments.iter().take(shown).map(|alignment| pair(edition, alignment)).collect(),
        drawing: cluster.and_then(|cluster| drawing(edition, cluster)),
    }
}

fn pair<'r>(edition: &Edition<'r>, alignment: &'r Alignment) -> Pair<'r> {
    let turn = edition.order(alignment.a.document) > edition.order(alignment.b.document);
    let ends = (alignment.a, alignment.b);
    let (left, right) = if turn { (ends.1, ends.0) } else { ends };
    let changes: Vec<Change> = match turn {
        true => alignment.changes.iter().map(turned).collect(),
        false => alignment.changes.clone(),
    };
    let back: Vec<Change> = changes.iter().map(turned).collect();
    Pair {
        alignment,
        left,
        right,
        left_pieces: pieces(edition, left, &changes),
        right_pieces: pieces(edition, right, &back),
    }
}

/// The passage cut at its changes, told from its own side.
fn pieces<'r>(edition: &Edition<'r>, passage: Passage, changes: &[Change]) -> Vec<Piece<'r>> {
    let text = |span| edition.text(Passage::new(passage.document, span));
    let mut pieces = Vec::with_capacity(2 * changes.len() + 1);
    let mut at = passage.span.start();
    let inside = changes.iter().filter(|change| passage.span.covers(change.a));
    for change in inside {
        if change.a.start() < at {
            continue;
        }
        pieces.push(Piece::Same(text(Span::new(at, change.a.start()))));
        pieces.push(match change.op {
            ChangeOp::Replace => Piece::Changed(text(change.a)),
            ChangeOp::Delete => Piece::Only(text(change.a)),
            ChangeOp::Respell => Piece::Respelt(text(change.a)),
            ChangeOp::Insert => Piece::Lacks,
        });
        at = change.a.end();
    }
    pieces.push(Piece::Same(text(Span::new(at, passage.span.end()))));
    pieces.retain(|piece| *piece != Piece::Same(""));
    if passage.span.len() < LONG_PASSAGE { pieces } else { abridged(&pieces) }
}

/// The pieces with what both have cut down to the context of the differences.
fn abridged<'r>(pieces: &[Piece<'r>]) -> Vec<Piece<'r>> {
    let last = pieces.len() - 1;
    let cut = |(i, &piece): (usize, &Piece<'r>)| match piece {
        // A passage's two ends say which passage it is, so the whole context stands there.
        Piece::Same(text) if text.len() > 3 * CONTEXT => {
            let head = ends(text, if i == 0 { 2 * CONTEXT } else { CONTEXT }).0;
            let tail = ends(text, if i == last { 2 * CONTEXT } else { CONTEXT }).1;
            vec![Piece::Same(head), Piece::Elided, Piece::Same(tail)]
        }
        kept => vec![kept],
    };
    pieces.iter().enumerate().flat_map(cut).collect()
}

/// The first and the last `length` bytes of a text, cut at words; the text is longer than both.
fn ends(text: &str, length: usize) -> (&str, &str) {
    let space = |(at, character): (usize, char)| character.is_whitespace().then_some(at);
    let head = text.char_indices().filter_map(space).find(|&at| at >= length);
    let tail = text.char_indices().filter_map(space).rfind(|&at| at + length <= text.len());
    (&text[..head.unwrap_or(text.len())], &text[tail.unwrap_or(0)..])
}

/// In words how close the two are.
pub(crate) fn closeness(alignment: &Alignment) -> String {
    let words = alignment.words;
    match alignment.kind {
        AlignmentKind::Verbatim => format!("{words} words, word for word"),
        AlignmentKind::NearVerbatim => {
            let percent = (alignment.similarity * 100.0).floor();
            format!("{words} words, {percent} % the same")
        }
    }
}
