//! What moved in threads from one story to the next.

use maud::{Markup, html};
use stemma_model::{Movement, State};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::movement::{self as view, Later, Moved, about, moved, shown, state_words};
use crate::view::wording::{self, count};

/// How many characters of evidence stand beside a state.
const EVIDENCE: usize = 240;
/// How many reports a state is shown in.
const REPORTS: usize = 6;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let threads = moved(page.edition);
    let body = html! {
        p.lead { "What stories of one question have otherwise than earlier ones, or have again: "
            "positions repeated, weakened, strengthened or reversed, other conditions, figures that "
            "later ones replace, and who and what came in. Whether a holder changed or the "
            "reports chose other words is not told here; both wordings stand side by side." }
        @for moved in &threads { (thread(page, moved)) }
    };
    (page.edition.record.movements.len(), body)
}

fn thread(page: &Page<'_>, moved: &Moved<'_>) -> Markup {
    html! {
        h3 { (moved.thread.title) " " span.n { (count(moved.thread.stories.len(), "story")) } }
        @for later in &moved.stories { (story(page, later)) }
    }
}

fn story(page: &Page<'_>, later: &Later<'_>) -> Markup {
    html! {
        h4 { span.when { (dates::words(later.story.date)) } " "
            a.w href={ "#" (link::of(later.story.id)) } { (wording::squeeze(&later.story.title)) } }
        @if !later.changed.is_empty() { (changed(page, &later.changed)) }
        @if !later.new.is_empty() { (new(page, &later.new)) }
        @if !later.speakers.is_empty() { (speakers(page, &later.speakers)) }
        (link::more(later.more, "movement"))
    }
}

fn changed(page: &Page<'_>, movements: &[&Movement]) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="What moved" {
        table.mvt {
            thead { tr { th scope="col" { "What moved" } th scope="col" { "Before" }
                th scope="col" { "In this story" } } }
            tbody { @for movement in movements {
                tr.it id=(link::of(movement.id)) {
                    th scope="row" { (heading(page, movement)) }
                    td { @if let Some(earlier) = &movement.earlier { (state(page, movement, earlier)) } }
                    td { (state(page, movement, &movement.later)) }
                } } }
        } }
    }
}

fn new(page: &Page<'_>, movements: &[&Movement]) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="What came in" {
        table.mvt.came {
            thead { tr { th scope="col" { "What came in" } th scope="col" { "In these words" } } }
            tbody { @for movement in movements {
                tr.it id=(link::of(movement.id)) {
                    th scope="row" { (heading(page, movement)) }
                    td { (state(page, movement, &movement.later)) }
                } } }
        } }
    }
}

fn heading(page: &Page<'_>, movement: &Movement) -> Markup {
    let holder = movement.entity.and_then(|id| page.edition.entity(id));
    html! {
        b { (view::heading(movement)) }
        @if let Some(holder) = holder { ", " (holder.name) }
        @if let Some(about) = about(movement) {
            ": " span.w { (wording::excerpt(about, EVIDENCE / 2)) } }
        @if !page.edition.compact() { " " (link::why(&movement.reason)) }
    }
}

fn state(page: &Page<'_>, movement: &Movement, state: &State) -> Markup {
    let edition = page.edition;
    let words = state_words(edition, movement, state);
    html! {
        p.re { span.when { (dates::words(state.date)) }
            @if !words.is_empty() { ": " b { (words) } } }
        @if let Some(&first) = edition.first_passages(&state.evidence).first() {
            @let whole = shown(edition, state, first);
            p.ev { span.w { (wording::excerpt(edition.text(whole), EVIDENCE)) } "\u{a0}"
                (link::some_places(page, &state.evidence, REPORTS)) }
        }
    }
}

fn speakers(page: &Page<'_>, movements: &[&Movement]) -> Markup {
    html! {
        p.re.spk { "First quoted here: "
            @for (i, movement) in movements.iter().enumerate() {
                @if i > 0 { "; " }
                span.it id=(link::of(movement.id)) {
                    b { (movement.entity.and_then(|id| page.edition.entity(id))
                        .map_or("a source", |entity| &entity.name)) } " "
                    (link::some_places(page, &movement.later.evidence, REPORTS)) }
            } "." }
    }
}
