//! Who may have a text from whom, laid out as a drawing.

use std::collections::{BTreeMap, HashMap};

use stemma_model::{Cluster, Descent, DocumentId};

use crate::edition::Edition;

/// From which support on a line is solid: three times as much speaks for this source as for all
/// others, that of none among the documents included.
const SHOWN: f32 = 0.75;
/// From which support on a line is drawn at all: with less, something else is likelier by far.
pub(crate) const LIKELY: f32 = 0.25;
/// How many witnesses a drawing may have: beyond it a page shows the list alone.
const MOST_NODES: usize = 24;

/// A drawing in units of one node: `x` runs from 0 to `width - 1`, `y` from 0 to `height - 1`.
pub(crate) struct Drawing {
    pub(crate) nodes: Vec<Node>,
    pub(crate) lines: Vec<Line>,
    pub(crate) width: f32,
    pub(crate) height: usize,
    /// For each row, its date in words; empty for rows of lost sources.
    pub(crate) rows: Vec<String>,
}

/// A witness, or a lost source.
pub(crate) struct Node {
    pub(crate) label: String,
    /// `None` for a source that is not among the documents.
    pub(crate) document: Option<DocumentId>,
    pub(crate) x: f32,
    pub(crate) y: usize,
}

/// From one node down to another.
pub(crate) struct Line {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) solid: bool,
}

/// Whether the text itself shows a descent, or it is only likely.
pub(crate) fn shown(descent: &Descent) -> bool {
    descent.support >= SHOWN
}

/// The drawing of a cluster's stemma; none where nothing is known or it would be unreadable.
pub(crate) fn drawing(edition: &Edition<'_>, cluster: &Cluster) -> Option<Drawing> {
    let witnesses = edition.witnesses(&cluster.passages);
    if cluster.stemma.is_empty() || witnesses.len() > MOST_NODES {
        return None;
    }
    let lost: Vec<&str> =
        lost_sources(cluster.stemma.iter().filter(|descent| descent.support >= LIKELY));
    let mut nodes: Vec<Node> = lost.iter().map(|name| hollow(name)).collect();
    let (rows, row_of) = rows(edition, &witnesses, !lost.is_empty());
    nodes.extend(witnesses.iter().map(|&id| Node {
        label: edition.siglum(id).to_owned(),
        document: Some(id),
        x: 0.0,
        y: row_of[&id],
    }));
    let place: HashMap<DocumentId, usize> =
        nodes.iter().enumerate().filter_map(|(i, node)| Some((node.document?, i))).collect();
    let drawn = cluster.stemma.iter().filter(|descent| descent.support >= LIKELY);
    let line = |descent: &Descent| {
        let name = descent.from_name.as_deref().unwrap_or_default();
        let from = match descent.from {
            Some(id) => *place.get(&id)?,
            None => lost.iter().position(|&known| known == name)?,
        };
        let to = *place.get(&descent.to)?;
        Some(Line { from, to, solid: shown(descent) })
    };
    let lines: Vec<Line> = drawn.filter_map(line).collect();
    let width = spread(&mut nodes, rows.len());
    Some(Drawing { nodes, lines, width, height: rows.len(), rows })
}

fn lost_sources<'c>(stemma: impl Iterator<Item = &'c Descent>) -> Vec<&'c str> {
    let lost = stemma.filter(|descent| descent.from.is_none());
    let mut names: Vec<&str> =
        lost.map(|descent| descent.from_name.as_deref().unwrap_or_default()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn hollow(name: &str) -> Node {
    let label = if name.is_empty() { "lost source" } else { name };
    Node { label: label.to_owned(), document: None, x: 0.0, y: 0 }
}

/// One row for each date of publication, downwards in time, under the row of the lost sources.
fn rows(
    edition: &Edition<'_>,
    witnesses: &[DocumentId],
    lost: bool,
) -> (Vec<String>, HashMap<DocumentId, usize>) {
    let mut by_date: BTreeMap<_, Vec<DocumentId>> = BTreeMap::new();
    for &id in witnesses {
        let range = edition.published(id);
        let early = range.from.or(range.to);
        by_date.entry((early.is_none(), early, range.to)).or_default().push(id);
    }
    let mut rows = if lost { vec![String::new()] } else { Vec::new() };
    let mut row_of = HashMap::new();
    for members in by_date.into_values() {
        row_of.extend(members.iter().map(|&id| (id, rows.len())));
        rows.push(members.first().map(|&id| edition.date_words(id)).unwrap_or_default());
    }
    (rows, row_of)
}

/// Spreads the nodes of each row evenly around a common middle; returns the width.
fn spread(nodes: &mut [Node], rows: usize) -> f32 {
    let mut sizes = vec![0_usize; rows];
    nodes.iter().for_each(|node| sizes[node.y] += 1);
    let width = sizes.iter().copied().max().unwrap_or(1);
    let mut used = vec![0_usize; rows];
    for node in nodes {
        let room = width as f32 / sizes[node.y] as f32;
        // Rows of one lie beside the middle in turn, so that a line down a column of them does
        // not run through the ones between.
        let sway = match (sizes[node.y], width) {
            (1, 1) => [0.0, 0.45][node.y % 2],
            _ => 0.0,
        };
        node.x = room * (used[node.y] as f32 + 0.5) - 0.5 + sway;
        used[node.y] += 1;
    }
    width as f32
}
