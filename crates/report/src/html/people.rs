//! Everybody and everything named, with the forms each report uses.

use maud::{Markup, html};
use stemma_model::{Entity, MentionKind};

use crate::html::link;
use crate::html::page::Page;
use crate::view::overview::in_order;
use crate::view::wording::{self, count};

/// How many names of a kind a page lists.
const NAMES: usize = 60;
/// The same on a compact page.
const COMPACT_NAMES: usize = 25;
/// How many sigla one name has before they are only counted.
const SIGLA: usize = 12;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let kinds = [
        MentionKind::Person,
        MentionKind::Organisation,
        MentionKind::Group,
        MentionKind::Place,
        MentionKind::Other,
    ];
    let entities = &page.edition.record.entities;
    let of = |kind| entities.iter().filter(|e| e.kind == kind).collect::<Vec<_>>();
    let body = html! {
        @for (kind, entities) in kinds.map(|kind| (kind, of(kind))) {
            @if !entities.is_empty() { (names(page, kind, &entities)) }
        }
    };
    (entities.len(), body)
}

fn names(page: &Page<'_>, kind: MentionKind, entities: &[&Entity]) -> Markup {
    let limit = if page.edition.compact() { COMPACT_NAMES } else { NAMES };
    html! {
        details.fold open[kind == MentionKind::Person] {
            summary { (heading(kind)) " " span.n { (entities.len()) } }
            div.sc tabindex="0" role="group" aria-label=(heading(kind)) {
            table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Also called" }
                    th scope="col" { "Reports" } } }
                tbody { @for entity in entities.iter().take(limit) { (row(page, entity)) } }
            } }
            (link::more(entities.len().saturating_sub(limit), "name"))
        }
    }
}

fn heading(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "People",
        MentionKind::Organisation => "Organisations",
        MentionKind::Group => "Groups",
        MentionKind::Place => "Places",
        MentionKind::Other => wording::mention(MentionKind::Other),
    }
}

fn row(page: &Page<'_>, entity: &Entity) -> Markup {
    let speaks = page.speakers.iter().find(|speaker| {
        matches!(speaker.voice, crate::view::statement::Voice::Entity(e) if e.id == entity.id)
    });
    let set_out = speaks.is_some_and(|speaker| super::statement::is_set_out(page, speaker));
    let others = entity.forms.iter().filter(|form| form.text != entity.name).take(8);
    let documents = in_order(page.edition, &entity.documents);
    html! {
        tr.it {
            th scope="row" {
                @if let Some(speaker) = speaks {
                    @if set_out { a href={ "#" (link::of(entity.id)) } { (entity.name) } }
                    @else { (entity.name) }
                    " " span.n { (count(speaker.statements.len(), "statement")) }
                } @else { (entity.name) }
            }
            td { @for (i, form) in others.enumerate() {
                @if i > 0 { ", " } (link::words(&form.text)) " " span.n { (form.count) } } }
            td {
                @if documents.len() > SIGLA {
                    (documents.len()) " of " (page.edition.record.documents.len())
                } @else {
                    @for (i, &id) in documents.iter().enumerate() {
                        @if i > 0 { " " } (link::siglum(page, id, &link::document(id))) }
                }
            }
        }
    }
}
