//! The coverage matrix: which report tells which point.

use std::cmp::Reverse;
use std::collections::HashMap;

use stemma_model::{
    Cell, Coverage, CoverageCell, DocumentId, Passage, Point, PointKind, QuoteId, Story,
};

use crate::edition::Edition;
use crate::view::point::Points;

/// How many points of one matrix a compact page shows.
const COMPACT_POINTS: usize = 24;
/// The same on the tersest page.
const BRIEF_POINTS: usize = 14;
/// How many matrices a compact page has.
const COMPACT_MATRICES: usize = 12;
/// The same on the tersest page.
const BRIEF_MATRICES: usize = 8;

/// One matrix, sorted so that omissions line up.
pub(crate) struct Matrix<'r> {
    pub(crate) story: Option<&'r Story>,
    /// Columns, the fullest report first.
    pub(crate) documents: Vec<DocumentId>,
    /// What more than one report carries, what most carry first.
    pub(crate) rows: Vec<Row<'r>>,
    /// What one report alone carries, by report in the order of the columns.
    pub(crate) alone: Vec<(DocumentId, Vec<Row<'r>>)>,
    /// Points that are not shown.
    pub(crate) more: usize,
}

/// One point with its cells in the order of the columns; `None` where the record has none.
#[derive(Clone)]
pub(crate) struct Row<'r> {
    pub(crate) point: &'r Point,
    /// The point in words.
    pub(crate) words: String,
    /// The quotation that tells which saying it is, if it is one.
    pub(crate) quote: Option<(DocumentId, QuoteId)>,
    pub(crate) cells: Vec<Option<&'r CoverageCell>>,
}

impl<'r> Row<'r> {
    /// The cells of the reports that carry the point, in whole or in part.
    pub(crate) fn carriers(&self) -> impl Iterator<Item = &'r CoverageCell> {
        self.cells.iter().flatten().copied().filter(|cell| cell.state != Cell::Absent)
    }

    /// The places that its cells cite.
    fn cited(&self) -> impl Iterator<Item = Passage> {
        let of = |cell: &'r CoverageCell| {
            cell.evidence.iter().map(|&span| Passage::new(cell.document, span))
        };
        self.carriers().flat_map(of)
    }
}

/// The matrices of a record, the largest stories first, and how many are not shown.
pub(crate) fn matrices<'r>(edition: &Edition<'r>) -> (Vec<Matrix<'r>>, usize) {
    let mut all: Vec<&Coverage> = edition.record.contrast.coverage.iter().collect();
    all.retain(|coverage| !coverage.points.is_empty() && coverage.documents.len() > 1);
    all.sort_by_key(|coverage| Reverse(coverage.documents.len()));
    let shown = all.len().min(edition.limit(COMPACT_MATRICES, BRIEF_MATRICES));
    let more = all.len() - shown;
    let points = Points::new(edition);
    let matrix = |coverage| matrix(edition, &points, coverage);
    (all.into_iter().take(shown).map(matrix).collect(), more)
}

fn matrix<'r>(
    edition: &Edition<'r>,
    points: &Points<'_, 'r>,
    coverage: &'r Coverage,
) -> Matrix<'r> {
    let cells: HashMap<(u32, DocumentId), &CoverageCell> =
        coverage.cells.iter().map(|cell| ((cell.point, cell.document), cell)).collect();
    let told = |cell: &&CoverageCell| cell.state != Cell::Absent;
    let mut documents = coverage.documents.clone();
    documents.sort_by_cached_key(|&id| {
        let carried = coverage.cells.iter().filter(|cell| cell.document == id).filter(told);
        (Reverse(carried.count()), edition.order(id))
    });
    let mut rows: Vec<Row<'r>> = (0..)
        .zip(&coverage.points)
        .map(|(i, point)| {
            let of = documents.iter().map(|&id| cells.get(&(i, id)).copied());
            row(points, point, of.collect())
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let carried = row.carriers().count();
        let pattern: Vec<u8> = row.cells.iter().map(|cell| weight(*cell)).collect();
        (Reverse(carried), pattern, row.point.kind)
    });
    let (several, single): (Vec<Row<'r>>, Vec<_>) =
        rows.into_iter().partition(|row| row.carriers().count() > 1);
    let mut rows = several;
    let limit = edition.limit(COMPACT_POINTS, BRIEF_POINTS);
    let alone = if edition.compact() { Vec::new() } else { by_report(&documents, &single) };
    let told = if edition.compact() { single.len() } else { 0 };
    let more = rows.len().saturating_sub(limit) + told;
    rows.truncate(limit);
    let story = edition.record.stories.iter().find(|story| Some(story.id) == coverage.story);
    Matrix { story, documents, rows, alone, more }
}

/// The rows by the one report that carries each.
fn by_report<'r>(documents: &[DocumentId], rows: &[Row<'r>]) -> Vec<(DocumentId, Vec<Row<'r>>)> {
    let of = |id: DocumentId| {
        let own = rows.iter().filter(|row| row.carriers().any(|cell| cell.document == id));
        (id, own.cloned().collect::<Vec<_>>())
    };
    documents.iter().map(|&id| of(id)).filter(|(_, rows)| !rows.is_empty()).collect()
}

fn row<'r>(
    points: &Points<'_, 'r>,
    point: &'r Point,
    cells: Vec<Option<&'r CoverageCell>>,
) -> Row<'r> {
    let mut row = Row { point, words: String::new(), quote: None, cells };
    row.words = points.words(point, row.cited());
    if point.kind == PointKind::Quotation {
        row.quote = points.quote(row.cited());
    }
    row
}

/// Orders cells of a row: told, in part, not.
fn weight(cell: Option<&CoverageCell>) -> u8 {
    match cell.map(|cell| cell.state) {
        Some(Cell::Told) => 0,
        Some(Cell::Part) => 1,
        Some(Cell::Absent) | None => 2,
    }
}
