//! Anchors and links. An anchor is the beginning of an id, which is a content hash, or a
//! document's anchor with an offset in code points: a link survives a re-run.

use std::fmt::Display;

use maud::{Markup, html};
use stemma_model::{DocumentId, Passage, Reason};

use crate::edition::Under;
use crate::html::page::Page;
use crate::view::statement::{Statement, Witness};
use crate::view::wording::squeeze;

/// How many hexadecimal digits of an id an anchor has: with ten, one in 20,000 pages of 10,000
/// statements has two of the same.
const DIGITS: usize = 10;
/// The same for documents, which are fewer.
const DOCUMENT_DIGITS: usize = 8;

/// The anchor of anything with an id.
pub(super) fn of(id: impl Display) -> String {
    let mut anchor = id.to_string();
    anchor.truncate(2 + DIGITS);
    anchor
}

/// The anchor of a document's text.
pub(super) fn document(id: DocumentId) -> String {
    let mut anchor = id.to_string();
    anchor.truncate(2 + DOCUMENT_DIGITS);
    anchor
}

/// The anchor of a place in a document's text, `start` in code points.
pub(super) fn passage(id: DocumentId, start: usize) -> String {
    format!("{}.{start}", document(id))
}

/// The anchor of a statement.
pub(super) fn statement(statement: &Statement<'_>) -> String {
    match statement.utterance {
        Some(utterance) => of(utterance.id),
        None => format!("{}s", of(statement.base.quote.id)),
    }
}

/// The anchor of a shared passage.
pub(super) fn under(under: Under) -> String {
    match under {
        Under::Cluster(id) => of(id),
        Under::Pair(id) => of(id),
    }
}

/// A siglum that leads to a quotation in its text.
pub(super) fn witness(page: &Page<'_>, witness: Witness<'_>) -> Markup {
    siglum(page, witness.document, &page.cite(witness))
}

/// A siglum that leads to a passage.
pub(super) fn place(page: &Page<'_>, passage: Passage) -> Markup {
    siglum(page, passage.document, &page.anchor(passage))
}

/// A siglum that leads to an anchor.
pub(super) fn siglum(page: &Page<'_>, id: DocumentId, anchor: &str) -> Markup {
    html! { a.g href={ "#" (anchor) } { (page.edition.siglum(id)) } }
}

/// Sigla that lead to the first passage in each document.
pub(super) fn places(page: &Page<'_>, passages: &[Passage]) -> Markup {
    let first = page.edition.first_passages(passages);
    html! {
        span.gs { @for (i, passage) in first.into_iter().enumerate() {
            @if i > 0 { " " } (place(page, passage)) } }
    }
}

/// As many of them as fit, and how many more there are.
pub(super) fn some_places(page: &Page<'_>, passages: &[Passage], most: usize) -> Markup {
    let first = page.edition.first_passages(passages);
    let more = first.len().saturating_sub(most);
    html! {
        span.gs { @for (i, passage) in first.into_iter().take(most).enumerate() {
            @if i > 0 { " " } (place(page, passage)) } }
        @if more > 0 { " +" (more) }
    }
}

/// A reason, folded, as the tree it is.
pub(super) fn why(reason: &Reason) -> Markup {
    html! {
        details.why { summary { "why" } (tree(reason)) }
    }
}

fn tree(reason: &Reason) -> Markup {
    html! {
        ul { li {
            @if reason.note.is_empty() { (reason.rule) } @else { (reason.note) }
            @if !reason.note.is_empty() { " " code { (reason.rule) } }
            @if let Some(score) = reason.score { " " span.n { (format!("{score:.2}")) } }
            @for part in &reason.parts { (tree(part)) }
        } }
    }
}

/// A link of an item to itself, to be copied; the script makes it copy.
pub(super) fn to_itself(anchor: &str) -> Markup {
    html! { a.pl href={ "#" (anchor) } aria-label="Link to this statement" { "link" } }
}

/// Words of a source, on one line.
pub(super) fn words(text: &str) -> Markup {
    html! { span.w { (squeeze(text)) } }
}

/// A note that a list goes on elsewhere.
pub(super) fn more(number: usize, what: &str) -> Markup {
    html! {
        @if number > 0 {
            p.more { (crate::view::wording::count(number, what))
                " more in the JSON and Markdown of this dossier." }
        }
    }
}
