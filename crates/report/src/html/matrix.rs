//! The coverage matrix as a picture: filled, half, empty; each cell opens its evidence.

use maud::{Markup, html};
use stemma_model::{Cell, CoverageCell, DocumentId, Passage};

use crate::html::link;
use crate::html::page::Page;
use crate::view::coverage::{Matrix, Row, matrices};
use crate::view::wording::{self, count, excerpt};

/// How many characters of a point head its row.
const POINT: usize = 130;
/// From how many columns on a matrix is set close.
const CLOSE: usize = 12;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let (matrices, more) = matrices(page.edition);
    let points = |matrix: &Matrix<'_>| {
        let alone: usize = matrix.alone.iter().map(|(_, rows)| rows.len()).sum();
        matrix.rows.len() + alone + matrix.more
    };
    let total = matrices.iter().map(points).sum();
    let body = html! {
        p.lead { "Points of each story as rows, reports as columns, the fullest report and the most "
            "told point first. A mark opens its place in the report. "
            span.key { b.cv.f {} " carries it " }
            span.key { b.cv.h {} " in part " } span.key { b.cv.e {} " omits it" } }
        @for matrix in &matrices { (story(page, matrix)) }
        (link::more(more, "story"))
    };
    (total, body)
}

fn story(page: &Page<'_>, matrix: &Matrix<'_>) -> Markup {
    let title = matrix.story.map_or("All reports", |story| story.title.as_str());
    html! {
        h3 { (title) " " span.n { (count(matrix.documents.len(), "report")) } }
        @if !matrix.rows.is_empty() { (table(page, matrix, title)) }
        @if !matrix.alone.is_empty() {
            details.fold { summary { "What one report alone carries "
                span.n { @for (i, (id, rows)) in matrix.alone.iter().enumerate() {
                    @if i > 0 { ", " } (page.edition.siglum(*id)) " " (rows.len()) } } }
                @for (id, rows) in &matrix.alone { (alone(page, *id, rows)) }
            }
        }
        (link::more(matrix.more, "point"))
    }
}

fn table(page: &Page<'_>, matrix: &Matrix<'_>, title: &str) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label={ "Coverage: " (title) } {
        table.mx.cl[matrix.documents.len() > CLOSE] {
            thead { tr {
                th scope="col" { "Point" }
                @for &id in &matrix.documents {
                    th scope="col" { (link::siglum(page, id, &link::document(id))) } }
                th.n scope="col" { "Reports" }
                th.n scope="col" { "Origins" }
            } }
            tbody { @for row in &matrix.rows { (row_of(page, matrix, row)) } }
        } }
    }
}

fn row_of(page: &Page<'_>, matrix: &Matrix<'_>, row: &Row<'_>) -> Markup {
    html! {
        tr.it {
            th scope="row" { (point(page, row)) }
            @for (cell, &id) in row.cells.iter().zip(&matrix.documents) {
                (cell_of(page, *cell, page.edition.siglum(id)))
            }
            td.n { (row.carriers().count()) "/" (matrix.documents.len()) }
            td.n { (wording::range(&row.point.origins)) }
        }
    }
}

/// The words of a point, which lead to the statement where it is one.
fn point(page: &Page<'_>, row: &Row<'_>) -> Markup {
    let words = excerpt(&row.words, POINT);
    html! {
        @if let Some(to) = row.quote.and_then(|quote| page.set_out_at(quote)) {
            a.w href={ "#" (to) } { (words) } }
        @else { span.w { (words) } }
        " " span.re { (wording::point(row.point.kind)) }
    }
}

/// The points that one report alone carries.
fn alone(page: &Page<'_>, id: DocumentId, rows: &[Row<'_>]) -> Markup {
    let outlet = page.edition.document(id).map(|document| page.edition.outlet(document));
    let place = |row: &Row<'_>| {
        let cell = row.carriers().next()?;
        cell.evidence.first().map(|&span| page.anchor(Passage::new(id, span)))
    };
    html! {
        h4 { b.g { (page.edition.siglum(id)) } " " (outlet.unwrap_or_default()) }
        ul.al { @for row in rows {
            li.it { a.w href=[place(row).map(|to| format!("#{to}"))] { (excerpt(&row.words, POINT)) }
                " " span.re { (wording::point(row.point.kind)) } }
        } }
    }
}

fn cell_of(page: &Page<'_>, cell: Option<&CoverageCell>, siglum: &str) -> Markup {
    let Some(cell) = cell else {
        return html! { td {} };
    };
    let (class, label) = match cell.state {
        Cell::Told => ("f", "carries it"),
        Cell::Part => ("h", "in part"),
        Cell::Absent => {
            return html! { td { b.cv.e role="img" aria-label={ (siglum) " omits it" } {} } };
        }
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
