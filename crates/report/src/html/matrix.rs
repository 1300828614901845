//! The coverage matrix as a picture: filled, half, empty; each cell opens its evidence.

use maud::{Markup, html};
use stemma_model::{Cell, CoverageCell, Passage};

use crate::html::link;
use crate::html::page::Page;
use crate::view::coverage::{Matrix, Row, matrices};
use crate::view::wording::{self, count, excerpt};

/// How many characters of a point head its row.
const POINT: usize = 130;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let (matrices, more) = matrices(page.edition);
    let total = matrices.iter().map(|matrix| matrix.rows.len() + matrix.more).sum();
    let body = html! {
        p.lead { "Points of each story as rows, reports as columns, the fullest report and the most "
            "told point first. " span.key { b.cv.f {} " carries it " }
            span.key { b.cv.h {} " in part " } span.key { b.cv.e {} " omits it" } }
        @for matrix in &matrices { (table(page, matrix)) }
        (link::more(more, "story"))
    };
    (total, body)
}

fn table(page: &Page<'_>, matrix: &Matrix<'_>) -> Markup {
    let title = matrix.story.map_or("All reports", |story| story.title.as_str());
    html! {
        h3 { (title) " " span.n { (count(matrix.documents.len(), "report")) } }
        div.sc tabindex="0" role="group" aria-label={ "Coverage: " (title) } {
        table.mx {
            thead { tr {
                th scope="col" { "Point" }
                @for &id in &matrix.documents {
                    th scope="col" { (link::siglum(page, id, &link::document(id))) } }
                th scope="col" { "Origins" }
            } }
            tbody { @for row in &matrix.rows { (row_of(page, matrix, row)) } }
        } }
        (link::more(matrix.more, "point"))
    }
}

fn row_of(page: &Page<'_>, matrix: &Matrix<'_>, row: &Row<'_>) -> Markup {
    html! {
        tr.it {
            th scope="row" { span.w { (excerpt(&row.point.text, POINT)) }
                " " span.re { (wording::point(row.point.kind)) } }
            @for (cell, &id) in row.cells.iter().zip(&matrix.documents) {
                (cell_of(page, *cell, page.edition.siglum(id)))
            }
            td.n { (wording::origins(&row.point.origins)) }
        }
    }
}

fn cell_of(page: &Page<'_>, cell: Option<&CoverageCell>, siglum: &str) -> Markup {
    let Some(cell) = cell else {
        return html! { td {} };
    };
    let (class, label) = match cell.state {
        Cell::Told => ("f", "carries it"),
        Cell::Part => ("h", "in part"),
        Cell::Absent => ("e", "omits it"),
    };
    let first = cell.evidence.first().map(|&span| Passage::new(cell.document, span));
    html! {
        td {
            @if let Some(passage) = first {
                a class={ "cv " (class) } href={ "#" (page.anchor(passage)) }
                    aria-label={ (siglum) " " (label) } {}
            } @else { b class={ "cv " (class) } role="img" aria-label={ (siglum) " " (label) } {} }
        }
    }
}
