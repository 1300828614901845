//! The list of witnesses, which explains the sigla; stories and threads.

use maud::{Markup, html};
use stemma_model::{Document, Story};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::movement::{UNORDERED, is_ordered};
use crate::view::wording::{count, squeeze};

/// How many sigla stand after a story on a compact page.
const COMPACT_SIGLA: usize = 24;
/// The same on the tersest page.
const BRIEF_SIGLA: usize = 8;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let record = page.edition.record;
    let body = html! {
        div.sc tabindex="0" role="group" aria-label="The reports" {
        table.wit {
            thead { tr { th scope="col" { "Siglum" } th scope="col" { "Outlet" }
                th scope="col" { "Headline" } th scope="col" { "Date" }
                th scope="col" { "Words" } } }
            tbody { @for document in &record.documents { (row(page, document)) } }
        } }
        @if record.stories.len() > 1 { (stories(page)) }
    };
    (record.documents.len(), body)
}

fn row(page: &Page<'_>, document: &Document) -> Markup {
    let annotations = page.edition.record.annotations.get(page.edition.order(document.id));
    let basis = annotations.map(|annotations| dates::basis(&annotations.published));
    let anchor = link::document(document.id);
    html! {
        tr.it {
            td { (link::siglum(page, document.id, &anchor)) }
            td { (page.edition.outlet(document)) }
            th.w scope="row" { a href={ "#" (anchor) } { (headline(document)) } }
            td { span.when { (page.edition.date_words(document.id)) }
                @if let Some(basis) = basis { " " span.re { (basis) } } }
            td.n { (stemma_text::words(&document.text).count()) }
        }
    }
}

/// A document's headline, or what else names it.
pub(super) fn headline(document: &Document) -> String {
    let title = document.title.as_ref().map(|title| squeeze(&title.text));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| document.source.to_string())
}

fn stories(page: &Page<'_>) -> Markup {
    let record = page.edition.record;
    let story = |id| record.stories.iter().find(|story| story.id == id);
    html! {
        h3 { "Stories " span.n { (record.stories.len()) } }
        @for thread in &record.threads {
            @if record.threads.len() > 1 || thread.stories.len() > 1 {
                p.re { (count(thread.stories.len(), "story")) " on one question: " (thread.title)
                    @if record.movements.iter().any(|it| it.thread == thread.id) {
                        " (" a href="#movements" { "what moved" } ")" }
                    @else if !is_ordered(page.edition, thread) { " (" (UNORDERED) ")" } }
            }
        }
        ol.pts {
            @for story in record.threads.iter().flat_map(|t| &t.stories).filter_map(|&id| story(id)) {
                (story_of(page, story)) }
            @for story in &record.stories {
                @if !record.threads.iter().any(|thread| thread.stories.contains(&story.id)) {
                    (story_of(page, story)) }
            }
        }
    }
}

fn story_of(page: &Page<'_>, story: &Story) -> Markup {
    let mut documents = story.documents.clone();
    documents.sort_by_key(|&id| page.edition.order(id));
    let limit = page.edition.limit(COMPACT_SIGLA, BRIEF_SIGLA);
    html! {
        li.it id=(link::of(story.id)) {
            span.when { (dates::words(story.date)) } " " span.w { (story.title) } " "
            @let more = documents.len().saturating_sub(limit);
            @for (i, id) in documents.into_iter().take(limit).enumerate() {
                @if i > 0 { " " } (link::siglum(page, id, &link::document(id))) }
            @if more > 0 { " +" (more) }
            @if !page.edition.compact() { " " (link::why(&story.reason)) }
        }
    }
}
