//! Tables of conditions by what depends on them, and of positions by question.

use maud::{Markup, html};
use stemma_model::{Passage, Polarity, Position};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::condition::{Group, Question, Row, conditions_of, questions};
use crate::view::wording::{self, count};

/// How many characters of evidence stand in a table.
const EVIDENCE: usize = 240;
/// How many questions, and positions on one, a compact page sets out.
const COMPACT: usize = 40;
/// The same on the tersest page.
const BRIEF: usize = 14;

pub(super) fn conditions(page: &Page<'_>) -> (usize, Markup) {
    let body = html! {
        p.lead { "What is said to depend on what, grouped by what depends, along time. Close wordings "
            "stand under each other, because they need not mean the same. " i { "Necessary" }
            ": not without it. " i { "Sufficient" } ": with it, so." }
        @for group in &page.stated.groups { (condition_group(page, group)) }
        (link::more(page.stated.more, "group"))
    };
    (page.stated.total, body)
}

fn condition_group(page: &Page<'_>, group: &Group<'_>) -> Markup {
    let label = group.label.map_or_else(|| "Other conditions".to_owned(), wording::squeeze);
    html! {
        h3 { span.w[group.label.is_some()] { (label) } " "
            span.n { (count(group.rows.len() + group.more, "condition")) ", "
                (count(group.reports(), "report")) } }
        div.sc tabindex="0" role="group" aria-label={ "Conditions: " (label) } {
        table.cond {
            thead { tr { th scope="col" { "When" } th scope="col" { "Who states it" }
                th scope="col" { "What depends" } th scope="col" { "On what" }
                th scope="col" { "Kind" } th scope="col" { "Report" } } }
            tbody { @for row in &group.rows { (condition(page, row)) } }
        } }
        (link::more(group.more, "condition"))
    }
}

fn condition(page: &Page<'_>, row: &Row<'_>) -> Markup {
    let condition = row.condition;
    let text = |span| page.edition.text(Passage::new(row.document, span));
    html! {
        tr.it id=(link::of(condition.id)) {
            td.when { (dates::words(row.date)) }
            td { @if row.quoted { (row.holder) } @else { i { (row.holder) } } }
            td { (link::words(text(condition.consequence)))
                @if condition.polarity == Polarity::Negative { " " span.re { "(will not be)" } } }
            td { b.trig.w { (text(condition.trigger)) } " " (link::words(text(condition.condition))) }
            td.re { (wording::force(condition.force).unwrap_or_default()) }
            td { (link::place(page, row.passage())) }
        }
    }
}

pub(super) fn positions(page: &Page<'_>) -> (usize, Markup) {
    let (several, once): (Vec<Question<'_>>, Vec<_>) =
        questions(page.edition).into_iter().partition(|question| question.positions.len() > 1);
    let limit = page.edition.limit(COMPACT, BRIEF);
    let mut once: Vec<&Position> = once.into_iter().flat_map(|q| q.positions).collect();
    once.sort_by_key(|position| {
        let early = position.date.from.or(position.date.to);
        (early.is_none(), early)
    });
    let body = html! {
        p.lead { "Who supports, opposes, promises, refuses, demands or threatens what, along time, "
            "as these reports tell it." }
        @for question in several.iter().take(limit) {
            h3 { span.w { (wording::squeeze(question.on)) } " "
                span.n { (count(question.positions.len(), "position")) } }
            (table(page, &question.positions, limit))
        }
        (link::more(several.len().saturating_sub(limit), "question"))
        @if !once.is_empty() {
            @if !several.is_empty() { h3 { "Each on a question of its own " span.n { (once.len()) } } }
            (table(page, &once, limit))
        }
    };
    (page.edition.record.positions.len(), body)
}

fn table(page: &Page<'_>, positions: &[&Position], limit: usize) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="Positions" {
        table.pos {
            thead { tr { th scope="col" { "Since" } th scope="col" { "Who" }
                th scope="col" { "Position" } th scope="col" { "In these words" } } }
            tbody { @for position in positions.iter().take(limit) { (row(page, position)) } }
        } }
        (link::more(positions.len().saturating_sub(limit), "position"))
    }
}

fn row(page: &Page<'_>, position: &Position) -> Markup {
    let edition = page.edition;
    // A condition that stands in the words beside it is not said twice.
    let shown = |passage: Passage| {
        position.evidence.iter().any(|evidence| {
            evidence.document == passage.document && evidence.span.covers(passage.span)
        })
    };
    let mut conditions = conditions_of(edition, position);
    conditions.retain(|(home, condition)| !shown(Passage::new(*home, condition.condition)));
    html! {
        tr.it id=(link::of(position.id)) {
            td.when { (dates::words(position.date)) }
            td { (position.entity.and_then(|id| edition.entity(id))
                .map_or("the reports themselves", |entity| &entity.name)) }
            td { (wording::stance(position.stance))
                @if let Some(towards) = position.towards {
                    span.re { ", put to " } (link::words(edition.text(towards))) }
                @for (home, condition) in &conditions {
                    " " span.w { (edition.text(Passage::new(*home, condition.trigger))) " "
                        (edition.text(Passage::new(*home, condition.condition))) } }
                @if !edition.compact() && !position.reason.note.is_empty() {
                    " " (link::why(&position.reason)) }
            }
            td { @for passage in edition.first_passages(&position.evidence).iter().take(3) {
                p.ev { span.w { (wording::excerpt(edition.text(*passage), EVIDENCE)) } "\u{a0}"
                    (link::place(page, *passage)) } } }
        }
    }
}
