//! The coverage matrix: which report tells which point.

use std::cmp::Reverse;
use std::collections::HashMap;

use stemma_model::{Cell, Coverage, CoverageCell, DocumentId, Point, Story};

use crate::edition::Edition;

/// How many points of one matrix a compact page shows.
const COMPACT_POINTS: usize = 24;
/// How many columns a matrix may have on a compact page.
const COMPACT_MATRICES: usize = 12;

/// One matrix, sorted so that omissions line up.
pub(crate) struct Matrix<'r> {
    pub(crate) story: Option<&'r Story>,
    /// Columns, the fullest report first.
    pub(crate) documents: Vec<DocumentId>,
    /// Rows, what most tell first.
    pub(crate) rows: Vec<Row<'r>>,
    /// Points that are not shown.
    pub(crate) more: usize,
}

/// One point with its cells in the order of the columns; `None` where the record has none.
pub(crate) struct Row<'r> {
    pub(crate) point: &'r Point,
    pub(crate) cells: Vec<Option<&'r CoverageCell>>,
}

/// The matrices of a record, the largest stories first, and how many are not shown.
pub(crate) fn matrices<'r>(edition: &Edition<'r>) -> (Vec<Matrix<'r>>, usize) {
    let mut all: Vec<&Coverage> = edition.record.contrast.coverage.iter().collect();
    all.retain(|coverage| !coverage.points.is_empty() && coverage.documents.len() > 1);
    all.sort_by_key(|coverage| Reverse(coverage.documents.len()));
    let shown = if edition.compact() { all.len().min(COMPACT_MATRICES) } else { all.len() };
    let more = all.len() - shown;
    (all.into_iter().take(shown).map(|coverage| matrix(edition, coverage)).collect(), more)
}

fn matrix<'r>(edition: &Edition<'r>, coverage: &'r Coverage) -> Matrix<'r> {
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
        .map(|(i, point)| Row {
            point,
            cells: documents.iter().map(|&id| cells.get(&(i, id)).copied()).collect(),
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let carried = row.cells.iter().flatten().filter(|cell| told(cell)).count();
        let pattern: Vec<u8> = row.cells.iter().map(|cell| weight(*cell)).collect();
        (Reverse(carried), pattern, row.point.kind)
    });
    let shown = if edition.compact() { rows.len().min(COMPACT_POINTS) } else { rows.len() };
    let more = rows.len() - shown;
    rows.truncate(shown);
    let story = edition.record.stories.iter().find(|story| Some(story.id) == coverage.story);
    Matrix { story, documents, rows, more }
}

/// Orders cells of a row: told, in part, not.
fn weight(cell: Option<&CoverageCell>) -> u8 {
    match cell.map(|cell| cell.state) {
        Some(Cell::Told) => 0,
        Some(Cell::Part) => 1,
        Some(Cell::Absent) | None => 2,
    }
}
